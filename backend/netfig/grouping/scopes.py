"""What layer names say: `block2_sepconv1`, `stage/block` and numbered scopes.

The weakest evidence: a scope counts only where numbered fellows stand beside it.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from netfig.model.graph import Layer

_SNAKE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def is_given(layer: Layer) -> bool:
    """Whether a person named the layer; Keras makes the others from the class (`conv2d_3`)."""
    plain = re.sub(r"_\d+$", "", layer.name).replace("_", "")
    kinds = {layer.type.lower(), _SNAKE.sub("_", layer.type).lower().replace("_", "")}
    return plain not in kinds and plain != "inputlayer" and bool(layer.name)


def scopes(name: str) -> list[str]:
    """Scopes of a name, outermost first: up to each slash and each numbered token but the last.

    "conv2_block1_1_conv" has "conv2", "conv2_block1" and "conv2_block1_1".
    """
    found = []
    for match in re.finditer(r"/|(?<=[a-z0-9])_(?=.)", name):
        head = name[: match.start()]
        if match.group() == "/" or re.search(r"\d[a-z]?$", head):
            found.append(head)
    return found


def named(layers: Sequence[Layer], line: Sequence[int]) -> list[tuple[str, tuple[int, int]]]:
    """Scopes with the span of the line they fill, for those that have numbered fellows.

    Layers that nobody named may stand between; a scope scattered over others is left out.
    """
    members: dict[str, list[int]] = defaultdict(list)
    given = [is_given(layers[i]) for i in line]
    for p, i in enumerate(line):
        if given[p]:
            for scope in scopes(layers[i].name):
                members[scope].append(p)
    fellows: dict[str, int] = defaultdict(int)
    for scope in members:
        fellows[re.sub(r"\d+[a-z]?", "#", scope)] += 1
    known = [0]
    for flag in given:
        known.append(known[-1] + flag)
    found = []
    for scope, places in members.items():
        start, end = places[0], places[-1] + 1
        if fellows[re.sub(r"\d+[a-z]?", "#", scope)] < 2 or len(places) < 2:
            continue
        if known[end] - known[start] == len(places):
            found.append((scope, (start, end)))
    return found
