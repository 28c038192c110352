#!/bin/sh
# Builds the editing app into dist/site/admin, and beside it what it fetches when an entry is opened. The readers' pages are
# not built: the CMS publishes them. Safe to repeat; without changes it takes seconds.
# Needs cargo, trunk, wasm-bindgen and wasm-opt in PATH.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
site="$here/../dist/site"

for tool in cargo trunk wasm-bindgen wasm-opt; do
    command -v "$tool" >/dev/null || { echo "web: $tool is not installed" >&2; exit 1; }
done

mkdir -p "$site"
site=$(cd "$site" && pwd)
find "$site" -mindepth 1 -maxdepth 1 ! -name admin -exec rm -rf {} +

echo "web: the editing app -> $site/admin (the first build takes a few minutes)"
cd "$here"
# trunk builds offline, so that what it needs has to be there before.
cargo fetch --locked --quiet --target wasm32-unknown-unknown
# Some systems set NO_COLOR to 1; trunk takes nothing but true or false there.
unset NO_COLOR
trunk build --skip-version-check --color never --log warn

# Names of parts change with their content, as trunk's do, so that a browser keeps each for as long as it likes, and an app that is
# open never meets a part of another build.
later=$(mktemp -d "$site/../later.XXXXXX")
trap 'rm -rf "$later"' EXIT
hash_of() {
    cat "$@" | sha256sum | cut -c 1-16
}

# What renders, merges and compares texts, fetched when an entry is opened: a WebAssembly module of its own.
echo "web: the text engine -> $site/admin/text-engine-*.js"
cargo build --quiet --locked --package text-engine --profile wasm --target wasm32-unknown-unknown
built="${CARGO_TARGET_DIR:-../target}/wasm32-unknown-unknown/wasm/text_engine.wasm"
wasm-bindgen --target web --no-typescript --out-dir "$later" --out-name text-engine "$built"
# The same features of WebAssembly as in index.html.
wasm-opt -Oz --enable-bulk-memory --enable-mutable-globals --enable-nontrapping-float-to-int --enable-sign-ext \
    "$later/text-engine_bg.wasm" -o "$later/text-engine_bg.wasm"
engine=text-engine-$(hash_of "$later/text-engine.js" "$later/text-engine_bg.wasm")
mv "$later/text-engine_bg.wasm" "$site/admin/${engine}_bg.wasm"
sed "s/text-engine_bg\.wasm/${engine}_bg.wasm/g" "$later/text-engine.js" >"$site/admin/$engine.js"

# A policy without inline scripts would stop the app without a word.
if grep -Eq '<script[^>]*>[^<]' "$site/admin/index.html"; then
    echo "web: $site/admin/index.html has an inline script, expected none" >&2
    exit 1
fi

echo "web: the rich editor -> $site/admin/editor-*.js"
"$here/editor/build.sh" "$later"
editor=editor-$(hash_of "$later/editor.js" "$later/editor.css")
mv "$later/editor.js" "$site/admin/$editor.js"
mv "$later/editor.css" "$site/admin/$editor.css"

sed -i "s/TEXT-ENGINE/$engine.js/; s/EDITOR/$editor.js/" "$site/admin/index.html"
echo "web: done"
