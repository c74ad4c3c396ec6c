"""Subclassed models and layers -> calls: `call` is run once on symbolic tensors and listened to.

Inside one TensorFlow graph every call of an inner layer is noted with the tensors it takes and
gives; the graph's own operations between two layers give the edges through plain tensor code, one
operation node for each call the author wrote (`tf.concat`, `x + y`). Nothing is computed.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import tensorflow as tf
from tensorflow.python.framework import func_graph

from netfig_sandbox.guest.engines import (
    ENGINES,
    FUNCTIONALS,
    KERAS3,
    LAYERS,
    MODELS,
    SEQUENTIALS,
    engine_of,
    flatten,
    sublayers_of,
)
from netfig_sandbox.guest.kinds import camel, is_library, is_operation, kind_of, module_of
from netfig_sandbox.guest.network import Call, Source, Spec, spec_of
from netfig_sandbox.guest.order import forwards, numbered
from netfig_sandbox.guest.provenance import PASTE, Origin
from netfig_sandbox.guest.record import CURRENT, Record
from netfig_sandbox.guest.settings import settings

_THROUGH = {"Identity", "Cast", "StopGradient", "PreventGradient", "CheckNumerics", "IdentityN",
            "EnsureShape", "NoOp", "Assert"}  # fmt: skip
_STATIC = {"Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike", "TensorListReserve"}
_WRAPPERS = {
    "op_dispatch_handler", "error_handler", "wrapper", "binary_op_wrapper", "_wrapper", "wrapped",
    "r_binary_op_wrapper", "__call__", "symbolic_call", "new_func", "tf_method", "hooked",
    "_call_wrapper", "inner", "unary_op_wrapper", "_binary_op_wrapper", "call", "_run_op",
    "reckoned",
}  # fmt: skip
DEEPEST = 40


def opens(layer: Any) -> bool:
    """True for what is shown by its inside: a model, or a layer of the paste that holds layers."""
    if isinstance(layer, MODELS):
        return bool(sublayers_of(layer)) or isinstance(layer, SEQUENTIALS)
    if not isinstance(layer, LAYERS) or is_library(type(layer)):
        return False
    if getattr(layer, "netfig_opaque", False):
        return False
    for cls in type(layer).__mro__:
        if "call" in cls.__dict__:
            return not is_library(cls) and bool(sublayers_of(layer))
    return False


def _made_whole(layer: Any, args: Any) -> None:
    """A layer of the paste that makes its layers in `build` has them before it is looked into."""
    if not isinstance(layer, LAYERS) or layer.built or isinstance(layer, MODELS) or not args:
        return
    cls = next((c for c in type(layer).__mro__ if "build" in c.__dict__), None)
    if cls is None or is_library(cls) or is_library(type(layer)):
        return
    shapes = [tuple(t.shape) for t in _tensors(args[0])]
    try:
        layer.build(shapes[0] if isinstance(args[0], tf.Tensor) else shapes)
        layer.built = True
    except Exception:  # It is called all the same, and says itself what is wrong.
        return


@dataclass(eq=False)
class _Event:
    """A call of an inner layer, or a group of operations made by one call the author wrote."""

    number: int
    call: Call
    taken: list[Any] = field(default_factory=list)
    given: list[Any] = field(default_factory=list)
    operations: list[Any] = field(default_factory=list)
    resolved: bool = False


class Tracer:
    """Listens to one run of `call`. `prefix` is the path of what is traced."""

    def __init__(self, record: Record, graph: Any, prefix: tuple[str, ...]) -> None:
        self.record = record
        self.graph = graph
        self.path = prefix
        self.open: list[Any] = []
        self.blocked = False
        self.events: list[_Event] = []
        self.groups: dict[int, _Event] = {}
        self.frames: dict[int, tuple[FrameType, _Event]] = {}
        self.producers: dict[int, tuple[_Event, int]] = {}
        self.inputs: dict[int, Source] = {}
        self.variables: dict[int, Any] = {}
        self.kept: list[Any] = []
        self.entered: list[Any] = []
        self._labels: dict[int, dict[int, str]] = {}
        self._settings: dict[int, dict[str, Any]] = {}

    def listens(self) -> bool:
        return not self.blocked and tf.compat.v1.get_default_graph() is self.graph

    def layer_call(
        self, layer: Any, original: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> Any:
        """An inner layer is called: opened, or noted as one call."""
        _made_whole(layer, args)
        if len(self.open) < DEEPEST and opens(layer):
            path = self.path
            self.path = (*path, self._label(layer))
            self.open.append(layer)
            self.entered.append(layer)
            try:
                return original(layer, *args, **kwargs)
            finally:
                self.path = path
                self.open.pop()
        taken = _tensors((args, kwargs))
        origin = self._origin(layer)
        self.blocked = True
        try:
            result = original(layer, *args, **kwargs)
            # A layer that hands its input on (Dropout at rest) must still stand between.
            inputs = {id(t) for t in taken}
            result = _mapped(result, lambda t: tf.identity(t) if id(t) in inputs else t)
        finally:
            self.blocked = False
        given = _tensors(result)
        known = self._settings.get(id(layer))
        if known is None:
            known = self._settings[id(layer)] = settings(layer)
        call = Call(
            layer=layer,
            kind=kind_of(layer),
            module=module_of(type(layer)),
            name=layer.name,
            path=self.path,
            origin=origin,
            inputs=[spec_of(t) for t in taken],
            outputs=[spec_of(t) for t in given],
            operation=is_operation(layer),
            settings=known,
        )
        event = _Event(len(self.events), call, taken, given)
        self.events.append(event)
        for port, tensor in enumerate(given):
            self.producers[id(tensor)] = (event, port)
        self.kept += [*taken, *given]
        return result

    def operation(self, op: Any) -> None:
        """A TensorFlow operation was made outside any layer: grouped by the author's call."""
        user, callee, name = _located()
        if user is None or callee is None:
            event = self._group(op.type, self._origin(None))
        else:
            known = self.frames.get(id(callee))
            if known is None:
                event = self._group(name or op.type, self._origin(None))
                self.frames[id(callee)] = (callee, event)
            else:
                event = known[1]
        if not name:
            event.call.kind = camel(op.type)
        event.operations.append(op)
        self.groups[id(op)] = event

    def _group(self, name: str, origin: Origin) -> _Event:
        kind = camel(name)
        call = Call(
            layer=None, kind=kind, module="tensorflow", name="", path=self.path, origin=origin,
            operation=True,
        )  # fmt: skip
        event = _Event(len(self.events), call)
        self.events.append(event)
        return event

    def _origin(self, layer: Any) -> Origin:
        if layer is not None and self.open and isinstance(self.open[-1], FUNCTIONALS + SEQUENTIALS):
            made = self.record.origin_of_layer(layer)
            if made.line is not None:
                return made.within(self.record.provenance.here(3))
        return self.record.provenance.here(3)

    def _label(self, layer: Any) -> str:
        """The attribute a layer is held by, else its own name."""
        if not self.open:
            return str(layer.name)
        parent = self.open[-1]
        labels = self._labels.get(id(parent))
        if labels is None:
            labels = self._labels[id(parent)] = dict(_attributes(parent))
        return labels.get(id(layer), str(layer.name))

    def variable(self, tensor: Any, variable: Any) -> None:
        self.variables[id(tensor)] = variable
        self.kept.append(tensor)

    # After the run.

    def calls(self, outputs: list[Any]) -> tuple[list[Call], list[Source | None]]:
        """All calls in a forward order, and the sources of the output tensors."""
        for external, internal in getattr(self.graph, "captures", ()):
            self.variables.setdefault(id(internal), external)
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(20_000)
        try:
            for event in self.events:
                if not event.operations:
                    event.call.sources = [self._source(t) for t in event.taken]
            found = [self._source(t) for t in outputs]
        finally:
            sys.setrecursionlimit(limit)
        kept = [e.call for e in self.events if not e.operations or e.resolved]
        return forwards(numbered(kept)), found

    def _source(self, tensor: Any) -> Source | None:
        """Where a tensor comes from; None for what depends on no input."""
        made = self.producers.get(id(tensor))
        if made is not None:
            return (made[0].call, made[1])
        entering = self.inputs.get(id(tensor))
        if entering is not None:
            return entering
        op = getattr(tensor, "op", None)
        if op is None or op.type in _STATIC:
            return None
        event = self.groups.get(id(op))
        if event is None or op.type in _THROUGH:
            for one in op.inputs:
                source = self._source(one)
                if source is not None:
                    return source
            return None
        self._resolve(event)
        if not event.resolved:
            return None
        for port, given in enumerate(event.given):
            if given is tensor:
                return (event.call, port)
        event.given.append(tensor)
        event.call.outputs.append(spec_of(tensor))
        return (event.call, len(event.given) - 1)

    def _resolve(self, event: _Event) -> None:
        """Finds what enters a group of operations; one that no input reaches stays unresolved."""
        if event.resolved or event.taken:
            return
        own = {id(op) for op in event.operations}
        single = sum(1 for op in event.operations if op.type not in _THROUGH) == 1
        sources: list[Source | None] = []
        specs: list[Spec] = []
        seen: set[int] = set()
        carried: list[Any] = []
        event.taken = [None]
        for op in event.operations:
            if op.type in _STATIC:
                continue
            for tensor in op.inputs:
                if id(tensor.op) in own and id(tensor) not in self.producers:
                    continue
                source = self._source(tensor)
                if source is None:
                    self._carried(tensor, carried)
                    continue
                if id(tensor) in seen and not single:
                    continue
                seen.add(id(tensor))
                sources.append(source)
                specs.append(spec_of(tensor))
        event.resolved = bool(sources)
        event.call.sources, event.call.inputs = sources, specs
        event.call.carried = carried

    def _carried(self, tensor: Any, found: list[Any], depth: int = 0) -> None:
        """Weights a tensor that depends on no input is made of."""
        variable = self.variables.get(id(tensor))
        if variable is not None:
            if all(variable is not known for known in found):
                found.append(variable)
            return
        op = getattr(tensor, "op", None)
        if op is None or depth > 12 or id(tensor) in self.producers:
            return
        for one in op.inputs:
            self._carried(one, found, depth + 1)


