"""Ends that are held in place, so that one placement goes on where another ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pins:
    """`enter` and `leave` stand at one height, first and last of all.

    `starts` stand above or below `enter`, as many points as they say (down is positive); `ends`
    stand above or below `leave` where there is room. None of them has a body. An edge from a start
    to an end only passes.
    """

    enter: str
    leave: str
    starts: Mapping[str, float]
    ends: tuple[str, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """The same for pins that hold alike."""
        return self.enter, self.leave, tuple(self.starts.items()), self.ends

    def named(self, names: Mapping[str, str]) -> "Pins":
        """The pins under other names."""
        return Pins(
            names[self.enter],
            names[self.leave],
            {names[start]: level for start, level in self.starts.items()},
            tuple(names[end] for end in self.ends),
        )

    def passes(self, ends: Ends) -> bool:
        """Whether an edge only passes."""
        return ends[0] in self.starts and ends[1] in self.ends

    def rank(self, rank: dict[str, int]) -> None:
        """Puts the ends into the first and the last column."""
        last = max(rank.values())
        rank.update(dict.fromkeys((self.enter, *self.starts), 0))
        rank.update(dict.fromkeys((self.leave, *self.ends), last))

    def hold(
        self,
        middle: dict[str, float],
        wished: Mapping[str, float],
        sizes: Mapping[str, tuple[float, float]],
        edges: Sequence[Ends],
        lane: float,
    ) -> frozenset[str]:
        """Sets the heights of the ends, as near to what is `wished` as lines `lane` apart allow;
        returns their names."""
        axis = middle[self.enter]
        for start, level in self.starts.items():
            middle[start] = axis + level
        middle[self.leave] = axis
        passing = {
            target: middle[source] for source, target in edges if self.passes((source, target))
        }
        wish = {end: passing.get(end, wished[end]) - axis for end in self.ends}
        room = dict.fromkeys((False, True), sizes[self.leave][1] / 2 + lane)
        for end in sorted(self.ends, key=lambda end: abs(wish[end])):
            below = wish[end] > 0
            away = max(abs(wish[end]), room[below])
            middle[end] = axis + (away if below else -away)
            room[below] = away + lane
        return frozenset((self.enter, self.leave, *self.starts, *self.ends))
