"""Equal blocks one after the other become a run, drawn once with ×n."""

from collections.abc import Sequence

from netfig.grouping.drafts import Draft
from netfig.grouping.order import Wiring
from netfig.model.graph import Layer


def gather(
    parent: Draft,
    layers: Sequence[Layer],
    wires: Wiring,
    rank: Sequence[int],
    removed: frozenset[str],
) -> None:
    """Put the equal children of a group that follow one another into runs.

    `removed` are ids of runs that the user took apart.
    """
    children, k = parent.children, 0
    found: list[Draft] = []
    while k < len(children):
        run = [children[k]]
        while k + len(run) < len(children) and _follows(
            layers, wires, rank, run, children[k + len(run)]
        ):
            run.append(children[k + len(run)])
        k += len(run)
        if len(run) > 1:
            group = Draft(
                members=tuple(i for d in run for i in d.members),
                label=run[0].label,
                evidence=run[0].evidence,
                children=run,
                repeat=len(run),
                kind=run[0].kind,
                family=run[0].family,
                word=run[0].word,
            )
            group.id = run_id(group, layers)
            if group.id not in removed:
                found.append(group)
    parent.enclose(found, rank)
    # A group that is nothing but a run would be one more name for the same glyph.
    alone = len(found) == 1 and len(found[0].members) == len(parent.members)
    if alone and parent.parent is not None and not parent.made:
        parent.dissolve()


def run_id(run: Draft, layers: Sequence[Layer]) -> str:
    """Of its length, first and last layer."""
    return f"x{run.repeat}:{layers[run.members[0]].id}..{layers[run.members[-1]].id}"


def _follows(
    layers: Sequence[Layer], wires: Wiring, rank: Sequence[int], run: list[Draft], block: Draft
) -> bool:
    """Whether `block` repeats the blocks of `run`: one kind, next in line, the same extents.

    Channels may be constant or grow by a constant step (dense blocks); a change of extent ends a
    run, so that a figure never hides one.
    """
    first, last = run[0], run[-1]
    if block.kind != last.kind or block.made or last.made:
        return False
    # Nothing may stand between or inside: it would both follow and precede the run.
    span = rank[block.members[-1]] - rank[last.members[0]] + 1
    if span != len(last.members) + len(block.members):
        return False
    before, own = set(last.members), set(block.members)
    sources = {s for i in block.members for s in wires.before[i]} - own
    if not sources & before:
        return False
    return _even(layers, first, last, block)


def _even(layers: Sequence[Layer], first: Draft, last: Draft, block: Draft) -> bool:
    """Whether three blocks have the same extents, and channels equal or evenly growing."""
    ends = [layers[d.members[-1]].outputs for d in (first, last, block)]
    starts = layers[first.members[0]].inputs
    if not all(ends) or not starts:
        return False
    if any(t[0].spatial != starts[0].spatial for t in ends):
        return False
    channels = [t[0].size("channels") for t in ends]
    if channels[1] == channels[2]:
        return channels[0] == channels[1]
    start, one, two = starts[0].size("channels"), channels[0], channels[2]
    if start is None or one is None or two is None or channels[1] is None:
        return False
    return two - channels[1] == one - start
