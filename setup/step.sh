#!/bin/sh
# step.sh WHAT HOW-LONG COMMAND...: says what is done and how long that takes from nothing, does it, and says how long it
# took.
set -eu
what=$1 about=$2
shift 2
echo "make: $what ($about) …"
began=$(date +%s)
"$@"
echo "make: $what: done in $(($(date +%s) - began)) s"
