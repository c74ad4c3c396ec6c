"""At which height each edge passes the columns between its ends.

Edges that leave one node carry one tensor, so they share a lane for as long as they run together;
other edges keep a lane of their own. Boxes are never crossed: above and below everything there is
always room.
"""

from bisect import insort
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from netfig.layout.layered_pins import Ends
from netfig.layout.layered_ranks import Ranked

_BEND = 26.0
"""What a change of height costs, in points of detour: two bends are worse than a small way."""
_CROWDED = 200.0
"""What running on top of another node's lane costs; only where nothing else is left."""
_NEW = 6.0
"""What opening a lane in one more column costs; running along one's own line costs nothing."""
_STRAY = 0.3
"""What a point of distance costs from where the engine wished the edge to pass."""


Span = tuple[float, float]
"""From height, to height: neither end belongs to it."""


@dataclass(slots=True)
class _Column:
    """What stands in a column: spans closed to all, and lanes with the nodes they belong to."""

    closed: list[Span]
    lanes: list[tuple[float, str]] = field(default_factory=list)

    def open_to(self, y: float) -> bool:
        """True where a line at `y` keeps clear of every box."""
        for top, bottom in self.closed:
            if top < y < bottom:
                break
        else:
            return True
        return False

    def crowding(self, y: float, owner: str, lane: float) -> float:
        """0 for free, up to 1 for on top of a lane that is not `owner`'s."""
        near = lane
        for at, whose in self.lanes:
            if whose != owner and -near < y - at < near:
                near = abs(y - at)
        return 1.0 - near / lane

    def taken(self, owner: str, lane: float) -> list[Span]:
        """Where the owner's line is not free to run."""
        others = [(at - lane, at + lane) for at, whose in self.lanes if whose != owner]
        return self.closed + others


def _near(y: float, taken: Sequence[Span]) -> Span:
    """The closest free heights at or above, and at or below, `y`."""
    above, below = y, y
    again = True
    while again:
        again = False
        for top, bottom in taken:
            if top < above < bottom:
                above, again = top, True
            if top < below < bottom:
                below, again = bottom, True
    return above, below


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
            [
                (
                    ranks.middle[n] - sizes[n][1] / 2 - clear,
                    ranks.middle[n] + sizes[n][1] / 2 + clear,
                )
                for n in names
            ]
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
        way = _cheapest(between, ends[0], start, end, ranks.passages[ends], lane, first - 1, own)
        for column, y in zip(between, way, strict=True):
            if (y, ends[0]) not in column.lanes:
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
    lane: float,
    channel: int,
    drawn: Collection[tuple[int, float, float]],
) -> list[float]:
    """The heights of the cheapest way through the columns `between`, by dynamic programming.

    `channel` is the one before them, `drawn` the steps (channel, from, to) the owner has already.
    """
    if not between:
        return []

    common = {start, end, *wished}
    for column in between:
        common.update([y for y, whose in column.lanes if whose == owner])
    middle = (start + end) / 2
    common.update((_outside(between, lane, middle, -1), _outside(between, lane, middle, +1)))
    costs: dict[float, float] = {start: 0.0}
    steps: list[dict[float, float]] = []
    for number, (column, wish) in enumerate(zip(between, wished, strict=True), channel):
        taken = column.taken(owner, lane)
        options = common.union(*(_near(y, taken) for y in (wish, end, start)))
        reached: dict[float, float] = {}
        came: dict[float, float] = {}
        for y in sorted(options):
            if not column.open_to(y):
                continue
            cost, came[y] = _step(costs, number, y, drawn)
            place = _CROWDED * column.crowding(y, owner, lane)
            if (y, owner) not in column.lanes:
                place += _NEW + _STRAY * abs(y - wish)
            reached[y] = cost + place
        steps.append(came)
        costs = reached
    _, y = _step(costs, channel + len(steps), end, drawn)
    way: list[float] = []
    for came in reversed(steps):
        way.append(y)
        y = came[y]
    return way[::-1]


def _step(
    costs: Mapping[float, float],
    channel: int,
    there: float,
    drawn: Collection[tuple[int, float, float]],
) -> tuple[float, float]:
    """The least cost of coming to a height through a channel, and from where."""
    least, best = inf, 0.0
    for here, cost in costs.items():
        if here != there and (channel, here, there) not in drawn:
            cost += abs(there - here) + _BEND
        if cost < least or (cost == least and here < best):
            least, best = cost, here
    return least, best


def _outside(between: Sequence[_Column], lane: float, middle: float, side: int) -> float:
    """The next free height above (side -1) or below (+1) all boxes and lanes of the columns."""
    furthest = side * middle + lane
    for column in between:
        for top, bottom in column.closed:
            furthest = max(furthest, (-top if side < 0 else bottom) + lane / 2)
        for y, _ in column.lanes:
            furthest = max(furthest, side * y + lane)
    return side * furthest
