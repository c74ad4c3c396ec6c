"""What keeps a run symbolic and honest: no weight gets memory, no call computes, no stand-in
enters a network, and input shapes that rest on a guess are known as such.
"""

from collections.abc import Callable
from inspect import signature
from typing import Any

import numpy as np
import tensorflow as tf

from netfig_sandbox.guest import ancestors, inert, lookup, opaque
from netfig_sandbox.guest.engines import (
    ENGINES,
    KERAS2,
    KERAS3,
    MODELS,
    TENSORS,
    flatten,
    graph_of,
)
from netfig_sandbox.guest.inert import Guess, Inert, is_inert, number
from netfig_sandbox.guest.network import spec_of
from netfig_sandbox.guest.record import CURRENT
from netfig_sandbox.guest.spellings import Boxes, Towers
from netfig_sandbox.guest.tables import Table
from netfig_sandbox.guest.training import note_fed


def install() -> None:
    """Installs all guards; called once, after every other hook."""
    inert.Symbolic.applied = _applied
    inert.Symbolic.ends = _ends
    inert.Symbolic.base = ancestors.base
    Boxes.of = staticmethod(lambda stand_in: opaque.box(lookup.active(), stand_in))
    _weightless()
    _own_outputs()
    for engine in ENGINES:
        _symbolic_calls(engine.layer)
        _guessed_inputs(engine.input_layer)
        _no_stand_ins(engine.sequential)
        _shapes_of_recurrence(engine)
    _scalars()
    _reshapes()
    _no_downloads()
    _no_windows()
    _tensorflow_1()


def _applied(stand_in: Any, args: Any, kwargs: Any, wanted: int) -> Any:
    """What a stand-in gives for tensors of the network; None where it is given none."""
    if CURRENT.record is None or not any(opaque.is_symbolic(t) for t in flatten((args, kwargs))):
        return None
    name = getattr(stand_in, "_name", "")
    if name.startswith(opaque.NEVER):
        return None
    return opaque.applied(lookup.active(), stand_in, args, kwargs, wanted)


def _ends(stand_in: Any, name: str) -> Any:
    """`base.output` and its like, where the base is a model of an absent package."""
    if stand_in is None or CURRENT.record is None or stand_in._name.startswith(opaque.NEVER):
        return None
    entering, leaving = opaque.ends(lookup.active(), stand_in)
    found = entering if name.startswith("input") else leaving
    return [found] if name.endswith("s") else found


def _weightless() -> None:
    """Keras 2's variables are handles without memory (Keras 3's are, in the stateless scope)."""
    from tensorflow.python.ops.resource_variable_ops import UninitializedVariable
    from tf_keras.src.engine import base_layer_utils

    plain = base_layer_utils.make_variable

    def make_variable(name: Any, shape: Any = None, dtype: Any = tf.float32, *args: Any,
                      **kwargs: Any) -> Any:  # fmt: skip
        if CURRENT.record is None or not tf.compat.v1.executing_eagerly_outside_functions():
            return plain(name, shape, dtype, *args, **kwargs)
        with tf.init_scope():
            return UninitializedVariable(
                trainable=kwargs.get("trainable") is not False, shape=shape,
                dtype=tf.as_dtype(dtype or tf.float32), name=name,
            )  # fmt: skip

    base_layer_utils.make_variable = make_variable


def _own_outputs() -> None:
    """A layer of Keras 3 that declares its input as its output gets a tensor of its own."""
    original = KERAS3.layer.symbolic_call  # type: ignore[attr-defined]
    tensor: Any = KERAS3.tensor

    def symbolic_call(self: Any, *args: Any, **kwargs: Any) -> Any:
        outputs = original(self, *args, **kwargs)
        if isinstance(outputs, tensor) and any(outputs is leaf for leaf in flatten((args, kwargs))):
            return tensor(outputs.shape, outputs.dtype)
        return outputs

    KERAS3.layer.symbolic_call = symbolic_call  # type: ignore[attr-defined]


def _shapes_of_recurrence(engine: Any) -> None:
    """A recurrent layer in a graph says its output's shape; its loop is not built."""
    for name in ("LSTM", "GRU", "SimpleRNN"):
        cls = getattr(engine.module.layers, name)
        original = cls.call

        def call(
            self: Any, sequences: Any, *args: Any,
            _original: Callable[..., Any] = original, **kwargs: Any,
        ) -> Any:  # fmt: skip
            if CURRENT.record is None or tf.executing_eagerly():
                return _original(self, sequences, *args, **kwargs)
            try:
                shapes = self.compute_output_shape(sequences.shape)
                made = _placeholders(shapes, self.compute_dtype)
            except Exception:
                return _original(self, sequences, *args, **kwargs)
            return made

        call.__signature__ = signature(original)  # type: ignore[attr-defined]
        call.__doc__ = original.__doc__
        cls.call = call


