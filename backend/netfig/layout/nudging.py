"""Moves made by hand: a node goes where it was put, its wires follow."""

from collections.abc import Mapping
from dataclasses import replace

from netfig.layout.wires import NEAR, tidy
from netfig.model.geometry import Point
from netfig.model.placement import Placement, Route


def nudge(placement: Placement, moves: Mapping[str, tuple[float, float]]) -> Placement:
    """The placement with nodes moved by (dx, dy) points on the page; unknown ids are passed over.

    Wires keep their right angles: their first or last pieces bend with the glyph.
    """
    known = {node: move for node, move in moves.items() if node in placement.boxes}
    if not known:
        return placement
    boxes = dict(placement.boxes)
    axes = dict(placement.axes)
    bounds = placement.bounds
    for node, (dx, dy) in known.items():
        boxes[node] = boxes[node].moved(dx, dy)
        bounds = bounds.union(boxes[node].grown(10.0))
        across = dx if placement.vertical else dy
        axes[node] = (axes[node][0] + across, axes[node][1] + across)
    routes = tuple(_follow(route, known, placement.vertical) for route in placement.routes)
    for route in routes:
        for x, y in route.points:
            bounds = bounds.union(replace(bounds, x=x, y=y, width=0.0, height=0.0))
    return replace(placement, boxes=boxes, axes=axes, routes=routes, bounds=bounds)


def _follow(route: Route, moves: Mapping[str, tuple[float, float]], vertical: bool) -> Route:
    points = list(route.points)
    if route.source in moves:
        points = _bend(points, moves[route.source], vertical)
    if route.target in moves:
        points = _bend(points[::-1], moves[route.target], vertical)[::-1]
    if points == list(route.points):
        return route
    turned = tidy([(y, x) for x, y in points] if vertical else points)
    return replace(route, points=tuple((y, x) for x, y in turned) if vertical else turned)


def _bend(points: list[Point], move: tuple[float, float], vertical: bool) -> list[Point]:
    """The way with its first point moved; its second gives way so that the first piece stays
    straight, or, where there is no second to give way, a step is put in the middle."""
    (ax, ay), (bx, by) = points[0], points[1]
    start = (ax + move[0], ay + move[1])
    flat = abs(ay - by) < NEAR
    if len(points) > 2:
        second = (bx, start[1]) if flat else (start[0], by)
        return [start, second, *points[2:]]
    if flat:
        middle = (start[0] + bx) / 2
        return [start, (middle, start[1]), (middle, by), (bx, by)]
    middle = (start[1] + by) / 2
    return [start, (start[0], middle), (bx, middle), (bx, by)]
