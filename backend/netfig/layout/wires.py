"""Blocks become positions and routes: the second pass, from the outside in.

A wire is built from where it starts (`Source`), over the forks of the regions it passes, to where
it ends (`Target`); both know how to meet a level across the flow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from netfig.layout.measured import Block, Spacing
from netfig.layout.parts import Chain, Leaf, Part, Region, Series, Tangle
from netfig.model.geometry import Point
from netfig.model.placement import Extent

NEAR = 0.05
"""Levels closer than this (points) count as one."""


@dataclass(slots=True)
class Plan:
    """What has been placed so far, in abstract coordinates.

    `aside` are the links that carry another tensor than their source's own way out (a skip from
    within a folded block): they leave the glyph by its side, not by a fork of the way out.
    """

    extents: Mapping[str, Extent]
    spacing: Spacing
    aside: frozenset[tuple[str, str]] = frozenset()
    at: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    routes: dict[tuple[str, str], tuple[Point, ...]] = field(default_factory=dict)

    def route(self, source: str | None, target: str | None, points: list[Point]) -> None:
        """Keep a wire between two nodes; wires from and to the network's ends are not drawn."""
        if source is not None and target is not None:
            self.routes[(source, target)] = tidy(points)


@dataclass(slots=True)
class Source:
    """Where wires come from: a node (None at the network's start) and the way so far."""

    node: str | None
    way: list[Point]
    at_port: bool

    def level(self) -> float:
        return self.way[-1][1]


class Wirer:
    """Places blocks and draws the wires between them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def port(self, node: str) -> Source:
        along, _, leave = self.plan.at[node]
        return Source(node, [(along + self.plan.extents[node].width, leave)], True)

    def arrive(self, node: str | None, level: float) -> list[Point]:
        """The last points of a wire that comes in at `level`: straight, or by the glyph's side."""
        if node is None:
            return []
        along, enter, leave = self.plan.at[node]
        extent = self.plan.extents[node]
        if abs(level - enter) < NEAR:
            return [(along, enter)]
        if extent.shape != "operator" and abs(level - enter) <= extent.start / 2 - 2:
            return [(along, level)]
        middle = along + (extent.width / 2 if extent.shape == "operator" else side(extent))
        share = (middle - along) / extent.width if extent.width else 0.0
        axis = enter + (leave - enter) * share
        half = (extent.start + (extent.end - extent.start) * share) / 2
        return [(middle, level), (middle, axis - half if level < axis else axis + half)]

    def place(self, block: Block, along: float, across: float) -> None:
        """Positions of every node in a block, before any wire."""
        part = block.part
        if isinstance(part, Leaf):
            self.plan.at[part.node] = (along, across, across)
        else:
            for node, (x, y) in block.boxes.items():
                self.plan.at[node] = (along + x, across + y, across + y)
            for i, (inner, dx, dy) in enumerate(block.inner):
                self.place(inner, along + dx, across + dy)
                if block.dip and i in block.dip[:2] and isinstance(inner.part, Leaf):
                    step = block.dip[2]
                    axes = (0.0, step) if i == block.dip[0] else (step, 0.0)
                    self.plan.at[inner.part.node] = (
                        along + dx,
                        across + axes[0],
                        across + axes[1],
                    )

    def wire(
        self,
        block: Block,
        along: float,
        across: float,
        source: Source,
        target: str | None,
    ) -> None:
        """Wires into, inside and out of a block.

        Each branch runs on to the target at its own level: nothing lies between a region's end and
        its target, so no wire has to be merged into another on the way.
        """
        part = block.part
        if isinstance(part, Leaf):
            self._into(source, part.node)
            self._out(self.port(part.node), target)
        elif isinstance(part, Series):
            self._series(block, along, across, source, target)
        elif isinstance(part, Region):
            self._region(block, along, across, source, target)
        elif isinstance(part, Chain):
            self._chain(block, along, across, source, target)
        else:
            self._tangle(block, along, across, source, target, {})

    def _into(self, source: Source, node: str) -> None:
        if source.node is not None:
            self.plan.route(source.node, node, source.way + self.arrive(node, source.level()))

    def _out(self, source: Source, target: str | None) -> None:
        if target is not None:
            way = source.way + self.arrive(target, source.level())
            self.plan.route(source.node, target, way)

    def _series(
        self,
        block: Block,
        along: float,
        across: float,
        source: Source,
        target: str | None,
    ) -> None:
        """Runs along the parts; a leaf ends the wires of what stands before it."""
        before: Source = source
        count = len(block.inner)
        for i, (inner, dx, dy) in enumerate(block.inner):
            last = i == count - 1
            if isinstance(inner.part, Leaf):
                node = inner.part.node
                if i == 0 or isinstance(block.inner[i - 1][0].part, Leaf):
                    self._into(before, node)
                before = self.port(node)
                if last:
                    self._out(before, target)
            else:
                follower = block.inner[i + 1][0].part if not last else None
                goal = follower.node if isinstance(follower, Leaf) else target
                self.wire(inner, along + dx, across + dy, before, goal)

    def _region(
        self,
        block: Block,
        along: float,
        across: float,
        source: Source,
        target: str | None,
    ) -> None:
        part = block.part
        assert isinstance(part, Region)
        split = along + self.plan.spacing.split
        for inner, dx, dy in block.inner:
            branch = self._fork(source, split, across + dy, block.lane is None, entries(inner.part))
            self.wire(inner, along + dx, across + dy, branch, target)
        if part.direct and block.lane is not None:
            lane = across + block.lane
            way = self._fork(source, split, lane, False, [part.target]).way
            self.plan.route(source.node, target, way + self.arrive(target, lane))

    def _leave(self, node: str, level: float) -> list[Point]:
        """The first points of a wire that leaves a glyph by its side for a level."""
        along, enter, leave = self.plan.at[node]
        extent = self.plan.extents[node]
        if abs(level - leave) <= extent.end / 2 - 2:
            return [(along + extent.width, level)]
        share = 0.8
        axis = enter + (leave - enter) * share
        half = (extent.start + (extent.end - extent.start) * share) / 2
        x = along + extent.width * share
        return [(x, axis - half if level < axis else axis + half), (x, level)]

    def _fork(
        self,
        source: Source,
        split: float,
        level: float,
        leave_side: bool,
        targets: list[str | None],
    ) -> Source:
        """The way to a branch: straight, off a tall glyph's side, or by a fork behind it."""
        if not source.way or abs(source.level() - level) < NEAR:
            return Source(source.node, source.way, False)
        if (
            source.node is not None
            and targets
            and all((source.node, target) in self.plan.aside for target in targets)
        ):
            return Source(source.node, self._leave(source.node, level), False)
        if source.at_port and leave_side and source.node is not None:
            extent = self.plan.extents[source.node]
            if extent.shape != "operator" and abs(level - source.level()) <= extent.end / 2 - 2:
                return Source(source.node, [(source.way[-1][0], level)], False)
        way = [*source.way, (split, source.level()), (split, level)]
        return Source(source.node, way, False)

    def _chain(
        self,
        block: Block,
        along: float,
        across: float,
        source: Source,
        target: str | None,
    ) -> None:
        """From waist to waist; what runs past one goes on behind it."""
        lanes: dict[str, list[Point]] = {}
        for i, (inner, dx, dy) in enumerate(block.inner):
            if isinstance(inner.part, Leaf):
                source = self.port(inner.part.node)
                continue
            follower = block.inner[i + 1][0].part if i + 1 < len(block.inner) else None
            goal = follower.node if isinstance(follower, Leaf) else target
            lanes = self._tangle(inner, along + dx, across + dy, source, goal, lanes)

    def _tangle(
        self,
        block: Block,
        along: float,
        across: float,
        source: Source,
        target: str | None,
        brought: Mapping[str, list[Point]],
    ) -> dict[str, list[Point]]:
        """Wires from and to the two ends and between them; returns the ways of what goes on."""
        part = block.part
        assert isinstance(part, Tangle)
        for inner, dx, dy in block.inner:
            self.wire(inner, along + dx, across + dy, Source(None, [], False), None)

        def begun(node: str | None, points: Sequence[Point]) -> list[Point] | None:
            way = [(along + x, across + y) for x, y in points]
            if node is not None and node in brought:
                return [*brought[node], *way[1:]]
            if node != part.source:
                return way
            if source.node is None:
                return None
            if abs(way[0][1] - source.level()) < NEAR:
                return source.way + way[1:]
            return [*source.way, (way[0][0], source.level()), *way]

        for (u, v), points in block.routes.items():
            way = begun(u, points)
            if way is None or (v == part.target and target is None):
                continue
            if v == part.target:
                way += self.arrive(target, way[-1][1])
            elif v is not None:
                way = self._meet(v, way)
            self.plan.route(u, v, way)
        carried = {node: begun(node, points) for node, points in block.lanes.items()}
        return {node: way for node, way in carried.items() if way is not None}

    def _meet(self, node: str, way: list[Point]) -> list[Point]:
        """The layered engine kept room for labels: lead a wire from above or below to the glyph."""
        (ax, _), (bx, by) = way[-2], way[-1]
        along, enter, _ = self.plan.at[node]
        extent = self.plan.extents[node]
        if abs(ax - bx) > NEAR or not extent.width:
            return way
        share = min(1.0, max(0.0, (bx - along) / extent.width))
        half = (extent.start + (extent.end - extent.start) * share) / 2
        return [*way[:-1], (bx, enter - half if by < enter else enter + half)]


