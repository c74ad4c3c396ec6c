"""The two Keras generations seen through one interface: Keras 3, and Keras 2 (tf_keras).

Both keep the same structure under slightly different names: a node is one call of a layer, its
tensors carry (layer, node index, tensor index). It must not know the paste or the wire format.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import keras
import tf_keras
from keras.src.layers.layer import Layer as Layer3
from keras.src.models.functional import Functional as Functional3
from keras.src.models.model import Model as Model3
from keras.src.models.sequential import Sequential as Sequential3
from keras.src.ops.node import Node as Node3
from keras.src.ops.operation import Operation as Operation3
from tf_keras.src.engine.base_layer import Layer as Layer2
from tf_keras.src.engine.functional import Functional as Functional2
from tf_keras.src.engine.keras_tensor import KerasTensor as KerasTensor2
from tf_keras.src.engine.node import Node as Node2
from tf_keras.src.engine.sequential import Sequential as Sequential2
from tf_keras.src.engine.training import Model as Model2


@dataclass(frozen=True)
class Engine:
    """The classes of one Keras."""

    dialect: str
    module: ModuleType
    version: str
    layer: type
    operation: type
    model: type
    functional: type
    sequential: type
    node: type
    tensor: type
    input_layer: type


KERAS3 = Engine(
    dialect="keras3",
    module=keras,
    version=keras.__version__,
    layer=Layer3,
    operation=Operation3,
    model=Model3,
    functional=Functional3,
    sequential=Sequential3,
    node=Node3,
    tensor=keras.KerasTensor,
    input_layer=keras.layers.InputLayer,
)
KERAS2 = Engine(
    dialect="keras2",
    module=tf_keras,
    version=tf_keras.__version__,
    layer=Layer2,
    operation=Layer2,
    model=Model2,
    functional=Functional2,
    sequential=Sequential2,
    node=Node2,
    tensor=KerasTensor2,
    input_layer=tf_keras.layers.InputLayer,
)
ENGINES = (KERAS3, KERAS2)

LAYERS = (Layer3, Layer2)
OPERATIONS = (Operation3, Layer2)
MODELS = (Model3, Model2)
FUNCTIONALS = (Functional3, Functional2)
SEQUENTIALS = (Sequential3, Sequential2)
TENSORS = (KERAS3.tensor, KERAS2.tensor)
INPUT_LAYERS = (KERAS3.input_layer, KERAS2.input_layer)

Key = tuple[int, int, int]
"""Identity of a symbolic tensor: (id of the operation, node index, tensor index)."""


def engine_of(thing: Any) -> Engine:
    """The Keras a layer or model belongs to."""
    return KERAS2 if isinstance(thing, Layer2) else KERAS3


def operation_of(node: Any) -> Any:
    """The layer or operation a node is a call of."""
    return node.layer if isinstance(node, Node2) else node.operation


def inputs_of(node: Any) -> list[Any]:
    """The symbolic tensors that enter a call, one an edge."""
    return list(node.keras_inputs if isinstance(node, Node2) else node.input_tensors)


def outputs_of(node: Any) -> list[Any]:
    """The symbolic tensors a call gives."""
    if isinstance(node, Node2):
        return flatten(node.outputs)
    return list(node.outputs)


def maker_of(tensor: Any) -> Any:
    """The call that gave a symbolic tensor; None where none is known."""
    history = getattr(tensor, "_keras_history", None)
    if history is None or history[0] is None:
        return None
    return history[0]._inbound_nodes[history[1]]


def arguments_of(node: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments of a call as they were given."""
    if isinstance(node, Node2):
        return tuple(node.call_args), dict(node.call_kwargs)
    return tuple(node.arguments.args), dict(node.arguments.kwargs)


def key_of(tensor: Any) -> Key:
    """What tells a symbolic tensor from every other."""
    history = getattr(tensor, "_keras_history", None)
    if history is None or history[0] is None:
        return (id(tensor), -1, -1)
    return (id(history[0]), int(history[1]), int(history[2]))


def flatten(structure: Any) -> list[Any]:
    """The leaves of nested lists, tuples and dictionaries, in a fixed order."""
    return list(_leaves(structure))


def _leaves(structure: Any) -> Iterator[Any]:
    if isinstance(structure, dict):
        for name in structure:
            yield from _leaves(structure[name])
    elif isinstance(structure, list | tuple):
        for part in structure:
            yield from _leaves(part)
    else:
        yield structure


def graph_of(model: Any) -> Any | None:
    """The functional graph of a model: itself, or a built Sequential's; None where it has none."""
    if isinstance(model, Sequential3):
        return model._functional
    if isinstance(model, Functional2):
        if isinstance(model, Sequential2) and not getattr(model, "_graph_initialized", False):
            return None
        return model if hasattr(model, "_nodes_by_depth") else None
    if isinstance(model, Functional3):
        return model if hasattr(model, "_nodes_by_depth") else None
    return None


def nodes_of(graph: Any) -> list[Any]:
    """All calls of a functional graph, inputs first."""
    by_depth = graph._nodes_by_depth
    return [node for depth in sorted(by_depth, reverse=True) for node in by_depth[depth]]


def sublayers_of(layer: Any) -> list[Any]:
    """The layers a layer holds directly."""
    try:
        return list(layer._flatten_layers(include_self=False, recursive=False))
    except Exception:
        return []
