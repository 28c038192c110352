#!/bin/sh
# Builds everything that is deployed into dist/; without changes in some seconds.
set -eu
cd "$(dirname "$0")/.."

step=setup/step.sh
"$step" "compiling the tool that packs functions" "half a minute the first time" cargo build --quiet --package pack

# Side by side, because the last step of each keeps a single processor busy.
failed=
"$step" "compiling the gate for Lambda@Edge and packing it" "five minutes the first time" edge-auth/package/build.sh &
gate=$!
"$step" "compiling the backend and the functions for Lambda and packing them" "eight minutes the first time" \
    setup/functions.sh &
functions=$!
"$step" "building the editing app and the local site" "six minutes the first time" web/build.sh &
site=$!
wait "$gate" || failed="$failed edge-auth/package/build.sh"
wait "$functions" || failed="$failed setup/functions.sh"
wait "$site" || failed="$failed web/build.sh"
[ -z "$failed" ] || {
    echo "make: not built, see above:$failed" >&2
    exit 1
}
