"""The OpenAPI document, made from the wire's models and one table of calls.

Two models that differ in coming and going (a default may be left out, but is always sent) are two
schemas: X as it is sent out, XInput as it is taken in.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from netfig.web import wire
from netfig.web.document import SpecBody

_ID = "^[A-Za-z0-9_-]{22}$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: what it takes and gives. `edits`: needs the edit token; `runs`: may stream;
    `file`: gives one; `upload`: takes one as well."""

    method: str
    path: str
    name: str
    summary: str
    takes: type[BaseModel] | None = None
    gives: type[BaseModel] | None = None
    many: bool = False
    status: int = 200
    edits: bool = False
    versioned: bool = False
    runs: bool = False
    file: bool = False
    upload: bool = False


CALLS = (
    Call(
        method="post",
        path="/api/figures",
        name="makeFigure",
        summary="Make a figure from code, or from an exported file",
        takes=wire.NewFigure,
        gives=wire.Figure,
        status=201,
        runs=True,
        upload=True,
    ),
    Call(
        method="get",
        path="/api/figures/{id}",
        name="readFigure",
        summary="Read a figure",
        gives=wire.Figure,
    ),
    Call(
        method="put",
        path="/api/figures/{id}/source",
        name="runAgain",
        summary="Replace the code, keep the edits",
        takes=wire.NewSource,
        gives=wire.Figure,
        edits=True,
        versioned=True,
        runs=True,
    ),
    Call(
        method="put",
        path="/api/figures/{id}/spec",
        name="editFigure",
        summary="Replace the document",
        takes=SpecBody,
        gives=wire.Figure,
        edits=True,
        versioned=True,
    ),
    Call(
        method="put",
        path="/api/figures/{id}/model",
        name="chooseModel",
        summary="Choose another model of the code",
        takes=wire.NewModel,
        gives=wire.Figure,
        edits=True,
        versioned=True,
    ),
    Call(
        method="post",
        path="/api/figures/{id}/preview",
        name="preview",
        summary="Draw by another document, store nothing",
        takes=SpecBody,
        gives=wire.DrawingWire,
    ),
    Call(
        method="delete",
        path="/api/figures/{id}",
        name="deleteFigure",
        summary="Delete a figure",
        status=204,
        edits=True,
    ),
    Call(
        method="get",
        path="/api/figures/{id}/figure.{form}",
        name="download",
        summary="The figure as a file",
        file=True,
    ),
    Call(
        method="get",
        path="/api/figures/{id}/table",
        name="readTable",
        summary="What every layer costs",
        gives=wire.TableWire,
    ),
    Call(
        method="get",
        path="/api/figures/{id}/table.csv",
        name="downloadTable",
        summary="What every layer costs, for spreadsheets",
        file=True,
    ),
    Call(
        method="post",
        path="/api/figures/{id}/selection",
        name="judgeSelection",
        summary="Whether layers can be a group, and what is in the way",
        takes=wire.SelectedLayers,
        gives=wire.SelectionWire,
    ),
    Call(
        method="delete",
        path="/api/runs/{run}",
        name="stopRun",
        summary="Stop a run",
        status=204,
    ),
    Call(method="get", path="/api/meta", name="meta", summary="Menus", gives=wire.Meta),
    Call(
        method="get",
        path="/api/examples",
        name="examples",
        summary="Code to begin with",
        gives=wire.Example,
        many=True,
    ),
    Call(
        method="get",
        path="/api/examples/{example}.svg",
        name="exampleThumbnail",
        summary="A small picture of an example",
        file=True,
    ),
    Call(method="get", path="/healthz", name="health", summary="Health", gives=wire.Health),
)

_GIVEN: tuple[type[BaseModel], ...] = (wire.Problem, wire.StageEvent)


@cache
def schema_text() -> str:
    """The document as JSON, the same bytes each time."""
    return json.dumps(document(), indent=1, sort_keys=True) + "\n"


def document() -> dict[str, Any]:
    """The document."""
    pairs: list[tuple[type[BaseModel], Any]] = []
    for call in CALLS:
        pairs += [(call.takes, "validation")] if call.takes else []
        pairs += [(call.gives, "serialization")] if call.gives else []
    pairs += [(model, "serialization") for model in _GIVEN]
    places, top = models_json_schema(pairs, ref_template="#/components/schemas/{model}")
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method] = _operation(call, places)
    whole = {
        "openapi": "3.1.0",
        "info": {"title": "Netfig", "version": "1", "summary": "Figures from Keras code"},
        "paths": paths,
        "components": {
            "schemas": top["$defs"],
            "securitySchemes": {"edit": {"type": "http", "scheme": "bearer"}},
        },
    }
    return _renamed(whole)


def _operation(call: Call, places: Any) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": call.summary}
    if call.gives:
        shape = places[(call.gives, "serialization")]
        if call.many:
            shape = {"type": "array", "items": shape}
        answer["content"] = {"application/json": {"schema": shape}}
    if call.runs:
        answer["content"]["text/event-stream"] = {
            "schema": {"type": "string", "description": "Events stage, then figure or problem"}
        }
    if call.file:
        answer["content"] = {"application/octet-stream": {}}
    operation: dict[str, Any] = {
        "operationId": call.name,
        "summary": call.summary,
        "parameters": _parameters(call),
        "responses": {
            str(call.status): answer,
            "default": {
                "description": "What went wrong",
                "content": {
                    "application/problem+json": {"schema": places[(wire.Problem, "serialization")]}
                },
            },
        },
    }
    if call.takes:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": places[(call.takes, "validation")]}},
        }
    if call.upload:
        operation["requestBody"]["content"]["application/octet-stream"] = {}
    if call.edits:
        operation["security"] = [{"edit": []}]
    return operation


def _parameters(call: Call) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in (
            ("id", {"type": "string", "pattern": _ID}),
            ("run", {"type": "string", "pattern": _ID}),
            ("form", {"type": "string"}),
            ("example", {"type": "string"}),
        )
        if f"{{{name}}}" in call.path
    ]
    if call.versioned:
        found.append(
            {"name": "If-Match", "in": "header", "required": False, "schema": {"type": "string"}}
        )
    if call.file:
        found += [
            {"name": name, "in": "query", "required": False, "schema": {"type": kind}}
            for name, kind in (
                ("dpi", "integer"),
                ("background", "boolean"),
                ("outlined", "boolean"),
                ("document", "boolean"),
                ("part", "string"),
            )
        ]
    return found


def _renamed(whole: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(whole)
    for name in whole["components"]["schemas"]:
        if name.endswith("-Input"):
            text = text.replace(f'{name}"', f'{name.removesuffix("-Input")}Input"')
        elif name.endswith("-Output"):
            text = text.replace(f'{name}"', f'{name.removesuffix("-Output")}"')
    renamed: dict[str, Any] = json.loads(text)
    return renamed
