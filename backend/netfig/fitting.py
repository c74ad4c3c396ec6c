"""What fits the page: the level of folding, rows, and how full the glyphs are drawn.

Everything is laid out for text of 7 pt; where the venue wants larger text, the whole figure is
made larger with it, so lengths here are in the sheet's own unit. Text never becomes smaller.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from netfig.errors import DoesNotFit
from netfig.grouping import Hierarchy, fold
from netfig.layout import Series, Spacing, lay_out, nudge, structure
from netfig.model import venues
from netfig.model.graph import LayerGraph
from netfig.model.grouped import GroupedGraph
from netfig.model.placement import Extent, Placement
from netfig.model.spec import FigureSpec
from netfig.styles.appearance import Glyph, Wardrobe
from netfig.styles.glyphs.draw import MARGIN, Pen
from netfig.styles.glyphs.labels import Lettering, letter
from netfig.styles.glyphs.legend import Entry, legend
from netfig.styles.glyphs.measure import extents, lengths
from netfig.styles.sizes import Sizer
from netfig.styles.tensors import View

TEXT = 7.0
"""The size of text, in points, for which glyphs, wires and gaps are made."""

CLOSE = Spacing(gap=4.5, lane=6.0, branch=6.0)
"""The spacing inside a block that the legend draws."""

ROWS, MANY = 3, 20
"""The most rows before the figure is folded further instead; more where a level was asked for."""

SHORTER = (0.75, 0.55, 0.4)
"""By how much glyphs may be lowered where branches stand too high for the page, before the figure
is drawn as one glyph."""

FEWEST = 5
"""A figure is not folded to fewer glyphs than this to save a row."""

KEYS = {"right": 0.55, "down": 0.3}
"""The most of the page's height that the legend takes, by direction."""

TRIES = 4
"""How often a figure may make room for a legend that has grown."""

