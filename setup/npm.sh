#!/bin/sh
# npm.sh FOLDER: the npm packages of a folder, as its package-lock.json fixes them; nothing if they are there.
set -eu
cd "$(dirname "$0")/../$1"

# npm writes this file last.
done=node_modules/.package-lock.json
[ -f "$done" ] && [ ! "$done" -ot package-lock.json ] && exit 0
command -v npm >/dev/null || {
    echo "set-up: npm is not installed, expected Node.js 20 or later with npm" >&2
    exit 1
}
echo "set-up: installing npm packages (into $1/node_modules; up to half a minute) …"
npm ci --loglevel=error --no-audit --no-fund
touch "$done"
