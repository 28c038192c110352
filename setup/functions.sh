#!/bin/sh
# Builds the backend and the functions as static programs, all in one run of cargo so that what they share is compiled
# once, and packs them: dist/functions/NAME/bootstrap and dist/NAME.zip, dist/backend/backend and dist/backend.zip, and
# the backend's image as dist/backend-image. What runs on this machine are these very files.
set -eu
cd "$(dirname "$0")/.."

functions="announce make-renditions publish-due record-sign-in"
target=x86_64-unknown-linux-musl
# The goal of cms.md for the backend, in bytes.
limit=10485760

# The flags in .cargo/config.toml count; these would replace them.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
packages=$(printf -- '--package %s ' $functions)
# shellcheck disable=SC2086 # a list of words
cargo build --quiet --profile lambda --target "$target" --package backend --bins $packages
built=${CARGO_TARGET_DIR:-target}/$target/lambda

# place FILE TO: in one step, because a process may be running the old file; an unchanged one stays, and so does what was
# made of it.
place() {
    mkdir -p "$(dirname "$2")"
    cmp -s "$1" "$2" && return 1
    cp "$1" "$2.unfinished"
    mv "$2.unfinished" "$2"
}

pack() {
    "${CARGO_TARGET_DIR:-target}/debug/pack" "$@"
}

for name in $functions; do
    program=dist/functions/$name/bootstrap
    place "$built/$name" "$program" || [ ! -f "dist/$name.zip" ] || continue
    pack zip "dist/$name.zip" "bootstrap=$program"
done

program=dist/backend/backend
# Whom the backend takes for its database, on RDS.
roots=backend/certificates/rds.pem
if place "$built/backend" "$program" || [ ! -d dist/backend-image ] || [ ! dist/backend.zip -nt "$roots" ]; then
    pack zip dist/backend.zip --limit "$limit" "bootstrap=$program" "rds.pem=$roots"
    # Whom to trust is part of the image: there is nothing in it but the program.
    pack image dist/backend-image "backend=$program" "var/task/rds.pem=$roots" \
        etc/ssl/certs/ca-certificates.crt=/etc/ssl/certs/ca-certificates.crt
fi
