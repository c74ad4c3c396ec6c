"""Boxes in a real container engine: their flags as the engine reports them, their deaths."""

import json
import subprocess
import sys
import time
from typing import Any

import pytest
from netfig_sandbox import limits, protocol
from netfig_sandbox.profile import profile
from netfig_sandbox.version import image
from runners import SMALL, Asker, runner

pytestmark = [pytest.mark.needs("docker"), pytest.mark.slow]
OWNER = "netfig-test-box"


def docker(*arguments: str) -> str:
    return subprocess.run(
        ["docker", *arguments], capture_output=True, text=True, check=True
    ).stdout.strip()


def boxes() -> list[str]:
    return docker("ps", "-aq", "--filter", f"label=netfig.sandbox={OWNER}").split()


def wait_until_none(seconds: float) -> None:
    end = time.monotonic() + seconds
    while boxes() and time.monotonic() < end:
        time.sleep(0.2)
    assert boxes() == []


def test_flags_are_what_the_design_demands() -> None:
    with runner("--guest", "docker", "--owner", OWNER, "--warm", "1") as (asker, _):
        status = asker.status()
        print(f"tier {status['tier']}, walls {status['walls']}")
        found: dict[str, Any] = json.loads(docker("inspect", boxes()[0]))[0]
        host, config = found["HostConfig"], found["Config"]
        assert config["User"] == "65534:65534"
        assert host["NetworkMode"] == "none" and host["IpcMode"] == "none"
        assert host["ReadonlyRootfs"] and host["CapDrop"] == ["ALL"] and not host["CapAdd"]
        assert not host["Privileged"] and host["PidMode"] == "" and not host["Devices"]
        assert "no-new-privileges" in host["SecurityOpt"]
        assert f"seccomp={profile()}" in host["SecurityOpt"]
        assert host["Memory"] == host["MemorySwap"] == limits.BOX_MEMORY
        assert host["PidsLimit"] == limits.BOX_PROCESSES
        assert host["NanoCpus"] == 1_000_000_000 and host["OomScoreAdj"] == 500
        assert host["LogConfig"]["Type"] == "none"
        assert "noexec" in host["Tmpfs"]["/tmp"] and list(host["Tmpfs"]) == ["/tmp"]
        assert [(m["Destination"], m["RW"]) for m in found["Mounts"]] == [("/run/z", False)]
        assert not host["Binds"] and config["Hostname"] == "box"
        assert not any("PROXY" in each.upper() or "CERT" in each for each in config["Env"])
        assert found["Image"].startswith("sha256:")
    wait_until_none(10)


def test_the_image_gives_no_rights_and_holds_no_certificates() -> None:
    look = ["run", "--rm", "--network", "none", "--user", "0", "--entrypoint", "/usr/bin/find"]
    assert docker(*look, image(), "/", "-xdev", "-perm", "/6000", "-type", "f") == ""
    assert docker(*look, image(), "/tmp", "/app", "-name", "*.crt") == ""


def test_a_box_killed_in_the_middle_is_replaced_and_the_run_repeated() -> None:
    code = "import ctypes\nctypes.CDLL(None).usleep(900000)\n" + SMALL
    with runner("--guest", "docker", "--owner", OWNER, "--warm", "2") as (asker, _):
        asker.wait_for(lambda s: s["boxes"]["warm"] == 2)
        before = set(boxes())
        connection = asker.send(code)
        assert protocol.receive(connection, 10_000) == {"stage": "running"}
        time.sleep(0.3)
        busy = [box for box in before if "usleep" in code and _processes(box) > 1]
        assert len(busy) == 1
        docker("kill", busy[0])
        assert asker.finish(connection).verdict == "done"
        assert asker.status()["counters"]["boxes.lost"] == 1
    wait_until_none(10)


def _processes(box: str) -> int:
    return len(docker("top", box, "-eo", "pid").splitlines()) - 1


def test_a_runner_killed_leaves_no_boxes_once_the_next_one_is_up() -> None:
    with runner("--guest", "docker", "--owner", OWNER, "--warm", "1") as (asker, process):
        assert asker.run(SMALL).verdict == "done"
        orphans = set(boxes())
        assert orphans
        process.kill()
        process.wait()
    # Their zygotes heard it, and the engine clears away what ended.
    wait_until_none(10)
    with runner("--guest", "docker", "--owner", OWNER, "--warm", "1") as (asker, _):
        assert orphans & set(boxes()) == set()
        assert asker.run(SMALL).verdict == "done"
    wait_until_none(10)


def test_no_engine_is_said_plainly() -> None:
    process = subprocess.run(
        [*(sys.executable, "-m", "netfig_sandbox.runner"), "--socket", "x", "--guest", "docker"],
        env={"DOCKER_HOST": "unix:///nonexistent.sock", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 1
    assert "make engine" in process.stderr


def test_shares_fall_while_a_run_is_long_and_rise_again() -> None:
    def shares(asker: Asker) -> set[int]:
        return {json.loads(docker("inspect", box))[0]["HostConfig"]["CpuShares"] for box in boxes()}

    with runner("--guest", "docker", "--owner", OWNER, "--warm", "0", ready=0) as (asker, _):
        assert asker.run(SMALL).verdict == "done"
        assert shares(asker) == {limits.SHARES}
        connection = asker.send("import ctypes\nctypes.CDLL(None).sleep(4)")
        time.sleep(limits.AGE_SECONDS + 0.2)
        end = time.monotonic() + 2
        while shares(asker) != {limits.SHARES_AGED}:
            assert time.monotonic() < end
        assert asker.finish(connection).verdict == "done"
        # Not at once: a session that never pauses stays where it is.
        assert asker.run(SMALL).verdict == "done"
        assert shares(asker) == {limits.SHARES_AGED}
        time.sleep(2)
        assert asker.run(SMALL).verdict == "done"
        assert shares(asker) == {limits.SHARES}
    wait_until_none(10)
