#!/bin/sh
# Runs each fuzz target of the gate (fuzz/) and of rendering (content/fuzz/) for FUZZ_SECONDS (600), one after the other;
# names after the script choose some of them. What is found stands under artifacts/ beside the targets and ends the run:
# copied into corpus/ there, it is replayed by `make test` from then on. Other new inputs go into target/fuzz-corpus, so
# that the kept corpora stay small.
set -eu
cd "$(dirname "$0")/.."
project=$PWD

command -v rustup >/dev/null && rustup run nightly rustc --version >/dev/null 2>&1 || {
    echo "fuzz: there is no nightly toolchain, which libFuzzer needs: run rustup toolchain install nightly" >&2
    exit 1
}
version=0.13.2
[ "$(cargo +nightly fuzz --version 2>/dev/null | cut -d ' ' -f 2)" = "$version" ] || {
    echo "set-up: installing cargo-fuzz $version (cargo tool, about 2 minutes) …"
    CARGO_TARGET_DIR=$project/.local/tools \
        CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
        CARGO_PROFILE_RELEASE_LTO=off \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        CARGO_PROFILE_RELEASE_DEBUG=0 \
        cargo install --quiet cargo-fuzz --version "$version" --locked
    rm -rf "$project/.local/tools"
}

for folder in fuzz content/fuzz; do
    cd "$project/$folder"
    chosen=
    for target in $(cargo +nightly fuzz list); do
        case " ${*:-$target} " in *" $target "*) chosen="$chosen $target" ;; esac
    done
    # Without an address sanitizer: the code is forbid(unsafe_code), and runs several times as often this way.
    [ -z "$chosen" ] || cargo +nightly fuzz build --sanitizer none
    for target in $chosen; do
        found=$project/target/fuzz-corpus/$target
        mkdir -p "$found"
        echo "fuzz: $target, for ${FUZZ_SECONDS:-600} seconds …"
        cargo +nightly fuzz run --sanitizer none "$target" "$found" "corpus/$target" -- \
            -max_total_time="${FUZZ_SECONDS:-600}" -max_len=16384 -timeout=5 -rss_limit_mb=1024 \
            -print_final_stats=1
    done
done
