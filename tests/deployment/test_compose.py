"""The deployment in a real engine: it starts, it draws, it holds slow clients, it comes back.

Wants the images of backend/deploy/images.sh, and tests what they hold.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
from deployment.stack import CODE, LASTING, VGG16, Stack, docker, haste, kept, until

pytestmark = [pytest.mark.slow, pytest.mark.needs("docker", "compose", "root")]

SLEEPY = "import ctypes\nctypes.CDLL(None).sleep(3)\n" + CODE


def test_a_paste_becomes_a_figure_and_its_files(service: Stack) -> None:
    status, figure = service.paste(VGG16)
    assert status == 201, figure
    assert figure["models"][0]["parameters"] == 138_357_544
    path = f"/api/figures/{figure['id']}/figure"
    assert service.ask("GET", f"{path}.svg")[1].rstrip().endswith(b"</svg>")
    assert service.ask("GET", f"{path}.pdf")[1].startswith(b"%PDF-")
    assert service.ask("GET", f"{path}.png")[1].startswith(b"\x89PNG")
    health = json.loads(service.ask("GET", "/healthz")[1])
    assert (health["status"], health["runner"]["kind"]) == ("ok", "docker")
    assert health["runner"]["tier"].startswith("runc")
    assert service.ask("GET", "/metrics")[0] == 404
    assert b"<script" in service.ask("GET", "/")[1]


def test_each_part_has_what_it_needs_and_no_more(service: Stack) -> None:
    engine, published, outside = [], [], []
    for name in LASTING:
        found = service.container(name)
        host = found["HostConfig"]
        if any("docker.sock" in mount["Source"] for mount in found["Mounts"]):
            engine.append(name)
        published += [
            (name, each["HostIp"])
            for ports in (host["PortBindings"] or {}).values()
            for each in ports
        ]
        for network in found["NetworkSettings"]["Networks"]:
            about = (
                json.loads(docker("network", "inspect", network))[0] if network != "none" else {}
            )
            if about and not about["Internal"]:
                outside.append(name)
        assert host["Memory"] and host["PidsLimit"]
        if name != "database":
            assert host["ReadonlyRootfs"] and host["CapDrop"] == ["ALL"], name
            assert "no-new-privileges:true" in host["SecurityOpt"], name
    assert (engine, published, outside) == (["runner"], [("edge", "127.0.0.1")], ["edge"])
    # It began as root to learn the socket's group, and has become somebody else.
    pid = service.container("runner")["State"]["Pid"]
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for child in children:
        status = Path(f"/proc/{child}/status").read_text()
        assert "Uid:\t10001\t10001\t10001\t10001" in status
        assert "CapEff:\t0000000000000000" in status
    assert children


def test_slow_clients_keep_nobody_waiting(service: Stack) -> None:
    head = b"POST /api/figures HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    over = threading.Event()
    with contextlib.ExitStack() as held:
        # All come from one address here, which may hold a hundred.
        slow = [
            held.enter_context(socket.create_connection(("127.0.0.1", service.port)))
            for _ in range(80)
        ]
        for index, each in enumerate(slow):
            each.sendall(b"" if index % 2 else head + b"Content-Length: 999\r\n\r\n{")

        def drip() -> None:
            while not over.wait(0.5):
                for each in slow:
                    with contextlib.suppress(OSError):
                        each.send(b" ")

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            took = []
            for _ in range(30):
                began = time.monotonic()
                assert service.ask("GET", "/api/meta")[0] == 200
                took.append(time.monotonic() - began)
        finally:
            over.set()
            thread.join()
    assert sorted(took)[28] < 0.1 * haste()


@pytest.mark.parametrize("part", ["web", "worker", "runner", "redis", "database", "edge"])
def test_a_part_that_is_killed_comes_back_and_no_figure_is_lost(service: Stack, part: str) -> None:
    figure, drawn = kept(service)
    before, orphans = service.container(part)["State"]["Pid"], service.boxes()
    os.kill(before, signal.SIGKILL)
    until(lambda: service.container(part)["State"]["Pid"] not in (0, before), 20 * haste())
    turn = 0

    def draws() -> bool:
        nonlocal turn
        turn += 1
        return service.paste(f"{CODE}# {part} {turn}\n", seconds=30)[0] == 201

    took = until(draws, 30 * haste())
    print(f"{part}: drawing again {took:.1f} s after it was back, load {haste():.1f}")
    assert took < 5 * haste()
    assert service.ask("GET", f"/api/figures/{figure}/figure.svg") == (200, drawn)
    if part == "runner":
        until(lambda: not orphans & service.boxes(), 10 * haste())


def test_a_run_whose_worker_is_killed_still_ends_well(service: Stack) -> None:
    found: list[int] = []
    thread = threading.Thread(
        target=lambda: found.append(service.paste(SLEEPY, 90, session="w")[0])
    )
    thread.start()
    time.sleep(1.5)
    os.kill(service.container("worker")["State"]["Pid"], signal.SIGKILL)
    thread.join()
    assert found == [201]


def running(service: Stack) -> list[str]:
    """The boxes that run a program: they hold a process beside the zygote, and a line of titles."""
    found = []
    for box in service.boxes():
        with contextlib.suppress(subprocess.CalledProcessError):
            if len(docker("top", box).splitlines()) > 2:
                found.append(box)
    return found


def test_a_run_whose_box_is_killed_still_ends_well(service: Stack) -> None:
    found: list[int] = []
    thread = threading.Thread(
        target=lambda: found.append(service.paste(SLEEPY, 90, session="b")[0])
    )
    thread.start()
    until(lambda: running(service), 30 * haste())
    for box in running(service):
        docker("kill", box)
    thread.join()
    assert found == [201]
