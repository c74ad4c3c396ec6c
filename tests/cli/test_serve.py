"""netfig serve as a process: streams, stopping, slow clients, and how it ends and recovers."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import tools
from cli.conftest import PROGRAM

CODE = "import keras\nm = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])\n"
ENDLESS = "while True:\n    pass\n"


@dataclass
class Service:
    """A running service: its process, its port, its runner's socket."""

    process: subprocess.Popen[bytes]
    port: int
    socket: Path

    def connection(self, timeout: float = 60) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        connection = self.connection()
        sent = {"Content-Type": "application/json", "Cookie": "netfig_session=" + "s" * 22}
        raw = None if body is None else json.dumps(body)
        connection.request(method, path, raw, {**sent, **headers})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, json.loads(content) if content else None

    def busy(self) -> int:
        """Runs under way in the runner."""
        from netfig.sandbox_client import RunnerSandbox

        queue = RunnerSandbox(self.socket).status().answer["queue"]
        return int(queue["running"]) + int(queue["waiting"])

    def runner(self) -> int:
        """The process id of the runner; 0 while there is none."""
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if str(self.socket).encode() in entry.read_bytes():
                    return int(entry.parent.name)
        return 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(environment: dict[str, str], **settings: str) -> Iterator[Service]:
    port = free_port()
    process = subprocess.Popen(
        (*PROGRAM, "serve", "--port", str(port)),
        env={**environment, "NETFIG_LIMITS": "off", **settings},
        stderr=subprocess.PIPE,
    )
    path = Path(environment["XDG_RUNTIME_DIR"]) / f"netfig/serve-{port}/runner.sock"
    service = Service(process, port, path)
    said = threading.Thread(target=lambda: process.stderr and process.stderr.read(), daemon=True)
    said.start()
    try:
        until(lambda: answers(service), 90)
        yield service
    finally:
        process.terminate()
        process.wait(30)


def answers(service: Service) -> bool:
    try:
        return service.ask("GET", "/healthz")[1]["status"] == "ok"
    except OSError:
        return False


