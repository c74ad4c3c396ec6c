"""Starting the runner as a process of this machine, and ending it.

The runner is another distribution (netfig-sandbox); it is started as a program and spoken to over
its socket, never imported.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from netfig.errors import Unavailable
from netfig.sandbox_client.runner import RunnerSandbox
from netfig.sandbox_client.sandbox import Status

SOCKET = "runner.sock"
LOG = "runner.log"

_READY = 90.0
"""Seconds a first box may take, on a machine that is busy."""

_PATIENCE = 12.0
"""Seconds after which a problem with the boxes counts as one."""

_LOG_BYTES = 1_000_000
_LIBC = ctypes.CDLL(None)
_PDEATHSIG = 1


class RunnerProcess:
    """A runner of our own in `folder`, which no other may use. It ends with this process.

    `name` marks its boxes: a runner of the same name removes those of one that was killed.
    """

    def __init__(self, folder: Path, *, guest: str, name: str, warm: int | None = None) -> None:
        self.path = folder / SOCKET
        self._folder = folder
        self._arguments = ["--guest", guest, "--owner", name]
        self._arguments += [] if warm is None else ["--warm", str(warm)]
        self._process: subprocess.Popen[bytes] | None = None
        self._ending = threading.Event()
        self._owner = os.getpid()

    def start(self) -> None:
        """Start it; `wait` says when it is ready."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        output = self._folder / LOG
        if output.exists() and output.stat().st_size > _LOG_BYTES:
            output.unlink()
        with output.open("ab") as sink:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "netfig_sandbox.runner"),
                    *("--socket", str(self.path), "--log", str(output)),
                    *self._arguments,
                ],
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                preexec_fn=_end_with_parent,
            )

    def wait(self) -> Status:
        """Its status as soon as it can run code. Raises Unavailable when it cannot."""
        sandbox, began = RunnerSandbox(self.path), time.monotonic()
        while time.monotonic() - began < _READY:
            if not self.alive():
                raise Unavailable(f"The sandbox does not start: {self.last_words()}")
            if self.path.exists():
                status = sandbox.status()
                if status.ready:
                    return status
                # A box may fail to start once and the next one not.
                if status.problem and time.monotonic() - began > _PATIENCE:
                    raise Unavailable(f"The sandbox has no box: {status.problem}")
            time.sleep(0.05)
        raise Unavailable("The sandbox takes too long to start.")

    def watch(self) -> None:
        """From now on, start it again whenever it dies."""
        threading.Thread(target=self._watching, name="runner watch", daemon=True).start()

    def alive(self) -> bool:
        """Whether its process runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it and its boxes; nothing in a fork of the process that made it."""
        if os.getpid() != self._owner:
            return
        self._ending.set()
        if self._process is None or not self.alive():
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def last_words(self) -> str:
        """The last line it wrote."""
        try:
            lines = (self._folder / LOG).read_text("utf-8", "replace").strip().splitlines()
        except OSError:
            return "it wrote nothing"
        return lines[-1][:300] if lines else "it wrote nothing"

    def _watching(self) -> None:
        # A fifth of a second, which no command but this long-lived one should wait for.
        import structlog

        log = structlog.get_logger()
        pause = 0.5
        while not self._ending.is_set():
            if self._process is not None:
                self._process.wait()
            if self._ending.wait(pause):
                return
            log.error("the sandbox's runner died and is started again", said=self.last_words())
            pause = min(pause * 2, 30)
            self.start()


def reachable(folder: Path, guest: str, *, say: Callable[[str], None]) -> RunnerSandbox:
    """A sandbox for one call of the command line.

    The runner in `folder` is used if one is there; otherwise one is started that stays for a few
    minutes, so that the next call need not wait. Raises Unavailable.
    """
    place = folder / f"{guest}-{guest_version()}"
    sandbox = RunnerSandbox(place / SOCKET)
    if sandbox.answers():
        return sandbox
    say("starting the sandbox; the next run will find it warm")
    lingering = subprocess.Popen(
        [sys.executable, "-m", "netfig.sandbox_client.linger", str(place), guest],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    began = time.monotonic()
    while time.monotonic() - began < _READY:
        if sandbox.answers():
            return sandbox
        # 0: another call's was quicker, and will answer.
        if lingering.poll() not in (None, 0):
            runner = RunnerProcess(place, guest=guest, name="")
            raise Unavailable(f"The sandbox does not start: {runner.last_words()}")
        time.sleep(0.05)
    raise Unavailable("The sandbox takes too long to start.")


def guest_version() -> str:
    """The version of the guest that a runner started now would use.

    A runner that was started before the guest changed must not be used after.
    """
    answer = subprocess.run(
        [sys.executable, "-m", "netfig_sandbox.version"],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip().rpartition(":")[2] or "unknown"


def _end_with_parent() -> None:
    # A process that was killed outright cannot end its children itself.
    _LIBC.prctl(_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == 1:
        os._exit(1)
