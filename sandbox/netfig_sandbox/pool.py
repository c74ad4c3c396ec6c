"""Boxes: some ready, some leased to a session each, none ever shared; when each of them ends."""

import asyncio
import contextlib
import logging
import math
import secrets
import shutil
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from .box import NoEngine
from .channel import BoxLost, BoxRefused, Channel, dial_in
from .limits import SHARES, SHARES_AGED, SHARES_START, START_SECONDS, PoolLimits
from .times import Times

log = logging.getLogger(__name__)

# After a box could not be started, before the pool tries again by itself: twice as long each time.
_PAUSE_SECONDS, _PAUSE_MOST = 2.0, 60.0
# An engine lists a box for a moment after it was told to remove it.
_GONE_SECONDS = 30.0
# Starts at once while somebody waits; each takes a processor for two seconds and a half.
_STARTS = 2


class Boxes(Protocol):
    """What makes and ends boxes: containers, or processes on this machine."""

    kind: str
    tier: str
    guest: str

    def start(self, name: str, place: str, shares: int) -> str:
        """Starts a box that dials `place`/s.sock; returns its id. Raises NoEngine."""
        ...

    def share(self, box: str, shares: int) -> None:
        """Changes its weight when processors are short."""
        ...

    def remove(self, box: str) -> None:
        """Ends it."""
        ...

    def present(self) -> Mapping[str, str]:
        """Every box there is: id -> state."""
        ...


class PoolFull(Exception):
    """Every box is leased, and none idle long enough to be taken back."""


@dataclass(slots=True, eq=False)
class Box:
    """A started box. Times on the monotonic clock, in seconds."""

    id: str
    place: Path
    channel: Channel
    born: float
    shares: int
    used: float = 0.0
    leased: float = 0.0
    jobs: int = 0
    session: str | None = None
    busy: bool = False
    # Set by whoever saw a reason to trust it no longer.
    spent: bool = False


