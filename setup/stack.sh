# The running stack, for up.sh and down.sh: which process it is, and whether it is still that one. Sourced.
# shellcheck shell=sh

pid_file=.local/stack.pid
ready_file=.local/stack.ready
log_file=.local/stack.log

# started PID: when the process started, in the kernel's ticks; nothing if there is none or it is a zombie.
started() {
    # The second field is the program's name in parentheses and may hold anything.
    fields=$(sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null) || return 0
    # shellcheck disable=SC2086 # a list of words
    set -- $fields
    [ "$1" = Z ] || echo "${20}"
}

# remember PID: writes the process down, with its start so that a later process of the same number is told apart.
remember() {
    echo "$1 $(started "$1")" >"$pid_file"
}

# running: prints the number of the stack's process, or nothing.
running() {
    [ -f "$pid_file" ] || return 0
    read -r pid start <"$pid_file" || return 0
    if [ -n "$start" ] && [ "$(started "$pid")" = "$start" ]; then
        echo "$pid"
    fi
}
