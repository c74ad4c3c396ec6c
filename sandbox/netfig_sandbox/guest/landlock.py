"""The files a run may see, by Landlock: what Python and the libraries need, and its own directory.

Landlock also shuts TCP, signals to other processes and abstract sockets where the kernel's version
knows them; the filter of system calls refuses all three anyway.
"""

import ctypes
import os
import struct
from collections.abc import Iterable

_CREATE, _ADD, _RESTRICT = 444, 445, 446

_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE = 1 << 14
# By version of the interface: how many file rights the kernel knows.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_ANY_FILE_RIGHTS = 16
# Making device nodes and sockets is nobody's business.
_NEVER = _EXECUTE | 1 << 6 | 1 << 9 | 1 << 11 | 1 << 15
_TCP = 0b11
_SCOPES = 0b11


class NoLandlock(Exception):
    """The kernel has no Landlock, or it is switched off."""


def version() -> int:
    """The kernel's Landlock interface version; 0 where there is none."""
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, int(libc.syscall(_CREATE, None, 0, 1)))


def restrict(readable: Iterable[str], writable: Iterable[str], devices: Iterable[str]) -> None:
    """Confines the process: trees to read, trees to write, single files to read and write.

    What does not exist is skipped. Needs no_new_privs. Raises NoLandlock, OSError.
    """
    abi = version()
    if abi < 1:
        raise NoLandlock
    handled = (1 << _RIGHTS.get(abi, _ANY_FILE_RIGHTS)) - 1
    attributes = struct.pack("=Q", handled)
    if abi >= 4:
        attributes += struct.pack("=Q", _TCP)
    if abi >= 6:
        attributes += struct.pack("=Q", _SCOPES)
    libc = ctypes.CDLL(None, use_errno=True)
    ruleset = libc.syscall(_CREATE, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    try:
        for path in readable:
            _allow(libc, ruleset, path, _READ | _LIST)
        for path in writable:
            _allow(libc, ruleset, path, handled & ~_NEVER)
        for path in devices:
            _allow(libc, ruleset, path, handled & (_READ | _WRITE | _TRUNCATE))
        if libc.syscall(_RESTRICT, ruleset, 0):
            raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _READ | _WRITE | _TRUNCATE
        rule = struct.pack("=Qi", rights, place)
        if libc.syscall(_ADD, ruleset, 1, rule, 0):
            raise OSError(ctypes.get_errno(), f"landlock_add_rule {path}")
    finally:
        os.close(place)
