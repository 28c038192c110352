#!/bin/sh
# Builds the gate's binary for Lambda@Edge and packs it: dist/edge-auth/edge-auth and dist/edge-auth.zip.
# EDGE_CONFIG names the configuration to pack; the local stack's is the default. The gate itself refuses a wrong one at
# its start; `parapet package` does before it packs.
set -eu
cd "$(dirname "$0")/../.."

target=x86_64-unknown-linux-musl
# The flags in .cargo/config.toml count; these would replace them.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
# Messages of panics hold source paths: the same ones wherever it is built, so that the bytes are the same.
remap="'--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=registry', '--remap-path-prefix=$PWD=parapet'"

# The goal of design.md, in bytes.
limit=2097152

cargo build --quiet --package edge-auth --bin edge-auth --profile edge --target "$target" \
    --config "target.$target.rustflags = [$remap]"
binary=${CARGO_TARGET_DIR:-target}/$target/edge/edge-auth
mkdir -p dist/edge-auth
# In one step: an instance may be running the old file.
cp "$binary" dist/edge-auth/edge-auth.unfinished
mv dist/edge-auth/edge-auth.unfinished dist/edge-auth/edge-auth

cargo run --quiet --package pack -- zip dist/edge-auth.zip --limit "$limit" index.py=edge-auth/package/index.py \
    "edge-auth=$binary" "edge-auth.json=${EDGE_CONFIG:-edge-auth/edge-auth.local.json}"
