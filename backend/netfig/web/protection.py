"""What every answer carries and every request must satisfy, whichever page or call it is.

Headers keep a browser from running, framing or sniffing what it should not. A change must come
from this site's own page, or from a program: a browser always tells which page sent it.
"""

import re
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.exceptions import Forbidden

from netfig.settings import Settings
from netfig.web.sessions import keep
from netfig.web.site import site

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def policy(nonce: str = "") -> str:
    """The Content-Security-Policy of pages; `nonce` lets the page's own style elements in."""
    styles = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    return (
        "default-src 'none'; script-src 'self'; "
        f"style-src {styles}; img-src 'self' data: blob:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def install(app: Flask, settings: Settings) -> None:
    """Guard every request of `app` and dress every answer."""
    secure = settings.public_url.startswith("https:")

    @app.before_request
    def guard() -> None:
        sent = request.headers.get("X-Request-Id", "")
        behind = settings.proxies > 0 and _REQUEST_ID.fullmatch(sent)
        g.request_id = sent if behind else secrets.token_urlsafe(12)
        if request.method not in ("GET", "HEAD", "OPTIONS") and _foreign():
            raise Forbidden

    @app.after_request
    def dress(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return keep(response, secure=secure)


def _foreign() -> bool:
    """Whether a browser says that another site's page sent this."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin)[:2] != urlsplit(site())[:2]
