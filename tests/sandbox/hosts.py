"""A Redis of the test's own, and Celery workers beside runners: hosts, as clients see them."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from runners import Asker

redis = pytest.importorskip("redis")
pytest.importorskip("celery")


@contextlib.contextmanager
def own_redis() -> Iterator[str]:
    """Its URL."""
    place = tempfile.mkdtemp(prefix="nf-redis-")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", place]
    process = subprocess.Popen([*command, "--save", ""], stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    for _ in range(100):
        with contextlib.suppress(redis.RedisError):
            if redis.Redis.from_url(url).ping():
                break
        time.sleep(0.05)
    try:
        yield url
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def host(name: str, url: str, asker: Asker, *, tasks: int = 2) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker called `name` beside the runner of `asker`, for so many tasks at once."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "celery", "-A", "netfig_sandbox.tasks", "worker"),
            *("-Q", f"captures,captures.{name}", "--pool", "threads", "--concurrency", str(tasks)),
            *("-n", name, "--without-gossip", "--without-mingle", "-l", "WARNING"),
        ],
        env={
            **os.environ,
            "NETFIG_BROKER": url,
            "NETFIG_RUNNER": str(asker.path),
            "NETFIG_HOST": name,
        },
        cwd=Path(tempfile.gettempdir()),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    store = redis.Redis.from_url(url)
    end = time.monotonic() + 40
    try:
        while not store.exists(f"netfig:host:{name}"):
            assert time.monotonic() < end, "the worker did not come up"
            time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()
