#!/bin/sh
# Weighs what a browser loads first, as brotli 11 sends it, and fails over budget. Run after build.sh.
set -eu

site=$(cd "$(dirname "$0")/../dist/site" && pwd) || { echo "web: dist/site is missing: run web/build.sh first" >&2; exit 1; }
command -v brotli >/dev/null || { echo "web: brotli is not installed" >&2; exit 1; }
status=0

# weigh NAME BUDGET PATTERN: the files under admin/ whose names match, together. Budgets in bytes; 1 KB is 1,000.
weigh() {
    files=$(find "$site/admin" -type f -name "$3" | sort)
    if [ -z "$files" ]; then
        echo "web: no $3 in $site/admin: run web/build.sh first" >&2
        exit 1
    fi
    raw=0
    sent=0
    for file in $files; do
        raw=$((raw + $(wc -c <"$file")))
        sent=$((sent + $(brotli -q 11 -w 24 -c "$file" | wc -c)))
    done
    row "$1" "$raw" "$sent" "$2"
}

row() {
    verdict=ok
    if [ "$3" -gt "$4" ]; then
        verdict="over budget"
        status=1
    fi
    printf '%-14s %10d %10d %10d  %s\n' "$1" "$2" "$3" "$4" "$verdict"
}

printf '%-14s %10s %10s %10s\n' "" bytes brotli budget
weigh "app: WASM" 230000 '*.wasm'
weigh "app: JS" 10000 '*.js'
weigh "app: CSS" 10000 '*.css'

# A reader's page runs nothing: no file to run, and no element that would.
code=0
for file in $(find "$site" -path "$site/admin" -prune -o -type f \( -name '*.wasm' -o -name '*.js' -o -name '*.mjs' \) -print); do
    echo "web: ${file#"$site"} is code among the readers' pages" >&2
    code=$((code + $(wc -c <"$file")))
done
for file in $(find "$site" -path "$site/admin" -prune -o -type f -name '*.html' -print); do
    if grep -Eiq '<script|<link[^>]*(preload|\.wasm|\.js)' "$file"; then
        echo "web: ${file#"$site"} loads code" >&2
        code=$((code + 1))
    fi
done
row "readers: code" "$code" "$code" 0

exit "$status"
