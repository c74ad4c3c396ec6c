"""What is drawn where a layer's package is not here: a box with its name and nothing inside.

A stand-in that is applied to a tensor of the network becomes a layer of its own class, whose
output shape comes from the table, else is taken to be its first input's; the user is told so.
"""

import math
import re
from typing import Any

import tensorflow as tf

from netfig_sandbox.guest.engines import KERAS2, KERAS3, LAYERS, TENSORS, Engine, flatten
from netfig_sandbox.guest.inert import Guess, Inert, InertBase
from netfig_sandbox.guest.network import Spec, spec_of
from netfig_sandbox.guest.record import CURRENT

Shape = tuple[int | None, ...]

NEVER = (
    "print", "logging", "wandb", "mlflow", "matplotlib", "pylab", "seaborn", "IPython", "plt",
    "tqdm", "pandas", "sklearn", "plotly", "pydot", "display", "tensorboard", "graphviz",
)  # fmt: skip
"""Packages that look at tensors and never make a layer."""

TRANSFORMER = re.compile(r"Bert|BERT|Roberta|XLNet|XLM|Electra|Deberta|GPT|ViT|Swin|T5|Longformer"
                         r"|AutoModel|CamemBert|Flaubert|bert")  # fmt: skip
_SAME = re.compile(r"Norm|norm|Dropout|Drop|Activation|Swish|Mish|GELU|ReLU|Noise|Mask|Scale")
_UNITS = ("units", "filters", "output_dim", "num_capsule", "nb_filter", "channels")
_HIDDEN = 768
_PICTURE = 1280


