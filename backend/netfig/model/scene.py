"""The finished page: a size and items back to front. Nothing symbolic is left.

Lengths are points (1/72 in), y down. Colours are "#rrggbb" or "none". Text is measured and broken
into lines: one Text is one line. Arrow heads are paths. `source` ties an item to what it stands
for ("node:ID", "link:SOURCE>TARGET", "legend:KEY", "frame:ID"), "" for none; exporters write it out
so that an editor can tell what was clicked. Ids inside are the network's own and hostile.
"""

from dataclasses import dataclass
from typing import Literal

Segment = tuple[str, tuple[float, ...]]
"""("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)) or ("Z", ())."""

Hatch = Literal["none", "rising", "falling", "cross", "dots", "horizontal", "vertical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """An outline, filled and stroked. `hatch` is drawn over the fill in the stroke's colour."""

    segments: tuple[Segment, ...]
    fill: str = "none"
    stroke: str = "none"
    stroke_width: float = 0.8
    dash: tuple[float, ...] = ()
    hatch: Hatch = "none"
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A rectangle; `radius` rounds its corners."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    fill: str = "none"
    stroke: str = "none"
    stroke_width: float = 0.8
    dash: tuple[float, ...] = ()
    hatch: Hatch = "none"
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text: baseline start, middle or end at (x, y); `width` is its measured length.

    `angle` turns it clockwise about (x, y) in degrees (0 or ±90 alone are used).
    """

    x: float
    y: float
    string: str
    size: float
    width: float
    font: str = "sans"
    bold: bool = False
    italic: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    fill: str = "#23272e"
    angle: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items that belong together; `label` is the group's plain name in an editor."""

    items: tuple["Item", ...]
    label: str = ""
    source: str = ""


Item = Path | Rect | Text | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A page. `title` and `description` go into the file's metadata (alt text)."""

    width: float
    height: float
    items: tuple[Item, ...]
    background: str = "#ffffff"
    title: str = ""
    description: str = ""
