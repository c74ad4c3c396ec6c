"""The two halves of the runner's wire understand each other; nonsense is refused."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from netfig import errors
from netfig.sandbox_client import RunnerSandbox, Stage
from netfig.sandbox_client.frames import REPLY_BYTES, REQUEST_BYTES, Replies, packed
from netfig_sandbox import protocol

CAPTURE = {"format": 1, "models": [], "error": None}
LAST = {"message": "", "capture": None, "seconds": 0.1, "retry": 0, "guest": "g", "tier": "runc"}


def test_both_halves_know_the_same_limits() -> None:
    assert (REQUEST_BYTES, REPLY_BYTES) == (protocol.REQUEST_BYTES, protocol.REPLY_BYTES)


@pytest.mark.parametrize("text", ["", "x = 'größe 🙂'\x00\n", "\ud800", "é" * 400_000])
def test_a_request_is_read_as_it_was_written(text: str) -> None:
    near, far = socket.socketpair()
    frame = {"session": "s", "run": "r", "code": text, "options": {"a": [1, None]}}
    writer = threading.Thread(target=near.sendall, args=(packed(frame),))
    writer.start()
    assert protocol.receive(far, protocol.REQUEST_BYTES) == frame
    writer.join()


@pytest.mark.parametrize("cut", [1, 3, 4, 5, 50])
def test_replies_are_read_in_whatever_pieces_they_come(cut: int) -> None:
    near, far = socket.socketpair()
    frames = [{"stage": "waiting", "position": 2}, {"stage": "running"}, {"verdict": "done"}]
    raw = b"".join(protocol.encode(frame) for frame in frames)
    replies, read = Replies(near), []
    for start in range(0, len(raw), cut):
        far.sendall(raw[start : start + cut])
        while (frame := replies.next(0.0)) is not None:
            read.append(frame)
    assert read == frames


Say = Callable[..., RunnerSandbox]


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Say]:
    """A runner that says what it is told to say, on a real socket, to one caller."""
    path, listener = tmp_path / "s", socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(1)

    def saying(*raw: bytes | dict[str, Any]) -> RunnerSandbox:
        def speak() -> None:
            connection, _ = listener.accept()
            protocol.receive(connection, protocol.REQUEST_BYTES)
            for part in raw:
                connection.sendall(part if isinstance(part, bytes) else protocol.encode(part))
            connection.close()

        threading.Thread(target=speak, daemon=True).start()
        return RunnerSandbox(path)

    yield saying
    listener.close()


def ask(sandbox: RunnerSandbox, stages: list[Stage] | None = None) -> object:
    heard: list[Stage] = [] if stages is None else stages
    return sandbox.capture(
        "x", session="s", run="r", options={}, on_stage=heard.append, cancelled=lambda: False
    )


def test_stages_are_told_and_the_capture_handed_on(runner: Say) -> None:
    heard: list[Stage] = []
    sandbox = runner(
        {"stage": "waiting", "position": 1},
        {"stage": "running"},
        {**LAST, "verdict": "done", "capture": CAPTURE},
    )
    assert ask(sandbox, heard) == CAPTURE
    assert heard == [Stage(name="waiting", position=1), Stage(name="running")]


VERDICTS = {
    protocol.CPU: errors.TimeLimit,
    protocol.WALL: errors.TimeLimit,
    protocol.MEMORY: errors.MemoryLimit,
    protocol.OUTPUT: errors.OutputLimit,
    protocol.CRASH: errors.Crashed,
    protocol.POLICY: errors.Crashed,
    protocol.BUSY: errors.Unavailable,
    protocol.CANCELLED: errors.Cancelled,
    protocol.UNAVAILABLE: errors.Unavailable,
    "a verdict nobody knows": errors.Unavailable,
}


def test_every_verdict_is_known() -> None:
    assert set(VERDICTS) >= set(protocol.VERDICTS) - {protocol.DONE}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_becomes_its_exception(runner: Say, verdict: str) -> None:
    with pytest.raises(VERDICTS[verdict]) as raised:
        ask(runner({**LAST, "verdict": verdict, "message": "because", "retry": 7}))
    assert raised.type is VERDICTS[verdict]
    assert raised.value.message == "because"
    if isinstance(raised.value, errors.Unavailable):
        assert raised.value.retry == 7


@pytest.mark.parametrize("verdict", ["cpu", "wall", "memory", "output", "crash"])
def test_a_model_made_before_the_end_is_kept_with_the_reason(runner: Say, verdict: str) -> None:
    capture = {**CAPTURE, "models": [{"name": "m"}]}
    kept = ask(runner({**LAST, "verdict": verdict, "message": "because", "capture": capture}))
    assert isinstance(kept, dict)
    assert kept["models"] == capture["models"]
    assert kept["error"]["message"] == "because"


NONSENSE: dict[str, list[bytes]] = {
    "nothing": [],
    "half a length": [b"\x00\x00"],
    "a length of nothing": [b"\x00\x00\x00\x00"],
    "a length of everything": [b"\xff\xff\xff\xff" + b"x" * 1000],
    "half a frame": [b"\x00\x00\x00\x10{}"],
    "no JSON": [b"\x00\x00\x00\x02{]"],
    "no object": [b"\x00\x00\x00\x02[]"],
    "NaN": [b"\x00\x00\x00\x09" + b'{"a":NaN}'],
    "a key twice": [b"\x00\x00\x00\x0d" + b'{"a":1,"a":2}'],
    "deep": [(100_000).to_bytes(4, "big") + b"[" * 100_000],
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_no_answer(runner: Say, name: str) -> None:
    with pytest.raises(errors.Unavailable):
        ask(runner(*NONSENSE[name]))


def test_a_status_is_never_an_exception(runner: Say, tmp_path: Path) -> None:
    good = {"kind": "docker", "tier": "runc", "guest": "g", "ready": True, "problem": ""}
    assert runner(good).status().ready
    assert not RunnerSandbox(tmp_path / "none").status().ready
