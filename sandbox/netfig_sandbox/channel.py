"""The runner's end of a box: its control socket, and one socket pair for each run.

Everything that comes up a run's socket is counted while it is read, and judged by nobody here.
"""

import asyncio
import json
import os
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from . import protocol
from .guest import wire
from .limits import CAPTURE_BYTES, DEPTH, REPORT_SECONDS, STREAM_BYTES, RunLimits
from .verdict import Ending


class BoxLost(Exception):
    """The box is gone, or does not answer."""


class BoxRefused(Exception):
    """The box does not want to run anything; its text says why."""


@dataclass(slots=True)
class Answer:
    """What came up a run's socket: the newest whole frame, and whether it was the last one."""

    body: bytes = b""
    final: bool = False
    problem: str | None = None
    received: int = 0
    buffer: bytearray = field(default_factory=bytearray)

    def feed(self, part: bytes) -> None:
        """Takes bytes; sets `problem` to a verdict when they are too many or no frames."""
        self.received += len(part)
        if self.received > STREAM_BYTES:
            self.problem = protocol.OUTPUT
            return
        self.buffer += part
        while len(self.buffer) >= wire.FRAME.size:
            kind, size = wire.FRAME.unpack_from(self.buffer)
            if kind not in (wire.INTERIM, wire.FINAL) or self.final:
                self.problem = protocol.CRASH
                return
            if size > CAPTURE_BYTES:
                self.problem = protocol.OUTPUT
                return
            if len(self.buffer) < wire.FRAME.size + size:
                return
            self.body = bytes(self.buffer[wire.FRAME.size : wire.FRAME.size + size])
            self.final = kind == wire.FINAL
            del self.buffer[: wire.FRAME.size + size]

    def capture(self) -> dict[str, Any] | None:
        """The newest frame's object; None where there is none that a reader should be given."""
        try:
            found = protocol.decode(self.body)
        except protocol.BrokenFrame:
            return None
        return found if _shallow(found, DEPTH) else None


def _shallow(value: Any, depth: int) -> bool:
    if isinstance(value, dict):
        return depth > 0 and all(_shallow(each, depth - 1) for each in value.values())
    if isinstance(value, list):
        return depth > 0 and all(_shallow(each, depth - 1) for each in value)
    return True


class Channel:
    """One box as the runner sees it, from its dialling home to its end."""

    def __init__(self, control: socket.socket, about: dict[str, Any]) -> None:
        self.about = about
        self._control = control
        self._next = 0
        self._endings: dict[int, asyncio.Future[Ending]] = {}
        self.lost = asyncio.get_running_loop().create_future()
        self._listener = asyncio.create_task(self._listen())

    async def run(
        self,
        request: dict[str, Any],
        limits: RunLimits,
        stopped: asyncio.Future[str],
    ) -> tuple[Ending, Answer, str | None]:
        """Runs one request. `stopped` may be given a verdict by others to end it early.

        Returns how it ended, what it answered, and the verdict for which its end was ordered, if
        it was. Raises BoxLost.
        """
        loop = asyncio.get_running_loop()
        self._next += 1
        run = self._next
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        ending: asyncio.Future[Ending] = loop.create_future()
        self._endings[run] = ending
        answer = Answer()
        asked: str | None = None
        reader: asyncio.Task[None] | None = None
        try:
            try:
                socket.send_fds(self._control, [wire.ORDER.pack(wire.RUN, run)], [theirs.fileno()])
            except OSError as error:
                raise BoxLost("the box takes no orders") from error
            finally:
                theirs.close()
            body = json.dumps({**request, "limits": asdict(limits)}).encode()
            reader = asyncio.create_task(
                _exchange(ours, wire.LENGTH.pack(len(body)) + body, answer)
            )
            waiting: set[asyncio.Future[Any]] = {ending, stopped, self.lost}
            latest = loop.time() + limits.wall + 1
            await asyncio.wait(
                {*waiting, reader},
                timeout=latest - loop.time(),
                return_when=asyncio.FIRST_COMPLETED,
            )
            if not ending.done() and reader.done() and not answer.problem:
                # The other end is closed. A process of a gigabyte takes seconds to end, and how it
                # ended is the verdict; one that lives on has its limits.
                await asyncio.wait(
                    waiting, timeout=latest - loop.time(), return_when=asyncio.FIRST_COMPLETED
                )
            if not ending.done():
                asked = answer.problem or protocol.WALL
                if stopped.done():
                    asked = stopped.result()
                await self._kill(run, ending)
            elif not reader.done():
                # What the dead wrote is still in the socket.
                await asyncio.wait({reader}, timeout=1.0)
            return ending.result(), answer, asked or answer.problem
        finally:
            self._endings.pop(run, None)
            if reader is not None and not reader.done():
                reader.cancel()
                await asyncio.wait({reader})
            ours.close()

    async def _kill(self, run: int, ending: asyncio.Future[Ending]) -> None:
        if self.lost.done():
            raise BoxLost("the box ended")
        try:
            self._control.send(wire.ORDER.pack(wire.KILL, run))
        except OSError as error:
            raise BoxLost("the box takes no orders") from error
        await asyncio.wait(
            {ending, self.lost}, timeout=REPORT_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if not ending.done():
            raise BoxLost("the box does not answer")

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while packet := await loop.sock_recv(self._control, 256):
                _, run, status, cpu, memory, clean = wire.REPORT.unpack(packet)
                waiting = self._endings.get(run)
                if waiting is not None and not waiting.done():
                    waiting.set_result(
                        Ending(
                            status=status, cpu=cpu / 1e6, memory=memory * 1024, clean=bool(clean)
                        )
                    )
        except (OSError, struct.error):
            pass
        finally:
            if not self.lost.done():
                self.lost.set_result(None)

    def close(self) -> None:
        """Hangs up; the zygote ends itself."""
        self._listener.cancel()
        self._control.close()
        if not self.lost.done():
            self.lost.set_result(None)


async def _exchange(ours: socket.socket, request: bytes, answer: Answer) -> None:
    """Writes the request, then reads until the other end closes, or breaks a rule."""
    loop = asyncio.get_running_loop()
    try:
        await loop.sock_sendall(ours, request)
        while part := await loop.sock_recv(ours, 1 << 18):
            answer.feed(part)
            if answer.problem:
                return
    except OSError:
        pass


async def dial_in(
    place: Path, start: Callable[[], Awaitable[str]], seconds: float
) -> tuple[str, Channel]:
    """Makes the socket in `place`, starts a box with `start`, waits until it calls and is ready.

    Returns the box's id and its channel. Raises BoxLost, BoxRefused; the caller removes the box.
    """
    loop = asyncio.get_running_loop()
    path = place / "s.sock"
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.setblocking(False)
    listener.bind(str(path))
    # The box's user is nobody's owner, and must write to the socket to connect.
    os.chmod(path, 0o666)
    listener.listen(1)
    try:
        async with asyncio.timeout(seconds):
            box = await start()
            control, _ = await loop.sock_accept(listener)
            control.setblocking(False)
            packet = await loop.sock_recv(control, 65536)
    except TimeoutError as error:
        raise BoxLost(f"no call from the box within {seconds:g} s") from error
    finally:
        listener.close()
        path.unlink(missing_ok=True)
    try:
        about = protocol.decode(packet)
    except protocol.BrokenFrame as error:
        control.close()
        raise BoxLost("the box ended while starting") from error
    if "refused" in about:
        control.close()
        raise BoxRefused(str(about["refused"])[:500])
    return box, Channel(control, about)
