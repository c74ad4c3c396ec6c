"""The sandbox under attack: what a good user's runs take while three sessions do their worst.

One attack at a time, three attackers each, the good user's quiet time measured just before.
"""

import contextlib
import threading
import time
from collections.abc import Iterator

import tools
from bench_sandbox import late, timed
from report import Report, markdown
from runners import RESNET50, SMALL, Asker, runner

ATTACKS = {
    "8 threads of linear algebra": (
        "import numpy as np, threading\n"
        "def f():\n    a = np.random.rand(800, 800)\n    while True: a = a @ a / 1e3\n"
        "for _ in range(7): threading.Thread(target=f, daemon=True).start()\nf()\n"
    ),
    "memory until it is refused": "a = []\nwhile True: a.append(bytearray(1 << 20))\n",
    "files without end": (
        "import os, posix\nwhile True:\n"
        "    f = posix.open('f', 66)\n    posix.write(f, bytes(4 << 20))\n"
        "    posix.close(f)\n    posix.unlink('f')\n"
    ),
    "a flood of short runs": "x = 1\n",
}
ATTACKERS, ROUNDS, GOAL = 3, 30, 1.5


@contextlib.contextmanager
def attacked(asker: Asker, code: str) -> Iterator[None]:
    """Three sessions that send `code` again as soon as it ends."""
    over = threading.Event()

    def attack(name: str) -> None:
        while not over.is_set():
            with contextlib.suppress(OSError, AssertionError):
                asker.run(code, session=name)

    threads = [
        threading.Thread(target=attack, args=(f"attacker{index}",)) for index in range(ATTACKERS)
    ]
    for each in threads:
        each.start()
    try:
        # Until the attackers have their boxes, and the first runs have aged.
        time.sleep(3)
        yield
    finally:
        over.set()
        for each in threads:
            each.join()


def times(asker: Asker, code: str) -> list[float]:
    """Seconds of a good user's runs, with a breath between them."""
    found = []
    for turn in range(ROUNDS):
        found.append(timed(asker, code, "good", turn))
        time.sleep(0.05)
    return found


def measure() -> Report:
    """95 % of quiet and attacked runs, and their ratio."""
    kind = "docker" if tools.present("docker") else "local"
    rows, missed = [], []
    limits = ("--cpu", "5", "--wall", "10", "--owner", "netfig-bench", "--warm", "4")
    with runner("--guest", kind, *limits) as (asker, _):
        asker.wait_for(lambda s: s["boxes"]["warm"] >= 4)
        for size, code in (("5 layers", SMALL), ("ResNet50", RESNET50)):
            times(asker, code)
            for name, attack in ATTACKS.items():
                quiet = late(times(asker, code))
                with attacked(asker, attack):
                    loud = late(times(asker, code))
                ratio = loud / quiet
                if ratio > GOAL:
                    missed.append(
                        f"{name}, {size}: {ratio:.2f} times the quiet time, the goal is {GOAL}"
                    )
                rows.append(
                    [
                        name,
                        size,
                        f"{1000 * quiet:.0f} ms",
                        f"{1000 * loud:.0f} ms",
                        f"{ratio:.2f}",
                    ]
                )
                asker.wait_for(lambda s: s["queue"]["running"] == 0, 30)
    return Report(
        markdown(["attack", "network", "quiet, 95 %", "attacked, 95 %", "ratio"], rows),
        tuple(missed),
    )
