"""Frames on the runner's socket: 4 bytes of length, big-endian, then a JSON object.

The other half of sandbox/netfig_sandbox/protocol.py, written apart from it on purpose: the two
distributions share the format and no code.
"""

import json
import select
import socket
import struct
from typing import Any

from netfig.errors import InvalidGraph, Unavailable
from netfig.importers import strict

REQUEST_BYTES = 6 * 1_000_000 + 64_000 + 4_096
REPLY_BYTES = 6 * 2_000_000 + 16_384

_LENGTH = struct.Struct(">I")


def packed(frame: dict[str, Any]) -> bytes:
    """The bytes of a request."""
    body = json.dumps(frame, allow_nan=False, separators=(",", ":")).encode()
    return _LENGTH.pack(len(body)) + body


class Replies:
    """The frames a stream socket brings, one after the other."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._got = bytearray()

    def next(self, wait: float) -> dict[str, object] | None:
        """The next frame, or None when none is complete after `wait` seconds of silence.

        Raises Unavailable when the other side has gone or talks nonsense.
        """
        while True:
            if (frame := self._complete()) is not None:
                return frame
            if not select.select([self._connection], [], [], wait)[0]:
                return None
            part = self._connection.recv(1 << 18)
            if not part:
                raise Unavailable("The sandbox went away.", hint="Try again.")
            self._got += part

    def _complete(self) -> dict[str, object] | None:
        if len(self._got) < _LENGTH.size:
            return None
        (size,) = _LENGTH.unpack_from(self._got)
        if not 0 < size <= REPLY_BYTES:
            raise _nonsense()
        end = _LENGTH.size + size
        if len(self._got) < end:
            return None
        body = bytes(self._got[_LENGTH.size : end])
        del self._got[:end]
        try:
            return strict.mapping(strict.parse(body, limit=REPLY_BYTES), "the frame")
        except InvalidGraph as error:
            raise _nonsense() from error


def _nonsense() -> Unavailable:
    return Unavailable("The sandbox gave an answer that is none.", hint="Try again.")
