"""Old spellings -> new: arguments of layers, functions that are gone, names that moved.

The tables are read by wrappers around the layers' own constructors, so that a program of any age
builds the network it meant. It must not know the paste or the record.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from inspect import Parameter, signature
from typing import Any, ClassVar

import tf_keras.src.backend as backend2
from keras.src.utils import naming

from netfig_sandbox.guest import first_keras, fuller
from netfig_sandbox.guest.engines import ENGINES, KERAS2, KERAS3, SEQUENTIALS, Engine
from netfig_sandbox.guest.guesses import shape_for
from netfig_sandbox.guest.inert import Guess, Inert, is_inert, number

RENAMED = {
    "border_mode": "padding", "subsample": "strides", "nb_filter": "filters",
    "nb_filters": "filters", "filter_length": "kernel_size", "subsample_length": "strides",
    "output_dim": "units", "init": "kernel_initializer", "inner_init": "recurrent_initializer",
    "inner_activation": "recurrent_activation", "bias": "use_bias",
    "W_regularizer": "kernel_regularizer", "b_regularizer": "bias_regularizer",
    "U_regularizer": "recurrent_regularizer", "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint", "U_constraint": "recurrent_constraint",
    "dim_ordering": "data_format", "p": "rate", "pool_length": "pool_size", "stride": "strides",
    "dropout_W": "dropout", "dropout_U": "recurrent_dropout", "atrous_rate": "dilation_rate",
    "gamma_init": "gamma_initializer", "beta_init": "beta_initializer", "sigma": "stddev",
    "length": "size", "dims": "target_shape", "nb_features": "units", "drop_rate": "rate",
    "keep_prob": "rate", "ratio": "rate", "poolsize": "pool_size",
}  # fmt: skip
"""Arguments of layers: old name -> new name, applied where the layer does not know the old one."""

DROPPED = frozenset(
    [
        "weights",
        "consume_less",
        "forget_bias_init",
        "mode",
        "dropout_embedding",
        "learn_mode",
        "output_shape_legacy",
        "implementation",
        "time_major",
        "fused",
        "renorm",
        "virtual_batch_size",
        "renorm_clipping",
        "renorm_momentum",
        "adjustment",
        "synchronization",
        "unroll_legacy",
        "input_length",
        "batch_size",
        "collections",
        "W_learning_rate_multiplier",
        "b_learning_rate_multiplier",
        "_reuse",
        "reset_after",
        "ignore_border",
        "truncate_gradient",
    ]
)
"""Arguments that change no figure, left out where the layer does not know them (weights always)."""

_VALUES: dict[str, dict[Any, Any]] = {
    "data_format": {"th": "channels_first", "tf": "channels_last", "default": None},
    "kernel_initializer": {
        "normal": "random_normal",
        "uniform": "random_uniform",
        "zero": "zeros",
        "one": "ones",
        "glorot": "glorot_uniform",
    },
    "padding": {"SAME": "same", "VALID": "valid"},
}
_ROWS = {"Conv2D": 2, "Conv2DTranspose": 2, "SeparableConv2D": 2, "Conv3D": 3,
         "Conv3DTranspose": 3, "LocallyConnected2D": 2, "DepthwiseConv2D": 0}  # fmt: skip


_OLD = re.compile(
    r"\bConvolution[123]D\b|\b(?:border_mode|nb_epoch|nb_filter|nb_row|subsample|dim_ordering|"
    r"samples_per_epoch|W_regularizer|b_regularizer)\s*=|\binit=['\"]|\bmerge\(|"
    r"\bModel\(input=|"
    r"image_dim_ordering|\bMerge\("
)


class Era:
    """What the paste's age says: Conv2D(64, 3, 3) meant a 3×3 kernel once, and means a stride now.

    Old are programs that show a spelling which no later Keras had.
    """

    old_positions = False

    @classmethod
    def tell(cls, code: str) -> None:
        """Judge a paste."""
        cls.old_positions = (
            "tensorflow.keras" not in code
            and "tf.keras" not in code
            and _OLD.search(code) is not None
        )


@lru_cache(maxsize=1024)
def _known(cls: Any, init: Any) -> tuple[frozenset[str], bool]:
    """Names of all arguments a class takes, and whether it takes any other."""
    names: set[str] = set()
    for base in cls.__mro__:
        own = base.__dict__.get("__init__")
        if own is None:
            continue
        try:
            parameters = signature(getattr(own, "__netfig_original__", own)).parameters.values()
        except (TypeError, ValueError):
            return frozenset(names), True
        names |= {p.name for p in parameters}
        if not any(p.kind is Parameter.VAR_KEYWORD for p in parameters):
            return frozenset(names), False
    return frozenset(names), False


_BASE = frozenset(
    [
        "name",
        "dtype",
        "trainable",
        "input_shape",
        "batch_input_shape",
        "batch_shape",
        "input_dim",
        "autocast",
        "activity_regularizer",
        "dynamic",
        "input_dtype",
        "batch_size",
        "weights",
    ]
)


_RANKS = (("ConvLSTM2D", 4), ("Conv1D", 2), ("Conv2D", 3), ("Conv3D", 4), ("LSTM", 2), ("GRU", 2),
          ("SimpleRNN", 2), ("MaxPooling2D", 3), ("Flatten", 3))  # fmt: skip


def _ranked(name: str, kwargs: dict[str, Any]) -> None:
    """An input shape nobody knows gets the axes the layer wants."""
    value = kwargs.get("input_shape")
    rank = next((r for kind, r in _RANKS if name.endswith(kind)), 0)
    guessed = isinstance(value, tuple) and bool(value) and all(isinstance(v, Guess) for v in value)
    if is_inert(value) or (guessed and rank and len(value or ()) != rank):
        kwargs["input_shape"] = tuple(Guess(s) for s in shape_for(name))


def _channels_first(layer: Any, kwargs: dict[str, Any]) -> None:
    """Old programs whose pictures are (3, 96, 96) were written for channels first."""
    shape = kwargs.get("input_shape")
    if not (Era.old_positions and isinstance(shape, tuple | list) and len(shape) in (3, 4)):
        return
    if "data_format" in kwargs or not all(isinstance(s, int) for s in shape):
        return
    if shape[0] in (1, 3, 4) and min(shape[1:]) > 4:
        engine = KERAS2 if isinstance(layer, KERAS2.layer) else KERAS3
        config = engine.module.backend if engine is KERAS2 else engine.module.config
        config.set_image_data_format("channels_first")


_COUNTED = {"Dense", "LSTM", "GRU", "SimpleRNN"}
"""Layers whose first argument is a number: of a shape given by mistake or guess, the last axis."""
_WRAPPERS = {"TimeDistributed", "Bidirectional", "RNN", "SpectralNormalization", "Wrapper"}


_EMBEDDING = {"init": "embeddings_initializer", "W_regularizer": "embeddings_regularizer",
              "W_constraint": "embeddings_constraint"}  # fmt: skip


class Boxes:
    """Told by the guards: the layer that a stand-in is drawn as."""

    of: Callable[[Any], Any] = staticmethod(lambda stand_in: stand_in)


def translate(layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any]:
    """Arguments of a layer in today's spelling."""
    cls: Any = type(layer)
    name = cls.__name__
    args = first_keras.positions(layer, args, kwargs)
    rows = _ROWS.get(name)
    if rows and len(args) > rows and all(type(a) is int for a in args[: rows + 1]):
        # Today's Conv2D(64, 3, 2, "same") has a stride third and its padding fourth.
        today = args[rows + 1 : rows + 2] in (("same",), ("valid",), ("causal",))
        if not today and (Era.old_positions or "border_mode" in kwargs):
            rest = args[rows + 1 :]
            args = (args[0], tuple(args[1 : rows + 1]))
            if rest:
                kwargs.setdefault("kernel_initializer", rest[0])
    if rows and "nb_row" in kwargs:
        sizes = [kwargs.pop(k) for k in ("kernel_dim1", "nb_row", "nb_col", "kernel_dim2",
                                         "kernel_dim3") if k in kwargs]  # fmt: skip
        kwargs["kernel_size"] = tuple(sizes)
    if "weights" in kwargs and "weights" not in cls.__init__.__code__.co_names:
        kwargs.pop("weights")
    known, _ = _known(cls, cls.__init__)
    for old in [k for k in kwargs if k not in known]:
        new = RENAMED.get(old)
        if name == "Embedding":
            new = _EMBEDDING.get(old, new)
        if name == "Reshape" and old == "dims":
            new = "target_shape"
        if new is not None and new in known:
            value = kwargs.pop(old)
            if old == "keep_prob" and isinstance(value, float):
                value = 1 - value
            kwargs.setdefault(new, value)
        elif old in DROPPED and old not in _BASE:
            kwargs.pop(old)
        elif old == "alpha" and "negative_slope" in known:
            kwargs["negative_slope"] = kwargs.pop(old)
        elif old in ("output_shape", "nb_row") and rows:
            kwargs.pop(old)
    for key, values in _VALUES.items():
        if key in kwargs and isinstance(kwargs[key], str):
            value = values.get(kwargs[key], kwargs[key])
            kwargs[key] = value
            if value is None:
                del kwargs[key]
    if "activation" in kwargs and isinstance(kwargs["activation"], str):
        kwargs["activation"] = kwargs["activation"].lower()
    if name in _WRAPPERS and args and is_inert(args[0]):
        args = (Boxes.of(args[0]), *args[1:])
    if name == "Lambda" and args and is_inert(args[0]):
        absent = args[0]
        args = (lambda x, *_, **__: absent(x), *args[1:])
    args = tuple(number(a) if is_inert(a) else a for a in args)
    _ranked(name, kwargs)
    _channels_first(layer, kwargs)
    for key in ("input_shape", "batch_input_shape", "batch_shape", "kernel_size", "target_shape"):
        value = kwargs.get(key)
        if isinstance(value, list | tuple) and any(is_inert(v) for v in value):
            kwargs[key] = tuple(number(v) if is_inert(v) else v for v in value)
    for key in ("units", "filters", "input_dim", "output_dim", "n", "input_length"):
        if is_inert(kwargs.get(key)):
            kwargs[key] = number(kwargs[key])
    for key in [k for k, v in kwargs.items() if is_inert(v)]:
        if key.endswith(("initializer", "regularizer", "constraint")) or key == "weights":
            del kwargs[key]
    if name in _COUNTED and args and type(args[0]) is tuple and isinstance(args[0][-1], Guess):
        args = (args[0][-1], *args[1:])
    for key in ("units", "filters"):
        value = kwargs.get(key)
        if isinstance(value, float) and value.is_integer():
            kwargs[key] = int(value)
    return args, kwargs


