"""Who asks: a random name in a cookie, so that a person's runs share one box and no other's.

It is no right to anything: editing needs the figure's token.
"""

import re
import secrets

from flask import Response, g, request

COOKIE = "netfig_session"
_DAYS = 30
_NAME = re.compile(r"[A-Za-z0-9_-]{22}")


def session_id() -> str:
    """The caller's session, a new one for who has none."""
    sent = request.cookies.get(COOKIE, "")
    if _NAME.fullmatch(sent):
        return sent
    if "session" not in g:
        g.session = secrets.token_urlsafe(16)
    return str(g.session)


def keep(response: Response, *, secure: bool) -> Response:
    """Give a new session to its owner."""
    if "session" in g:
        response.set_cookie(
            COOKIE,
            g.session,
            max_age=_DAYS * 86_400,
            httponly=True,
            samesite="Lax",
            secure=secure,
            path="/api",
        )
    return response
