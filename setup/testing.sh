#!/bin/sh
# What only tests need: the browser, PostgreSQL, and what others wrote to hold ours against.
set -eu
cd "$(dirname "$0")"

./running.sh
./debian.sh testing
./rust.sh testing
./python.sh
./npm.sh tests
# An OpenID provider, at which a test signs in, and the Node.js that it needs.
./npm.sh tests/strangers_provider