def install() -> None:
    """Puts the translation before the constructors of all public layers, and of models."""
    seen: set[type] = set()
    for engine in ENGINES:
        layers = engine.module.layers
        for name in dir(layers):
            cls = getattr(layers, name, None)
            if isinstance(cls, type) and issubclass(cls, engine.layer) and cls not in seen:
                seen.add(cls)
                if "__init__" in cls.__dict__ and cls is not engine.layer:
                    _before(cls)
        for owner in (engine.model, engine.functional):
            _renamed_model(owner)


def _before(cls: type) -> None:
    original = cls.__dict__["__init__"]

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        full = False
        if type(self) is cls:
            args, kwargs = translate(self, args, kwargs)
            full = fuller.wants(self, kwargs)
        original(self, *args, **kwargs)
        if full:
            fuller.make(self)

    init.__netfig_original__ = original  # type: ignore[attr-defined]
    init.__signature__ = signature(original)  # type: ignore[attr-defined]
    init.__doc__ = original.__doc__
    init.__qualname__ = original.__qualname__
    init.__name__ = "__init__"
    cls.__init__ = init  # type: ignore[misc]


_MODEL = {"input": "inputs", "output": "outputs"}


def _renamed_model(owner: type) -> None:
    for method in ("__new__", "__init__"):
        original = owner.__dict__.get(method)
        if original is None:
            continue
        plain: Callable[..., Any] = getattr(original, "__func__", original)

        def renamed(
            self: Any, *args: Any, _plain: Callable[..., Any] = plain, **kwargs: Any
        ) -> Any:
            if "input" in kwargs or "output" in kwargs:
                kwargs = {_MODEL.get(k, k): v for k, v in kwargs.items()}
            return _plain(self, *args, **kwargs)

        renamed.__signature__ = signature(plain)  # type: ignore[attr-defined]
        renamed.__doc__ = plain.__doc__
        setattr(owner, method, staticmethod(renamed) if method == "__new__" else renamed)


