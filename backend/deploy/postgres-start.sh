#!/bin/sh
# Starts PostgreSQL as the official image does, as far as docker-compose.yml needs it: POSTGRES_USER
# owns a database of its name, and the file POSTGRES_PASSWORD_FILE holds the password.
set -eu
data=/var/lib/postgresql/data
bin=$(echo /usr/lib/postgresql/*/bin)

as_postgres() {
    setpriv --reuid postgres --regid postgres --clear-groups "$@"
}

chown postgres:postgres "$data"
chmod 700 "$data"
if [ ! -s "$data/PG_VERSION" ]; then
    as_postgres "$bin/initdb" -D "$data" -U "$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" \
        --encoding=UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256
    echo "host all all all scram-sha-256" >>"$data/pg_hba.conf"
    echo "CREATE DATABASE \"$POSTGRES_USER\";" |
        as_postgres "$bin/postgres" --single -D "$data" postgres
fi
exec setpriv --reuid postgres --regid postgres --clear-groups \
    "$bin/postgres" -D "$data" -c listen_addresses='*' -c unix_socket_directories=/tmp