def _placeholders(shapes: Any, dtype: str) -> Any:
    if (
        isinstance(shapes, list | tuple)
        and shapes
        and isinstance(shapes[0], list | tuple | tf.TensorShape)
    ):
        return [_placeholders(shape, dtype) for shape in shapes]
    return tf.compat.v1.placeholder(dtype, tf.TensorShape(shapes))


class _Depth:
    calls = 0


def _symbolic_calls(owner: type) -> None:
    """A layer called on values is called on tensors without values, and gives zeros."""
    before = owner.__call__
    engine = KERAS2 if owner is KERAS2.layer else KERAS3

    def hooked(self: Any, *args: Any, **kwargs: Any) -> Any:
        record = CURRENT.record
        if record is None or _Depth.calls or not tf.executing_eagerly():
            return before(self, *args, **kwargs)
        leaves = flatten((args[:1], kwargs.get("inputs")))
        if any(isinstance(leaf, TENSORS) for leaf in leaves):
            return before(self, *args, **kwargs)
        if any(is_inert(leaf) for leaf in leaves):
            note_fed(self, args[0] if args else kwargs.get("inputs"))
            told = _told_length(self, leaves)
            return Inert("tensor") if told is None else told
        if not any(_has_values(leaf) for leaf in leaves):
            return before(self, *args, **kwargs)
        if isinstance(self, MODELS):
            note_fed(self, args[0] if args else kwargs.get("inputs"))
        known = _known_outputs(self, leaves)
        if known is not None:
            return known
        quiet, record.quiet = record.quiet, True
        _Depth.calls += 1
        try:
            symbolic = _structure((args, kwargs), lambda v: _without_values(engine, v))
            result = before(self, *symbolic[0], **symbolic[1])
        finally:
            _Depth.calls -= 1
            record.quiet = quiet
        rows = next((int(v.shape[0]) for v in leaves if _has_values(v) and len(v.shape)), 2)
        return _structure(result, lambda v: _zeros(v, rows))

    hooked.__netfig_original__ = getattr(  # type: ignore[attr-defined]
        before, "__netfig_original__", before
    )
    hooked.__wrapped__ = before  # type: ignore[attr-defined]
    owner.__call__ = hooked  # type: ignore[method-assign]


def _known_outputs(model: Any, given: list[Any]) -> Any:
    """Zeros for the outputs of a model whose graph is known; None for any other layer."""
    if not isinstance(model, MODELS) or graph_of(model) is None:
        return None
    try:
        rows = next((int(v.shape[0]) for v in given if _has_values(v) and len(v.shape)), 2)
        outputs = [_zeros(tensor, rows) for tensor in model.outputs]
    except (AttributeError, ValueError):
        return None
    return outputs[0] if len(outputs) == 1 else outputs


def _told_length(layer: Any, given: list[Any]) -> Any:
    """Zeros for the words of texts that are not here, where a layer says how many it gives."""
    length = getattr(layer, "_output_sequence_length", None)
    rows = next((leaf for leaf in given if isinstance(leaf, Table)), None)
    if length is None or rows is None or getattr(layer, "_output_mode", None) != "int":
        return None
    return tf.zeros((min(len(rows), 4096), int(length)), "int64")


def _has_values(value: Any) -> bool:
    return isinstance(value, np.ndarray | tf.Tensor | tf.Variable)


def _without_values(engine: Any, value: Any) -> Any:
    if not _has_values(value) or not len(value.shape):
        return value
    spec = spec_of(value)
    dtype = "float32" if spec.dtype in ("float64", "object") else spec.dtype
    shape = (None, *spec.shape[1:])
    if engine is KERAS3:
        return KERAS3.tensor(shape, dtype)
    return KERAS2.module.Input(batch_shape=shape, dtype=dtype)


def _structure(value: Any, change: Callable[[Any], Any]) -> Any:
    if type(value) in (list, tuple):
        return type(value)(_structure(v, change) for v in value)
    if type(value) is dict:
        return {k: _structure(v, change) for k, v in value.items()}
    return change(value)


def _zeros(value: Any, rows: int = 2) -> Any:
    if not isinstance(value, TENSORS):
        return value
    spec = spec_of(value)
    try:
        return tf.zeros(
            [
                (min(rows, 4096) if place == 0 else 2) if d is None else min(d, 4096)
                for place, d in enumerate(spec.shape)
            ],
            spec.dtype,
        )
    except (TypeError, ValueError):
        return Inert("tensor")


