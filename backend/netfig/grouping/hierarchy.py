"""The tree of groups of a network, and the sequence of fold states made from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from netfig.grouping import fusing
from netfig.grouping.order import Wiring
from netfig.model.graph import Layer, LayerGraph


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
    """All groups of a graph, outermost first, and `levels` fold states.

    `default` is the level to start from, `block_level` the one at which figure and legend together
    take least, `sizes` the number of glyphs at each level; edits of single groups not counted.
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
    default: int
    block_level: int
    sizes: tuple[int, ...]
    warnings: tuple[str, ...] = ()


def encloses(parents: Sequence[int], outer: int, inner: int) -> bool:
    """Whether block `outer` is block `inner` or around it; -1 is around all."""
    while inner > outer:  # parents come before children
        inner = parents[inner]
    return inner == outer


def joins(
    layers: Sequence[Layer], home: Sequence[int], parents: Sequence[int], host: int, modifier: int
) -> bool:
    """Whether the groups of two neighbours let them be one glyph where both are shown: the same
    group, or the host in one further in."""
    if home[host] == home[modifier]:
        return True
    if home[modifier] < 0 or not fusing.may_leave(layers[modifier]):
        return False
    return encloses(parents, home[modifier], home[host])
