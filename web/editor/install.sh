#!/bin/sh
# The rich editor's npm packages, as package-lock.json fixes them.
set -eu
cd "$(dirname "$0")"

# npm writes this file last.
done=node_modules/.package-lock.json
[ -f "$done" ] && [ ! "$done" -ot package-lock.json ] && exit 0
command -v npm >/dev/null || {
    echo "web: npm is not installed, expected Node.js 20 or later with npm" >&2
    exit 1
}
echo "web: installing the rich editor's npm packages (into web/editor/node_modules) …"
npm ci --loglevel=error --no-audit --no-fund
touch "$done"
