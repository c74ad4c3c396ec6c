"""One call of a capture -> Layer, and the edges between calls, each checked against the calls."""

from types import MappingProxyType
from typing import NoReturn

from netfig.importers import strict
from netfig.importers.visible import visible, visible_id
from netfig.model.graph import Edge, Frame, Layer, Setting, Tensor

AXES = frozenset({"batch", "depth", "height", "width", "time", "channels", "axis"})
"""What an axis of a tensor may be called."""

_NAME = 256
_SETTINGS = 200
_TENSORS = 1_000
_RANK = 32
_NESTING = 64
_FRAMES = 64


def layer_of(value: object, where: str) -> Layer:
    """The Layer of one call.

    The settings of what a wrapper (Bidirectional, TimeDistributed) wraps stand among its own,
    which win, and the wrapped class under "wrapped".
    """
    call = strict.mapping(value, where)
    parameters = strict.count(call.get("parameters", 0), f"{where} parameters")
    return Layer(
        id=_id(strict.member(call, "id", where), f"{where} id"),
        layer=_id(strict.member(call, "layer", where), f"{where} layer"),
        type=_name(strict.member(call, "class", where), f"{where} class"),
        name=_name(strict.member(call, "name", where), f"{where} name"),
        module=_name(call.get("module", ""), f"{where} module"),
        config=MappingProxyType(_settings(call, where)),
        inputs=_tensors(call.get("inputs", []), f"{where} inputs"),
        outputs=_tensors(call.get("outputs", []), f"{where} outputs"),
        parameters=parameters,
        trainable=strict.count(call.get("trainable", 0), f"{where} trainable", limit=parameters),
        path=tuple(
            _name(name, f"{where} path")
            for name in strict.array(call.get("path", []), f"{where} path", limit=_NESTING)
        ),
        stack=tuple(
            _frame(frame, f"{where} stack")
            for frame in strict.array(call.get("stack", []), f"{where} stack", limit=_FRAMES)
        ),
        line=strict.line(call.get("line"), f"{where} line"),
        operation=strict.flag(call.get("operation", False), f"{where} operation"),
        custom=strict.flag(call.get("custom", False), f"{where} custom"),
    )


def edges_of(
    layers: tuple[Layer, ...], edges: list[object], outputs: list[object], where: str
) -> tuple[tuple[Edge, ...], tuple[tuple[str, int], ...]]:
    """Edges and outputs whose ends exist; an input port takes one tensor alone."""
    ports_in = {layer.id: len(layer.inputs) for layer in layers}
    ports_out = {layer.id: len(layer.outputs) for layer in layers}
    taken: set[tuple[str, int]] = set()
    read: list[Edge] = []
    for i, value in enumerate(edges):
        place = f"{where} edge {i}"
        ends = strict.array(value, place, limit=4)
        if len(ends) != 4:
            strict.refuse(place, "has not four entries")
        source, source_port = _port(ends[0], ends[1], ports_out, place)
        target, target_port = _port(ends[2], ends[3], ports_in, place)
        if (target, target_port) in taken:
            strict.refuse(place, "enters a port that is taken")
        taken.add((target, target_port))
        read.append(
            Edge(source=source, target=target, source_port=source_port, target_port=target_port)
        )
    exits: list[tuple[str, int]] = []
    for i, value in enumerate(outputs):
        place = f"{where} output {i}"
        pair = strict.array(value, place, limit=2)
        if len(pair) != 2:
            strict.refuse(place, "has not two entries")
        exits.append(_port(pair[0], pair[1], ports_out, place))
    return tuple(read), tuple(exits)


def _port(name: object, port: object, ports: dict[str, int], where: str) -> tuple[str, int]:
    call = _id(name, where)
    if call not in ports:
        strict.refuse(where, "names an unknown call")
    number = strict.count(port, where)
    if number >= ports[call]:
        strict.refuse(where, "names an unknown port")
    return call, number


def _settings(call: dict[str, object], where: str) -> dict[str, Setting]:
    config = _config(call.get("config", {}), f"{where} config")
    if call.get("wrapped") is None:
        return config
    wrapped = strict.mapping(call["wrapped"], f"{where} wrapped")
    inner = _config(wrapped.get("config", {}), f"{where} wrapped config")
    name = _name(strict.member(wrapped, "class", f"{where} wrapped"), f"{where} wrapped class")
    return {**inner, **config, "wrapped": name}


def _config(value: object, where: str) -> dict[str, Setting]:
    members = strict.mapping(value, where)
    if len(members) > _SETTINGS:
        strict.refuse(where, "has too many settings")
    return {_name(key, where): _setting(entry, where) for key, entry in members.items()}


def _setting(value: object, where: str, depth: int = 0) -> Setting:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) <= strict.LARGEST else _out_of_range(where)
    if isinstance(value, float):
        return value if abs(value) <= 1e308 else _out_of_range(where)
    if isinstance(value, str):
        return _name(value, where)
    if depth >= strict.DEEPEST:
        strict.refuse(where, "is nested too deeply")
    entries = strict.array(value, where, limit=_TENSORS)
    return tuple(_setting(entry, where, depth + 1) for entry in entries)


def _out_of_range(where: str) -> NoReturn:
    strict.refuse(where, "holds a number out of range")


def _tensors(value: object, where: str) -> tuple[Tensor, ...]:
    return tuple(_tensor(entry, where) for entry in strict.array(value, where, limit=_TENSORS))


def _tensor(value: object, where: str) -> Tensor:
    tensor = strict.mapping(value, where)
    sizes = strict.array(strict.member(tensor, "shape", where), f"{where} shape", limit=_RANK)
    axes = strict.array(strict.member(tensor, "axes", where), f"{where} axes", limit=_RANK)
    if len(axes) != len(sizes):
        strict.refuse(where, "has not one name an axis")
    if not AXES.issuperset(axis for axis in axes if isinstance(axis, str)):
        strict.refuse(where, "has an axis of an unknown name")
    return Tensor(
        shape=tuple(None if s is None else strict.count(s, f"{where} shape") for s in sizes),
        axes=tuple(strict.text(axis, f"{where} axes", limit=16) for axis in axes),
        dtype=_name(tensor.get("dtype", "float32"), f"{where} dtype"),
    )


def _frame(value: object, where: str) -> Frame:
    frame = strict.mapping(value, where)
    return Frame(
        function=_name(strict.member(frame, "function", where), f"{where} function"),
        line=strict.count(frame.get("line", 0), f"{where} line", limit=10_000_000),
        invocation=strict.count(frame.get("invocation", 0), f"{where} invocation"),
        library=strict.flag(frame.get("library", False), f"{where} library"),
    )


def _id(value: object, where: str) -> str:
    return visible_id(strict.text(value, where, limit=_NAME), limit=_NAME)


def _name(value: object, where: str) -> str:
    return visible(strict.text(value, where, limit=_NAME), limit=_NAME)
