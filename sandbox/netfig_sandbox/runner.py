"""The one process that may speak with the container engine. Serves captures on a unix socket.

`python -m netfig_sandbox.runner --socket PATH [--guest auto|docker|local]`; protocol.py describes
the wire. A request decides what code runs, and nothing about how.
"""

import argparse
import asyncio
import contextlib
import logging
import logging.handlers
import os
import re
import signal
import socket
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import protocol
from .box import DockerBoxes, NoEngine
from .channel import BoxLost, BoxRefused
from .limits import AGE_SECONDS, LOCAL_POOL, SHARES, SHARES_AGED, PoolLimits, QueueLimits, RunLimits
from .local import LocalBoxes
from .pool import Box, Boxes, Pool, PoolFull
from .times import Times
from .turns import Busy, Slot, Turns
from .verdict import MESSAGES, judge, sentence, suspicious

log = logging.getLogger(__name__)

_LOG_BYTES = 1_000_000
_NAME = re.compile(r"[A-Za-z0-9._-]{1,128}")


class BadRequest(Exception):
    """Not a request of protocol.py."""


class Runner:
    """Takes requests, finds each a box and a turn, and judges how the run ended."""

    def __init__(
        self, pool: Pool, run: RunLimits, queue: QueueLimits, no_containers: str = ""
    ) -> None:
        """`no_containers` says why there are none, where they were wanted."""
        self.pool = pool
        self.no_containers = no_containers
        self.turns = Turns(queue)
        pool.calm = self.turns.calm
        self.counters: Counter[str] = Counter()
        self.ran, self.waited = Times(), Times()
        self._run = run
        self._queue = queue
        self._open = 0

    async def serve(self, connection: socket.socket) -> None:
        """One connection, one request. Closes the connection."""
        self._open += 1
        try:
            if self._open > self._queue.connections:
                await _send(connection, _last(protocol.BUSY, retry=1))
                return
            async with asyncio.timeout(self._queue.request_seconds):
                request = await _receive(connection)
            if request is None:
                return
            if request.get("status") is True:
                await _send(connection, self.status())
                return
            await self._serve_run(connection, _checked(request))
        except (BadRequest, protocol.BrokenFrame) as error:
            self.counters["requests.bad"] += 1
            with contextlib.suppress(OSError):
                await _send(connection, _last(protocol.POLICY, message=str(error)))
        except (OSError, TimeoutError):
            pass
        except Exception:
            log.exception("a request failed")
            with contextlib.suppress(OSError):
                await _send(connection, _last(protocol.UNAVAILABLE, retry=5))
        finally:
            self._open -= 1
            connection.close()

    def status(self) -> protocol.Frame:
        """The answer to {"status": true}."""
        boxes = self.pool.boxes
        counts = self.pool.counts()
        return {
            "kind": boxes.kind,
            "tier": boxes.tier,
            "guest": boxes.guest,
            "ready": bool(counts["warm"] or counts["leased"]),
            "boxes": counts,
            "queue": {
                "waiting": self.turns.waiting,
                "running": self.turns.running,
                "slots": self._queue.slots,
                "limit": self._queue.waiting,
            },
            "walls": {**self.pool.walls, "network": True, "container": boxes.kind == "docker"},
            "libraries": dict(self.pool.libraries),
            "counters": {
                **self.counters,
                "boxes.started": self.pool.started,
                "boxes.swept": self.pool.swept,
            },
            "times": {
                "run": self.ran.frame(),
                "wait": self.waited.frame(),
                "box": self.pool.starts.frame(),
            },
            "problem": self.pool.problem,
            "no_containers": self.no_containers,
        }

    async def _serve_run(self, connection: socket.socket, request: dict[str, Any]) -> None:
        stopped: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        gone = asyncio.create_task(_watch(connection, stopped))
        stages: asyncio.Queue[protocol.Frame | None] = asyncio.Queue()
        speaker = asyncio.create_task(_speak(connection, stages, stopped))
        began = time.monotonic()
        try:
            last = await self._run_request(request, stopped, stages)
            self.counters["runs"] += 1
            self.counters[f"verdict.{last['verdict']}"] += 1
            log.info(
                "run %s of %s: %s in %.3f s, %.3f s in all",
                request["run"],
                request["session"],
                last["verdict"],
                last["seconds"],
                time.monotonic() - began,
            )
            stages.put_nowait(last)
            stages.put_nowait(None)
            await speaker
        finally:
            for task in (gone, speaker):
                task.cancel()

    async def _run_request(
        self,
        request: dict[str, Any],
        stopped: asyncio.Future[str],
        stages: asyncio.Queue[protocol.Frame | None],
    ) -> protocol.Frame:
        session = request["session"]
        try:
            async with self.turns.session(session, stopped):
                for attempt in (1, 2):
                    try:
                        return await self._attempt(request, stopped, stages)
                    except BoxLost as error:
                        self.counters["boxes.lost"] += 1
                        log.warning("run %s lost its box: %s", request["run"], error)
                        if attempt == 2:
                            return _last(
                                protocol.CRASH,
                                message=MESSAGES[protocol.CRASH].format(
                                    how="its sandbox was lost twice"
                                ),
                            )
        except (Busy, PoolFull):
            return _last(protocol.BUSY, retry=2)
        except (BoxRefused, NoEngine) as error:
            return _last(protocol.UNAVAILABLE, message=f"No sandbox: {error}.", retry=10)
        raise AssertionError

    async def _attempt(
        self,
        request: dict[str, Any],
        stopped: asyncio.Future[str],
        stages: asyncio.Queue[protocol.Frame | None],
    ) -> protocol.Frame:
        def waiting(position: int) -> None:
            stages.put_nowait({"stage": "waiting", "position": position})

        began = time.monotonic()
        session = request["session"]
        hot = self.turns.hot(session)
        box = await self.pool.lease(
            session, lambda: stages.put_nowait({"stage": "starting"}), hot=hot
        )
        try:
            async with self.turns.slot(stopped, waiting, hot=hot) as slot:
                if not slot.granted:
                    return _last(stopped.result())
                self.waited.add(time.monotonic() - began)
                stages.put_nowait({"stage": "running"})
                await self.pool.share(box, SHARES_AGED if hot else SHARES)
                return await self._in_box(box, slot, request, stopped)
        except BoxLost:
            box.spent = True
            raise
        finally:
            self.pool.give_back(box)

    async def _in_box(
        self, box: Box, slot: Slot, request: dict[str, Any], stopped: asyncio.Future[str]
    ) -> protocol.Frame:
        began = time.monotonic()
        ageing = asyncio.create_task(self._age(box, slot, request["session"]))
        try:
            ending, answer, asked = await box.channel.run(
                {"code": request["code"], "options": request["options"]}, self._run, stopped
            )
        finally:
            ageing.cancel()
        seconds = time.monotonic() - began
        self.ran.add(seconds)
        capture = answer.capture()
        answered = answer.final and not answer.problem and capture is not None
        verdict, how = judge(ending, asked, self._run, answered)
        if suspicious(ending, asked):
            box.spent = True
        keeps = verdict not in (protocol.POLICY, protocol.CANCELLED, protocol.UNAVAILABLE)
        return {
            "verdict": verdict,
            "message": sentence(verdict, how, self._run),
            "capture": capture if keeps else None,
            "seconds": round(seconds, 4),
            "cpu": round(ending.cpu, 4),
            "memory": ending.memory,
            "retry": 0,
            "guest": self.pool.boxes.guest,
            "tier": self.pool.boxes.tier,
        }

    async def _age(self, box: Box, slot: Slot, session: str) -> None:
        await asyncio.sleep(AGE_SECONDS)
        # Where a box is no container it is the run's own process that is lowered, each time.
        await self.pool.share(box, SHARES_AGED, anew=True)
        self.turns.age(session, slot)


