"""A Table as CSV (RFC 4180) for spreadsheets."""

import csv
import io

from netfig.analysis.table import Table

HEADINGS = (
    "id",
    "name",
    "type",
    "output shape",
    "parameters",
    "trainable",
    "macs",
    "output bytes",
    "note",
    "line",
)


def csv_text(table: Table) -> str:
    """The rows under their headings; what is unknown stays empty. Shapes are 56x56x64, open
    sizes ?, several outputs parted by "; "."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for row in table.rows:
        notes = (row.note, "shared weights" if row.shared else "")
        writer.writerow(
            (
                _inert(row.id),
                _inert(row.name),
                _inert(row.type),
                "; ".join(_shape(sizes) for sizes in row.outputs),
                row.parameters,
                row.trainable,
                "" if row.macs is None else row.macs,
                "" if row.memory is None else row.memory,
                "; ".join(note for note in notes if note),
                "" if row.line is None else row.line,
            )
        )
    return text.getvalue()


def _shape(sizes: tuple[int | None, ...]) -> str:
    return "x".join("?" if size is None else str(size) for size in sizes) or "scalar"


def _inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula; a name may be a stranger's."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
