"""Sandboxes on many machines, reached through Celery and Redis.

The other half of sandbox/netfig_sandbox/tasks.py: the steps are written down there. It needs the
packages of netfig's `deploy` extra, and is imported only where a broker is configured.
"""

import time
from collections.abc import Iterable, Mapping
from typing import Any, cast

import redis
from celery import Celery
from kombu.exceptions import OperationalError

from netfig.errors import Cancelled, InvalidGraph, Unavailable
from netfig.importers import strict
from netfig.sandbox_client.frames import REPLY_BYTES
from netfig.sandbox_client.runner import status_of, told
from netfig.sandbox_client.sandbox import Cancelled as IsCancelled
from netfig.sandbox_client.sandbox import OnStage, Status
from netfig.sandbox_client.verdicts import settled

TASK = "netfig.capture"
QUEUE = "captures"
_HOST = "netfig:host:"

_POLL = 0.1
_PATIENCE = 20.0
"""Seconds a run may wait until a host begins it."""
_DEAD = 6.0
"""Seconds without a frame after which the host that began is looked for."""
_STOP_SECONDS = 120


class BrokerSandbox:
    """Runs captures on whichever host is free, a session's on the host that has its box."""

    def __init__(self, broker: str) -> None:
        self._redis = redis.Redis.from_url(broker, socket_connect_timeout=5)
        self._celery = Celery("netfig", broker=broker)
        self._celery.conf.update(task_serializer="json", task_ignore_result=True)

    def capture(
        self,
        code: str,
        *,
        session: str,
        run: str,
        options: Mapping[str, object],
        on_stage: OnStage,
        cancelled: IsCancelled,
    ) -> object:
        """See Sandbox."""
        request = {"session": session, "run": run, "code": code, "options": dict(options)}
        try:
            self._send(request, self._queue(session))
            return self._await(request, on_stage, cancelled)
        except (redis.RedisError, OperationalError, OSError) as error:
            raise Unavailable("The sandboxes cannot be reached.", hint="Try again.") from error

    def status(self) -> Status:
        """See Sandbox; ready where at least one host is.

        The guest is named only where all hosts have the same, else captures of one version could
        be remembered as another's.
        """
        try:
            keys = sorted(self._redis.scan_iter(f"{_HOST}*"))
            said = self._redis.mget(keys) if keys else []
        except redis.RedisError as error:
            return Status(
                kind="", tier="", guest="", ready=False, problem=str(error)[:200], answer={}
            )
        hosts = {
            key.decode().removeprefix(_HOST): _status(raw)
            for key, raw in zip(keys, cast(list[bytes | None], said), strict=True)
            if raw is not None
        }
        problems = [f"{name}: {each.problem}" for name, each in hosts.items() if each.problem]
        return Status(
            kind=_all(each.kind for each in hosts.values()),
            tier=_all(each.tier for each in hosts.values()),
            guest=_same(each.guest for each in hosts.values()),
            ready=any(each.ready for each in hosts.values()),
            problem="; ".join(problems) if hosts else "no host is there",
            answer={"hosts": {name: each.answer for name, each in hosts.items()}},
        )

    def _queue(self, session: str) -> str:
        host = _text(self._redis.get(f"netfig:lease:{session}"))
        there = host and self._redis.exists(f"netfig:host:{host}")
        return f"{QUEUE}.{host}" if there else QUEUE

    def _send(self, request: dict[str, Any], queue: str) -> None:
        self._celery.send_task(TASK, args=[request], queue=queue)

    def _await(self, request: dict[str, Any], on_stage: OnStage, cancelled: IsCancelled) -> object:
        run, again = request["run"], False
        sent = heard = time.monotonic()
        while True:
            if cancelled():
                self._stop(run)
                raise Cancelled("The run was stopped.")
            popped = self._redis.blpop([f"netfig:run:{run}"], timeout=_POLL)
            now = time.monotonic()
            if popped is not None:
                heard = now
                frame = _frame(cast(tuple[bytes, bytes], popped)[1])
                if "verdict" in frame:
                    return settled(frame)
                told(frame, on_stage)
            elif now - heard > _DEAD:
                life = _text(self._redis.get(f"netfig:turn:{run}"))
                if life is None and now - sent > _PATIENCE:
                    self._stop(run)
                    raise Unavailable("Every sandbox is busy.", hint="Try again in a moment.")
                if life is not None and not self._redis.exists(f"netfig:life:{life}"):
                    if again:
                        raise Unavailable("The sandbox's host went away.", hint="Try again.")
                    again, sent = True, now
                    self._redis.delete(f"netfig:turn:{run}")
                    self._send(request, QUEUE)
                heard = now

    def _stop(self, run: str) -> None:
        self._redis.set(f"netfig:stop:{run}", 1, ex=_STOP_SECONDS)


def _frame(raw: bytes) -> dict[str, object]:
    try:
        return strict.mapping(strict.parse(raw, limit=REPLY_BYTES), "the frame")
    except InvalidGraph as error:
        raise Unavailable("The sandbox gave an answer that is none.", hint="Try again.") from error


def _status(raw: bytes) -> Status:
    try:
        return status_of(_frame(raw))
    except Unavailable:
        return status_of({"problem": "its status cannot be read"})


def _all(found: Iterable[str]) -> str:
    return ", ".join(sorted({each for each in found if each}))


def _same(found: Iterable[str]) -> str:
    each = set(found)
    return each.pop() if len(each) == 1 else ""


def _text(value: object) -> str | None:
    return value.decode() if isinstance(value, bytes) else None
