"""Drawing: from the grouped network to the SVG.

Compared with what Keras's own drawing of the same network takes (model_to_dot and Graphviz), turn
by turn in one run; and with itself at ten times the layers.
"""

import json
import os
import shutil
import subprocess
import sys
import time

import tools
from figures.building import Net
from netfig.export import EXPORTERS, Options
from netfig.grouping import find
from netfig.importers.capture import read
from netfig.model.graph import LayerGraph
from netfig.model.spec import FigureSpec, Grouping, Page
from netfig.pipeline import draw
from report import Report, markdown

HERE = tools.ROOT / "tests/bench"
GUEST = tools.ROOT / ".venv-guest/bin/python"
PYDOT = tools.ROOT / ".cache/pydot"
FOLDED, RATIO, GROWTH = 0.030, 0.5, 13.0


def network(name: str) -> LayerGraph:
    """A network of keras.applications, captured in the guest's environment."""
    program = tools.ROOT / ".cache" / f"bench_{name}.py"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"import keras\nmodel = keras.applications.{name}(weights=None)\n")
    answer = subprocess.run(
        [GUEST, "-m", "netfig_sandbox.guest.capture", program],
        env={**os.environ, "PYTHONPATH": str(tools.ROOT / "sandbox"), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        check=True,
    )
    return read(json.loads(answer.stdout)).models[0].graph


def long_network(layers: int) -> LayerGraph:
    """Residual blocks of four layers, one after the other."""
    net = Net("long")
    last = net.add("in", "InputLayer", (), (64, 64, 8))
    for i in range(layers // 4):
        a = net.add(f"c{i}", "Conv2D", [last], (64, 64, 8 + i % 3), kernel_size=(3, 3))
        b = net.add(f"b{i}", "BatchNormalization", [a])
        c = net.add(f"d{i}", "Conv2D", [b], (64, 64, 8 + i % 5), kernel_size=(3, 3))
        last = net.add(f"a{i}", "Add", [c, last])
    return net.graph()


def drawing(graph: LayerGraph, spec: FigureSpec, turns: int) -> float:
    """Least seconds from the groups to the SVG's bytes."""
    hierarchy = find(graph, spec)
    best = float("inf")
    for _ in range(turns):
        begun = time.perf_counter()
        scene = draw(graph, spec, hierarchy=hierarchy).scene
        EXPORTERS["svg"].export(scene, Options())
        best = min(best, time.perf_counter() - begun)
    return best


def keras_drawing(name: str, turns: int) -> float:
    """Least seconds of model_to_dot(...).create_svg()."""
    if not PYDOT.exists():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--target", str(PYDOT), "pydot"]
        subprocess.run(pip, check=True)
    answer = subprocess.run(
        [GUEST, HERE / "plain_dot.py", name, str(turns)],
        env={**os.environ, "PYTHONPATH": str(PYDOT)},
        capture_output=True,
        check=True,
    )
    return float(min(json.loads(answer.stdout)))


def _needs() -> None:
    """Says what is missing, before anything is measured."""
    if not GUEST.exists():
        raise SystemExit(".venv-guest missing: scripts/guest --both")
    if shutil.which("dot") is None:
        raise SystemExit("needs dot: apt install graphviz")


def measure() -> Report:
    """Folded ResNet50, the ratios to Keras's drawing, and the growth."""
    _needs()
    rows, missed = [], []
    resnet = network("ResNet50")
    folded = drawing(resnet, FigureSpec(), 7)
    rows.append(["ResNet50 folded, groups to SVG", f"{1000 * folded:.0f} ms", "", "30 ms"])
    if folded > FOLDED:
        missed.append(f"folded ResNet50 takes {1000 * folded:.0f} ms, not 30")
    everything = FigureSpec(page=Page(venue="free"), grouping=Grouping(level=0, fuse=False))
    for name in ("ResNet50", "NASNetLarge"):
        ours = drawing(network(name), everything, 3)
        theirs = keras_drawing(name, 3)
        ratio = ours / theirs
        rows.append(
            [
                f"{name} unfolded, beside Keras's drawing",
                f"{1000 * ours:.0f} ms",
                f"{1000 * theirs:.0f} ms",
                f"ratio {ratio:.2f}, goal {RATIO}",
            ]
        )
        if ratio > RATIO:
            missed.append(f"{name} unfolded takes {ratio:.2f} of Keras's drawing, not {RATIO}")
    small, large = (drawing(long_network(n), everything, 2) for n in (1000, 10000))
    rows.append(
        [
            "10,000 layers unfolded, beside 1,000",
            f"{1000 * large:.0f} ms",
            f"{1000 * small:.0f} ms",
            f"{large / small:.1f} times, goal {GROWTH:.0f}",
        ]
    )
    if large / small > GROWTH:
        missed.append(f"10,000 layers take {large / small:.1f} times 1,000, not {GROWTH:.0f}")
    head = ["figure", "ours", "theirs", "goal"]
    return Report(markdown(head, rows), tuple(missed))