def _last(verdict: str, *, message: str = "", retry: int = 0) -> protocol.Frame:
    return {
        "verdict": verdict,
        "message": message or MESSAGES[verdict],
        "capture": None,
        "seconds": 0.0,
        "cpu": 0.0,
        "memory": 0,
        "retry": retry,
        "guest": "",
        "tier": "",
    }


def _checked(request: protocol.Frame) -> dict[str, Any]:
    session, run = request.get("session"), request.get("run")
    code, options = request.get("code"), request.get("options", {})
    for name, value in (("session", session), ("run", run)):
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            raise BadRequest(f"{name} is not a name")
    if not isinstance(code, str):
        raise BadRequest("code is not text")
    if len(code.encode("utf-8", "surrogatepass")) > protocol.CODE_BYTES:
        raise BadRequest(f"The program is longer than {protocol.CODE_BYTES} bytes.")
    if not isinstance(options, dict):
        raise BadRequest("options are not an object")
    if len(protocol.encode(options)) > protocol.OPTIONS_BYTES:
        raise BadRequest("options are too large")
    return {"session": session, "run": run, "code": code, "options": options}


async def _receive(connection: socket.socket) -> protocol.Frame | None:
    loop = asyncio.get_running_loop()
    buffer = bytearray()
    size: int | None = None
    while size is None or len(buffer) < size:
        part = await loop.sock_recv(connection, 1 << 18)
        if not part:
            if buffer:
                raise protocol.BrokenFrame("the connection ended inside a frame")
            return None
        buffer += part
        if size is None and len(buffer) >= 4:
            size = int.from_bytes(buffer[:4], "big")
            if not 0 < size <= protocol.REQUEST_BYTES:
                raise protocol.BrokenFrame(f"a frame of {size} bytes")
            del buffer[:4]
    if len(buffer) > size:
        raise protocol.BrokenFrame("more than one frame")
    return protocol.decode(bytes(buffer))


