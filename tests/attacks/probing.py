"""What attackers' programs begin with: tries that are counted, and an answer past the capture."""

import os

PROBE = '''
import ctypes, json, os, stat, sys
FOUND = {}
libc = ctypes.CDLL(None, use_errno=True)

def attempt(what, deed):
    """Success is what must not happen."""
    try:
        value = deed()
    except BaseException as error:
        FOUND[what] = f"held: {type(error).__name__}: {error}"[:200]
    else:
        FOUND[what] = f"BROKEN: {value!r}"[:200]

def call(number, *arguments):
    """A bare system call; raises as Python's own do."""
    result = libc.syscall(number, *arguments)
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

def is_socket(number):
    try:
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError:
        return False

def answer():
    job = next(n for n in range(3, 1000) if is_socket(n))
    body = json.dumps(FOUND).encode()
    frame = bytes([2]) + len(body).to_bytes(4, "big") + body
    while frame:
        frame = frame[os.write(job, frame):]
    os._exit(0)
'''
END = "\nanswer()\n"


def overloaded() -> bool:
    """Whether half again as many programs want a processor as there are processors."""
    return os.getloadavg()[0] > 1.5 * (os.cpu_count() or 1)
