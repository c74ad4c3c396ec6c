"""What a figure's network costs, over HTTP, and what of it can be made a group."""

from flask import Blueprint, Response

from netfig.analysis import csv_text
from netfig.grouping.selection import close
from netfig.web import answers, wire
from netfig.web.bodies import body
from netfig.web.naming import file_name
from netfig.web.state import state

tables = Blueprint("tables", __name__, url_prefix="/api")


@tables.get("/figures/<figure>/table")
def read(figure: str) -> Response:
    """A row a layer call, and totals."""
    studio = state().studio
    record = studio.store.get(figure)
    table = wire.TableWire.model_validate(studio.table(record))
    return answers.json_answer(table, version=record.version)


@tables.get("/figures/<figure>/table.csv")
def download(figure: str) -> Response:
    """The same for spreadsheets, as an attachment."""
    studio = state().studio
    record = studio.store.get(figure)
    response = Response(csv_text(studio.table(record)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{file_name(studio.title(record))}-layers.csv"'
    )
    return response


@tables.post("/figures/<figure>/selection")
def judge(figure: str) -> Response:
    """Whether the layers can be a group; nothing is changed."""
    studio = state().studio
    wanted = body(wire.SelectedLayers)
    found = close(studio.graph(studio.store.get(figure)), wanted.layers)
    return answers.json_answer(
        wire.SelectionWire(
            allowed=found.allowed,
            layers=list(found.layers),
            blocking=None
            if found.blocking is None
            else wire.DrawnLink(source=found.blocking.source, target=found.blocking.target),
            message=found.message,
        )
    )