async def _send(connection: socket.socket, frame: protocol.Frame) -> None:
    await asyncio.get_running_loop().sock_sendall(connection, protocol.encode(frame))


async def _speak(
    connection: socket.socket,
    stages: asyncio.Queue[protocol.Frame | None],
    stopped: asyncio.Future[str],
) -> None:
    """Sends frames in order; a client that is gone, or does not read, stops its run."""
    try:
        while (frame := await stages.get()) is not None:
            async with asyncio.timeout(10):
                await _send(connection, frame)
    except (OSError, TimeoutError):
        if not stopped.done():
            stopped.set_result(protocol.CANCELLED)


async def _watch(connection: socket.socket, stopped: asyncio.Future[str]) -> None:
    """Hears the client hang up, which cancels its run; more bytes from it break the rules too."""
    with contextlib.suppress(OSError):
        await asyncio.get_running_loop().sock_recv(connection, 1)
    if not stopped.done():
        stopped.set_result(protocol.CANCELLED)


def choose(
    kind: str, *, runtime: str, weak: bool, owner: str, guest: str = ""
) -> tuple[Boxes, str]:
    """Containers where they can be had, else processes on this machine, and why no containers.

    Raises NoEngine.
    """
    if kind in ("auto", "docker"):
        try:
            return DockerBoxes(runtime=runtime, weak=weak, owner=owner, guest=guest), ""
        except NoEngine as error:
            if kind == "docker":
                raise
            log.warning("%s; running without containers", error)
            return LocalBoxes(), str(error)
    return LocalBoxes(), ""


async def serve(path: Path, runner: Runner) -> None:
    """Listens at `path` until SIGTERM or SIGINT, then ends every box."""
    loop = asyncio.get_running_loop()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.setblocking(False)
    listener.bind(str(path))
    os.chmod(path, 0o660)
    listener.listen(256)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    open_ones: set[asyncio.Task[None]] = set()

    async def accept() -> None:
        while True:
            connection, _ = await loop.sock_accept(listener)
            connection.setblocking(False)
            task = asyncio.create_task(runner.serve(connection))
            open_ones.add(task)
            task.add_done_callback(open_ones.discard)

    await runner.pool.open()
    accepting = asyncio.create_task(accept())
    log.info("serving on %s", path)
    await stop.wait()
    accepting.cancel()
    listener.close()
    path.unlink(missing_ok=True)
    for task in open_ones:
        task.cancel()
    await runner.pool.close()


def _log_to(path: Path | None) -> None:
    # Whoever runs a hundred thousand failing programs fills no disk with what is said of them.
    handler = (
        logging.handlers.RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=1)
        if path
        else logging.StreamHandler()
    )
    line = "%(asctime)s %(levelname)s %(message)s"
    logging.basicConfig(level=logging.INFO, format=line, handlers=[handler])


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="netfig-sandbox", description=__doc__)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--guest", choices=("auto", "docker", "local"), default="auto")
    parser.add_argument("--runtime", default="runc", help="runc, or runsc for gVisor")
    parser.add_argument("--image", default="", help="guest image; else that of this version")
    parser.add_argument("--owner", default="netfig", help="label of this runner's boxes")
    parser.add_argument("--boxes", type=Path, help="directory for the boxes' sockets")
    parser.add_argument("--log", type=Path, help="file for the log, kept below 2 MB; else stderr")
    parser.add_argument("--weak", action="store_true", help="run where the kernel lacks a wall")
    parser.add_argument("--cpu", type=float, default=RunLimits().cpu)
    parser.add_argument("--wall", type=float, default=RunLimits().wall)
    parser.add_argument("--warm", type=int)
    parser.add_argument("--cap", type=int)
    parser.add_argument("--jobs", type=int, help="runs a box serves; 1: a fresh box for each run")
    parser.add_argument("--slots", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    _log_to(arguments.log)
    try:
        boxes, why = choose(
            arguments.guest,
            runtime=arguments.runtime,
            weak=arguments.weak,
            owner=arguments.owner,
            guest=arguments.image,
        )
    except NoEngine as error:
        log.error("%s", error)
        return 1
    pool = PoolLimits() if boxes.kind == "docker" else LOCAL_POOL
    changed = {
        name: value
        for name in ("warm", "cap", "jobs")
        if (value := getattr(arguments, name)) is not None
    }
    directory = arguments.boxes or arguments.socket.parent / "boxes"
    runner = Runner(
        Pool(boxes, directory.absolute(), replace(pool, **changed)),
        RunLimits(cpu=arguments.cpu, wall=arguments.wall),
        QueueLimits(slots=arguments.slots),
        why,
    )
    log.info("boxes: %s, tier %s, guest %s", boxes.kind, boxes.tier, boxes.guest)
    asyncio.run(serve(arguments.socket, runner))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
