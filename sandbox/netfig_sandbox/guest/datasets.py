"""Data sets by name, image folders and generators: their documented shapes without their values.

    keras.datasets.*          blank arrays            tfds.load                tf.data of zeros
    flow_from_directory …     Flow                    image_dataset_from_…     tf.data of zeros
It must not know layers; what it gives tells shapes through `netfig_spec` or `element_spec`.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import tensorflow as tf

from netfig_sandbox.guest.arrays import blank, is_blank, large
from netfig_sandbox.guest.engines import ENGINES, flatten
from netfig_sandbox.guest.inert import Guess, Inert, is_inert
from netfig_sandbox.guest.network import Spec

IMAGES = {
    "mnist": ((60000, 28, 28), 10000, 9, False),
    "fashion_mnist": ((60000, 28, 28), 10000, 9, False),
    "cifar10": ((50000, 32, 32, 3), 10000, 9, True),
    "cifar100": ((50000, 32, 32, 3), 10000, 99, True),
}
"""keras.datasets of images: shape of the training part, rows of the test part, last class, whether
labels are a column."""
TABLES = {"boston_housing": (404, 102, 13), "california_housing": (16512, 4128, 8)}
TEXTS = {"imdb": (1, 88584), "reuters": (45, 30979)}
"""keras.datasets of texts: last class, words in the index."""

TFDS: dict[str, tuple[tuple[int | None, ...], str, int]] = {
    "mnist": ((28, 28, 1), "uint8", 10), "fashion_mnist": ((28, 28, 1), "uint8", 10),
    "kmnist": ((28, 28, 1), "uint8", 10), "emnist": ((28, 28, 1), "uint8", 62),
    "cifar10": ((32, 32, 3), "uint8", 10), "cifar100": ((32, 32, 3), "uint8", 100),
    "cats_vs_dogs": ((None, None, 3), "uint8", 2), "svhn_cropped": ((32, 32, 3), "uint8", 10),
    "horses_or_humans": ((300, 300, 3), "uint8", 2), "beans": ((500, 500, 3), "uint8", 3),
    "rock_paper_scissors": ((300, 300, 3), "uint8", 3), "tf_flowers": ((None, None, 3), "uint8", 5),
    "celeb_a": ((218, 178, 3), "uint8", 2), "oxford_flowers102": ((None, None, 3), "uint8", 102),
    "stanford_dogs": ((None, None, 3), "uint8", 120), "imdb_reviews": ((), "string", 2),
    "malaria": ((None, None, 3), "uint8", 2), "eurosat": ((64, 64, 3), "uint8", 10),
}  # fmt: skip


class Words(dict[str, int]):
    """A word index that claims its documented size."""

    claimed = 0

    def __len__(self) -> int:
        return self.claimed

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key, default)


def words(size: int) -> Words:
    """A word index of that size: the commonest words, and room for the rest."""
    frequent = ("the", "and", "a", "of", "to", "is", "in", "it")
    index = Words({word: i for i, word in enumerate(frequent, 1)})
    index.claimed = size
    return index


def keras_dataset(name: str) -> Any:
    """What stands for the module keras.datasets.NAME; None for an unknown name."""
    if name in IMAGES:
        shape, test, top, column = IMAGES[name]

        def load_images(*_: Any, **__: Any) -> Any:
            def part(rows: int) -> Any:
                labels = (rows, 1) if column else (rows,)
                return blank((rows, *shape[1:]), "uint8", 255), blank(labels, "uint8", top)

            return part(shape[0]), part(test)

        return Inert(f"datasets.{name}", load_data=load_images)
    if name in TABLES:
        rows, test, columns = TABLES[name]

        def load_table(*_: Any, **__: Any) -> Any:
            return (
                (blank((rows, columns), "float64"), blank((rows,), "float64")),
                (blank((test, columns), "float64"), blank((test,), "float64")),
            )

        return Inert(f"datasets.{name}", load_data=load_table)
    if name in TEXTS:
        top, size = TEXTS[name]

        def load_texts(*_: Any, **__: Any) -> Any:
            def part() -> Any:
                texts: Any = np.empty(40, dtype=object)
                for i in range(40):
                    texts[i] = [1, 2, 3, 4 + i % 5]
                return texts, blank((40,), "int64", top)

            return part(), part()

        return Inert(
            f"datasets.{name}", load_data=load_texts,
            get_word_index=lambda *a, **k: words(size),
            get_label_names=lambda: [str(i) for i in range(top + 1)],
        )  # fmt: skip
    return None


def _zeros(spec: Any) -> Any:
    def one(s: Spec) -> Any:
        if s.dtype == "string":
            return tf.constant("a sample text", shape=[d or 1 for d in s.shape] or [])
        return tf.zeros([d or 8 for d in s.shape], s.dtype)

    return _structure(spec, one)


def _structure(value: Any, change: Any) -> Any:
    if isinstance(value, Spec):
        return change(value)
    if isinstance(value, dict):
        return {k: _structure(v, change) for k, v in value.items()}
    return tuple(_structure(v, change) for v in value)


def dataset(spec: Any, count: int = 2) -> Any:
    """A tf.data.Dataset of `count` elements of zeros, of that structure of Specs."""

    def generate() -> Iterator[Any]:
        for _ in range(count):
            yield _zeros(spec)

    signature = _structure(spec, lambda s: tf.TensorSpec(s.shape, s.dtype))
    made = tf.data.Dataset.from_generator(generate, output_signature=signature)
    return made.apply(tf.data.experimental.assert_cardinality(count))


def tfds_load(name: Any = "", *args: Any, split: Any = None, **kwargs: Any) -> Any:
    """tensorflow_datasets.load."""
    if split is None and args:
        split = args[0]
    key = str(name).split("/")[0].split(":")[0]
    shape, dtype, classes = TFDS.get(key, ((None, None, 3), "uint8", 10))
    label = Spec((), "int64")
    if kwargs.get("as_supervised"):
        spec: Any = (Spec(shape, dtype), label)
    else:
        spec = {"text" if dtype == "string" else "image": Spec(shape, dtype), "label": label}

    def parts(wanted: Any) -> Any:
        if wanted is None:
            return Parts({"train": dataset(spec), "test": dataset(spec)}, spec)
        if isinstance(wanted, list | tuple):
            return type(wanted)(parts(w) for w in wanted)
        return dataset(spec)

    found = parts(split)
    if kwargs.get("with_info"):
        feature = Inert("feature", num_classes=classes, shape=shape,
                        names=[f"class_{i}" for i in range(classes)])  # fmt: skip
        info = Inert("info", features={"label": feature, "image": Inert("image", shape=shape)})
        return found, info
    return found


class Parts(dict[str, Any]):
    """The splits of a data set: any name gives one."""

    def __init__(self, parts: dict[str, Any], spec: Any) -> None:
        super().__init__(parts)
        self.spec = spec

    def __missing__(self, key: str) -> Any:
        return dataset(self.spec)


class Flow(Inert):
    """An iterator over images of a folder: its batches are blank, its classes a guess."""

    def __init__(self, spec: Any, labels: Any, classes: int) -> None:
        names = {f"class_{i}": i for i in range(classes)}
        super().__init__(
            "flow", netfig_spec=spec, num_classes=Guess(classes), class_indices=names, samples=100,
            n=100, nb_sample=100, batch_size=32, classes=np.zeros(100, "int32"), nb_class=classes,
            filenames=["absent_0.jpg"], image_shape=spec.shape[1:], target_size=spec.shape[1:3],
        )  # fmt: skip
        self._kept["labels"] = labels

    def _batch(self) -> Any:
        images = blank((8, *self._kept["netfig_spec"].shape[1:]), "float32", 1)
        labels = self._kept["labels"]
        return images if labels is None else (images, blank((8, *labels), "float32"))

    def __next__(self) -> Any:
        return self._batch()

    def next(self) -> Any:
        return self._batch()

    def __getitem__(self, key: Any) -> Any:
        return self._batch()

    def __iter__(self) -> Iterator[Any]:
        return iter([self._batch(), self._batch()])

    def __len__(self) -> int:
        return 4


def _flow_from(self: Any, *args: Any, **kwargs: Any) -> Flow:
    """flow_from_directory and flow_from_dataframe."""
    names = ("target_size", "color_mode", "classes", "class_mode")
    passed = [a for a in args if not isinstance(a, str) or a in _MODES]
    given = dict(zip(names, passed, strict=False))
    given.update(kwargs)
    size = given.get("target_size") or (256, 256)
    channels = {"grayscale": 1, "rgba": 4}.get(given.get("color_mode", "rgb"), 3)
    classes = given.get("classes")
    mode = given.get("class_mode", "categorical")
    count = len(classes) if isinstance(classes, list | tuple) else 2 if mode == "binary" else 10
    labels = {"categorical": (count,), "binary": (), "sparse": ()}.get(mode)
    return Flow(Spec((None, *(int(s) for s in size), channels)), labels, count)


_MODES = {"categorical", "binary", "sparse", "input", "rgb", "grayscale", "rgba"}


def _flow(self: Any, x: Any = None, y: Any = None, *args: Any, **kwargs: Any) -> Any:
    first = x[0] if isinstance(x, tuple) and x else x
    shape = tuple(getattr(first, "shape", ()) or ())
    if is_inert(first) or len(shape) != 4:
        return Flow(Spec((None, 224, 224, 3)), (10,), 10)
    labels = tuple(np.shape(y))[1:] if y is not None and not is_inert(y) else None
    return Flow(Spec((None, *(int(s) for s in shape[1:]))), labels, 10)


def _image_dataset(directory: Any = None, *args: Any, **kwargs: Any) -> Any:
    """image_dataset_from_directory."""
    size = kwargs.get("image_size") or (256, 256)
    channels = {"grayscale": 1, "rgba": 4}.get(kwargs.get("color_mode", "rgb"), 3)
    names = kwargs.get("class_names") or [f"class_{i}" for i in range(10)]
    image = Spec((None, *(int(s) for s in size), channels))
    mode = kwargs.get("label_mode", "int")
    label = {"int": Spec((None,), "int32"), "binary": Spec((None, 1)),
             "categorical": Spec((None, len(names)))}.get(mode)  # fmt: skip
    labelled = mode is not None and kwargs.get("labels", "inferred") is not None

    def one() -> Any:
        made = dataset((image, label)) if labelled and label is not None else dataset(image)
        made.class_names = list(names)
        return made

    return (one(), one()) if kwargs.get("subset") == "both" else one()


def _windows(data: Any = None, targets: Any = None, sequence_length: Any = 10, *_: Any,
             **__: Any) -> Any:  # fmt: skip
    """timeseries_dataset_from_array."""
    shape = tuple(getattr(data, "shape", ()) or ())[1:]
    if is_inert(data) or not shape:
        shape = (Guess(10),)
    window = Spec((None, int(sequence_length), *(int(s) for s in shape)))
    return dataset(window if targets is None else (window, Spec((None,))))


def _text_dataset(*_: Any, **kwargs: Any) -> Any:
    made = dataset((Spec((None,), "string"), Spec((None,), "int32")))
    made.class_names = ["class_0", "class_1"]
    return made


def _image(*args: Any, **kwargs: Any) -> Any:
    """load_img: an array where the size is known."""
    size = kwargs.get("target_size") or (args[2] if len(args) > 2 else None) or (224, 224)
    grey = kwargs.get("color_mode") == "grayscale" or kwargs.get("grayscale")
    return blank((int(size[0]), int(size[1]), 1 if grey else 3), "float32", 255)


def _image_array(image: Any, *_: Any, **__: Any) -> Any:
    return _image() if is_inert(image) or not hasattr(image, "shape") else image.astype("float32")


TOKENS = 100
"""Length of texts that are not here."""


def _padded(sequences: Any, maxlen: Any = None, *args: Any, **kwargs: Any) -> Any:
    """pad_sequences."""
    try:
        rows = len(sequences)
    except TypeError:
        rows = 40
    known = type(sequences) is list and all(
        type(s) is list and not any(is_inert(v) for v in s[:1]) for s in sequences
    )
    guessed = maxlen is None and not known
    if guessed and type(sequences) is list and any(type(s) is list for s in sequences):
        maxlen = Guess(TOKENS)
    if maxlen is None:
        try:
            maxlen = max((len(s) for s in sequences), default=10)
        except TypeError:
            maxlen = Guess(10)
    made = blank((rows, int(maxlen)), "int32")
    return made.unsure(maxlen) if guessed or isinstance(maxlen, Guess) else made


_done = False


def install() -> None:
    """Puts the stand-ins into both Kerases and into tf.data."""
    global _done
    if _done:
        return
    _done = True
    for engine in ENGINES:
        module = engine.module
        for name in (*IMAGES, *TABLES, *TEXTS):
            setattr(module.datasets, name, keras_dataset(name))
        for owner in (module.utils, getattr(module, "preprocessing", None)):
            for name, made in _FUNCTIONS.items():
                if owner is not None:
                    setattr(owner, name, made)
        preprocessing = getattr(module, "preprocessing", None)
        for place, names in _PLACES.items():
            part = getattr(preprocessing, place, None)
            if part is not None:
                for name in names:
                    setattr(part, name, _FUNCTIONS[name])
    from keras.src.legacy.preprocessing.image import ImageDataGenerator as Generator3
    from tf_keras.src.preprocessing.image import ImageDataGenerator as Generator2

    for generator in (Generator2, Generator3):
        generator.flow_from_directory = _flow_from
        generator.flow_from_dataframe = _flow_from
        generator.flow = _flow
        generator.fit = lambda *a, **k: None
        _any_argument(generator)
    _small_tensors()


def _any_argument(cls: Any) -> None:
    original = cls.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        try:
            original(self, *args, **kwargs)
        except Exception:
            original(self)

    cls.__init__ = init


_FUNCTIONS = {
    "image_dataset_from_directory": _image_dataset, "text_dataset_from_directory": _text_dataset,
    "timeseries_dataset_from_array": _windows,
    "get_file": lambda *a, **k: "absent", "load_img": _image, "img_to_array": _image_array,
    "pad_sequences": _padded, "save_img": lambda *a, **k: None,
}  # fmt: skip
_PLACES = {"image": ("load_img", "img_to_array", "save_img"), "sequence": ("pad_sequences",)}


def _small_tensors() -> None:
    """Blank and large arrays enter tf.data by their first rows alone."""
    for name in ("from_tensor_slices", "from_tensors"):
        original = getattr(tf.data.Dataset, name)

        def small(value: Any, *args: Any, _original: Any = original, **kwargs: Any) -> Any:
            return _original(_first_rows(value), *args, **kwargs)

        setattr(tf.data.Dataset, name, staticmethod(small))
    plain = tf.convert_to_tensor

    def converted(value: Any, *args: Any, **kwargs: Any) -> Any:
        return plain(_first_rows(value), *args, **kwargs)

    tf.convert_to_tensor = converted
    constant = tf.constant
    tf.constant = lambda value, *a, **k: constant(_first_rows(value), *a, **k)


FIRST = 64


def _first_rows(value: Any, cut: bool | None = None) -> Any:
    """A structure of arrays, all cut to the same few rows where one of them is blank and large."""
    if cut is None:
        cut = any(is_blank(leaf) and large(leaf.shape) for leaf in flatten(value))
        if not cut and not any(is_blank(leaf) or is_inert(leaf) for leaf in flatten(value)):
            return value
    if isinstance(value, np.ndarray):
        rows = value[:FIRST] if cut and value.ndim else value
        return np.zeros(rows.shape, rows.dtype) if is_blank(rows) else rows
    if type(value) in (tuple, list) and any(not np.isscalar(v) for v in value):
        return type(value)(_first_rows(v, cut) for v in value)
    if isinstance(value, dict):
        return {k: _first_rows(v, cut) for k, v in value.items()}
    if is_inert(value):
        return np.zeros((10,), "float32")
    return value
