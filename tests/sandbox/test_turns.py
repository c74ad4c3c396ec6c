import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from netfig_sandbox.limits import QueueLimits
from netfig_sandbox.turns import Busy, Turns

LIMITS = QueueLimits(slots=2, waiting=3, patience=0.3)


def in_loop(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        asyncio.run(asyncio.wait_for(test(), 10))

    return run


def future() -> asyncio.Future[str]:
    return asyncio.get_running_loop().create_future()


async def hold(turns: Turns, seconds: float, order: list[str], name: str) -> None:
    async with turns.slot(future(), lambda position: None) as slot:
        assert slot.granted
        order.append(name)
        assert turns.running <= turns.limits.slots
        await asyncio.sleep(seconds)


@in_loop
async def test_first_come_first_served_and_never_more_than_the_slots() -> None:
    turns, order = Turns(LIMITS), list[str]()
    await asyncio.gather(*(hold(turns, 0.05, order, name) for name in "abcde"))
    assert order == list("abcde")
    assert turns.running == 0 and turns.waiting == 0


@in_loop
async def test_a_full_queue_and_a_slow_one_are_busy() -> None:
    turns, order = Turns(LIMITS), list[str]()
    holders = [asyncio.create_task(hold(turns, 1.0, order, name)) for name in "ab"]
    await asyncio.sleep(0)
    queue = [asyncio.create_task(hold(turns, 0, order, name)) for name in "cde"]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await hold(turns, 0, order, "f")
    for each in await asyncio.gather(*queue, return_exceptions=True):
        assert isinstance(each, Busy)
    assert turns.waiting == 0
    await asyncio.gather(*holders)
    assert turns.running == 0


@in_loop
async def test_positions_are_told_as_the_queue_moves() -> None:
    turns, order, heard = Turns(LIMITS), list[str](), list[int]()
    holders = [asyncio.create_task(hold(turns, 0.1, order, name)) for name in "abc"]
    await asyncio.sleep(0)

    async with turns.slot(future(), heard.append):
        pass
    await asyncio.gather(*holders)
    assert heard == [1, 0]


@in_loop
async def test_stopped_while_waiting_takes_no_slot() -> None:
    turns, order = Turns(LIMITS), list[str]()
    holders = [asyncio.create_task(hold(turns, 0.1, order, name)) for name in "ab"]
    await asyncio.sleep(0)
    stopped = future()
    asyncio.get_running_loop().call_later(0.02, stopped.set_result, "cancelled")
    async with turns.slot(stopped, lambda position: None) as slot:
        assert not slot.granted
    await asyncio.gather(*holders)
    assert turns.running == 0


@in_loop
async def test_the_newest_run_of_a_session_stops_the_ones_before() -> None:
    turns, finished = Turns(LIMITS), list[str]()

    async def run(name: str) -> None:
        stopped = future()
        async with turns.session("s", stopped):
            await asyncio.wait({stopped}, timeout=0.2)
            finished.append(f"{name} {stopped.result() if stopped.done() else 'whole'}")

    tasks = []
    for name in "abc":
        tasks.append(asyncio.create_task(run(name)))
        await asyncio.sleep(0.01)
    await asyncio.gather(*tasks)
    assert finished == ["a cancelled", "b cancelled", "c whole"]


@in_loop
async def test_a_waiter_that_is_cancelled_gives_its_slot_on() -> None:
    turns, order = Turns(QueueLimits(slots=1, patience=5)), list[str]()
    holder = asyncio.create_task(hold(turns, 0.05, order, "a"))
    await asyncio.sleep(0)
    waiter = asyncio.create_task(hold(turns, 0, order, "b"))
    await asyncio.sleep(0)
    waiter.cancel()
    await holder
    await asyncio.gather(waiter, return_exceptions=True)
    await asyncio.wait_for(hold(turns, 0, order, "c"), 1)
    assert order == ["a", "c"]


@in_loop
async def test_calm_is_how_long_a_slot_has_been_free() -> None:
    turns, order = Turns(LIMITS), list[str]()
    assert turns.calm() == float("inf")
    await hold(turns, 0.01, order, "alone")
    assert turns.calm() == float("inf")
    both = [asyncio.create_task(hold(turns, 0.05, order, name)) for name in "bc"]
    await asyncio.sleep(0.01)
    assert turns.calm() == 0
    await asyncio.gather(*both)
    await asyncio.sleep(0.02)
    assert 0.02 <= turns.calm() < 10


@in_loop
async def test_who_never_pauses_keeps_nobody_else_waiting() -> None:
    turns, order = Turns(LIMITS), list[str]()

    async def run(name: str, seconds: float, *, hot: bool) -> None:
        async with turns.slot(future(), lambda position: None, hot=hot):
            await asyncio.sleep(seconds)
            order.append(name)

    floods = [asyncio.create_task(run("flood", 0.2, hot=True)) for _ in range(3)]
    await asyncio.sleep(0)
    assert (turns.running, turns.waiting) == (2, 1)
    await asyncio.wait_for(run("other", 0, hot=False), 0.1)
    await asyncio.gather(*floods)
    assert order == ["other", "flood", "flood", "flood"]
    assert turns.running == 0


@in_loop
async def test_a_run_that_has_become_long_gives_its_slot_away() -> None:
    turns = Turns(QueueLimits(slots=1, patience=5))

    async def short() -> None:
        async with turns.slot(future(), lambda position: None) as slot:
            assert slot.granted

    for turn in range(2):
        async with turns.session("long", future()):
            assert turns.hot("long") == bool(turn)
            async with turns.slot(future(), lambda position: None, hot=bool(turn)) as slot:
                waiter = asyncio.create_task(short())
                await asyncio.sleep(0.01)
                turns.age("long", slot)
                await asyncio.wait_for(waiter, 0.1)
                assert turns.running == 1
        assert turns.running == 0


@in_loop
async def test_a_session_is_hot_without_pauses_and_cool_after_one() -> None:
    turns = Turns(QueueLimits(memory=0.1))

    async def use(busy: float, pause: float) -> None:
        async with turns.session("s", future()):
            await asyncio.sleep(busy)
        await asyncio.sleep(pause)

    for _ in range(10):
        await use(0.03, 0.015)
        assert not turns.hot("s")
    for _ in range(12):
        await use(0.03, 0)
    assert turns.hot("s")
    await asyncio.sleep(0.02)
    assert turns.hot("s")
    await asyncio.sleep(0.1)
    assert not turns.hot("s")
    assert not turns.hot("nobody")


@in_loop
async def test_sessions_that_paused_are_forgotten() -> None:
    turns = Turns(QueueLimits(memory=0.01, sessions=10))
    for number in range(40):
        async with turns.session(f"s{number}", future()):
            pass
        await asyncio.sleep(0.001)
    assert len(turns._heat) < 20


@in_loop
async def test_long_runs_are_no_more_than_memory_was_promised_to() -> None:
    turns = Turns(QueueLimits(slots=1, patience=0.05))
    async with contextlib.AsyncExitStack() as stack:
        for number in range(3):
            slot = await stack.enter_async_context(turns.slot(future(), lambda position: None))
            turns.age(f"s{number}", slot)
        # Two have left their slot; the third has to keep it.
        assert turns.running == 3
        with pytest.raises(Busy):
            await hold(turns, 0, [], "another")
    assert turns.running == 0