class Given(tuple[Any, ...]):
    """What a transformer gives: (hidden states, pooled), also by name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[1] if name.startswith(("pool", "logits", "text_emb", "image_emb")) else self[0]

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return self[1] if key.startswith("pool") else self[0]
        if isinstance(key, int) and key >= 2:
            return (super().__getitem__(0),) * 13
        return super().__getitem__(key)


class _Opaque:
    """What the boxes of both Kerases share: see `box`."""

    netfig_opaque = True


def _rule(made: tuple[Any, Any], name: str, inputs: list[Spec]) -> tuple[list[Shape], bool]:
    """Shapes of the outputs, and whether they are known rather than taken for granted."""
    args, kwargs = made
    first = inputs[0].shape if inputs else (None, 10)
    given = kwargs.get("output_shape")
    if isinstance(given, list | tuple):
        return [(None, *(int(s) for s in given))], not kwargs.get("taken")
    inner = next((a for a in (*args, kwargs.get("layer")) if isinstance(a, LAYERS)), None)
    if inner is not None:
        return [_inner_shape(inner, first)], True
    tokens = bool(inputs) and inputs[0].dtype.startswith(("int", "uint", "string"))
    if TRANSFORMER.search(name) or (tokens and _said(args, "bert")):
        width = _width(args) or _HIDDEN
        steps = first[1] if len(first) == 2 and tokens else 197 if len(first) == 4 else None
        pooled = (first[0] if first else None, width)
        if "Classification" in name:
            return [(pooled[0], int(kwargs.get("num_labels", 2)))], False
        return [(pooled[0], steps, width), pooled], False
    if name == "KerasLayer" or _said(args, "tfhub"):
        if len(first) >= 4:
            return [(first[0], _PICTURE)], False
        return [(first[0] if first else None, _width(args) or 512)], _width(args) is not None
    if _SAME.search(name) or not first:
        return [first], True
    if "Flatten" in name or ("Pooling" in name and "Global" in name):
        return [(first[0], first[-1])], False
    units = next((kwargs[k] for k in _UNITS if k in kwargs), args[0] if args else None)
    if name[:1].isupper() and type(units) in (int, Guess) and units:
        return [_sized(name, kwargs, first, int(units))], False
    if tokens and len(first) == 2:
        return [(*first, _HIDDEN)], False
    return [first], False


def _sized(name: str, kwargs: Any, first: Shape, units: int) -> Shape:
    """The last axis becomes the units; those of space shrink by the strides where given."""
    stride = kwargs.get("strides", kwargs.get("stride", 1))
    step = stride if isinstance(stride, int) else stride[0] if isinstance(stride, tuple) else 1
    middle = [s if s is None else math.ceil(s / step) for s in first[1:-1]]
    if re.search(r"LSTM|GRU|RNN", name) and not kwargs.get("return_sequences"):
        return (first[0], units)
    return (first[0], *middle, units)


def _said(args: Any, word: str) -> bool:
    return any(isinstance(a, str) and word in a for a in args)


def _width(args: Any) -> int | None:
    """What the address of a published model says of its width."""
    for address in (a for a in args if isinstance(a, str)):
        found = re.search(r"dim-?(\d+)|(\d+)dim|_H-(\d+)|-h-(\d+)", address)
        if found:
            return int(next(g for g in found.groups() if g))
        if "universal-sentence" in address:
            return 512
    return None


def _inner_shape(inner: Any, shape: Shape) -> Shape:
    found = inner.compute_output_shape(tuple(shape))
    if isinstance(found, list | tuple) and found and isinstance(found[0], list | tuple):
        found = found[0]
    return tuple(None if s is None else int(s) for s in found)


class _Box3(_Opaque, KERAS3.layer):  # type: ignore[misc,name-defined]
    def __init__(self, made: tuple[Any, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _adopt(self, made)

    def build(self, *_: Any, **__: Any) -> None:
        self.built = True

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        return _one([KERAS3.tensor(s, "float32") for s in _shapes(self, (args, kwargs))])

    def call(self, *args: Any, **kwargs: Any) -> Any:
        return _one([_placeholder(s) for s in _shapes(self, (args, kwargs))])


class _Box2(_Opaque, KERAS2.layer):  # type: ignore[misc,name-defined]
    def __init__(self, made: tuple[Any, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _adopt(self, made)

    def call(self, *args: Any, **kwargs: Any) -> Any:
        return _one([_placeholder(s) for s in _shapes(self, (args, kwargs))])


def _one(outputs: list[Any]) -> Any:
    return outputs[0] if len(outputs) == 1 else tuple(outputs)


def _adopt(box: Any, made: tuple[Any, Any]) -> None:
    box.__dict__["_netfig_made"] = made
    inner = next((a for a in made[0] if isinstance(a, LAYERS)), None)
    if inner is not None:
        box.layer = inner


def _placeholder(shape: Shape) -> Any:
    if tf.executing_eagerly():
        return tf.zeros([2 if s is None else s for s in shape])
    return tf.compat.v1.placeholder("float32", shape)


def _shapes(box: Any, given: Any) -> list[Shape]:
    inputs = [spec_of(t) for t in _tensors(given)]
    inner = box.__dict__.get("layer")
    if inner is not None and not inner.built and inputs:
        inner.build(tuple(inputs[0].shape))
    shapes, known = _rule(box.__dict__["_netfig_made"], type(box).__name__, inputs)
    record = CURRENT.record
    if record is not None:
        name = type(box).__name__
        message = f"What is inside `{name}` is not known here; it is drawn as a box"
        record.warn(
            "stand-in", f"{message}." if known else f"{message}, and its output shape is a guess.",
            record.provenance.user_line(2),
        )  # fmt: skip
    return shapes


def _tensors(value: Any) -> list[Any]:
    return [t for t in flatten(value) if is_symbolic(t)]


def is_symbolic(value: Any) -> bool:
    """True for a tensor of a network: of either Keras, or of the graph being traced."""
    if isinstance(value, TENSORS):
        return True
    if not isinstance(value, tf.Tensor) or hasattr(value, "numpy"):
        return False
    # What a tf.data pipeline does to its elements is no part of a network.
    return not value.graph.name.startswith("Dataset")


def title(name: str) -> str:
    """The class or function a stand-in's dotted name speaks of."""
    parts = [re.sub(r"\(\).*", "", p) for p in name.split(".")]
    classes = [p for p in parts if p[:1].isupper() and not p.isupper()] or [
        p for p in parts[1:] if p.isupper()
    ]
    word = (classes or [p for p in parts if p] or ["layer"])[-1]
    return re.sub(r"\W", "_", word) or "layer"


def box(engine: Engine, stand_in: Any) -> Any:
    """The layer a stand-in is drawn as; one stand-in that was made is one layer."""
    kept = stand_in.__dict__ if isinstance(stand_in, InertBase) else stand_in._kept
    known = kept.get("__box__")
    if known is not None and isinstance(known, engine.layer):
        return known
    made: tuple[Any, Any]
    if isinstance(stand_in, InertBase):
        name, made = type(stand_in).__name__, ((), {})
    else:
        name, made = title(stand_in._name), kept.get("__made__", ((), {}))
    base = _Box3 if engine is KERAS3 else _Box2
    module = "absent" if isinstance(stand_in, InertBase) else stand_in._name.split(".")[0]
    cls = type(name, (base,), {"__module__": module})
    options = {}
    shape = made[1].get("input_shape")
    if isinstance(shape, list | tuple):
        options["input_shape"] = tuple(shape)
    if isinstance(made[1].get("dtype"), str | tf.DType):
        options["dtype"] = made[1]["dtype"]
    if isinstance(made[1].get("name"), str):
        options["name"] = made[1]["name"]
    try:
        layer = cls(made, **options)
    except Exception:
        layer = cls(made)
    if isinstance(stand_in, InertBase) or "()" in stand_in._name:
        kept["__box__"] = layer
    return layer


