"""Using too much: each row ends with its verdict in time, and the next run of the session works."""

# The programs are tables, one a row.
# ruff: noqa: E501

import time

import pytest
from attacks.limits import CPU, WALL
from attacks.probing import END, PROBE
from runners import SMALL, Asker, exactly, haste

# Past the capture, which makes some of these harmless in Python.
LIBC = "import ctypes\nlibc = ctypes.CDLL(None)\n"

# The capture ends most programs itself, politely; these rows are for what stands behind it.
HARD = "import signal\nsignal.setitimer(signal.ITIMER_VIRTUAL, 0)\n"
JOB = PROBE + "job = next(n for n in range(3, 1000) if is_socket(n))\n"

# name: program, verdict in a box; a third where a process without a box ends otherwise.
ENDINGS: dict[str, tuple[str, ...]] = {
    # --- processor
    "endless loop": (HARD + "while True: pass", "cpu"),
    "eight threads": (
        HARD + "import threading\ndef f():\n    while True: pass\n"
        "for _ in range(8): threading.Thread(target=f).start()\nf()",
        "cpu",
    ),
    "regular expression": (HARD + "import re\nre.match('(a+)+$', 'a' * 40 + 'b')", "cpu"),
    "one instruction": (HARD + "sum(range(10 ** 13))", "cpu"),
    "blas": (
        HARD + "import numpy as np\na = np.random.rand(1500, 1500)\nwhile True: a = a @ a / 1e3",
        "cpu",
    ),
    "ignored signals": (
        LIBC + "for n in range(1, 64): libc.signal(n, ctypes.c_void_p(1))\nwhile True: pass",
        "cpu",
    ),
    "stubborn": (
        HARD + "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "cpu",
    ),
    # --- clock
    "sleep": (LIBC + "libc.sleep(60)\nwhile True: libc.sleep(60)", "wall"),
    "stopped": (LIBC + "libc.kill(libc.getpid(), 19)", "wall"),
    # --- memory
    "touched shared pages": (
        LIBC + "import mmap\nm = mmap.mmap(-1, 3 << 29)\n"
        "ctypes.memset(ctypes.addressof(ctypes.c_char.from_buffer(m)), 1, 3 << 29)",
        "memory",
        "done",
    ),
    # --- answers
    "endless answer": (
        JOB + "while True: os.write(job, b'\\x01' + (1 << 20).to_bytes(4, 'big') + bytes(1 << 20))",
        "output",
    ),
    "announced answer": (
        JOB + "os.write(job, b'\\x02' + b'\\xff' * 4)\nlibc.sleep(60)",
        "output",
    ),
    "half an answer": (
        JOB + "os.write(job, b'\\x02' + (1 << 20).to_bytes(4, 'big') + b'{')\nlibc._exit(0)",
        "crash",
    ),
    "no answer": (JOB + "os.write(job, b'\\x07\\0\\0\\0\\0')\nlibc._exit(0)", "crash"),
    # --- ends of the process
    "abort": (LIBC + "libc.abort()", "crash"),
    "null": ("import ctypes\nctypes.string_at(0)", "crash"),
    "stack": ("import faulthandler\nfaulthandler._stack_overflow()", "crash"),
    "leave": (LIBC + "libc._exit(0)", "crash"),
    # Killed by nobody's order and not for time: as the kernel's own end for memory looks.
    "own kill": (LIBC + "libc.kill(libc.getpid(), 9)", "memory"),
    "at exit": (
        "import atexit\ndef f():\n    while True: pass\natexit.register(f)\n" + SMALL,
        "done",
    ),
}


# Seconds of the processor after the limit until what ends these comes: where no exception is
# heard the kernel's signal, where that is ignored its kill.
LATER = {"one instruction": 1, "stubborn": 1, "ignored signals": 2}


@pytest.mark.parametrize("name", ENDINGS)
def test_ends_with_its_verdict(boxed: Asker, name: str) -> None:
    code, *verdicts = ENDINGS[name]
    before = boxed.status()
    reply = boxed.run(code, session="limits")
    cpu = CPU + LATER.get(name, 0)
    exactly(reply, verdicts[-1 if before["kind"] == "local" else 0], cpu, WALL)
    assert reply.ran < WALL + 1 + 0.5 * haste()
    assert (reply.message == "") == (reply.verdict == "done")
    # Whatever the run did, process 1 of its box has not died of it.
    lost = boxed.status()["counters"].get("boxes.lost", 0)
    assert lost == before["counters"].get("boxes.lost", 0)
    began = time.monotonic()
    after = boxed.run(SMALL, session="limits")
    assert after.verdict == "done"
    assert [model["parameters"] for model in after.capture["models"]] == [13610]
    # A box that was given up is replaced; with two warm ones that is no wait.
    assert time.monotonic() - began < 4.5 * haste()


POLITE = {
    "endless loop": "while True: pass",
    "endless loop after a model": SMALL + "while True: pass",
    "regular expression": "import re\nre.match('(a+)+$', 'a' * 40 + 'b')",
}


@pytest.mark.parametrize("name", POLITE)
def test_the_capture_ends_a_long_program_before_its_limits_do(boxed: Asker, name: str) -> None:
    reply = boxed.run(POLITE[name], session="polite")
    assert reply.verdict == "done", reply
    told = [*reply.capture["warnings"], *filter(None, [reply.capture["error"]])]
    assert {"time", "time-limit"} & {each["code"] for each in told}, reply
    assert bool(reply.capture["models"]) == ("model" in name)


