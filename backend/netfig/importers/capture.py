"""The capture of a paste (sandbox/CAPTURE.md, format 1) -> LayerGraph, one a model found.

The capture comes from a process in which a stranger's code ran. Nothing of it is believed: counts,
sizes, strings, types and references are checked while it is read, unknown keys are passed over.
"""

from dataclasses import dataclass

from netfig.errors import InvalidGraph
from netfig.importers import strict
from netfig.importers.calls import edges_of, layer_of
from netfig.importers.visible import visible
from netfig.model.graph import LayerGraph

FORMAT = 1
BYTES = 2_000_000
"""Size of a capture as JSON."""

_MODELS = 64
CALLS = 20_000
"""Layer calls of one model."""

_EDGES = 60_000
_WARNINGS = 200
_NAME = 256
_MESSAGE = 2_000
_OUTPUT = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A warning of the sandbox: `code` for programs, one sentence for people, a line or None."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What stopped the paste: as a Notice, with a hint what to do ("" for none)."""

    code: str
    message: str
    line: int | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A model of the paste.

    `variable` is the name it is bound to, `type` its class, `line` where it was made. `contained`:
    another model of the paste contains it. `inputs_guessed`: its input shape is a guess.
    """

    name: str
    variable: str | None
    type: str
    line: int | None
    contained: bool
    inputs_guessed: bool
    graph: LayerGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What the sandbox found, most interesting model first. `engine` names versions and dialect."""

    engine: dict[str, str]
    models: tuple[Found, ...]
    warnings: tuple[Notice, ...]
    error: Fault | None
    output: str


def read(capture: object) -> Capture:
    """The checked capture. Raises InvalidGraph for anything CAPTURE.md does not allow."""
    top = strict.mapping(capture, "it")
    if strict.count(strict.member(top, "format", "it"), "format") != FORMAT:
        raise InvalidGraph(f"the capture is not of format {FORMAT}")
    engine = strict.mapping(top.get("engine", {}), "engine")
    warnings = strict.array(top.get("warnings", []), "warnings", limit=_WARNINGS)
    models = strict.array(strict.member(top, "models", "it"), "models", limit=_MODELS)
    error = top.get("error")
    return Capture(
        engine={
            key: _name(engine[key], f"engine {key}")
            for key in ("keras", "backend", "python", "dialect")
            if key in engine
        },
        models=tuple(_found(model, f"model {i}") for i, model in enumerate(models)),
        warnings=tuple(_notice(entry, f"warning {i}") for i, entry in enumerate(warnings)),
        error=None if error is None else _fault(error),
        output=visible(
            strict.text(top.get("output", ""), "output", limit=2 * _OUTPUT),
            limit=_OUTPUT,
            lines=True,
        ),
    )


def _found(value: object, where: str) -> Found:
    model = strict.mapping(value, where)
    variable = model.get("variable")
    return Found(
        name=_name(strict.member(model, "name", where), f"{where} name"),
        variable=None if variable is None else _name(variable, f"{where} variable"),
        type=_name(model.get("class", "Model"), f"{where} class"),
        line=strict.line(model.get("line"), f"{where} line"),
        contained=strict.flag(model.get("contained", False), f"{where} contained"),
        inputs_guessed=strict.flag(model.get("inputs_guessed", False), f"{where} inputs_guessed"),
        graph=_graph(model, where),
    )


def _graph(model: dict[str, object], where: str) -> LayerGraph:
    calls = strict.array(strict.member(model, "calls", where), f"{where} calls", limit=CALLS)
    layers = tuple(layer_of(call, f"{where} call {i}") for i, call in enumerate(calls))
    edges, outputs = edges_of(
        layers,
        strict.array(strict.member(model, "edges", where), f"{where} edges", limit=_EDGES),
        strict.array(model.get("outputs", []), f"{where} outputs", limit=CALLS),
        where,
    )
    parameters = strict.count(model.get("parameters", 0), f"{where} parameters")
    return LayerGraph(
        name=_name(strict.member(model, "name", where), f"{where} name"),
        layers=layers,
        edges=edges,
        parameters=parameters,
        trainable=strict.count(model.get("trainable", 0), f"{where} trainable", limit=parameters),
        outputs=outputs,
    )


def _notice(value: object, where: str) -> Notice:
    entry = strict.mapping(value, where)
    return Notice(
        code=_name(strict.member(entry, "code", where), f"{where} code"),
        message=_message(strict.member(entry, "message", where), where),
        line=strict.line(entry.get("line"), f"{where} line"),
    )


def _fault(value: object) -> Fault:
    entry = strict.mapping(value, "error")
    return Fault(
        code=_name(strict.member(entry, "code", "error"), "error code"),
        message=_message(strict.member(entry, "message", "error"), "error"),
        line=strict.line(entry.get("line"), "error line"),
        hint=_message(entry.get("hint", ""), "error hint"),
    )


def _name(value: object, where: str) -> str:
    return visible(strict.text(value, where, limit=_NAME), limit=_NAME)


def _message(value: object, where: str) -> str:
    return visible(strict.text(value, where, limit=2 * _MESSAGE), limit=_MESSAGE, lines=True)
