"""The sandbox alone: from a request on the runner's socket to its capture.

Every run differs from the one before by a comment. In the same run: what the usual way, one
`docker run` for each job, carries; it decides nothing but the ratio.
"""

import os
import statistics
import subprocess
import threading
import time

import tools
from netfig_sandbox import protocol
from report import Report, markdown
from runners import RESNET50, SMALL, Asker, runner

NASNET = "import keras\nmodel = keras.applications.NASNetLarge(weights=None)\n"
# name: (program, rounds, goal for the slowest twentieth in seconds)
WARM = {
    "5 layers": (SMALL, 60, 0.120),
    "ResNet50": (RESNET50, 30, 0.350),
    "NASNetLarge": (NASNET, 5, 2.0),
}
SECONDS = 6.0
GOAL_RATE, GOAL_RATIO = {"5 layers": 30.0, "ResNet50": 6.0}, 25.0
COLD_RUNS = 4
COUNTED = f"""{SMALL}
import resource
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime)
"""


def timed(asker: Asker, code: str, session: str, turn: int) -> float:
    """Seconds of one run. Raises AssertionError where it is not done."""
    began = time.perf_counter()
    reply = asker.run(f"{code}# {turn}\n", session=session)
    assert reply.verdict == "done", reply.message
    return time.perf_counter() - began


def late(times: list[float]) -> float:
    """The time that one in twenty exceeds."""
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def rate(asker: Asker, code: str, sessions: int) -> float:
    """Runs a second that this many sessions get through together."""
    done, end = [0] * sessions, time.perf_counter() + SECONDS

    def ask(index: int) -> None:
        while time.perf_counter() < end:
            timed(asker, code, f"rate{index}", done[index])
            done[index] += 1

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(sessions)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(done) / SECONDS


def processor(asker: Asker, code: str, session: str) -> float:
    """Seconds of a processor that one run takes, as the kernel counts them; the mean of ten."""
    runs = [asker.run(f"{code}# p{turn}\n", session=session) for turn in range(10)]
    assert all(run.verdict == "done" for run in runs)
    return statistics.fmean(run.cpu for run in runs)


def cold_rate() -> tuple[float, float]:
    """Jobs a second when each is a `docker run` of its own, two at a time; processor of a job."""
    tag = subprocess.run(
        ["python3", "-m", "netfig_sandbox.version"],
        cwd=tools.ROOT / "sandbox",
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    command = [
        *("docker", "run", "--rm", "-i", "--network", "none", "--tmpfs", "/tmp"),
        *("--entrypoint", "/venv/bin/python", tag, "-"),
    ]

    used: list[float] = []

    def job() -> None:
        for _ in range(COLD_RUNS // 2):
            ran = subprocess.run(command, input=COUNTED.encode(), capture_output=True, check=True)
            used.append(float(ran.stdout.split()[-1]))

    began = time.perf_counter()
    threads = [threading.Thread(target=job) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return COLD_RUNS / (time.perf_counter() - began), statistics.fmean(used)


def measure() -> Report:
    """Warm times, first runs, rates; and how busy the machine was besides."""
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    kind = "docker" if tools.present("docker") else "local"
    rows, missed = [], []

    def add(what: str, figure: str, goal: str, reached: bool) -> None:
        rows.append([what, figure, goal])
        if not reached:
            missed.append(f"{what}: {figure}, the goal is {goal}")

    with runner("--guest", kind, "--owner", "netfig-bench", "--warm", "2") as (
        asker,
        _,
    ):
        asker.wait_for(lambda s: s["boxes"]["warm"] >= 2)
        first = []
        for turn in range(4):
            first.append(timed(asker, SMALL, f"new{turn}", turn))
            asker.wait_for(lambda s: s["boxes"]["warm"] >= 2)
        add(
            "first run of a session, box ready",
            f"{1000 * max(first):.0f} ms",
            "≤ 250 ms",
            max(first) <= 0.25,
        )
        for name, (code, rounds, goal) in WARM.items():
            timed(asker, code, "warm", -1)
            times = [timed(asker, code, "warm", turn) for turn in range(rounds)]
            figure = f"{1000 * statistics.median(times):.0f} / {1000 * late(times):.0f} ms"
            add(
                f"{name}, median / 95 %",
                figure,
                f"95 % ≤ {1000 * goal:.0f} ms",
                late(times) <= goal,
            )
        # What a run costs does not depend on who else is at work on the machine.
        costs = {name: processor(asker, WARM[name][0], "warm") for name in WARM}
        for name, seconds in costs.items():
            add(f"{name}, processor of a run", f"{1000 * seconds:.0f} ms", "", True)
        rates = {}
        for name, goal in GOAL_RATE.items():
            code = WARM[name][0]
            for index in range(3):
                timed(asker, code, f"rate{index}", -1)
            rates[name] = rate(asker, code, 3)
            add(
                f"{name}, runs a second",
                f"{rates[name]:.1f}",
                f"≥ {goal:.0f}",
                rates[name] >= goal,
            )
    with runner("--guest", kind, "--owner", "netfig-bench", "--warm", "1") as (
        asker,
        _,
    ):
        timed(asker, SMALL, "takes-the-warm-one", 0)
        began = time.perf_counter()
        connection = asker.send(SMALL, session="finds-none")
        stage = protocol.receive(connection, protocol.REPLY_BYTES)
        told = time.perf_counter() - began
        assert stage == {"stage": "starting"}, stage
        add("no box ready, until it is said", f"{1000 * told:.0f} ms", "≤ 300 ms", told <= 0.3)
        reply = asker.finish(connection)
        seconds = time.perf_counter() - began
        assert reply.verdict == "done", reply.message
        add(
            "first run of a session, no box ready",
            f"{seconds:.1f} s",
            "≤ 4.5 s",
            seconds <= 4.5,
        )
    if kind == "docker":
        cold, cold_cost = cold_rate()
        ratio = rates["5 layers"] / cold
        add(
            "against one `docker run` a job",
            f"{ratio:.0f} times ({cold:.2f} a second)",
            f"≥ {GOAL_RATIO:.0f} times",
            ratio >= GOAL_RATIO,
        )
        spared = cold_cost / costs["5 layers"]
        add(
            "the same in processor time",
            f"{spared:.0f} times ({1000 * cold_cost:.0f} ms a job)",
            f"≥ {GOAL_RATIO:.0f} times",
            spared >= GOAL_RATIO,
        )
    return Report(
        markdown(["what", "measured", "goal"], rows)
        + f"\nGuest: {kind}. Programs that wanted each processor before it began: {busy:.1f}.\n",
        tuple(missed),
    )
