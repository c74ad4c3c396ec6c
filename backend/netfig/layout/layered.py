"""Layered placement, for regions of a network that have no series-parallel structure.

    sizes, edges ─ ranked ─▶ columns ─ lanes ─▶ heights of edges ─ channel ─▶ boxes and routes

Flow runs right. Ranks, order and heights come from a library (`layered_ranks`); lines are
right-angled and ours (`layered_lanes`, `layered_channel`). It knows boxes and edges alone, nothing
of networks.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from netfig.layout.layered_channel import Channel, channel
from netfig.layout.layered_lanes import lanes
from netfig.layout.layered_pins import Ends, Pins
from netfig.layout.layered_price import price
from netfig.layout.layered_ranks import MANNERS, QUICK, Manner, Ranked, ranked
from netfig.model.geometry import Box, Point

_SEVERAL = 90
"""Up to how many boxes and edges several rankings are tried: beyond, one takes long enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layered:
    """Boxes by id, a route for each edge in the order of the edges, and what holds them all.

    Lengths are points, y down; the upper left corner of `bounds` is (0, 0). `manner` is how the
    engine worked.
    """

    boxes: Mapping[str, Box]
    routes: tuple[tuple[Point, ...], ...]
    bounds: Box
    manner: Manner = QUICK[0]


def place(
    sizes: Mapping[str, tuple[float, float]],
    edges: Sequence[Ends],
    *,
    gap: float = 10.0,
    lane: float = 7.0,
    sides: Collection[str] | None = None,
    pins: Pins | None = None,
    manner: Manner | None = None,
) -> Layered:
    """Places boxes of `sizes` (width, height in points) and routes `edges` right-angled.

    Boxes stay `gap` apart and lines of different sources `lane`, where there is room. A route runs
    from the middle of its source's right side to the middle of its target's left side, or from
    above or below into the middle of the target's top or bottom where that saves a bend; `sides`
    names the nodes that may be entered so (None: all). Edges with the same ends share one route,
    edges of one source share a line for as long as they run together. `pins` holds its ends in
    place; `manner` is how the engine is to work (None: the best of several). The result depends on
    all these, on the order of `sizes` and `edges`, and on nothing else.

    Raises InvalidGraph when an edge names an unknown node or the edges run in a circle.
    """
    once = list(dict.fromkeys(edges))
    manners: Sequence[Manner] = MANNERS if pins is None else QUICK
    if manner is not None:
        manners = (manner,)
    elif len(sizes) + len(once) > _SEVERAL:
        manners = QUICK[:1]
    tried = [
        _drawn(ranked(sizes, once, gap, lane, how, pins), sizes, once, gap, lane, sides)
        for how in manners
    ]
    at = 0
    if len(tried) > 1:
        at = min(
            range(len(tried)),
            key=lambda i: price(once, tried[i].routes, tried[i].bounds),
        )
    best = tried[at]
    route = dict(zip(once, best.routes, strict=True))
    return replace(best, routes=tuple(route[ends] for ends in edges), manner=manners[at])


def _drawn(
    ranks: Ranked,
    sizes: Mapping[str, tuple[float, float]],
    once: Sequence[Ends],
    gap: float,
    lane: float,
    sides: Collection[str] | None,
) -> Layered:
    """Boxes and routes for one ranking; `once` holds no edge twice."""
    heights = lanes(ranks, sizes, once, gap, lane)
    sideways = _entered_sideways(ranks, sizes, heights, gap, sides)
    channels = [
        channel(index, once, ranks, heights, sideways, lane)
        for index in range(len(ranks.columns) - 1)
    ]
    lefts, widths = _columns(ranks, sizes, channels, gap, lane)
    boxes = {
        name: Box(
            x=lefts[ranks.rank[name]] + (widths[ranks.rank[name]] - width) / 2,
            y=ranks.middle[name] - height / 2,
            width=width,
            height=height,
        )
        for name, (width, height) in sizes.items()
    }
    routes = {
        ends: _route(
            ends, boxes, ranks, heights[ends], ends in sideways, channels, lefts, widths, lane
        )
        for ends in once
    }
    return _framed(boxes, [routes[ends] for ends in once])


def _columns(
    ranks: Ranked,
    sizes: Mapping[str, tuple[float, float]],
    channels: Sequence[Channel],
    gap: float,
    lane: float,
) -> tuple[list[float], list[float]]:
    """Left edge and width of every column; a channel is as wide as its tracks need."""
    widths = [max(sizes[name][0] for name in column) for column in ranks.columns]
    lefts, x = [], 0.0
    for index, width in enumerate(widths):
        lefts.append(x)
        if index < len(channels):
            x += width + gap + lane * max(1, channels[index].count)
    return lefts, widths


