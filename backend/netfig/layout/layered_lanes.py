"""At which height each edge passes the columns between its ends.

Edges that leave one node carry one tensor, so they share a lane for as long as they run together;
other edges keep a lane of their own. Boxes are never crossed: above and below everything there is
always room.
"""

from bisect import insort
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from netfig.layout.layered_ranks import Ends, Ranked

_BEND = 26.0
"""What a change of height costs, in points of detour: two bends are worse than a small way."""
_CROWDED = 200.0
"""What running on top of another node's lane costs; only where nothing else is left."""
_NEW = 6.0
"""What opening a lane in one more column costs; running along one's own line costs nothing."""
_STRAY = 0.3
"""What a point of distance costs from where the engine wished the edge to pass."""


@dataclass(slots=True)
class _Column:
    """What stands in a column: spans closed to all, and lanes with the nodes they belong to."""

    closed: list[tuple[float, float]]
    lanes: list[tuple[float, str]] = field(default_factory=list)

    def open_to(self, y: float, clear: float) -> bool:
        """True where a line at `y` keeps `clear` from every box."""
        return all(y <= top - clear or y >= bottom + clear for top, bottom in self.closed)

    def crowding(self, y: float, owner: str, lane: float) -> float:
        """0 for free, up to 1 for on top of a lane that is not `owner`'s."""
        near = min((abs(y - at) for at, whose in self.lanes if whose != owner), default=lane)
        return max(0.0, 1.0 - near / lane)

    def has(self, y: float, owner: str) -> bool:
        return (y, owner) in self.lanes

    def near(self, y: float, owner: str, clear: float, lane: float) -> list[float]:
        """The closest free heights at or above, and at or below, `y`."""
        edges = [y]
        for top, bottom in self.closed:
            edges += [top - clear, bottom + clear]
        for at, whose in self.lanes:
            if whose != owner:
                edges += [at - lane, at + lane]
        free = [e for e in edges if self.open_to(e, clear) and not self.crowding(e, owner, lane)]
        above = max((e for e in free if e <= y), default=None)
        below = min((e for e in free if e >= y), default=None)
        return [e for e in (above, below) if e is not None]


def lanes(
    ranks: Ranked,
    sizes: Mapping[str, tuple[float, float]],
    edges: Sequence[Ends],
    gap: float,
    lane: float,
) -> dict[Ends, tuple[float, ...]]:
    """For each edge the heights at its source, in every column between, and at its target."""
    clear = min(gap, lane) / 2
    columns = [
        _Column(
            [(ranks.middle[n] - sizes[n][1] / 2, ranks.middle[n] + sizes[n][1] / 2) for n in names]
        )
        for names in ranks.columns
    ]
    reach: dict[str, int] = {}
    for source, target in edges:
        reach[source] = max(reach.get(source, 0), ranks.rank[target] - ranks.rank[source])
    place = {ends: i for i, ends in enumerate(edges)}
    seat = {name: i for i, name in enumerate(sizes)}
    drawn: dict[str, set[tuple[int, float, float]]] = {}
    # The node with the shortest reach first, so that its lane lies innermost; of one node the
    # longest edge first, so that the shorter ones find the lane they can share.
    order = sorted(
        edges,
        key=lambda e: (
            reach[e[0]], ranks.rank[e[0]], seat[e[0]], -ranks.rank[e[1]], place[e],
        ),
    )  # fmt: skip
    ways: dict[Ends, tuple[float, ...]] = {}
    for ends in order:
        first, last = ranks.rank[ends[0]] + 1, ranks.rank[ends[1]]
        between = columns[first:last]
        start, end = ranks.middle[ends[0]], ranks.middle[ends[1]]
        own = drawn.setdefault(ends[0], set())
        way = _cheapest(
            between, ends[0], start, end, ranks.passages[ends], clear, lane, first - 1, own
        )
        for column, y in zip(between, way, strict=True):
            if not column.has(y, ends[0]):
                insort(column.lanes, (y, ends[0]))
        ways[ends] = (start, *way, end)
        own.update((first - 1 + i, *step) for i, step in enumerate(pairwise(ways[ends])))
    return ways


def _cheapest(
    between: Sequence[_Column],
    owner: str,
    start: float,
    end: float,
    wished: Sequence[float],
    clear: float,
    lane: float,
    channel: int,
    drawn: Collection[tuple[int, float, float]],
) -> list[float]:
    """The heights of the cheapest way through the columns `between`, by dynamic programming.

    `channel` is the one before them, `drawn` the steps (channel, from, to) the owner has already.
    """
    if not between:
        return []

    def step(at: int, here: float, there: float) -> float:
        if here == there or (at, here, there) in drawn:
            return 0.0
        return abs(there - here) + _BEND

    common = {start, end, *wished}
    for column in between:
        common.update(y for y, whose in column.lanes if whose == owner)
    middle = (start + end) / 2
    common.update((_outside(between, lane, middle, -1), _outside(between, lane, middle, +1)))
    costs: dict[float, float] = {start: 0.0}
    steps: list[dict[float, float]] = []
    for column, wish in zip(between, wished, strict=True):
        options = common.union(column.near(wish, owner, clear, lane))
        options.update(column.near(end, owner, clear, lane))
        options.update(column.near(start, owner, clear, lane))
        reached: dict[float, float] = {}
        came: dict[float, float] = {}
        for y in sorted(options):
            if not column.open_to(y, clear):
                continue
            cost, before = min(
                (cost + step(channel + len(steps), at, y), at) for at, cost in costs.items()
            )
            place = _CROWDED * column.crowding(y, owner, lane)
            if not column.has(y, owner):
                place += _NEW + _STRAY * abs(y - wish)
            reached[y], came[y] = cost + place, before
        steps.append(came)
        costs = reached
    y = min(costs, key=lambda at: (costs[at] + step(channel + len(steps), at, end), at))
    way: list[float] = []
    for came in reversed(steps):
        way.append(y)
        y = came[y]
    return way[::-1]


def _outside(between: Sequence[_Column], lane: float, middle: float, side: int) -> float:
    """The next free height above (side -1) or below (+1) all boxes and lanes of the columns."""
    taken = [edge for column in between for span in column.closed for edge in span]
    taken += [y for column in between for y, _ in column.lanes]
    return side * max(side * y for y in [*taken, middle]) + side * lane
