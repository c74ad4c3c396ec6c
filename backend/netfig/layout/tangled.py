"""Tangles and chains of them, measured: the layered engine places what has no structure.

Within one figure, tangles of the same sizes and links are placed once: the cells of a network that
repeats them look alike, and cost no more than the first. Those of the same links and other sizes
are placed in one manner.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from netfig.layout.layered import Layered, Pins, place
from netfig.layout.layered_ranks import Manner
from netfig.layout.measured import Block, Spacing
from netfig.layout.parts import Chain, Leaf, Part, Series, Tangle
from netfig.model.placement import Extent

POINT = (0.2, 0.2)
"""The size of what takes part in a tangle and is not in it: its ends, and tensors that pass."""

Size = tuple[float, float]

_IN, _OUT = "<", ">"


class Tangled:
    """Measures the tangles of one figure; `measure` is how the limbs inside them are measured."""

    def __init__(
        self, extents: Mapping[str, Extent], spacing: Spacing, measure: Callable[[Part], Block]
    ) -> None:
        self._extents = extents
        self._spacing = spacing
        self._measure = measure
        self._placed: dict[object, Layered] = {}
        self._manner: dict[object, Manner] = {}

    def chain(self, part: Chain) -> Block:
        """Tangles and waists on one axis; a tensor that runs past a waist keeps its level there."""
        block = Block(part, 0.0, 0.0, 0.0)
        levels: dict[str, float] = {}
        for k, tangle in enumerate(part.tangles):
            inner = self.tangle(
                tangle, levels, self._waist(part, k - 1), self._waist(part, k), pinned=True
            )
            levels = {node: round(way[-1][1], 3) for node, way in inner.lanes.items()}
            self._add(block, inner)
            if k < len(part.waists):
                self._add(block, self._measure(Leaf(part.waists[k])))
        return block

    @staticmethod
    def _add(block: Block, inner: Block) -> None:
        block.inner.append((inner, block.length, 0.0))
        block.length += inner.length
        block.top, block.bottom = max(block.top, inner.top), max(block.bottom, inner.bottom)

    def _waist(self, part: Chain, k: int) -> Size:
        """What a waist takes up where the tangles before and after it end."""
        if not 0 <= k < len(part.waists):
            return POINT
        return POINT[0], self._node(part.waists[k])[1]

    def _node(self, node: str) -> Size:
        """The size of a node's glyph with the room for its labels."""
        extent = self._extents[node]
        high = max(extent.start, extent.end) + 2 * max(extent.above, extent.below)
        return max(0.2, extent.width), max(0.2, high)

    def tangle(
        self,
        part: Tangle,
        levels: Mapping[str, float] | None = None,
        entered: Size = POINT,
        left: Size = POINT,
        *,
        pinned: bool = False,
    ) -> Block:
        """A tangle about the axis by which it is entered.

        In a chain it is `pinned`: left on the same axis, what is brought comes in at `levels`, and
        `entered` and `left` are the sizes of the waists at its ends.
        """
        levels = levels or {}
        limbs = {name: self._measure(limb) for name, limb in part.limbs.items()}
        sizes: dict[str, Size] = {}
        for node in part.nodes:
            limb = limbs.get(node)
            size = (limb.length, 2 * max(limb.top, limb.bottom)) if limb else self._node(node)
            sizes["n" + node] = size
        start = {node: "n" + node for node in part.nodes}
        start |= {_exit(limb): "n" + name for name, limb in part.limbs.items()}
        start |= {node: _IN + node for node in part.brought}
        inner = set(part.nodes)
        links = [
            (start.get(u or "", _IN), "n" + v if v in inner and v is not None else _OUT)
            for u, v in part.links
        ]
        links += [(start.get(node, _IN), _OUT + node) for node in part.carried]
        used = {end for link in links for end in link}
        for end, size in ((_IN, entered), (_OUT, left)):
            if end in used:
                sizes[end] = size
        sizes.update((_IN + node, POINT) for node in part.brought)
        sizes.update((_OUT + node, POINT) for node in part.carried)
        pins = None
        if pinned:
            starts = {_IN + node: level for node, level in levels.items()}
            pins = Pins(_IN, _OUT, starts, tuple(_OUT + node for node in part.carried))
        sides = [
            "n" + node
            for node in part.nodes
            if node not in limbs and self._extents[node].shape in ("operator", "end")
        ]
        placed = self._place(sizes, links, sides, pins)
        return self._block(part, placed, limbs, used)

    def _place(
        self,
        sizes: Mapping[str, Size],
        links: list[tuple[str, str]],
        sides: list[str],
        pins: Pins | None,
    ) -> Layered:
        """The placement, kept by everything it depends on: the names play no part in it."""
        number = {name: str(i) for i, name in enumerate(sizes)}
        edges = [(number[u], number[v]) for u, v in links]
        entered = [number[name] for name in sides]
        fixed = pins.named(number) if pins else None
        key = (tuple(sizes.values()), tuple(edges), tuple(entered), fixed and fixed.key)
        links_alone = (len(sizes), tuple(edges))
        if key not in self._placed:
            self._placed[key] = place(
                dict(zip(number.values(), sizes.values(), strict=True)),
                edges,
                gap=self._spacing.gap,
                lane=self._spacing.lane,
                sides=entered,
                pins=fixed,
                manner=self._manner.get(links_alone),
            )
            self._manner[links_alone] = self._placed[key].manner
        placed = self._placed[key]
        return replace(placed, boxes={name: placed.boxes[number[name]] for name in sizes})

    @staticmethod
    def _block(part: Tangle, placed: Layered, limbs: Mapping[str, Block], used: set[str]) -> Block:
        bounds = placed.bounds
        entry = placed.boxes[_IN].centre[1] if _IN in used else bounds.centre[1]
        block = Block(part, bounds.width, 0.0, 0.0)
        for node in part.nodes:
            box = placed.boxes["n" + node]
            at = box.x - bounds.x, box.centre[1] - entry
            if node in limbs:
                block.inner.append((limbs[node], *at))
            else:
                block.boxes[node] = at
        ways = [tuple((x - bounds.x, y - entry) for x, y in points) for points in placed.routes]
        count = len(part.links)
        block.routes.update(zip(part.links, ways[:count], strict=True))
        block.lanes.update(zip(part.carried, ways[count:], strict=True))
        block.top = max(0.0, entry - bounds.y)
        block.bottom = max(0.0, bounds.bottom - entry)
        return block


def _exit(limb: Series) -> str:
    """The node by which a limb is left."""
    last = limb.parts[-1]
    assert isinstance(last, Leaf)
    return last.node
