"""How long, how high: every length of text in a figure comes from here.

Lengths are points (1/72 in). A line's length is the sum of its characters' advances, without
kerning and ligatures, because that is the one length on which browsers and the PDF writer can be
made to agree (the SVG asks for text without kerning).
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from netfig.text.fonts import coverage, font_named, metrics, runs

_SPACES = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Mc"))
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF"))


def width(
    string: str, *, size: float, font: str = "sans", bold: bool = False, italic: bool = False
) -> float:
    """The length of one line set at `size` points; it is made drawable first."""
    return size * _ems(string, font, bold, italic)


@lru_cache(maxsize=65536)
def _ems(string: str, font: str, bold: bool, italic: bool) -> float:
    own = metrics(font_named(font).face(bold, italic)).advances
    if string.isascii() and string.isprintable():  # every font has these
        return sum(map(own.__getitem__, string))
    return sum(
        sum(map(metrics(run.face).advances.__getitem__, run.string))
        for run in runs(drawable(string, font), font, bold, italic)
    )


def ascent(size: float, font: str = "sans") -> float:
    """How far the font's tallest letters reach above the baseline, in points."""
    return size * metrics(font_named(font).face(False, False)).ascent


def descent(size: float, font: str = "sans") -> float:
    """How far its deepest letters reach below the baseline, in points, above 0."""
    return size * metrics(font_named(font).face(False, False)).descent


def cap_height(size: float, font: str = "sans") -> float:
    """The height of its capitals, in points."""
    return size * metrics(font_named(font).face(False, False)).cap_height


def x_height(size: float, font: str = "sans") -> float:
    """The height of its small letters, in points."""
    return size * metrics(font_named(font).face(False, False)).x_height


@lru_cache(maxsize=65536)
def drawable(string: str, font: str = "sans") -> str:
    """What is drawn for a string: the same wherever the font and its fallbacks can draw it.

    Line ends and tabs become spaces. Whatever no renderer would show, or not all would show alike
    (control and direction marks, lone surrogates, loose accents, right-to-left scripts, characters
    without a glyph) is spelt out as [U+0041]. Drawing what was drawable changes nothing.
    """
    if string.isascii() and string.isprintable():
        return string
    covered = coverage(font)
    string = unicodedata.normalize("NFC", string)
    return "".join(
        " "
        if character in _SPACES
        else character
        if character in covered and _plain(character)
        else f"[U+{ord(character):04X}]"
        for character in string
    )


@lru_cache(maxsize=8192)
def _plain(character: str) -> bool:
    return (
        unicodedata.category(character) not in _UNSEEN
        and unicodedata.bidirectional(character) not in _RIGHT_TO_LEFT
    )


def shorten(
    string: str,
    limit: float,
    *,
    size: float,
    font: str = "sans",
    bold: bool = False,
    italic: bool = False,
    middle: bool = False,
) -> str:
    """The string if it is at most `limit` points long, else cut to fit, with an ellipsis.

    The cut is at the end, or in the middle where both ends tell names apart. Where not even the
    ellipsis fits, the result is empty.
    """

    def length(text: str) -> float:
        return width(text, size=size, font=font, bold=bold, italic=italic)

    text = drawable(string, font)
    if length(text) <= limit:
        return text

    def cut(kept: int) -> str:
        tail = kept // 2 if middle else 0
        return text[: kept - tail].rstrip() + "…" + (text[-tail:].lstrip() if tail else "")

    low, high = 0, len(text)
    while high - low > 1:
        kept = (low + high) // 2
        low, high = (kept, high) if length(cut(kept)) <= limit else (low, kept)
    return cut(low) if length(cut(low)) <= limit else ""


def wrap(
    string: str,
    limit: float,
    *,
    size: float,
    font: str = "sans",
    bold: bool = False,
    italic: bool = False,
) -> tuple[str, ...]:
    """Break a string into lines of at most `limit` points.

    It breaks at its own line ends first, then between words, and inside a word (after _ / . -, else
    anywhere) only where the word alone is too long. A single character may exceed the limit.
    """

    def fits(text: str) -> bool:
        return width(text, size=size, font=font, bold=bold, italic=italic) <= limit

    lines: list[str] = []
    for paragraph in string.splitlines() or [""]:
        line = ""
        for word in drawable(paragraph, font).split():
            joined = f"{line} {word}" if line else word
            if fits(joined):
                line = joined
                continue
            if line:
                lines.append(line)
            line = word
            while not fits(line):
                kept = _break(line, fits)
                if kept >= len(line):
                    break
                lines.append(line[:kept])
                line = line[kept:]
        lines.append(line)
    return tuple(lines)


def _break(word: str, fits: Callable[[str], bool]) -> int:
    """How many characters of a too long word go on this line: at least one."""
    longest = 1
    while longest < len(word) and fits(word[: longest + 1]):
        longest += 1
    joints = [i + 1 for i, c in enumerate(word[:longest]) if c in "_/.-" and i + 1 < len(word)]
    return joints[-1] if joints and joints[-1] > longest // 3 else longest
