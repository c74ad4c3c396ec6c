"""Graphs as they are shown, made by hand: names and links alone."""

from netfig.model.grouped import GroupedGraph, Link, Node
from netfig.model.placement import Extent


def shown(*links: str) -> GroupedGraph:
    """A graph from links like "a>b"; nodes in the order in which they are first named."""
    pairs = [tuple(link.split(">")) for link in links]
    names = dict.fromkeys(name for pair in pairs for name in pair)
    order = _sorted(list(names), pairs)
    return GroupedGraph(
        nodes=tuple(Node(id=n, kind="layer", main=n, layers=(n,)) for n in order),
        links=tuple(Link(source=a, target=b, edges=()) for a, b in pairs),
        groups=(),
        kinds=(),
        level=0,
        levels=1,
    )


def _sorted(names: list[str], pairs: list[tuple[str, ...]]) -> list[str]:
    waiting = {n: {a for a, b in pairs if b == n} for n in names}
    order: list[str] = []
    while waiting:
        ready = next(n for n in waiting if not waiting[n] - set(order))
        order.append(ready)
        del waiting[ready]
    return order


def sizes(graph: GroupedGraph, **special: Extent) -> dict[str, Extent]:
    """Boxes of 20 by 30 points, but for those given."""
    plain = Extent(width=20.0, start=30.0, end=30.0)
    return {node.id: special.get(node.id, plain) for node in graph.nodes}
