"""When two layers, and two blocks of layers, count as alike.

A layer becomes a symbol: what of it must be equal at a match level. A block becomes the tuple of
its symbols, each with where its inputs come from inside the block; two blocks are alike when the
tuples are equal, which is compared in full, never by hash alone.
"""

from collections.abc import Hashable, Sequence
from hashlib import blake2b

from netfig.grouping.fusing import is_padding, names_in
from netfig.grouping.order import Wiring
from netfig.model.graph import Layer, Setting
from netfig.model.spec import Match

IDENTITY = frozenset({"name", "trainable", "dtype", "seed", "batch_shape", "input_shape"})
"""Settings that say which layer it is, or how it is trained, not what it does."""

SCALE = names_in(
    "filters units strides padding target_shape dims num_heads key_dim value_dim rate groups"
    " depth_multiplier input_dim output_dim num_groups noise_shape input_length momentum epsilon"
    " size_factor dilation_rate projection_dim output_shape height width n"
)
"""Settings that follow from channel counts and extents, or (rates, dilations) change with depth."""

Symbol = Hashable
Form = tuple[tuple[int, tuple[int, ...]], ...]


def symbol(layer: Layer, match: Match) -> Symbol:
    """What must be equal for two layers to be alike at this match level."""
    if match == "type":
        return layer.type
    dropped = IDENTITY | SCALE if match == "scale" else IDENTITY
    wide = _channels(layer) if match == "scale" else frozenset()
    settings = tuple(
        (key, repr(value))
        for key, value in sorted(layer.config.items())
        if key not in dropped and not _counts(value, wide)
    )
    if match != "shapes":
        return (layer.type, settings)
    return (layer.type, settings, tuple(t.shape for t in layer.outputs))


def _channels(layer: Layer) -> frozenset[int]:
    """Channels in and out of a layer that is not Keras's own, whose settings nobody has listed."""
    if layer.module.startswith(("keras.layers", "keras.src.layers")):
        return frozenset()
    sizes = (tensor.size("channels") for tensor in (*layer.inputs, *layer.outputs))
    return frozenset(size for size in sizes if size is not None and size > 1)


def _counts(value: Setting, channels: frozenset[int]) -> bool:
    """Whether a setting follows from channel counts: is one of them, or a multiple of one."""
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        return False
    return any(value % size == 0 for size in channels)


class Likeness:
    """Symbols and forms of one graph at one match level."""

    def __init__(self, layers: Sequence[Layer], wires: Wiring, match: Match) -> None:
        self.match = match
        self._wires = wires
        # Padding is extent, so "scale" and "type" look through it.
        loose = match in ("scale", "type")
        self._skipped = [loose and is_padding(layer) for layer in layers]
        numbers: dict[Symbol, int] = {}
        self.symbols = [numbers.setdefault(symbol(layer, match), len(numbers)) for layer in layers]
        self._names: dict[Form, str] = {}
        self.texts = [repr(s) for s in numbers]

    def form(self, members: Sequence[int]) -> Form:
        """The form of a block: `members` are positions in line order."""
        place: dict[int, int] = {}
        outside: dict[int, int] = {}
        form: list[tuple[int, tuple[int, ...]]] = []
        for i in members:
            if self._skipped[i]:
                continue
            sources: list[int] = []
            for source in self._wires.before[i]:
                while self._skipped[source] and self._wires.before[source]:
                    source = self._wires.before[source][0]
                if source in place:
                    sources.append(place[source])
                else:
                    sources.append(-1 - outside.setdefault(source, len(outside)))
            place[i] = len(place)
            form.append((self.symbols[i], tuple(sources)))
        return tuple(form)

    def stable(self, form: Form) -> str:
        """Eight hexadecimal digits that name a form in any run (symbols spelt out)."""
        name = self._names.get(form)
        if name is None:
            spelt = [(self.texts[s], sources) for s, sources in form]
            name = blake2b(repr(spelt).encode(), digest_size=4).hexdigest()
            self._names[form] = name
        return name
