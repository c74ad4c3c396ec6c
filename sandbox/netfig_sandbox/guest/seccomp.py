"""The filter of system calls that a run puts itself behind: an allow-list, as classic BPF.

No processes, no sockets, no signals to others, no namespaces, nothing that reads another process.
Once installed it cannot be removed.
"""

import ctypes
import errno
import os
import platform
import struct

from . import syscalls

# <linux/bpf_common.h>, <linux/filter.h>: 16-bit code, two 8-bit jumps, 32-bit operand.
_INSTRUCTION = struct.Struct("=HBBI")
_LOAD, _EQUAL, _GREATER_EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# struct seccomp_data: number, architecture, instruction pointer, six 64-bit arguments.
_NUMBER, _ARCHITECTURE = 0, 4
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000

_AUDIT = {syscalls.X86_64: 0xC000003E, syscalls.AARCH64: 0xC00000B7}
_X32 = 0x40000000
# Above every call this filter was written for: the C library falls back when told so.
_NEWEST = 450

_CLONE_THREAD = 0x00010000
_IOCTLS = (0x5401, 0x5421, 0x541B, 0x5450, 0x5451)  # TCGETS FIONBIO FIONREAD FIONCLEX FIOCLEX
_FCNTLS = (0, 1, 2, 3, 4, 1030)  # descriptors and flags; no locks, no leases, no signals
_PRCTLS = (15, 16, 0x53564D41)  # names of threads and of memory areas

_PR_SET_NO_NEW_PRIVS = 38


class NoSeccomp(Exception):
    """The kernel has no such filter."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def architecture() -> str:
    """The machine's architecture. Raises NoSeccomp for one the filter does not know."""
    machine = platform.machine()
    if machine not in _AUDIT:
        raise NoSeccomp(f"no filter for {machine}")
    return machine


def program(machine: str, pid: int) -> bytes:
    """The filter for a process whose id is `pid`: it may signal itself alone."""
    column = 0 if machine == syscalls.X86_64 else 1

    def number(name: str) -> int | None:
        return syscalls.NUMBERS[name][column]

    code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _AUDIT[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == syscalls.X86_64:
        code += [(_GREATER_EQUAL, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    for name in syscalls.ALLOWED:
        if (call := number(name)) is not None:
            code += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, _ALLOW)]
    checks: dict[str, tuple[int, int, tuple[int, ...]]] = {
        "clone": (0, _ANY_BIT, (_CLONE_THREAD,)),
        "kill": (0, _EQUAL, (pid,)),
        "tgkill": (0, _EQUAL, (pid,)),
        "ioctl": (1, _EQUAL, _IOCTLS),
        "fcntl": (1, _EQUAL, _FCNTLS),
        "prctl": (0, _EQUAL, _PRCTLS),
        "prlimit64": (0, _EQUAL, (0, pid)),
    }
    for name, (argument, test, values) in checks.items():
        code += _checked(number(name), argument, test, values)
    if (clone3 := number("clone3")) is not None:
        # Its flags lie in memory, where no filter sees them; the C library then uses clone.
        code += [(_EQUAL, 0, 1, clone3), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    code += [
        (_GREATER_EQUAL, 0, 1, _NEWEST),
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
    ]
    return b"".join(_INSTRUCTION.pack(*each) for each in code)


def _checked(
    call: int | None, argument: int, test: int, values: tuple[int, ...]
) -> list[tuple[int, int, int, int]]:
    """Allows `call` when the low half of an argument passes the test against one of the values."""
    if call is None:
        return []
    tests = [(test, len(values) - 1 - i + 1, 0, value) for i, value in enumerate(values)]
    body = [
        (_LOAD, 0, 0, 16 + 8 * argument),
        *tests,
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return [(_EQUAL, 0, len(body), call), *body]


def available() -> bool:
    """Whether the kernel filters system calls, and the filter knows this machine."""
    try:
        architecture()
    except NoSeccomp:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    # A null program: EFAULT says that the kernel got as far as reading it.
    result = libc.prctl(22, 2, 0, 0, 0)
    return bool(result == -1 and ctypes.get_errno() == errno.EFAULT)


def install() -> None:
    """Puts the calling process behind the filter, for good. Raises NoSeccomp, OSError."""
    machine = architecture()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    code = program(machine, os.getpid())
    attributes = _Program(len(code) // _INSTRUCTION.size, code)
    # 22, 2: PR_SET_SECCOMP with a filter, as old as the filters themselves.
    if libc.prctl(22, 2, ctypes.byref(attributes), 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp")
