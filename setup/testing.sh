#!/bin/sh
# What running needs, and what only tests need: the browser, PostgreSQL, and what others wrote to hold ours against.
set -eu
cd "$(dirname "$0")"

./debian.sh running
./debian.sh testing

# Side by side: one waits for the network, the other for the processor.
failed=
{
    ./python.sh
    ./npm.sh tests
    # An OpenID provider, at which a test signs in, and the Node.js that it needs.
    ./npm.sh tests/strangers_provider
} &
packages=$!
{
    ./rust.sh running
    ./rust.sh testing
} &
tools=$!
wait "$tools" || failed=1
wait "$packages" || failed=1
[ -z "$failed" ]
