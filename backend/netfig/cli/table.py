"""netfig table: what every layer of a paste costs."""

import click

from netfig.analysis import Row, Table, csv_text
from netfig.analysis import table as table_of
from netfig.cli.asking import failing
from netfig.cli.drawn_from import drawn_from, tell
from netfig.cli.guest import guest_option

_HEADINGS = ("layer", "type", "output", "parameters", "MACs")


@click.command()
@click.argument("source")
@click.option("--model", help="Model to count: its variable, name or index.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV for spreadsheets, with more columns.")
@guest_option
def table(source: str, model: str | None, as_csv: bool, guest: str) -> None:
    """Print shape, weights and multiply-accumulates of every layer of SOURCE (a
    program, notebook or exported figure, - for standard input).

    One sample (batch 1); a multiply with its addition is one MAC. What has no formula shows "-".
    """
    with failing():
        found = drawn_from(source, model, guest)
        counted = table_of(found.graph)
    tell(found.notices)
    click.echo(csv_text(counted) if as_csv else "\n".join(_lines(counted)), nl=not as_csv)


def _lines(counted: Table) -> list[str]:
    cells = [_HEADINGS, *(_cells(row) for row in counted.rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(_HEADINGS))]
    lines = [
        "  ".join(
            cell.rjust(width) if i > 2 else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    macs = "unknown" if counted.macs is None else f"{counted.macs:,}"
    without = f", {counted.uncounted} layers not counted" if counted.uncounted else ""
    weights = f"{counted.parameters:,} parameters ({counted.trainable:,} trainable)"
    return [*lines, "", f"{len(counted.rows)} layers, {weights}, {macs} MACs{without}"]


def _cells(row: Row) -> tuple[str, ...]:
    shapes = ", ".join("x".join("?" if s is None else str(s) for s in out) for out in row.outputs)
    macs = "-" if row.macs is None else f"{row.macs:,}"
    return (row.id, row.type, shapes, "shared" if row.shared else f"{row.parameters:,}", macs)
