"""Process 1 of a box: imports the libraries once, then forks a child for each run.

It imports and does nothing else: a process that has computed with TensorFlow has threads, a fork
has none of them, and every later operation in it waits for ever. It reads no request, so that no
paste is ever in its memory.
"""

import array
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Sequence

from . import child, walls, wire
from .libraries import LIBRARIES
from .sweep import sweep


class Refused(Exception):
    """This process may not fork runs."""


def main(arguments: Sequence[str], load: Callable[[], child.Capture] | None = None) -> int:
    """`zygote SOCKET DIRECTORY [--weak]`: dials the socket; runs live in DIRECTORY."""
    path, base, *flags = arguments
    weak = "--weak" in flags
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control.connect(path)
    try:
        capture = _loaded(load or imports)
        _inspect(weak)
    except Refused as refused:
        control.send(json.dumps({"refused": str(refused)}).encode())
        return 1
    gc.collect()
    gc.freeze()
    control.send(json.dumps({"walls": walls.kinds(), "libraries": _versions()}).encode())
    _Zygote(control, base, capture, weak).serve()
    return 0


def _loaded(load: Callable[[], child.Capture]) -> child.Capture:
    try:
        return load()
    except Exception as error:
        # The operator's only way to hear of it: a box has no log.
        raise Refused(f"its libraries do not load: {type(error).__name__}: {error}") from error


def imports() -> child.Capture:
    """Imports what runs use; returns what captures."""
    for name in LIBRARIES:
        importlib.import_module(name)
    capture: child.Capture = importlib.import_module("netfig_sandbox.guest.capture").run
    return capture


def _inspect(weak: bool) -> None:
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        raise Refused(f"{threads} threads after the imports; a fork keeps only one")
    missing = [name for name, found in walls.kinds().items() if not found]
    if missing and not weak:
        raise Refused(f"this kernel lacks {' and '.join(missing)}")


def _versions() -> dict[str, str]:
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for name in ("keras", "tensorflow", "tf_keras"):
        if name in sys.modules:
            found[name] = str(sys.modules[name].__version__)
    return found


class _Zygote:
    """Forks, reaps, reports."""

    def __init__(
        self, control: socket.socket, base: str, capture: child.Capture, weak: bool
    ) -> None:
        self._control = control
        self._base = base
        self._capture = capture
        self._weak = weak
        self._runs: dict[int, int] = {}
        self._woken, wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def serve(self) -> None:
        """Until the other side closes."""
        watch = select.poll()
        watch.register(self._control, select.POLLIN)
        watch.register(self._woken, select.POLLIN)
        while True:
            for descriptor, _ in watch.poll():
                if descriptor == self._woken:
                    with contextlib.suppress(BlockingIOError):
                        os.read(self._woken, 4096)
                    self._reap()
                elif not self._order():
                    return

    def _order(self) -> bool:
        room = socket.CMSG_SPACE(4)
        packet, ancillary, _, _ = self._control.recvmsg(wire.ORDER.size, room)
        if not packet:
            return False
        order, run = wire.ORDER.unpack(packet)
        if order == wire.RUN:
            received = array.array("i")
            for _, _, content in ancillary:
                received.frombytes(content[: len(content) - len(content) % received.itemsize])
            self._start(run, received[0])
        elif order == wire.KILL:
            self._kill(run)
        return True

    def _start(self, run: int, job: int) -> None:
        place = self._place(run)
        try:
            os.mkdir(place, 0o700)
            pid = os.fork()
        except OSError:
            os.close(job)
            clean = sweep(place)
            self._control.send(wire.REPORT.pack(wire.ENDED, run, wire.NOT_STARTED, 0, 0, clean))
            return
        if pid == 0:
            self._become_child(job, place)
        os.close(job)
        self._runs[pid] = run

    def _become_child(self, job: int, place: str) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._control.close()
        child.run(job, place, self._capture, weak=self._weak)

    def _kill(self, run: int) -> None:
        """Only a child not yet reaped has an id that cannot have become another's."""
        for pid, each in self._runs.items():
            if each == run:
                os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        for pid in list(self._runs):
            reaped, status, used = os.wait4(pid, os.WNOHANG)
            if not reaped:
                continue
            run = self._runs.pop(pid)
            clean = sweep(self._place(run))
            microseconds = int((used.ru_utime + used.ru_stime) * 1e6)
            self._control.send(
                wire.REPORT.pack(wire.ENDED, run, status, microseconds, used.ru_maxrss, clean)
            )

    def _place(self, run: int) -> str:
        return os.path.join(self._base, f"run{run}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
