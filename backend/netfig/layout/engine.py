"""lay_out: the passes in order."""

from collections.abc import Mapping

from netfig.errors import DoesNotFit
from netfig.layout.blocks import Measurer
from netfig.layout.measured import Block, Spacing
from netfig.layout.rows import break_rows
from netfig.layout.structure import Leaf, Series, structure
from netfig.layout.wires import Plan, Source, Wirer, tidy
from netfig.model.geometry import Box, Point
from netfig.model.grouped import GroupedGraph, Link
from netfig.model.placement import Extent, Frame, Placement, Route


def lay_out(
    graph: GroupedGraph,
    extents: Mapping[str, Extent],
    *,
    spacing: Spacing | None = None,
    length: float | None = None,
    vertical: bool = False,
    taken: Series | None = None,
) -> Placement:
    """Place every node and route every link.

    `length` (points) is the room along the flow; what is longer is broken into rows, and DoesNotFit
    is raised where one part alone is longer. `taken` passes `structure(graph)` in when the caller
    lays the same graph out several times.
    """
    spacing = spacing or Spacing()
    spine = Measurer(extents, spacing).measure(taken or structure(graph))
    rows = break_rows(spine, length)
    if rows is None:
        raise DoesNotFit("one block of the network is longer than the page is wide")
    plan = Plan(extents, spacing, _aside(graph))
    wirer = Wirer(plan)
    _place_rows(wirer, spine, rows, spacing)
    routes = []
    for link in graph.links:
        points = plan.routes[(link.source, link.target)]
        routes.append(Route(source=link.source, target=link.target, points=points))
    boxes = {node: _box(plan, node) for node in plan.at}
    return _finish(graph, plan, boxes, routes, len(rows), vertical, extents)


def _aside(graph: GroupedGraph) -> frozenset[tuple[str, str]]:
    """Links that carry another tensor than the one that leaves their source last."""
    found = set()
    leaving: dict[str, list[Link]] = {}
    for link in graph.links:
        if link.edges:
            leaving.setdefault(link.source, []).append(link)
    for node in graph.nodes:
        links = leaving.get(node.id, [])
        if len(links) > 1:
            place = {layer: i for i, layer in enumerate(node.layers)}
            last = [max((place[e.source], -e.source_port) for e in link.edges) for link in links]
            found |= {
                (link.source, link.target)
                for link, tensor in zip(links, last, strict=True)
                if tensor != max(last)
            }
    return frozenset(found)


def _place_rows(wirer: Wirer, spine: Block, rows: list[list[int]], spacing: Spacing) -> None:
    """Rows below one another; the wire between two rows runs back through the space between."""
    across, last = 0.0, None
    ends: list[float] = []
    tops: list[float] = []
    for indices in rows:
        parts = [spine.inner[i] for i in indices]
        begin = parts[0][1]
        assert isinstance(spine.part, Series)
        row = Block(
            Series(tuple(spine.part.parts[i] for i in indices)),
            parts[-1][1] + parts[-1][0].length - begin,
            max(block.top - dy for block, _, dy in parts),
            max(block.bottom + dy for block, _, dy in parts),
            [(block, dx - begin, dy) for block, dx, dy in parts],
        )
        if ends:
            across = ends[-1] + 2 * spacing.branch + row.top
        wirer.place(row, 0.0, across)
        wirer.wire(row, 0.0, across, Source(None, [], False), None)
        first = row.inner[0][0].part
        if last is not None and isinstance(first, Leaf):
            _continue(wirer, last, first.node, (ends[-1] + across - row.top) / 2, spacing)
        final = row.inner[-1][0].part
        last = final.node if isinstance(final, Leaf) else None
        ends.append(across + row.bottom)
        tops.append(across - row.top)


def _continue(wirer: Wirer, a: str, b: str, between: float, spacing: Spacing) -> None:
    way = wirer.port(a).way
    along, enter, _ = wirer.plan.at[b]
    out, back = way[-1][0] + spacing.split, along - spacing.split
    wirer.plan.route(
        a,
        b,
        [
            *way,
            (out, way[-1][1]),
            (out, between),
            (back, between),
            (back, enter),
            (along, enter),
        ],
    )


def _box(plan: Plan, node: str) -> Box:
    along, enter, leave = plan.at[node]
    extent = plan.extents[node]
    top = min(enter - extent.start / 2, leave - extent.end / 2)
    bottom = max(enter + extent.start / 2, leave + extent.end / 2)
    return Box(x=along, y=top, width=extent.width, height=bottom - top)


def _finish(
    graph: GroupedGraph,
    plan: Plan,
    boxes: dict[str, Box],
    routes: list[Route],
    rows: int,
    vertical: bool,
    extents: Mapping[str, Extent],
) -> Placement:
    """Frames of open groups, bounds with labels, and the turn for figures that run down."""
    frames = []
    for group in (g for g in graph.groups if g.made and not g.folded):
        inside = [boxes[n.id] for n in graph.nodes if group.id in n.within and n.id in boxes]
        if inside:
            box = inside[0]
            for other in inside[1:]:
                box = box.union(other)
            frames.append(Frame(group=group.id, box=box.grown(4)))
    bounds = _bounds(boxes, routes, extents)
    axes = {node: (at[1], at[2]) for node, at in plan.at.items()}
    if vertical:
        boxes = {node: _turn(box) for node, box in boxes.items()}
        routes = [
            Route(source=r.source, target=r.target, points=tuple((y, x) for x, y in r.points))
            for r in routes
        ]
        frames = [Frame(group=f.group, box=_turn(f.box)) for f in frames]
        bounds = _turn(bounds)
    return Placement(
        boxes=boxes,
        axes=axes,
        routes=tuple(routes),
        frames=tuple(frames),
        bounds=bounds,
        rows=rows,
        vertical=vertical,
    )


def _bounds(boxes: Mapping[str, Box], routes: list[Route], extents: Mapping[str, Extent]) -> Box:
    """What holds every glyph with its labels and every wire."""
    lefts, tops, rights, bottoms = [], [], [], []
    for node, box in boxes.items():
        extent = extents[node]
        lefts.append(box.x - extent.behind)
        tops.append(box.y - extent.above)
        rights.append(box.right + extent.ahead)
        bottoms.append(box.bottom + extent.below)
    for route in routes:
        for x, y in route.points:
            lefts.append(x - 0.5)
            tops.append(y - 0.5)
            rights.append(x + 0.5)
            bottoms.append(y + 0.5)
    x, y = min(lefts, default=0.0), min(tops, default=0.0)
    return Box(x=x, y=y, width=max(rights, default=0.0) - x, height=max(bottoms, default=0.0) - y)


def _turn(box: Box) -> Box:
    return Box(x=box.y, y=box.x, width=box.height, height=box.width)


__all__ = ["Point", "lay_out", "tidy"]
