#!/bin/sh
# What `make lint` and `make fmt` need.
set -eu
cd "$(dirname "$0")"

./debian.sh running
./rust.sh linting
