"""The reader of captures: what it makes of a good one, and that it refuses every bad one."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importers.captures import call, capture, tensor
from netfig.errors import InvalidGraph
from netfig.importers import read
from netfig.importers.strict import parse
from netfig.model.graph import Edge


def test_a_capture_becomes_a_graph() -> None:
    found = read(capture())
    (model,) = found.models
    graph = model.graph
    assert (model.name, model.variable, model.type, model.line) == (
        "tiny",
        "model",
        "Functional",
        9,
    )
    assert [layer.id for layer in graph.layers] == ["image", "left", "right", "add"]
    assert graph.edges[3] == Edge(source="right", target="add", source_port=0, target_port=1)
    assert (graph.parameters, graph.trainable, graph.outputs) == (448, 448, (("add", 0),))
    left = graph.layers[1]
    assert left.config["kernel_size"] == (3, 3)
    assert left.outputs[0].size("channels") == 8
    assert left.outputs[0].shape[0] is None
    assert (left.stack[0].function, left.stack[0].line, left.line) == ("branch", 5, 5)
    assert found.warnings[0].message == "torch is not here"
    assert (found.error, found.output) == (None, "hello\n")


def test_a_wrapper_shows_the_settings_of_what_it_wraps() -> None:
    bent = capture()
    bent["models"][0]["calls"][1] |= {
        "class": "TimeDistributed",
        "config": {"units": 3},
        "wrapped": {"class": "Dense", "config": {"units": 99, "activation": "relu"}},
    }
    config = read(bent).models[0].graph.layers[1].config
    assert dict(config) == {"units": 3, "activation": "relu", "wrapped": "Dense"}


def test_unknown_keys_are_passed_over() -> None:
    bent = capture()
    bent["models"][0]["calls"][0]["colour"] = {"__proto__": 1}
    assert read(bent) == read(capture())


Bend = Callable[[dict[str, Any]], object]


def at(*way: Any, value: Any) -> Bend:
    """Put a value where the way leads."""

    def bend(top: Any) -> None:
        for step in way[:-1]:
            top = top[step]
        top[way[-1]] = value

    return bend


def model(key: str, value: Any) -> Bend:
    return at("models", 0, key, value=value)


def layer(key: str, value: Any) -> Bend:
    return at("models", 0, "calls", 1, key, value=value)


def edge(value: Any) -> Bend:
    return at("models", 0, "edges", 3, value=value)


HOSTILE: dict[str, Bend] = {
    "another format": at("format", value=2),
    "format true": at("format", value=True),
    "no models": lambda c: c.pop("models"),
    "models an object": at("models", value={}),
    "65 models": at("models", value=[{}] * 65),
    "a model a string": at("models", 0, value="model"),
    "201 warnings": at("warnings", value=[{"code": "a", "message": "b"}] * 201),
    "a warning without code": at("warnings", value=[{"message": "b"}]),
    "error a list": at("error", value=[]),
    "error without message": at("error", value={"code": "error"}),
    "error in line -1": at("error", value={"code": "e", "message": "m", "line": -1}),
    "output a number": at("output", value=3),
    "output of a megabyte": at("output", value="x" * 1_000_000),
    "a name of 257 characters": model("name", "n" * 257),
    "a name that is no string": model("name", ["n"]),
    "parameters negative": model("parameters", -1),
    "parameters beyond 2^53": model("parameters", 2**53),
    "parameters a fraction": model("parameters", 1.5),
    "parameters true": model("parameters", True),
    "more trainable than there are": model("trainable", 449),
    "contained 1": model("contained", 1),
    "no calls": lambda c: c["models"][0].pop("calls"),
    "20,001 calls": model("calls", [{}] * 20_001),
    "60,001 edges": model("edges", [[]] * 60_001),
    "an id used twice": layer("id", "image"),
    "an id of 257 characters": layer("id", "i" * 257),
    "an id that is no string": layer("id", 7),
    "no class": lambda c: c["models"][0]["calls"][1].pop("class"),
    "config a list": layer("config", []),
    "config with 201 settings": layer("config", {str(i): i for i in range(201)}),
    "a setting an object": layer("config", {"a": {"b": 1}}),
    "a setting of 257 characters": layer("config", {"a": "b" * 257}),
    "a setting nested 40 deep": layer("config", {"a": json.loads("[" * 40 + "]" * 40)}),
    "a setting infinite": layer("config", {"a": float("inf")}),
    "a setting not a number": layer("config", {"a": float("nan")}),
    "a setting beyond 2^53": layer("config", {"a": -(2**53)}),
    "wrapped a string": layer("wrapped", "LSTM"),
    "a tensor without axes": layer("outputs", [{"shape": [1]}]),
    "an axis too few": layer("outputs", [{"shape": [1, 2], "axes": ["batch"]}]),
    "an axis nobody knows": layer("outputs", [{"shape": [1], "axes": ["sideways"]}]),
    "an axis that is no string": layer("outputs", [{"shape": [1], "axes": [["batch"]]}]),
    "a size negative": layer("outputs", [{"shape": [-1], "axes": ["batch"]}]),
    "a size a string": layer("outputs", [{"shape": ["?"], "axes": ["batch"]}]),
    "a tensor of 33 axes": layer("outputs", [{"shape": [1] * 33, "axes": ["axis"] * 33}]),
    "1001 tensors": layer("outputs", [{"shape": [], "axes": []}] * 1001),
    "a path of 65 names": layer("path", ["a"] * 65),
    "a stack of 65 frames": layer("stack", [{"function": "f"}] * 65),
    "a frame without function": layer("stack", [{"line": 3}]),
    "a line beyond all pastes": layer("line", 10**9),
    "operation null": layer("operation", None),
    "an edge of three": edge(["right", 0, "add"]),
    "an edge of five": edge(["right", 0, "add", 1, 2]),
    "an edge from nowhere": edge(["nobody", 0, "add", 1]),
    "an edge to nowhere": edge(["right", 0, "nobody", 1]),
    "an edge to itself": edge(["add", 0, "add", 1]),
    "an edge backwards": edge(["add", 0, "left", 0]),
    "an edge from a port that is not": edge(["right", 1, "add", 1]),
    "an edge to a port that is not": edge(["right", 0, "add", 2]),
    "an edge to a port negative": edge(["right", 0, "add", -1]),
    "two edges into one port": edge(["right", 0, "add", 0]),
    "an output of nobody": model("outputs", [["nobody", 0]]),
    "an output of a port that is not": model("outputs", [["add", 1]]),
    "an output of one": model("outputs", [["add"]]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_capture_is_refused(name: str) -> None:
    bent = capture()
    HOSTILE[name](bent)
    with pytest.raises(InvalidGraph):
        read(bent)


@pytest.mark.parametrize("whole", [None, [], "capture", 7, {}, {"format": 1}])
def test_what_is_no_capture_is_refused(whole: object) -> None:
    with pytest.raises(InvalidGraph):
        read(whole)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a": ' + b"9" * 5_000 + b"}",
        b'{"a": 1} trailing',
        b'{"a": "\xff"}',
        '{"a": 1}'.encode("utf-16"),
        b"",
        b"x" * 101,
    ],
    ids=[
        "NaN",
        "Infinity",
        "a key twice",
        "deep",
        "a number of 5000 digits",
        "trailing bytes",
        "not UTF-8",
        "UTF-16",
        "nothing",
        "too long",
    ],
)
def test_what_is_not_strict_json_is_refused(raw: bytes) -> None:
    limit = 100 if raw.startswith(b"x") else 1_000_000
    with pytest.raises(InvalidGraph):
        parse(raw, limit=limit)


SHOWN = {
    "conv\u202egnp.exe": "conv\\u202egnp.exe",
    "a\x00b": "a\\x00b",
    "zero\u200bwidth": "zero\\u200bwidth",
    "line\nbreak": "line\\nbreak",
    "\ud800": "\\ud800",
    "end\ufffe": "end\\ufffe",
    "\x1b[31mred": "\\x1b[31mred",
    "größe_層_🙂": "größe_層_🙂",
    "</svg><script>alert(1)</script>": "</svg><script>alert(1)</script>",
    "__proto__": "__proto__",
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_cannot_be_seen_is_written_out(name: str) -> None:
    bent = capture()
    bent["models"][0]["name"] = name
    assert read(bent).models[0].graph.name == SHOWN[name]


def test_long_ids_full_of_controls_stay_apart() -> None:
    bent = capture()
    calls, image = bent["models"][0]["calls"], tensor(None, 32, 32, 3)
    calls[0] = call("\x00" * 255 + "a", "InputLayer", [], [image])
    calls[1] = call("\x00" * 255 + "b", "InputLayer", [], [image])
    bent["models"][0]["edges"] = []
    first, second = (layer.id for layer in read(bent).models[0].graph.layers[:2])
    assert first != second
    assert len(first) <= 256 and len(second) <= 256
    assert first.isprintable()


def test_output_keeps_its_lines_and_nothing_else() -> None:
    bent = capture()
    bent["output"] = "a\tb\nc\r\x1b]52;c;aGk=\x07" + "x" * 20_000
    output = read(bent).output
    assert output.startswith("a\tb\nc\\r\\x1b]52;c;aGk=\\x07")
    assert len(output) == 16_384 and output.endswith("…")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_any_value_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    """Put something random at a random place: a graph or InvalidGraph, and nothing else."""
    bent = capture()
    holder: Any = bent
    while True:
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        if not keys:
            return
        key = data.draw(st.sampled_from(list(keys)))
        inner = holder[key]
        if not isinstance(inner, dict | list) or data.draw(st.booleans()):
            holder[key] = data.draw(JSON)
            break
        holder = inner
    with suppress(InvalidGraph):
        read(bent)
