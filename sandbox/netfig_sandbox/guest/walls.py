"""The walls between one run and everything else, put up by the run's own process, in this order.

The order matters: each wall takes away what putting up the earlier ones needs.
"""

import ctypes
import os
import resource
import sys
import tempfile
from collections.abc import Mapping
from typing import Any

from . import landlock, seccomp

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CAPABILITY_VERSION_3 = 0x20080522

# TensorFlow reads these at its first use; it aborts without its command line.
_PROC = tuple(f"/proc/self/{name}" for name in ("cmdline", "stat", "statm", "status", "comm"))
_MACHINE = ("/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")


def kinds() -> dict[str, Any]:
    """What this kernel offers: the Landlock version (0: none) and whether calls can be filtered."""
    return {"landlock": landlock.version(), "seccomp": seccomp.available()}


def put_up(place: str, job: int, limits: Mapping[str, float], *, weak: bool) -> None:
    """Walls in the calling process. `place` is its own directory, `job` the descriptor it keeps.

    With `weak`, a wall that this kernel lacks is left out; otherwise its absence raises.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    os.setsid()
    _give_way(libc)
    libc.prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0)
    _settle(place)
    _close_all_but(job)
    _limit(limits)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _drop_capabilities(libc)
    try:
        landlock.restrict((*libraries(), *_PROC, *_MACHINE), (place,), _DEVICES)
    except landlock.NoLandlock:
        if not weak:
            raise
    try:
        seccomp.install()
    except (seccomp.NoSeccomp, OSError):
        if not weak:
            raise


def libraries() -> tuple[str, ...]:
    """Directories that Python and its packages are read from."""
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    system = ("/usr/lib", "/usr/local/lib", "/usr/share", "/lib", "/lib64")
    return (*system, sys.prefix, sys.base_prefix, own)


def _give_way(libc: ctypes.CDLL) -> None:
    """Of all processes of the box this one is to be killed when memory runs out."""
    libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        if os.environ.get("NETFIG_BOX"):
            raise
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _settle(place: str) -> None:
    os.chdir(place)
    for name in ("TMPDIR", "TEST_TMPDIR", "TMP", "TEMP", "HOME", "KERAS_HOME"):
        os.environ[name] = place
    # Set at import, long before this process had a directory of its own.
    tempfile.tempdir = place


def _close_all_but(job: int) -> None:
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(3, job)
    os.closerange(job + 1, 4096)


def _limit(limits: Mapping[str, float]) -> None:
    cpu = int(limits["cpu"]) + 1
    for kind, soft, hard in (
        # The soft limit's signal ends the run with a status of its own.
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_AS, limits["address"], limits["address"]),
        (resource.RLIMIT_DATA, limits["written"], limits["written"]),
        (resource.RLIMIT_FSIZE, limits["file"], limits["file"]),
        (resource.RLIMIT_NOFILE, limits["open_files"], limits["open_files"]),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_MEMLOCK, 0, 0),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
    ):
        resource.setrlimit(kind, (int(soft), int(hard)))


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """A local runner may be started by root; in a box there is nothing left to drop."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    if libc.capset(header, none):
        raise OSError(ctypes.get_errno(), "capset")
