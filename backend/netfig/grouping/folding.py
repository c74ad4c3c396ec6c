"""fold(): what is shown of a network at one level, with the user's edits on top."""

from collections import defaultdict
from collections.abc import Iterable

from netfig.grouping import fusing
from netfig.grouping.collecting import uncollected
from netfig.grouping.hierarchy import Block, Hierarchy, joins
from netfig.model.graph import Edge, Tensor
from netfig.model.grouped import Group, GroupedGraph, Kind, Link, Node
from netfig.model.spec import FigureSpec


@uncollected
def fold(hierarchy: Hierarchy, spec: FigureSpec, level: int) -> GroupedGraph:
    """The grouped graph at `level` (clamped to 0..levels - 1) with the edits of `spec`."""
    level = max(0, min(level, hierarchy.levels - 1))
    view = _View(hierarchy, spec)
    folded = [view.is_folded(block, level) for block in hierarchy.blocks]
    nodes, links = view.show(folded, range(len(hierarchy.line)))
    shown = {node.group for node in nodes if node.group}
    groups = tuple(
        Group(
            id=b.id,
            kind=b.kind,
            label=view.label(b),
            layers=view.ids(sorted(b.members)),
            parent=hierarchy.blocks[b.parent].id if b.parent >= 0 else None,
            repeat=b.repeat,
            folded=b.id in shown,
            made=b.made,
        )
        for b in hierarchy.blocks
    )
    return GroupedGraph(
        nodes=nodes,
        links=links,
        groups=groups,
        kinds=view.kinds(nodes),
        level=level,
        levels=hierarchy.levels,
        hidden=view.ids(view.hidden),
        warnings=hierarchy.warnings + view.warnings(),
    )