def applied(engine: Engine, stand_in: Any, args: Any, kwargs: Any, wanted: int) -> Any:
    """What the box of a stand-in gives for tensors: `wanted` of them (0: as it likes)."""
    made = _as_model(engine, stand_in, args, kwargs)
    if made is not None:
        return made
    layer = box(engine, stand_in)
    tensors = _tensors((args, kwargs))
    outputs = layer(tensors[0] if len(tensors) == 1 else tensors)
    outputs = list(outputs) if isinstance(outputs, list | tuple) else [outputs]
    if wanted:
        return [outputs[min(i, len(outputs) - 1)] for i in range(wanted)]
    if len(outputs) > 1:
        return Given(outputs)
    return _indexable(outputs[0])


def _as_model(engine: Engine, stand_in: Any, args: Any, kwargs: Any) -> Any:
    """`SomeModel(inputs, outputs)` of an absent package is a model like any other."""
    name = title(getattr(stand_in, "_name", ""))
    if not name.endswith(("Model", "Network")) or "()" in getattr(stand_in, "_name", "()"):
        return None
    inputs = kwargs.get("inputs", args[0] if args else None)
    outputs = kwargs.get("outputs", args[1] if len(args) > 1 else None)
    if not _tensors(inputs) or not _tensors(outputs):
        return None
    try:
        return engine.model(inputs=inputs, outputs=outputs)
    except Exception:
        return None


class _AbsentTensor3(KERAS3.tensor):  # type: ignore[misc,name-defined]
    """The output of a box: its parts, however they are asked for, come from that box."""

    def __getitem__(self, key: Any) -> Any:
        return self if isinstance(key, int | str) else super().__getitem__(key)

    def __iter__(self) -> Any:
        return iter((self, self))


class _AbsentTensor2(KERAS2.tensor):  # type: ignore[misc,name-defined]
    """The same for Keras 2."""

    def __getitem__(self, key: Any) -> Any:
        return self if isinstance(key, int | str) else super().__getitem__(key)

    def __iter__(self) -> Any:
        return iter((self, self))


def _indexable(tensor: Any) -> Any:
    for plain, cls in ((KERAS3.tensor, _AbsentTensor3), (KERAS2.tensor, _AbsentTensor2)):
        if type(tensor) is plain:
            tensor.__class__ = cls
    return tensor


# A model of an absent package, asked for its ends: `base.input`, `base.output`.


def ends(engine: Engine, stand_in: Inert) -> tuple[Any, Any]:
    """The input and output tensors of a stand-in for a model."""
    kept = stand_in._kept
    if "__ends__" not in kept:
        args, kwargs = kept.get("__made__", ((), {}))
        entering = kwargs.get("input_tensor")
        shape = kwargs.get("input_shape")
        if not isinstance(entering, TENSORS):
            guessed = not isinstance(shape, list | tuple)
            sizes = (224, 224, 3) if guessed else tuple(shape)
            entering = engine.module.Input(tuple(Guess(s) for s in sizes) if guessed else sizes)
        layer = box(engine, stand_in)
        known = _ending(kwargs, spec_of(entering).shape)
        layer.__dict__["_netfig_made"] = (args, {"output_shape": known, "taken": True})
        leaving = layer(entering)
        kept["__ends__"] = entering, leaving
    entering, leaving = kept["__ends__"]
    return entering, leaving


def _ending(kwargs: dict[str, Any], entering: Shape) -> tuple[int, ...]:
    """The output shape of a network for images: classes, features, or a map of features."""
    if kwargs.get("include_top", True) is not False:
        classes = kwargs.get("classes", 1000)
        return (int(classes) if isinstance(classes, int) else 1000,)
    if isinstance(kwargs.get("pooling"), str):
        return (_PICTURE,)
    return (*(max(1, (s or 224) // 32) for s in entering[1:3]), _PICTURE)
