"""The network as it is shown: some layers fused into one glyph, some folded into groups.

Every layer of the graph is in exactly one place: the main layer of a node, one of its bands, a
member of a folded group, or hidden. Nothing is invented and no edge is dropped: an edge between
two layers is lifted to the nodes that stand for them.
"""

from dataclasses import dataclass

from netfig.model.graph import Edge, Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What becomes one glyph.

    kind      "layer": one layer, `main`, with the modifiers fused onto it in `bands` (layer ids, in
              order); "group": a folded group; then `main` is its first layer.
    group     id of the folded group; group_kind the Kind it is of; both None for a layer.
    repeat    n for ×n: this glyph stands for n equal blocks in a row or side by side (1
              otherwise).
    layers    every layer id it accounts for, in graph order.
    inputs    tensors that enter it, outputs those that leave it (entry of the first and exit of
              the last block where repeat > 1).
    within    ids of the open groups it lies in, outermost first.
    """

    id: str
    kind: str
    main: str
    bands: tuple[str, ...] = ()
    group: str | None = None
    group_kind: str | None = None
    repeat: int = 1
    layers: tuple[str, ...] = ()
    inputs: tuple[Tensor, ...] = ()
    outputs: tuple[Tensor, ...] = ()
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An edge between two nodes and the layer edges it stands for (several after lifting)."""

    source: str
    target: str
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group that was found or made: one block, or `repeat` equal blocks in a row or side by side.

    `id` is stable under re-running. `layers` are all its layers in graph order. `parent` is the
    group around it. `folded` says whether it is one glyph now; `made` whether by hand. A run's
    blocks beyond the first are accounted for in `layers`, drawn once with ×n.
    """

    id: str
    kind: str
    label: str
    layers: tuple[str, ...]
    parent: str | None = None
    repeat: int = 1
    folded: bool = False
    made: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Blocks of one kind, as the legend shows them: a name and the inside of the first of them.

    `inside_nodes` and `inside_links` are the block one step opened (its own folded blocks stay
    folded, each of a Kind of its own); links reach only nodes inside. `entries` and `exits` name
    the inside nodes that data enters by and leaves by.
    """

    id: str
    label: str
    members: tuple[str, ...]
    inside_nodes: tuple[Node, ...] = ()
    inside_links: tuple[Link, ...] = ()
    entries: tuple[str, ...] = ()
    exits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedGraph:
    """What is drawn at one fold level, nodes in the order of the data flow.

    `groups` holds every group there is, shown or not, outermost first; `kinds` those of the nodes
    shown and of the insides of shown kinds, in order of first use. `level` of `levels`: 0 shows
    everything, levels - 1 one line. `hidden` are layers the user put out of sight.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    groups: tuple[Group, ...]
    kinds: tuple[Kind, ...]
    level: int
    levels: int
    hidden: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
