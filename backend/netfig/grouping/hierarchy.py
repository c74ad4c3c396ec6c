"""The tree of groups of a network, and the sequence of fold states made from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from netfig.grouping.order import Wiring
from netfig.model.graph import LayerGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A group of the tree: one block, or (`repeat` > 1) a run whose children are its blocks.

    `members` are positions in line order; `parent` and `children` index `Hierarchy.blocks`.
    `height` is the level from which on it is folded.
    """

    id: str
    kind: str
    label: str
    members: tuple[int, ...]
    parent: int = -1
    children: tuple[int, ...] = ()
    repeat: int = 1
    height: int = 1
    made: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """All groups of a graph, outermost first, and `levels` fold states; `default` fits a page.

    `line` is the canonical order of the layers' positions, `home[i]` the innermost block of the
    layer at position i (-1: none). `labels` are the kinds' names by id.
    """

    graph: LayerGraph
    wires: Wiring
    line: tuple[int, ...]
    blocks: tuple[Block, ...]
    home: tuple[int, ...]
    labels: Mapping[str, str]
    levels: int
    default: int = 0
    warnings: tuple[str, ...] = ()
    sizes: tuple[int, ...] = field(default=())
    """Number of glyphs at each level, without edits."""


@dataclass(slots=True)
class Draft:
    """A block while the tree is built."""

    members: tuple[int, ...]
    label: str
    evidence: str
    parent: "Draft | None" = None
    children: list["Draft"] = field(default_factory=list)
    repeat: int = 1
    kind: str = ""
    id: str = ""
    made: bool = False


def nest(candidates: Sequence[Draft], size: int) -> list[Draft]:
    """Roots of the tree of those candidates that lie in one another or apart.

    Earlier candidates win: a later one that crosses an earlier one is left out, as is one equal
    to an earlier one. `size` is the number of layers.
    """
    taken: list[Draft] = []
    inner: list[list[Draft]] = [[] for _ in range(size)]  # per layer, outermost first
    seen: set[tuple[int, ...]] = set()
    for draft in candidates:
        if draft.members in seen:
            continue
        length = len(draft.members)
        touched: dict[int, tuple[Draft, int]] = {}
        for i in draft.members:
            for other in inner[i]:
                known = touched.get(id(other))
                touched[id(other)] = (other, known[1] + 1 if known else 1)
        if any(n != min(length, len(other.members)) for other, n in touched.values()):
            continue
        seen.add(draft.members)
        taken.append(draft)
        for i in draft.members:
            inner[i].append(draft)
            inner[i].sort(key=lambda d: -len(d.members))
    for draft in taken:
        above = [d for d in inner[draft.members[0]] if len(d.members) > len(draft.members)]
        draft.parent = above[-1] if above else None
        if draft.parent:
            draft.parent.children.append(draft)
    return [d for d in taken if d.parent is None]