_MODES = {"sum": "Add", "mul": "Multiply", "ave": "Average", "max": "Maximum", "sub": "Subtract",
          "add": "Add", "average": "Average", "multiply": "Multiply"}  # fmt: skip


def _joining(engine: Engine, mode: Any, axis: int, dot_axes: Any, name: str | None) -> Any:
    layers = engine.module.layers
    if callable(mode):
        return layers.Lambda(mode, name=name)
    if mode == "concat":
        return layers.Concatenate(axis=axis, name=name)
    if mode in ("dot", "cos"):
        axes = dot_axes if dot_axes is not None else -1
        if isinstance(axes, list | tuple) and axes and isinstance(axes[0], list | tuple):
            axes = tuple(a[0] for a in axes)
        axes = list(axes) if isinstance(axes, tuple) else axes
        return layers.Dot(axes=axes, normalize=mode == "cos", name=name)
    return getattr(layers, _MODES.get(str(mode), "Add"))(name=name)


def _merge(engine: Engine) -> Callable[..., Any]:
    def merge(
        inputs: Any, mode: Any = "sum", dot_axes: Any = None, concat_axis: int = -1,
        output_shape: Any = None, output_mask: Any = None, arguments: Any = None,
        name: str | None = None, **_: Any,
    ) -> Any:  # fmt: skip
        return _joining(engine, mode, concat_axis, dot_axes, name)(inputs)

    return merge