def until(true: Any, seconds: float) -> float:
    """How long it took until `true()` was."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "it never came true"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture(scope="module")
def service(environment: dict[str, str]) -> Iterator[Service]:
    if not tools.present("guest"):
        pytest.skip(tools.reason("guest"))
    with running(environment) as service:
        yield service


def events(answer: http.client.HTTPResponse) -> Iterator[tuple[str, Any]]:
    name = ""
    for raw in answer:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def stream(service: Service, code: str, session: str = "s") -> http.client.HTTPResponse:
    connection = service.connection()
    headers = {
        "Content-Type": "application/json",
        "Accept": "text/event-stream",
        "Cookie": "netfig_session=" + session * 22,
    }
    body = json.dumps({"source": {"kind": "keras", "code": code}})
    connection.request("POST", "/api/figures", body, headers)
    answer = connection.getresponse()
    assert answer.status == 200
    return answer


def test_a_run_is_told_stage_by_stage(service: Service) -> None:
    answer = stream(service, CODE)
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    told = list(events(answer))
    assert [name for name, _ in told[:-1]] == ["stage"] * (len(told) - 1)
    stages = [body["stage"] for _, body in told[:-1]]
    assert stages[-2:] == ["running", "drawing"]
    assert told[-1][0] == "figure"
    assert len(told[-1][1]["edit_token"]) == 22


def test_a_run_that_fails_ends_with_a_problem(service: Service) -> None:
    told = list(events(stream(service, "x = (1,\n")))
    assert told[-1][0] == "problem"
    assert (told[-1][1]["code"], told[-1][1]["line"]) == ("program-error", 1)


def test_a_run_is_stopped_by_its_name(service: Service) -> None:
    told = events(stream(service, ENDLESS))
    stage = next(body for _, body in told if body["stage"] == "running")
    began = time.monotonic()
    assert service.ask("DELETE", f"/api/runs/{stage['run']}")[0] == 204
    name, problem = next(told)
    assert (name, problem["code"]) == ("problem", "cancelled")
    assert time.monotonic() - began < 1.5
    until(lambda: service.busy() == 0, 2)


def test_a_client_that_goes_away_stops_its_stream(service: Service) -> None:
    answer = stream(service, ENDLESS)
    next(body for _, body in events(answer) if body["stage"] == "running")
    answer.close()
    assert until(lambda: service.busy() == 0, 5) < 3


def test_a_client_that_goes_away_stops_its_plain_request(service: Service) -> None:
    connection = service.connection()
    body = json.dumps({"source": {"kind": "keras", "code": ENDLESS}})
    headers = {"Content-Type": "application/json", "Cookie": "netfig_session=" + "s" * 22}
    connection.request("POST", "/api/figures", body, headers)
    until(lambda: service.busy() == 1, 10)
    connection.close()
    assert until(lambda: service.busy() == 0, 5) < 3


def test_an_endless_loop_is_ended_with_a_reason(service: Service) -> None:
    began = time.monotonic()
    status, problem = service.ask(
        "POST", "/api/figures", {"source": {"kind": "keras", "code": ENDLESS}}
    )
    assert (status, problem["code"]) == (422, "time-limit")
    assert time.monotonic() - began < 15
    assert (
        service.ask("POST", "/api/figures", {"source": {"kind": "keras", "code": CODE}})[0] == 201
    )


def test_the_page_answers_while_some_hold_connections_open(service: Service) -> None:
    """As many as a browser opens; hundreds are for the proxy in front to hold."""
    held = []
    for i in range(20):
        slow = socket.create_connection(("127.0.0.1", service.port))
        if i % 2:
            slow.sendall(b"POST /api/figures HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        held.append(slow)
    try:
        for _ in range(20):
            assert service.ask("GET", "/healthz")[0] == 200
    finally:
        for slow in held:
            slow.close()


RAW = {
    "two lengths": b"POST /api/figures HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n"
    b"Content-Length: 50\r\n\r\nhello",
    "length and chunks": b"POST /api/figures HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "an encoding nobody knows": b"POST /api/figures HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a header of a megabyte": b"GET / HTTP/1.1\r\nX: " + b"x" * 1_000_000 + b"\r\n\r\n",
    "a thousand headers": b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 1_000 + b"\r\n",
    "a line of a megabyte": b"GET /" + b"x" * 1_000_000 + b" HTTP/1.1\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 10 + b"\r\n\r\n",
}


@pytest.mark.parametrize("name", RAW)
def test_a_request_that_is_none_is_refused_once(service: Service, name: str) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(RAW[name])
        answer = b""
        with contextlib.suppress(ConnectionResetError, TimeoutError):
            while part := connection.recv(65536):
                answer += part
    assert answer.count(b"HTTP/1.1 ") <= 1, answer
    assert not answer or int(answer.split()[1]) in range(400, 502)
    assert b"netfig_requests" not in answer
    assert service.ask("GET", "/healthz")[0] == 200


def test_a_runner_that_dies_is_started_again(service: Service) -> None:
    first = service.runner()
    assert first > 0
    os.kill(first, signal.SIGKILL)
    source = {"source": {"kind": "keras", "code": CODE}}
    until(lambda: service.ask("POST", "/api/figures", source)[0] == 201, 120)
    until(lambda: service.runner() not in (0, first), 60)


def alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_the_service_ends_its_runner(
    environment: dict[str, str], number: signal.Signals
) -> None:
    if not tools.present("guest"):
        pytest.skip(tools.reason("guest"))
    with running(environment) as service:
        runner = service.runner()
        service.process.send_signal(number)
        service.process.wait(20)
        until(lambda: not alive(runner), 10)


def test_figures_outlive_a_service_that_is_killed(
    environment: dict[str, str], tmp_path: Path
) -> None:
    if not tools.present("guest"):
        pytest.skip(tools.reason("guest"))
    database = {"NETFIG_DATABASE": f"sqlite:///{tmp_path}/figures.sqlite3"}
    with running(environment, **database) as service:
        _, made = service.ask("POST", "/api/figures", {"source": {"kind": "keras", "code": CODE}})
        service.process.kill()
    with running(environment, **database) as service:
        status, read = service.ask("GET", f"/api/figures/{made['id']}")
        assert (status, read["drawing"]["svg"]) == (200, made["drawing"]["svg"])
