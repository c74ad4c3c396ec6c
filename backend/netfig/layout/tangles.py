"""A tangle made smaller, so that each piece of it is placed by itself and pieces look alike.

A large one is cut at its waists: nodes to which everything before them leads, and past which no
more than one other tensor runs (a cell that takes the outputs of the two cells before it). What
has a structure of its own inside a tangle, such as layers in a row, is a limb and placed as one.
"""

from collections.abc import Callable, Sequence

from netfig.layout.parts import Chain, Series, Tangle

LARGE = 90
"""A tangle of more nodes and links than this is cut at its waists."""

LEAST = 6
"""How many nodes lie between two waists, or more."""

LANES = 1
"""How many tensors may run past a waist."""

Link = tuple[int, int]
"""Places of two nodes in the order of the data flow."""

Taker = Callable[[list[int], list[Link]], Series]
"""What takes the nodes of a limb apart."""


def untangled(
    inner: Sequence[int],
    links: Sequence[Link],
    source: int,
    target: int,
    order: Sequence[str],
    series: Taker | None,
) -> Tangle | Chain:
    """The nodes `inner` between two others as a tangle, or as a chain of several; without
    limbs where `series` is None.

    All numbers are places in `order`; a `source` or `target` outside it is the network's own end.
    """
    waists = _waists(inner, links, source, target, len(order))
    at = {node: i for i, node in enumerate(inner)}
    ends = [source, *waists, target]
    cuts = [-1, *(at[waist] for waist in waists), len(inner)]
    piece = {target: len(waists)}
    for k in range(len(ends) - 1):
        piece.update((node, k) for node in inner[cuts[k] + 1 : cuts[k + 1] + 1])
    own: list[list[Link]] = [[] for _ in ends[1:]]
    for u, v in links:
        own[piece[v]].append((u, v))
    past = [(), *waists.values(), ()]
    tangles = tuple(
        _tangle(
            list(inner[cuts[k] + 1 : cuts[k + 1]]),
            own[k],
            (ends[k], ends[k + 1]),
            (past[k], past[k + 1]),
            order,
            series,
        )
        for k in range(len(own))
    )
    if not waists:
        return tangles[0]
    names = tuple(order[waist] for waist in waists)
    return Chain(_name(order, source), _name(order, target), tangles, names)


def _waists(
    inner: Sequence[int], links: Sequence[Link], source: int, target: int, count: int
) -> dict[int, tuple[int, ...]]:
    """The waists, in order, and the nodes before each that lead beyond it."""
    if len(inner) + len(links) <= LARGE:
        return {}
    at = {node: i for i, node in enumerate(inner)}
    before: list[list[int]] = [[] for _ in inner]
    reach = dict.fromkeys((source, *inner), -1)
    for u, v in links:
        reach[u] = max(reach[u], at.get(v, len(inner)))
        if v in at:
            before[at[v]].append(u)
    found: dict[int, tuple[int, ...]] = {}
    leading: set[int] = set()
    past = {source}
    loose, since = 1, 0  # loose: nodes so far that lead to none so far
    for i, node in enumerate(inner):
        fresh = set(before[i]) - leading
        leading |= fresh
        loose += 1 - len(fresh)
        past = {u for u in past if reach[u] > i}
        drawn = source >= 0 or source not in past
        drawn &= target < count or all(reach[u] < len(inner) for u in past)
        wide = since >= LEAST and len(inner) - i > LEAST
        since += 1
        if loose == 1 and len(past) <= LANES and drawn and wide:
            found[node], since = tuple(sorted(past)), 0
        past.add(node)
    return found


def _tangle(
    nodes: list[int],
    links: Sequence[Link],
    ends: Link,
    past: tuple[Sequence[int], Sequence[int]],
    order: Sequence[str],
    series: Taker | None,
) -> Tangle:
    """One piece between its two ends, its limbs gathered; `past` are those who run past each."""
    limbs = _limbs(nodes, [*links, *((u, ends[1]) for u in past[1])]) if series else []
    home = {node: limb[0] for limb in limbs for node in limb}
    own: dict[int, list[Link]] = {
        limb[0]: [(-1, limb[0]), (limb[-1], len(order))] for limb in limbs
    }
    between = []
    for u, v in links:
        if u in home and home[u] == home.get(v):
            own[home[u]].append((u, v))
        else:
            between.append((_name(order, u), _name(order, v)))
    return Tangle(
        _name(order, ends[0]),
        _name(order, ends[1]),
        tuple(order[node] for node in nodes if home.get(node, node) == node),
        tuple(between),
        {order[limb[0]]: series(limb, own[limb[0]]) for limb in limbs} if series else {},
        tuple(order[u] for u in past[0]),
        tuple(order[u] for u in past[1]),
    )


def _limbs(nodes: Sequence[int], links: Sequence[Link]) -> list[list[int]]:
    """Stretches that are entered by their first node alone and left by their last alone.

    Two nodes belong together where each path to the second passes the first, and each path from
    the first the second; a stretch is as long as it can be.
    """
    inner = set(nodes)
    after: dict[int, list[int]] = {node: [] for node in nodes}
    before: dict[int, list[int]] = {node: [] for node in nodes}
    for u, v in links:
        if u in inner:
            after[u].append(v)
        if v in inner:
            before[v].append(u)
    leads = _gates(nodes, before)
    ends = _gates(nodes[::-1], after)
    found: list[list[int]] = []
    seen: set[int] = set()
    for node in nodes:
        if node in seen:
            continue
        stretch, here = [node], node
        while (there := ends[here]) is not None and leads[there] == here:
            stretch += _between(here, there, after)
            here = there
        if len(stretch) > 1:
            seen.update(stretch)
            found.append(sorted(stretch))
    return found


def _gates(nodes: Sequence[int], before: dict[int, list[int]]) -> dict[int, int | None]:
    """For every node the last other that all ways to it pass; None where there is none."""
    gate: dict[int, int | None] = {}
    depth: dict[int | None, int] = {None: 0}
    for node in nodes:
        common: int | None = None
        for i, one in enumerate(before[node]):
            other: int | None = one if one in gate else None
            if i == 0:
                common = other
            while common != other:
                if depth[common] >= depth[other]:
                    common = gate[common] if common is not None else None
                else:
                    other = gate[other] if other is not None else None
        gate[node] = common
        depth[node] = depth[common] + 1
    return gate


def _between(source: int, target: int, after: dict[int, list[int]]) -> list[int]:
    """The nodes on the ways from one node to another, with the latter."""
    found, ahead = {target}, [source]
    while ahead:
        for node in after[ahead.pop()]:
            if node not in found:
                found.add(node)
                ahead.append(node)
    return list(found)


def _name(order: Sequence[str], index: int) -> str | None:
    return order[index] if 0 <= index < len(order) else None