def _attributes(parent: Any) -> Iterator[tuple[int, str]]:
    for name, value in list(getattr(parent, "__dict__", {}).items()):
        if name.startswith("_") and name != "_functional" and not isinstance(value, LAYERS):
            continue
        if isinstance(value, LAYERS):
            yield id(value), name.lstrip("_")
        elif isinstance(value, list | tuple):
            for number, part in enumerate(value):
                if isinstance(part, LAYERS):
                    yield id(part), f"{name}[{number}]"
        elif isinstance(value, dict):
            for key, part in value.items():
                if isinstance(part, LAYERS):
                    yield id(part), f"{name}[{key}]"


def _located() -> tuple[FrameType | None, FrameType | None, str]:
    """The innermost frame of the paste, the frame it called, and the name of what it called."""
    frame: FrameType | None = sys._getframe(3)
    names: list[str] = []
    callee: FrameType | None = None
    while frame is not None and frame.f_code.co_filename != PASTE:
        names.append(frame.f_code.co_name)
        callee = frame
        frame = frame.f_back
    for name in reversed(names):
        if name in _WRAPPERS or (name.startswith("_") and name != "_slice_helper"):
            continue
        return frame, callee, "GetItem" if name == "_slice_helper" else name
    if "_slice_helper" in names or "__getitem__" in names:
        return frame, callee, "GetItem"
    return frame, callee, ""