HELD = {
    "one large array": "attempt('x', lambda: bytearray(20 << 30))",
    "ten gigabytes of text": "attempt('x', lambda: 'x' * 10 ** 10)",
    "list for ever": "def f():\n    a = []\n    while True: a.append(bytearray(1 << 20))\nattempt('x', f)",
    "doubling": "def f():\n    a = [0]\n    while True: a += a\nattempt('x', f)",
    "malloc": "libc.malloc.restype = ctypes.c_void_p\n"
    "attempt('x', lambda: [libc.malloc(1 << 26) or 1 / 0 for _ in range(100)])",
    "fallocate": "attempt('x', lambda: os.posix_fallocate(os.open('f', 66), 0, 200 << 20))",
    "sparse": "attempt('x', lambda: os.truncate(os.open('f', 66), 1 << 60))",
    "descriptors": "attempt('x', lambda: [os.open('/dev/null', 0) for _ in range(1000)])",
    "core": "import resource\nattempt('x', lambda: resource.setrlimit(resource.RLIMIT_CORE, (1, 1)))",
}


# A process alone has no such limits.
HELD_IN_A_BOX = {
    "threads": "import _thread, time\nattempt('x', lambda: [_thread.start_new_thread(time.sleep, (9,)) for _ in range(5000)])",
    "disk": "def f():\n    for n in range(1000):\n        open(f'f{n}', 'wb').write(bytes(4 << 20))\nattempt('x', f)",
    "inodes": "def f():\n    for n in range(200000): libc.close(libc.creat(b'i%d' % n, 0o600)) and 1 / 0\nattempt('x', f)",
}


def held(boxed: Asker, code: str) -> None:
    reply = boxed.run(PROBE + code + END, session="held")
    assert reply.verdict == "done", reply
    assert reply.capture["x"].startswith("held"), reply


@pytest.mark.parametrize("name", HELD)
def test_is_refused_inside_the_run(boxed: Asker, name: str) -> None:
    held(boxed, HELD[name])


@pytest.mark.parametrize("boxed", ["docker"], indirect=True)
@pytest.mark.parametrize("name", HELD_IN_A_BOX)
def test_is_refused_inside_a_box(boxed: Asker, name: str) -> None:
    held(boxed, HELD_IN_A_BOX[name])


def test_what_is_left_on_disk_is_gone_for_the_next_run(boxed: Asker) -> None:
    mess = """
for n in range(200):
    os.makedirs("/".join([f"d{n}"] * 3), exist_ok=True)
os.chmod("d1", 0)
os.makedirs("deep")
os.chdir("deep")
for n in range(300):
    os.mkdir("n" * 200); os.chdir("n" * 200)
FOUND["x"] = "made"
"""
    assert boxed.run(PROBE + mess + END, session="mess").capture == {"x": "made"}
    look = "FOUND.update(left=os.listdir('.'), space=os.statvfs('.').f_favail)"
    found = boxed.run(PROBE + look + END, session="mess").capture
    assert found["left"] == []
    if boxed.status()["kind"] == "docker":
        assert found["space"] > 1000


def test_nothing_leaks_over_all_of_these(boxed: Asker) -> None:
    """Runs last in this file: after every row above, the counts are what they were."""
    status = boxed.wait_for(lambda s: s["boxes"]["busy"] == 0 and s["boxes"]["starting"] == 0, 60)
    assert status["queue"]["running"] == 0 and status["queue"]["waiting"] == 0
    assert status["counters"].get("boxes.swept", 0) == 0
    assert status["boxes"]["warm"] + status["boxes"]["leased"] <= status["boxes"]["cap"]


SOURCES = {
    "empty": "",
    "comments": "# nothing\n",
    "nul": "x = 1\0\n",
    "byte order mark": "\ufeff" + SMALL,
    "surrogate": "x = '\ud800'\n",
    "carriage returns": SMALL.replace("\n", "\r"),
    "parentheses": "x = " + "(" * 3000 + ")" * 3000,
    "minuses": "x = " + "-" * 200_000 + "1",
    "one long line": "x = [" + "1," * 400_000 + "]",
    "string literals": "x = (" + "'a'\n" * 200_000 + ")",
    "else ifs": "if 0: pass\n" + "elif 0: pass\n" * 3000,
    "nested calls": "f(" * 500 + ")" * 500,
    "bidirectional": "# \u202e\u2066 evil\nx = '\u202e'\n" + SMALL,
    "indentation": "if True:\n\tx = 1\n        y = 2\n",
    "form feed": "\f\nx = 1\n",
    "await": "await x",
    "future late": "x = 1\nfrom __future__ import annotations\n",
    "coding": "# -*- coding: latin-1 -*-\nx = 'é'\n",
    "bad coding": "# -*- coding: no-such -*-\nx = 1\n",
    "bytes": bytes(range(256)).decode("latin-1"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_any_source_text_gets_an_answer(boxed: Asker, name: str) -> None:
    reply = boxed.run(SOURCES[name], session="sources")
    assert reply.verdict in ("done", "memory", "crash", "cpu", "wall"), reply
