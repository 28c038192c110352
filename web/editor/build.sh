#!/bin/sh
# Bundles the rich editor: OUTDIR/editor.js and OUTDIR/editor.css. Safe to repeat; without changes it takes a second.
# Needs Node.js with npm. The packages are those that package-lock.json fixes.
set -eu

[ $# -eq 1 ] || { echo "usage: web/editor/build.sh OUTDIR" >&2; exit 2; }
mkdir -p "$1"
out=$(cd "$1" && pwd)
cd "$(dirname "$0")"

../../setup/npm.sh web/editor
node_modules/.bin/esbuild src/editor.js style/editor.css --outdir="$out" --entry-names='[name]' \
    --bundle --minify --format=esm --target=es2022 --charset=utf8 --legal-comments=none --log-level=warning
