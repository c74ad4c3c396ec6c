"""The room between two columns: which line turns there, and where.

Where two lines want each other's height, no order of their vertical pieces keeps them apart (one
would have to stand both left and right of the other); then one of them takes two turns.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from netfig.layout.layered_ranks import Ends, Ranked
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
        split = _split(pieces, numbers, taken, lane)
        if split is None:
            break
        at, leave, stop = split
        piece = pieces[at]
        kept = {y for y in piece.leaves if y != leave} | {stop}
        first = replace(piece, leaves=tuple(sorted(kept)))
        second = Piece(owner=piece.owner, enters=stop, leaves=(leave,), after=piece.enters)
        tried = [*pieces[:at], first, *pieces[at + 1 :], second]
        tried_numbers = tracks(tried, lane)
        if any(
            tried_numbers[i] >= tried_numbers[j]
            for i, one in enumerate(tried)
            for j, other in enumerate(tried)
            if one.before(other)
        ):
            break  # the line would run back
        pieces, numbers = tried, tried_numbers
        detours[piece.owner, piece.enters, leave] = stop
        taken.add(stop)
    return Channel(
        count=max(numbers, default=-1) + 1,
        track={(p.owner, p.enters): number for p, number in zip(pieces, numbers, strict=True)},
        detours=detours,
    )


def _split(
    pieces: Sequence[Piece], numbers: Sequence[int], taken: Collection[float], lane: float
) -> tuple[int, float, float] | None:
    """A piece that lies on another's line: its place, the height it leaves at, where to turn."""
    for i, piece in enumerate(pieces):
        for j, other in enumerate(pieces):
            if numbers[i] < numbers[j] and other.enters in piece.leaves and piece.on_top(other):
                stop = _free(piece.enters, other.enters, taken, lane)
                if stop is not None:
                    return i, other.enters, stop
    return None


def _free(one: float, other: float, taken: Collection[float], lane: float) -> float | None:
    """The middle of the widest room between two heights; None where lines would touch."""
    top, bottom = min(one, other), max(one, other)
    stops = sorted({y for y in taken if top < y < bottom} | {top, bottom})
    room, middle = max((b - a, (a + b) / 2) for a, b in pairwise(stops))
    return middle if room >= lane else None
