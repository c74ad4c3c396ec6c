"""The same guest without a container engine: a process in a virtual environment of its own.

A run keeps every wall its own process can put up: the filter of system calls (no network, no
processes), Landlock, the limits. What is missing is the container around it, which is why the
service offers this on the loopback alone.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .box import LARGE_PAGES, NoEngine
from .guest import walls
from .guest.libraries import ENVIRONMENT
from .limits import SHARES
from .version import PACKAGE, guest_version


def guest_python() -> Path:
    """The interpreter of the guest's environment, `.venv-guest` beside the sandbox directory."""
    return PACKAGE.parent.parent / ".venv-guest" / "bin" / "python"


class LocalBoxes:
    """Starts and ends zygotes as processes. Blocking; the runner calls it from threads."""

    kind = "local"
    tier = "local"

    def __init__(
        self,
        python: Path | None = None,
        *,
        weak: bool = True,
        program: Sequence[str] = ("-m", "netfig_sandbox.guest.zygote"),
    ) -> None:
        """`weak` lets it run where this kernel lacks a wall; `program` is what `python` runs.

        Raises NoEngine.
        """
        self._python = python or guest_python()
        if not self._python.exists():
            raise NoEngine(f"no guest environment at {self._python}")
        missing = [name for name, found in walls.kinds().items() if not found]
        if missing and not weak:
            raise NoEngine(f"this kernel lacks {' and '.join(missing)}")
        self.guest = guest_version()
        self._weak = weak
        self._program = tuple(program)
        self._running: dict[str, tuple[subprocess.Popen[bytes], str]] = {}

    def start(self, name: str, place: str, shares: int) -> str:
        """Starts a zygote that dials `place`/s.sock. Returns its process id."""
        # Below the socket's own directory, which the next runner clears away if this one is killed.
        base = os.path.join(place, "runs")
        os.mkdir(base, 0o700)
        command = [
            str(self._python),
            *self._program,
            os.path.join(place, "s.sock"),
            base,
        ]
        if self._weak:
            command.append("--weak")
        process = subprocess.Popen(
            command,
            cwd=base,
            env={
                **ENVIRONMENT,
                **LARGE_PAGES,
                "PYTHONPATH": str(PACKAGE.parent),
                "HOME": base,
                "TMPDIR": base,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=sys.stderr if os.environ.get("NETFIG_SANDBOX_DEBUG") else subprocess.DEVNULL,
            start_new_session=True,
        )
        box = str(process.pid)
        self._running[box] = (process, base)
        return box

    def share(self, box: str, shares: int) -> None:
        """Lets a long run give way: the nearest a process has to a container's shares."""
        if shares < SHARES:
            for child in _children(int(box)):
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, child, 10)

    def remove(self, box: str) -> None:
        """Ends a zygote and its runs, and removes their directories."""
        process, base = self._running.pop(box, (None, ""))
        if process is None:
            return
        for child in _children(process.pid):
            _kill(child)
        process.kill()
        process.wait()
        shutil.rmtree(base, ignore_errors=True)

    def present(self) -> Mapping[str, str]:
        """Zygotes of this runner: id -> state."""
        return {
            box: "running" if process.poll() is None else "exited"
            for box, (process, _) in self._running.items()
        }


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(each) for each in text.split()]


def _kill(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)
