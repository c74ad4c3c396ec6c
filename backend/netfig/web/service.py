"""About the service itself: menus, examples, the schema, health, metrics."""

from importlib.metadata import version
from ipaddress import ip_address

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import TypeAdapter
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import NotFound

from netfig.web import wire
from netfig.web.answers import json_answer
from netfig.web.examples_there import examples_there, thumbnail_svg
from netfig.web.menus import menus
from netfig.web.schema import schema_text
from netfig.web.state import state

service = Blueprint("service", __name__)


@service.get("/api/meta")
def meta() -> Response:
    """The menus and what the page has to know of this installation."""
    return json_answer(
        wire.Meta(version=version("netfig"), runner=state().condition.meta(), **menus())
    )


@service.get("/api/examples")
def examples() -> Response:
    """Code to begin with."""
    listed = TypeAdapter(list[wire.Example]).dump_json(list(examples_there()))
    return Response(listed, content_type="application/json")


@service.get("/api/examples/<example>.svg")
def thumbnail(example: str) -> Response:
    """A small picture of an example's figure."""
    if example not in {there.id for there in examples_there()}:
        raise NotFound
    response = Response(thumbnail_svg(example), content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@service.get("/api/openapi.json")
def openapi() -> Response:
    """This interface as OpenAPI 3.1."""
    return Response(schema_text(), content_type="application/json")


@service.get("/healthz")
def healthz() -> Response:
    """200 while figures can be read; what is wrong with the rest is in the body."""
    runner = state().condition.meta()
    try:
        state().studio.store.check()
    except SQLAlchemyError:
        body = wire.Health(status="down", store="down", runner=runner)
        return json_answer(body, status=503)
    return json_answer(
        wire.Health(status="ok" if runner.ready else "degraded", store="ok", runner=runner)
    )


@service.get("/metrics")
def metrics() -> Response:
    """Prometheus counters, for the machine itself, or for its inner network."""
    if not _near(state().settings.metrics):
        raise NotFound
    return Response(generate_latest(state().registry), content_type=CONTENT_TYPE_LATEST)


def _near(allowed: str) -> bool:
    if allowed == "inside":
        return "X-Forwarded-For" not in request.headers
    peer = request.remote_addr or ""
    return allowed == "loopback" and bool(peer) and ip_address(peer).is_loopback
