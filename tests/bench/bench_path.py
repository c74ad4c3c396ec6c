"""From the paste to the SVG, over HTTP.

A warm server and a warm box; each paste differs from the one before, so that nothing is answered
from memory. Compared with what building the same network takes in plain Keras, in a process that
has imported it, in the same image; pastes and plain builds take turns, so that a busy machine slows
both.
"""

import json
import statistics
import subprocess
import sys
from pathlib import Path

import tools
from report import Report, markdown
from server import Client, serving

ROUNDS = 5
GOALS = {"ResNet50": 0.5, "VGG16": 0.15}
PLAIN = Path(__file__).with_name("plain_build.py")


def guest_command() -> list[str]:
    """How a program on standard input is run by the guest's Python, boxed or local."""
    if not tools.present("docker"):
        return [str(tools.ROOT / ".venv-guest/bin/python"), "-"]
    tag = subprocess.run(
        [sys.executable, "-m", "netfig_sandbox.version"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    return [
        *("docker", "run", "--rm", "-i", "--network", "none"),
        *("--entrypoint", "/venv/bin/python", tag, "-"),
    ]


def plain(network: str) -> list[float]:
    """Seconds of three plain builds in one new process, the first build first."""
    answer = subprocess.run(
        [*guest_command(), network, "3"],
        input=PLAIN.read_bytes(),
        capture_output=True,
        check=True,
    ).stdout
    return [float(seconds) for seconds in json.loads(answer)]


def paste(client: Client, network: str, turn: int) -> float:
    """Seconds of one paste to its SVG."""
    code = (
        f"# turn {turn}\nfrom tensorflow import keras\n"
        f"model = keras.applications.{network}(weights=None)\n"
    )
    return client.paste(code)[0]


def measure() -> Report:
    """The ratio for each network. The plain time is the quicker of first and repeated builds."""
    rows, missed = [], []
    with serving() as client:
        for network, goal in GOALS.items():
            paste(client, network, -1)
            drawn, first, again = [], [], []
            for turn in range(ROUNDS):
                drawn.append(paste(client, network, turn))
                builds = plain(network)
                first.append(builds[0])
                again += builds[1:]
            svg = statistics.median(drawn)
            reference = min(statistics.median(first), statistics.median(again))
            ratio = svg / reference
            if ratio > goal:
                missed.append(f"{network} took {ratio:.2f} of the plain build, the goal is {goal}")
            rows.append(
                [
                    network,
                    *(f"{1000 * s:.0f} ms" for s in (svg, min(drawn), max(drawn))),
                    f"{1000 * statistics.median(first):.0f} ms",
                    f"{1000 * statistics.median(again):.0f} ms",
                    f"{ratio:.2f}",
                    f"≤ {goal}",
                ]
            )
    head = [
        "network",
        "paste → SVG",
        "least",
        "most",
        "plain, first",
        "plain, again",
        "ratio",
        "goal",
    ]
    note = f"{ROUNDS} turns, medians; guest: {'docker' if tools.present('docker') else 'local'}.\n"
    return Report(markdown(head, rows) + "\n" + note, tuple(missed))
