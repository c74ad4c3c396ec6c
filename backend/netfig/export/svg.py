"""SVG: plain shapes and text elements, for browsers, Inkscape, Illustrator and the PDF writer.

No foreign objects, scripts, references to outside, clip paths, patterns or markers. Groups are
named after what they hold; `data-source` ties an element to the scene's source.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from netfig.export.carried import NAMESPACE, xml_safe
from netfig.export.embedding import font_faces
from netfig.export.exporter import Options
from netfig.export.hatching import hatching
from netfig.export.lettering import outlined, stretches
from netfig.export.markup import Names, attribute, content
from netfig.export.numbers import Numbers, number
from netfig.model.artifact import Artifact
from netfig.model.scene import Group, Item, Path, Rect, Scene, Segment, Text
from netfig.text.fonts import Face, font_named, runs
from netfig.text.ruler import drawable


@dataclass(frozen=True, slots=True)
class Svg:
    """The exporter."""

    name: str = "svg"
    label: str = "SVG"
    media_type: str = "image/svg+xml"
    suffix: str = ".svg"

    def export(self, scene: Scene, options: Options) -> Artifact:
        """The scene as one SVG file in UTF-8."""
        return Artifact(
            media_type=self.media_type,
            suffix=self.suffix,
            content=write(scene, options).encode(),
        )


def write(scene: Scene, options: Options, *, pinned: bool = False) -> str:
    """The SVG's text. `pinned` starts every stretch of text at a place of its own.

    An SVG to be edited keeps anchors, so that a changed label stays centred. The PDF writer centres
    by ink and not by length, so it gets a pinned one.
    """
    w, h = number(scene.width), number(scene.height)
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
        f'width="{w}pt" height="{h}pt" viewBox="0 0 {w} {h}" role="img" '
        f'font-family="{families("sans")}" stroke-linejoin="round" stroke-linecap="round" '
        f'text-rendering="geometricPrecision" '
        f'style="font-kerning:none;font-variant-ligatures:none">'
    ]
    if scene.title:
        rows.append(f"<title>{content(scene.title)}</title>")
    if scene.description:
        rows.append(f"<desc>{content(scene.description)}</desc>")
    if options.document:
        rows.append(
            f'<metadata><document xmlns="{NAMESPACE}">{content(xml_safe(options.document))}'
            "</document></metadata>"
        )
    if options.embed_fonts and not options.outlined:
        rules = font_faces(lines(scene.items))
        if rules:
            rows.append(f"<defs><style>\n{rules}\n</style></defs>")
    if options.background and scene.background != "none":
        rows.append(f'<rect width="{w}" height="{h}" fill="{scene.background}"/>')
    _Walk(options.outlined, pinned, rows, Names(), Numbers()).items(scene.items, "")
    rows.append("</svg>\n")
    return "\n".join(rows)


def families(font: str) -> str:
    """The font's family and its stand-ins as an attribute's value."""
    return ", ".join(f"'{name}'" if " " in name else name for name in font_named(font).css)


def path_data(segments: tuple[Segment, ...], numbers: Numbers) -> str:
    """The segments as the `d` of a path, its numbers as written in that file."""
    parts = []
    for command, ends in segments:
        if len(ends) == 2:
            parts.append(f"{command}{numbers[ends[0]]} {numbers[ends[1]]}")
        else:
            parts.append(command + " ".join([numbers[end] for end in ends]))
    return "".join(parts)


def lines(items: tuple[Item, ...]) -> Iterator[Text]:
    """Every line of text in the items, back to front."""
    for item in items:
        if isinstance(item, Group):
            yield from lines(item.items)
        elif isinstance(item, Text):
            yield item


@dataclass(frozen=True, slots=True)
class _Walk:
    """The walk over the items; `source` is what the enclosing group already says."""

    outlined: bool
    pinned: bool
    rows: list[str]
    names: Names
    numbers: Numbers

    def items(self, items: tuple[Item, ...], source: str) -> None:
        for item in items:
            if isinstance(item, Group):
                self.group(item, source)
            elif isinstance(item, Text):
                self.text(item, source)
            else:
                self.shape(item, source)

    def group(self, group: Group, source: str) -> None:
        if not (group.label or group.source):
            self.items(group.items, source)
            return
        label = group.label or group.source
        self.rows.append(
            f'<g id="{self.names.name(group.source or group.label)}" '
            f'inkscape:label="{attribute(label)}"{_source(group.source, source)}>'
        )
        self.items(group.items, group.source or source)
        self.rows.append("</g>")

    def shape(self, item: Path | Rect, source: str) -> None:
        if isinstance(item, Path):
            form = f'<path d="{path_data(item.segments, self.numbers)}"'
        else:
            n = self.numbers
            rounded = f' rx="{n[item.radius]}"' if item.radius else ""
            form = (
                f'<rect x="{n[item.x]}" y="{n[item.y]}" '
                f'width="{n[item.width]}" height="{n[item.height]}"{rounded}'
            )
        self.rows.append(f"{form}{self.paint(item)}{_source(item.source, source)}/>")
        strokes = hatching(item)
        if strokes is not None:
            self.shape(strokes, source)

    def paint(self, item: Path | Rect) -> str:
        """Fill and stroke. Dashes have flat ends: round ones would close the gaps."""
        if item.stroke == "none" or item.stroke_width <= 0:
            return f' fill="{item.fill}"'
        n = self.numbers
        dash = (
            f' stroke-dasharray="{" ".join([n[d] for d in item.dash])}" stroke-linecap="butt"'
            if item.dash
            else ""
        )
        return (
            f' fill="{item.fill}" stroke="{item.stroke}" '
            f'stroke-width="{n[item.stroke_width]}"{dash}'
        )

    def text(self, text: Text, source: str) -> None:
        string = drawable(text.string, text.font)
        if not string:
            return
        n = self.numbers
        turn = f' transform="rotate({n[text.angle]} {n[text.x]} {n[text.y]})"' if text.angle else ""
        common = f' fill="{text.fill}"{turn}{_source(text.source, source)}'
        if self.outlined:
            data = path_data(outlined(text), n)
            self.rows.append(f'<path aria-label="{attribute(string)}" d="{data}"{common}/>')
            return
        size = n[text.size]
        if self.pinned:
            for part in stretches(text):
                self.rows.append(
                    f'<text x="{n[part.x]}" y="{n[part.y]}" font-size="{size}"'
                    f"{_style(part.face, part.font)}{common}"
                    f"{_spaces(part.string)}>{content(part.string)}</text>"
                )
            return
        cut = runs(string, text.font, text.bold, text.italic)
        if len(cut) == 1:
            anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
            self.rows.append(
                f'<text x="{n[text.x]}" y="{n[text.y]}" font-size="{size}"'
                f"{_style(cut[0].face, cut[0].font)}{anchor}{common}{_spaces(string)}>"
                f"{content(string)}</text>"
            )
            return
        spans = "".join(
            f'<tspan x="{n[part.x]}"{_style(part.face, part.font)}>{content(part.string)}</tspan>'
            for part in stretches(text)
        )
        self.rows.append(
            f'<text y="{n[text.y]}" font-size="{size}"{common} xml:space="preserve">{spans}</text>'
        )


def _source(own: str, around: str) -> str:
    return f' data-source="{attribute(own)}"' if own and own != around else ""


def _style(face: Face, font: str) -> str:
    family = "" if font == "sans" else f' font-family="{families(font)}"'
    weight = ' font-weight="700"' if face.bold else ""
    slant = ' font-style="italic"' if face.italic else ""
    return family + weight + slant


def _spaces(string: str) -> str:
    plain = string == string.strip(" ") and "  " not in string
    return "" if plain else ' xml:space="preserve"'
