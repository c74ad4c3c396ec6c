"""Parts of the structure with their sizes: measured from the inside out, before they are placed.

Coordinates are abstract: `along` the flow and `across` it, so that one algorithm serves figures
that run right and figures that run down. Each block has an axis at across 0, by which it is entered
and left; `top` and `bottom` are how far it reaches to either side of the axis (both positive).
"""

from collections.abc import Mapping

from netfig.layout.measured import Block, Spacing
from netfig.layout.parts import Chain, Leaf, Part, Region, Series, Tangle
from netfig.layout.tangled import Tangled
from netfig.model.placement import Extent


class Measurer:
    """Turns parts into blocks, given every node's extent."""

    def __init__(self, extents: Mapping[str, Extent], spacing: Spacing) -> None:
        self.extents = extents
        self.spacing = spacing
        self._tangled = Tangled(extents, spacing, self.measure)

    def measure(self, part: Part) -> Block:
        """Size of a part and of everything in it."""
        match part:
            case Leaf():
                return self._leaf(part)
            case Series():
                return self._series(part, dips=False)
            case Region():
                return self._region(part)
            case Tangle():
                return self._tangled.tangle(part)
            case Chain():
                return self._tangled.chain(part)

    def _leaf(self, part: Leaf) -> Block:
        extent = self.extents[part.node]
        half = max(extent.start, extent.end) / 2
        return Block(part, extent.width, half + extent.above, half + extent.below)

    def _series(self, part: Series, *, dips: bool) -> Block:
        dip = self._dip(part) if dips else None
        blocks = [self.measure(p) for p in part.parts]
        block = Block(part, 0.0, 0.0, 0.0, dip=dip)
        along = 0.0
        for i, inner in enumerate(blocks):
            before = blocks[i - 1].part if i else None
            if isinstance(inner.part, Leaf) and isinstance(before, Leaf):
                along += self._gap(before, inner.part)
            shift = dip[2] if dip and dip[0] < i < dip[1] else 0.0
            block.inner.append((inner, along, shift))
            along += inner.length
            top, bottom = inner.top - shift, inner.bottom + shift
            if dip and i in dip[:2] and isinstance(inner.part, Leaf):
                extent = self.extents[inner.part.node]
                low = extent.end if i == dip[0] else extent.start
                high = extent.start if i == dip[0] else extent.end
                top = high / 2 + extent.above
                bottom = max(high / 2, low / 2 + dip[2]) + extent.below
            block.top, block.bottom = max(block.top, top), max(block.bottom, bottom)
        block.length = along
        return block

    def _gap(self, a: Leaf, b: Leaf) -> float:
        """The wire between two glyphs is longer where a label sticks out on its side."""
        room = self.extents[a.node].ahead + self.extents[b.node].behind
        return max(self.spacing.gap, room)

    def _dip(self, part: Series) -> tuple[int, int, float] | None:
        """Where a branch goes down a level and up again: indices and depth in points.

        The first glyph that falls and the last that rises back to its height bound the valley.
        """
        falls = rises = None
        for i, p in enumerate(part.parts):
            if isinstance(p, Leaf):
                extent = self.extents[p.node]
                if falls is None and extent.end < extent.start - 1:
                    falls = i
                elif falls is not None and extent.end > extent.start + 1:
                    rises = i
        if falls is None or rises is None:
            return None
        first, last = part.parts[falls], part.parts[rises]
        assert isinstance(first, Leaf) and isinstance(last, Leaf)
        high = self.extents[first.node].start
        if abs(high - self.extents[last.node].end) > 1:
            return None
        return falls, rises, 16.0 + 0.08 * high

    def _region(self, part: Region) -> Block:
        branches = [self._branch(b) for b in part.branches]
        gap, lane, apart = self.spacing.gap, self.spacing.lane, self.spacing.branch
        weight = [self._glyphs(b.part) for b in branches]
        main = max(range(len(branches)), key=lambda i: (weight[i], -i))
        others = [i for i in range(len(branches)) if i != main]
        alike = bool(others) and max(weight[i] for i in others) * 2 > weight[main]
        if alike and not part.direct:
            across = self._stack(branches, apart)
        else:
            across = {main: 0.0}
            branches[main] = self._branch(part.branches[main], dips=True)
            top, bottom = branches[main].top, branches[main].bottom
            for k, i in enumerate(sorted(others, key=lambda i: weight[i])):
                if k % 2 == 0:
                    across[i] = -(top + apart + branches[i].bottom)
                    top = -across[i] + branches[i].top
                else:
                    across[i] = bottom + apart + branches[i].top
                    bottom = across[i] + branches[i].bottom
        block = Block(part, 0.0, 0.0, 0.0)
        inset = [(_opens(b.part, 0, gap), _opens(b.part, -1, gap)) for b in branches]
        block.length = max(a + b.length + z for b, (a, z) in zip(branches, inset, strict=True))
        for i, inner in enumerate(branches):
            free = block.length - inset[i][0] - inset[i][1] - inner.length
            if part.source is None:
                free = 0.0 if alike or not weight[i] else free
            elif part.target is None:
                free = 0.0 if weight[i] else free
            else:
                free /= 2
            block.inner.append((inner, inset[i][0] + free, across[i]))
            block.top = max(block.top, inner.top - across[i])
            block.bottom = max(block.bottom, inner.bottom + across[i])
        if part.direct:
            level = self._clear(part, block.top + lane)
            block.lane = -level
            block.top = level + 1
        return block

    def _clear(self, part: Region, level: float) -> float:
        """A lane's distance from the axis: into the flank of a tall glyph, or well over its edge,
        so that the last piece of the wire has room for its arrow head."""
        for node, entered in ((part.source, False), (part.target, True)):
            extent = self.extents.get(node or "")
            if extent is None or extent.shape == "operator" or not extent.width:
                continue
            flank = extent.start if entered else extent.end
            share = min(extent.width / 2, 6.0) / extent.width if entered else 0.8
            half = (extent.start + (extent.end - extent.start) * share) / 2
            slope = abs(extent.end - extent.start) / 8
            if level > flank / 2 - 2:
                level = max(level, half + slope + 7)
        return level

    def _branch(self, part: Part, *, dips: bool = False) -> Block:
        return self._series(part, dips=dips) if isinstance(part, Series) else self.measure(part)

    @staticmethod
    def _stack(branches: list[Block], apart: float) -> dict[int, float]:
        """Branches above one another, in their order, about the axis."""
        count = len(branches)
        across: dict[int, float] = {}
        middle = count // 2 if count % 2 else None
        up = branches[middle].top if middle is not None else -apart / 2
        down = branches[middle].bottom if middle is not None else -apart / 2
        if middle is not None:
            across[middle] = 0.0
        for i in reversed(range(count // 2)):
            across[i] = -(up + apart + branches[i].bottom)
            up = -across[i] + branches[i].top
        for i in range((count + 1) // 2, count):
            across[i] = down + apart + branches[i].top
            down = across[i] + branches[i].bottom
        return across

    def _glyphs(self, part: Part) -> int:
        """How many glyphs stand one behind another; ends without a body do not count."""
        match part:
            case Leaf():
                return int(self.extents[part.node].width > 0)
            case Series():
                return sum(self._glyphs(p) for p in part.parts)
            case Region():
                return max((self._glyphs(b) for b in part.branches), default=0)
            case Tangle():
                limbs = sum(self._glyphs(limb) - 1 for limb in part.limbs.values())
                return len(part.nodes) + limbs
            case Chain():
                return len(part.waists) + sum(self._glyphs(tangle) for tangle in part.tangles)


def _opens(part: Part, end: int, gap: float) -> float:
    """Room for the wire at an end of a branch: a nested region brings its own."""
    if isinstance(part, Series) and part.parts:
        part = part.parts[end]
    return 0.0 if isinstance(part, Region) else gap
