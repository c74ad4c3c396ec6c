"""What a name that nobody gave a value to probably meant: sizes, shapes, settings by their names.

Read by functions that a paste defines and never calls, and by names it uses and never makes. Every
number given is a Guess, so that what rests on it can be told to be guessed. It must not run
anything of the paste.
"""

import ast
import re
from typing import Any

from netfig_sandbox.guest.inert import SIZE, Guess, GuessedList, Inert, Sizes

_IMAGE = (224, 224, 3)
_SEQUENCE = (100, 64)
_VOLUME = (64, 64, 64, 1)
_FLAT = (784,)

BY_NAME: tuple[tuple[str, Any], ...] = (
    (r"n_?gpus?$|gpus$", 1),
    (r"num_layers|n_layers|depth_?(?!wise)|blocks|stages|repeat|num_stacks|nb_layers|stack_?num|"
     r"^l$|^n$|cardinality|n_?iters?|num_res|down_times", 2),
    (r"num_?heads|n_?heads|^heads$|nhead", 4),
    (r"^(vocab|max_features|num_words|n_words|max_words|max_nb_words|nb_words|n_vocab|num_tokens|"
     r"n_?tokens)|vocab|encoder_tokens|decoder_tokens|words$|_words", 10000),
    (r"max_?len|max_?sequence|seq_?len|sequence_length|time_?steps|n_steps|steps|window|look_?back|"
     r"maxlen|length|(?<!filter)(?<!kernel)_len$|n_in$|seq_?size|timestep|look_?ahead", 100),
    (r"class|n_?out|num_?labels?|n_?labels|nb_labels|output_?(dim|size|shape)?$|outputs?_n|"
     r"n_?actions?|num_?actions?|action_?(size|space|dim)|nb_?out|num_?tags|"
     r"n_tags|categories|num_?targets", 10),
    (r"state_?(size|dim|shape)|n_?states?|observation|obs_?dim|n_?features?|num_?features?|"
     r"n_?inputs?|input_?(dim|n)|features?$|num_?inputs|in_?dim|n_?cols|num_?cols", 10),
    (r"height|width|rows|cols|columns|image_?size|img_?size|im_?size|resolution|^size$|^h$|^w$|"
     r"image_?dim|img_?dim|patch_?dim|crop_?size|^s$", 224),
    (r"patch_?size", 16),
    (r"channels?$|^c$|depth$|n_?channels|bands", 3),
    (r"kernel|^k$|filter_?(size|length|width)|ksize", 3),
    (r"stride|dilation|pool_?size|^pool$|up_?scale|scale_?factor|^scale$|factor|^r$|reduction", 2),
    (r"rate|drop|momentum|alpha|beta|epsilon|decay|gamma|^lr$|^l2$|^l1$|reg|lambda|prob|"
     r"temperature|margin|tau|clip|weight", 0.1),
    (r"filters?|units|neurons|embed|latent|hidden|dim$|dims?_|_dim|nodes|width_mult|d_model|dff|"
     r"^ff|mlp|n_?kernels|lstm|gru|rnn|z_?size|noise|encoding|num_?hidden|channel|feature_?maps",
     64),
    (r"batch", 32), (r"epoch", 1),
    (r"^num|^n_|^nb_|^no_of|count|size", 2),
)  # fmt: skip
"""Pattern of a name -> the number that stands for it; the first that is found counts."""

_WORDS: tuple[tuple[str, str], ...] = (
    (r"(?<!re)activation|^act$|nonlinearity", "relu"),
    (r"optimizer|^opt(im)?$", "adam"),
    (r"loss", "mse"),
    (r"padding", "same"),
    (r"init(ializer)?$", "glorot_uniform"),
    (r"^(layer_|block_|model_|base_)?name(_base)?$|prefix|suffix|scope|label_?name|block$|^stage$",
     "block"),
    (r"data_?format", "channels_last"),
    (r"path|file|dir(ectory)?$|url|^weights?$", "absent"),
)  # fmt: skip
_FLAGS = re.compile(
    r"^(is_|use_|has_|with_|do_|include_|return_|verbose|trainable|training|debug|summary|plot|"
    r"pretrained|batch_?norm$|bn$|bias$|apply_)|norm$"
)
_NOTHING = re.compile(r"^(mask|masks|kwargs|args|callback|seed|weights?(_path|_file)?|.*_weights|"
                      r"regularizer|.*_regularizer|.*constraint)$")  # fmt: skip
_SHAPES = re.compile(
    r"shape|input_?size$|img_?size_target|input_?dims?$|image_?dims$|^dims?$|img_?dims$|"
    r"target_?size$|size_?(tuple)$"
)
_LISTS = re.compile(r"(filters|units|layers|sizes|neurons|nodes|hidden|dims|kernels|"
                    r"strides|filter_num\w*|rates|channels|depths|blocks|"
                    r"repetitions|anchors)$")  # fmt: skip
_SETTINGS = re.compile(r"^(config|cfg|conf|params?|parameters|hparams|hyper_?params|hps?|args|"
                       r"opts?|options|settings|flags|FLAGS|C|self_config|arguments|kwargs|Config|"
                       r"configuration|ARGS|CONFIG|CFG|PARAMS|P)$")  # fmt: skip
