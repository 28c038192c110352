#!/bin/sh
# Long runs on what `make build` leaves, every answer checked. `events` hands one instance of the gate SOAK_EVENTS
# (1,000,000) events and watches its memory; `journeys` lets SOAK_VISITORS (8) people come and go on the whole cloud for
# SOAK_SECONDS (1,800). Names after the script choose one of them.
#
# Both run at the usual priority: the gate and the function host go by the clock, and behind all other work they would
# only be seen to wait.
set -eu
cd "$(dirname "$0")/.."

cargo build --quiet --package tests --example soak
for run in ${*:-events journeys}; do
    echo "soak: $run …"
    "${CARGO_TARGET_DIR:-target}/debug/examples/soak" "$run"
done
