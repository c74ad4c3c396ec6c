"""netfig graph: the layer graph of a paste as JSON, for programs."""

import json
import re
import sys
from typing import Any

import click

from netfig.cli.asking import captured, code_of
from netfig.cli.guest import guest_option
from netfig.errors import NetfigError
from netfig.importers.capture import Capture, Fault, Found, Notice
from netfig.importers.choosing import nothing
from netfig.model.graph import Layer


@click.command()
@click.argument("source")
@guest_option
def graph(source: str, guest: str) -> None:
    """Print the networks of SOURCE (a Python file or notebook, - for standard input) as JSON.

    One node is one call of a layer, one edge one tensor. The exit code is 1 when no model was
    found; "error" says why.
    """
    try:
        capture = captured(code_of(source), guest)
        answer = graph_answer(capture)
        if not capture.models:
            error = nothing(capture)
            answer["error"] = _stopped(error) | {"code": _code(capture, error)}
    except NetfigError as error:
        answer = {"models": [], "warnings": [], "error": _stopped(error)}
    click.echo(json.dumps(answer, allow_nan=False, ensure_ascii=True, indent=1))
    sys.exit(0 if answer["models"] else 1)


def graph_answer(capture: Capture) -> dict[str, Any]:
    """What is printed."""
    return {
        "models": [_model(found) for found in capture.models],
        "warnings": [_notice(notice) for notice in capture.warnings],
        "error": None if capture.error is None else _fault(capture.error),
    }


def _model(found: Found) -> dict[str, Any]:
    return {
        "name": found.name,
        "variable": found.variable,
        "class": found.type,
        "line": found.line,
        "parameters": found.graph.parameters,
        "trainable": found.graph.trainable,
        "nodes": [_node(layer) for layer in found.graph.layers],
        "edges": [
            [edge.source, edge.target, edge.source_port, edge.target_port]
            for edge in found.graph.edges
        ],
        "outputs": [list(output) for output in found.graph.outputs],
    }


def _node(layer: Layer) -> dict[str, Any]:
    return {
        "id": layer.id,
        "type": layer.type,
        "name": layer.name,
        "layer": layer.layer,
        "parameters": layer.parameters,
        "trainable": layer.trainable,
        "inputs": [list(tensor.shape) for tensor in layer.inputs],
        "outputs": [list(tensor.shape) for tensor in layer.outputs],
        "line": layer.line,
        "path": list(layer.path),
        "stack": [frame.function for frame in layer.stack if not frame.library],
        "config": dict(layer.config),
        "operation": layer.operation,
        "custom": layer.custom,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {"code": notice.code, "message": notice.message, "line": notice.line}


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "message": fault.message,
        "line": fault.line,
        "hint": fault.hint,
    }


def _code(capture: Capture, error: NetfigError) -> str:
    return capture.error.code if capture.error else _kebab(type(error).__name__)


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _stopped(error: NetfigError) -> dict[str, Any]:
    return {
        "code": _kebab(type(error).__name__),
        "message": error.message,
        "line": error.line,
        "hint": error.hint,
    }