def _entered_sideways(
    ranks: Ranked,
    sizes: Mapping[str, tuple[float, float]],
    heights: Mapping[Ends, tuple[float, ...]],
    gap: float,
    sides: Collection[str] | None,
) -> set[Ends]:
    """The edges that drop into the top or bottom of their target instead of its left side.

    One line a side, the closest; it must pass clear of the box, meet nothing on its way down, and
    leave the left side to another line.
    """
    into: dict[str, list[Ends]] = {}
    for ends in heights:
        into.setdefault(ends[1], []).append(ends)
    chosen: set[Ends] = set()
    dropped: dict[int, list[tuple[str, float, float]]] = {}
    for target, arriving in into.items():
        if len(arriving) < 2 or (sides is not None and target not in sides):
            continue
        column = ranks.columns[ranks.rank[target]]
        passing = {
            (ends[0], way[ranks.rank[target] - ranks.rank[ends[0]]])
            for ends, way in heights.items()
            if ranks.rank[ends[0]] < ranks.rank[target] < ranks.rank[ends[1]]
        }
        middle, half = ranks.middle[target], sizes[target][1] / 2
        blocked = [(ranks.middle[n], sizes[n][1] / 2) for n in column if n != target]
        left = set(arriving)
        for side in (-1, 1):
            free = [
                ends
                for ends in arriving
                if ends in left
                and (heights[ends][-2] - middle) * side >= half + gap / 2
                and not any(
                    _between(at, middle, heights[ends][-2], reach + gap / 2)
                    for at, reach in blocked
                )
            ]
            best = min(free, key=lambda e: abs(heights[e][-2] - middle), default=None)
            if best is None or len(left) < 2:
                continue
            drop = heights[best][-2]
            if any(
                _between(y, middle, drop, 0.0) or (y == drop and owner != best[0])
                for owner, y in passing
            ):
                continue  # a line lies across: the left side is as short and crosses nothing
            top, bottom = sorted((drop, middle + side * half))
            drops = dropped.setdefault(ranks.rank[target], [])
            if any(top <= low and high <= bottom and who != best[0] for who, high, low in drops):
                continue  # another drops there: in one column they would lie on each other
            drops.append((best[0], top, bottom))
            chosen.add(best)
            left.discard(best)
    return chosen


def _between(at: float, one: float, other: float, reach: float) -> bool:
    """True where the span at ± reach touches the span from one to other."""
    return min(one, other) < at + reach and at - reach < max(one, other)


def _route(
    ends: Ends,
    boxes: Mapping[str, Box],
    ranks: Ranked,
    way: Sequence[float],
    sideways: bool,
    channels: Sequence[Channel],
    lefts: Sequence[float],
    widths: Sequence[float],
    lane: float,
) -> tuple[Point, ...]:
    source, target = boxes[ends[0]], boxes[ends[1]]
    first = ranks.rank[ends[0]]
    points: list[Point] = [(source.right, way[0])]
    steps = list(pairwise(way))
    for step, (here, there) in enumerate(steps[:-1] if sideways else steps):
        edge = lefts[first + step] + widths[first + step]
        for track, top, bottom in channels[first + step].turns(ends[0], here, there):
            points += [(edge + lane * (track + 1), top), (edge + lane * (track + 1), bottom)]
    if sideways:
        middle = target.centre[0]
        above = way[-2] < target.y
        points += [(middle, way[-2]), (middle, target.y if above else target.bottom)]
    else:
        points.append((target.x, way[-1]))
    return tuple(points)


def _framed(boxes: Mapping[str, Box], routes: Sequence[tuple[Point, ...]]) -> Layered:
    """Everything moved so that its upper left corner is the origin."""
    xs = [x for box in boxes.values() for x in (box.x, box.right)]
    ys = [y for box in boxes.values() for y in (box.y, box.bottom)]
    xs += [x for route in routes for x, _ in route]
    ys += [y for route in routes for _, y in route]
    left, top = min(xs, default=0.0), min(ys, default=0.0)
    return Layered(
        boxes={name: box.moved(-left, -top) for name, box in boxes.items()},
        routes=tuple(tuple((x - left, y - top) for x, y in route) for route in routes),
        bounds=Box(x=0, y=0, width=max(xs, default=0.0) - left, height=max(ys, default=0.0) - top),
    )


__all__ = ["Layered", "Pins", "place"]