class _View:
    """The graph without its hidden layers, and the ways to show parts of it."""

    def __init__(self, hierarchy: Hierarchy, spec: FigureSpec) -> None:
        self.h = hierarchy
        self.spec = spec
        layers = hierarchy.graph.layers
        self.hidden: list[int] = []
        for i, layer in enumerate(layers):
            own = spec.layers[layer.id].hidden if layer.id in spec.layers else None
            kind = spec.types[layer.type].hidden if layer.type in spec.types else None
            if own if own is not None else kind:
                self.hidden.append(i)
        self.rank = [0] * len(layers)
        for p, i in enumerate(hierarchy.line):
            self.rank[i] = p
        self.parents = [block.parent for block in hierarchy.blocks]
        self.edges = self._bridged()
        self.before: list[list[int]] = [[] for _ in layers]
        self.after: list[list[int]] = [[] for _ in layers]
        for source, target, _ in self.edges:
            self.before[target].append(source)
            self.after[source].append(target)
        place = {layer.id: i for i, layer in enumerate(layers)}
        for name, _ in hierarchy.graph.outputs:
            self.after[place[name]].append(-1)

    def _bridged(self) -> list[tuple[int, int, tuple[Edge, ...]]]:
        """Edges between layers that are not hidden, each with the graph's edges it stands for."""
        layers, out = self.h.graph.layers, set(self.hidden)
        place = {layer.id: i for i, layer in enumerate(layers)}
        edges: list[tuple[int, int, tuple[Edge, ...]]] = []
        through: dict[int, list[tuple[int, tuple[Edge, ...]]]] = defaultdict(list)
        entering: dict[int, list[Edge]] = defaultdict(list)
        for edge in self.h.graph.edges:
            entering[place[edge.target]].append(edge)
        for i in range(len(layers)):
            for edge in entering[i]:
                source = place[edge.source]
                ways = (
                    [(s, (*way, edge)) for s, way in through[source]]
                    if source in out
                    else [(source, (edge,))]
                )
                if i in out:
                    through[i].extend(ways)
                else:
                    edges.extend((s, i, way) for s, way in ways)
        return edges

    def ids(self, members: Iterable[int]) -> tuple[str, ...]:
        """Layer ids."""
        return tuple(self.h.graph.layers[i].id for i in members)

    def label(self, block: Block) -> str:
        """The user's word for a group, else for its kind, else ours."""
        for looks, key in ((self.spec.groups, block.id), (self.spec.kinds, block.kind)):
            look = looks.get(key)
            if look is not None and look.label:
                return look.label
        return block.label if block.made else self.h.labels[block.kind]

    def is_folded(self, block: Block, level: int) -> bool:
        """By the group's own edit, else its kind's, else the level."""
        edits = self.spec.grouping
        for table, key in ((edits.groups, block.id), (edits.kinds, block.kind)):
            edit = table.get(key)
            if edit is not None and edit.folded is not None:
                return edit.folded
        return block.height <= level

    def show(
        self, folded: list[bool], members: Iterable[int], root: int = -1
    ) -> tuple[tuple[Node, ...], tuple[Link, ...]]:
        """Nodes and links of `members` (positions) with the flagged blocks below `root` folded."""
        blocks, layers = self.h.blocks, self.h.graph.layers
        outermost = [-1] * len(blocks)
        for n, block in enumerate(blocks):  # parents come first
            above = outermost[block.parent] if block.parent >= 0 and n != root else -1
            outermost[n] = above if above >= 0 else n if folded[n] and n != root else -1
        out = set(self.hidden)
        order = sorted((i for i in members if i not in out), key=self.rank.__getitem__)
        glyph = {i: outermost[self.h.home[i]] if self.h.home[i] >= 0 else -1 for i in order}
        loose = [i for i in order if glyph[i] < 0]
        host = {i: i for i in loose}
        if self.spec.grouping.fuse:
            inside = set(loose)
            host = fusing.hosts(
                layers,
                self.before.__getitem__,
                self.after.__getitem__,
                lambda s, i: s in inside and joins(layers, self.h.home, self.parents, s, i),
                loose,
            )
        names: dict[int, str] = {}
        parts: dict[str, list[int]] = {}
        for i in order:
            name = blocks[glyph[i]].id if glyph[i] >= 0 else layers[host[i]].id
            names[i] = name
            parts.setdefault(name, []).append(i)
        nodes = []
        for name, held in parts.items():
            held.sort()
            n = glyph[held[0]]
            main = held[0] if n >= 0 else host[held[0]]
            nodes.append(
                Node(
                    id=name,
                    kind="group" if n >= 0 else "layer",
                    main=layers[main].id,
                    bands=() if n >= 0 else self.ids(i for i in held if i != main),
                    group=blocks[n].id if n >= 0 else None,
                    group_kind=blocks[n].kind if n >= 0 else None,
                    repeat=blocks[n].repeat if n >= 0 else 1,
                    layers=self.ids(held),
                    inputs=self._inputs(held),
                    outputs=self._outputs(held),
                    within=self._within(blocks[n].parent if n >= 0 else self.h.home[main], root),
                )
            )
        merged: dict[tuple[str, str], list[Edge]] = {}
        for source, target, way in self.edges:
            if source in names and target in names and names[source] != names[target]:
                merged.setdefault((names[source], names[target]), []).extend(way)
        links = tuple(
            Link(source=s, target=t, edges=tuple(dict.fromkeys(way)))
            for (s, t), way in merged.items()
        )
        return tuple(nodes), links

    def _within(self, n: int, root: int) -> tuple[str, ...]:
        """Ids of the blocks around, outermost first, up to `root`."""
        found = []
        while n >= 0 and n != root:
            found.append(self.h.blocks[n].id)
            n = self.h.blocks[n].parent
        return tuple(reversed(found))

    def _inputs(self, held: list[int]) -> tuple[Tensor, ...]:
        """Tensors that come from outside, each once, in order of use."""
        place = set(held)
        layers = self.h.graph.layers
        found: dict[tuple[int, int], Tensor] = {}
        for i in held:
            sources = self.h.wires.before[i]
            for port, tensor in enumerate(layers[i].inputs):
                source = sources[port] if port < len(sources) else -1 - i
                if source not in place:
                    found.setdefault((source, 0), tensor)
        return tuple(found.values())

    def _outputs(self, held: list[int]) -> tuple[Tensor, ...]:
        """Tensors that leave, each once; all of the last layer's when none does."""
        place = set(held)
        found = [
            t
            for i in held
            if any(a not in place for a in self.after[i]) or not self.after[i]
            for t in self.h.graph.layers[i].outputs
        ]
        return tuple(found)

    def kinds(self, nodes: tuple[Node, ...]) -> tuple[Kind, ...]:
        """Kinds of the nodes shown, then of what is inside those, in order of first use."""
        first: dict[str, int] = {}
        members: dict[str, list[str]] = defaultdict(list)
        for n, block in enumerate(self.h.blocks):
            if block.repeat == 1:
                first.setdefault(block.kind, n)
                members[block.kind].append(block.id)
        found: dict[str, Kind] = {}
        todo = [node.group_kind for node in nodes if node.group_kind]
        while todo:
            kind = todo.pop(0)
            if kind in found:
                continue
            n = first[kind]
            block = self.h.blocks[n]
            folded = [other.parent == n for other in self.h.blocks]
            inside, links = self.show(folded, block.members, root=n)
            found[kind] = Kind(
                id=kind,
                label=self.label(block),
                members=tuple(members[kind]),
                inside_nodes=inside,
                inside_links=links,
                entries=self._reaching(inside, block, self.before),
                exits=self._reaching(inside, block, self.after),
            )
            todo.extend(node.group_kind for node in inside if node.group_kind)
        return tuple(found.values())

    def _reaching(
        self, nodes: tuple[Node, ...], block: Block, near: list[list[int]]
    ) -> tuple[str, ...]:
        """Ids of the nodes with a layer that has a neighbour outside the block."""
        inside = set(block.members)
        names = {self.h.graph.layers[i].id for i in inside if any(j not in inside for j in near[i])}
        return tuple(node.id for node in nodes if not names.isdisjoint(node.layers))

    def warnings(self) -> tuple[str, ...]:
        """One sentence for the edits whose ids the network no longer has."""
        layers = {layer.id for layer in self.h.graph.layers}
        blocks = {b.id for b in self.h.blocks}
        kinds = {b.kind for b in self.h.blocks}
        edits = self.spec.grouping
        lost = [i for i in self.spec.layers if i not in layers]
        lost += [i for i in {**self.spec.groups, **edits.groups} if i not in blocks]
        lost += [i for i in {**self.spec.kinds, **edits.kinds} if i not in kinds]
        if not lost:
            return ()
        return (f"The network no longer has what these edits were for: {', '.join(lost)}.",)
