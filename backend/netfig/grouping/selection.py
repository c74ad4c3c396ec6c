"""Whether a selection can be made a group by hand, and the smallest one around it that can.

A group has one entry (one tensor comes in, or one input of the network stands in it) and one exit
(one layer's output goes out); then its glyph stands in the figure like a layer. Time linear in
the graph but for a logarithm.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from netfig.grouping.order import Tree, Wiring, wiring
from netfig.model.graph import Edge, LayerGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What can be done with a selection.

    `allowed`: it can be a group as it is. `layers`: the smallest selection around it that can, in
    graph order (itself when allowed), () when only the whole network would do or nothing does.
    `blocking` is an edge in the way, `message` says why, both empty when allowed.
    """

    allowed: bool
    layers: tuple[str, ...]
    blocking: Edge | None = None
    message: str = ""


def close(graph: LayerGraph, layers: Iterable[str]) -> Selection:
    """Judge a selection of layer ids; ids that the graph does not have are left out."""
    wires = wiring(graph)
    place = {layer.id: i for i, layer in enumerate(graph.layers)}
    chosen = {place[name] for name in layers if name in place}
    ends = {place[name] for name, _ in graph.outputs}
    ends |= {i for i in range(wires.size) if not wires.after[i]}
    if not chosen:
        return Selection(allowed=False, layers=(), message="Nothing is selected.")
    starts = {i for i in range(wires.size) if not wires.before[i]}
    blocking, message = _obstacle(graph, place, chosen, starts, ends)
    if not message:
        return Selection(allowed=True, layers=_names(graph, chosen))
    grown = _Closure(wires, ends).grow(chosen)
    return Selection(
        allowed=False,
        layers=_names(graph, grown) if grown is not None else (),
        blocking=blocking,
        message=message,
    )


def _names(graph: LayerGraph, chosen: Iterable[int]) -> tuple[str, ...]:
    return tuple(graph.layers[i].id for i in sorted(chosen))


def _obstacle(
    graph: LayerGraph, place: dict[str, int], chosen: set[int], starts: set[int], ends: set[int]
) -> tuple[Edge | None, str]:
    """An edge that gives the selection a second entry or exit, and the sentence on it.

    The entry of most edges and the exit that is latest count as the proper ones. A layer that
    takes nothing is an entry itself, one that feeds nothing or is an output an exit.
    """
    entering: dict[tuple[str, int], list[Edge]] = {}
    leaving: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        inside = place[edge.source] in chosen, place[edge.target] in chosen
        if inside == (False, True):
            entering.setdefault((edge.source, edge.source_port), []).append(edge)
        elif inside == (True, False):
            leaving.setdefault(edge.source, []).append(edge)
    if len(entering) > 1:
        proper = max(entering, key=lambda s: (len(entering[s]), -place[s[0]]))
        edge = next(edges[0] for source, edges in entering.items() if source != proper)
        return edge, f"{edge.target} also takes the output of {edge.source}, which is not selected."
    inputs = sorted(starts & chosen)
    if len(inputs) + len(entering) > 1:
        first = graph.layers[inputs[0]].id
        if not entering:
            other = graph.layers[inputs[1]].id
            return None, f"{first} and {other} are two inputs of the network."
        edge = next(iter(entering.values()))[0]
        return edge, f"{edge.target} also takes the output of {edge.source}, besides {first}."
    exits = set(leaving) | {graph.layers[i].id for i in ends & chosen}
    if len(exits) > 1:
        proper_exit = max(exits, key=place.__getitem__)
        other = min(exits - {proper_exit}, key=place.__getitem__)
        if other in leaving:
            edge = leaving[other][0]
            return edge, f"{other} also feeds {edge.target}, which is not selected."
        return None, f"{other} is an output of the network besides {proper_exit}."
    return None, ""


class _Closure:
    """Grows a selection until one tensor enters and one layer's output leaves.

    The exit climbs the post-dominators, the entry the dominators; every layer between is taken in
    and looked at once.
    """

    def __init__(self, wires: Wiring, ends: set[int]) -> None:
        self.wires = wires
        self.below = Tree(wires.size)
        for i in reversed(range(wires.size)):
            targets = [self.below.root] if i in ends else []
            self._hang(self.below, i, [*targets, *wires.after[i]])
        self.above = Tree(wires.size)
        for i in range(wires.size):
            self._hang(self.above, i, wires.before[i])

    @staticmethod
    def _hang(tree: Tree, node: int, near: Iterable[int]) -> None:
        meet = -1
        for other in near:
            meet = other if meet < 0 else tree.meet(meet, other)
        tree.hang(node, tree.root if meet < 0 else meet)

    def grow(self, chosen: set[int]) -> set[int] | None:
        """The smallest selection around `chosen` that works, None if there is none."""
        root = self.below.root
        taken: set[int] = set()
        entry = exit_ = -1
        starts = 0
        todo = list(chosen)
        while todo:
            i = todo.pop()
            if i in taken:
                continue
            taken.add(i)
            lower = exit_
            exit_ = i if exit_ < 0 else self.below.meet(exit_, i)
            upper = self.above.parent[i]
            former = entry
            entry = upper if entry < 0 else self.above.meet(entry, upper)
            starts += not self.wires.before[i]
            if exit_ == root or starts > 1:
                return None
            if exit_ != i or lower not in (-1, exit_):
                todo.append(exit_)
            if former not in (-1, entry) and former != root:
                todo.append(former)
            if i != exit_:
                todo.extend(self.wires.after[i])
            if 0 <= lower != exit_:
                todo.extend(self.wires.after[lower])
            todo.extend(s for s in self.wires.before[i] if s != entry)
        return taken
