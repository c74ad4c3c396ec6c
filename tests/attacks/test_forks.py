"""A zygote that has computed hangs its children: it must refuse to begin, and never begin to."""

# The programs are tables, one a row.
# ruff: noqa: E501

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import tools
from attacks.probing import overloaded
from netfig_sandbox import version
from netfig_sandbox.guest import wire
from netfig_sandbox.guest.libraries import ENVIRONMENT
from netfig_sandbox.local import guest_python
from netfig_sandbox.protocol import decode
from runners import SMALL, Asker

EAGER = {
    "operation": "import tensorflow as tf\nprint(float(tf.reduce_sum(tf.ones((3, 3)) @ tf.ones((3, 3)))))",
    "data": "import tensorflow as tf\n"
    "print(sum(int(x) for x in tf.data.Dataset.range(100).map(lambda v: v * 2, num_parallel_calls=4)))",
    "fit": "import keras, numpy as np\n"
    "m = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])\n"
    "m.compile('sgd', 'mse')\nm.fit(np.ones((8, 4)), np.ones((8, 2)), verbose=0)\n",
    "predict": "import keras, numpy as np\n"
    "m = keras.Sequential([keras.Input((4,)), keras.layers.LSTM(2) if 0 else keras.layers.Dense(2)])\n"
    "m.predict(np.ones((8, 4)), verbose=0)",
    "linear algebra": "import numpy as np\nprint(np.linalg.svd(np.random.rand(200, 200))[1].shape)",
}


@pytest.mark.parametrize("name", EAGER)
def test_a_run_may_compute(boxed: Asker, name: str) -> None:
    reply = boxed.run(EAGER[name], session="eager")
    assert reply.verdict == "done", reply
    assert reply.seconds < 4 or overloaded()


def first_packet(tmp_path: Path, program: str, environment: dict[str, str]) -> dict[str, object]:
    """What a zygote started with this program says first."""
    path = tmp_path / "s.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(path))
        listener.listen(1)
        listener.settimeout(60)
        with subprocess.Popen(
            [str(guest_python()), "-c", program, str(path), str(tmp_path)],
            env={**environment, "PYTHONPATH": str(version.PACKAGE.parent)},
            stderr=subprocess.DEVNULL,
        ) as process:
            control, _ = listener.accept()
            control.settimeout(60)
            found = decode(control.recv(65536))
            control.close()
            process.wait(20)
    return found


PLAIN = "import sys\nfrom netfig_sandbox.guest import zygote\nsys.exit(zygote.main(sys.argv[1:]))"
WARMED = """
import sys
from netfig_sandbox.guest import zygote
def load():
    capture = zygote.imports()
    import keras
    keras.Sequential([keras.Input((4,)), keras.layers.LSTM(2)])(keras.ops.ones((1, 4, 4))) if 0 else None
    import tensorflow as tf
    float(tf.reduce_sum(tf.ones((64, 64)) @ tf.ones((64, 64))))
    return capture
sys.exit(zygote.main(sys.argv[1:], load))
"""
BROKEN = """
import sys
from netfig_sandbox.guest import zygote
def load(): raise ImportError("no such library")
sys.exit(zygote.main(sys.argv[1:], load))
"""


@pytest.mark.needs("guest")
def test_a_zygote_that_has_computed_is_refused(tmp_path: Path) -> None:
    if not tools.local_guest():
        pytest.skip(tools.reason("guest"))
    assert "threads" in str(first_packet(tmp_path, WARMED, ENVIRONMENT).get("refused"))


@pytest.mark.needs("guest")
def test_a_zygote_that_has_only_imported_is_not(tmp_path: Path) -> None:
    if not tools.local_guest():
        pytest.skip(tools.reason("guest"))
    found = first_packet(tmp_path, PLAIN, ENVIRONMENT)
    assert "refused" not in found
    assert found["walls"]["seccomp"] is True  # type: ignore[index]


@pytest.mark.needs("guest")
def test_a_zygote_that_cannot_import_says_why(tmp_path: Path) -> None:
    if not tools.local_guest():
        pytest.skip(tools.reason("guest"))
    assert "no such library" in str(first_packet(tmp_path, BROKEN, ENVIRONMENT)["refused"])


