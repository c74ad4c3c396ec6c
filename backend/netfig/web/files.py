"""A figure as a file: what the server drew, in any of the export formats.

Nothing that a client drew is ever taken: a file comes from the stored code and document alone.
"""

import re

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, NotFound

from netfig.export import EXPORTERS, Options
from netfig.web.naming import file_name
from netfig.web.state import state

files = Blueprint("files", __name__, url_prefix="/api")

_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
_DPI = (36, 1200)


@files.get("/figures/<figure>/figure.<form>")
def download(figure: str, form: str) -> Response:
    """The figure as an attachment.

    Query: `dpi` 36 to 1200 for pictures; `background`, `outlined` and `document` true or false:
    without its document the file cannot be opened for editing again; `part` is figure or legend,
    which is then a file of its own.
    """
    if form not in EXPORTERS:
        raise NotFound
    studio = state().studio
    record = studio.store.get(figure)
    options = Options(
        dpi=_dpi(), background=_flag("background", True), outlined=_flag("outlined", False)
    )
    part = request.args.get("part", "figure")
    if part not in ("figure", "legend"):
        raise BadRequest
    name = file_name(studio.title(record))
    if part == "legend":
        artifact, name = studio.legend(record, form, options), f"{name}-legend"
    else:
        artifact = studio.file(record, form, options, document=_flag("document", True))
    response = Response(artifact.content, content_type=artifact.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{artifact.suffix}"'
    response.headers["Content-Security-Policy"] = _POLICY
    response.set_etag(f"{record.version}")
    return response


def _dpi() -> float:
    raw = request.args.get("dpi", "300")
    if not re.fullmatch(r"[0-9]{1,4}", raw) or not _DPI[0] <= int(raw) <= _DPI[1]:
        raise BadRequest
    return float(raw)


def _flag(name: str, default: bool) -> bool:
    raw = request.args.get(name)
    if raw is None:
        return default
    if raw not in ("true", "false", "1", "0"):
        raise BadRequest
    return raw in ("true", "1")
