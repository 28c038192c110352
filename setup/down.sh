#!/bin/sh
# Stops the stack that up.sh started, exactly that process, and waits until it is gone.
set -eu
cd "$(dirname "$0")/.."
. setup/stack.sh

pid=$(running)
if [ -z "$pid" ]; then
    echo "down: nothing is running"
else
    kill -TERM "$pid" || true
    # Tenths of a second that it may take to end by itself.
    patience=300
    while [ -n "$(running)" ]; do
        patience=$((patience - 1))
        if [ "$patience" -eq 0 ]; then
            echo "down: process $pid did not end in 30 seconds, killing it" >&2
            kill -KILL "$pid" || true
        fi
        sleep 0.1
    done
    echo "down: process $pid has ended"
fi
rm -f "$pid_file" "$ready_file"
