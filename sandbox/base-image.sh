#!/bin/sh
# Makes the guest's base image from Debian packages, for machines that reach no image registry.
# Prints the tag, which the Dockerfile takes as --build-arg BASE=...; `--name` does nothing else.
# Needs root, debootstrap and a reachable Docker engine. Idempotent: an existing tag is kept.
set -eu
SUITE=${SUITE:-trixie}
TAG=netfig-base:$SUITE
if [ "${1:-}" = --name ]; then
    echo "$TAG"
    exit 0
fi
if docker image inspect "$TAG" >/dev/null 2>&1; then
    echo "$TAG"
    exit 0
fi
ROOT=$(mktemp -d)
trap 'rm -rf "$ROOT"' EXIT
# A rootfs must be traversable by the guest's own user.
chmod 755 "$ROOT"
nice debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates \
    "$SUITE" "$ROOT" "${MIRROR:-http://deb.debian.org/debian}" >&2
rm -rf "$ROOT"/var/cache/apt/archives/*.deb "$ROOT"/var/lib/apt/lists/* \
    "$ROOT"/usr/share/doc "$ROOT"/usr/share/man "$ROOT"/usr/share/locale
tar -C "$ROOT" --numeric-owner -c . |
    docker import --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8' - "$TAG" >&2
echo "$TAG"
