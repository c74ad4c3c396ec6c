"""find(): from a graph to the tree of its groups."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from netfig.grouping import fusing, order, series
from netfig.grouping.folding import fold
from netfig.grouping.hierarchy import Block, Draft, Hierarchy, nest
from netfig.grouping.likeness import Form, Likeness
from netfig.grouping.naming import kind_labels
from netfig.grouping.provenance import calls, paths
from netfig.model.graph import Layer, LayerGraph
from netfig.model.spec import FigureSpec, Grouping

FEW = 25
"""Glyphs that a figure across a page holds at a readable size."""

OPEN = 28
"""Glyphs (operators not counted) up to which a network is shown unfolded: its legend then needs no insides."""


def find(graph: LayerGraph, spec: FigureSpec) -> Hierarchy:
    """The groups of a network and the levels they fold by.

    Reads `spec.grouping` alone (match level, hand-made and removed groups), so the answer can be
    kept as long as these stay. Near-linear in the number of layers and edges.
    """
    wires = order.wiring(graph)
    place = {layer.id: i for i, layer in enumerate(graph.layers)}
    line = order.line_up(wires, [place[i] for i, _ in graph.outputs])
    rank = [0] * len(line)
    for p, i in enumerate(line):
        rank[i] = p
    likeness = Likeness(graph.layers, wires, spec.grouping.match)
    types = Likeness(graph.layers, wires, "type")

    drafts: list[Draft] = []
    for made in spec.grouping.made:
        known = sorted((place[i] for i in made.layers if i in place), key=rank.__getitem__)
        if known:
            drafts.append(
                Draft(
                    members=tuple(known), label=made.label, evidence="made", id=made.id, made=True
                )
            )
    said = calls(graph.layers, line) + paths(graph.layers, line)
    drafts += [
        Draft(members=c.members, label=c.label, evidence=c.evidence)
        for c in sorted(said, key=lambda c: -len(c.members))
        if _worth(graph.layers, wires, c.members)
    ]
    drafts += _structure(graph.layers, wires, line, types)
    roots = nest(drafts, len(line))
    every = _flat(roots)
    forms: dict[int, Form] = {}
    for draft in every:
        form = likeness.form(draft.members)
        forms[id(draft)] = form
        draft.kind = f"{draft.label or 'block'}~{likeness.stable(form)}"
    top = Draft(members=tuple(line), label="", evidence="all", children=roots)
    for draft in [top, *every]:
        _runs(draft, graph, wires, rank)
    return _finish(graph, wires, line, top, spec)


def _worth(layers: Sequence[Layer], wires: order.Wiring, members: tuple[int, ...]) -> bool:
    """A group is worth having when it hides at least two glyphs and is not the whole network."""
    inside = set(members)
    host = fusing.hosts(
        layers, wires.before.__getitem__, wires.after.__getitem__, lambda i: i in inside, members
    )
    glyphs = sum(1 for i in members if host[i] == i)
    ends = sum(1 for layer in layers if layer.type == "InputLayer")
    return glyphs >= 2 and len(members) < len(layers) - ends


def _structure(
    layers: Sequence[Layer], wires: order.Wiring, line: list[int], types: Likeness
) -> list[Draft]:
    """Parallel regions that occur at least twice, with the activation that follows each."""
    found: list[tuple[int, int]] = []
    todo = list(series.regions(wires, line))
    while todo:
        run = todo.pop()
        for k, region in enumerate(run):
            if region.size == 1:
                continue
            end = region.end
            if k + 1 < len(run) and run[k + 1].size == 1:
                follower = layers[line[run[k + 1].start]]
                end += follower.type in fusing.ACTIVATIONS
            found.append((region.start, end))
            todo.extend(region.parts)
    alike: dict[Form, list[tuple[int, int]]] = defaultdict(list)
    for a, b in found:
        alike[types.form(line[a:b])].append((a, b))
    spans = [span for spans in alike.values() if len(spans) > 1 for span in spans]
    spans.sort(key=lambda s: (s[0] - s[1], s[0]))
    return [Draft(members=tuple(line[a:b]), label="", evidence="structure") for a, b in spans]


def _flat(roots: Sequence[Draft]) -> list[Draft]:
    """Every draft, outermost first, siblings as given."""
    found: list[Draft] = []
    todo = list(reversed(roots))
    while todo:
        draft = todo.pop()
        found.append(draft)
        todo.extend(reversed(draft.children))
    return found


def _runs(parent: Draft, graph: LayerGraph, wires: order.Wiring, rank: list[int]) -> None:
    """Put equal children that follow one another into a run."""
    parent.children.sort(key=lambda d: rank[d.members[0]])
    held = [d.repeat == 1 and not d.made for d in parent.children]
    children: list[Draft] = []
    k = 0
    while k < len(parent.children):
        run = [parent.children[k]]
        if held[k]:
            while k + len(run) < len(parent.children) and _follows(
                graph.layers, wires, run, parent.children[k + len(run)], rank
            ):
                run.append(parent.children[k + len(run)])
        k += len(run)
        if len(run) == 1:
            children.append(run[0])
            continue
        group = Draft(
            members=tuple(i for d in run for i in d.members),
            label=run[0].label,
            evidence=run[0].evidence,
            parent=parent,
            children=run,
            repeat=len(run),
            kind=run[0].kind,
        )
        for d in run:
            d.parent = group
        children.append(group)
    parent.children = children


def _follows(
    layers: Sequence[Layer], wires: order.Wiring, run: list[Draft], block: Draft, rank: list[int]
) -> bool:
    """Whether `block` repeats the blocks of `run`: one kind, next in line, the same extents.

    Channels may be constant or grow by a constant step (dense blocks); a change of extent ends a
    run, so that a figure never hides one.
    """
    first, last = run[0], run[-1]
    if block.kind != last.kind or block.made or block.repeat > 1:
        return False
    if rank[block.members[0]] != rank[last.members[-1]] + 1:
        return False
    inside = set(last.members)
    own = set(block.members)
    if not any(s in inside for i in block.members for s in wires.before[i] if s not in own):
        return False
    ends = [layers[d.members[-1]].outputs for d in (first, last, block)]
    starts = layers[first.members[0]].inputs
    if not all(ends) or not starts:
        return False
    if {t[0].spatial for t in ends} != {starts[0].spatial}:
        return False
    growth = [t[0].size("channels") for t in ends]
    if growth[1] == growth[2]:
        return growth[0] == growth[1]
    if None in growth:
        return False
    before = starts[0].size("channels")
    step = growth[2] - growth[1]  # type: ignore[operator]
    return before is not None and growth[0] - before == step  # type: ignore[operator]


def _finish(
    graph: LayerGraph, wires: order.Wiring, line: list[int], top: Draft, spec: FigureSpec
) -> Hierarchy:
    """Number the drafts, give heights, ids and labels; add the group of everything."""
    layers = graph.layers
    ends = {i for i in line if layers[i].type == "InputLayer"}
    body = tuple(i for i in line if i not in ends)
    whole = Draft(members=body, label=graph.name, evidence="all", children=top.children)
    whole.kind = "network"
    drafts = _flat([whole])
    index = {id(d): n for n, d in enumerate(drafts)}
    height = [1] * len(drafts)
    used: dict[str, int] = {}
    for n in range(len(drafts) - 1, -1, -1):
        d = drafts[n]
        above = max((height[index[id(c)]] for c in d.children), default=0)
        height[n] = above if d.repeat > 1 else above + 1
    home = [-1] * len(line)
    blocks: list[Block] = []
    parent = {index[id(c)]: n for n, d in enumerate(drafts) for c in d.children}
    for n, d in enumerate(drafts):
        for i in d.members:
            home[i] = n
        name = d.id or _id(layers, d)
        used[name] = used.get(name, 0) + 1
        if used[name] > 1:
            name = f"{name}~{used[name]}"
        blocks.append(
            Block(
                id=name,
                kind=d.kind,
                label=d.label,
                members=d.members,
                parent=parent.get(n, -1),
                children=tuple(index[id(c)] for c in d.children),
                repeat=d.repeat,
                height=height[n],
                made=d.made,
            )
        )
    hierarchy = Hierarchy(
        graph=graph,
        wires=wires,
        line=tuple(line),
        blocks=tuple(blocks),
        home=tuple(home),
        labels=kind_labels(graph.layers, wires, blocks),
        levels=max(height) + 1,
    )
    plain = FigureSpec(grouping=Grouping(fuse=spec.grouping.fuse))
    states = [fold(hierarchy, plain, n).nodes for n in range(hierarchy.levels)]
    types = {layer.id: layer.type for layer in layers}
    operators = sum(1 for node in states[0] if types[node.main] in fusing.MERGES)
    sizes = tuple(len(nodes) for nodes in states)
    return replace(hierarchy, sizes=sizes, default=_default(sizes, sizes[0] - operators))


def _default(sizes: Sequence[int], glyphs: int) -> int:
    """The level to start from: everything when that is few, else the most detail that is.

    `glyphs` is the number of nodes of level 0 without operators, which take little room.
    """
    if glyphs <= OPEN:
        return 0
    for level, size in enumerate(sizes):
        if size <= FEW:
            return level
    return len(sizes) - 1


def _id(layers: Sequence[Layer], draft: Draft) -> str:
    """The group's id: its first and last layer, so that it outlives changes elsewhere."""
    prefix = f"x{draft.repeat}:" if draft.repeat > 1 else ""
    return f"{prefix}{layers[draft.members[0]].id}..{layers[draft.members[-1]].id}"
