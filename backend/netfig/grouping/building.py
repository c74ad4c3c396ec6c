"""From drafts to the frozen tree: numbers, ids, labels and levels."""

from collections.abc import Sequence

from netfig.grouping import fusing, levels
from netfig.grouping.drafts import Draft
from netfig.grouping.hierarchy import Block, Hierarchy, joins
from netfig.grouping.naming import Namer, words
from netfig.grouping.order import Wiring
from netfig.model.graph import Layer, LayerGraph


def build(
    graph: LayerGraph, wires: Wiring, line: list[int], top: Draft, warnings: tuple[str, ...]
) -> Hierarchy:
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
    blocks = [
        Block(
            id=d.id,
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
    own, operators, crossing = _glyphs(layers, wires, line, home, parent)
    stage = min(
        (h for h, d in zip(heights, drafts, strict=True) if d.evidence == "stage"), default=99
    )
    families = [d.family for d in drafts]
    outside = sum(1 for i in line if home[i] < 0)
    sizes, block_level, default = levels.choose(
        blocks, own, operators, crossing, families, stage, outside
    )
    return Hierarchy(
        graph=graph,
        wires=wires,
        line=tuple(line),
        blocks=tuple(blocks),
        home=tuple(home),
        labels=_labels(layers, wires, drafts),
        levels=len(sizes),
        default=default,
        block_level=block_level,
        sizes=sizes,
        warnings=warnings,
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
            own = ("run", above, d.word)
        elif d.evidence == "stage":
            own = ("stage", above)
        elif d.label:
            own = ("said", words(d.label), d.evidence)
        else:
            around = above
            while isinstance(around, tuple) and around and around[0] in ("run", "stage"):
                around = around[1]
            own = ("block", around)
        tier[id(d)] = own
    return [tier[id(d)] for d in drafts]


def _glyphs(
    layers: Sequence[Layer], wires: Wiring, line: list[int], home: list[int], parents: list[int]
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """For each block the glyphs directly in it and how many of them are merges; and the bands
    that lie in another block than their host (the host's, their own)."""
    host = fusing.hosts(
        layers,
        wires.before.__getitem__,
        wires.uses.__getitem__,
        lambda s, i: joins(layers, home, parents, s, i),
        line,
    )
    own, operators = [0] * len(parents), [0] * len(parents)
    crossing: list[tuple[int, int]] = []
    for i in line:
        if home[i] < 0:
            continue
        if host[i] == i:
            own[home[i]] += 1
            operators[home[i]] += layers[i].type in fusing.MERGES
        elif not fusing.is_padding(layers[i]):
            source = wires.before[i][0]
            if home[source] != home[i]:
                crossing.append((home[source], home[i]))
    return own, operators, crossing


def _labels(layers: Sequence[Layer], wires: Wiring, drafts: Sequence[Draft]) -> dict[str, str]:
    """A label for each kind, by its first block."""
    namer = Namer(layers, wires)
    first: dict[str, tuple[str, Sequence[int]]] = {}
    labels: dict[str, str] = {}
    for d in drafts:
        if d.kind in first or d.kind in labels or d.repeat > 1:
            continue
        if d.made or d.evidence == "all":
            labels[d.kind] = d.label
        else:
            first[d.kind] = (d.word, d.members)
    return labels | namer.labels(first)
