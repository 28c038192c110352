#!/bin/sh
# rust.sh running|testing|linting: the compiler's targets, components and cargo tools, each at the version that is tested
# here.
set -eu
cd "$(dirname "$0")/.."

# The oldest compiler that is supported; Cargo.toml says the same.
oldest=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)

command -v rustc >/dev/null || {
    echo "set-up: rustc is not installed, expected $oldest or later: see https://rustup.rs" >&2
    exit 1
}
version=$(rustc --version | cut -d ' ' -f 2)
if [ "$(printf '%s\n' "$oldest" "$version" | sort -V | head -n 1)" != "$oldest" ]; then
    echo "set-up: rustc is $version, expected $oldest or later: run rustup update" >&2
    exit 1
fi

# target NAME WHAT: the standard library for another platform.
target() {
    [ -d "$(rustc --print target-libdir --target "$1")" ] && return
    command -v rustup >/dev/null || {
        echo "set-up: rustc has no target $1 and there is no rustup to add it" >&2
        exit 1
    }
    echo "set-up: installing $1 (Rust target, for $2) …"
    rustup --quiet target add "$1"
}

# component NAME COMMAND: a part of the toolchain.
component() {
    $2 --version >/dev/null 2>&1 && return
    echo "set-up: installing $1 (Rust component) …"
    rustup --quiet component add "$1"
}

# tool NAME VERSION INSTALLED MINUTES OPTIONS...: a cargo tool, unless INSTALLED is already VERSION.
tool() {
    name=$1 version=$2 installed=$3 minutes=$4
    shift 4
    [ "$installed" = "$version" ] && return
    echo "set-up: installing $name $version${installed:+ in place of $installed} (cargo tool, about $minutes minutes) …"
    # Such a tool runs a few seconds at a time: quick to compile is better than quick.
    CARGO_TARGET_DIR=$PWD/.local/tools \
        CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
        CARGO_PROFILE_RELEASE_LTO=off \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        CARGO_PROFILE_RELEASE_DEBUG=0 \
        cargo install --quiet "$name" --version "$version" "$@"
    rm -rf .local/tools
}

# version_of COMMAND...: the second word that it prints, or nothing if it cannot be run.
version_of() {
    "$@" --version 2>/dev/null | sed -n '1s/^[^ ]* \([^ ]*\).*/\1/p'
}

case $1 in
running)
    target wasm32-unknown-unknown "the editing app"
    target x86_64-unknown-linux-musl "what runs on Lambda"
    # Without TLS: it builds offline, and serves nothing here.
    tool trunk 0.21.14 "$(version_of trunk)" 4 --locked --no-default-features
    # Its version has to be that of the library in Cargo.lock.
    tool wasm-bindgen-cli 0.2.130 "$(version_of wasm-bindgen)" 2
    ;;
testing)
    # Any cargo-nextest will do.
    nextest=$(version_of cargo nextest)
    # Without what replaces itself by a later version.
    tool cargo-nextest "${nextest:-0.9.143}" "$nextest" 4 --locked --no-default-features --features default-no-update
    # Drives Firefox; neither Debian nor Ubuntu has it.
    tool geckodriver 0.37.1 "$(version_of geckodriver)" 2 --locked
    ;;
linting)
    target wasm32-unknown-unknown "the editing app"
    component rustfmt "cargo fmt"
    component clippy "cargo clippy"
    ;;
esac
