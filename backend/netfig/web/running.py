"""Answering a request that runs code: as one answer, or as a stream of events.

Either way the run ends when its client goes away. gunicorn tells nobody about that, so the stream
is kept alive by comments (writing to a closed socket fails), and a plain request looks at its
socket while it waits.
"""

import contextvars
import queue
import select
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

from flask import Response, request, stream_with_context
from pydantic import BaseModel

from netfig.sandbox_client import Stage
from netfig.web.problems import problem_of
from netfig.web.runs import Run, Runs
from netfig.web.wire import StageEvent

STREAM = "text/event-stream"

_BEAT = 0.4
"""Seconds between signs of life, and so until a client that went away is noticed."""

Work = Callable[[Run, Callable[[Stage], None]], tuple[BaseModel, int]]
"""Runs the code; gives the body and the figure's version."""


def answered(runs: Runs, work: Work, respond: Callable[[BaseModel, int], Response]) -> Response:
    """The response of `work`, by `respond`, or as events where the client accepts those."""
    if request.accept_mimetypes.best == STREAM:
        return Response(
            stream_with_context(_events(runs, work)),
            content_type=STREAM,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
    connection = request.environ.get("gunicorn.socket")
    with runs.open() as run:
        results = _started(work, run)
        while True:
            try:
                kind, value = results.get(timeout=_BEAT)
            except queue.Empty:
                if connection is not None and _gone(connection):
                    run.stop()
                continue
            if kind == "done":
                return respond(*value)
            if kind == "failed":
                raise value


def _events(runs: Runs, work: Work) -> Iterator[str]:
    with runs.open() as run:
        results = _started(work, run)
        while True:
            try:
                kind, value = results.get(timeout=_BEAT)
            except queue.Empty:
                yield ": alive\n\n"
                continue
            if kind == "stage":
                event = StageEvent(run=run.id, stage=value.name, position=value.position)
                yield _event("stage", event)
            elif kind == "done":
                yield _event("figure", value[0])
                return
            else:
                yield _event("problem", problem_of(value)[0])
                return


def _started(work: Work, run: Run) -> "queue.SimpleQueue[tuple[str, Any]]":
    """Do the work in a thread of its own; its stages and its end come through the queue."""
    results: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()

    def working() -> None:
        try:
            value = work(run, lambda stage: results.put(("stage", stage)))
        except Exception as error:
            results.put(("failed", error))
        else:
            results.put(("done", value))

    # The context carries the request's id into the log.
    within = contextvars.copy_context()
    threading.Thread(target=within.run, args=(working,), name="run", daemon=True).start()
    return results


def _event(name: str, body: BaseModel) -> str:
    return f"event: {name}\ndata: {body.model_dump_json(by_alias=True)}\n\n"


def _gone(connection: socket.socket) -> bool:
    try:
        readable = select.select([connection], [], [], 0)[0]
        return bool(readable) and connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except (OSError, ValueError):
        return True
