"""Line the network up so that what belongs together stands together.

Works on positions (indices into `LayerGraph.layers`) alone and knows no layer types. The order is
canonical: it follows input ports from the outputs backwards, so two equal blocks are lined up
alike whatever order the program made their branches in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from netfig.model.graph import LayerGraph


@dataclass(frozen=True, slots=True)
class Wiring:
    """Who feeds whom, by position: `before[i]` in order of input ports, `after[i]` ascending.

    Parallel edges are kept in `before` and merged in `after`.
    """

    before: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        """Number of layers."""
        return len(self.before)


def wiring(graph: LayerGraph) -> Wiring:
    """The graph's edges by position."""
    place = {layer.id: i for i, layer in enumerate(graph.layers)}
    before: list[list[tuple[int, int, int]]] = [[] for _ in graph.layers]
    after: list[set[int]] = [set() for _ in graph.layers]
    for edge in graph.edges:
        source, target = place[edge.source], place[edge.target]
        before[target].append((edge.target_port, edge.source_port, source))
        after[source].add(target)
    return Wiring(
        before=tuple(tuple(s for _, _, s in sorted(b)) for b in before),
        after=tuple(tuple(sorted(a)) for a in after),
    )


def by_ports(wires: Wiring, outputs: Sequence[int]) -> list[int]:
    """Positions in depth-first order from the outputs: inputs first, in order of ports.

    `outputs` are visited first, then whatever else feeds nothing.
    """
    ends = list(dict.fromkeys(outputs)) + [i for i in range(wires.size) if not wires.after[i]]
    order: list[int] = []
    met = bytearray(wires.size)
    for end in ends:
        if met[end]:
            continue
        met[end] = 1
        stack = [(end, 0)]
        while stack:
            node, port = stack.pop()
            sources = wires.before[node]
            while port < len(sources) and met[sources[port]]:
                port += 1
            if port == len(sources):
                order.append(node)
                continue
            stack.append((node, port + 1))
            met[sources[port]] = 1
            stack.append((sources[port], 0))
    return order


class Tree:
    """A tree grown from the root (-1 outside) with common ancestors in O(log n).

    Each node keeps one far jump beside its parent (skew-binary jump pointers), so neither deep
    nor bushy networks cost more than a logarithm.
    """

    def __init__(self, size: int) -> None:
        self.root = size
        self.parent = [size] * (size + 1)
        self.depth = [0] * (size + 1)
        self._jump = [size] * (size + 1)

    def hang(self, node: int, parent: int) -> None:
        """Add `node` under `parent`, which is in the tree already."""
        self.parent[node] = parent
        self.depth[node] = self.depth[parent] + 1
        jump = self._jump[parent]
        same = (
            self.depth[parent] - self.depth[jump] == self.depth[jump] - self.depth[self._jump[jump]]
        )
        self._jump[node] = self._jump[jump] if same else parent

    def meet(self, one: int, other: int) -> int:
        """The deepest node above (or equal to) both."""
        if self.depth[one] < self.depth[other]:
            one, other = other, one
        while self.depth[one] > self.depth[other]:
            far = self._jump[one]
            one = far if self.depth[far] >= self.depth[other] else self.parent[one]
        while one != other:
            if self._jump[one] != self._jump[other]:
                one, other = self._jump[one], self._jump[other]
            else:
                one, other = self.parent[one], self.parent[other]
        return one


def after_all(wires: Wiring) -> Tree:
    """Post-dominators: the parent of a layer is the first one all its outputs flow through."""
    tree = Tree(wires.size)
    for node in reversed(range(wires.size)):
        meet = -1
        for target in wires.after[node]:
            meet = target if meet < 0 else tree.meet(meet, target)
        tree.hang(node, tree.root if meet < 0 else meet)
    return tree


def line_up(wires: Wiring, outputs: Sequence[int]) -> list[int]:
    """Positions in an order of the data flow in which every single-exit region is contiguous.

    A layer is preceded by all that flows only into it: the post-dominator tree is written out
    with children in port order.
    """
    tree = after_all(wires)
    children: list[list[int]] = [[] for _ in range(wires.size + 1)]
    for node in by_ports(wires, outputs):
        children[tree.parent[node]].append(node)
    order: list[int] = []
    stack = [tree.root]
    while stack:  # written backwards: a node, then its children from last to first
        node = stack.pop()
        order.append(node)
        stack.extend(children[node])
    order.reverse()
    order.pop()
    return order
