"""The page in Chromium: edits, folds, zoom and pan, scripts, Lighthouse.

Real input on a real server (page/measure.mjs, Chromium's own devtools): keys and clicks by
Playwright, wheel and drag at 125 Hz. Folds, levels and edits are of ResNet50 warm; zoom and pan of
a network with more than a thousand glyphs, all unfolded, on a page of free width. Lighthouse is
installed from page/package-lock.json when it is first wanted.
"""

import json
import os
import statistics
import subprocess
from pathlib import Path
from typing import Any

from report import Report, markdown
from server import Client, serving

FOLDER = Path(__file__).with_name("page")
FRAME = 16.0
REDRAW = 150.0
RATE = 60.0
SCRIPTS = 350.0
POINTS = 95
GLYPHS = 1000

# 92 blocks of eleven layers; every layer is a glyph when nothing is fused or folded.
BIG = """
import keras
from keras import layers

def block(x, filters):
    y = x
    for kernel in (1, 3, 1):
        y = layers.Conv2D(filters, kernel, padding="same")(y)
        y = layers.BatchNormalization()(y)
        y = layers.ReLU()(y)
    return layers.ReLU()(layers.Add()([x, y]))

image = keras.Input((64, 64, 3))
x = layers.Conv2D(32, 3, padding="same")(image)
for _ in range(92):
    x = block(x, 32)
model = keras.Model(image, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))
"""
RESNET = "from tensorflow import keras\nmodel = keras.applications.ResNet50(weights=None)\n"


def path(figure: dict[str, Any]) -> str:
    """The address of a figure with its edit token, from the server's root."""
    return f"/f/{figure['id']}#{figure['edit_token']}"


def unfolded(client: Client) -> str:
    """A figure with more than a thousand glyphs."""
    _, figure = client.paste(BIG)
    spec = figure["spec"]
    spec["page"] |= {"venue": "free", "width": 1000.0}
    spec["grouping"] |= {"fuse": False, "level": 0, "removed": []}
    where = f"/api/figures/{figure['id']}/spec"
    status, drawn = client.call("PUT", where, spec, figure["edit_token"])
    if status != 200:
        raise RuntimeError(f"not unfolded: {status} {drawn}")
    return path(figure)


def run() -> dict[str, Any]:
    """What measure.mjs prints."""
    if not (FOLDER / "node_modules").is_dir():
        command = ["npm", "ci", "--ignore-scripts", "--loglevel=error"]
        subprocess.run(command, cwd=FOLDER, check=True)
    with serving() as client:
        _, resnet = client.paste(RESNET)
        command = ["node", "measure.mjs", client.url, path(resnet), unfolded(client)]
        answer = subprocess.run(
            command, cwd=FOLDER, env={**os.environ}, stdout=subprocess.PIPE, check=True
        )
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def edits(found: dict[str, Any]) -> tuple[list[list[str]], list[str]]:
    """The rows of what shows before the server has answered."""
    rows, missed = [], []
    for key, words in (("colour", "a colour"), ("name", "a letter of a name")):
        inputs = found[key]
        changed = [each["changed"] for each in inputs]
        frames = sorted(each["frames"] for each in inputs)
        flicker = max(each["gaps"] + each["reverts"] for each in inputs)
        rows.append(
            [
                f"{words}, from the input to the changed drawing ({len(inputs)} inputs)",
                f"{statistics.median(changed):.1f} ms",
                f"{max(changed):.1f} ms",
                f"≤ {FRAME:.0f} ms",
            ]
        )
        middle, worst = frames[len(frames) // 2], frames[-1]
        rows.append([f"{words}, frames until it shows", str(middle), str(worst), "1"])
        rows.append(
            [f"{words}, frames without it or back at an older state", "", str(flicker), "0"]
        )
        # One input in twenty may come while the server's drawing is put in place.
        late = sum(each > 1 for each in frames) > len(frames) / 20
        if max(changed) > FRAME or late:
            missed.append(f"{words} shows after {max(changed):.0f} ms and {worst} frames, not 1")
        if flicker:
            missed.append(f"{words} flickers in {flicker} frames")
    return rows, missed


def redraws(found: dict[str, Any]) -> tuple[list[list[str]], list[str]]:
    """The rows of what only the server can draw."""
    rows, missed = [], []
    for key, words in (("fold", "opening and folding"), ("level", "a step of detail")):
        painted = [each["painted"] for each in found[key]]
        rows.append(
            [
                f"{words}, ResNet50, until it is on screen ({len(painted)} times)",
                f"{statistics.median(painted):.0f} ms",
                f"{max(painted):.0f} ms",
                f"≤ {REDRAW:.0f} ms",
            ]
        )
        if max(painted) > REDRAW:
            missed.append(f"{words} takes {max(painted):.0f} ms, not {REDRAW:.0f}")
    return rows, missed


def moves(found: dict[str, Any]) -> tuple[list[list[str]], list[str]]:
    """The rows of zoom and pan."""
    rows, missed = [], []
    if found["glyphs"] < GLYPHS:
        missed.append(f"only {found['glyphs']} glyphs were on screen")
    for key, words in (("zoom", "zoom"), ("pan", "pan by wheel"), ("drag", "pan by drag")):
        moved = found[key]
        rows.append(
            [
                f"{words}, {found['glyphs']} glyphs: frames a second; longest frame",
                f"{moved['rate']:.1f}",
                f"{moved['worst']:.0f} ms",
                f"{RATE:.0f}",
            ]
        )
        # A display's clock is not exactly 60 Hz.
        if moved["rate"] < RATE * 0.99:
            missed.append(f"{words} runs at {moved['rate']:.1f} frames a second, not {RATE:.0f}")
    rows.append(["requests while zooming and panning", "", str(found["requests"]), "0"])
    if found["requests"]:
        missed.append(f"zoom and pan sent {found['requests']} requests")
    return rows, missed


def loading(found: dict[str, Any]) -> tuple[list[list[str]], list[str]]:
    """The rows of the first sight of the page."""
    first, later = (found["scripts"][key] / 1000 for key in ("first", "later"))
    rows = [
        ["scripts before anything lazy, gzipped", f"{first:.0f} kB", "", f"≤ {SCRIPTS:.0f} kB"],
        ["scripts that follow by themselves (the editor)", f"{later:.0f} kB", "", ""],
    ]
    missed = [f"scripts are {first:.0f} kB, not {SCRIPTS:.0f}"] if first > SCRIPTS else []
    for audit in found["lighthouse"]:
        words = f"Lighthouse, {'a figure' if len(audit['path']) > 1 else 'the first page'}"
        for category in ("performance", "accessibility"):
            rows.append([f"{words}: {category}", str(audit[category]), "", f"≥ {POINTS}"])
            if audit[category] < POINTS:
                lost = ", ".join(audit["lost"])
                missed.append(f"{words}: {category} {audit[category]}, not {POINTS} ({lost})")
    return rows, missed


def measure() -> Report:
    """Run everything once, in one Chromium and one server."""
    found = run()
    parts = [part(found) for part in (edits, redraws, moves, loading)]
    rows = [row for some, _ in parts for row in some]
    missed = [line for _, some in parts for line in some]
    head = ["what", "median", "worst", "goal"]
    return Report(table=markdown(head, rows), missed=tuple(missed))
