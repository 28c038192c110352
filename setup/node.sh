#!/bin/sh
# The npm packages that tests use, as tests/package-lock.json fixes them.
set -eu
cd "$(dirname "$0")/../tests"

[ -f package-lock.json ] || exit 0
# npm writes this file last.
done=node_modules/.package-lock.json
[ -f "$done" ] && [ ! "$done" -ot package-lock.json ] && exit 0
command -v npm >/dev/null || {
    echo "set-up: npm is not installed, expected Node.js 20 or later with npm" >&2
    exit 1
}
echo "set-up: installing the tests' npm packages (into tests/node_modules) …"
npm ci --loglevel=error --no-audit --no-fund
touch "$done"
