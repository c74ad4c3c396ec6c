"""Real runners for tests: started as processes, asked over their sockets."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from netfig_sandbox import protocol

SMALL = """
import keras
from keras import layers
model = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(10),
])
"""
RESNET50 = "import keras\nmodel = keras.applications.ResNet50(weights=None)\n"
LIGHT = Path(__file__).parent / "sandbox" / "light_zygote.py"


@dataclass(frozen=True)
class Reply:
    """The last frame, the stages before it, the seconds of it all and of the run alone."""

    verdict: str
    message: str
    capture: Any
    seconds: float
    ran: float
    tier: str
    stages: list[dict[str, Any]] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def printed(self) -> str:
        return str((self.capture or {}).get("output", ""))


def haste() -> float:
    """How much longer things may take here and now: the load of each processor, at least 1."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def exactly(reply: Reply, verdict: str, cpu: float, wall: float) -> None:
    """The run ended by this verdict and no other.

    Only where the machine was so busy that a run of `wall` seconds was not given its `cpu` seconds,
    which the kernel's own count proves, has the clock on the wall struck first.
    """
    starved = reply.ran >= wall - 0.5 and reply.cpu < cpu
    if verdict == "cpu" and reply.verdict == "wall" and starved:
        return
    assert reply.verdict == verdict, reply


class Asker:
    """A client of one runner."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(120)
        connection.connect(str(self.path))
        return connection

    def send(self, code: str, session: str = "one", **options: Any) -> socket.socket:
        connection = self.connect()
        request = {"session": session, "run": "r", "code": code, "options": options}
        protocol.send(connection, request, protocol.REQUEST_BYTES)
        return connection

    def finish(self, connection: socket.socket) -> Reply:
        began = time.monotonic()
        stages: list[dict[str, Any]] = []
        with connection:
            while frame := protocol.receive(connection, protocol.REPLY_BYTES):
                if "verdict" in frame:
                    return Reply(
                        frame["verdict"],
                        frame["message"],
                        frame["capture"],
                        time.monotonic() - began,
                        frame["seconds"],
                        frame["tier"],
                        stages,
                        frame["cpu"],
                    )
                stages.append(frame)
        raise AssertionError("the runner closed without a verdict")

    def run(self, code: str, session: str = "one", **options: Any) -> Reply:
        return self.finish(self.send(code, session, **options))

    def status(self) -> dict[str, Any]:
        with self.connect() as connection:
            protocol.send(connection, {"status": True})
            frame = protocol.receive(connection, protocol.REPLY_BYTES)
        assert frame is not None
        return frame

    def wait_for(self, wanted: Any, seconds: float = 60.0) -> dict[str, Any]:
        """The first status for which `wanted` holds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                status = self.status()
                if wanted(status):
                    return status
            time.sleep(0.05)
        raise AssertionError(f"not within {seconds} s: {status if 'status' in locals() else None}")


@contextlib.contextmanager
def runner(
    *arguments: str, light: bool = False, ready: int = 1
) -> Iterator[tuple[Asker, subprocess.Popen[bytes]]]:
    """A runner with these arguments, once `ready` boxes are warm.

    `light` runs zygotes without libraries, ready at once.
    """
    place = Path(tempfile.mkdtemp(prefix="nf-"))
    path = place / "r.sock"
    program = ["-m", "netfig_sandbox.runner"]
    if light:
        program = [str(LIGHT.parent / "light_runner.py")]
    command = [sys.executable, *program, "--socket", str(path), *arguments]
    log = (place / "log").open("wb")
    process = subprocess.Popen(command, stderr=log, stdout=log, env=dict(os.environ))
    asker = Asker(path)
    try:
        end = time.monotonic() + 90
        while process.poll() is None and time.monotonic() < end:
            with contextlib.suppress(OSError):
                if asker.status()["boxes"]["warm"] >= ready:
                    break
            time.sleep(0.05)
        else:
            raise AssertionError((place / "log").read_text())
        yield asker, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
        if process.poll() is None:
            process.kill()
            process.wait()
        log.close()
        if os.environ.get("SHOW_LOG"):
            sys.stderr.write((place / "log").read_text())
        shutil.rmtree(place, ignore_errors=True)
