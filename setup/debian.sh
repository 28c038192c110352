#!/bin/sh
# debian.sh running|testing: the Debian packages that running or testing needs; nothing if they are there. Needs root or
# sudo to install.
set -eu

missing=
names=

# need COMMAND PACKAGE NAME: wants PACKAGE unless COMMAND succeeds.
need() {
    if ! sh -c "$1" >/dev/null 2>&1; then
        missing="$missing $2"
        names="${names:+$names, }$3"
    fi
}

# Ubuntu calls the browsers and the driver otherwise.
firefox=firefox-esr
if ! apt-cache show firefox-esr >/dev/null 2>&1 && apt-cache show firefox >/dev/null 2>&1; then
    firefox=firefox
fi
browser=chromium
driver=chromium-driver
if ! command -v chromedriver >/dev/null && ! apt-cache show chromium-driver >/dev/null 2>&1 &&
    apt-cache show chromium-chromedriver >/dev/null 2>&1; then
    browser=chromium-browser
    driver=chromium-chromedriver
fi

case $1 in
running)
    need "command -v cc && command -v ld" build-essential "a C compiler"
    need "command -v musl-gcc" musl-tools "the musl C compiler"
    need "command -v wasm-opt" binaryen "binaryen"
    need "test -f /etc/ssl/certs/ca-certificates.crt" ca-certificates "the certificates of authorities"
    ;;
testing)
    need "command -v brotli" brotli "brotli"
    need "command -v chromium || command -v chromium-browser" "$browser" "chromium"
    need "command -v chromedriver" "$driver" "the chromium driver"
    # Most journeys need no more of Chromium; where there is no such package, they take the whole.
    if apt-cache show chromium-headless-shell >/dev/null 2>&1; then
        need "command -v chromium-headless-shell" chromium-headless-shell "chromium without windows"
    fi
    need "command -v firefox-esr || command -v firefox" "$firefox" "Firefox"
    need "ls /usr/lib/postgresql/*/bin/initdb" postgresql "PostgreSQL"
    need "python3 -c 'import ensurepip, venv'" python3-venv "Python's venv"
    ;;
esac

[ -n "$missing" ] || exit 0

root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "set-up: neither root nor sudo; as root, run: apt-get install$missing" >&2
        exit 1
    }
    root=sudo
fi
command -v apt-get >/dev/null || {
    echo "set-up: no apt-get here; expected Debian or Ubuntu, or installed by hand: $names" >&2
    exit 1
}
echo "set-up: installing $names (Debian packages:$missing; half a minute to two) …"
$root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
