#!/bin/sh
# A Docker engine and the guest image on Debian or Ubuntu, as root. Quick when both are there.
# Elsewhere: install Docker by its own instructions, then run this again for the image alone.
# ALSO: one more name for the image. `--start` leaves it at the engine; `--restart` ends the engine,
# and every container of this machine with it, and starts it again.
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
BASE=${BASE:-python:3.13-slim}
LOG=${LOG:-/var/log/netfig-dockerd.log}

say() { echo "engine: $*" >&2; }

install_engine() {
    docker info >/dev/null 2>&1 && return 0
    command -v dockerd >/dev/null 2>&1 && return 0
    command -v apt-get >/dev/null 2>&1 || { say "no dockerd, and no apt-get to install it"; exit 1; }
    [ "$(id -u)" = 0 ] || { say "no dockerd; run this as root to install it"; exit 1; }
    say "installing docker.io"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        docker.io iptables ca-certificates >&2
}

start_engine() {
    docker info >/dev/null 2>&1 && return 0
    [ "$(id -u)" = 0 ] || { say "the engine does not answer; run this as root to start it"; exit 1; }
    say "starting dockerd, log in $LOG"
    setsid nohup dockerd >"$LOG" 2>&1 </dev/null &
    tries=0
    until docker info >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 60 ] || { say "dockerd did not start; see $LOG"; exit 1; }
        sleep 1
    done
}

find_base() {
    docker image inspect "$BASE" >/dev/null 2>&1 && return 0
    own=$("$HERE/base-image.sh" --name)
    if docker image inspect "$own" >/dev/null 2>&1; then
        BASE=$own
        return 0
    fi
    say "pulling $BASE"
    # A download begins within seconds or, behind a wall that drops packets, never.
    timeout "${PULL_SECONDS:-60}" docker pull -q "$BASE" >/dev/null 2>&1 && return 0
    say "no registry reachable; making the base image from Debian packages"
    if ! command -v debootstrap >/dev/null 2>&1; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap >&2
    fi
    BASE=$("$HERE/base-image.sh")
}

build_guest() {
    # Copied first, then hashed: what is built is what was hashed, even while someone edits.
    context=$(mktemp -d)
    trap 'rm -rf "$context"' EXIT
    cp "$HERE/Dockerfile" "$HERE/requirements-guest.txt" "$context"
    mkdir -p "$context/netfig_sandbox/guest" "$context/trust"
    cp "$HERE/netfig_sandbox/__init__.py" "$HERE/netfig_sandbox/version.py" "$context/netfig_sandbox"
    cp "$HERE"/netfig_sandbox/guest/*.py "$context/netfig_sandbox/guest"
    image=$(cd "$context" && PYTHONDONTWRITEBYTECODE=1 python3 -m netfig_sandbox.version)
    if docker image inspect "$image" >/dev/null 2>&1; then
        say "$image is there"
        return 0
    fi
    find_base
    say "building $image on $BASE"
    # What this machine trusts, for the package index alone, as its own pip is told.
    if [ -n "${PIP_CERT:-}" ] && [ -e "$PIP_CERT" ]; then
        cp "$PIP_CERT" "$context/trust/ca.crt"
    fi
    nice docker build -q --network host --build-arg "BASE=$BASE" -t "$image" "$context" >&2
    say "built $image"
}

stop_engine() {
    if command -v systemctl >/dev/null 2>&1 && systemctl -q is-active docker 2>/dev/null; then
        systemctl stop docker docker.socket
        return 0
    fi
    pid=$(cat "${PIDFILE:-/var/run/docker.pid}")
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
}

if [ "${1:-}" = --restart ]; then
    stop_engine
    start_engine
    exit 0
fi
install_engine
start_engine
[ "${1:-}" != --start ] || exit 0
build_guest
if [ -n "${ALSO:-}" ]; then
    docker tag "$image" "$ALSO"
fi
