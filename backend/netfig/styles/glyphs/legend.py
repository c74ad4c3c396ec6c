"""What the glyphs mean: every look in the figure once, and the inside of each kind of block."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from netfig.model.geometry import Box
from netfig.model.grouped import Kind
from netfig.model.scene import Item, Text
from netfig.styles.appearance import Glyph, Wardrobe
from netfig.styles.glyphs.insides import SAMPLE, Block, Piece, Placer
from netfig.styles.glyphs.measure import OPERATOR
from netfig.styles.glyphs.moving import moved
from netfig.styles.glyphs.shapes import Spot, outline
from netfig.text import ruler

TALLEST = (float("inf"), 75.0, 40.0, 0.0)
"""How tall an inside may be, in points: tried in turn until the legend is low enough."""

_GAP = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, placed: `target` and `id` say what a change of its look applies to."""

    key: str
    target: str
    id: str
    label: str
    fill: str
    box: Box
    items: tuple[Item, ...]


def legend(
    wardrobe: Wardrobe,
    glyphs: Mapping[str, Glyph],
    inside: Mapping[str, str],
    kinds: Sequence[Kind],
    placer: Placer,
    *,
    room: float,
    limit: float | None,
    size: float,
    font: str,
) -> tuple[tuple[Entry, ...], float, float]:
    """The legend wrapped to `room` points: entries from (0, 0) down, its width and its height.

    Where it would be higher than `limit`, blocks with the tallest insides are told by name alone,
    and so what stands in them alone need not be told.
    """
    blocks = {kind.id: Block.of(kind, wardrobe, placer, size, font, room) for kind in kinds}
    told: tuple[tuple[Entry, ...], float, float] = ((), 0.0, 0.0)
    for tallest in TALLEST if limit is not None else TALLEST[:1]:
        shown, within = _told(glyphs, blocks, tallest)
        pieces = _types(glyphs, within, inside, size, font, room)
        pieces += [block.piece(tallest, size, font, room) for block in shown]
        told = _flow(pieces, room)
        if limit is None or told[2] <= limit:
            break
    return told


def _told(
    glyphs: Mapping[str, Glyph], blocks: Mapping[str, Block], tallest: float
) -> tuple[list[Block], dict[str, Glyph]]:
    """Blocks to tell, those of the figure first, and the glyphs in the insides that are drawn."""
    waiting = [g.node.group_kind for g in glyphs.values() if g.node.group_kind in blocks]
    shown: dict[str, Block] = {}
    within: dict[str, Glyph] = {}
    for kind in waiting:
        if kind is None or kind in shown:
            continue
        block = shown[kind] = blocks[kind]
        if block.drawn(tallest):
            within.update(block.glyphs)
            nested = (g.node.group_kind for g in block.glyphs.values())
            waiting += [k for k in nested if k in blocks]
    return list(shown.values()), within


def _types(
    glyphs: Mapping[str, Glyph],
    within: Mapping[str, Glyph],
    inside: Mapping[str, str],
    size: float,
    font: str,
    room: float,
) -> list[Piece]:
    """One piece a look: type, fused modifiers, and the kernel where the glyph does not show it."""
    looks: dict[tuple[str, str, str, str], list[Glyph]] = {}
    every: Iterable[tuple[Glyph, bool]] = [
        *((g, bool(inside.get(n))) for n, g in glyphs.items()),
        *((g, True) for g in within.values()),
    ]
    for glyph, shown in every:
        if glyph.shape == "group":
            continue
        bands = " + ".join(b.phrase for b in glyph.bands)
        kernel = "" if shown or glyph.shape != "grid" else glyph.kernel
        looks.setdefault((glyph.phrase, bands, kernel, glyph.strong), []).append(glyph)
    looks = _without_needless_kernels(looks)
    return [_type(key, alike, size, font, room) for key, alike in looks.items()]


def _without_needless_kernels(
    looks: dict[tuple[str, str, str, str], list[Glyph]],
) -> dict[tuple[str, str, str, str], list[Glyph]]:
    """A look with more than three kernels is told once, without them."""
    kernels: dict[tuple[str, str, str], set[str]] = {}
    for phrase, bands, kernel, strong in looks:
        kernels.setdefault((phrase, bands, strong), set()).add(kernel)
    merged: dict[tuple[str, str, str, str], list[Glyph]] = {}
    for (phrase, bands, kernel, strong), alike in looks.items():
        many = len(kernels[(phrase, bands, strong)]) > 3
        merged.setdefault((phrase, bands, "" if many else kernel, strong), []).extend(alike)
    return merged


def _type(
    key: tuple[str, str, str, str], alike: list[Glyph], size: float, font: str, room: float
) -> Piece:
    phrase, bands, kernel, _ = key
    glyph = alike[0]
    words = " ".join(part for part in (phrase, kernel) if part)
    label = " + ".join(part for part in (words, bands) if part)
    width, height = 9.0, SAMPLE
    start = end = height
    if glyph.shape == "operator":
        width = start = end = OPERATOR
    elif glyph.shape == "bar":
        width = 7.0
    elif all((g.end.extent or 0) < (g.start.extent or 0) for g in alike):
        end = height / 2
    elif all((g.end.extent or 0) > (g.start.extent or 0) for g in alike):
        start = height / 2
    spot = Spot(0.0, 0.0, 0.0, width, start, end)
    text = ruler.shorten(label, room - width - 4, size=size, font=font)
    long = ruler.width(text, size=size, font=font)
    caption = Text(x=width + 4, y=size * 0.36, string=text, size=size, width=long, font=font)
    sample = replace(glyph, unknown=False)
    return Piece(
        key=f"{glyph.key}|{bands}|{kernel}",
        target="type",
        id=glyph.key.partition(":")[2],
        label=label,
        fill=glyph.strong,
        width=width + 4 + long,
        top=SAMPLE / 2,
        bottom=SAMPLE / 2,
        items=(*outline(sample, spot, ""), caption),
    )


def _flow(pieces: list[Piece], room: float) -> tuple[tuple[Entry, ...], float, float]:
    """Pieces in lines, each as long as fits."""
    lines: list[list[Piece]] = []
    used = 0.0
    for piece in pieces:
        step = piece.width + _GAP
        if lines and used + piece.width <= room:
            lines[-1].append(piece)
            used += step
        else:
            lines.append([piece])
            used = step
    entries: list[Entry] = []
    y = width = 0.0
    for line in lines:
        top = max(p.top for p in line)
        bottom = max(p.bottom for p in line)
        x = 0.0
        for piece in line:
            source = f"legend:{piece.key}"
            items = tuple(replace(moved(item, x, y + top), source=source) for item in piece.items)
            box = Box(
                x=x, y=y + top - piece.top, width=piece.width, height=piece.top + piece.bottom
            )
            entries.append(
                Entry(
                    key=piece.key,
                    target=piece.target,
                    id=piece.id,
                    label=piece.label,
                    fill=piece.fill,
                    box=box,
                    items=items,
                )
            )
            x += piece.width + _GAP
        width = max(width, x - _GAP)
        y += top + bottom + 5
    return tuple(entries), width, max(0.0, y - 5)
