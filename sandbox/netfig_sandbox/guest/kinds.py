"""What a layer or operation is called in a figure, and whose it is.

Keras 3 names plain operations by class (Add, Matmul), Keras 2 by the TensorFlow function a lambda
layer wraps (tf.math.add): both become one name.
"""

import re
from typing import Any

from netfig_sandbox.guest.engines import INPUT_LAYERS, LAYERS

_SAME = {
    "AddV2": "Add", "Sub": "Subtract", "Mul": "Multiply", "RealDiv": "Divide", "Truediv": "Divide",
    "BatchMatmul": "Matmul", "BatchMatMulV2": "Matmul", "BatchMatMul": "Matmul", "MatMul": "Matmul",
    "Concat": "Concatenate", "ConcatV2": "Concatenate", "ReduceMean": "Mean", "ReduceSum": "Sum",
    "ReduceMax": "Max", "ReduceMin": "Min", "ReduceProd": "Prod", "Neg": "Negative", "Pow": "Power",
    "StridedSlice": "GetItem", "Getitem": "GetItem", "SlicingOpLambda": "GetItem",
    "Dot": "Dot", "BatchDot": "Dot", "Add2": "Add", "AddN": "Add", "Pack": "Stack",
    "Unpack": "Unstack", "L2Normalize": "Normalize", "BroadcastTo": "BroadcastTo", "Sqr": "Square",
}  # fmt: skip


def camel(name: str) -> str:
    """reduce_mean -> Mean, tf.math.add -> Add, AddV2 -> Add."""
    last = re.sub(r"(_wrapper|_v\d)+$", "", name.rsplit(".", 1)[-1].strip("_"))
    if "_" in last or last.islower():
        last = "".join(part[:1].upper() + part[1:] for part in last.split("_"))
    return _SAME.get(last, last) or "Operation"


def kind_of(layer: Any) -> str:
    """The class name to show for a layer or operation object."""
    cls = type(layer)
    if cls.__name__ in {"TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer", "ClassMethod"}:
        symbol = getattr(layer, "symbol", None) or getattr(layer, "node_def", None)
        symbol = getattr(symbol, "op", symbol)
        return camel(str(symbol)) if symbol else camel(layer.name)
    return cls.__name__


def is_operation(layer: Any) -> bool:
    """True for a plain tensor operation, which no author would call a layer."""
    if not isinstance(layer, LAYERS):
        return True
    return type(layer).__name__ in {
        "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer", "ClassMethod", "InstanceMethod",
        "InstanceProperty",
    }  # fmt: skip


def is_input(layer: Any) -> bool:
    """Whether a layer stands for an input of its network."""
    return isinstance(layer, INPUT_LAYERS)


def is_library(cls: type) -> bool:
    """True for a class of one of the Kerases."""
    return cls.__module__.split(".", 1)[0] in {"keras", "tf_keras", "tensorflow"}


def module_of(cls: type) -> str:
    """keras.layers for what Keras exports, else the module the class was defined in."""
    module = cls.__module__
    if is_library(cls):
        return "keras.ops" if ".ops." in module else "keras.layers"
    return module[:256]
