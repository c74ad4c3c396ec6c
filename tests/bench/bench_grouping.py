"""Blocks: agreement with the constructors' own, glyphs before and after, time.

Every application of keras.applications is captured by the real guest. The truth is read off the
layer names (grouping_truth.py). "Structure" withholds names, functions and paths; "with names and
functions" is what a user gets.
"""

import dataclasses
import gc
import statistics
import time
from collections.abc import Iterator
from typing import Any

from agreement import adjusted_rand
from grouping.sketches import Sketch, residual_block
from grouping_truth import FAMILIES, truth
from netfig.grouping import Hierarchy, find, fold
from netfig.importers import read
from netfig.model.graph import LayerGraph
from netfig.model.spec import FigureSpec
from networks.guest import running
from report import Report, markdown

GOALS = {"structure": 0.95, "named": 0.99, "milliseconds": 100.0, "growth": 130.0}
OTHERS = ("VGG16", "VGG19")
PLAIN = FigureSpec()


def captured() -> Iterator[tuple[str, str, dict[str, Any], LayerGraph]]:
    """Family ("" for those without named blocks), name, capture and graph of each application."""
    families = [*FAMILIES.items(), ("", OTHERS)]
    with running() as guest:
        for family, names in families:
            for name in names:
                answer = guest.capture(
                    f"from keras.applications import {name}\nmodel = {name}(weights=None)\n"
                )
                yield family, name, answer["models"][0], read(answer).models[0].graph


def withheld(graph: LayerGraph) -> LayerGraph:
    """The same network with nothing but types, settings, shapes and wiring."""
    ids = {layer.id: f"layer{n}" for n, layer in enumerate(graph.layers)}
    layers = tuple(
        dataclasses.replace(
            layer, id=ids[layer.id], layer=ids[layer.id], name=ids[layer.id], path=(), stack=()
        )
        for layer in graph.layers
    )
    edges = tuple(
        dataclasses.replace(edge, source=ids[edge.source], target=ids[edge.target])
        for edge in graph.edges
    )
    outputs = tuple((ids[name], port) for name, port in graph.outputs)
    return dataclasses.replace(graph, layers=layers, edges=edges, outputs=outputs)


def blocks(hierarchy: Hierarchy) -> list[object]:
    """For each layer the block it is in at the block level, itself where in none."""
    label: dict[int, object] = {}
    for n, block in enumerate(hierarchy.blocks[1:], start=1):
        if block.repeat == 1 and block.height <= hierarchy.block_level:
            for i in block.members:
                label.setdefault(i, n)
    return [label.get(i, ("alone", i)) for i in range(len(hierarchy.line))]


def agreement(known: dict[str, str | None], graph: LayerGraph, hierarchy: Hierarchy) -> float:
    """Adjusted Rand index over the layers whose block the names settle."""
    ours, theirs = [], []
    for n, (layer, block) in enumerate(zip(graph.layers, blocks(hierarchy), strict=True)):
        if layer.id in known:
            theirs.append(known[layer.id] or ("alone", n))
            ours.append(block)
    return adjusted_rand(theirs, ours)


def nested(size: int) -> LayerGraph:
    """A synthetic network of nested repeats with at least `size` layers."""
    s = Sketch(named=False)
    x = s.add("InputLayer", shape=(64, 64, 64))
    while len(s.layers) < size:
        for _ in range(4):
            for _ in range(5):
                x = residual_block(s, x, 64)
            x = s.conv(x, 256)
    return s.graph()


def seconds(graph: LayerGraph, rounds: int) -> float:
    """Processor seconds to find the groups and fold to the first level: the median."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        hierarchy = find(graph, PLAIN)
        fold(hierarchy, PLAIN, hierarchy.default)
        times.append(time.process_time() - start)
    return statistics.median(times)


def measure() -> Report:
    """Two tables in one: agreement by family with sizes, then times."""
    missed: list[str] = []
    rows: dict[str, list[tuple[float, float, int, int, int]]] = {}
    for family, name, model, graph in captured():
        named = find(graph, PLAIN)
        shown = len(fold(named, PLAIN, named.default).nodes)
        if shown > (40 if family == "NASNet" else 25):
            missed.append(f"{name} starts with {shown} glyphs")
        bare = withheld(graph)
        structure = find(bare, PLAIN)
        known = truth(family, model["calls"], model["edges"]) if family else {}
        hidden = {
            bare_layer.id: layer.id
            for bare_layer, layer in zip(bare.layers, graph.layers, strict=True)
        }
        renamed = {b: known[i] for b, i in hidden.items() if i in known}
        rows.setdefault(family or "VGG", []).append(
            (
                agreement(renamed, bare, structure) if family else 1.0,
                agreement(known, graph, named) if family else 1.0,
                len(graph.layers),
                named.sizes[0],
                shown,
            )
        )
    table = []
    for family, found in rows.items():
        graded = family in FAMILIES
        table.append(
            [
                family,
                *(f"{statistics.mean(r[k] for r in found):.4f}" if graded else "" for k in (0, 1)),
                *(f"{min(r[k] for r in found)}–{max(r[k] for r in found)}" for k in (2, 3, 4)),
            ]
        )
    for k, goal in ((0, "structure"), (1, "named")):
        mean = statistics.mean(
            statistics.mean(r[k] for r in found) for f, found in rows.items() if f in FAMILIES
        )
        table.append(
            [
                "mean of families",
                *("" for _ in range(k)),
                f"{mean:.4f}",
                *("" for _ in range(4 - k)),
            ]
        )
        if mean < GOALS[goal]:
            missed.append(f"agreement ({goal}) is {mean:.4f}, the goal is {GOALS[goal]}")
    head = [
        "family",
        "structure",
        "with names and functions",
        "layers",
        "glyphs, all open",
        "at first",
    ]
    small, large = nested(1_000), nested(100_000)
    one, many = seconds(small, 7), seconds(large, 1)
    if one > GOALS["milliseconds"] / 1000:
        missed.append(f"1,000 layers took {1000 * one:.0f} ms")
    if many / one > GOALS["growth"]:
        missed.append(f"100,000 layers took {many / one:.0f} times as long as 1,000")
    times = markdown(
        ["synthetic network", "layers", "processor time", "ratio"],
        [
            ["nested repeats", str(len(small.layers)), f"{1000 * one:.0f} ms", ""],
            ["nested repeats", str(len(large.layers)), f"{many:.2f} s", f"{many / one:.0f}"],
        ],
    )
    return Report(markdown(head, table) + "\n" + times, tuple(missed))
