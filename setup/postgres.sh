#!/bin/sh
# postgres.sh FOLDER [NAME=VALUE ...]: a PostgreSQL cluster in an empty FOLDER, by Debian's programs and with these
# settings. It listens on a socket in FOLDER and nowhere else; says `ready` when it answers; and ends with its standard
# input, so that it never outlives who started it.
set -eu
folder=$1

# PostgreSQL refuses to run as root. The script goes on as text: that user may not be able to read the file.
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder"
    text=$(cat "$0")
    cd /
    exec runuser -u postgres -- /bin/sh -c "$text" "$0" "$@"
fi
shift

programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin | sort -V | tail -n 1)
[ -n "$programs" ] || {
    echo "PostgreSQL is not installed, expected Debian's package postgresql" >&2
    exit 1
}
settings=
for setting in "$@"; do
    settings="$settings -c $setting"
done

"$programs/initdb" -A trust -U postgres -E UTF8 --locale=C.UTF-8 -N -D "$folder/data" </dev/null >"$folder/log" 2>&1 || {
    cat "$folder/log" >&2
    exit 1
}
# shellcheck disable=SC2086 # a list of words
"$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= $settings </dev/null >>"$folder/log" 2>&1 &
server=$!
until "$programs/pg_isready" -q -h "$folder" -U postgres; do
    kill -0 "$server" || {
        cat "$folder/log" >&2
        exit 1
    }
    sleep 0.05
done
echo ready
read -r _ || true
kill -QUIT "$server"
wait "$server" || true