def _guessed_inputs(input_layer: type) -> None:
    """Notes the inputs whose shape holds a Guess."""
    original = input_layer.__init__  # type: ignore[misc]

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        args = tuple(settled(a) for a in args)
        kwargs = {k: settled(v) for k, v in kwargs.items()}
        original(self, *args, **kwargs)
        record = CURRENT.record
        if record is not None and any(
            isinstance(size, Guess) for size in flatten((args, tuple(kwargs.values())))
        ):
            record.guessed.add(id(self))

    init.__signature__ = signature(original)  # type: ignore[attr-defined]
    input_layer.__init__ = init  # type: ignore[misc]


def settled(value: Any) -> Any:
    """Stand-ins inside a shape become Guesses."""
    if isinstance(value, list | tuple):
        if any(is_inert(v) for v in value):
            return type(value)(number(v) if is_inert(v) else v for v in value)
        return value
    return value


def _no_stand_ins(sequential: type) -> None:
    """A stand-in is no layer; Keras 1's merged towers begin a model with several inputs."""
    original = sequential.add  # type: ignore[attr-defined]

    def add(self: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        if is_inert(layer):
            layer = opaque.box(lookup.active(), layer)
        begun = self.__dict__.get("_netfig_towers")
        ground = getattr(layer, "__dict__", {}).get("_netfig_towers")
        if ground is not None and begun is None:
            self.__dict__["_netfig_towers"] = ground
            return None
        if isinstance(layer, Towers):
            self.__dict__["_netfig_towers"] = layer.output()
            return None
        if begun is not None:
            self.__dict__["_netfig_towers"] = (begun[0], layer(begun[1]))
            return None
        return original(self, layer, *args, **kwargs)

    sequential.add = add  # type: ignore[attr-defined]


def _reshapes() -> None:
    """What is reshaped to sizes the program names has them, where the sizes before were guessed."""
    from keras.src.layers.reshaping import reshape as reshape3
    from keras.src.ops import operation_utils

    reshape2 = KERAS2.module.layers.Reshape
    plain2, plain3 = reshape2._fix_unknown_dimension, operation_utils.compute_reshape_output_shape

    def fixed(self: Any, input_shape: Any, output_shape: Any) -> Any:
        try:
            return plain2(self, input_shape, output_shape)
        except ValueError:
            if CURRENT.record is None or not CURRENT.record.guessed:
                raise
            return [1 if s == -1 else s for s in output_shape]

    def computed(input_shape: Any, newshape: Any, name: str) -> Any:
        try:
            return plain3(input_shape, newshape, name)
        except ValueError:
            if CURRENT.record is None or not CURRENT.record.guessed:
                raise
            return tuple(None if s == -1 else s for s in newshape)

    reshape2._fix_unknown_dimension = fixed
    operation_utils.compute_reshape_output_shape = computed
    for name in ("compute_reshape_output_shape",):
        if hasattr(reshape3, name):
            setattr(reshape3, name, computed)


_SIGNS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")


def _scalars() -> None:
    """A constant that is not here, reckoned with a tensor, is a number: no axis comes or goes."""
    for cls in (KERAS3.tensor, KERAS2.tensor, tf.Tensor):
        for sign in _SIGNS:
            for name in (f"__{sign}__", f"__r{sign}__"):
                _scalar(cls, name)
    for sign in _SIGNS:
        _turned(sign)


def _scalar(cls: type, name: str) -> None:
    original = getattr(cls, name, None)
    if original is None:
        return

    def reckoned(self: Any, other: Any, *args: Any, **kwargs: Any) -> Any:
        return original(self, 1.0 if is_inert(other) else other, *args, **kwargs)

    reckoned.__name__ = name
    setattr(cls, name, reckoned)


def _turned(sign: str) -> None:
    """The same with the stand-in first: `MEAN - x`."""
    plain = getattr(Inert, f"__{sign}__")

    def reckoned(self: Any, other: Any, *args: Any) -> Any:
        if CURRENT.record is not None and opaque.is_symbolic(other):
            return getattr(other, f"__r{sign}__")(1.0)
        return plain(self, other, *args)

    setattr(Inert, f"__{sign}__", reckoned)


def _no_downloads() -> None:
    """Pretrained weights are not fetched; `call` runs as it is written, not converted."""
    import keras.src.utils.file_utils as files3
    import tf_keras.src.engine.base_layer as base_layer2
    import tf_keras.src.utils.data_utils as files2
    from keras.src.applications import imagenet_utils as imagenet3
    from tensorflow.python.autograph.impl import api as autograph
    from tf_keras.src.applications import imagenet_utils as imagenet2

    for files in (files3, files2):
        files.get_file = lambda *a, **k: "absent"
    files3.exists = lambda path: True
    for engine, imagenet in ((KERAS3, imagenet3), (KERAS2, imagenet2)):
        imagenet.decode_predictions = _decoded
        _picture_shapes(imagenet)
        for name in dir(engine.module.applications):
            part = getattr(engine.module.applications, name)
            if hasattr(part, "decode_predictions"):
                part.decode_predictions = _decoded
    plain = autograph.tf_convert

    def as_written(function: Any, *args: Any, **kwargs: Any) -> Any:
        return function if CURRENT.record is not None else plain(function, *args, **kwargs)

    autograph.tf_convert = as_written
    for module in (tf, base_layer2.tf):
        module.__internal__.autograph.tf_convert = as_written


def _picture_shapes(imagenet: Any) -> None:
    """A shape that is told elsewhere (`config.SIZE`) is that of a picture in colour."""
    plain = imagenet.obtain_input_shape

    def obtained(input_shape: Any, default_size: int, *args: Any, **kwargs: Any) -> Any:
        picture = (default_size, default_size, 3)
        if is_inert(input_shape):
            input_shape = tuple(Guess(size) for size in picture)
        elif isinstance(input_shape, list | tuple) and len(input_shape) == len(picture):
            input_shape = tuple(
                Guess(size) if is_inert(told) else told
                for told, size in zip(input_shape, picture, strict=True)
            )
        return plain(input_shape, default_size, *args, **kwargs)

    imagenet.obtain_input_shape = obtained


def _decoded(predictions: Any, top: int = 5) -> Any:
    return [[("n00000000", "absent", 0.5)] * top] * 2


_SESSIONS = {
    "Session", "InteractiveSession", "ConfigProto", "GPUOptions", "global_variables_initializer",
    "initialize_all_variables", "app", "flags", "logging", "contrib", "summary", "layers", "train",
    "get_default_session", "local_variables_initializer", "tables_initializer", "Print", "gfile",
}  # fmt: skip
"""Names of TensorFlow 1 that only run things: nothing is drawn by them."""


def _no_windows() -> None:
    """A spectrogram asks SciPy for the values of its window, which are weights like any other."""
    from keras.src.initializers import constant_initializers
    from keras.src.layers.preprocessing import stft_spectrogram

    for module in (constant_initializers, stft_spectrogram):
        module.scipy = Inert("scipy")


def _tensorflow_1() -> None:
    """Names of TensorFlow 1 where TensorFlow 2 has them under compat.v1; sessions are inert."""

    def missing(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in _SESSIONS:
            return Inert(f"tf.{name}")
        for owner in (tf.compat.v1, tf.math):
            found = getattr(owner, name, None)
            if found is not None and name != "keras":
                return found
        raise AttributeError(f"module 'tensorflow' has no attribute '{name}'")

    if "__getattr__" not in tf.__dict__:
        tf.__dict__["__getattr__"] = missing
    for name in ("disable_eager_execution", "disable_v2_behavior", "enable_eager_execution",
                 "disable_resource_variables", "enable_v2_behavior", "set_random_seed",
                 "reset_default_graph", "disable_v2_tensorshape",
                 "disable_control_flow_v2"):  # fmt: skip
        setattr(tf.compat.v1, name, lambda *a, **k: None)
    tf.compat.v1.Session = Inert("tf.Session")
    tf.compat.v1.InteractiveSession = Inert("tf.InteractiveSession")
    tf.function = _function
    plain = tf.compat.v1.placeholder

    def placeholder(dtype: Any = "float32", shape: Any = None, name: Any = None) -> Any:
        if CURRENT.record is None or not tf.executing_eagerly():
            return plain(dtype, shape, name)
        sizes = tuple(shape) if shape is not None and len(tuple(shape)) else (None,)
        return lookup.active().module.Input(
            batch_shape=sizes, dtype=tf.as_dtype(dtype).name, name=name
        )

    tf.compat.v1.placeholder = placeholder

    def untrained(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(tf.compat.v1.train, name, None) or Inert(f"tf.train.{name}")

    tf.train.__dict__["__getattr__"] = untrained
    for cls in (KERAS2.tensor, KERAS3.tensor):
        cls._keras_shape = property(  # type: ignore[attr-defined]
            lambda self: tuple(self.shape)
        )
    for owner in (tf, tf.compat.v1):
        owner.gradients = lambda *a, **k: [Inert("gradient")]


def _function(function: Any = None, *args: Any, **kwargs: Any) -> Any:
    """tf.function: what it decorates runs as it is."""
    if function is None:
        return lambda inner: inner
    return function
