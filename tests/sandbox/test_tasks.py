"""Two workers beside two runners, a real Redis, a client that does what tasks.py tells it to."""

import json
import secrets
import time
from collections.abc import Iterator
from typing import Any

import pytest
from runners import Asker, runner
from sandbox.hosts import host, own_redis, redis

pytestmark = [pytest.mark.needs("redis")]


class Client:
    """Sends runs and reads their frames, as the docstring of tasks.py says."""

    def __init__(self, url: str) -> None:
        from celery import Celery

        self.store = redis.Redis.from_url(url)
        self.app = Celery(broker=url)

    def send(self, code: str, session: str, run: str | None = None) -> str:
        run = run or secrets.token_hex(16)
        queue = "captures"
        lease = self.store.get(f"netfig:lease:{session}")
        if lease and self.store.exists(f"netfig:host:{lease.decode()}"):
            queue = f"captures.{lease.decode()}"
        request = {"session": session, "run": run, "code": code, "options": {}}
        self.app.send_task("netfig.capture", args=[request], queue=queue, serializer="json")
        return run

    def frames(self, run: str, seconds: float = 30) -> Iterator[dict[str, Any]]:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if (found := self.store.blpop(f"netfig:run:{run}", timeout=1)) is not None:
                frame = json.loads(found[1])
                yield frame
                if "verdict" in frame:
                    return
        raise AssertionError("no verdict")

    def run(self, code: str, session: str) -> dict[str, Any]:
        return list(self.frames(self.send(code, session)))[-1]

    def host(self, session: str) -> str:
        return str(self.store.get(f"netfig:lease:{session}").decode())


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    with own_redis() as url:
        yield url


def test_runs_travel_and_sessions_find_their_host_again(broker: str, light: Asker) -> None:
    with (
        runner("--warm", "1", light=True) as (second, _),
        host("one", broker, light),
        host("two", broker, second),
    ):
        client = Client(broker)
        frames = list(client.frames(client.send("print('hi')", "a")))
        assert frames[0] == {"stage": "running"}
        assert frames[-1]["capture"]["output"] == "hi\n"
        home = client.host("a")
        for _ in range(6):
            assert client.run("print(1)", "a")["verdict"] == "done"
            assert client.host("a") == home
        assert client.run("1 / 0", "b")["capture"]["error"].startswith("ZeroDivision")


def test_a_run_is_stopped_from_afar(broker: str, light: Asker) -> None:
    with host("three", broker, light):
        client = Client(broker)
        run = client.send("import time\ntime.sleep(60)", "c")
        frames = client.frames(run)
        assert next(frames) == {"stage": "running"}
        client.store.set(f"netfig:stop:{run}", 1, ex=60)
        assert next(frames)["verdict"] == "cancelled"


def test_another_host_takes_over_from_a_dead_one(broker: str, light: Asker) -> None:
    with runner("--warm", "1", "--wall", "30", light=True) as (second, _):
        client = Client(broker)
        with host("dies", broker, second) as process:
            run = client.send("import time\ntime.sleep(3)\nprint('survived')", "d")
            assert next(client.frames(run)) == {"stage": "running"}
            life = client.store.get(f"netfig:turn:{run}")
            assert life.startswith(b"dies.") and client.store.exists(b"netfig:life:" + life)
            process.kill()
        with host("lives", broker, light):
            end = time.monotonic() + 30
            dead = (b"netfig:life:" + life, "netfig:host:dies")
            while client.store.exists(*dead) and time.monotonic() < end:
                time.sleep(0.1)
            assert not client.store.exists(*dead)
            client.send("print('survived')", "d", run)
            assert list(client.frames(run))[-1]["capture"]["output"] == "survived\n"
            assert client.host("d") == "lives"


def test_a_host_without_its_runner_says_so(broker: str) -> None:
    with runner("--warm", "1", light=True) as (asker, process), host("lost", broker, asker):
        process.kill()
        process.wait()
        client = Client(broker)
        frame = client.run("print(1)", "e")
        assert frame["verdict"] == "unavailable" and frame["retry"] > 0
