#!/bin/sh
# What building and running need, and nothing that only tests use. What is there already costs no time.
set -eu
cd "$(dirname "$0")"

./debian.sh running
./rust.sh running
