"""From drafts to the frozen tree: numbers, ids, labels and levels."""

from collections import Counter
from collections.abc import Sequence

from netfig.grouping import fusing, levels
from netfig.grouping.drafts import Draft
from netfig.grouping.hierarchy import Block, Hierarchy
from netfig.grouping.naming import kind_labels, words
from netfig.grouping.order import Wiring
from netfig.model.graph import Layer, LayerGraph


def build(graph: LayerGraph, wires: Wiring, line: list[int], top: Draft) -> Hierarchy:
    """The hierarchy of the drafts below `top`, which is the group of the whole network."""
    layers = graph.layers
    drafts = list(top.walk())
    index = {id(d): n for n, d in enumerate(drafts)}
    children = [tuple(index[id(c)] for c in d.children) for d in drafts]
    parent = [-1] * len(drafts)
    for n, inner in enumerate(children):
        for c in inner:
            parent[c] = n
    heights = levels.heights(children, [d.repeat for d in drafts], _tiers(drafts))
    home = [-1] * len(line)
    for n, d in enumerate(drafts):
        for i in d.members:
            home[i] = n
    ids = _ids(layers, drafts)
    blocks = [
        Block(
            id=ids[n],
            kind=d.kind,
            label=d.label,
            members=d.members,
            parent=parent[n],
            children=children[n],
            repeat=d.repeat,
            height=heights[n],
            made=d.made,
        )
        for n, d in enumerate(drafts)
    ]
    own, operators = _glyphs(layers, wires, line, home, len(blocks))
    stage = min(
        (h for h, d in zip(heights, drafts, strict=True) if d.evidence == "stage"), default=99
    )
    families = [d.family for d in drafts]
    sizes, block_level, default = levels.choose(blocks, own, operators, families, stage)
    outside = sum(1 for i in line if home[i] < 0)
    return Hierarchy(
        graph=graph,
        wires=wires,
        line=tuple(line),
        blocks=tuple(blocks),
        home=tuple(home),
        labels=kind_labels(layers, wires, blocks),
        levels=len(sizes),
        default=default,
        block_level=block_level,
        sizes=tuple(n + outside for n in sizes),
    )


def _tiers(drafts: Sequence[Draft]) -> list[object]:
    """What folds together: stages; blocks of one author's word; blocks without one, of one depth.

    A block without a word counts as one of the network's blocks when it lies in nothing but
    stages, else as a part of what it lies in.
    """
    tier: dict[int, object] = {}
    for d in drafts:
        above = tier[id(d.parent)] if d.parent is not None else ()
        if d.evidence == "all":
            own: object = ()
        elif d.repeat > 1:
            own = ("run", above, words(d.label) if d.label else d.evidence)
        elif d.evidence == "stage":
            own = ("stage", above)
        elif d.label:
            own = ("said", words(d.label))
        else:
            around = above
            while isinstance(around, tuple) and around and around[0] in ("run", "stage"):
                around = around[1]
            own = ("block", around)
        tier[id(d)] = own
    return [tier[id(d)] for d in drafts]


def _glyphs(
    layers: Sequence[Layer], wires: Wiring, line: list[int], home: list[int], size: int
) -> tuple[list[int], list[int]]:
    """For each block the glyphs directly in it, and how many of them are merges."""
    host = fusing.hosts(
        layers, wires.before.__getitem__, wires.after.__getitem__, home.__getitem__, line
    )
    own, operators = [0] * size, [0] * size
    for i in line:
        if host[i] == i and home[i] >= 0:
            own[home[i]] += 1
            operators[home[i]] += layers[i].type in fusing.MERGES
    return own, operators


def _ids(layers: Sequence[Layer], drafts: Sequence[Draft]) -> list[str]:
    """Ids of first and last layer, so that they outlive changes elsewhere; each used once."""
    used: Counter[str] = Counter()
    ids = []
    for d in drafts:
        times = f"x{d.repeat}:" if d.repeat > 1 else ""
        name = d.id or f"{times}{layers[d.members[0]].id}..{layers[d.members[-1]].id}"
        used[name] += 1
        ids.append(name if used[name] == 1 else f"{name}~{used[name]}")
    return ids
