"""What the structure of a shown graph is made of. Names are ids of nodes, in topological order."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Leaf:
    """One node."""

    node: str


@dataclass(frozen=True, slots=True)
class Series:
    """Parts one after the other; neighbours that are both leaves are joined by a plain link."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Region:
    """Branches side by side from `source` to `target` (None at the network's own ends).

    `direct` says whether a link runs straight from source to target beside the branches.
    """

    source: str | None
    target: str | None
    branches: tuple["Part", ...]
    direct: bool


@dataclass(frozen=True, slots=True)
class Tangle:
    """Nodes, in topological order, between `source` and `target` that no cut takes apart.

    `links` are all links among them and from and to the two ends. `limbs` are stretches with a
    structure of their own, entered by their first node and left by their last; they stand under
    their first node's name. In a chain `brought` are the nodes before `source` whose tensor comes
    in beside it, `carried` those whose tensor goes on beside `target`.
    """

    source: str | None
    target: str | None
    nodes: tuple[str, ...]
    links: tuple[tuple[str | None, str | None], ...]
    limbs: Mapping[str, Series] = field(default_factory=dict)
    brought: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Tangles one after the other, and the node between each two, past which few tensors run."""

    source: str | None
    target: str | None
    tangles: tuple[Tangle, ...]
    waists: tuple[str, ...]


Part = Leaf | Series | Region | Tangle | Chain
