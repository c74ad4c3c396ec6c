"""Line the network up so that what belongs together stands together.

Works on positions (indices into `LayerGraph.layers`) alone and knows no layer types. The order is
canonical: it follows input ports from the outputs backwards, so two equal blocks are lined up
alike whatever order the program made their branches in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from netfig.model.graph import LayerGraph


@dataclass(frozen=True, slots=True)
class Wiring:
    """Who feeds whom, by position: `before[i]` in order of input ports, `after[i]` ascending.

    Parallel edges are kept in `before` and merged in `after`. `uses` is `after`, with -1 where the
    network itself gives the output away.
    """

    before: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, ...], ...]
    uses: tuple[tuple[int, ...], ...]

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
    given = {place[name] for name, _ in graph.outputs}
    return Wiring(
        before=tuple(tuple(s for _, _, s in sorted(b)) for b in before),
        after=tuple(tuple(sorted(a)) for a in after),
        uses=tuple(tuple(sorted(a | {-1} if i in given else a)) for i, a in enumerate(after)),
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

    def above(self, node: int, depth: int) -> int:
        """The node at `depth` above (or equal to) `node`."""
        while self.depth[node] > depth:
            far = self._jump[node]
            node = far if self.depth[far] >= depth else self.parent[node]
        return node

    def meet(self, one: int, other: int) -> int:
        """The deepest node above (or equal to) both."""
        if self.depth[one] < self.depth[other]:
            one, other = other, one
        one = self.above(one, self.depth[other])
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


def line_up(wires: Wiring, outputs: Sequence[int], tree: Tree) -> list[int]:
    """Positions in an order of the data flow in which every single-exit region is contiguous.

    A layer is preceded by all that flows only into it: `tree`, of post-dominators, is written out
    with what a layer waits for in order of the data flow, larger parts first, so that the small
    ones (a shortcut, an adjusted input) stand beside the layer they serve; ties go by port.
    """
    size = [1] * (wires.size + 1)
    for node in range(wires.size):  # a layer stands before its post-dominators
        size[tree.parent[node]] += size[node]
    waits = [0] * wires.size
    lets: list[list[int]] = [[] for _ in range(wires.size)]
    for node in range(wires.size):
        for target in wires.after[node]:
            if target != tree.parent[node]:
                fellow = tree.above(target, tree.depth[node])
                lets[node].append(fellow)
                waits[fellow] += 1
    place = [0] * wires.size
    ready: list[list[tuple[int, int, int]]] = [[] for _ in range(wires.size + 1)]
    for p, node in enumerate(by_ports(wires, outputs)):
        place[node] = p
    for node in range(wires.size):
        if not waits[node]:
            heappush(ready[tree.parent[node]], (-size[node], place[node], node))
    children: list[list[int]] = [[] for _ in range(wires.size + 1)]
    for parent in range(wires.size + 1):
        while ready[parent]:
            node = heappop(ready[parent])[2]
            children[parent].append(node)
            for fellow in lets[node]:
                waits[fellow] -= 1
                if not waits[fellow]:
                    heappush(ready[parent], (-size[fellow], place[fellow], fellow))
    order: list[int] = []
    stack = [tree.root]
    while stack:  # written backwards: a node, then its children from last to first
        node = stack.pop()
        order.append(node)
        stack.extend(children[node])
    order.reverse()
    order.pop()
    return order
