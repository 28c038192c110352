#!/bin/sh
# Builds everything that is deployed into dist/, one step after the other; without changes in some seconds.
set -eu
cd "$(dirname "$0")/.."

step=setup/step.sh
"$step" "compiling the tool that packs functions" "half a minute the first time" cargo build --quiet --package pack
"$step" "compiling the gate for Lambda@Edge and packing it" "two minutes the first time" edge-auth/package/build.sh
"$step" "compiling the backend and the functions for Lambda and packing them" "four minutes the first time" \
    setup/functions.sh
"$step" "building the editing app and the local site" "two minutes the first time" web/build.sh
