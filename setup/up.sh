#!/bin/sh
# Starts the cloud on one machine: in the foreground until interrupted, or with DETACH=1 in the background, returning
# once everything answers. The stack says so by writing the file that STACK_READY_FILE names.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .local
. setup/stack.sh

pid=$(running)
if [ -n "$pid" ]; then
    echo "up: the stack is running already, as process $pid; make down stops it" >&2
    # Safe to repeat: what was asked for is there.
    [ "${DETACH:-}" = 1 ] && [ -f "$ready_file" ] && exit 0
    exit 1
fi
rm -f "$ready_file"
export STACK_READY_FILE="$PWD/$ready_file"

# Compiled first, so that the time to start is the stack's own.
setup/step.sh "compiling the cloud on this machine" "two minutes the first time" cargo build --quiet --package stack
# cargo replaces itself by the program it runs: one process, and one number for it.
if [ "${DETACH:-}" != 1 ]; then
    remember $$
    exec cargo run --quiet --package stack
fi

setsid cargo run --quiet --package stack >"$log_file" 2>&1 </dev/null &
pid=$!
remember "$pid"
while [ ! -f "$ready_file" ]; do
    if [ -z "$(running)" ]; then
        echo "up: the stack ended before everything answered:" >&2
        tail -n 20 "$log_file" >&2
        rm -f "$pid_file"
        exit 1
    fi
    sleep 0.1
done
cat "$log_file"
echo "up: running as process $pid, logging to $log_file; make down stops it"
