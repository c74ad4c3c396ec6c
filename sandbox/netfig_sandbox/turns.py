"""Who runs now and who waits: few slots, one run a session, the newest run of a session wins.

There are two queues, each with slots of its own: one for sessions that hardly ever pause, be it in
one long run or in many short ones, and one for everybody else. The first have little weight on a
processor (limits.py), so that who is in the second neither waits for them nor notices them.
"""

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from . import protocol
from .limits import QueueLimits

Stopped = asyncio.Future[str]


class Busy(Exception):
    """The queue is full, or did not move in time."""


@dataclass(slots=True, eq=False)
class Lane:
    """One queue: its runs, and those that wait with whom to tell their position."""

    running: int = 0
    waiting: deque[tuple[asyncio.Future[None], Callable[[int], None]]] = field(
        default_factory=deque
    )

    def release(self) -> None:
        """One run fewer, or the next one."""
        if self.waiting:
            turn, _ = self.waiting.popleft()
            turn.set_result(None)
            self.tell()
        else:
            self.running -= 1

    def tell(self) -> None:
        """Each that waits hears how many are before it."""
        for position, (_, moved) in enumerate(self.waiting):
            moved(position)


@dataclass(slots=True, eq=False)
class Slot:
    """What one run holds. Not `granted` when it was stopped before its turn came."""

    granted: bool
    lane: Lane


@dataclass(slots=True, eq=False)
class Heat:
    """The share of the last seconds in which a session had a run, waiting or running."""

    share: float = 0.0
    runs: int = 0
    hot: bool = False
    at: float = field(default_factory=time.monotonic)

    def now(self, memory: float) -> float:
        """Brings the share up to date."""
        at = time.monotonic()
        kept = math.exp((self.at - at) / memory)
        self.share = kept * self.share + (1 - kept) * (self.runs > 0)
        self.at = at
        return self.share


class Turns:
    """Slots and the queues before them. Every method belongs to one event loop."""

    def __init__(self, limits: QueueLimits) -> None:
        self.limits = limits
        self._full = -math.inf
        self._cool, self._hot = Lane(), Lane()
        self._current: dict[str, tuple[Stopped, asyncio.Event]] = {}
        self._heat: dict[str, Heat] = {}

    @property
    def running(self) -> int:
        """Runs that hold a slot."""
        return self._cool.running + self._hot.running

    @property
    def waiting(self) -> int:
        """Runs in the queues."""
        return len(self._cool.waiting) + len(self._hot.waiting)

    def calm(self) -> float:
        """For how many seconds a slot has been free."""
        return 0.0 if self.running >= self.limits.slots else time.monotonic() - self._full

    def hot(self, name: str) -> bool:
        """Whether the session hardly ever pauses; once so, until it has paused for a while."""
        heat = self._heat.get(name)
        if heat is None:
            return False
        share = heat.now(self.limits.memory)
        heat.hot = share > (self.limits.cooled if heat.hot else self.limits.heated)
        return heat.hot

    @asynccontextmanager
    async def session(self, name: str, stopped: Stopped) -> AsyncIterator[None]:
        """Holds the session's only place; the run that held it is stopped and waited for."""
        before = self._current.get(name)
        finished = asyncio.Event()
        self._current[name] = (stopped, finished)
        heat = self._heat.setdefault(name, Heat())
        heat.now(self.limits.memory)
        heat.runs += 1
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
            heat.now(self.limits.memory)
            heat.runs -= 1
            self._forget()

    @asynccontextmanager
    async def slot(
        self, stopped: Stopped, moved: Callable[[int], None], *, hot: bool = False
    ) -> AsyncIterator[Slot]:
        """Waits for a slot and holds it, in the queue of the `hot` sessions or the other.

        `moved` hears how many runs are before this one, whenever that changes. Raises Busy.
        """
        slot = Slot(False, self._hot if hot else self._cool)
        slot.granted = await self._take(slot.lane, stopped, moved)
        try:
            yield slot
        finally:
            if slot.granted:
                self._release(slot.lane)

    def age(self, name: str, slot: Slot) -> None:
        """A run that has become a long one: it makes room for others, and its session is hot.

        Room in memory is not made by it, so there may be `2 * slots` of these at once.
        """
        heat = self._heat.get(name)
        if heat is not None:
            heat.now(self.limits.memory)
            heat.share, heat.hot = 1.0, True
        if slot.lane is self._cool and self._hot.running < 2 * self.limits.slots:
            self._release(slot.lane)
            slot.lane = self._hot
            slot.lane.running += 1

    async def _take(self, lane: Lane, stopped: Stopped, moved: Callable[[int], None]) -> bool:
        if stopped.done():
            return False
        if lane.running < self.limits.slots and not lane.waiting:
            lane.running += 1
            return True
        if len(lane.waiting) >= self.limits.waiting:
            raise Busy
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (turn, moved)
        lane.waiting.append(entry)
        moved(len(lane.waiting) - 1)
        waiting: set[asyncio.Future[None] | Stopped] = {turn, stopped}
        try:
            await asyncio.wait(
                waiting, timeout=self.limits.patience, return_when=asyncio.FIRST_COMPLETED
            )
        except asyncio.CancelledError:
            if turn.done():
                self._release(lane)
            raise
        finally:
            if not turn.done():
                lane.waiting.remove(entry)
                lane.tell()
        if turn.done():
            if stopped.done():
                self._release(lane)
                return False
            return True
        if stopped.done():
            return False
        raise Busy

    def _release(self, lane: Lane) -> None:
        if self.running >= self.limits.slots:
            self._full = time.monotonic()
        # Runs that became long came on top of the slots: as many end before the next one begins.
        if lane.running > self.limits.slots:
            lane.running -= 1
        else:
            lane.release()

    def _forget(self) -> None:
        """Drops sessions that have paused long enough, once there are many."""
        if len(self._heat) > self.limits.sessions:
            self._heat = {
                name: heat
                for name, heat in self._heat.items()
                if heat.runs or heat.now(self.limits.memory) > self.limits.cooled
            }
