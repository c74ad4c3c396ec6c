"""What kinds of blocks are called: the author's word, else what they are made of.

Kinds that share a word are told apart by what differs between them, in words of the structure.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from netfig.grouping import fusing
from netfig.grouping.order import Wiring
from netfig.model.graph import Layer

SAYS_NOTHING = fusing.names_in(
    "apply block build call create f fn forward func function get group layer layers make model"
    " module net network unit x"
)


def words(name: str) -> str:
    """An identifier as words: `_ResidualBlock_v1` gives "residual block", `stage_0_cell_2` "cell".

    Versions and numbers are left out, and with a number all that stands before an inner one.
    """
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().rpartition("/")[2]
    name = re.sub(r"(_fn|_v\d+)+$", "", name.strip("_"))
    parts = [re.sub(r"(?<=[a-z])\d+[a-z]?$", "#", w) for w in name.split("_") if w]
    parts = [p for w in parts for p in (re.sub(r"^\d+[a-z]?$", "#", w),)]
    while parts and parts[-1] == "#":
        parts.pop()
    last = max((n for n, w in enumerate(parts[:-1]) if w.endswith("#")), default=-1)
    kept = [w.rstrip("#") for w in parts[last + 1 :]]
    return " ".join(w for w in kept if w)


class Namer:
    """Names the kinds of one network."""

    def __init__(self, layers: Sequence[Layer], wires: Wiring) -> None:
        self.layers, self.wires = layers, wires

    def word(self, label: str, members: Sequence[int], stage: bool) -> str:
        """The author's word where it says something, else one for what the block is made of."""
        said = words(label)
        if said and said not in SAYS_NOTHING:
            return said
        return "stage" if stage else self._made_of(members)

    def _made_of(self, members: Sequence[int]) -> str:
        types = Counter(self.layers[i].type for i in members)
        last = next(
            (
                self.layers[i].type
                for i in reversed(members)
                if self.layers[i].type in fusing.MERGES
            ),
            "",
        )
        ends = [t for t in (self.layers[members[0]].type, self._drawn_last(members)) if t]

        def has(*parts: str) -> bool:
            return any(part in t for t in types for part in parts)

        if set(types) == {"InputLayer"}:
            return "input"
        if has("Embedding") and not has("Dense", "Attention", "Conv", "LSTM", "GRU"):
            return "embedding"
        if has("Attention"):
            return "transformer block" if types["Dense"] + types["EinsumDense"] > 1 else "attention"
        if has("Softmax") and has("Matmul", "MatMul", "Einsum"):
            return "attention"  # written out in plain operations
        if has("LSTM", "GRU", "RNN"):
            return "recurrent block"
        if has("GlobalAveragePooling") and last == "Multiply" and "Multiply" in ends:
            return "squeeze and excitation"
        if not has("Conv"):
            return "feed-forward block" if has("Dense") else "block"
        if has("Transpose", "UpSampling"):
            return "up block"
        if last == "Add" and "Add" in ends:
            return "residual block"
        if last == "Concatenate" and "Concatenate" in ends:
            sources = self.wires.before[self._merge(members)]
            inside = set(members)
            straight = any(s not in inside for s in sources)
            return "densely connected block" if straight else "multi-branch block"
        if types["DepthwiseConv2D"] or types["DepthwiseConv1D"]:
            return "separable block"
        if "Pooling" in self.layers[members[0]].type:
            return "down block"
        return "conv block"

    def _drawn_last(self, members: Sequence[int]) -> str:
        """Type of the last layer that is not a modifier."""
        for i in reversed(members):
            if not fusing.is_modifier(self.layers[i]):
                return self.layers[i].type
        return ""

    def _merge(self, members: Sequence[int]) -> int:
        """Position of the last merge, -1 without."""
        for i in reversed(members):
            if self.layers[i].type in fusing.MERGES:
                return i
        return -1

    def labels(self, first: Mapping[str, tuple[str, Sequence[int]]]) -> dict[str, str]:
        """A label for each kind, given its word and its first block's members."""
        alike: dict[str, list[str]] = defaultdict(list)
        for kind, (word, _) in first.items():
            alike[word].append(kind)
        labels: dict[str, str] = {}
        for word, kinds in alike.items():
            marks = self._marks([first[kind][1] for kind in kinds])
            for kind, mark in zip(kinds, marks, strict=True):
                labels[kind] = ", ".join((word, *mark))
        return labels

    def _marks(self, blocks: Sequence[Sequence[int]]) -> list[tuple[str, ...]]:
        """For each block the words that tell it from the others; letters as a last resort."""
        marks: list[tuple[str, ...]] = [()] * len(blocks)
        tests: tuple[Callable[[Sequence[int]], str], ...] = (
            self.shortcut,
            self._kernels,
            self._gate,
            self._activation,
            self._count,
        )
        for test in tests:
            if len(set(marks)) == len(marks):
                return marks
            found = [test(block) for block in blocks]
            groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
            for mark, word in zip(marks, found, strict=True):
                groups[mark].add(word)
            marks = [
                (*mark, word) if word and len(groups[mark]) > 1 else mark
                for mark, word in zip(marks, found, strict=True)
            ]
        counts = Counter(marks)
        letters: Counter[tuple[str, ...]] = Counter()
        for n, mark in enumerate(marks):
            if counts[mark] > 1:
                letters[mark] += 1
                marks[n] = (*mark, _letter(letters[mark] - 1))
        return marks

    def shortcut(self, members: Sequence[int]) -> str:
        """ "identity" or "projection" after the short way into the last merge, "no shortcut"
        without a merge, "" where no way is short or the merge is none of sums."""
        inside = set(members)
        merge = self._merge(members)
        if merge < 0:
            return "no shortcut"
        if self.layers[merge].type not in ("Add", "Average"):
            return ""
        if any(s not in inside for s in self.wires.before[merge]):
            return "identity"
        lengths = []
        for i in set(self.wires.before[merge]):
            windows = 0
            while i in inside:
                windows += fusing.has_window(self.layers[i])
                sources = self.wires.before[i]
                if len(set(sources)) != 1:
                    break
                i = sources[0]
            lengths.append(windows)
        short = len(lengths) > 1 and min(lengths) == 1 < max(lengths)
        return "projection" if short else ""

    def _kernels(self, members: Sequence[int]) -> str:
        """The largest kernel: "3×3"."""
        sizes = []
        for i in members:
            size = self.layers[i].config.get("kernel_size")
            if isinstance(size, int):
                size = (size,)
            if isinstance(size, tuple) and all(isinstance(n, int) for n in size):
                sizes.append(size)
        largest = max(sizes, default=(), key=lambda s: tuple(str(n).zfill(4) for n in s))
        return "×".join(str(n) for n in largest)

    def _gate(self, members: Sequence[int]) -> str:
        """Whether a pooled branch weighs the channels."""
        types = {self.layers[i].type for i in members}
        gated = "Multiply" in types and any("GlobalAveragePooling" in t for t in types)
        return "with squeeze and excitation" if gated else "plain"

    def _activation(self, members: Sequence[int]) -> str:
        """Its most frequent activation."""
        found: Counter[str] = Counter()
        for i in members:
            layer = self.layers[i]
            setting = layer.config.get("activation")
            if isinstance(setting, str) and setting != "linear":
                found[setting] += 1
            elif layer.type in fusing.ACTIVATIONS:
                found[layer.type] += 1
        return max(found, key=lambda a: (found[a], a), default="").replace("_", " ")

    def _count(self, members: Sequence[int]) -> str:
        """How many convolutions or dense layers it has."""
        for part, word in (("Conv", "convolutions"), ("Dense", "dense layers")):
            count = sum(1 for i in members if part in self.layers[i].type)
            if count:
                return f"{count} {word if count > 1 else word[:-1]}"
        return ""


def _letter(n: int) -> str:
    """A, B … Z, A1, B1 …"""
    return chr(65 + n % 26) + (str(n // 26) if n > 25 else "")
