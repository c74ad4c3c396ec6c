"""What the author's own code says belongs together: function calls and nested models."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from netfig.model.graph import Layer


@dataclass(frozen=True, slots=True)
class Candidate:
    """A set of layers (positions, ascending in line order) that may become a group.

    `label` is the author's word for it, "" when there is none; `evidence` says where it is from:
    "call", "path", "name", "structure".
    """

    members: tuple[int, ...]
    label: str
    evidence: str


def calls(layers: Sequence[Layer], line: Sequence[int]) -> list[Candidate]:
    """One candidate for each invocation of a named function; not for one that made inputs alone."""
    found: dict[int, list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for i in line:
        for frame in layers[i].stack:
            if not frame.function.startswith("<"):
                found[frame.invocation].append(i)
                names[frame.invocation] = frame.function
    return [
        Candidate(tuple(members), names[n], "call")
        for n, members in found.items()
        if any(layers[i].inputs for i in members)
    ]


def paths(layers: Sequence[Layer], line: Sequence[int]) -> list[Candidate]:
    """One candidate for each application of a nested model."""
    found: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    for i in line:
        _, _, application = layers[i].id.partition("#")
        for depth in range(1, len(layers[i].path) + 1):
            found[layers[i].path[:depth], application].append(i)
    return [Candidate(tuple(m), path[-1], "path") for (path, _), m in found.items()]
