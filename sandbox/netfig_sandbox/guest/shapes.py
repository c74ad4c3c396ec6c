"""Shapes of Keras 2's plain layers by their own arithmetic, where Keras would build a graph.

Keras 2 runs every layer once in a graph of its own to see what comes out. For layers of the
library whose output follows from the input's shape alone, `compute_output_shape` says the same in
a tenth of the time. What it cannot say for certain goes Keras's way, errors above all.
"""

from typing import Any

import tensorflow as tf

from netfig_sandbox.guest.engines import KERAS2
from netfig_sandbox.guest.record import CURRENT

_PLAIN = (
    "Conv1D", "Conv2D", "Conv3D", "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose", "Dense",
    "BatchNormalization", "Activation", "ReLU", "LeakyReLU", "ELU", "Dropout", "SpatialDropout2D",
    "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "AveragePooling1D", "AveragePooling2D",
    "GlobalAveragePooling2D", "GlobalMaxPooling2D", "GlobalAveragePooling1D", "Flatten",
    "ZeroPadding2D", "UpSampling2D", "Cropping2D", "GroupNormalization", "LayerNormalization",
    "UnitNormalization", "PReLU", "RepeatVector", "Permute", "GaussianNoise", "Softmax",
    "UpSampling1D", "UpSampling3D", "ZeroPadding1D", "GlobalMaxPooling1D", "SpatialDropout1D",
)  # fmt: skip
_MERGING = ("Add", "Multiply", "Average", "Maximum", "Subtract", "Concatenate")


def install() -> None:
    """Goes before Keras 2's own way of finding what a layer gives."""
    layers = KERAS2.module.layers
    plain = {getattr(layers, name) for name in _PLAIN}
    merging = {getattr(layers, name) for name in _MERGING}
    owner: Any = KERAS2.layer
    original = owner._infer_output_signature

    def inferred(self: Any, inputs: Any, args: Any, kwargs: Any, input_masks: Any) -> Any:
        if CURRENT.record is not None and not args:
            kind = type(self)
            tensors = [inputs] if kind in plain else inputs if kind in merging else None
            if isinstance(tensors, list | tuple) and _certain(self, tensors, kwargs, input_masks):
                given = inputs if kind in plain else list(tensors)
                found = _reckoned(self, given, tensors[0].dtype)
                if found is not None:
                    return found
        return original(self, inputs, args, kwargs, input_masks)

    owner._infer_output_signature = inferred


def _certain(layer: Any, tensors: Any, kwargs: Any, masks: Any) -> bool:
    """True where shape and dtype of the output follow from those of the input."""
    tensor: Any = KERAS2.tensor
    if any(type(t) is not tensor for t in tensors) or not tensors:
        return False
    if any(m is not None for m in tf.nest.flatten(masks)) or set(kwargs) - {"training"}:
        return False
    if any(t.dtype.name != layer.compute_dtype or t.shape.rank is None for t in tensors):
        return False
    if len(tensors) > 1 and any(size is None for t in tensors for size in t.shape[1:]):
        return False
    if layer.activity_regularizer is not None:
        return False
    activation = getattr(layer, "activation", None)
    return activation is None or activation.__module__.startswith("tf_keras")


def _reckoned(layer: Any, inputs: Any, dtype: Any) -> Any:
    layer._maybe_build(inputs)
    shapes = [t.shape for t in inputs] if isinstance(inputs, list) else inputs.shape
    try:
        sizes = tuple(layer.compute_output_shape(shapes))
    except Exception:  # Keras says better what is wrong.
        return None
    given = [inputs] if not isinstance(inputs, list) else inputs
    unknown = any(size is None for t in given for size in t.shape[1:])
    if not sizes or any(unknown is False if s is None else s < 1 for s in sizes[1:]):
        return None
    return KERAS2.tensor(tf.TensorSpec(sizes, dtype))
