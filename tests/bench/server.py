"""A real `netfig serve` on a free loopback port for benchmarks: its own database, no limits."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

NETFIG = Path(sys.executable).parent / "netfig"


class Client:
    """One browser: the session's cookie, and a new connection for each call."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        self._cookie = ""

    def call(self, method: str, path: str, body: object = None, token: str = "") -> tuple[int, Any]:
        """Status and decoded answer, read to its last byte; a change names the edit token."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if self._cookie:
            headers["Cookie"] = self._cookie
        sent = None if body is None else json.dumps(body)
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        with closing(connection):
            connection.request(method, path, sent, headers)
            answer = connection.getresponse()
            content = answer.read()
        if given := answer.getheader("Set-Cookie"):
            self._cookie = given.split(";")[0]
        return answer.status, json.loads(content) if content[:1] in b"{[" else content

    def paste(self, code: str) -> tuple[float, dict[str, Any]]:
        """Seconds from the paste to the last byte of the answer with its SVG, and the figure."""
        start = time.perf_counter()
        status, figure = self.call(
            "POST", "/api/figures", {"source": {"kind": "keras", "code": code}}
        )
        seconds = time.perf_counter() - start
        if status != 201 or not figure["drawing"]["svg"].rstrip().endswith("</svg>"):
            raise RuntimeError(f"no figure: {status} {figure}")
        return seconds, figure


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(guest: str = "auto") -> Iterator[Client]:
    """A server that answers, and a client of it; ended at the end."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with log.open("wb") as sink:
            server = subprocess.Popen(
                [str(NETFIG), "serve", "--port", str(port), "--guest", guest],
                env={
                    **os.environ,
                    "NETFIG_DATABASE": f"sqlite:///{folder}/figures.sqlite3",
                    "NETFIG_LIMITS": "off",
                    "XDG_RUNTIME_DIR": folder,
                },
                stdout=sink,
                stderr=sink,
            )
        try:
            yield _answering(port, server, log)
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def _answering(port: int, server: subprocess.Popen[bytes], log: Path) -> Client:
    began = time.monotonic()
    while time.monotonic() - began < 120:
        if server.poll() is not None:
            break
        try:
            client = Client(port)
            if client.call("GET", "/healthz")[0] == 200:
                return client
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the server does not start:\n" + log.read_text(errors="replace")[-3000:])
