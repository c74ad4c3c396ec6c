"""Captures through Celery: a real Redis, a real worker, a real runner."""

import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import tools
from netfig.errors import Cancelled, Unavailable
from netfig.importers import read
from netfig.sandbox_client import Stage
from netfig.sandbox_client.broker import BrokerSandbox
from netfig.sandbox_client.launch import RunnerProcess

CODE = "import keras\nm = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])\n"


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    """The broker's URL, with one host behind it."""
    for tool in ("redis", "guest"):
        if not tools.present(tool):
            pytest.skip(tools.reason(tool))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="nf-"))
    url = f"redis://127.0.0.1:{port}/0"
    runner = RunnerProcess(folder, guest="local", name=f"netfig-{folder.name}", warm=1)
    runner.start()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    redis = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        **quiet,  # type: ignore[call-overload]
    )
    worker = subprocess.Popen(
        [
            *(sys.executable, "-m", "celery", "-A", "netfig_sandbox.tasks", "worker"),
            *("-Q", "captures,captures.one", "--concurrency", "2"),
        ],
        env={"NETFIG_BROKER": url, "NETFIG_RUNNER": str(runner.path), "NETFIG_HOST": "one"},
        **quiet,  # type: ignore[call-overload]
    )
    try:
        runner.wait()
        began, sandbox = time.monotonic(), BrokerSandbox(url)
        while not sandbox.status().ready:
            assert time.monotonic() - began < 60
            time.sleep(0.1)
        yield url
    finally:
        for process in (worker, redis):
            process.terminate()
            process.wait(30)
        runner.stop()
        shutil.rmtree(folder)


def ask(broker: str, code: str, run: str, stop: threading.Event | None = None) -> object:
    stages: list[Stage] = []
    halt = stop or threading.Event()

    def heard(stage: Stage) -> None:
        stages.append(stage)
        if stop is not None and stage.name == "running":
            stop.set()

    answer = BrokerSandbox(broker).capture(
        code, session="s" * 22, run=run, options={}, on_stage=heard, cancelled=halt.is_set
    )
    assert stages[-1].name == "running"
    return answer


def test_a_capture_comes_through_the_broker(broker: str) -> None:
    (model,) = read(ask(broker, CODE, "a" * 22)).models
    assert model.graph.parameters == 10


def test_a_run_is_stopped_through_the_broker(broker: str) -> None:
    began = time.monotonic()
    with pytest.raises(Cancelled):
        ask(broker, "while True: pass\n", "b" * 22, threading.Event())
    assert time.monotonic() - began < 8
    read(ask(broker, CODE, "c" * 22))


def test_without_a_broker_it_is_said() -> None:
    with pytest.raises(Unavailable):
        ask("redis://127.0.0.1:1/0", CODE, "d" * 22)
    assert not BrokerSandbox("redis://127.0.0.1:1/0").status().ready
