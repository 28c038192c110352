#!/bin/sh
# Builds the gate's binary for Lambda@Edge and packs it: dist/edge-auth/edge-auth and dist/edge-auth.zip.
# EDGE_CONFIG names the configuration to pack; the local stack's is the default.
set -eu
cd "$(dirname "$0")/../.."

target=x86_64-unknown-linux-musl
# The flags in .cargo/config.toml count; these would replace them.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
# Messages of panics hold source paths: the same ones wherever it is built, so that the bytes are the same.
remap="'--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=registry', '--remap-path-prefix=$PWD=parapet'"

echo "package: the binary (the first build takes a few minutes)"
# The decision is compiled for speed, the shell around it for size. A profile cannot tell a package's library from its
# binary; and cargo forgets about `strip` where a package has a level of its own.
cargo rustc --package edge-auth --bin edge-auth --profile edge --target "$target" \
    --config "target.$target.rustflags = [$remap]" -- -C opt-level=z -C strip=symbols
binary=${CARGO_TARGET_DIR:-target}/$target/edge/edge-auth
mkdir -p dist/edge-auth
# In one step: an instance may be running the old file.
cp "$binary" dist/edge-auth/edge-auth.unfinished
mv dist/edge-auth/edge-auth.unfinished dist/edge-auth/edge-auth

echo "package: the archive (zopfli takes some seconds)"
cargo run --quiet --package ops --bin parapet -- package --binary "$binary" \
    --handler edge-auth/package/index.py --config "${EDGE_CONFIG:-edge-auth/edge-auth.local.json}" \
    --out dist/edge-auth.zip
