"""The page itself: the built front end, and its one HTML file for every address of a figure."""

import mimetypes
import re
import secrets
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory
from werkzeug.exceptions import NotFound

from netfig.web.protection import policy
from netfig.web.state import state

pages = Blueprint("pages", __name__)

NONCE = "__CSP_NONCE__"
"""Stands in index.html where the page reads the nonce for its style elements."""

_SUFFIXES = {"br": ".br", "gzip": ".gz"}
"""Encodings whose files the build puts beside its own, the smaller first."""

_FOR_EVER = "public, max-age=31536000, immutable"
_HASHED = re.compile(r"assets/[^/]+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+")


@pages.get("/")
@pages.get("/f/<figure>")
def page(figure: str = "") -> Response:
    """The HTML, whichever figure it will show; it is never kept, so a new build shows at once."""
    index = Path(state().settings.page) / "index.html"
    if not index.is_file():
        return Response(
            "The page is not built: run `make run`, or `npm run build` in frontend/.\n",
            status=503,
            content_type="text/plain; charset=utf-8",
        )
    nonce = secrets.token_urlsafe(16)
    html = index.read_text(encoding="utf-8").replace(NONCE, nonce)
    response = Response(html, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = policy(nonce)
    response.headers["Cache-Control"] = "no-cache"
    return response


@pages.get("/<path:name>")
def asset(name: str) -> Response:
    """A file of the build. Those named by their content are kept for ever."""
    if name.startswith(("api/", ".")) or "/." in name:
        raise NotFound
    folder = Path(state().settings.page).resolve()
    packed = _packed(folder, name)
    response = send_from_directory(
        folder,
        name + _SUFFIXES.get(packed, ""),
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
    )
    if packed:
        response.headers["Content-Encoding"] = packed
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = _FOR_EVER if _HASHED.fullmatch(name) else "no-cache"
    return response


def _packed(folder: Path, name: str) -> str:
    """The encoding of the smallest file of that name which the browser takes; empty for plain."""
    for encoding, suffix in _SUFFIXES.items():
        if request.accept_encodings[encoding] and (folder / (name + suffix)).is_file():
            return encoding
    return ""
