"""The length and the edges of every glyph, and the room its labels need around it."""

from collections.abc import Mapping

from netfig.model.placement import Extent
from netfig.styles.appearance import Glyph
from netfig.styles.glyphs.labels import Lettering
from netfig.styles.sizes import Sizer
from netfig.text import ruler

OPERATOR = 8.4
"""Diameter of an operator's circle, in points."""

LINE = 1.3
"""Room for a line of text, in text sizes."""


def lengths(glyphs: Mapping[str, Glyph], sizer: Sizer) -> dict[str, float]:
    """Every glyph's length along the flow, in points."""
    return {node: _length(glyph, sizer) for node, glyph in glyphs.items()}


def _length(glyph: Glyph, sizer: Sizer) -> float:
    if glyph.shape == "operator":
        return OPERATOR
    if glyph.shape == "group":
        return sizer.width(glyph.end, group=True)
    if glyph.shape == "bar" or not glyph.node.inputs:
        return sizer.slim() if glyph.shape == "bar" else min(9.0, sizer.width(glyph.end))
    width = sizer.width(glyph.end)
    if glyph.end.shape != "flat" and glyph.start.extent != glyph.end.extent and not glyph.bands:
        return max(7.0, width * (0.7 + 0.3 * sizer.fullness))
    return width


def edges(glyph: Glyph, sizer: Sizer) -> tuple[float, float]:
    """Heights of a glyph's entry and exit edge, in points."""
    if glyph.shape == "operator":
        return OPERATOR, OPERATOR
    if glyph.start.shape == glyph.end.shape == "flat":
        if glyph.shape == "bar":
            bar = sizer.bar(glyph.end)
            return bar, bar
        return sizer.bar(glyph.start), sizer.bar(glyph.end)
    return sizer.height(glyph.start), sizer.height(glyph.end)


def extents(
    glyphs: Mapping[str, Glyph],
    lettering: Mapping[str, Lettering],
    widths: Mapping[str, float],
    sizer: Sizer,
    *,
    size: float,
    font: str,
    vertical: bool,
) -> dict[str, Extent]:
    """Every node's extent. Room across the flow is text height in figures that run right, text
    width in figures that run down."""
    shown = {}
    for node, glyph in glyphs.items():
        start, end = edges(glyph, sizer)
        words = lettering[node]
        above = [words.extent, words.note]
        below = [words.features, words.name]
        if vertical:
            high = max((ruler.width(t, size=size + 1, font=font) for t in above if t), default=0.0)
            low = max((ruler.width(t, size=size, font=font) for t in below if t), default=0.0)
            high, low = (v + 4 if v else 0.0 for v in (high, low))
        else:
            lines = sum(1 for t in above if t)
            high = 3 + size * LINE * lines if lines else 0.0
            low = sum(size * LINE + 1 for t in below if t)
        if glyph.loop:
            high += 7.0
        shown[node] = Extent(
            width=widths[node],
            start=start,
            end=end,
            shape=glyph.shape,
            above=high,
            below=low,
            **_overhang(words, widths[node], size, font, vertical, first=not glyph.node.inputs),
        )
    return shown


def _overhang(
    words: Lettering, width: float, size: float, font: str, vertical: bool, *, first: bool
) -> dict[str, float]:
    """How far labels reach beyond the glyph along the flow."""
    if vertical:
        over = max(0.0, (size * LINE - width) / 2)
        return {"ahead": over, "behind": over}
    below = max(
        (
            ruler.width(t, size=size, font=font)
            for t in (words.features if len(words.run) == 1 else "", words.name)
            if t
        ),
        default=0.0,
    )
    note = ruler.width(words.note, size=size + 1, font=font, bold=True) if words.note else 0.0
    if words.extent and first:
        note = max(note, ruler.width(words.extent, size=size, font=font))
    over = max(0.0, (max(below, note) - width) / 2 + 0.8)
    return {"ahead": over, "behind": over}
