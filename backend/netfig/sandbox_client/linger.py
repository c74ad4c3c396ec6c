"""A runner that outlives the command that needed it, and ends when nobody has used it for a while.

`python -m netfig.sandbox_client.linger FOLDER GUEST`. One a folder: a second one leaves at once.
FOLDER/pid names the process; SIGTERM ends it at once.
"""

import fcntl
import os
import signal
import sys
import time
from pathlib import Path

from netfig.sandbox_client.launch import RunnerProcess
from netfig.sandbox_client.runner import RunnerSandbox

IDLE = 300.0
"""Seconds without a run after which it ends."""

_LOOK = 5.0


def linger(folder: Path, guest: str) -> int:
    """Keep a runner in `folder` until it is idle; 1 when it cannot be started, 0 otherwise."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        (folder / "pid").write_text(f"{os.getpid()}\n")
        runner = RunnerProcess(folder, guest=guest, name=f"netfig-{folder.name}", warm=1)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            runner.start()
            return _until_idle(runner)
        finally:
            runner.stop()
            (folder / "pid").unlink(missing_ok=True)


def _until_idle(runner: RunnerProcess) -> int:
    sandbox = RunnerSandbox(runner.path)
    used, runs = time.monotonic(), -1
    while runner.alive():
        time.sleep(_LOOK)
        answer = sandbox.status().answer
        done = int(answer.get("counters", {}).get("runs", 0))
        busy = int(answer.get("queue", {}).get("running", 0))
        if busy or done != runs:
            used, runs = time.monotonic(), done
        if time.monotonic() - used > IDLE:
            return 0
    return 1


if __name__ == "__main__":
    raise SystemExit(linger(Path(sys.argv[1]), sys.argv[2]))
