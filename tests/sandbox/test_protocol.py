import socket
import struct

import pytest
from netfig_sandbox import protocol


def pair() -> tuple[socket.socket, socket.socket]:
    one, other = socket.socketpair()
    other.settimeout(5)
    return one, other


def test_a_frame_survives_the_wire_in_small_pieces() -> None:
    one, other = pair()
    frame = {"code": "π = '😀'\n", "options": {"a": [1, None, True]}}
    for byte in protocol.encode(frame):
        one.send(bytes([byte]))
    assert protocol.receive(other, 1000) == frame


def test_the_end_before_a_frame_is_none_and_inside_one_is_broken() -> None:
    one, other = pair()
    one.close()
    assert protocol.receive(other, 100) is None
    one, other = pair()
    one.sendall(protocol.encode({"a": 1})[:-1])
    one.close()
    with pytest.raises(protocol.BrokenFrame):
        protocol.receive(other, 100)


@pytest.mark.parametrize(
    "raw",
    [
        struct.pack(">I", 0),
        struct.pack(">I", 0xFFFFFFFF),
        struct.pack(">I", 101) + b"{}",
        struct.pack(">I", 2) + b"[]",
        struct.pack(">I", 9) + b'{"a":NaN}',
        struct.pack(">I", 3) + b"\xff{}",
        struct.pack(">I", 60_000) + b"[" * 60_000,
    ],
)
def test_what_is_not_a_frame_is_refused(raw: bytes) -> None:
    one, other = pair()
    one.sendall(raw)
    with pytest.raises(protocol.BrokenFrame):
        protocol.receive(other, 100 if len(raw) < 1000 else 100_000)


def test_too_large_a_frame_is_not_sent() -> None:
    with pytest.raises(protocol.BrokenFrame):
        protocol.encode({"a": "x" * 100}, 50)
    with pytest.raises(ValueError):
        protocol.encode({"a": float("nan")})
