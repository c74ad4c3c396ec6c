"""Fonts inside an SVG: the letters used, as one small WOFF2 file each face."""

from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

from netfig.model.scene import Text
from netfig.text.fonts import Face, runs
from netfig.text.ruler import drawable


def font_faces(texts: Iterable[Text]) -> str:
    """CSS @font-face rules with the letters the lines need, in a fixed order."""
    used: dict[Face, set[str]] = {}
    for string, font, bold, italic in {(t.string, t.font, t.bold, t.italic) for t in texts}:
        for run in runs(drawable(string, font), font, bold, italic):
            used.setdefault(run.face, set()).update(run.string)
    rules = []
    for face in sorted(used, key=lambda face: face.file):
        content = b64encode(_subset(face, "".join(sorted(used[face])))).decode()
        rules.append(
            f"@font-face{{font-family:'{face.family}';"
            f"font-weight:{700 if face.bold else 400};"
            f"font-style:{'italic' if face.italic else 'normal'};"
            f"src:url(data:font/woff2;base64,{content}) format('woff2')}}"
        )
    return "\n".join(rules)


@lru_cache(maxsize=64)
def _subset(face: Face, characters: str) -> bytes:
    """The face cut down to those characters: no hints, no features, no time of making."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True
    options.recalc_timestamp = False
    options.flavor = "woff2"
    font = TTFont(BytesIO(face.content()), recalcTimestamp=False)
    for table in ("FFTM", "GSUB", "GPOS", "GDEF", "kern", "DSIG"):
        if table in font:  # reading these would take ten times as long as all the rest
            del font[table]
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    font.flavor = "woff2"
    output = BytesIO()
    font.save(output, reorderTables=False)
    return output.getvalue()
