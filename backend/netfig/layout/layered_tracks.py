"""In which order the vertical pieces stand in the channel between two columns.

A piece belongs to one line that enters the channel from the left at one height and leaves it to
the right at one or more. Pieces are ordered so that lines cross seldom and no line runs on top of
another, then pushed left into as few tracks as they need.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_SIFTED = 60
"""Channels with more pieces keep the first order: sifting costs their square."""
_ON_TOP = 1000
"""How many crossings one line on top of another is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A vertical piece: where its line comes in on the left, and its ways out on the right.

    `after` is set for the second piece of a line that takes two turns: where the first one enters.
    """

    owner: str
    enters: float
    leaves: tuple[float, ...]
    after: float | None = None

    @property
    def top(self) -> float:
        return min(self.enters, *self.leaves)

    @property
    def bottom(self) -> float:
        return max(self.enters, *self.leaves)

    def on_top(self, right: "Piece") -> bool:
        """True where this piece, left of `right`, leaves along the line that `right` enters by."""
        return self.owner != right.owner and right.enters in self.leaves

    def before(self, right: "Piece") -> bool:
        """True where `right` is this line's second piece and so cannot stand left of it."""
        return self.owner == right.owner and self.enters == right.after


def tracks(pieces: Sequence[Piece], lane: float) -> list[int]:
    """The track of each piece, 0 leftmost. Pieces that share a track lie `lane` apart or more."""
    order = sorted(range(len(pieces)), key=lambda i: _first_guess(pieces[i]))
    if len(order) <= _SIFTED:
        order = _sifted(order, pieces)
    track = [0] * len(pieces)
    placed: list[int] = []
    for i in order:
        clashes = [track[j] for j in placed if _meet(pieces[i], pieces[j], lane)]
        track[i] = max(clashes, default=-1) + 1
        placed.append(i)
    return track


def _first_guess(piece: Piece) -> tuple[int, float]:
    """Lines that rise: the upper first; lines that fall: the lower first. Neither kind crosses."""
    rise = sum(piece.leaves) / len(piece.leaves) < piece.enters
    return (0 if rise else 1, piece.enters if rise else -piece.enters)


def _meet(one: Piece, other: Piece, lane: float) -> bool:
    return one.top < other.bottom + lane and other.top < one.bottom + lane


def _price(left: Piece, right: Piece) -> int:
    """Crossings, and lines on top of each other, when `left` stands left of `right`."""
    price = sum(right.top < y < right.bottom for y in left.leaves)  # runs right, past the other
    price += left.top < right.enters < left.bottom  # comes from the left, past the other
    price += _ON_TOP * left.on_top(right)
    return price + _ON_TOP * _ON_TOP * right.before(left)


def _sifted(order: list[int], pieces: Sequence[Piece]) -> list[int]:
    """Each piece in turn moved to where it crosses least, until nothing improves."""
    price = {(i, j): _price(pieces[i], pieces[j]) for i in order for j in order if i != j}
    for _ in range(4):
        moved = False
        for i in list(order):
            at = order.index(i)
            rest = order[:at] + order[at + 1 :]
            total = sum(price[i, j] for j in rest)
            best, best_at, now = total, 0, total
            for spot, j in enumerate(rest, start=1):
                total += price[j, i] - price[i, j]
                if spot == at:
                    now = total
                if total < best:
                    best, best_at = total, spot
            if best < now:
                order, moved = [*rest[:best_at], i, *rest[best_at:]], True
        if not moved:
            break
    return order
