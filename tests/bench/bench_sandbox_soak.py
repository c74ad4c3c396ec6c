"""The sandbox over many runs: no hang, no lost box, no growth.

`SOAK` sets the number of runs (300 unless told; 10000 takes about a quarter of an hour).
"""

import os
import subprocess
import time
from pathlib import Path

import tools
from report import Report, markdown
from runners import SMALL, runner

RUNS = int(os.environ.get("SOAK", "300"))
MIX = (
    (SMALL, "done"),
    ("def f(:\n", "done"),
    (
        "import numpy as np\nprint(np.linalg.svd(np.random.rand(50, 50))[1].sum())\n",
        "done",
    ),
    ("import tensorflow as tf\nprint(float(tf.reduce_sum(tf.ones((9, 9)))))\n", "done"),
    ("import ctypes\nctypes.CDLL(None)._exit(0)\n", "crash"),
    ("print('x' * 100000)\n", "done"),
)


def resident(pid: int) -> float:
    """Mebibytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 2**20


def left(kind: str, wait: float) -> int:
    """Containers that are there although their runner has ended, after so many seconds at most."""
    if kind != "docker":
        return 0
    listed = ["docker", "ps", "-aq", "--filter", "label=netfig.sandbox=netfig-bench"]
    end = time.monotonic() + wait
    while found := subprocess.run(listed, capture_output=True, check=True).stdout.split():
        if time.monotonic() > end:
            break
        time.sleep(0.2)
    return len(found)


def measure() -> Report:
    """Runs of the mix one after the other, four sessions in turn."""
    kind = "docker" if tools.present("docker") else "local"
    missed = []
    with runner("--guest", kind, "--owner", "netfig-bench", "--warm", "1") as (
        asker,
        process,
    ):
        for index in range(60):
            asker.run(MIX[index % len(MIX)][0], session=f"soak{index % 4}")
        before, files = (
            resident(process.pid),
            len(os.listdir(f"/proc/{process.pid}/fd")),
        )
        began, wrong = time.perf_counter(), 0
        for index in range(RUNS):
            code, verdict = MIX[index % len(MIX)]
            wrong += asker.run(code, session=f"soak{index % 4}").verdict != verdict
        seconds = time.perf_counter() - began
        status = asker.wait_for(lambda s: s["boxes"]["busy"] == 0 and not s["boxes"]["starting"])
        growth = resident(process.pid) / before - 1
        leaked = len(os.listdir(f"/proc/{process.pid}/fd")) - files
        boxes = status["boxes"]["warm"] + status["boxes"]["leased"]
        folders = len(list(asker.path.parent.glob("boxes/*"))) - boxes
    orphans = left(kind, 10)
    lost = status["counters"].get("boxes.lost", 0)
    for what, bad in (
        (f"{wrong} runs ended otherwise than they must", wrong > 0),
        (f"{lost} boxes were lost", lost > 0),
        (f"the runner grew by {100 * growth:.0f} %", growth > 0.05),
        (f"{leaked} descriptors more", leaked > 4),
        (f"{boxes} boxes for 4 sessions and 1 to come", boxes > 5),
        (f"{folders} folders without a box", folders > 1),
        (f"{orphans} boxes without a runner", orphans > 0),
    ):
        if bad:
            missed.append(what)
    head = [
        "runs",
        "a second",
        "wrong",
        "boxes lost",
        "runner's growth",
        "descriptors more",
        "boxes left",
    ]
    row = [RUNS, f"{RUNS / seconds:.1f}", wrong, lost, f"{100 * growth:.1f} %", leaked, orphans]
    return Report(markdown(head, [[str(each) for each in row]]), tuple(missed))
