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
    """One candidate for each application of a nested model.

    An id tells that its layer was called again, not whether its whole model was (it may use one
    layer twice): a later call is part of the first application unless all weights came with it.
    """
    found: dict[tuple[str, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i in line:
        _, _, application = layers[i].id.partition("#")
        for depth in range(1, len(layers[i].path) + 1):
            found[layers[i].path[:depth]][application].append(i)
    candidates = []
    for path, (first, *later) in ((p, list(a.values())) for p, a in found.items()):
        weights = {layers[i].layer for i in first if layers[i].parameters}
        whole = [m for m in later if weights and weights <= {layers[i].layer for i in m}]
        if len(whole) < len(later):
            apart = {i for members in whole for i in members}
            first = [i for i in line if layers[i].path[: len(path)] == path and i not in apart]
        candidates += [Candidate(tuple(m), path[-1], "path") for m in (first, *whole)]
    return candidates
