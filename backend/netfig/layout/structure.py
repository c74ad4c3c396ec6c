"""The series-parallel structure of what is shown: how a person would take the network apart.

A graph between two ends is cut at the nodes that every path passes (series); what lies between two
cuts falls into branches (parallel), each taken apart in the same way. What has neither is a tangle.
The cuts are found in one scan in topological order: a node is passed by every path if no edge jumps
over it. Time is linear in nodes and links for each level of nesting.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from netfig.layout.parts import Chain, Leaf, Part, Region, Series, Tangle
from netfig.layout.tangles import untangled
from netfig.model.grouped import GroupedGraph

DEEPEST = 60
"""Nesting beyond this is laid out as a tangle, so that recursion stays bounded."""

_Link = tuple[int, int]


def structure(graph: GroupedGraph) -> Series:
    """Take the shown graph apart. Nodes come in the order of the data flow."""
    order = [node.id for node in graph.nodes]
    place = {node: i for i, node in enumerate(order)}
    links = [(place[link.source], place[link.target]) for link in graph.links]
    count = len(order)
    left, entered = {u for u, _ in links}, {v for _, v in links}
    links += [(-1, i) for i in range(count) if i not in entered]
    links += [(i, count) for i in range(count) if i not in left]
    return _series(list(range(count)), links, -1, count, order, 0)


def _name(order: Sequence[str], index: int) -> str | None:
    return order[index] if 0 <= index < len(order) else None


def _series(
    nodes: list[int], links: list[_Link], source: int, target: int, order: Sequence[str], depth: int
) -> Series:
    place = {source: 0, target: len(nodes) + 1}
    place.update((node, i) for i, node in enumerate(nodes, 1))
    reach = [0] * (len(nodes) + 2)
    for u, v in links:
        reach[place[u]] = max(reach[place[u]], place[v])
    cuts, furthest = [0], reach[0]
    for i in range(1, len(nodes) + 2):
        if furthest <= i:
            cuts.append(i)
        furthest = max(furthest, reach[i])
    parts: list[Part] = []
    segment_of: dict[int, list[_Link]] = defaultdict(list)
    segment = [0] * (len(nodes) + 2)
    for k, (a, b) in enumerate(pairwise(cuts)):
        for i in range(a, b):
            segment[i] = k
    for u, v in links:
        segment_of[segment[place[u]]].append((u, v))
    at = [source, *nodes, target]
    for k, (a, b) in enumerate(pairwise(cuts)):
        inner = at[a + 1 : b]
        if inner:
            parts.append(_between(inner, segment_of[k], at[a], at[b], order, depth))
        if b <= len(nodes):
            parts.append(Leaf(order[at[b]]))
    return Series(tuple(parts))


def _between(
    inner: list[int], links: list[_Link], a: int, b: int, order: Sequence[str], depth: int
) -> Part:
    parent = {node: node for node in inner}

    def find(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    direct = False
    for u, v in links:
        if u in parent and v in parent:
            parent[find(u)] = find(v)
        direct = direct or (u == a and v == b)
    branches: dict[int, list[int]] = defaultdict(list)
    for node in inner:
        branches[find(node)].append(node)
    source, target = _name(order, a), _name(order, b)
    if (len(branches) == 1 and not direct) or depth >= DEEPEST:

        def series(nodes: list[int], links: list[_Link]) -> Series:
            return _series(nodes, links, -1, len(order), order, depth + 1)

        return untangled(inner, links, a, b, order, series if depth < DEEPEST else None)
    own: dict[int, list[_Link]] = defaultdict(list)
    for u, v in links:
        if u in parent or v in parent:
            own[find(u if u in parent else v)].append((u, v))
    return Region(
        source,
        target,
        tuple(
            _series(nodes, own[root], a, b, order, depth + 1) for root, nodes in branches.items()
        ),
        direct,
    )


__all__ = ["Chain", "Leaf", "Part", "Region", "Series", "Tangle", "structure"]
