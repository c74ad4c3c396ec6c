"""The sandbox under attack: what a good user's runs take while three sessions do their worst.

One attack at a time, three attackers each, the good user's quiet time measured just before. Each
attack is judged besides: how late its verdict came, and whether boxes, files and memory were as
before ten seconds after its end.
"""

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import tools
from bench_sandbox import late
from report import Report, markdown
from runners import RESNET50, SMALL, Asker, Reply, runner

# Past the capture, which would end them politely and early.
HARD = "import signal\nsignal.setitimer(signal.ITIMER_VIRTUAL, 0)\n"
SPIN = (
    f"{HARD}import numpy as np, threading\n"
    "def f():\n    a = np.random.rand(800, 800)\n    while True: a = a @ a / 1e3\n"
    "for _ in range(7): threading.Thread(target=f, daemon=True).start()\nf()\n"
)
HOG = (
    "import ctypes, mmap\nm = mmap.mmap(-1, 3 << 29)\n"
    "ctypes.memset(ctypes.addressof(ctypes.c_char.from_buffer(m)), 1, 3 << 29)\n"
)
CHURN = (
    f"{HARD}import os, posix\nwhile True:\n"
    "    f = posix.open('f', 66)\n    posix.write(f, bytes(4 << 20))\n"
    "    posix.close(f)\n    posix.unlink('f')\n"
)
SLEEP = "import ctypes\nctypes.CDLL(None).sleep(60)\n"
WRITE = (
    "import os, stat\ndef s(n):\n    try: return stat.S_ISSOCK(os.fstat(n).st_mode)\n"
    "    except OSError: return False\njob = next(n for n in range(3, 99) if s(n))\n"
    "while True: os.write(job, b'\\1' + (1 << 20).to_bytes(4, 'big') + bytes(1 << 20))\n"
)
# name: (program, the verdicts it may have; `done`: the capture itself ended it)
ATTACKS = {
    "8 threads of linear algebra": (SPIN, {"cpu", "wall", "done"}),
    "memory until it is killed": (HOG, {"memory", "wall"}),
    "files without end": (CHURN, {"cpu", "wall", "done"}),
    "sleep": (SLEEP, {"wall"}),
    "an endless answer": (WRITE, {"output"}),
    "a flood of short runs": ("x = 1\n", {"done"}),
}
CPU, WALL = 3.0, 5.0
ATTACKERS, GOAL, GRACE, BACK = 3, 1.5, 0.5, 10.0
# A good user's runs of each size, and the pause after each in which they look at the figure.
GOOD = (("5 layers", SMALL, 40), ("ResNet50", RESNET50, 20))
PAUSE = 0.05
# Until the attackers have their boxes, and are known for what they are.
WARM_UP = 6.0
OWNER = "netfig-bench"


@dataclass
class Attack:
    """What became of the attackers' runs."""

    wanted: set[str]
    replies: list[Reply] = field(default_factory=list)

    @property
    def over(self) -> float:
        """Seconds by which the latest verdict came after its limit, of the clock or of a processor.

        Those are what ends a program that hears no exception: 1 s and 2 s later.
        """
        latest = (max(reply.ran - WALL - 1, reply.cpu - CPU - 2) for reply in self.replies)
        return max(latest, default=0.0)

    @property
    def wrong(self) -> int:
        """Runs with another verdict; the queue's refusal is one that an attacker may have."""
        return sum(reply.verdict not in {*self.wanted, "busy"} for reply in self.replies)


@contextlib.contextmanager
def attacked(asker: Asker, code: str, wanted: set[str]) -> Iterator[Attack]:
    """Three sessions that send `code` again as soon as it ends."""
    over = threading.Event()
    attack = Attack(wanted)

    def send(name: str) -> None:
        while not over.is_set():
            reply = asker.run(code, session=name)
            attack.replies.append(reply)
            if reply.verdict == "busy":
                time.sleep(0.5)

    threads = [
        threading.Thread(target=send, args=(f"attacker{index}",)) for index in range(ATTACKERS)
    ]
    for each in threads:
        each.start()
    try:
        time.sleep(WARM_UP)
        yield attack
    finally:
        over.set()
        for each in threads:
            each.join()


def times(asker: Asker, code: str, rounds: int) -> tuple[list[float], int]:
    """Seconds of a good user's runs, with a breath between them; and how many failed."""
    found, failed = [], 0
    for turn in range(rounds):
        began = time.perf_counter()
        failed += asker.run(f"{code}# {turn}\n", session="good").verdict != "done"
        found.append(time.perf_counter() - began)
        time.sleep(PAUSE)
    return found, failed


