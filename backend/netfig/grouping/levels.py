"""From the tree of groups to levels: which groups fold together, and where to start.

The cost of a state of folding is what it takes to draw it (README.md): one for each glyph, and
for each kind of block in the legend one and the glyphs of its inside. The state that costs least
is the *block level*.
"""

from collections.abc import Sequence

from netfig.grouping.hierarchy import Block

FEW = 25
"""Glyphs that a figure across a page holds at a readable size."""

OPEN = 28
"""Glyphs, operators not counted, up to which a network without blocks in a row starts unfolded:
no insides to learn."""


def heights(
    children: Sequence[Sequence[int]], repeat: Sequence[int], tiers: Sequence[object]
) -> list[int]:
    """For each block (parents first) the level from which on it is folded.

    Blocks of one tier fold together, so that one level shows things of one size; a run folds with
    its blocks. Where tiers contain one another crosswise, each block folds by its own height.
    """
    size = len(children)
    own = [1] * size
    for n in range(size - 1, -1, -1):
        inner = max((own[c] for c in children[n]), default=0)
        own[n] = inner if repeat[n] > 1 else inner + 1
    level = list(own)
    for _ in range(max(own, default=0) + 1):
        highest: dict[object, int] = {}
        for n in range(size):
            highest[tiers[n]] = max(highest.get(tiers[n], 0), level[n])
        settled = True
        for n in range(size - 1, -1, -1):
            inner = max((level[c] for c in children[n]), default=0)
            least = max(highest[tiers[n]], inner if repeat[n] > 1 else inner + 1)
            if level[n] != least:
                level[n], settled = least, False
        if settled:
            return level
    return own


def glyphs(
    blocks: Sequence[Block],
    own: Sequence[int],
    crossing: Sequence[tuple[int, int]],
    level: int,
) -> int:
    """Number of nodes at a level; `own[n]` counts the layer glyphs directly in block n.

    `crossing` holds, for each modifier that is a band on a glyph of an inner block, that block and
    its own: it is a glyph where the inner block is folded.
    """
    shown = 0
    open_ = [False] * len(blocks)
    for n, block in enumerate(blocks):
        if block.parent >= 0 and not open_[block.parent]:
            continue
        open_[n] = block.height > level
        shown += own[n] if open_[n] else 1
    return shown + sum(1 for inner, outer in crossing if open_[outer] and not open_[inner])


def cost(blocks: Sequence[Block], own: Sequence[int], families: Sequence[int], level: int) -> int:
    """What the figure and its legend take at a level, in glyphs.

    Blocks of one family (equal by types alone) are learnt once: kinds that differ in a kernel or
    a setting add one entry to the legend, no new inside.
    """
    total, open_, legend = 0, [0], []
    while open_:
        n = open_.pop()
        if blocks[n].height > level:
            total += own[n]
            open_.extend(blocks[n].children)
        else:
            total += 1
            legend.append(n)
    kinds: set[str] = set()
    learnt: set[int] = set()
    while legend:
        n = legend.pop()
        while blocks[n].repeat > 1:
            n = blocks[n].children[0]
        if blocks[n].kind not in kinds:
            kinds.add(blocks[n].kind)
            total += 1
            if families[n] not in learnt:
                learnt.add(families[n])
                total += own[n] + len(blocks[n].children)
            legend.extend(blocks[n].children)
    return total


def choose(
    blocks: Sequence[Block],
    own: Sequence[int],
    operators: Sequence[int],
    crossing: Sequence[tuple[int, int]],
    families: Sequence[int],
    stage: int,
    outside: int,
) -> tuple[tuple[int, ...], int, int]:
    """Glyphs at each level, the block level, and the level to start from.

    `own` and `operators` count the glyphs, and those of them that are merges, directly in a block.
    `outside` counts the inputs, which stand beside the blocks at every level.
    `stage` is the lowest level at which stages fold; the block level lies below.
    The last level is the network as one glyph and is started from only when nothing else is there.
    """
    levels = max(block.height for block in blocks) + 1
    sizes = tuple(outside + glyphs(blocks, own, crossing, level) for level in range(levels))
    body = range(1, max(2, min(stage, levels - 1)))
    best = min(body, key=lambda level: (cost(blocks, own, families, level), level))
    row = any(block.repeat > 1 and block.height <= best for block in blocks)
    merges = sum(operators)
    if sizes[0] <= FEW or (merges and sizes[0] - merges <= OPEN and not row):
        return sizes, best, 0
    for level in range(best, levels - 1):
        if sizes[level] <= FEW:
            return sizes, best, level
    return sizes, best, max(levels - 2, 0)
