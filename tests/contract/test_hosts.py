"""Several hosts behind one Redis, as the web process uses them: one dies, four do more than one.

The runners' zygotes are light ones, without libraries; what passes between the parts is the same.
"""

import contextlib
import secrets
import threading
import time
from collections.abc import Iterator

import pytest
from netfig.sandbox_client import Stage
from netfig.sandbox_client.broker import BrokerSandbox
from runners import Asker, runner
from sandbox.hosts import host, own_redis, redis

pytestmark = [pytest.mark.needs("redis"), pytest.mark.slow]

SECONDS = 4.0
SLEEP = "import time\ntime.sleep(0.25)\nprint('slept')\n"


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    with own_redis() as url:
        yield url


def capture(
    url: str, code: str, session: str, run: str, stages: list[Stage] | None = None
) -> object:
    return BrokerSandbox(url).capture(
        code,
        session=session,
        run=run,
        options={},
        on_stage=(stages if stages is not None else []).append,
        cancelled=lambda: False,
    )


def test_of_two_workers_one_is_killed_while_it_runs_a_job_and_the_job_ends_well(
    broker: str,
) -> None:
    store, run = redis.Redis.from_url(broker), secrets.token_hex(16)
    code = "import time\ntime.sleep(3)\nprint('ended well')\n"
    with contextlib.ExitStack() as stack:
        workers = {}
        for name in ("left", "right"):
            asker, _ = stack.enter_context(runner("--warm", "1", light=True))
            workers[name] = stack.enter_context(host(name, broker, asker))
        found: list[object] = []
        thread = threading.Thread(
            target=lambda: found.append(capture(broker, code, "session", run))
        )
        thread.start()
        end = time.monotonic() + 20
        while (life := store.get(f"netfig:turn:{run}")) is None:
            assert time.monotonic() < end
            time.sleep(0.05)
        began = life.decode().split(".")[0]
        time.sleep(0.5)
        workers[began].kill()
        killed = time.monotonic()
        thread.join(60)
        print(f"{began} was killed; the answer came {time.monotonic() - killed:.1f} s later")
        assert found and found[0]["output"] == "ended well\n"  # type: ignore[index]
        other = {"left": "right", "right": "left"}[began]
        assert store.get("netfig:lease:session").decode() == other


@contextlib.contextmanager
def hosts(url: str, count: int) -> Iterator[None]:
    """So many hosts, each for one job at a time."""
    with contextlib.ExitStack() as stack:
        askers: list[Asker] = []
        for _ in range(count):
            limits = ("--warm", "2", "--cap", "12", "--slots", "1")
            askers.append(stack.enter_context(runner(*limits, light=True))[0])
        for number, asker in enumerate(askers):
            stack.enter_context(host(f"of{count}n{number}", url, asker, tasks=1))
        yield


def rate(url: str) -> float:
    """Jobs a second that eight sessions get done together."""
    done, failed = [0] * 8, list[Exception]()
    began = time.monotonic()

    def ask(index: int) -> None:
        while time.monotonic() - began < SECONDS:
            try:
                capture(url, SLEEP, f"s{index}", secrets.token_hex(16))
            except Exception as error:
                failed.append(error)
                return
            done[index] += 1

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(len(done))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not failed
    return sum(done) / (time.monotonic() - began)


def test_four_workers_carry_more_than_one() -> None:
    """Jobs that sleep stand in for ones that compute: the hosts here share two processors."""
    rates = {}
    for count in (1, 4):
        with own_redis() as url, hosts(url, count):
            rates[count] = rate(url)
    print(f"jobs a second, of 0.25 s of sleep each: {rates[1]:.1f} by one, {rates[4]:.1f} by four")
    assert rates[4] >= 1.8 * rates[1]
