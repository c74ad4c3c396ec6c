"""The same service for many machines: a Celery worker beside each machine's own runner.

    NETFIG_BROKER=redis://… NETFIG_RUNNER=/run/netfig/runner.sock NETFIG_HOST=sand1 \\
        celery -A netfig_sandbox.tasks worker -Q captures,captures.sand1 --concurrency 4

The broker is Redis, and the same Redis carries progress and answers. A client
  1. reads `netfig:lease:SESSION`. If it names a host and `netfig:host:HOST` exists, the queue is
     `captures.HOST`, where the session's box is; else `captures`, which every host serves;
  2. sends task `netfig.capture` with one argument, the request of protocol.py;
  3. pops `netfig:run:RUN` (BLPOP) frame by frame until one has a "verdict": JSON, the runner's own;
  4. to stop it, sets `netfig:stop:RUN` with a TTL, and waits for the verdict all the same;
  5. while nothing comes: `netfig:turn:RUN` names the life of the worker that has begun it, HOST and
     a random word. If `netfig:life:LIFE` is gone, that worker died, although another of its name
     may be there; the client sends the task again to `captures`. If no host has begun within its
     patience, it gives up and sets the stop.
`netfig:host:HOST` holds the status of the host's runner. Names of runs must be unguessable. Keys
expire by themselves. Nothing is pickled.
"""

import contextlib
import json
import os
import secrets
import select
import socket
import threading
import time
from typing import Any

import redis
from celery import Celery
from celery.signals import worker_process_init, worker_ready, worker_shutdown

from . import protocol

QUEUE = "captures"
TASK = "netfig.capture"

# A host that has not said so for this long is dead.
ALIVE_SECONDS = 4
# As long as a box keeps its session.
LEASE_SECONDS = 300
# What nobody fetched.
FRAMES_SECONDS = 120
# How often a running task looks whether it is to stop.
LOOK_SECONDS = 0.1
RUN_SECONDS = 60.0


def settings() -> tuple[str, str, str]:
    """Broker, the runner's socket, this host's name: from the environment."""
    return (
        os.environ.get("NETFIG_BROKER", "redis://127.0.0.1:6379/0"),
        os.environ.get("NETFIG_RUNNER", ".run/runner.sock"),
        os.environ.get("NETFIG_HOST", socket.gethostname()),
    )


app = Celery("netfig_sandbox", broker=settings()[0])
app.conf.update(
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    # A task is taken when it can begin, and given to another when its worker dies.
    worker_prefetch_multiplier=1,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    broker_connection_retry_on_startup=True,
    worker_hijack_root_logger=False,
)

_connection: redis.Redis | None = None
_over = threading.Event()
_life = f"{settings()[2]}.{secrets.token_hex(8)}"


def store() -> redis.Redis:
    """This process's connection."""
    global _connection
    if _connection is None:
        _connection = redis.Redis.from_url(settings()[0])
    return _connection


@worker_process_init.connect
def _forget(**_: Any) -> None:
    global _connection
    _connection = None


@worker_ready.connect
def _begin(**_: Any) -> None:
    threading.Thread(target=_say_alive, daemon=True).start()


@worker_shutdown.connect
def _end(**_: Any) -> None:
    _over.set()
    with contextlib.suppress(redis.RedisError):
        store().delete(f"netfig:host:{settings()[2]}", f"netfig:life:{_life}")


def _say_alive() -> None:
    """Says that this worker lives, and that its host is there as long as the runner answers."""
    _, path, host = settings()
    connection = redis.Redis.from_url(settings()[0])
    while not _over.is_set():
        with contextlib.suppress(redis.RedisError, OSError, protocol.BrokenFrame):
            connection.set(f"netfig:life:{_life}", 1, ex=ALIVE_SECONDS)
            with socket.socket(socket.AF_UNIX) as runner:
                runner.settimeout(2)
                runner.connect(path)
                protocol.send(runner, {"status": True})
                status = protocol.receive(runner, protocol.REPLY_BYTES)
            if status is not None:
                connection.set(f"netfig:host:{host}", json.dumps(status), ex=ALIVE_SECONDS)
        _over.wait(1.0)


@app.task(name=TASK)
def capture(request: dict[str, Any]) -> None:
    """Runs one request on this host's runner and hands its frames on."""
    _, path, host = settings()
    session, run = str(request.get("session")), str(request.get("run"))
    shared = store()
    key = f"netfig:run:{run}"
    if shared.exists(f"netfig:stop:{run}"):
        _push(shared, key, _failed(protocol.CANCELLED, "The run was stopped."))
        return
    shared.set(f"netfig:turn:{run}", _life, ex=FRAMES_SECONDS)
    shared.set(f"netfig:lease:{session}", host, ex=LEASE_SECONDS)
    try:
        last = _relay(path, request, shared, key, f"netfig:stop:{run}")
    except (OSError, protocol.BrokenFrame):
        last = None
    if last is None:
        # The runner of this host is away; another host's need not be.
        shared.delete(f"netfig:lease:{session}")
        last = _failed(protocol.UNAVAILABLE, "The sandbox's host lost its runner.")
    _push(shared, key, last)


def _relay(
    path: str, request: dict[str, Any], shared: redis.Redis, key: str, stop: str
) -> protocol.Frame | None:
    """Hands progress on; returns the last frame, None when the runner closed without one."""
    with socket.socket(socket.AF_UNIX) as runner:
        runner.settimeout(RUN_SECONDS)
        runner.connect(path)
        protocol.send(runner, request, protocol.REQUEST_BYTES)
        end = time.monotonic() + RUN_SECONDS
        while time.monotonic() < end:
            if not select.select([runner], [], [], LOOK_SECONDS)[0]:
                if shared.exists(stop):
                    # Hanging up cancels the run.
                    return _failed(protocol.CANCELLED, "The run was stopped.")
                continue
            frame = protocol.receive(runner, protocol.REPLY_BYTES)
            if frame is None or "verdict" in frame:
                return frame
            _push(shared, key, frame)
    return None


def _push(shared: redis.Redis, key: str, frame: protocol.Frame) -> None:
    shared.rpush(key, json.dumps(frame))
    shared.expire(key, FRAMES_SECONDS)


def _failed(verdict: str, message: str) -> protocol.Frame:
    return {
        "verdict": verdict,
        "message": message,
        "capture": None,
        "seconds": 0.0,
        "cpu": 0.0,
        "memory": 0,
        "retry": 2 if verdict == protocol.UNAVAILABLE else 0,
        "guest": "",
        "tier": "",
    }
