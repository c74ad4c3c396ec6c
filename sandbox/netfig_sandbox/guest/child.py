"""One run, in a process of its own: read the request, put up the walls, capture, answer, exit."""

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

from . import walls, wire

Capture = Callable[[str, dict[str, Any]], dict[str, Any]]


class TimeUp(BaseException):
    """The run's time is over. Raised inside the paste, wherever it is."""


class _Timers:
    """Two soft limits: each raises TimeUp in the main thread once, and remembers that it did."""

    def __init__(self, cpu: float, wall: float) -> None:
        self.ended = 0
        self._sentence = {
            signal.SIGPROF: (wire.TIME_CPU, f"stopped after {cpu:g} s of computing"),
            signal.SIGALRM: (wire.TIME_WALL, f"stopped after {wall:g} s"),
        }
        for number in self._sentence:
            signal.signal(number, self._strike)
        signal.setitimer(signal.ITIMER_PROF, cpu)
        signal.setitimer(signal.ITIMER_REAL, wall)

    def _strike(self, number: int, frame: FrameType | None) -> None:
        code, sentence = self._sentence[signal.Signals(number)]
        if not self.ended:
            self.ended = code
            raise TimeUp(sentence)

    def stop(self) -> None:
        """No more exceptions; the answer is being written."""
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)


def run(job: int, place: str, capture: Capture, *, weak: bool) -> NoReturn:
    """Serves the request that waits on the descriptor `job`, in the directory `place`."""
    try:
        status = _serve(job, place, capture, weak)
    except MemoryError:
        status = wire.NO_MEMORY
    except BaseException:
        status = wire.BROKEN
    finally:
        # Never back into the zygote's code, nor through a stranger's atexit.
        os._exit(status)


def _serve(job: int, place: str, capture: Capture, weak: bool) -> int:
    request = _request(job)
    limits = request["limits"]
    try:
        walls.put_up(place, job, limits, weak=weak)
    except Exception:
        return wire.NO_WALLS
    _own_randomness()
    for name in ("HOSTNAME", "NETFIG_BOX", "PYTHONPATH"):
        os.environ.pop(name, None)
    sys.argv = ["paste.py"]
    write, leave = os.write, os._exit

    def publish(found: dict[str, Any], kind: int = wire.INTERIM) -> None:
        body = json.dumps(found, allow_nan=False, separators=(",", ":")).encode()
        frame = memoryview(wire.FRAME.pack(kind, len(body)) + body)
        while frame:
            frame = frame[write(job, frame) :]

    options = dict(request["options"])
    options["publish"] = publish
    # The capture ends programs itself, and says where they were; the limits here are for the rest.
    options["deadline"] = min(limits["cpu"], limits["wall"])
    timers = _Timers(limits["cpu"], limits["wall"])
    try:
        answer = capture(request["code"], options)
    except TimeUp:
        return timers.ended
    except MemoryError:
        return timers.ended or wire.NO_MEMORY
    timers.stop()
    publish(answer, wire.FINAL)
    leave(timers.ended)


def _request(job: int) -> dict[str, Any]:
    (size,) = wire.LENGTH.unpack(_exactly(job, wire.LENGTH.size))
    request = json.loads(_exactly(job, size))
    assert isinstance(request, dict)
    return request


def _exactly(job: int, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = os.read(job, min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def _own_randomness() -> None:
    """Every fork starts from the zygote's state; two runs must not draw the same numbers."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(int.from_bytes(os.urandom(4), "big"))
