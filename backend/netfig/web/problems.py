"""Every failure as application/problem+json: what it was, what to do, in which line.

What the user or the sandbox did is told; what is our own fault is logged and only numbered.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

import structlog
from flask import Flask, Response, g, request
from flask_limiter.errors import RateLimitExceeded
from werkzeug.exceptions import HTTPException

from netfig import errors
from netfig.web.wire import Problem

log = structlog.get_logger()

TYPE = "application/problem+json"

_STATUS: Mapping[type[errors.NetfigError], HTTPStatus] = MappingProxyType(
    {
        errors.NotAllowed: HTTPStatus.FORBIDDEN,
        errors.NotFound: HTTPStatus.NOT_FOUND,
        errors.Conflict: HTTPStatus.PRECONDITION_FAILED,
        errors.StorageFull: HTTPStatus.INSUFFICIENT_STORAGE,
        errors.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
        errors.Cancelled: HTTPStatus.CONFLICT,
        errors.SandboxError: HTTPStatus.UNPROCESSABLE_ENTITY,
        errors.InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
        errors.InvalidGraph: HTTPStatus.BAD_GATEWAY,
    }
)
"""The first class that fits decides."""

_HINTS: Mapping[int, str] = MappingProxyType(
    {
        413: "Paste the code that builds the model alone.",
        415: "Send JSON, as application/json.",
        429: "Wait a little, then go on.",
    }
)


def problem_of(error: Exception) -> tuple[Problem, Mapping[str, str]]:
    """The problem and the headers that go with it."""
    if isinstance(error, errors.NetfigError):
        return _named(error)
    if isinstance(error, RateLimitExceeded):
        retry = {"Retry-After": str(max(1, int(error.limit.limit.get_expiry())))}
        return _problem(429, "too-many-requests", "Too many requests."), retry
    if isinstance(error, HTTPException):
        status = error.code or 500
        name = HTTPStatus(status).phrase
        kept = {k: v for k, v in error.get_headers() if k in ("Allow", "Retry-After")}
        return _problem(status, _kebab(name.replace(" ", "")), f"{name}."), kept
    log.error("failed", exc_info=error)
    return _problem(500, "internal", "Netfig made a mistake; it has been written down."), {}


def answer(error: Exception) -> Response:
    """The problem as a response."""
    problem, headers = problem_of(error)
    return Response(
        problem.model_dump_json(), status=problem.status, content_type=TYPE, headers=dict(headers)
    )


def install(app: Flask) -> None:
    """Answer every failure of `app` with a problem."""
    app.register_error_handler(Exception, answer)


def _named(error: errors.NetfigError) -> tuple[Problem, Mapping[str, str]]:
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), None)
    if status is None or isinstance(error, errors.InvalidGraph):
        log.warning("refused", kind=type(error).__name__, message=error.message)
    problem = Problem(
        type=f"urn:netfig:{_kebab(type(error).__name__)}",
        title=_words(type(error).__name__),
        status=int(status or 500),
        detail=error.message,
        hint=error.hint,
        line=error.line,
        code=_kebab(type(error).__name__),
        request=_request(),
    )
    if isinstance(error, errors.Unavailable):
        return problem, {"Retry-After": str(error.retry)}
    return problem, {}


def _problem(status: int, code: str, detail: str) -> Problem:
    return Problem(
        type=f"urn:netfig:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        hint=_HINTS.get(status, ""),
        line=None,
        code=code,
        request=_request(),
    )


def _request() -> str:
    return str(g.get("request_id", "")) if request else ""


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _words(name: str) -> str:
    return _kebab(name).replace("-", " ").capitalize()
