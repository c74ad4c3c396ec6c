"""Blocks read off the order in which things follow one another: words and stages.

Works on what lies directly in one group (its child groups and its own glyphs), wherever that
stands in a chain: each thing feeds the next.
"""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from netfig.grouping import fusing
from netfig.grouping.drafts import Draft
from netfig.grouping.likeness import Likeness
from netfig.grouping.order import Wiring
from netfig.grouping.words import tandems
from netfig.model.graph import Layer

Extents = tuple[int | None, ...]


@dataclass(slots=True, eq=False)
class Link:
    """One thing in a chain: a child group, or a glyph of layers directly in the parent."""

    members: tuple[int, ...]
    symbol: object
    draft: Draft | None
    entry: Extents
    exit: Extents
    shared: bool
    """Whether something else than the next link uses it."""
    joined: bool
    """Whether it takes something from further back than the link before."""


class Chains:
    """Finds words and stages in the groups of one network."""

    def __init__(
        self,
        layers: Sequence[Layer],
        wires: Wiring,
        rank: Sequence[int],
        scale: Likeness,
        context: Container[int],
    ) -> None:
        self.layers, self.wires, self.rank, self.scale = layers, wires, rank, scale
        self.context = context

    def refine(self, parent: Draft) -> None:
        """Add words, then words of words, then stages, to what lies directly in a group."""
        chains = self._links(parent)
        while self._words(parent, chains):
            chains = self._links(parent)
        self._stages(parent, chains)

    def _links(self, parent: Draft) -> list[list[Link]]:
        """What lies directly in `parent` as chains, in order."""
        held = {i for child in parent.children for i in child.members}
        own = sorted((i for i in parent.members if i not in held), key=self.rank.__getitem__)
        within = set(own)
        host = fusing.hosts(
            self.layers,
            self.wires.before.__getitem__,
            self.wires.uses.__getitem__,
            lambda s, i: s in within and i in within,
            own,
        )
        glyphs: dict[int, list[int]] = {}
        for i in own:
            glyphs.setdefault(host[i], []).append(i)
        links = [self._link(tuple(m), None) for m in glyphs.values()]
        links += [self._link(c.members, c) for c in parent.children]
        links.sort(key=lambda k: self.rank[k.members[0]])
        where = {i: n for n, link in enumerate(links) for i in link.members}
        chains: list[list[Link]] = []
        for n, link in enumerate(links):
            sources = {
                where.get(s, -1)
                for i in link.members
                for s in self.wires.before[i]
                if s not in self.context or where.get(s) == n - 1
            }
            targets = {where.get(t, -1) for i in link.members for t in self.wires.after[i]}
            link.joined = bool(sources - {n - 1, n})
            link.shared = bool(targets - {n, n + 1})
            if not chains or n - 1 not in sources:
                chains.append([])
            chains[-1].append(link)
        return chains

    def _link(self, members: tuple[int, ...], draft: Draft | None) -> Link:
        kept = self._unshaped(members)
        first, last = self.layers[members[0]], self.layers[kept[-1]]
        symbol: object
        if draft is not None:
            if draft.form is None:
                draft.form = self.scale.form(members)
            symbol = ("group", draft.label, draft.form)
        else:
            dull = fusing.REGULARISERS | fusing.SHAPERS | fusing.PADDINGS
            symbol = tuple(
                self.scale.symbols[i] for i in members if self.layers[i].type not in dull
            )
        return Link(
            members=members,
            symbol=symbol,
            draft=draft,
            entry=first.inputs[0].spatial if first.inputs else (),
            exit=last.outputs[0].spatial if last.outputs else (),
            shared=False,
            joined=False,
        )

    def _unshaped(self, members: Sequence[int]) -> tuple[int, ...]:
        """Without what only reshapes at the end: a Flatten belongs to what follows."""
        end = len(members)
        while end > 1 and self.layers[members[end - 1]].type in fusing.SHAPERS:
            end -= 1
        return tuple(members[:end])

    def _words(self, parent: Draft, chains: Sequence[Sequence[Link]]) -> bool:
        """Group the words of all chains directly in `parent`; False when there was none."""
        found: list[Draft] = []
        for chain in chains:
            numbers: dict[object, int] = {}
            starts: list[int] = []
            symbols: list[int] = []
            for k, link in enumerate(chain):
                symbol = numbers.setdefault(link.symbol, len(numbers))
                if not symbols or symbols[-1] != symbol:
                    symbols.append(symbol)
                    starts.append(k)
            starts.append(len(chain))
            for start, end, period in tandems(symbols):
                words = self._phased(chain, starts, start, end, period)
                found.extend(self._draft(word, "word") for word in words)
        parent.enclose(found, self.rank)
        return bool(found)

    def _phased(
        self, chain: Sequence[Link], starts: Sequence[int], start: int, end: int, period: int
    ) -> list[Sequence[Link]]:
        """The words of a repeat from the place that gives most whole words that make a block."""
        best: list[Sequence[Link]] = []
        for shift in range(min(period, end - start - 2 * period + 1)):
            first = start + shift
            words = [
                chain[starts[a] : starts[a + period]]
                for a in range(first, end - period + 1, period)
            ]
            if len(words) > len(best) and self._whole(words):
                best = words
        return best

    def _whole(self, words: Sequence[Sequence[Link]]) -> bool:
        """Whether repeats make a block: one entry, one exit, nothing that is there to resize, and
        with groups in it no change of extents at all (else it is a stage)."""
        if any(link.shared for word in words for link in word[:-1]):
            return False
        if any(link.joined for word in words for link in word[1:]):
            return False
        links = [link for word in words for link in word]
        if any(self._resizes(link) for link in links):
            return False
        if all(link.draft is None for link in links):
            return True
        same = len({len(word) for word in words}) == 1
        return same and not any(self._changes(link) for link in links)

    def _changes(self, link: Link) -> bool:
        """Whether extents change; by the strides where the program leaves the extents open."""
        if link.entry != link.exit:
            return True
        return None in link.entry and any(fusing.strides(self.layers[i]) > 1 for i in link.members)

    def _stages(self, parent: Draft, chains: Sequence[Sequence[Link]]) -> None:
        """Group what follows at one resolution, where a chain goes through several."""
        found: list[Draft] = []
        least = 3 if parent.parent is None else 4
        for chain in chains:
            pieces = self._pieces(chain)
            largest = max(len(link.members) for link in chain)
            if len(pieces) < least or 2 * largest > len(parent.members):
                continue
            names = [tuple(link.symbol for link in piece) for piece in pieces]
            count = Counter(names)
            for piece, name in zip(pieces, names, strict=True):
                if count[name] == 1:
                    piece = self._trimmed(piece, count)
                drawn = [k for k in piece if not self._is_merge(k)]
                if len(drawn) > 1 and all(link.exit for link in piece):
                    found.append(self._draft(piece, "stage"))
        parent.enclose(found, self.rank)

    def _is_merge(self, link: Link) -> bool:
        return link.draft is None and self.layers[link.members[0]].type in fusing.MERGES

    def _pieces(self, chain: Sequence[Link]) -> list[list[Link]]:
        """A chain cut where extents change: before what changes them, after a pooling."""
        pieces: list[list[Link]] = [[]]
        for k, link in enumerate(chain):
            if link.entry and link.exit and self._changes(link):
                closes = self._pools(link) and k > 0 and not chain[k - 1].shared
                if closes and pieces[-1]:
                    pieces[-1].append(link)
                    pieces.append([])
                else:
                    pieces.append([link])
            elif link.entry and not link.exit:
                pieces.append([link])
            else:
                pieces[-1].append(link)
        return [piece for piece in pieces if piece]

    def _resizes(self, link: Link) -> bool:
        """Whether it is a layer that is there to change extents."""
        return link.draft is None and any(
            part in self.layers[i].type
            for i in link.members
            for part in ("Pooling", "UpSampling", "Transpose")
        )

    def _pools(self, link: Link) -> bool:
        return link.draft is None and any("Pooling" in self.layers[i].type for i in link.members)

    def _trimmed(self, piece: list[Link], count: Counter[tuple[object, ...]]) -> list[Link]:
        """A piece that occurs once, cut to a front that occurs elsewhere, if there is one."""
        names = tuple(link.symbol for link in piece)
        for size in range(len(piece) - 1, 1, -1):
            if piece[size].draft is not None:
                break
            if count[names[:size]] > 1:
                return piece[:size]
        return piece

    def _draft(self, links: Sequence[Link], evidence: str) -> Draft:
        """A group of these links."""
        held = sorted((i for link in links for i in link.members), key=self.rank.__getitem__)
        return Draft(
            members=self._unshaped(held),
            label="",
            evidence=evidence,
            children=[link.draft for link in links if link.draft is not None],
        )
