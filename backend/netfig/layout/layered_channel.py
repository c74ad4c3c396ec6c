"""The room between two columns: which line turns there, and where.

Where two lines want each other's height, no order of their vertical pieces keeps them apart (one
would have to stand both left and right of the other); then one of them takes two turns.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from netfig.layout.layered_pins import Ends
from netfig.layout.layered_ranks import Ranked
from netfig.layout.layered_tracks import Piece, tracks

_DETOURS = 12
"""How many lines of one channel may take two turns."""

Turn = tuple[int, float, float]
"""A vertical piece of one route: its track, from height, to height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """`count` tracks; `track` by owner and height of entry; `detours` by owner, entry and exit."""

    count: int
    track: Mapping[tuple[str, float], int]
    detours: Mapping[tuple[str, float, float], float]

    def turns(self, owner: str, here: float, there: float) -> list[Turn]:
        """The vertical pieces of the owner's line from height `here` to height `there`."""
        turns: list[Turn] = []
        while here != there:
            stop = self.detours.get((owner, here, there), there)
            turns.append((self.track[owner, here], here, stop))
            here = stop
        return turns


def channel(
    index: int,
    edges: Sequence[Ends],
    ranks: Ranked,
    heights: Mapping[Ends, tuple[float, ...]],
    sideways: Collection[Ends],
    lane: float,
) -> Channel:
    """The channel right of column `index`; edges in `sideways` do not turn in their last one."""
    lines: dict[tuple[str, float], set[float]] = {}
    for ends in edges:
        step = index - ranks.rank[ends[0]]
        way = heights[ends]
        if not 0 <= step < len(way) - 1:
            continue
        straight = ends in sideways and step == len(way) - 2
        here, there = way[step], way[step] if straight else way[step + 1]
        lines.setdefault((ends[0], here), set()).add(there)
    taken = {here for _, here in lines}.union(*lines.values())
    pieces = [
        Piece(owner=owner, enters=here, leaves=tuple(sorted(leaves)))
        for (owner, here), leaves in lines.items()
        if leaves != {here}
    ]
    detours: dict[tuple[str, float, float], float] = {}
    numbers = tracks(pieces, lane)
    for _ in range(_DETOURS):
        laid = _detoured(pieces, numbers, taken, lane)
        if laid is None:
            break
        pieces, numbers, (owner, enters, leave, stop) = laid
        detours[owner, enters, leave] = stop
        taken.add(stop)
    return Channel(
        count=max(numbers, default=-1) + 1,
        track={(p.owner, p.enters): number for p, number in zip(pieces, numbers, strict=True)},
        detours=detours,
    )


def _detoured(
    pieces: Sequence[Piece], numbers: Sequence[int], taken: Collection[float], lane: float
) -> tuple[list[Piece], list[int], tuple[str, float, float, float]] | None:
    """The pieces and tracks with one line fewer on top of another, and whose line now turns twice.

    The line is told by its owner, where it enters, where it leaves and where it turns between.
    None where nothing lies on top of anything, or no second turn mends it.
    """
    clashes = _clashes(pieces, numbers)
    for i, j in clashes:
        piece, leave = pieces[i], pieces[j].enters
        stop = _free(piece.enters, leave, taken, lane)
        if stop is None:
            continue
        kept = {y for y in piece.leaves if y != leave} | {stop}
        first = replace(piece, leaves=tuple(sorted(kept)))
        second = Piece(owner=piece.owner, enters=stop, leaves=(leave,), after=piece.enters)
        tried = [*pieces[:i], first, *pieces[i + 1 :], second]
        order = tracks(tried, lane)
        runs_back = any(
            order[a] >= order[b]
            for a, one in enumerate(tried)
            for b, other in enumerate(tried)
            if one.before(other)
        )
        if not runs_back and len(_clashes(tried, order)) < len(clashes):
            return tried, order, (piece.owner, piece.enters, leave, stop)
    return None


def _clashes(pieces: Sequence[Piece], numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of places: the first piece leaves along the line that the second enters by."""
    return [
        (i, j)
        for i, piece in enumerate(pieces)
        for j, other in enumerate(pieces)
        if numbers[i] < numbers[j] and piece.on_top(other)
    ]


def _free(one: float, other: float, taken: Collection[float], lane: float) -> float | None:
    """The middle of the widest room between two heights; None where lines would touch."""
    top, bottom = min(one, other), max(one, other)
    stops = sorted({y for y in taken if top < y < bottom} | {top, bottom})
    room, middle = max((b - a, (a + b) / 2) for a, b in pairwise(stops))
    return middle if room >= lane else None