class Pool:
    """Every method belongs to one event loop."""

    def __init__(self, boxes: Boxes, directory: Path, limits: PoolLimits) -> None:
        """`directory` holds the boxes' sockets; the engine must be able to mount it."""
        self.boxes = boxes
        self.limits = limits
        # For how many seconds some processor has been free for a box that nobody waits for.
        self.calm: Callable[[], float] = lambda: math.inf
        self.walls: Mapping[str, Any] = {}
        self.libraries: Mapping[str, Any] = {}
        self.problem = ""
        self.started = 0
        self.swept = 0
        self.starts = Times()
        self._directory = directory
        self._warm: deque[Box] = deque()
        self._leases: dict[str, Box] = {}
        self._waiting: deque[tuple[str, asyncio.Future[Box], bool]] = deque()
        self._starting = 0
        self._slow: set[str] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        # Until when each was here: for ever, or when it was removed.
        self._known: dict[str, float] = {}
        self._closed = False
        self._let_at = -math.inf
        # Since when there are fewer warm boxes than there should be.
        self._short: float | None = None
        self._retry_at = 0.0
        self._pause = _PAUSE_SECONDS

    async def open(self) -> None:
        """Removes what an earlier runner left, then starts filling and sweeping."""
        self._directory.mkdir(parents=True, exist_ok=True)
        for left in self._directory.glob("b-*"):
            shutil.rmtree(left, ignore_errors=True)
        left_over = await asyncio.to_thread(self.boxes.present)
        for each in left_over:
            self._known[each] = math.inf
            self._spawn(self._discard([each], self._directory / "none"))
        # Whoever waits for this service to come back need not wait for that.
        self._grow()
        self._spawn(self._keep())

    async def close(self) -> None:
        """Ends every box."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=START_SECONDS)
        for box in [*self._warm, *self._leases.values()]:
            self.end(box)
        if self._ending:
            await asyncio.wait(self._ending, timeout=30)

    def counts(self) -> dict[str, int]:
        """How many boxes there are of each sort."""
        return {
            "warm": len(self._warm),
            "leased": len(self._leases),
            "busy": sum(box.busy for box in self._leases.values()),
            "starting": self._starting,
            "cap": self.limits.cap,
        }

    async def lease(self, session: str, starting: Callable[[], None], *, hot: bool = False) -> Box:
        """The session's box, its own until it ends. `starting` is called if one must be started.

        For a `hot` session (turns.py) it is started with little weight. Raises PoolFull, BoxLost,
        BoxRefused, NoEngine.
        """
        box = self._leases.get(session)
        if box is not None:
            if not self._worn(box):
                return self._hold(box)
            self.end(box)
        while self._warm:
            box = self._warm.popleft()
            if not self._worn(box):
                self._let(box, session)
                self._grow()
                return self._hold(box)
            self.end(box)
        return self._hold(await self._next(session, starting, hot))

    async def _next(self, session: str, starting: Callable[[], None], hot: bool) -> Box:
        """The next box that is started, or that another session gives back."""
        wanted: asyncio.Future[Box] = asyncio.get_running_loop().create_future()
        entry = (session, wanted, hot)
        self._waiting.append(entry)
        self._grow()
        starting()
        while self._slow and self._urgent():
            # Begun when nobody waited; now somebody does.
            self._spawn(asyncio.to_thread(self.boxes.share, self._slow.pop(), SHARES))
        full = not self._starting
        try:
            return await asyncio.wait_for(wanted, self.limits.patience if full else START_SECONDS)
        except TimeoutError as error:
            if full:
                raise PoolFull from error
            raise BoxLost("no box was ready in time") from error
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(entry)

    def give_back(self, box: Box) -> None:
        """After a run. A box that is spent ends here."""
        box.busy = False
        box.jobs += 1
        box.used = time.monotonic()
        if self._worn(box):
            self.end(box)

    def end(self, box: Box) -> None:
        """Ends a box now; its removal goes on by itself."""
        box.spent = True
        if box.session is not None and self._leases.get(box.session) is box:
            del self._leases[box.session]
        with contextlib.suppress(ValueError):
            self._warm.remove(box)
        box.channel.close()
        task = asyncio.create_task(self._remove(box))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def share(self, box: Box, shares: int, *, anew: bool = False) -> None:
        """Sets its weight when processors are short; `anew` also where it is the same as before."""
        if anew or box.shares != shares:
            box.shares = shares
            await asyncio.to_thread(self.boxes.share, box.id, shares)

    def _hold(self, box: Box) -> Box:
        box.busy = True
        box.used = time.monotonic()
        return box

    def _let(self, box: Box, session: str) -> None:
        box.session = session
        # Used from now on: whoever waited for it holds it a moment later, and it is not idle then.
        box.leased = box.used = self._let_at = time.monotonic()
        self._leases[session] = box

    def _worn(self, box: Box) -> bool:
        return (
            box.spent
            or box.channel.lost.done()
            or box.jobs >= self.limits.jobs
            or time.monotonic() - box.born > self.limits.life
        )

    def _over(self, box: Box, now: float) -> bool:
        """Whether a box that runs nothing is to be taken back."""
        idle = box.session is not None and now - box.used > self.limits.idle
        return not box.busy and (idle or self._worn(box))

    def _total(self) -> int:
        return len(self._warm) + len(self._leases) + self._starting

    def _room(self) -> bool:
        """Whether one more box may be started; takes the longest idle one back if it must."""
        if self._total() < self.limits.cap:
            return True
        now = time.monotonic()
        idle = [
            box
            for box in self._leases.values()
            if not box.busy and now - box.leased >= self.limits.keep
        ]
        if not idle:
            return False
        self.end(min(idle, key=lambda box: box.used))
        return True

    def _grow(self) -> None:
        """Starts boxes: for those who wait, else one at a time until enough are warm."""
        if self._closed:
            return
        urgent = self._urgent()
        at_once = min(len(self._waiting), _STARTS if urgent else 1)
        while self._starting < at_once and self._room():
            self._starting += 1
            self._spawn(self._start(SHARES if urgent else SHARES_START))
        if (
            not self._waiting
            and not self._starting
            and self._total() < self.limits.cap
            and time.monotonic() >= self._retry_at
            and self._due()
        ):
            self._starting += 1
            # While there are no sessions it takes nothing from anybody's run.
            self._spawn(self._start(SHARES_AGED if self._leases else SHARES))

    def _urgent(self) -> bool:
        """Whether somebody waits for a box who pauses now and then."""
        return any(not hot for _, _, hot in self._waiting)

    def _due(self) -> bool:
        """Whether a box is to be started for whoever comes next, now and not in a calmer moment."""
        if len(self._warm) >= self.limits.warm:
            self._short = None
            return False
        now = time.monotonic()
        if self._short is None:
            self._short = now
        calm = min(self.calm(), now - self._let_at) >= self.limits.calm
        return calm or now - self._short >= self.limits.overdue

    async def _start(self, shares: int) -> None:
        name = f"netfig-b-{secrets.token_hex(8)}"
        place = self._directory / name.removeprefix("netfig-")
        made: list[str] = []
        began = time.monotonic()

        async def start() -> str:
            work = asyncio.to_thread(self.boxes.start, name, str(place), shares)
            starting = asyncio.create_task(work)
            try:
                made.append(await asyncio.shield(starting))
            except asyncio.CancelledError:
                # The engine goes on making it; only then can it be removed.
                made.append(await starting)
                raise
            finally:
                self._known.update((each, math.inf) for each in made)
            if shares != SHARES:
                self._slow.add(made[0])
                if self._urgent():
                    self._slow.discard(made[0])
                    await asyncio.to_thread(self.boxes.share, made[0], SHARES)
            return made[0]

        try:
            place.mkdir(mode=0o755)
            started, channel = await dial_in(place, start, START_SECONDS)
        except (BoxLost, BoxRefused, NoEngine, OSError) as error:
            self._starting -= 1
            self.problem = str(error)
            self._retry_at = time.monotonic() + self._pause
            self._pause = min(2 * self._pause, _PAUSE_MOST)
            log.warning("a box could not be started: %s", error)
            while self._waiting:
                _, wanted, _ = self._waiting.popleft()
                if not wanted.done():
                    wanted.set_exception(
                        error if not isinstance(error, OSError) else BoxLost(str(error))
                    )
            await self._discard(made, place)
            return
        except asyncio.CancelledError:
            self._starting -= 1
            await self._discard(made, place)
            raise
        self._starting -= 1
        self._slow.discard(started)
        self.started += 1
        self.starts.add(time.monotonic() - began)
        self.problem = ""
        self._pause = _PAUSE_SECONDS
        self.walls = channel.about.get("walls", {})
        self.libraries = channel.about.get("libraries", {})
        box = Box(id=started, place=place, channel=channel, born=time.monotonic(), shares=shares)
        # Who pauses now and then comes first.
        for entry in sorted(self._waiting, key=lambda entry: entry[2]):
            session, wanted, _ = entry
            self._waiting.remove(entry)
            if not wanted.done():
                # Let before the one who waits wakes up, so that it is counted all the time.
                self._let(box, session)
                wanted.set_result(box)
                break
        else:
            self._warm.append(box)
            self._spawn(self.share(box, SHARES))
        self._grow()

    async def _discard(self, made: list[str], place: Path) -> None:
        self._slow.difference_update(made)
        for each in made:
            await asyncio.to_thread(self.boxes.remove, each)
            self._known[each] = time.monotonic()
        shutil.rmtree(place, ignore_errors=True)

    async def _remove(self, box: Box) -> None:
        await self._discard([box.id], box.place)
        self._grow()

    async def _keep(self) -> None:
        """Takes back idle leases, drops dead warm boxes, removes boxes nobody knows."""
        swept = time.monotonic()
        while True:
            await asyncio.sleep(min(1.0, self.limits.sweep))
            now = time.monotonic()
            for box in [*self._leases.values(), *self._warm]:
                if self._over(box, now):
                    self.end(box)
            self._grow()
            if now - swept >= self.limits.sweep and not self._starting:
                swept = now
                await asyncio.to_thread(self._remove_strangers)

    def _remove_strangers(self) -> None:
        present, now = self.boxes.present(), time.monotonic()
        for box in present:
            # A box that is being started is known a moment after it exists: the next sweep decides.
            if self._known.get(box, -math.inf) < now - _GONE_SECONDS and not self._starting:
                self.swept += 1
                log.warning("sweeping box %s", box[:12])
                self.boxes.remove(box)
        for box, until in list(self._known.items()):
            if box not in present and until < now:
                self._known.pop(box, None)

    def _spawn(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
