"""Lines of text for exporters: made drawable, cut by font, each stretch with its place."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from fontTools.pens.basePen import decomposeQuadraticSegment
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from netfig.model.scene import Segment, Text
from netfig.text.fonts import Face, metrics, runs
from netfig.text.ruler import drawable, width


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a line in one face, starting at (x, y) before the line is turned."""

    face: Face
    font: str
    string: str
    x: float
    y: float


def stretches(text: Text) -> tuple[Stretch, ...]:
    """The line cut by face, left to right, placed by its anchor with the ruler's lengths."""
    string = drawable(text.string, text.font)
    length = width(string, size=text.size, font=text.font, bold=text.bold, italic=text.italic)
    x = text.x - {"start": 0.0, "middle": length / 2, "end": length}[text.anchor]
    found = []
    for run in runs(string, text.font, text.bold, text.italic):
        found.append(Stretch(run.face, run.font, run.string, x, text.y))
        x += text.size * sum(map(metrics(run.face).advances.__getitem__, run.string))
    return tuple(found)


def outlined(text: Text) -> tuple[Segment, ...]:
    """The outlines of the line's letters on the page, before the line is turned."""
    found: list[Segment] = []
    for stretch in stretches(text):
        x = stretch.x
        for character in stretch.string:
            for command, numbers in _letter(stretch.face, character):
                placed = [
                    (stretch.y - n * text.size) if i % 2 else (x + n * text.size)
                    for i, n in enumerate(numbers)
                ]
                found.append((command, tuple(placed)))
            x += text.size * metrics(stretch.face).advances[character]
    return tuple(found)


@lru_cache(maxsize=16)
def _font(face: Face) -> TTFont:
    return TTFont(BytesIO(face.content()), lazy=True)


@lru_cache(maxsize=4096)
def _letter(face: Face, character: str) -> tuple[Segment, ...]:
    """A letter's outline in ems, y up, quadratic curves raised to cubic."""
    font = _font(face)
    em = font["head"].unitsPerEm
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    found: list[Segment] = []
    at = (0.0, 0.0)
    for command, points in pen.value:
        scaled = [(x / em, y / em) for x, y in (p for p in points if p is not None)]
        if command == "moveTo":
            found.append(("M", scaled[0]))
        elif command == "lineTo":
            found.append(("L", scaled[0]))
        elif command == "curveTo":
            found.append(("C", (*scaled[0], *scaled[1], *scaled[2])))
        elif command == "qCurveTo":
            for control, end in decomposeQuadraticSegment(scaled):
                first = tuple(a + 2 / 3 * (c - a) for a, c in zip(at, control, strict=True))
                second = tuple(e + 2 / 3 * (c - e) for e, c in zip(end, control, strict=True))
                found.append(("C", (*first, *second, *end)))
                at = end
        else:
            found.append(("Z", ()))
        if scaled:
            at = scaled[-1]
    return tuple(found)
