"""The examples: their code, and small pictures of their figures.

Beside the code of each lies its capture, so that a picture needs no run; the pictures are drawn by
the same pipeline as every figure, when they are first asked for.
"""

import gzip
import json
from functools import cache
from importlib.resources import files as resources

from netfig.export import EXPORTERS, Options
from netfig.importers import read
from netfig.model.spec import FigureSpec, Labels, Page
from netfig.pipeline import draw
from netfig.web import wire

_FOLDER = resources("netfig.web").joinpath("examples")

_SPEC = FigureSpec(
    page=Page(venue="cvpr", column="one"),
    labels=Labels(channels="off", extent="off", kernel="off"),
    legend="off",
)
"""What is seen at the size of a stamp: shapes, no words."""


@cache
def examples_there() -> tuple[wire.Example, ...]:
    """All examples, by id; the first line of the code's docstring is the title."""
    found = []
    for entry in sorted(_FOLDER.iterdir(), key=str):
        if entry.name.endswith(".py") and not entry.name.startswith("_"):
            code = entry.read_text(encoding="utf-8")
            title = code.removeprefix('"""').split('"""')[0].split("\n")[0].strip()
            found.append(wire.Example(id=entry.name.removesuffix(".py"), title=title, code=code))
    return tuple(found)


@cache
def thumbnail_svg(name: str) -> bytes:
    """The picture of the example of that id, one column wide, without words."""
    raw = gzip.decompress(_FOLDER.joinpath(f"{name}.json.gz").read_bytes())
    drawing = draw(read(json.loads(raw)).models[0].graph, _SPEC)
    return EXPORTERS["svg"].export(drawing.scene, Options(embed_fonts=False)).content
