#!/bin/sh
# npm's oidc-provider and the Node.js that it needs, as tests/strangers_provider/package-lock.json fixes them: a test
# signs in at it.
set -eu
cd "$(dirname "$0")/../tests/strangers_provider"

# npm writes this file last.
done=node_modules/.package-lock.json
[ -f "$done" ] && [ ! "$done" -ot package-lock.json ] && exit 0
command -v npm >/dev/null || {
    echo "set-up: npm is not installed, expected Node.js 20 or later with npm" >&2
    exit 1
}
echo "set-up: installing npm's oidc-provider (into tests/strangers_provider/node_modules) …"
npm ci --loglevel=error --no-audit --no-fund
touch "$done"
