"""About the service itself: menus, examples, the schema, health, metrics."""

from functools import cache
from importlib.metadata import version
from importlib.resources import files as resources
from ipaddress import ip_address

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import TypeAdapter
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import NotFound

from netfig.web import wire
from netfig.web.answers import json_answer
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
    return Response(_examples(), content_type="application/json")


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
    """Prometheus counters, for the machine itself alone."""
    peer = request.remote_addr or ""
    if state().settings.metrics != "loopback" or not peer or not ip_address(peer).is_loopback:
        raise NotFound
    return Response(generate_latest(state().registry), content_type=CONTENT_TYPE_LATEST)


@cache
def _examples() -> str:
    found = []
    for entry in sorted(resources("netfig.web").joinpath("examples").iterdir(), key=str):
        if entry.name.endswith(".py") and not entry.name.startswith("_"):
            code = entry.read_text(encoding="utf-8")
            title = code.removeprefix('"""').split('"""')[0].split("\n")[0].strip()
            found.append(wire.Example(id=entry.name.removesuffix(".py"), title=title, code=code))
    return TypeAdapter(list[wire.Example]).dump_json(found).decode()
