#!/bin/sh
# Every image that docker-compose.yml names, on a machine with a Docker engine. Quick when they are
# there. Pulled where a registry is reachable, else made from Debian packages under the same names
# (as root, which debootstrap needs). `docker-compose up -d` comes next.
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
SANDBOX=$ROOT/sandbox
REACHABLE=unknown

say() { echo "images: $*" >&2; }

here() { docker image inspect "$1" >/dev/null 2>&1; }

LOGS=$(mktemp -d)
trap 'rm -rf "$LOGS"' EXIT

# Begins a job beside the others; what it says comes when it is waited for.
begin() {
    name=$1
    shift
    ("$@") >"$LOGS/$name" 2>&1 </dev/null &
    echo $! >"$LOGS/$name.job"
}

# Waits for jobs by their names; fails with the first that failed.
finish() {
    for name in "$@"; do
        code=0
        wait "$(cat "$LOGS/$name.job")" || code=$?
        cat "$LOGS/$name" >&2
        [ "$code" = 0 ] || { say "$name failed"; exit 1; }
    done
}

# Asks a registry for an image; where the first does not come, none is asked for again.
pull() {
    [ "$REACHABLE" != no ] || return 1
    say "pulling $1"
    if timeout "${PULL_SECONDS:-120}" docker pull -q "$1" >/dev/null 2>&1; then
        REACHABLE=yes
        return 0
    fi
    [ "$REACHABLE" = yes ] || REACHABLE=no
    return 1
}

base() {
    if ! command -v debootstrap >/dev/null 2>&1 && ! here "$("$SANDBOX/base-image.sh" --name)"; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap >&2
    fi
    "$SANDBOX/base-image.sh"
}

from_debian() {
    say "making $2 from Debian packages"
    nice docker build -q --network host --build-arg "BASE=$(base)" --target "$1" -t "$2" \
        -f "$HERE/debian.Dockerfile" "$HERE"
}

guest() { ALSO=netfig-guest:deployed "$SANDBOX/engine.sh"; }

# The working tree as it is, without what lies in it unbidden; .dockerignore says the same.
gather() {
    mkdir "$CONTEXT" "$CONTEXT/trust"
    tar -C "$ROOT" -c --exclude=node_modules --exclude=dist --exclude=__pycache__ \
        --exclude='*.egg-info' --exclude='.*_cache' backend sandbox frontend |
        tar -C "$CONTEXT" -x
    # What this machine trusts, for the package indexes alone, as its own pip is told.
    if [ -n "${PIP_CERT:-}" ] && [ -e "$PIP_CERT" ]; then
        cp "$PIP_CERT" "$CONTEXT/trust/ca.crt"
    fi
}

service() {
    nice docker build -q --network host --build-arg "PYTHON=$PYTHON" --build-arg "NODE=$NODE" "$@" \
        -f "$CONTEXT/backend/Dockerfile" "$CONTEXT"
}

services() {
    for name in "$@"; do
        from_debian "${name%%:*}" "$name"
    done
}

"$SANDBOX/engine.sh" --start
CONTEXT=$LOGS/context
gather
PYTHON=python:3.13-slim NODE=node:22-slim OWN=$("$SANDBOX/base-image.sh" --name)
here "$PYTHON" || { ! here "$OWN" && pull "$PYTHON"; } || PYTHON=$(base)
here "$NODE" || { ! here netfig-node && pull "$NODE"; } || NODE=netfig-node
missing=
for name in nginx:stable redis:8 postgres:17; do
    here "$name" || pull "$name" || missing="$missing $name"
done
# Half of the time each waits for a network or a disk.
begin guest guest
begin runtime service --target runtime
[ "$NODE" != netfig-node ] || here netfig-node || from_debian node netfig-node >&2
# shellcheck disable=SC2086
begin services services $missing
finish runtime
say "building netfig"
service -t netfig >&2
finish services guest
say "all are there"