class Towers:
    """Keras 1's Merge of several models: the start of a Sequential with several inputs."""

    def __init__(self, engine: Engine, models: list[Any], layer: Any) -> None:
        self.engine, self.models, self.layer = engine, models, layer

    def __call__(self, tensors: Any) -> Any:
        return self.layer(tensors)

    def output(self) -> tuple[list[Any], Any]:
        """Inputs of all towers and the tensor they are joined to."""
        inputs: list[Any] = []
        outputs = []
        for model in self.models:
            begun = getattr(model, "_netfig_towers", None)
            inputs += begun[0] if begun else list(model.inputs)
            outputs.append(begun[1] if begun else model.outputs[0])
        # Towers on one ground have its inputs once.
        return list({id(one): one for one in inputs}.values()), self.layer(outputs)


def _merge_layer(engine: Engine) -> Callable[..., Any]:
    def make(
        layers: Any = None, mode: Any = "sum", concat_axis: int = -1, dot_axes: Any = None,
        output_shape: Any = None, name: str | None = None, **_: Any,
    ) -> Any:  # fmt: skip
        joined = _joining(engine, mode, concat_axis, dot_axes, name)
        return Towers(engine, list(layers), joined) if layers else joined

    return make


def _time_distributed_dense(engine: Engine) -> Callable[..., Any]:
    def make(*args: Any, **kwargs: Any) -> Any:
        outer = {k: kwargs.pop(k) for k in ("input_shape", "name") if k in kwargs}
        if "input_dim" in kwargs:
            outer["input_shape"] = (kwargs.pop("input_length", None), kwargs.pop("input_dim"))
        kwargs.pop("input_length", None)
        return engine.module.layers.TimeDistributed(
            engine.module.layers.Dense(*args, **kwargs), **outer
        )

    return make


def _old_conv(engine: Engine, name: str, rows: int) -> Any:
    cls = getattr(engine.module.layers, name)

    def make(*args: Any, **kwargs: Any) -> Any:
        first = len(args) > rows + 1 and isinstance(args[rows + 1], int)
        if not first and len(args) > rows and all(isinstance(a, int) for a in args[: rows + 1]):
            rest = args[rows + 1 :]
            args = (args[0], tuple(args[1 : rows + 1]) if rows > 1 else args[1])
            if rest:
                kwargs.setdefault("kernel_initializer", rest[0])
        return cls(*args, **kwargs)

    return make


