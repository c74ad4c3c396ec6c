"""The runner with real processes, over its socket."""

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from netfig_sandbox import protocol
from runners import LIGHT, Asker, exactly, runner


def pids(asker: Asker) -> set[int]:
    """The zygotes of one runner, also once it is gone: their command lines name its folder."""
    found = set()
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    line = file.read()
            except OSError:
                continue
            if b"light_zygote.py" in line and str(asker.path.parent).encode() in line:
                found.add(int(name))
    return found


def parent_of_a_run(asker: Asker) -> int:
    """A zygote that has a child, once there is one."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for pid in pids(asker):
            children = Path(f"/proc/{pid}/task/{pid}/children")
            if children.exists() and children.read_text().strip():
                return pid
        time.sleep(0.01)
    raise AssertionError("no run")


def test_a_run_says_what_it_printed(light: Asker) -> None:
    reply = light.run("print('hello', 6 * 7)")
    assert (reply.verdict, reply.printed, reply.message) == ("done", "hello 42\n", "")
    assert reply.stages == [{"stage": "running"}]
    assert reply.tier == "local"


def test_a_program_that_fails_is_done_and_says_so(light: Asker) -> None:
    reply = light.run("1 / 0")
    assert reply.verdict == "done"
    assert reply.capture["error"] == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        ("while True: pass", "cpu"),
        (
            "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
            "cpu",
        ),
        (
            "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nx = 9**(9**9)",
            "cpu",
        ),
        ("import time\ntime.sleep(60)", "wall"),
        (
            "import signal\nsignal.pthread_sigmask(0, range(1, 64))\nsignal.pause()",
            "wall",
        ),
        ("x = bytearray(10 << 30)", "done"),
        ("raise MemoryError", "done"),
        ("import os\nos.abort()", "crash"),
        ("import os\nos._exit(0)", "crash"),
        ("import os, time\nos.kill(os.getpid(), 19)", "wall"),
    ],
)
def test_endings(light: Asker, code: str, verdict: str) -> None:
    reply = light.run(code)
    exactly(reply, verdict, 1, 5)
    assert reply.seconds < 5 + 1.5
    assert light.run("print(1)").printed == "1\n"


def test_what_was_published_before_the_end_is_delivered(light: Asker) -> None:
    reply = light.run(
        "options['publish']({'n': 1}); options['publish']({'n': 2})\nwhile True: pass"
    )
    exactly(reply, "cpu", 1, 5)
    assert reply.capture == {"n": 2}


def test_time_up_is_raised_inside_the_program(light: Asker) -> None:
    reply = light.run(
        "def spin():\n    while True: pass\ntry:\n    spin()\nexcept BaseException as e:\n"
        "    options['publish']({'end': f'{type(e).__name__}: {e}'})"
    )
    exactly(reply, "cpu", 1, 5)
    assert reply.capture["output"] == ""  # the program went on to its end, and was heard


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        ("write(b'\\x02' + (5).to_bytes(4, 'big') + b'{\"a\":')", "crash"),
        ("write(b'\\x02\\xff\\xff\\xff\\xff')", "output"),
        ("write(b'\\x09' + bytes(4))", "crash"),
        ("write(b'\\x02' + (2).to_bytes(4, 'big') + b'[]'); os._exit(0)", "crash"),
        (
            "body = b'[' * 90000; write(frame(2, b'{\"a\":' + body)); os._exit(0)",
            "crash",
        ),
        (
            "body = b'{\"a\":' + b'[' * 40 + b']' * 40 + b'}'; write(frame(2, body)); os._exit(0)",
            "crash",
        ),
        ("write(frame(2, b'{\"a\": NaN}')); os._exit(0)", "crash"),
        ("write(frame(2, b'{}')); write(frame(2, b'{}')); os._exit(0)", "crash"),
        (
            "[write(frame(1, b'{\"a\":\"' + b'x' * 1900000 + b'\"}')) for i in range(50)]",
            "output",
        ),
        ("write(b'junk' * 1000000)", "crash"),
        ("options['publish']({'a': 'x' * 2100000})", "output"),
    ],
)
def test_forged_frames_harm_their_own_run_alone(light: Asker, code: str, verdict: str) -> None:
    prelude = (
        "import os\njob = next(n for n in range(3, 64) if os.readlink(f'/proc/self/fd/{n}'))\n"
        if False
        else "import os, stat\n"
        "def is_socket(n):\n"
        "    try: return stat.S_ISSOCK(os.fstat(n).st_mode)\n"
        "    except OSError: return False\n"
        "job = next(n for n in range(3, 1000) if is_socket(n))\n"
        "def write(b):\n"
        "    while b: b = b[os.write(job, b):]\n"
        "def frame(kind, b): return bytes([kind]) + len(b).to_bytes(4, 'big') + b\n"
    )
    reply = light.run(prelude + code)
    assert reply.verdict == verdict, reply
    assert light.run("print(1)").printed == "1\n"


def test_hanging_up_ends_the_run(light: Asker) -> None:
    for _ in range(5):
        connection = light.send("import time\ntime.sleep(60)", session="gone")
        assert protocol.receive(connection, 10_000) == {"stage": "running"}
        connection.close()
    light.wait_for(lambda s: s["boxes"]["busy"] == 0 and s["queue"]["running"] == 0, 1.0)
    assert light.run("print(1)", session="gone").printed == "1\n"


def test_the_newest_run_of_a_session_wins(light: Asker) -> None:
    first = light.send("import time\ntime.sleep(60)", session="tabs")
    assert protocol.receive(first, 10_000) == {"stage": "running"}
    second = light.run("print(2)", session="tabs")
    assert second.printed == "2\n"
    assert light.finish(first).verdict == "cancelled"


def test_many_sessions_wait_their_turn(light: Asker) -> None:
    slots = light.status()["queue"]["slots"]
    open_ones = [
        light.send("import time\ntime.sleep(0.2)\nprint(1)", session=f"q{n}")
        for n in range(slots + 2)
    ]
    replies = [light.finish(each) for each in open_ones]
    assert {reply.verdict for reply in replies} == {"done"}
    assert any({"stage": "waiting", "position": 0} in reply.stages for reply in replies)


@pytest.mark.parametrize(
    "request_",
    [
        {"session": "../x", "run": "r", "code": ""},
        {"session": "", "run": "r", "code": ""},
        {"session": "a" * 129, "run": "r", "code": ""},
        {"session": "a", "run": 7, "code": ""},
        {"session": "a", "run": "r", "code": None},
        {"session": "a", "run": "r"},
        {"session": "a", "run": "r", "code": "", "options": []},
        {"session": "a", "run": "r", "code": "", "options": {"x": "y" * 70_000}},
        {"session": "a", "run": "r", "code": "#" * 1_000_001},
        {},
    ],
)
def test_what_is_no_request_is_refused(light: Asker, request_: dict[str, object]) -> None:
    connection = light.connect()
    protocol.send(connection, request_)
    assert light.finish(connection).verdict == "policy"


@pytest.mark.parametrize(
    "raw", [b"GET / HTTP/1.1\r\n\r\n", struct.pack(">I", 0), b"\0\0\0\x05[1,2]"]
)
def test_bytes_that_are_no_frame_are_refused(light: Asker, raw: bytes) -> None:
    connection = light.connect()
    connection.sendall(raw)
    assert light.finish(connection).verdict == "policy"


def test_code_is_handed_over_byte_for_byte(light: Asker) -> None:
    text = "\x00\ud800'\"\\\n\r\u202e\U0001f600 " * 1000
    reply = light.run(
        f"import hashlib\ntext = {text!r}\nprint(len(text), options['same'] == text[:9])",
        same=text[:9],
    )
    assert reply.printed == f"{len(text)} True\n"


def test_a_dead_zygote_is_replaced_and_the_run_repeated() -> None:
    with runner("--warm", "1", light=True) as (asker, _):
        assert asker.run("print(1)").printed == "1\n"
        connection = asker.send("import time\ntime.sleep(2)\nprint('second time')")
        assert protocol.receive(connection, 10_000) == {"stage": "running"}
        os.kill(parent_of_a_run(asker), signal.SIGKILL)
        assert asker.finish(connection).printed == "second time\n"
        assert asker.status()["counters"]["boxes.lost"] >= 1


def test_a_box_ends_with_its_lease_and_nothing_is_left() -> None:
    with runner("--warm", "1", "--cap", "2", "--jobs", "1", light=True) as (
        asker,
        process,
    ):
        for n in range(4):
            assert asker.run(f"print({n})", session=f"s{n}").printed == f"{n}\n"
        status = asker.wait_for(lambda s: s["boxes"]["leased"] == 0)
        assert status["boxes"]["warm"] <= 1
        files = len(os.listdir(f"/proc/{process.pid}/fd"))
        for n in range(20):
            asker.run("print(1)", session=f"t{n}")
        asker.wait_for(lambda s: s["boxes"]["leased"] == 0 and s["boxes"]["warm"] == 1)
        assert len(os.listdir(f"/proc/{process.pid}/fd")) <= files + 4
    deadline = time.monotonic() + 5
    while pids(asker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert pids(asker) == set()


def test_more_sessions_than_boxes_are_told_to_come_back() -> None:
    with runner("--warm", "1", "--cap", "1", light=True) as (asker, _):
        assert asker.run("print(1)", session="first").printed == "1\n"
        reply = asker.run("print(2)", session="second")
        assert reply.verdict == "busy"
        assert asker.run("print(3)", session="first").printed == "3\n"


def test_a_killed_runner_leaves_no_zygote() -> None:
    with runner("--warm", "1", light=True) as (asker, process):
        connection = asker.send("import time\ntime.sleep(60)")
        assert protocol.receive(connection, 10_000) == {"stage": "running"}
        process.kill()
        process.wait()
        deadline = time.monotonic() + 5
        while pids(asker) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert pids(asker) == set()
        # What they wrote lies where the next runner clears it away.
        assert list(asker.path.parent.glob("boxes/b-*/runs"))
        again = [sys.executable, str(LIGHT.parent / "light_runner.py"), "--socket", str(asker.path)]
        with subprocess.Popen([*again, "--warm", "0"], stderr=subprocess.DEVNULL) as next_one:
            asker.wait_for(lambda s: s["kind"] == "local", 20)
            assert not list(asker.path.parent.glob("boxes/*"))
            next_one.terminate()


def test_slow_and_silent_clients_keep_nobody_waiting(light: Asker) -> None:
    silent = [light.connect() for _ in range(100)]
    for each in silent[:50]:
        each.send(b"\0\0")
    began = time.monotonic()
    assert light.run("print(1)").printed == "1\n"
    assert time.monotonic() - began < 1.0
    for each in silent:
        each.close()


def test_hammering_one_session_from_many_threads_ends_well(light: Asker) -> None:
    seen: list[str] = []

    def ask() -> None:
        for _ in range(10):
            seen.append(light.run("print(1)", session="hammer").verdict)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert len(seen) == 80
    assert set(seen) <= {"done", "cancelled"}
    assert "done" in seen
    light.wait_for(lambda s: s["queue"]["running"] == 0 and s["queue"]["waiting"] == 0, 2)


def test_the_socket_is_closed_to_other_users(light: Asker) -> None:
    assert os.stat(light.path).st_mode & 0o007 == 0
    assert light.connect().family == socket.AF_UNIX


def test_a_box_that_nobody_waits_for_is_begun_when_a_slot_is_free() -> None:
    with runner("--warm", "1", "--slots", "1", light=True) as (asker, _):
        connection = asker.send("import time\ntime.sleep(3)\nprint(1)")
        time.sleep(2.5)
        status = asker.status()
        assert status["counters"]["boxes.started"] == 1 and status["boxes"]["starting"] == 0
        # Somebody waits for one: begun at once.
        other = asker.send("print(2)", session="other")
        asker.wait_for(lambda s: s["boxes"]["leased"] == 2, 2)
        assert [asker.finish(each).printed for each in (connection, other)] == ["1\n", "2\n"]
        asker.wait_for(lambda s: s["boxes"]["warm"] == 1, 4)


def test_long_runs_keep_short_ones_waiting_for_a_moment_alone() -> None:
    with runner("--warm", "3", "--slots", "1", light=True, ready=3) as (asker, _):
        long = [asker.send("import time\ntime.sleep(4)", session=f"long{n}") for n in range(2)]
        began = time.monotonic()
        assert asker.run("print(1)", session="short").printed == "1\n"
        # Each gives its slot away when it is long.
        assert time.monotonic() - began < 3.9
        began = time.monotonic()
        assert asker.run("print(1)", session="short").printed == "1\n"
        assert time.monotonic() - began < 0.5
        assert {asker.finish(each).verdict for each in long} == {"done"}
