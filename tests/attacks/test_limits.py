"""Using too much: each row ends with its verdict in time, and the next run of the session works."""

# The programs are tables, one a row.
# ruff: noqa: E501

import time

import pytest
from attacks.probing import END, PROBE, overloaded
from runners import SMALL, Asker, Reply

# What the wall limit of the fixture allows, plus what a verdict may take, plus a loaded machine.
LATEST = 8 + 1 + 3.0

# Past the capture, which makes some of these harmless in Python.
LIBC = "import ctypes\nlibc = ctypes.CDLL(None)\n"

# "stopped": the capture saw the end of its time coming and ended the program at a line, with a
# warning that says so. The other endings are verdicts of the runner, for programs past the capture.
ENDINGS = {
    # --- processor
    "endless loop": ("while True: pass", {"stopped"}),
    "eight threads": (
        (
            "import threading\ndef f():\n    while True: pass\n"
            "for _ in range(8): threading.Thread(target=f).start()\nf()"
        ),
        {"stopped"},
    ),
    "regular expression": (
        "import re\nre.match('(a+)+$', 'a' * 40 + 'b')",
        {"stopped"},
    ),
    "power": ("x = 9 ** (9 ** 9)", {"stopped", "cpu", "memory"}),
    "sleep": (LIBC + "libc.sleep(60)\nwhile True: libc.sleep(60)", {"wall"}),
    "stubborn sleep": (
        LIBC + "while True:\n    try:\n        libc.sleep(60)\n    except BaseException: pass",
        {"wall"},
    ),
    "ignored signals": (
        (
            "import signal\nfor n in range(1, 64):\n    try: signal.signal(n, signal.SIG_IGN)\n"
            "    except Exception: pass\nwhile True: pass"
        ),
        {"cpu"},
    ),
    "stopped": (LIBC + "libc.kill(libc.getpid(), 19)", {"wall"}),
    "blas": (
        "import numpy as np\na = np.random.rand(1500, 1500)\nwhile True: a = a @ a / 1e3",
        {"stopped", "cpu"},
    ),
    "at exit": (
        "import atexit\ndef f():\n    while True: pass\natexit.register(f)\n" + SMALL,
        {"done"},
    ),
    # --- memory
    "touched shared pages": (
        ("import mmap\nm = mmap.mmap(-1, 2 << 30)\nfor i in range(0, 2 << 30, 4096): m[i] = 1"),
        {"memory", "stopped"},
    ),
    # --- ends of the process
    "abort": (LIBC + "libc.abort()", {"crash"}),
    "null": ("import ctypes\nctypes.string_at(0)", {"crash"}),
    "stack": ("import faulthandler\nfaulthandler._stack_overflow()", {"crash"}),
    "leave": (LIBC + "libc._exit(0)", {"crash"}),
    "own kill": (LIBC + "libc.kill(libc.getpid(), 9)", {"memory"}),
}


def ending(reply: Reply) -> str:
    """The verdict, or "stopped"."""
    warned = [warning["code"] for warning in (reply.capture or {}).get("warnings", [])]
    return "stopped" if reply.verdict == "done" and "time" in warned else reply.verdict


@pytest.mark.parametrize("name", ENDINGS)
def test_ends_with_its_verdict(boxed: Asker, name: str) -> None:
    code, endings = ENDINGS[name]
    reply = boxed.run(code, session="limits")
    if endings & {"stopped", "cpu"} and overloaded():
        # Who computes and hardly gets a processor meets the limits in another order.
        endings = endings | {"stopped", "cpu", "wall"}
    assert ending(reply) in endings, reply
    assert reply.ran < LATEST
    assert (reply.message == "") == (reply.verdict == "done")
    began = time.monotonic()
    after = boxed.run(SMALL, session="limits")
    assert after.verdict == "done"
    assert [model["parameters"] for model in after.capture["models"]] == [13610]
    # A box that was given up is replaced; with two warm ones that is no wait.
    assert time.monotonic() - began < 30


HELD = {
    "one large array": "attempt('x', lambda: bytearray(20 << 30))",
    "ten gigabytes of text": "attempt('x', lambda: 'x' * 10 ** 10)",
    "list for ever": "def f():\n    a = []\n    while True: a.append(bytearray(1 << 20))\nattempt('x', f)",
    "doubling": "def f():\n    a = [0]\n    while True: a += a\nattempt('x', f)",
    "malloc": "libc.malloc.restype = ctypes.c_void_p\n"
    "attempt('x', lambda: [libc.malloc(1 << 26) or 1 / 0 for _ in range(100)])",
    "threads": "import _thread, time\nattempt('x', lambda: [_thread.start_new_thread(time.sleep, (9,)) for _ in range(5000)])",
    "disk": "def f():\n    for n in range(1000):\n        open(f'f{n}', 'wb').write(bytes(4 << 20))\nattempt('x', f)",
    "inodes": "def f():\n    for n in range(200000): libc.close(libc.creat(b'i%d' % n, 0o600)) and 1 / 0\nattempt('x', f)",
    "fallocate": "attempt('x', lambda: os.posix_fallocate(os.open('f', 66), 0, 200 << 20))",
    "sparse": "attempt('x', lambda: os.truncate(os.open('f', 66), 1 << 60))",
    "descriptors": "attempt('x', lambda: [os.open('/dev/null', 0) for _ in range(1000)])",
    "core": "import resource\nattempt('x', lambda: resource.setrlimit(resource.RLIMIT_CORE, (1, 1)))",
}


@pytest.mark.parametrize("name", HELD)
def test_is_refused_inside_the_run(boxed: Asker, name: str) -> None:
    if name in ("disk", "inodes", "threads") and boxed.status()["kind"] != "docker":
        pytest.skip("needs a box: a process alone has no such limit")
    reply = boxed.run(PROBE + HELD[name] + END, session="held")
    assert reply.verdict == "done", reply
    assert reply.capture["x"].startswith("held"), reply


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
