"""docker-compose.yml started as a project of its own on the loopback, and what to ask of it."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tools

IMAGES = ("netfig", "netfig-guest:deployed", "nginx:stable", "redis:8", "postgres:17")
CODE = "import keras\nm = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])\n"
VGG16 = "import keras\nmodel = keras.applications.VGG16(weights=None)\n"
LASTING = ("edge", "web", "worker", "runner", "database", "redis")


def docker(*arguments: str) -> str:
    """What a docker command prints. Raises CalledProcessError."""
    ran = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def missing() -> list[str]:
    """The images that are not here."""
    return [
        name
        for name in IMAGES
        if subprocess.run(
            ["docker", "image", "inspect", name], capture_output=True, check=False
        ).returncode
    ]


@dataclass(frozen=True)
class Stack:
    """A project that is up."""

    name: str
    port: int
    owner: str

    def ask(
        self, method: str, path: str, body: object = None, seconds: float = 60, session: str = "s"
    ) -> tuple[int, bytes]:
        """Status and body; status 0 where nobody answers."""
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=sent,
            method=method,
            headers={
                "Content-Type": "application/json",
                "Cookie": f"netfig_session={session * 22}",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError:
            return 0, b""

    def paste(self, code: str, seconds: float = 60, session: str = "s") -> tuple[int, Any]:
        """Status and what the answer says."""
        body = {"source": {"kind": "keras", "code": code}}
        status, content = self.ask("POST", "/api/figures", body, seconds, session)
        return status, json.loads(content) if content[:1] == b"{" else None

    def container(self, service: str) -> Any:
        """What the engine says of a service's container."""
        wanted = f"label=com.docker.compose.project={self.name}"
        found = docker(
            *("ps", "-aq", "--filter", wanted),
            *("--filter", f"label=com.docker.compose.service={service}"),
        )
        return json.loads(docker("inspect", found.split()[0]))[0]

    def boxes(self) -> set[str]:
        """The ids of all boxes of its runner."""
        return set(docker("ps", "-aq", "--filter", f"label=netfig.sandbox={self.owner}").split())

    def health(self) -> dict[str, str]:
        """The state of each service that stays: its health where it is checked."""
        found = {}
        for service in LASTING:
            state = self.container(service)["State"]
            found[service] = state.get("Health", {}).get("Status", state["Status"])
        return found


@contextlib.contextmanager
def stack() -> Iterator[Stack]:
    """The deployment on a free port of the loopback; removed with its volumes and its boxes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    name = f"netfigtest{port}"
    folder = Path(tempfile.mkdtemp(prefix="nf-"))
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("NETFIG")},
        "COMPOSE_PROJECT_NAME": name,
        "NETFIG_LISTEN": f"127.0.0.1:{port}",
        "NETFIG_RUN": str(folder / "run"),
        "NETFIG_OWNER": name,
        "NETFIG_PUBLIC_URL": f"http://localhost:{port}",
    }

    def compose(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["docker-compose", "-f", str(tools.ROOT / "docker-compose.yml"), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    made = Stack(name, port, name)
    try:
        ran = compose("up", "-d", "--no-build")
        assert ran.returncode == 0, ran.stderr
        until(lambda: set(made.health().values()) <= {"healthy", "running"}, 120)
        yield made
    finally:
        if os.environ.get("SHOW_LOG"):
            print(compose("logs", "--tail", "60").stdout)
        compose("down", "--volumes", "--timeout", "5")
        for box in made.boxes():
            docker("rm", "-f", box)
        shutil.rmtree(folder, ignore_errors=True)


def until(wanted: Any, seconds: float) -> float:
    """Waits for it; the seconds it took. Raises AssertionError after `seconds`."""
    began = time.monotonic()
    while not wanted():
        assert time.monotonic() - began < seconds, f"not within {seconds:.0f} s"
        time.sleep(0.1)
    return time.monotonic() - began


def haste() -> float:
    """How much longer things may take here and now: the load of each processor, at least 1."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def kept(service: Stack) -> tuple[str, bytes]:
    """A saved figure: its id and its SVG."""
    status, figure = service.paste(VGG16)
    assert status == 201, figure
    return figure["id"], service.ask("GET", f"/api/figures/{figure['id']}/figure.svg")[1]
