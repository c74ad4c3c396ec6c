"""The bundled fonts: which files there are, and which one draws which character.

A face is one file; a font is what a user chooses, with up to four faces. A character that a font
lacks is drawn by the faces it falls back to, in order, and a character that none of them has is
spelt out (see `drawable` in the ruler).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

FACES = files("netfig.text") / "faces"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: `family` is its own family name, `bold` and `italic` its own style."""

    file: str
    family: str
    bold: bool = False
    italic: bool = False

    def content(self) -> bytes:
        """The file's bytes."""
        return (FACES / self.file).read_bytes()


@dataclass(frozen=True, slots=True)
class Font:
    """A choice of the user. `css` lists stand-ins of like metrics for a viewer without the file.

    `faces` are regular, bold, italic, bold italic; `after` is the font it falls back to.
    """

    label: str
    css: tuple[str, ...]
    faces: tuple[Face, Face, Face, Face]
    after: str | None = None

    def face(self, bold: bool, italic: bool) -> Face:
        return self.faces[bold + 2 * italic]


_SYMBOLS = Face("DejaVuSans-Symbols.ttf", "DejaVu Sans")
_SYMBOLS_BOLD = Face("DejaVuSans-Symbols-Bold.ttf", "DejaVu Sans", bold=True)


def _liberation(cut: str) -> tuple[Face, Face, Face, Face]:
    family = f"Liberation {cut}"
    return (
        Face(f"Liberation{cut}-Regular.ttf", family),
        Face(f"Liberation{cut}-Bold.ttf", family, bold=True),
        Face(f"Liberation{cut}-Italic.ttf", family, italic=True),
        Face(f"Liberation{cut}-BoldItalic.ttf", family, bold=True, italic=True),
    )


FONTS: Mapping[str, Font] = MappingProxyType(
    {
        "sans": Font(
            "Sans (Arial, Helvetica)",
            ("Liberation Sans", "Arial", "Helvetica", "sans-serif"),
            _liberation("Sans"),
            "symbols",
        ),
        "serif": Font(
            "Serif (Times)",
            ("Liberation Serif", "Times New Roman", "Times", "serif"),
            _liberation("Serif"),
            "symbols",
        ),
        "latex": Font(
            "LaTeX (Latin Modern)",
            ("LM Roman 10", "Latin Modern Roman", "serif"),
            (
                Face("lmroman10-regular.otf", "LM Roman 10"),
                Face("lmroman10-bold.otf", "LM Roman 10", bold=True),
                Face("lmroman10-italic.otf", "LM Roman 10", italic=True),
                Face("lmroman10-bolditalic.otf", "LM Roman 10", bold=True, italic=True),
            ),
            "serif",
        ),
    }
)
"""What a user chooses from, by the name that stands in a figure's document."""

SYMBOLS = Font(
    "Symbols",
    ("DejaVu Sans", "sans-serif"),
    (_SYMBOLS, _SYMBOLS_BOLD, _SYMBOLS, _SYMBOLS_BOLD),
)
"""The last fallback; it has no italics, signs stand upright."""


def font_named(name: str) -> Font:
    """The font of that name; KeyError when there is none."""
    return SYMBOLS if name == "symbols" else FONTS[name]


@dataclass(frozen=True, slots=True)
class Metrics:
    """A face's measures in ems: advance by character, and its vertical extents above 0."""

    advances: Mapping[str, float]
    ascent: float
    descent: float
    cap_height: float
    x_height: float


@lru_cache(maxsize=32)
def metrics(face: Face) -> Metrics:
    """The measures of a face, read once from its file."""
    with TTFont(BytesIO(face.content()), lazy=True) as font:
        em = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        advances = {chr(code): widths[name][0] / em for code, name in font.getBestCmap().items()}
        return Metrics(
            advances=advances,
            ascent=font["hhea"].ascent / em,
            descent=-font["hhea"].descent / em,
            cap_height=_top(font, "H") / em,
            x_height=_top(font, "x") / em,
        )


def _top(font: TTFont, character: str) -> float:
    """The height of a flat letter's top, read from its outline (old OS/2 tables lack it)."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    return float(pen.bounds[3]) if pen.bounds else 0.0


@lru_cache(maxsize=16)
def coverage(name: str) -> frozenset[str]:
    """Characters that the font or its fallbacks draw in every style."""
    font = font_named(name)
    own = [frozenset(metrics(face).advances) for face in font.faces]
    covered = frozenset.intersection(*own)
    return covered | coverage(font.after) if font.after else covered


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line that one face draws; `font` names the font the face is of."""

    face: Face
    font: str
    string: str


@lru_cache(maxsize=65536)
def runs(string: str, font: str, bold: bool, italic: bool) -> tuple[Run, ...]:
    """Cut a drawable string into stretches, each with the first face that has its characters."""
    chain: list[tuple[str, Face, Mapping[str, float]]] = []
    name: str | None = font
    while name is not None:
        chosen = font_named(name)
        face = chosen.face(bold, italic)
        chain.append((name, face, metrics(face).advances))
        name = chosen.after
    first = chain[0]
    if all(map(first[2].__contains__, string)):
        return (Run(first[1], first[0], string),) if string else ()
    found: list[Run] = []
    for character in string:
        link = next((link for link in chain if character in link[2]), first)
        if found and found[-1].face == link[1]:
            found[-1] = Run(link[1], link[0], found[-1].string + character)
        else:
            found.append(Run(link[1], link[0], character))
    return tuple(found)
