"""Who runs now and who waits: few slots, one run a session, the newest run of a session wins."""

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from . import protocol
from .limits import QueueLimits

Stopped = asyncio.Future[str]


class Busy(Exception):
    """The queue is full, or did not move in time."""


class Turns:
    """Slots and the queue before them. Every method belongs to one event loop."""

    def __init__(self, limits: QueueLimits) -> None:
        self.limits = limits
        self.running = 0
        self._full = -math.inf
        self._waiting: deque[tuple[asyncio.Future[None], Callable[[int], None]]] = deque()
        self._current: dict[str, tuple[Stopped, asyncio.Event]] = {}

    @property
    def waiting(self) -> int:
        """Runs in the queue."""
        return len(self._waiting)

    def calm(self) -> float:
        """For how many seconds a slot has been free."""
        return 0.0 if self.running >= self.limits.slots else time.monotonic() - self._full

    @asynccontextmanager
    async def session(self, name: str, stopped: Stopped) -> AsyncIterator[None]:
        """Holds the session's only place; the run that held it is stopped and waited for."""
        before = self._current.get(name)
        finished = asyncio.Event()
        self._current[name] = (stopped, finished)
        try:
            if before is not None:
                if not before[0].done():
                    before[0].set_result(protocol.CANCELLED)
                await before[1].wait()
            yield
        finally:
            finished.set()
            if self._current.get(name) == (stopped, finished):
                del self._current[name]

    @asynccontextmanager
    async def slot(self, stopped: Stopped, moved: Callable[[int], None]) -> AsyncIterator[bool]:
        """Waits for a slot and holds it; yields False when stopped before its turn came.

        `moved` hears how many runs are before this one, whenever that changes. Raises Busy.
        """
        granted = await self._take(stopped, moved)
        try:
            yield granted
        finally:
            if granted:
                self._release()

    async def _take(self, stopped: Stopped, moved: Callable[[int], None]) -> bool:
        if stopped.done():
            return False
        if self.running < self.limits.slots and not self._waiting:
            self.running += 1
            return True
        if len(self._waiting) >= self.limits.waiting:
            raise Busy
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (turn, moved)
        self._waiting.append(entry)
        moved(len(self._waiting) - 1)
        waiting: set[asyncio.Future[None] | Stopped] = {turn, stopped}
        try:
            await asyncio.wait(
                waiting, timeout=self.limits.patience, return_when=asyncio.FIRST_COMPLETED
            )
        except asyncio.CancelledError:
            if turn.done():
                self._release()
            raise
        finally:
            if not turn.done():
                self._waiting.remove(entry)
                self._tell()
        if turn.done():
            if stopped.done():
                self._release()
                return False
            return True
        if stopped.done():
            return False
        raise Busy

    def _release(self) -> None:
        if self.running >= self.limits.slots:
            self._full = time.monotonic()
        if self._waiting:
            turn, _ = self._waiting.popleft()
            turn.set_result(None)
            self._tell()
        else:
            self.running -= 1

    def _tell(self) -> None:
        for position, (_, moved) in enumerate(self._waiting):
            moved(position)
