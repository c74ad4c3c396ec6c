"""How the sandbox is, asked at most every two seconds however many want to know."""

import threading
import time

from netfig.sandbox_client import Sandbox, Status
from netfig.web.wire import RunnerMeta

_EVERY = 2.0

_LOCAL = (
    "Pasted code runs in a local process with limits, not in a container. "
    "That is for one person on one machine."
)


class Condition:
    """The last status of a sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._asking = threading.Lock()
        self._last: Status | None = None
        self._asked = float("-inf")

    def status(self) -> Status:
        """The status, at most two seconds old unless somebody else is just asking."""
        old = time.monotonic() - self._asked > _EVERY
        # Whoever comes while another asks takes the last answer, unless there is none yet.
        if old and self._asking.acquire(blocking=self._last is None):
            try:
                self._last = self._sandbox.status()
                self._asked = time.monotonic()
            finally:
                self._asking.release()
        assert self._last is not None
        return self._last

    def meta(self) -> RunnerMeta:
        """For the page: what runs the code, and what is to be said of that."""
        status = self.status()
        return RunnerMeta(
            kind=status.kind,
            tier=status.tier,
            ready=status.ready,
            warning=_warning(status),
        )


def _warning(status: Status) -> str:
    if status.kind != "local":
        return ""
    why = str(status.answer.get("no_containers", ""))[:300]
    return f"{_LOCAL} Reason: {why}." if why else _LOCAL
