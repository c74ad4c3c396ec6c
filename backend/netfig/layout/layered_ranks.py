"""Ranks, order and heights from the layered engine (graphlay); nothing of it is seen elsewhere.

Of the engine's answer three things are kept: the rank of each node, its height on the page, and
where each long edge wants to pass the ranks between its ends. Columns, lanes and the right-angled
lines are ours (`layered_lanes`, `layered_channel`), so that another engine needs only this file.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any

import graphlay

from netfig.errors import InvalidGraph
from netfig.layout.layered_pins import Ends, Pins


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """`columns`: ids per rank, top to bottom; `middle`: each node's middle height in points.

    `passages` holds, for an edge over n ranks, the n - 1 heights at which the engine would pass
    the ranks between its ends, in order.
    """

    columns: tuple[tuple[str, ...], ...]
    rank: Mapping[str, int]
    middle: Mapping[str, float]
    passages: Mapping[Ends, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Manner:
    """How the engine is to work: its effort on crossings, its way to set heights."""

    effort: str
    heights: str


MANNERS = (Manner("balanced", "network_simplex"), Manner("fast", "brandes_koepf"))
"""Network simplex draws flatter, Brandes-Koepf straighter; neither is best for every network. The
better of these two was at most 0.5 % dearer than the best of all four manners, on 163 tangles."""

QUICK = Manner("fast", "network_simplex"), Manner("fast", "brandes_koepf")
"""For one tangle of many."""


def ranked(
    sizes: Mapping[str, tuple[float, float]],
    edges: Sequence[Ends],
    gap: float,
    lane: float,
    manner: Manner = QUICK[0],
    pins: Pins | None = None,
) -> Ranked:
    """Ranks and heights for boxes of `sizes` (points), `gap` apart, lines `lane` apart.

    Edges are taken once each. Raises InvalidGraph when they run in a circle or know no node.
    """
    for source, target in edges:
        if source not in sizes or target not in sizes:
            raise InvalidGraph(f"edge {source} to {target} names an unknown node")
    asked = [ends for ends in edges if pins is None or not pins.passes(ends)]
    joined = {name for ends in asked for name in ends}
    names = [name for name in sizes if name in joined]
    answer = _answer(names, sizes, asked, _options(gap, lane, manner))
    rank, wished = dict.fromkeys(sizes, 0), dict.fromkeys(sizes, inf)
    numbers = {number: i for i, number in enumerate(sorted({n["rank"] for n in answer.nodes}))}
    for name, node in zip(names, answer.nodes, strict=True):
        rank[name], wished[name] = numbers[node["rank"]], node["center"]["y"]
    if pins is not None:
        pins.rank(rank)
        kept = {number: i for i, number in enumerate(sorted(set(rank.values())))}
        rank = {name: kept[number] for name, number in rank.items()}
    if any(rank[source] >= rank[target] for source, target in edges):
        raise InvalidGraph("the edges run in a circle")
    columns: list[list[str]] = [[] for _ in range(max(rank.values(), default=-1) + 1)]
    for name in sorted(sizes, key=lambda n: wished[n]):  # stable: ties keep the caller's order
        columns[rank[name]].append(name)
    apart = _apart(columns, wished, sizes, gap)
    held: Collection[str] = ()
    if pins is not None:
        held = pins.hold(apart, wished, sizes, edges, lane)
        columns = [sorted(column, key=lambda n: apart[n]) for column in columns]
    middle = _levelled(columns, apart, sizes, edges, gap, lane, held)
    x = {name: node["center"]["x"] for name, node in zip(names, answer.nodes, strict=True)}
    across = [_mean([x[name] for name in column if name in x]) for column in columns]
    passages = {
        ends: tuple(
            _height_at(edge["points"], across[r]) for r in range(rank[ends[0]] + 1, rank[ends[1]])
        )
        for ends, edge in zip(asked, answer.edges, strict=True)
    }
    for ends in edges:
        if ends not in passages:
            passages[ends] = (middle[ends[0]],) * (rank[ends[1]] - rank[ends[0]] - 1)
    return Ranked(columns=tuple(map(tuple, columns)), rank=rank, middle=middle, passages=passages)


def _answer(
    names: Sequence[str],
    sizes: Mapping[str, tuple[float, float]],
    edges: Sequence[Ends],
    options: Mapping[str, Any],
) -> graphlay.Layout:
    graph = graphlay.Graph()
    for name in names:  # the engine breaks ties by label: none, or a new id would move boxes
        graph.node(name, width=sizes[name][0], height=sizes[name][1], label="")
    for source, target in edges:
        graph.edge(source, target)
    return graphlay.layout(graph, options=options)


def _options(gap: float, lane: float, manner: Manner) -> dict[str, Any]:
    return {
        "effort": manner.effort,
        "coords": {"placement": manner.heights},
        "direction": "leftright",
        "spacing": {
            "node_gap": gap,
            "dummy_gap": lane,
            "port_gap": lane,
            "isolated_gap": gap,
            "layer_gap": 3 * gap,
        },
        "routing": {"port_sides": "facing_only", "centre_ports": "all", "merge_edges": "forks"},
    }


def _apart(
    columns: Sequence[Sequence[str]],
    wished: Mapping[str, float],
    sizes: Mapping[str, tuple[float, float]],
    gap: float,
) -> dict[str, float]:
    """The wished heights, pushed down where two boxes of a column come closer than `gap`.

    A node without a wish (infinite) goes right below the others of its column.
    """
    middle: dict[str, float] = {}
    for column in columns:
        floor = float("-inf")
        for name in column:
            height = sizes[name][1]
            wish = wished[name] if wished[name] < inf else 0.0
            middle[name] = round(max(wish, floor + height / 2), 3)
            floor = middle[name] + height / 2 + gap - 0.002
    return middle


def _levelled(
    columns: Sequence[Sequence[str]],
    middle: Mapping[str, float],
    sizes: Mapping[str, tuple[float, float]],
    edges: Sequence[Ends],
    gap: float,
    lane: float,
    held: Collection[str],
) -> dict[str, float]:
    """Nodes that all but face a node before them moved to face it: no line with a tiny step.

    Those `held` stay.
    """
    level = dict(middle)
    before: dict[str, list[str]] = {}
    for source, target in edges:
        before.setdefault(target, []).append(source)
    for column in columns:
        for at, name in enumerate(column):
            if name in held:
                continue
            low, high = -inf, inf
            if at > 0:
                above = column[at - 1]
                low = level[above] + (sizes[above][1] + sizes[name][1]) / 2 + gap - 0.002
            if at + 1 < len(column):
                below = column[at + 1]
                high = level[below] - (sizes[below][1] + sizes[name][1]) / 2 - gap + 0.002
            here = level[name]
            facing = [level[source] for source in before.get(name, ())]
            near = min(facing, key=lambda y: abs(y - here), default=here)
            if abs(near - here) <= lane / 2 and low <= near <= high:
                level[name] = near
    return level


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _height_at(points: Sequence[Mapping[str, float]], x: float) -> float:
    """The height of a line that runs right where it passes x."""
    for here, there in pairwise(points):
        if here["x"] <= x <= there["x"] and here["x"] < there["x"]:
            share = (x - here["x"]) / (there["x"] - here["x"])
            return round(here["y"] + share * (there["y"] - here["y"]), 3)
    return round(points[-1]["y"], 3)
