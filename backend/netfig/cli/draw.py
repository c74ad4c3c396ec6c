"""netfig draw: a paste, or a figure drawn before, to files."""

import dataclasses
from pathlib import Path
from typing import Any

import click

from netfig.cli.asking import Failure, failing
from netfig.cli.drawn_from import drawn_from, tell
from netfig.cli.guest import guest_option
from netfig.cli.lengths import Length
from netfig.export import EXPORTERS, Options
from netfig.model.scene import Scene
from netfig.model.spec import FigureSpec, Page
from netfig.model.venues import VENUES
from netfig.pipeline import draw as drawn
from netfig.pipeline import first, legend
from netfig.styles.palettes import PALETTES
from netfig.text.fonts import FONTS

_PAGE = ("venue", "column", "width")
"""The wishes that choose a page."""

_SUFFIXES = {exporter.suffix: exporter for exporter in EXPORTERS.values()}


@click.command()
@click.argument("source")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"File to write; its suffix says the format: {', '.join(_SUFFIXES)}. May be repeated.",
)
@click.option(
    "--legend-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the legend to a file of its own; with --no-legend, to that alone.",
)
@click.option("--model", help="Model to draw: its variable, name or index.")
@click.option("--venue", type=click.Choice(list(VENUES)), help="Publisher whose page it is for.")
@click.option("--column", type=click.Choice(["one", "full"]), help="One column or the full width.")
@click.option("--width", type=Length(), help="Width of the page: 3.25in, 82mm, 240pt …")
@click.option("--down/--right", default=None, help="The way the network runs on the page.")
@click.option("--level", type=click.IntRange(0, 100), help="Folding, 0 shows every layer.")
@click.option("--palette", type=click.Choice(list(PALETTES)), help="Colours.")
@click.option("--font", type=click.Choice(list(FONTS)), help="Font of the labels.")
@click.option("--text", type=click.FloatRange(4, 72), help="Size of text in points.")
@click.option("--title", help="Title in the file's own record.")
@click.option("--caption", help="Caption in the file's own record, instead of the one made up.")
@click.option("--legend/--no-legend", default=None, help="Say below what is what.")
@click.option("--background/--no-background", default=True, help="White or transparent.")
@click.option("--outlined", is_flag=True, help="Text as outlines.")
@click.option("--document/--no-document", default=True, help="Let the file be opened again.")
@click.option("--dpi", default=300, show_default=True, type=click.IntRange(36, 1200))
@guest_option
def draw(
    source: str,
    outputs: tuple[Path, ...],
    legend_file: Path | None,
    model: str | None,
    background: bool,
    outlined: bool,
    document: bool,
    dpi: int,
    guest: str,
    **wishes: Any,
) -> None:
    """Draw SOURCE: a Python file or notebook that makes a Keras model, or a figure drawn before
    (SVG, PDF, PNG, EPS), whose settings then hold where nothing else is asked; - for standard
    input."""
    for path in (*outputs, *([legend_file] if legend_file else [])):
        if path.suffix.lower() not in _SUFFIXES:
            raise click.UsageError(
                f"{path}: no format ends in {path.suffix!r}; there are {', '.join(_SUFFIXES)}"
            )
    if wishes["width"] is not None and wishes["venue"] not in (None, "free"):
        raise click.UsageError("--width says how wide, and so does --venue: give one of them")
    with failing():
        found = drawn_from(source, model, guest)
        spec = _spec(found.spec, wishes)
        chosen = spec.page != Page() or any(wishes[name] is not None for name in _PAGE)
        drawing = drawn(found.graph, spec) if chosen else first(found.graph, spec)
        carried = found.document(drawing.spec) if document else ""
        options = Options(dpi=dpi, background=background, outlined=outlined, document=carried)
        tell((*found.notices, *drawing.warnings))
        for path in outputs:
            _write(path, drawing.scene, options)
        if legend_file is not None:
            apart = legend(found.graph, drawing.spec)
            _write(legend_file, apart, dataclasses.replace(options, document=""))


def _write(path: Path, scene: Scene, options: Options) -> None:
    artifact = _SUFFIXES[path.suffix.lower()].export(scene, options)
    try:
        path.write_bytes(artifact.content)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from error


def _spec(before: FigureSpec, wishes: dict[str, Any]) -> FigureSpec:
    """The document with what was asked for, everything else as it was."""
    asked = {name: wish for name, wish in wishes.items() if wish is not None}
    if "width" in asked:
        asked["venue"] = "free"
    if "down" in asked:
        asked["direction"] = "down" if asked["down"] else "right"
    if "legend" in asked:
        asked["legend"] = "below" if asked["legend"] else "off"
    page = {k: asked[k] for k in (*_PAGE, "direction", "font", "text") if k in asked}
    own = {k: asked[k] for k in ("title", "caption", "palette", "legend") if k in asked}
    grouping = before.grouping
    if "level" in asked:
        grouping = dataclasses.replace(grouping, level=asked["level"])
    return dataclasses.replace(
        before, page=dataclasses.replace(before.page, **page), grouping=grouping, **own
    )
