#!/bin/sh
# What the gate is measured against, as tests/peers/package-lock.json fixes it: cognito-at-edge under AWS's own runtime
# client for Node.js, and the Node.js that it runs on there. Only `make bench` needs them.
set -eu
cd "$(dirname "$0")/.."

command -v valgrind >/dev/null || {
    echo "set-up: installing valgrind (Debian package), which counts instructions and allocations …"
    root=
    [ "$(id -u)" -eq 0 ] || root=sudo
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends valgrind
}

peers=.local/peers
# Written last.
done=$peers/installed-lock.json
if ! cmp -s tests/peers/package-lock.json "$done"; then
    command -v npm >/dev/null || {
        echo "set-up: npm is not installed, expected Node.js 20 or later with npm" >&2
        exit 1
    }
    echo "set-up: installing the peers of the benchmark (into $peers; compiles for one to three minutes) …"
    mkdir -p "$peers"
    cp tests/peers/package.json tests/peers/package-lock.json "$peers"
    # AWS's client is compiled with cmake.
    [ -x "$peers/cmake/bin/cmake" ] || {
        python3 -m venv --clear "$peers/cmake"
        "$peers/cmake/bin/python" -m pip install --quiet --disable-pip-version-check cmake==4.4.4
    }
    # --force: its manifest asks for the Node.js that it is run on, which may be newer than the one that installs it.
    PATH=$PWD/$peers/cmake/bin:$PATH npm ci --prefix "$peers" --silent --force --no-audit --no-fund
    cp tests/peers/package-lock.json "$done"
fi
cp tests/peers/*.cjs "$peers"
