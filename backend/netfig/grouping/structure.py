"""Blocks read off the wiring alone: regions and words that occur again.

A region is a candidate when its form occurs at least twice, or when it stands in line with such
regions and is of their size (an inception network's reductions occur once, and are blocks as much
as the others). A word is a stretch of a series that is repeated in place, or that is the inside
of a region found elsewhere (the first block of a stage, which lacks the shortcut).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from netfig.grouping import fusing
from netfig.grouping.likeness import Form, Likeness
from netfig.grouping.order import Tree, Wiring
from netfig.grouping.series import Region
from netfig.model.graph import Layer

LARGEST = 1000
"""Layers of the largest region that is looked at as one block."""

PEER = 4
"""How many times larger than the blocks in line with it a block that occurs once may be."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Places [start, end) of the line that are one glyph or one region; equal symbols are alike."""

    start: int
    end: int
    symbol: int
    region: Region | None = None


def contexts(layers: Sequence[Layer], wires: Wiring) -> set[int]:
    """Layers whose output several others take as a further input: memories, masks, conditions."""
    uses: Counter[int] = Counter()
    for i, layer in enumerate(layers):
        sources = set(wires.before[i])
        if len(sources) > 1 and layer.type not in fusing.MERGES:
            uses.update(sources)
    return {i for i, n in uses.items() if n > 1}


