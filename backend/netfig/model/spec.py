"""The user's work on a figure: one versioned document. All editing is editing this.

Ids in it that the network no longer has are ignored with a warning, so edits survive a change of
the code. Every default is what a figure looks like before anybody has touched it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The paper: a venue's name and column, or a width in points for venue "free".

    `width` (points) is read for venue "free" alone; None there means as wide as the figure likes.
    `text` is the size of text in points; None takes the venue's floor or 7, whichever is larger.
    """

    venue: str = "cvpr"
    column: Literal["one", "full"] = "full"
    width: float | None = None
    direction: Literal["right", "down"] = "right"
    font: str = "sans"
    text: float | None = None
    background: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What is written, and where."""

    channels: Literal["below", "off"] = "below"
    extent: Literal["changes", "all", "off"] = "changes"
    kernel: Literal["inside", "off"] = "inside"
    names: Literal["below", "off"] = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How sizes become lengths: heights from extents, widths from channels (FIGURE.md, 1)."""

    height: Literal["log2", "sqrt", "linear", "fixed"] = "log2"
    width: Literal["log2", "sqrt", "linear", "fixed"] = "log2"
    tallest: float = 90.0
    widest: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """An override for a type, a layer, a kind of group or one group; None leaves it as it is.

    `fill` is "#rrggbb" and stands for the strong colour: the light fill is derived from it.
    `nudge` moves a node by (dx, dy) points; it is read for layers and groups alone.
    """

    fill: str | None = None
    label: str | None = None
    hidden: bool | None = None
    nudge: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEdit:
    """What the user did to one group: folded or open, its own match level, members put out."""

    folded: bool | None = None
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    """A group made by hand from the named layers."""

    id: str
    label: str
    layers: tuple[str, ...]


Match = Literal["type", "settings", "shapes", "scale"]
"""When two blocks are of one kind: same types; and settings; and shapes; or equal up to scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Folding. `level` counts from 0, everything shown, to one glyph; None: the first that fits."""

    level: int | None = None
    match: Match = "scale"
    fuse: bool = True
    groups: Mapping[str, GroupEdit] = field(default_factory=lambda: MappingProxyType({}))
    kinds: Mapping[str, GroupEdit] = field(default_factory=lambda: MappingProxyType({}))
    made: tuple[UserGroup, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSpec:
    """The document. `caption` is the user's own, "" for the one made from the network's facts.

    `types`, `layers`, `kinds`, `groups` are looks by type, layer, kind, group id.

    `layers` is keyed by layer id, `groups` by group id, `kinds` by the kind's id. `labels_of`
    nothing is ever lost by folding: a look of a hidden or folded layer waits until it shows again.
    """

    version: int = VERSION
    style: str = "netfig"
    title: str = ""
    caption: str = ""
    page: Page = field(default_factory=Page)
    palette: str = "default"
    labels: Labels = field(default_factory=Labels)
    legend: Literal["below", "off"] = "below"
    scale: Scale = field(default_factory=Scale)
    grouping: Grouping = field(default_factory=Grouping)
    types: Mapping[str, Look] = field(default_factory=lambda: MappingProxyType({}))
    layers: Mapping[str, Look] = field(default_factory=lambda: MappingProxyType({}))
    kinds: Mapping[str, Look] = field(default_factory=lambda: MappingProxyType({}))
    groups: Mapping[str, Look] = field(default_factory=lambda: MappingProxyType({}))