def _tensors(structure: Any) -> list[Any]:
    return [t for t in flatten(structure) if isinstance(t, tf.Tensor)]


def _mapped(structure: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(structure, tf.Tensor):
        return change(structure)
    if type(structure) in (list, tuple):
        return type(structure)(_mapped(part, change) for part in structure)
    if type(structure) is dict:
        return {key: _mapped(part, change) for key, part in structure.items()}
    return structure


class _Active:
    tracer: Tracer | None = None


ACTIVE = _Active()


def trace(
    record: Record,
    layer: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    enter: Callable[[Any], Source | None],
    prefix: tuple[str, ...],
) -> tuple[list[Call], list[Source | None], list[Any]]:
    """Runs `layer(*args, **kwargs)`, symbolic tensors and Specs replaced by placeholders.

    `enter` gives the source of each such tensor. Gives the calls inside, the sources of the
    outputs, and the layers that were opened. Raises what `call` raises.
    """
    engine = engine_of(layer)
    graph = func_graph.FuncGraph("trace")
    tracer = Tracer(record, graph, prefix)
    with graph.as_default(), _stateless(engine):

        def placed(value: Any) -> Any:
            if isinstance(value, (Spec, *(e.tensor for e in ENGINES))):
                spec = value if isinstance(value, Spec) else spec_of(value)
                tensor = tf.compat.v1.placeholder(spec.dtype, spec.shape)
                source = enter(value)
                if source is not None:
                    tracer.inputs[id(tensor)] = source
                tracer.kept.append(tensor)
                return tensor
            if type(value) in (list, tuple):
                return type(value)(placed(part) for part in value)
            if isinstance(value, dict):
                return {key: placed(part) for key, part in value.items()}
            return value

        args, kwargs = placed(args), placed(kwargs)
        tracer.open.append(layer)
        before, ACTIVE.tracer = ACTIVE.tracer, tracer
        try:
            outputs = _original_call(layer)(layer, *args, **kwargs)
        finally:
            ACTIVE.tracer = before
    given = _tensors(outputs)
    calls, sources = tracer.calls(given)
    return calls, sources, tracer.entered


@contextmanager
def _stateless(engine: Any) -> Iterator[None]:
    if engine is not KERAS3:
        yield
        return
    from keras.src.backend.common.stateless_scope import StatelessScope
    from keras.src.backend.common.symbolic_scope import SymbolicScope

    with StatelessScope(), SymbolicScope():
        yield


def _original_call(layer: Any) -> Callable[..., Any]:
    """The class's own __call__, so that what is traced is run, not noted."""
    call = type(layer).__call__
    return getattr(call, "__netfig_original__", call)


def install() -> None:
    """Hooks the calls of layers and operations, variables' values and the making of operations."""
    for engine in ENGINES:
        _hook_call(engine.layer)
    _hook_call(KERAS3.operation)
    original = func_graph.FuncGraph._create_op_internal

    def create(self: Any, *args: Any, **kwargs: Any) -> Any:
        op = original(self, *args, **kwargs)
        tracer = ACTIVE.tracer
        if tracer is not None and tracer.graph is self and not tracer.blocked:
            tracer.operation(op)
        return op

    func_graph.FuncGraph._create_op_internal = create
    from keras.src.backend.common.variables import Variable

    plain = Variable.value.fget

    def value(self: Any) -> Any:
        if self._value is None and CURRENT.record is not None:
            graph = tf.compat.v1.get_default_graph()
            if isinstance(graph, func_graph.FuncGraph):
                return _stood_for(self, graph)
        return plain(self)

    Variable.value = property(value)


_WEIGHTS: dict[int, tuple[Any, dict[int, Any]]] = {}
"""By graph: the placeholder of each weight. Graphs are kept, so that their ids stay theirs."""


def _stood_for(variable: Any, graph: Any) -> Any:
    """One placeholder a weight and graph, where Keras would run the initializer at each use."""
    known = _WEIGHTS.setdefault(id(graph), (graph, {}))[1]
    found = known.get(id(variable))
    if found is None:
        tracer = ACTIVE.tracer
        blocked = tracer.blocked if tracer is not None else False
        if tracer is not None:
            tracer.blocked = True
        try:
            with graph.as_default(), tf.control_dependencies(None):
                tensor = tf.compat.v1.placeholder(variable._dtype, variable._shape)
        finally:
            if tracer is not None:
                tracer.blocked = blocked
        found = known[id(variable)] = (tensor, variable)
    tensor = found[0]
    tracer = ACTIVE.tracer
    if tracer is not None and tracer.listens():
        tracer.variable(tensor, variable)
    return variable._maybe_autocast(tensor)


def _hook_call(owner: type) -> None:
    original = owner.__call__
    is_operation_class = owner is KERAS3.operation

    def hooked(self: Any, *args: Any, **kwargs: Any) -> Any:
        tracer = ACTIVE.tracer
        if (
            tracer is None
            or not tracer.listens()
            or (is_operation_class and isinstance(self, LAYERS))
        ):
            return original(self, *args, **kwargs)
        return tracer.layer_call(self, original, args, kwargs)

    hooked.__netfig_original__ = original  # type: ignore[attr-defined]
    hooked.__wrapped__ = original  # type: ignore[attr-defined]
    owner.__call__ = hooked  # type: ignore[method-assign]
