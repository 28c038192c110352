#!/bin/sh
# Weighs what a browser loads, as brotli 11 sends it, and fails over budget. Run after build.sh.
set -eu

app=$(cd "$(dirname "$0")/../dist/site/admin" && pwd) || { echo "web: dist/site/admin is missing: run web/build.sh first" >&2; exit 1; }
command -v brotli >/dev/null || { echo "web: brotli is not installed" >&2; exit 1; }
status=0

# weigh NAME BUDGET FILE...: these files together. Budgets in bytes; 1 KB is 1,000.
weigh() {
    name=$1
    budget=$2
    shift 2
    raw=0
    sent=0
    for file in "$@"; do
        if [ ! -f "$file" ]; then
            echo "web: no $file: run web/build.sh first" >&2
            exit 1
        fi
        raw=$((raw + $(wc -c <"$file")))
        sent=$((sent + $(brotli -q 11 -w 24 -c "$file" | wc -c)))
    done
    verdict=ok
    if [ "$sent" -gt "$budget" ]; then
        verdict="over budget"
        status=1
    fi
    printf '%-14s %10d %10d %10d  %s\n' "$name" "$raw" "$sent" "$budget" "$verdict"
}

printf '%-14s %10s %10s %10s\n' "" bytes brotli budget
# What is loaded first; the text engine and the rich editor come when an entry is opened.
weigh "app: WASM" 230000 "$app"/web-*.wasm
scripts=$(find "$app" -maxdepth 1 -name '*.js' ! -name 'editor*.js' ! -name 'text-engine*.js' | sort)
# shellcheck disable=SC2086 # trunk's names have no blanks
weigh "app: JS" 10000 $scripts
styles=$(find "$app" -maxdepth 1 -name '*.css' ! -name 'editor*.css' | sort)
# shellcheck disable=SC2086
weigh "app: CSS" 12000 $styles
weigh "text engine" 120000 "$app"/text-engine*
editor=$(find "$app" -maxdepth 1 -name 'editor*.js' -o -maxdepth 1 -name 'editor*.css' | sort)
if [ -n "$editor" ]; then
    # shellcheck disable=SC2086
    weigh "rich editor" 140000 $editor
fi

exit "$status"
