"""Functional models -> Network: every call of every layer, nested models opened.

A functional graph is read from Keras's own nodes. A nested model is walked once for every call of
it, its inputs replaced by what enters from outside, so that its InputLayers vanish and its layers
appear once a call. Subclassed models and layers inside are opened by `trace`.
"""

import inspect
from typing import Any

from netfig_sandbox.guest.engines import (
    FUNCTIONALS,
    Key,
    arguments_of,
    flatten,
    graph_of,
    inputs_of,
    key_of,
    maker_of,
    nodes_of,
    operation_of,
    outputs_of,
)
from netfig_sandbox.guest.kinds import is_input, is_operation, kind_of, module_of
from netfig_sandbox.guest.network import Call, Network, Source, Spec, spec_of
from netfig_sandbox.guest.provenance import NOWHERE, Origin
from netfig_sandbox.guest.record import Record
from netfig_sandbox.guest.resized import Sizes, entering, pass_through
from netfig_sandbox.guest.settings import settings
from netfig_sandbox.guest.trace import opens, trace

DEEPEST = 24
"""Models nested deeper than this are shown as one box."""
MOST_CALLS = 20_000


class Walker:
    """Collects the calls of one model into `network`."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.network = Network()
        self._settings: dict[int, dict[str, Any]] = {}
        self._sizes: Sizes = {}

    def whole(self, graph: Any) -> Network:
        """The network of a top-level functional graph."""
        outputs = self.functional(graph, None, (), None)
        self.network.outputs = [source for source in outputs if source is not None]
        return self.network

    def functional(
        self,
        graph: Any,
        inputs: list[Source | None] | None,
        path: tuple[str, ...],
        around: Origin | None,
    ) -> list[Source | None]:
        """Walks a graph; `inputs` replace its InputLayers, None keeps them. Gives its outputs."""
        made: dict[Key, Source | None] = {}
        around_sizes, self._sizes = self._sizes, {}
        if inputs is not None:
            for tensor, source in zip(graph.inputs, inputs, strict=False):
                made[key_of(tensor)] = source
            self._sizes = entering(graph.inputs, inputs)
        for node in self._in_order(graph):
            layer = operation_of(node)
            outputs = outputs_of(node)
            if is_input(layer):
                if inputs is None:
                    call = self.box(layer, node, [], path, around)
                    made[key_of(outputs[0])] = (call, 0)
                continue
            sources = [made.get(key_of(t)) for t in self._taken(node)]
            if self._sizes:
                pass_through(node, self._sizes)
            for tensor, source in zip(
                outputs, self.apply(layer, node, sources, path, around), strict=False
            ):
                made[key_of(tensor)] = source
            if len(self.network.calls) > MOST_CALLS:
                break
        self._sizes = around_sizes
        return [made.get(key_of(t)) for t in graph.outputs]

    def apply(
        self,
        layer: Any,
        node: Any,
        sources: list[Source | None],
        path: tuple[str, ...],
        around: Origin | None,
    ) -> list[Source | None]:
        """One call in a functional graph: opened where it holds a network, else a box."""
        if isinstance(layer, FUNCTIONALS) or hasattr(layer, "_functional"):
            graph = graph_of(layer)
            if graph is not None and len(path) < DEEPEST:
                self.network.opened.add(id(layer))
                entering = self._entering(graph, node, sources)
                inner = self._origin(node, layer, around)
                return self.functional(graph, entering, (*path, layer.name), inner)
        if len(path) < DEEPEST and opens(layer):
            inside = self._traced(layer, node, sources, path)
            if inside is not None:
                return inside
        call = self.box(layer, node, sources, path, around)
        return [(call, i) for i in range(len(call.outputs))]

    def _traced(
        self, layer: Any, node: Any, sources: list[Source | None], path: tuple[str, ...]
    ) -> list[Source | None] | None:
        """The inside of a layer of the paste; None where it cannot be traced or holds no layer."""
        args, kwargs = arguments_of(node)
        at = {key_of(t): s for t, s in zip(self._taken(node), sources, strict=False)}
        try:
            calls, given, opened = trace(
                self.record, layer, args, kwargs, lambda t: at.get(key_of(t)), (*path, layer.name)
            )
        except Exception:
            return None
        if not any(not call.operation for call in calls) or len(given) != len(outputs_of(node)):
            return None
        self.network.opened |= {id(layer), *(id(inner) for inner in opened)}
        self.network.calls += calls
        return given

    def traced(self, model: Any, args: tuple[Any, ...]) -> Network:
        """The network of a subclassed model fed with Specs. Raises what its `call` raises."""
        inputs: list[Call] = []

        def enter(spec: Any) -> Source:
            name = "input" if not inputs else f"input_{len(inputs)}"
            call = Call(
                layer=None, kind="InputLayer", module="keras.layers", name=name, path=(),
                origin=Origin(line=self.record.origin_of_layer(model).line),
                outputs=[spec_of(spec)],
            )  # fmt: skip
            inputs.append(call)
            return (call, 0)

        best: Network | None = None
        failure: Exception | None = None
        for extra in self._trainings(model):
            inputs.clear()
            try:
                fed, rest = _placed(model, args, extra)
                calls, given, opened = trace(self.record, model, fed, rest, enter, ())
            except Exception as error:
                failure = failure or error
                continue
            outputs = list(dict.fromkeys(s for s in given if s is not None))
            self.network.opened |= {id(layer) for layer in opened}
            if best is None or len(calls) > len(best.calls) - len(inputs):
                best = Network([*inputs, *calls], outputs, self.network.opened)
        if best is None:
            raise failure or ValueError("nothing to trace")
        self.network = best
        return best

    @staticmethod
    def _trainings(model: Any) -> list[dict[str, Any]]:
        """As at rest, and as in training where `call` tells the two apart: what has more layers."""
        try:
            names = inspect.signature(type(model).call).parameters
        except (TypeError, ValueError, AttributeError):
            return [{}]
        return [{}, {"training": True}] if "training" in names else [{}]

    def box(
        self,
        layer: Any,
        node: Any,
        sources: list[Source | None],
        path: tuple[str, ...],
        around: Origin | None,
    ) -> Call:
        """A call that is shown as one layer."""
        call = Call(
            layer=layer,
            kind=kind_of(layer),
            module=module_of(type(layer)),
            name=layer.name,
            path=path,
            origin=self._origin(node, layer, around),
            sources=sources,
            inputs=[self._spec(t) for t in self._taken(node)],
            outputs=[self._spec(t) for t in outputs_of(node)],
            operation=is_operation(layer),
            settings=self.settings_of(layer),
        )
        self.network.calls.append(call)
        return call

    def _spec(self, tensor: Any) -> Spec:
        return (self._sizes and self._sizes.get(key_of(tensor))) or spec_of(tensor)

    def settings_of(self, layer: Any) -> dict[str, Any]:
        known = self._settings.get(id(layer))
        if known is None:
            known = self._settings[id(layer)] = settings(layer)
        return known

    def _in_order(self, graph: Any) -> list[Any]:
        nodes = self._leading_out(graph, nodes_of(graph))
        seen = self.record.nodes
        if all(id(node) in seen for node in nodes):
            nodes.sort(key=lambda node: seen[id(node)].number)
        return nodes

    def _taken(self, node: Any) -> list[Any]:
        """The tensors a call takes; a layer's without the masks that Keras passes on by itself."""
        tensors = inputs_of(node)
        masks, operation = self.record.masks, operation_of(node)
        if not masks or is_operation(operation):
            return tensors
        return [t for t in tensors if id(maker_of(t)) not in masks]

    def _leading_out(self, graph: Any, nodes: list[Any]) -> list[Any]:
        """The calls on which an output depends, and the inputs: not those of losses or masks."""
        makers = {key_of(t): node for node in nodes for t in outputs_of(node)}
        wanted: set[int] = {id(node) for node in nodes if is_input(operation_of(node))}
        todo = [makers[k] for t in graph.outputs if (k := key_of(t)) in makers]
        while todo:
            node = todo.pop()
            if id(node) not in wanted:
                wanted.add(id(node))
                todo += [makers[k] for t in self._taken(node) if (k := key_of(t)) in makers]
        return [node for node in nodes if id(node) in wanted]

    def _origin(self, node: Any, layer: Any, around: Origin | None) -> Origin:
        origin = self.record.origin_of_node(node)
        made = self.record.origin_of_layer(layer)
        # A layer in a Sequential is called when that is built: where it was made says more.
        if origin.line is None or (made.line is not None and self._in_sequential(layer)):
            origin = made if made.line is not None or made.frames else origin
        if around is None:
            return origin
        return around if origin is NOWHERE else origin.within(around)

    def _in_sequential(self, layer: Any) -> bool:
        return id(layer) in self.record.stacked

    def _entering(self, graph: Any, node: Any, sources: list[Source | None]) -> list[Source | None]:
        args, kwargs = arguments_of(node)
        first = args[0] if args else kwargs.get("inputs", kwargs.get("x"))
        at = {key_of(t): s for t, s in zip(self._taken(node), sources, strict=False)}
        if isinstance(first, dict):
            names = [t._keras_history[0].name for t in graph.inputs]
            if all(name in first for name in names):
                return [at.get(key_of(first[name])) for name in names]
            return [at.get(key_of(first[name])) for name in sorted(first)]
        leaves = [t for t in flatten(first) if t is not None]
        if len(leaves) == len(graph.inputs):
            return [at.get(key_of(t)) for t in leaves]
        return sources[: len(graph.inputs)]


def _placed(
    model: Any, args: tuple[Any, ...], extra: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments, `training` by position where that is already given by position."""
    if not extra:
        return args, extra
    at = [*inspect.signature(type(model).call).parameters].index("training") - 1
    if at >= len(args):
        return args, extra
    return (*args[:at], extra["training"], *args[at + 1 :]), {}
