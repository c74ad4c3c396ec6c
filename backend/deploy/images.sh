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
        -f "$HERE/debian.Dockerfile" "$HERE" >&2
}

service() {
    context=$(mktemp -d)
    trap 'rm -rf "$context"' EXIT
    # The working tree as it is, without what lies in it unbidden; .dockerignore says the same.
    tar -C "$ROOT" -c --exclude=node_modules --exclude=dist --exclude=__pycache__ \
        --exclude='*.egg-info' --exclude='.*_cache' backend sandbox frontend | tar -C "$context" -x
    mkdir "$context/trust"
    # What this machine trusts, for the package indexes alone, as its own pip is told.
    if [ -n "${PIP_CERT:-}" ] && [ -e "$PIP_CERT" ]; then
        cp "$PIP_CERT" "$context/trust/ca.crt"
    fi
    set -- --build-arg "PYTHON=python:3.13-slim" --build-arg "NODE=node:22-slim"
    if ! { here python:3.13-slim && here node:22-slim; } &&
        { here netfig-node || ! pull python:3.13-slim || ! pull node:22-slim; }; then
        here netfig-node || from_debian node netfig-node
        set -- --build-arg "PYTHON=$(base)" --build-arg NODE=netfig-node
    fi
    say "building netfig"
    nice docker build -q --network host "$@" -t netfig -f "$context/backend/Dockerfile" "$context" >&2
}

for name in nginx:stable redis:8 postgres:17; do
    here "$name" || pull "$name" || from_debian "${name%%:*}" "$name"
done
ALSO=netfig-guest:deployed "$SANDBOX/engine.sh"
service
say "all are there"