_OLD_CONVS = {
    "Convolution2D": ("Conv2D", 2), "AtrousConvolution2D": ("Conv2D", 2),
    "AtrousConv2D": ("Conv2D", 2), "Deconvolution2D": ("Conv2DTranspose", 2),
    "Convolution3D": ("Conv3D", 3), "SeparableConvolution2D": ("SeparableConv2D", 2),
    "Deconvolution3D": ("Conv3DTranspose", 3),
}  # fmt: skip
EXTRAS = ("merge", "Merge", "TimeDistributedDense", *_OLD_CONVS, "Convolution1D", "CuDNNLSTM",
          "CuDNNGRU", "Input", "InputLayer")  # fmt: skip
_made: dict[tuple[str, str], Any] = {}


def special(engine: Engine, path: str) -> Any:
    """What stands at a path instead of the real thing; None for all but a few names."""
    last = path.rsplit(".", 1)[-1]
    key = (engine.dialect, last if path.startswith("layers") else path)
    if key in _made:
        return _made[key]
    made: Any = None
    if path == "merge.merge" or (path.startswith(("layers", "engine", "legacy", "models"))):
        if last == "merge" and path != "models.merge":
            made = _merge_function_and_module(engine)
        elif last == "Merge":
            made = _merge_layer(engine)
        elif last == "TimeDistributedDense":
            made = _time_distributed_dense(engine)
        elif last in _OLD_CONVS and not _is_base(engine, last):
            made = _old_conv(engine, *_OLD_CONVS[last])
    elif last == "clear_session":
        made = _forget_names
    elif path.startswith("backend."):
        made = _backend(engine, last)
    elif last in ("multi_gpu_model",):
        made = lambda model, *a, **k: model  # noqa: E731
    elif path in ("__version__",):
        made = engine.version
    if made is not None:
        _made[key] = made
    return made


def _is_base(engine: Engine, name: str) -> bool:
    return False


def _merge_function_and_module(engine: Engine) -> Any:
    """`keras.layers.merge` is a function in Keras 1 and a module of layers in Keras 2."""
    function = _merge(engine)
    layers = engine.module.layers
    for name in ("add", "concatenate", "multiply", "average", "maximum", "dot", "subtract", "Add",
                 "Concatenate", "Multiply", "Average", "Maximum", "Dot", "Subtract",
                 "minimum", "Minimum"):  # fmt: skip
        setattr(function, name, getattr(layers, name))
    function.Merge = _merge_layer(engine)  # type: ignore[attr-defined]
    function.merge = function  # type: ignore[attr-defined]
    return function


def _forget_names(*_: Any, **__: Any) -> None:
    """clear_session: names start anew; the scope that keeps weights out of memory stays."""
    naming.reset_uids()
    backend2.reset_uids()


class _Ordering:
    names: ClassVar = {"channels_first": "th", "channels_last": "tf"}


def _backend(engine: Engine, name: str) -> Any:
    config = engine.module.backend if engine is KERAS2 else engine.module.config
    if name == "set_image_dim_ordering":
        return lambda order: config.set_image_data_format(
            {"th": "channels_first", "tf": "channels_last"}.get(order, order)
        )
    if name == "image_dim_ordering":
        return lambda: _Ordering.names[config.image_data_format()]
    if name in ("set_session", "get_session", "_get_available_gpus", "tensorflow_backend",
                "clear_session_legacy", "manual_variable_initialization"):  # fmt: skip
        return Inert(f"backend.{name}")
    if name == "gradients":
        return lambda *a, **k: [Inert("gradient")]
    if name == "function":
        return lambda *a, **k: Inert("function")
    if name == "backend":
        return lambda: "tensorflow"
    if name == "_BACKEND":
        return "tensorflow"
    return None


def is_sequential(value: Any) -> bool:
    """Whether a value is a Sequential model, of either engine."""
    return isinstance(value, SEQUENTIALS)