def side(extent: Extent) -> float:
    """How far from its entry edge a box is met from above or below."""
    return min(extent.width / 2, 6.0)


def entries(part: Part) -> list[str | None]:
    """Nodes by which a part is entered; none where that is not plain."""
    if isinstance(part, Leaf):
        return [part.node]
    if isinstance(part, Series):
        return entries(part.parts[0])
    if isinstance(part, Region):
        inner = [node for branch in part.branches for node in entries(branch)]
        return [*inner, part.target] if part.direct else inner
    first = part.tangles[0] if isinstance(part, Chain) else part
    return [v for u, v in first.links if u == part.source]


def tidy(points: list[Point]) -> tuple[Point, ...]:
    """Without repeated points and points in the middle of a straight run; right angles only."""
    way: list[Point] = []
    for x, y in points:
        if way and abs(way[-1][0] - x) < 1e-6 and abs(way[-1][1] - y) < 1e-6:
            continue
        if way and abs(way[-1][0] - x) > NEAR and abs(way[-1][1] - y) > NEAR:
            way.append(((way[-1][0] + x) / 2, way[-1][1]))
            way.append((way[-1][0], y))
        way.append((x, y))
    out: list[Point] = []
    for i, point in enumerate(way):
        if 0 < i < len(way) - 1:
            (ax, ay), (bx, by), (cx, cy) = out[-1], point, way[i + 1]
            if (abs(ax - bx) < NEAR and abs(bx - cx) < NEAR) or (
                abs(ay - by) < NEAR and abs(by - cy) < NEAR
            ):
                continue
        out.append(point)
    return tuple(out)
