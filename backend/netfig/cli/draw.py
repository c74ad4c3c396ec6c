"""netfig draw: a paste to files."""

import dataclasses
from pathlib import Path

import click

from netfig.cli.asking import Failure, captured, code_of, failing, model_of
from netfig.cli.guest import guest_option
from netfig.cli.lengths import Length
from netfig.export import EXPORTERS, Options
from netfig.model.spec import FigureSpec, Grouping
from netfig.model.venues import VENUES
from netfig.pipeline import draw as drawn
from netfig.styles.palettes import PALETTES
from netfig.text.fonts import FONTS

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
@click.option("--model", help="Model to draw: its variable, name or index.")
@click.option("--venue", type=click.Choice(list(VENUES)), help="Publisher whose page it is for.")
@click.option("--column", type=click.Choice(["one", "full"]), help="One column or the full width.")
@click.option("--width", type=Length(), help="Width of the page: 3.25in, 82mm, 240pt …")
@click.option("--down", is_flag=True, help="Let the network run down the page.")
@click.option("--level", type=click.IntRange(0, 100), help="Folding, 0 shows every layer.")
@click.option("--palette", type=click.Choice(list(PALETTES)), help="Colours.")
@click.option("--font", type=click.Choice(list(FONTS)), help="Font of the labels.")
@click.option("--text", type=click.FloatRange(4, 72), help="Size of text in points.")
@click.option("--title", default="", help="Title in the file's own record.")
@click.option("--legend/--no-legend", default=True, help="Say below what is what.")
@click.option("--background/--no-background", default=True, help="White or transparent.")
@click.option("--outlined", is_flag=True, help="Text as outlines.")
@click.option("--dpi", default=300, show_default=True, type=click.IntRange(36, 1200))
@guest_option
def draw(
    source: str,
    outputs: tuple[Path, ...],
    model: str | None,
    venue: str | None,
    column: str | None,
    width: float | None,
    down: bool,
    level: int | None,
    palette: str | None,
    font: str | None,
    text: float | None,
    title: str,
    legend: bool,
    background: bool,
    outlined: bool,
    dpi: int,
    guest: str,
) -> None:
    """Draw SOURCE (a Python file or notebook that makes a Keras model, - for standard input)."""
    for path in outputs:
        if path.suffix.lower() not in _SUFFIXES:
            raise click.UsageError(
                f"{path}: no format ends in {path.suffix!r}; there are {', '.join(_SUFFIXES)}"
            )
    if width is not None and venue not in (None, "free"):
        raise click.UsageError("--width says how wide, and so does --venue: give one of them")
    plain = FigureSpec()
    page = dataclasses.replace(
        plain.page,
        venue="free" if width is not None else venue or plain.page.venue,
        column="one" if column == "one" else plain.page.column,
        width=width,
        direction="down" if down else "right",
        font=font or plain.page.font,
        text=text,
    )
    spec = dataclasses.replace(
        plain,
        title=title,
        page=page,
        palette=palette or plain.palette,
        legend="below" if legend else "off",
        grouping=Grouping(level=level),
    )
    with failing():
        capture = captured(code_of(source), guest)
        found = model_of(capture, model)
        drawing = drawn(found.graph, spec)
    for warning in (*(notice.message for notice in capture.warnings), *drawing.warnings):
        click.echo(f"netfig: {warning}", err=True)
    options = Options(dpi=dpi, background=background, outlined=outlined)
    for path in outputs:
        artifact = _SUFFIXES[path.suffix.lower()].export(drawing.scene, options)
        try:
            path.write_bytes(artifact.content)
        except OSError as error:
            raise Failure(f"{path}: {error.strerror}") from error