TENSORS = re.compile(
    r"^(x|xs|x_?in|inputs?|input_?(tensor|layer|img|image|data|feature|features|seq|sequence)s?|"
    r"tensors?|inp|inpt|net|ip|prev(ious)?(_layer|_block)?|incoming|layer_?in|_?input_?|X|in_?layer|"
    r"x_?input|input_?x|img_input|feature_?maps?|features|y|last_?layer|layer_?input|init|"
    r"conv_?in|skip|shortcut|residual|tensor_?in|skip_\w+|embedded\w*|x\d|down_?layer|layer)$"
)
"""Parameters that are meant to be given a tensor of the network."""
MODELS = re.compile(
    r"^(?!build)(\w*(generator|discriminator|encoder|decoder|critic|base_?model|backbone|base_?net\w*|"
    r"bert_?(layer|model)?|classifier|teacher|student|feature_?extractor|embedding_?model|"
    r"pretrained_?model|core_?model|transformer|encoder_?model))$|^(model|net|network|g|d)$"
)
"""Parameters that are meant to be given a model."""


def size_of(name: str) -> int:
    """The number the last word of a stand-in's name speaks of; SIZE where it speaks of none."""
    word = re.sub(r"\(\)", "", name).rsplit(".", 1)[-1].lower()
    for pattern, value in BY_NAME:
        if re.search(pattern, word):
            return value if isinstance(value, int) else SIZE
    return SIZE


Sizes.of = staticmethod(size_of)


def shape_for(text: str) -> tuple[int, ...]:
    """The input shape that a network with these layers in its text is likely to take."""
    first = re.search(
        r"\b(ConvLSTM\w*|Conv(?:olution)?3D|MaxPool\w*3D|(?:Separable|Depthwise)?Conv(?:olution)?2D"
        r"|MaxPool\w*2D|conv2d|LSTM|GRU|SimpleRNN|Conv(?:olution)?1D|Bidirectional|"
        r"MultiHeadAttention|applications|VGG\w*|ResNet\w*|MobileNet\w*|Inception\w*|Xception|"
        r"DenseNet\w*|EfficientNet\w*|Dense|Embedding)\b", text,
    )  # fmt: skip
    kind = first.group(1) if first else ""
    if kind.startswith("ConvLSTM"):
        return (10, 64, 64, 1)
    if "3D" in kind:
        return _VOLUME
    if kind in ("LSTM", "GRU", "SimpleRNN", "Bidirectional", "MultiHeadAttention") or "1D" in kind:
        return _SEQUENCE
    if kind == "Embedding":
        return (100,)
    if kind == "Dense":
        return _FLAT if not re.search(r"\bFlatten\b", text) else (28, 28)
    return _IMAGE


class Settings(Inert):
    """A configuration that is not here: each name in it is guessed by its own name."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name)
        object.__setattr__(self, "_text", text)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            return super().__getattr__(name)
        kept = self._kept
        if name not in kept:
            tuner = _TUNER.get(name)
            if tuner is not None:
                return tuner
            if name in ("get", "pop", "setdefault"):
                return lambda key, default=None: self[key] if default is None else default
            if name in ("copy", "update", "items", "keys", "values"):
                return super().__getattr__(name)
            kept[name] = guess(name, self._text)
        return kept[name]

    def __getitem__(self, key: Any) -> Any:
        return getattr(self, key) if isinstance(key, str) else Inert(self._name)


_TUNER: dict[str, Any] = {
    "Int": lambda name, min_value=1, max_value=None, step=None, default=None, **_: (
        default if default is not None else min_value
    ),
    "Float": lambda name, min_value=0.1, max_value=None, default=None, **_: (
        default if default is not None else min_value
    ),
    "Choice": lambda name, values=(1,), default=None, **_: (
        default if default is not None else next(iter(values))
    ),
    "Boolean": lambda name="", default=False, **_: default,
    "Fixed": lambda name, value=None, **_: value,
    "suggest_int": lambda name, low=1, high=None, **_: low,
    "suggest_float": lambda name, low=0.1, high=None, **_: low,
    "suggest_uniform": lambda name, low=0.1, high=None, **_: low,
    "suggest_loguniform": lambda name, low=0.1, high=None, **_: low,
    "suggest_categorical": lambda name, choices=(1,), **_: next(iter(choices)),
}
"""Methods of a tuner's hyperparameters: the first value it would try."""


def guess(name: str, text: str = "") -> Any:
    """A value for a name; an Inert where the name says nothing. `text` is where it is used."""
    low = name.lower().lstrip("_")
    if low in ("hp", "trial") or _SETTINGS.match(name):
        return Settings(name, text)
    if _NOTHING.match(low):
        return None
    if _SHAPES.search(low) and not low.startswith(("num", "n_")):
        return tuple(Guess(s) for s in shape_for(text))
    if _FLAGS.search(low):
        return False
    for pattern, word in _WORDS:
        if re.search(pattern, low):
            return word
    for pattern, value in BY_NAME:
        if re.search(pattern, low):
            if isinstance(value, float):
                return value
            if _LISTS.search(low) and not low.startswith(("num", "n_", "nb_")):
                return GuessedList(value)
            return Guess(value)
    return None if low in ("none",) else Inert(name)


def compared(function: ast.AST, parameter: str) -> str | None:
    """A word a function compares a parameter with: `mode == "train"`, `kind in ("a", "b")`."""
    for part in ast.walk(function):
        if not (isinstance(part, ast.Compare) and isinstance(part.left, ast.Name)):
            continue
        if part.left.id != parameter or not isinstance(part.ops[0], ast.Eq | ast.In):
            continue
        right = part.comparators[0]
        if isinstance(right, ast.List | ast.Tuple | ast.Set) and right.elts:
            right = right.elts[0]
        if isinstance(right, ast.Constant) and isinstance(right.value, str):
            return right.value
    return None