def test_a_run_without_its_walls_does_not_run(tmp_path: Path) -> None:
    """A kernel without Landlock, as the process sees it: the run ends before the paste begins."""
    program = """
import os, sys
from netfig_sandbox.guest import child, landlock
landlock.version = lambda: 0
child.run(int(sys.argv[1]), sys.argv[2], lambda code, options: {"ran": True}, weak=sys.argv[3] == "weak")
"""
    for weak, status in (("strict", wire.NO_WALLS), ("weak", 0)):
        ours, theirs = socket.socketpair()
        limits = {
            "cpu": 2,
            "wall": 2,
            "address": 3 << 30,
            "written": 1 << 30,
            "file": 1 << 20,
        }
        body = {"code": "", "options": {}, "limits": {**limits, "open_files": 64}}
        encoded = __import__("json").dumps(body).encode()
        ours.sendall(wire.LENGTH.pack(len(encoded)) + encoded)
        process = subprocess.run(
            [sys.executable, "-c", program, str(theirs.fileno()), str(tmp_path), weak],
            pass_fds=[theirs.fileno()],
            env={**os.environ, "PYTHONPATH": str(version.PACKAGE.parent)},
            check=False,
        )
        theirs.close()
        assert process.returncode == status
        assert (b'"ran":true' in ours.recv(1000)) == (weak == "weak")


def zygotes(boxed: Asker) -> dict[int, dict[str, float]]:
    """Process 1 of every box: its threads, descriptors, children, and resident mebibytes."""
    if boxed.status()["kind"] == "docker":
        listed = ["docker", "ps", "-q", "--filter", "label=netfig.sandbox=netfig-attacks"]
        ids = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()
        shown = ["docker", "inspect", "-f", "{{.State.Pid}}", *ids]
        pids = subprocess.run(shown, capture_output=True, text=True, check=False).stdout.split()
    else:
        with boxed.connect() as connection:
            # The process at the other end of the socket.
            peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        runner = int.from_bytes(peer[:4], sys.byteorder)
        # A child belongs to the thread that started it.
        tasks = Path(f"/proc/{runner}/task").glob("*/children")
        pids = [pid for children in tasks for pid in children.read_text().split()]
    found = {}
    for pid in map(int, pids):
        place = Path(f"/proc/{pid}")
        with contextlib.suppress(OSError):
            found[pid] = {
                "threads": len(os.listdir(place / "task")),
                "descriptors": len(os.listdir(place / "fd")),
                "children": len((place / f"task/{pid}/children").read_text().split()),
                "resident": int((place / "statm").read_text().split()[1]) * 4096 / 2**20,
            }
    return found


MIX = [
    (SMALL, "done"),
    *((code, "done") for code in EAGER.values()),
    ("def f(:\n", "done"),
    ("import ctypes\nctypes.CDLL(None).abort()\n", "crash"),
    ("x = [0] * 10 ** 7\n", "done"),
]


@pytest.mark.needs("root")
def test_a_zygote_stays_as_it_was(boxed: Asker) -> None:
    """One thread, the same descriptors, no zombies, no growth: over many runs of every kind."""
    calm = [row for row in MIX if row[1] == "done"]
    for code, _ in calm:
        boxed.run(code, session="steady")
    # A zygote that is still importing has not opened what it will keep.
    boxed.wait_for(lambda status: status["boxes"]["starting"] == 0, 60)
    before = zygotes(boxed)
    for turn in range(4 * len(calm)):
        code, verdict = calm[turn % len(calm)]
        assert boxed.run(f"{code}# {turn}\n", session="steady").verdict == verdict
    after = zygotes(boxed)
    same = set(before) & set(after)
    assert same
    for pid in same:
        old, new = before[pid], after[pid]
        assert new["threads"] == 1
        assert new["children"] == 0
        assert new["descriptors"] == old["descriptors"]
        assert new["resident"] < 1.02 * old["resident"] + 1


def test_a_run_that_dies_takes_no_box_with_it(boxed: Asker) -> None:
    lost = boxed.status()["counters"].get("boxes.lost", 0)
    for turn in range(3):
        for code, verdict in MIX:
            assert boxed.run(f"{code}# {turn}\n", session="dying").verdict == verdict
    assert boxed.status()["counters"].get("boxes.lost", 0) == lost
    assert boxed.status()["counters"].get("boxes.swept", 0) == 0