class Structure:
    """The candidates of one network, as spans of the line, best first."""

    def __init__(
        self,
        layers: Sequence[Layer],
        wires: Wiring,
        line: Sequence[int],
        tree: Tree,
        tops: Sequence[Sequence[Region]],
        scale: Likeness,
        types: Likeness,
    ) -> None:
        self.layers, self.wires, self.line = layers, wires, line
        self.place = [0] * len(line)
        for p, i in enumerate(line):
            self.place[i] = p
        self.scale, self.types = scale, types
        self._numbers: dict[object, int] = {}
        self._forms: dict[tuple[int, int], Form] = {}
        self.series = list(_every_series(tops))
        self.regions = self._accepted(self._regions() + self._basins(tree))
        self.words = self._words()

    def spans(self) -> list[tuple[int, int]]:
        """All candidates; regions before words, larger ones first."""
        by_size = sorted(self.regions, key=lambda s: (s[0] - s[1], s[0]))
        return by_size + sorted(self.words, key=lambda s: (s[0] - s[1], s[0]))

    def _number(self, key: object) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def _form(self, span: tuple[int, int]) -> Form:
        if span not in self._forms:
            self._forms[span] = self.types.form(self.line[span[0] : span[1]])
        return self._forms[span]

    # Regions

    def _regions(self) -> list[tuple[tuple[int, int], int]]:
        """Spans of the regions, with the activation after each, and the series they are in."""
        found = []
        for n, run in enumerate(self.series):
            forks = [k for k, r in enumerate(run) if 1 < r.size <= LARGEST and self._forks(r)]
            fronts = {k: self._front(run, k) for k in forks}
            led = sum(1 for k in forks if fronts[k] < run[k].start)
            closed = [k for k in forks if self._is_closed(run, k)]
            for k in forks:
                if len(closed) > max(
                    led, len(forks) // 2
                ):  # norms close the blocks of this series (post-norm)
                    found.append(((run[k].start, self._tail(run, k) + (k in closed)), n))
                else:
                    found.append(((fronts[k], self._tail(run, k)), n))
        return found

    def _is_closed(self, run: Sequence[Region], k: int) -> bool:
        """Whether a norm follows the region and what is a band on its merge."""
        end = self._tail(run, k)
        after = next((run[j] for j in range(k + 1, len(run)) if run[j].start >= end), None)
        if after is None or after.size > 1:
            return False
        return self.layers[self.line[end]].type in fusing.NORMS

    def _forks(self, region: Region) -> bool:
        """Whether the tensor it starts from takes two ways inside."""
        if region.start == 0:
            return False
        targets = self.wires.after[self.line[region.start - 1]]
        return sum(1 for t in targets if region.start <= self.place[t] < region.end) > 1

    def _front(self, run: Sequence[Region], k: int) -> int:
        """Start of the region with the norm before its fork that follows no layer of its own."""
        start = run[k].start
        for j in range(k - 1, 0, -1):
            layer, before = (self.layers[self.line[run[m].start]] for m in (j, j - 1))
            if run[j].size > 1:
                break
            if layer.type in fusing.NORMS:
                opens = (
                    run[j - 1].size > 1
                    or before.type in fusing.MERGES
                    or (fusing.has_window(before) and "Pooling" in before.type)
                )
                return run[j].start if opens else start
            if layer.type not in fusing.ACTIVATIONS:
                break
        return start

    def _tail(self, run: Sequence[Region], k: int) -> int:
        """End of the region with what is a band on its merge."""
        end = run[k].end
        for after in (run[j] for j in range(k + 1, len(run))):
            layer = self.layers[self.line[after.start]]
            if after.size > 1 or not fusing.follows_merge(layer):
                break
            end = after.end
        return end

    def _basins(self, tree: Tree) -> list[tuple[tuple[int, int], int]]:
        """Spans of all that flows into one merge alone: cells with several entries, towers."""
        size = [1] * len(self.line)
        for i in self.line:
            if tree.parent[i] != tree.root:
                size[tree.parent[i]] += size[i]
        found = []
        for p, i in enumerate(self.line):
            if len(set(self.wires.before[i])) < 2 or not 3 <= size[i] <= LARGEST:
                continue
            start, end = p - size[i] + 1, p + 1
            entries = {
                s
                for j in self.line[start:end]
                for s in self.wires.before[j]
                if not start <= self.place[s] < end
            }
            if len(entries) > 1:
                found.append(((start, end), -2 - tree.parent[i]))
        return found

    def _accepted(self, found: list[tuple[tuple[int, int], int]]) -> list[tuple[int, int]]:
        """Those that occur twice, and their peers."""
        count = Counter(self._form(span) for span, _ in found)
        often = [(span, where) for span, where in found if count[self._form(span)] > 1]
        largest: dict[int, int] = {}
        for (a, b), where in often:
            largest[where] = max(largest.get(where, 0), b - a)
        peers = [
            (span, where)
            for span, where in found
            if count[self._form(span)] == 1
            and where in largest
            and 3 <= span[1] - span[0] <= PEER * largest[where]
            and not self._rises(span)
        ]
        return [span for span, _ in often + peers]

    def _rises(self, span: tuple[int, int]) -> bool:
        """Whether extents grow inside: the valley of a U, which is no block."""
        for i in self.line[span[0] : span[1]]:
            layer = self.layers[i]
            if layer.inputs and layer.outputs:
                before, after = layer.inputs[0].spatial, layer.outputs[0].spatial
                if len(before) == len(after) and any(
                    a and b and b > a for a, b in zip(before, after, strict=True)
                ):
                    return not fusing.is_padding(layer)
        return False

    # Words

    def _units(self, run: Sequence[Region]) -> list[Unit]:
        """A series as glyphs and regions: modifiers with what they follow, padding with what it
        pads for."""
        units: list[Unit] = []
        k, start = 0, -1
        while k < len(run):
            region = run[k]
            layer = self.layers[self.line[region.start]]
            first = region.start if start < 0 else start
            if region.size == 1 and fusing.is_padding(layer) and k + 1 < len(run):
                start, k = first, k + 1
                continue
            start = -1
            end = self._tail(run, k) if region.size > 1 else self._host_end(run, k)
            if region.size > LARGEST:
                key: object = ("region", region.start)
            elif region.size > 1:
                key = ("region", self.scale.form(self.line[region.start : end]))
            else:
                kept = [
                    i
                    for i in self.line[region.start : end]
                    if self.layers[i].type not in fusing.REGULARISERS | fusing.SHAPERS
                ] or [self.line[region.start]]
                key = tuple(self.scale.symbols[i] for i in kept)
            units.append(Unit(first, end, self._number(key), region if region.size > 1 else None))
            while k < len(run) and run[k].start < end:
                k += 1
        return units

    def _host_end(self, run: Sequence[Region], k: int) -> int:
        end = run[k].end
        for after in (run[j] for j in range(k + 1, len(run))):
            if after.size > 1 or not fusing.is_modifier(self.layers[self.line[after.start]]):
                break
            end = after.end
        return end

    def _words(self) -> list[tuple[int, int]]:
        """Spans of words, found in every series."""
        units = [self._units(run) for run in self.series]
        dictionary = self._dictionary(units)
        found: list[tuple[int, int]] = []
        for run in units:
            if len(run) < 2:
                continue
            self._read(run, dictionary, found)
        return found

    def _dictionary(self, units: list[list[Unit]]) -> set[tuple[int, ...]]:
        """The insides of accepted regions: their branches of two units and more."""
        accepted = set(self.regions)
        starts = {run[0].start: run for run in units if run}
        words: set[tuple[int, ...]] = set()
        for run in units:
            for unit in run:
                if unit.region is None or (unit.region.start, unit.end) not in accepted:
                    continue
                for part in unit.region.parts:
                    inner = starts.get(part[0].start)
                    if inner and len(inner) > 1:
                        words.add(tuple(u.symbol for u in inner))
        return words

    def _read(
        self, run: list[Unit], dictionary: set[tuple[int, ...]], found: list[tuple[int, int]]
    ) -> list[Unit]:
        """Replace the words of the dictionary in a series, longest first, by units of their own.

        Just before a word found, an end of the same word is taken for its shorter form (the block
        that opens a network lacks its expansion).
        """
        if not dictionary:
            return run
        sizes = sorted({len(w) for w in dictionary}, reverse=True)
        whole = tuple(u.symbol for u in run)
        if whole in dictionary:
            return run
        answer: list[Unit] = []
        k = 0
        while k < len(run):
            for size in sizes:
                word = whole[k : k + size]
                if len(word) == size and word in dictionary:
                    self._shorter(answer, word, found)
                    span = (run[k].start, run[k + size - 1].end)
                    found.append(span)
                    answer.append(Unit(*span, self._number(("word", word))))
                    k += size
                    break
            else:
                answer.append(run[k])
                k += 1
        return answer

    def _shorter(
        self, answer: list[Unit], word: tuple[int, ...], found: list[tuple[int, int]]
    ) -> None:
        """Group the units at the end of `answer` when they spell the end of the word."""
        for size in range(min(len(word) - 1, len(answer)), 1, -1):
            if tuple(u.symbol for u in answer[-size:]) == word[-size:]:
                span = (answer[-size].start, answer[-1].end)
                found.append(span)
                answer[-size:] = [Unit(*span, self._number(("word", word[-size:])))]
                return


def _every_series(tops: Sequence[Sequence[Region]]) -> Iterator[Sequence[Region]]:
    """All series, outer before inner."""
    todo = list(reversed(tops))
    while todo:
        run = todo.pop()
        yield run
        for region in reversed(run):
            todo.extend(reversed(region.parts))
