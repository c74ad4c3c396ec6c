"""The wire between the runner and whoever asks it for a capture. Standard library only.

The runner listens on a unix stream socket. **One connection carries one request.**

Frame
    4 bytes, big-endian, unsigned: the length of what follows; then that many bytes of UTF-8 JSON,
    always one object. A length of 0 or above `REPLY_BYTES` (`REQUEST_BYTES` towards the runner)
    breaks the connection.

A run
    client -> runner, one frame:
        {"session": "…",     who asks: opaque, 1 to 128 characters of A-Z a-z 0-9 . _ -; one session
                             never shares a box with another; a newer run of a session replaces its
                             waiting one, and cancels its running one
         "run": "…",         names this run in logs; the same alphabet
         "code": "…",        the paste, at most `CODE_BYTES` bytes of UTF-8
         "options": {…}}     handed to the guest's capture as they are, at most `OPTIONS_BYTES`
    runner -> client, any number of progress frames:
        {"stage": "waiting", "position": n}   n runs are before this one (0: it is next)
        {"stage": "starting"}                 no warm box was ready, one is being started
        {"stage": "running"}
    runner -> client, one last frame, then the runner closes:
        {"verdict": …,       one of `VERDICTS`
         "message": "…",     one sentence for the person who waits; empty for "done"
         "capture": {…}|null the capture of CAPTURE.md. Set for "done". For "cpu", "wall", "memory",
                             "output" and "crash" it is what the guest had published before it was
                             ended, or null. **It is a stranger's data**: the runner has checked its
                             size, and that it is a JSON object with finite numbers, nothing else
         "seconds": 0.031,   from "running" to the end, wall clock
         "cpu": 0.029,       seconds of processor the run used, as the kernel counted them
         "memory": 1048576,  bytes resident at its peak, shared libraries included
         "retry": 0 | n,     for "busy" and "unavailable": seconds after which to ask again
         "guest": "…",       version of the guest that ran it, the key of a cache; "" if none did
         "tier": "runc"}     what walled it: "runc", "runsc", … or "local"
    Closing the connection before the last frame cancels the run.

    A program that fails (its exception, a syntax error, no model) is "done": the capture says so.

A status
    client -> runner: {"status": true}
    runner -> client, one frame:
        {"kind": "docker" | "local", "tier": "runc", "guest": "…", "ready": true,
         "boxes": {"warm": 2, "leased": 1, "busy": 0, "starting": 0, "cap": 12},
         "queue": {"waiting": 0, "running": 0, "slots": 2, "limit": 32},
         "walls": {"landlock": 7, "seccomp": true, "network": true, …},
         "counters": {"runs": 12, "verdict.done": 11, "boxes.started": 3, …},
         "times": {"run": …, "wait": …, "box": …}   histograms (times.py): of runs, of waiting for
                             a box and a turn, of a box from its start to its readiness
         "problem": "",      why it is not ready, for the operator
         "no_containers": ""}  why "local" where containers would have been taken; "" where chosen
"""

import json
import socket
import struct
from typing import Any

CODE_BYTES = 1_000_000
OPTIONS_BYTES = 64_000
CAPTURE_BYTES = 2_000_000
# JSON may write one byte of code as six (\\u0000), plus the envelope.
REQUEST_BYTES = 6 * CODE_BYTES + OPTIONS_BYTES + 4_096
# The capture is sent on as ASCII JSON, plus the envelope.
REPLY_BYTES = 6 * CAPTURE_BYTES + 16_384

DONE = "done"
CPU = "cpu"
WALL = "wall"
MEMORY = "memory"
OUTPUT = "output"
CRASH = "crash"
POLICY = "policy"
BUSY = "busy"
CANCELLED = "cancelled"
UNAVAILABLE = "unavailable"
VERDICTS = (DONE, CPU, WALL, MEMORY, OUTPUT, CRASH, POLICY, BUSY, CANCELLED, UNAVAILABLE)

_LENGTH = struct.Struct(">I")

Frame = dict[str, Any]


class BrokenFrame(Exception):
    """The other side sent something that is not a frame."""


def encode(frame: Frame, limit: int = REPLY_BYTES) -> bytes:
    """The bytes of one frame. Raises BrokenFrame above `limit` bytes."""
    body = json.dumps(frame, allow_nan=False, separators=(",", ":")).encode()
    if len(body) > limit:
        raise BrokenFrame(f"a frame of {len(body)} bytes, {limit} are allowed")
    return _LENGTH.pack(len(body)) + body


def send(sock: socket.socket, frame: Frame, limit: int = REPLY_BYTES) -> None:
    """Writes one frame to a blocking stream socket."""
    sock.sendall(encode(frame, limit))


def receive(sock: socket.socket, limit: int) -> Frame | None:
    """Reads one frame from a blocking stream socket; None when the other side closed before it.

    Raises BrokenFrame for anything that is not a frame of at most `limit` bytes, and OSError
    (TimeoutError included) as the socket does.
    """
    head = _exactly(sock, _LENGTH.size, start=True)
    if head is None:
        return None
    (size,) = _LENGTH.unpack(head)
    if not 0 < size <= limit:
        raise BrokenFrame(f"a frame of {size} bytes, {limit} are allowed")
    body = _exactly(sock, size, start=False)
    assert body is not None
    return decode(body)


def decode(body: bytes) -> Frame:
    """The object a frame's body holds. Raises BrokenFrame."""
    try:
        frame = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame("not JSON") from error
    if not isinstance(frame, dict):
        raise BrokenFrame("not a JSON object")
    return frame


def _refuse(name: str) -> None:
    raise ValueError(name)


def _exactly(sock: socket.socket, size: int, *, start: bool) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = sock.recv(min(size - len(parts), 1 << 20))
        if not part:
            if start and not parts:
                return None
            raise BrokenFrame("the connection ended inside a frame")
        parts += part
    return bytes(parts)