KEY = 12.0
"""Room between the figure and its legend, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The page in units in which its text is TEXT: `unit` is one of them in points."""

    unit: float
    width: float | None
    height: float | None
    pen: Pen

    @classmethod
    def of(cls, spec: FigureSpec) -> "Sheet":
        """The sheet of a document's page. Text below TEXT does not make the figure smaller."""
        size = venues.text(spec.page)
        unit = max(1.0, size / TEXT)
        width, height = venues.width(spec.page), venues.height(spec.page)
        return cls(
            unit=unit,
            width=None if width is None else width / unit,
            height=None if height is None else height / unit,
            pen=Pen(size=size / unit, font=spec.page.font),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One attempt: what is shown, at which sizes, and where it came to lie."""

    grouped: GroupedGraph
    glyphs: Mapping[str, Glyph]
    wardrobe: Wardrobe
    lettering: Mapping[str, Lettering] = field(default_factory=dict)
    sizes: Mapping[str, Extent] = field(default_factory=dict)
    placement: Placement | None = None
    taken: Series | None = None
    warnings: tuple[str, ...] = ()


def fit(graph: LayerGraph, spec: FigureSpec, hierarchy: Hierarchy, sheet: Sheet) -> Draft:
    """What fits the page: by folding first, then in rows, then with lower glyphs, then at whatever
    level fits.

    Where a level was asked for, or a block opened by hand, rows and lower glyphs come first.
    """
    asked = spec.grouping.level
    last = hierarchy.levels - 1
    first = min(hierarchy.default if asked is None else asked, last)
    bodies = range(first, max(first + 1, last))
    attempts = [(level, rows, _fill) for rows in (1, ROWS) for level in bodies]
    attempts += [(level, ROWS, _lowered) for level in bodies]
    if asked is not None or _opened(spec):
        attempts = [(level, MANY, how) for level in bodies for how in (_fill, _lowered)]
    drafts: dict[int, Draft] = {}
    for level, rows, how in [*attempts, (last, MANY, _fill), (last, MANY, _lowered)]:
        if level not in drafts:
            drafts[level] = _draft(graph, spec, hierarchy, level)
        if rows == 1 and level > first and len(drafts[level].grouped.nodes) < FEWEST:
            continue
        fitted = how(drafts[level], spec, sheet, rows)
        if fitted is not None:
            said: tuple[str, ...] = ()
            if level == last and level not in bodies:
                said = ("no more detail fits this page: a wider page or the other direction would",)
            elif asked is not None and level != first:
                said = ("this much detail does not fit the page: folded until it does",)
            return replace(fitted, warnings=said)
    raise DoesNotFit(
        "the figure does not fit the page",
        hint="choose a wider page or the other direction, or turn labels and the legend off",
    )


def _draft(graph: LayerGraph, spec: FigureSpec, hierarchy: Hierarchy, level: int) -> Draft:
    grouped = fold(hierarchy, spec, level)
    wardrobe = Wardrobe(graph, grouped, spec)
    glyphs = {node.id: wardrobe.glyph(node) for node in grouped.nodes}
    return Draft(grouped=grouped, glyphs=glyphs, wardrobe=wardrobe, taken=structure(grouped))


def _opened(spec: FigureSpec) -> bool:
    """Whether the user opened a block or a kind by hand: that is shown, in as many rows as need."""
    edits = (*spec.grouping.groups.values(), *spec.grouping.kinds.values())
    return any(edit.folded is False for edit in edits)


def nudged(draft: Draft, spec: FigureSpec, sheet: Sheet) -> Draft:
    """The draft with what the user moved by hand; a moved group is known by its own id."""
    moves = {}
    for node in draft.grouped.nodes:
        look = spec.groups.get(node.group) if node.group else spec.layers.get(node.main)
        if look is not None and look.nudge is not None:
            moves[node.id] = (look.nudge[0] / sheet.unit, look.nudge[1] / sheet.unit)
    if not moves or draft.placement is None:
        return draft
    return replace(draft, placement=nudge(draft.placement, moves))


def _fill(draft: Draft, spec: FigureSpec, sheet: Sheet, most: int) -> Draft | None:
    """The fullest glyphs at which the figure fits the page, in as few rows as can be; at most
    `most` rows. None where it does not fit."""
    width, height = sheet.width, sheet.height
    if width is None and height is None:
        return _attempt(draft, spec, sheet, 1.0, None)
    bare = _attempt(draft, spec, sheet, 0.0, None)
    if bare is None or bare.placement is None:
        return None
    key = _key(bare, spec, sheet)
    for _ in range(TRIES):
        best = _fullest(draft, spec, sheet, most, key)
        if best is None or best.placement is None or height is None:
            return best
        # Fuller glyphs have more written in them, and the legend draws some of them again.
        own = _key(best, spec, sheet)
        if best.placement.bounds.height + own <= height - 2 * MARGIN + 0.01:
            return best
        key = own
    return None


def _lowered(draft: Draft, spec: FigureSpec, sheet: Sheet, most: int) -> Draft | None:
    """As `_fill`, with glyphs as little lower as it takes."""

    def by(share: float) -> Draft | None:
        scale = replace(spec.scale, tallest=share * spec.scale.tallest)
        return _fill(draft, replace(spec, scale=scale), sheet, most)

    least = by(SHORTER[-1])
    if least is None:
        return None
    return next((d for d in map(by, SHORTER[:-1]) if d is not None), least)


def _key(draft: Draft, spec: FigureSpec, sheet: Sheet) -> float:
    """The height that the legend takes from the figure, in points."""
    return legend_of(draft, spec, sheet)[2] + KEY if spec.legend == "below" else 0.0


def _fullest(draft: Draft, spec: FigureSpec, sheet: Sheet, most: int, key: float) -> Draft | None:
    """As `_fill`, with `key` points of the page's height kept for the legend."""
    width, height = sheet.width, sheet.height
    vertical = spec.page.direction == "down"
    wide = None if width is None else width - 2 * MARGIN
    high = None if height is None else height - 2 * MARGIN - key
    along, across = (high, wide) if vertical else (wide, high)
    if along is None:
        return _within(_attempt(draft, spec, sheet, 1.0, None), along, across)
    thin = _within(_attempt(draft, spec, sheet, 0.0, along), along, across)
    if thin is None or thin.placement is None or thin.placement.rows > most:
        return None
    rows, best, low, high_ = thin.placement.rows, thin, 0.0, 1.0
    for step in range(6):
        middle = 1.0 if step == 0 else (low + high_) / 2
        tried = _within(_attempt(draft, spec, sheet, middle, along), along, across)
        if tried is not None and tried.placement is not None and tried.placement.rows <= rows:
            best, low = tried, middle
            if step == 0:
                break
        else:
            high_ = middle
    return best


def _within(draft: Draft | None, along: float | None, across: float | None) -> Draft | None:
    """The draft if it is no larger than the room."""
    if draft is None or draft.placement is None:
        return None
    bounds, vertical = draft.placement.bounds, draft.placement.vertical
    length, breadth = (bounds.height, bounds.width) if vertical else (bounds.width, bounds.height)
    if along is not None and length > along + 0.01:
        return None
    return None if across is not None and breadth > across + 0.01 else draft


def _attempt(
    draft: Draft, spec: FigureSpec, sheet: Sheet, fullness: float, length: float | None
) -> Draft | None:
    """The draft at that fullness, broken into rows of at most `length`; None: a part is longer."""
    vertical = spec.page.direction == "down"
    sizer = Sizer.over(_views_of(draft), spec.scale, fullness)
    widths = lengths(draft.glyphs, sizer)
    lettering = letter(
        draft.grouped, draft.glyphs, widths, spec.labels, size=sheet.pen.size, font=sheet.pen.font
    )
    sizes = extents(
        draft.glyphs,
        lettering,
        widths,
        sizer,
        size=sheet.pen.size,
        font=sheet.pen.font,
        vertical=vertical,
    )
    spacing = Spacing(gap=5.0 + 8.0 * fullness, lane=7.0, branch=6.0 + 2.0 * fullness)
    try:
        placement = lay_out(
            draft.grouped,
            sizes,
            spacing=spacing,
            length=length,
            vertical=vertical,
            taken=draft.taken,
        )
    except DoesNotFit:
        return None
    return replace(draft, lettering=lettering, sizes=sizes, placement=placement)


def legend_of(
    draft: Draft, spec: FigureSpec, sheet: Sheet
) -> tuple[tuple[Entry, ...], float, float]:
    """The legend for the page's width, its own width and height."""
    assert draft.placement is not None
    width, height = sheet.width, sheet.height
    down = spec.page.direction == "down"
    limit = None if height is None else height * KEYS["down" if down else "right"]
    if limit is not None and height is not None and not down:
        limit = min(limit, height - 2 * MARGIN - KEY - draft.placement.bounds.height)
    return legend(
        draft.wardrobe,
        draft.glyphs,
        {node: words.inside for node, words in draft.lettering.items()},
        draft.grouped.kinds,
        lambda inside, sizes: lay_out(inside, sizes, spacing=CLOSE),
        room=(width or max(420.0, draft.placement.bounds.width + 2 * MARGIN)) - 2 * MARGIN,
        limit=limit,
        size=sheet.pen.size,
        font=sheet.pen.font,
    )


def _views_of(draft: Draft) -> list[View]:
    return [v for glyph in draft.glyphs.values() for v in (glyph.start, glyph.end)]