def boxes(process: subprocess.Popen[bytes], kind: str) -> list[int]:
    """Process 1 of each of the runner's boxes."""
    if kind == "docker":
        listed = ["docker", "ps", "-aq", "--filter", f"label=netfig.sandbox={OWNER}"]
        ids = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()
        shown = ["docker", "inspect", "-f", "{{.State.Pid}}", *ids]
        found = subprocess.run(shown, capture_output=True, text=True, check=False).stdout.split()
    else:
        tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
        found = [pid for each in tasks for pid in each.read_text().split()]
    return [int(pid) for pid in found if pid != "0"]


def held(asker: Asker, process: subprocess.Popen[bytes], kind: str) -> dict[str, float]:
    """What the service holds: boxes, files, and mebibytes resident in each box."""
    pids, memory = boxes(process, kind), 0.0
    files = len(os.listdir(f"/proc/{process.pid}/fd")) - len(pids)
    for pid in pids:
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            for each in (pid, *children):
                memory += int(Path(f"/proc/{each}/statm").read_text().split()[1]) / 256
            # A box's scratch directory; only root sees it.
            files += len(os.listdir(f"/proc/{pid}/root/tmp")) if kind == "docker" else 0
    sockets = asker.path.parent / "boxes"
    files += max(0, len(os.listdir(sockets)) - len(pids))
    return {"boxes": len(pids), "files": files, "MiB in a box": memory / max(1, len(pids))}


def back(
    asker: Asker, process: subprocess.Popen[bytes], kind: str, before: dict[str, float]
) -> tuple[float, str]:
    """Seconds until all is as before the attack, or what is not after ten of them."""
    # The attackers' own boxes are theirs until they have paused for five minutes.
    spare = {"boxes": ATTACKERS, "files": 4, "MiB in a box": 0.05 * before["MiB in a box"]}
    began = time.perf_counter()
    while True:
        now = held(asker, process, kind)
        more = {what: now[what] - before[what] - spare[what] for what in before}
        seconds = time.perf_counter() - began
        if asker.status()["queue"]["running"] == 0 and all(each <= 0 for each in more.values()):
            return seconds, ""
        if seconds > BACK:
            return seconds, ", ".join(f"{v:.0f} more {k}" for k, v in more.items() if v > 0)
        time.sleep(0.2)


def measure() -> Report:
    """95 % of quiet and attacked runs, and their ratio."""
    kind = "docker" if tools.present("docker") else "local"
    rows, missed = [], []
    limits = ("--cpu", str(CPU), "--wall", str(WALL), "--owner", OWNER, "--warm", "4")
    with runner("--guest", kind, *limits, ready=4) as (asker, process):
        for _, code, rounds in GOOD:
            times(asker, code, rounds // 2)
        before = held(asker, process, kind)
        for name, (code, verdicts) in ATTACKS.items():
            asker.wait_for(lambda s: s["queue"]["running"] == 0 and not s["boxes"]["starting"], 60)
            quiet = {size: times(asker, good, rounds) for size, good, rounds in GOOD}
            with attacked(asker, code, verdicts) as attack:
                loud = {size: times(asker, good, rounds) for size, good, rounds in GOOD}
            seconds, left = back(asker, process, kind, before)
            row = [name]
            for size, _, _ in GOOD:
                was, now = late(quiet[size][0]), late(loud[size][0])
                row.append(f"{1000 * was:.0f} → {1000 * now:.0f} ms, {now / was:.2f}")
                if now / was > GOAL:
                    missed.append(f"{name}, {size}: {now / was:.2f} times, the goal is {GOAL}")
                if failed := quiet[size][1] + loud[size][1]:
                    missed.append(f"{name}, {size}: {failed} runs of the good user failed")
            row += [f"{len(attack.replies)}", f"{attack.over:+.1f} s", f"{seconds:.1f} s"]
            if attack.over > GRACE:
                missed.append(f"{name}: a verdict {attack.over:.1f} s after the limit")
            if attack.wrong:
                seen = sorted({reply.verdict for reply in attack.replies})
                missed.append(f"{name}: {attack.wrong} runs ended otherwise than they must: {seen}")
            if left:
                missed.append(f"{name}: {left} after {BACK:.0f} s")
            print(" | ".join(row), flush=True)
            rows.append(row)
    head = ["attack", *(f"{size}, 95 %" for size, _, _ in GOOD)]
    head += ["attackers' runs", "verdict after the limit", "as before after"]
    return Report(
        markdown(head, rows)
        + f"\nGoals: {GOAL} times the quiet 95 %, no failed run, verdicts at most {GRACE} s after "
        f"the limit, boxes, files and memory as before within {BACK:.0f} s. Guest: {kind}.\n",
        tuple(missed),
    )
