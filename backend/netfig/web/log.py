"""The log: one line of JSON a request on standard error, line ends in values escaped by JSON."""

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request


def configure(*, plain: bool) -> None:
    """Set up logging for this process; `plain` for a person at a terminal."""
    renderer = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if plain
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def install(app: Flask) -> None:
    """One line a request, with its id, and that id on every line written during it.

    The answer tells its own time as Server-Timing, in milliseconds.
    """
    log = structlog.get_logger()

    @app.before_request
    def begin() -> None:
        g.began = time.monotonic()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.monotonic() - g.get("began", time.monotonic())
        response.headers["Server-Timing"] = f"all;dur={seconds * 1000:.1f}"
        # Health and the page's own files are asked for all the time and say nothing.
        if request.path.startswith("/api/"):
            log.info(
                "request",
                method=request.method,
                path=request.path[:200],
                status=response.status_code,
                seconds=round(seconds, 4),
            )
        return response
