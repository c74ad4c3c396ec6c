"""Keep the folded network free of cycles.

Folding two groups that feed each other would draw an arrow against the flow. It is enough that
what lies directly in each group can be put in order; then every state of folding can.
"""

from netfig.grouping.drafts import SAID, Draft
from netfig.grouping.order import Wiring


def mend(top: Draft, wires: Wiring, warnings: list[str]) -> None:
    """Take out groups that feed one another both ways; warn of those made by hand.

    What only the wiring says goes first, then the author's, then the user's; large before small.
    """
    weight = {evidence: -n for n, evidence in enumerate(reversed(SAID), start=1)}
    todo = [top]
    while todo:
        parent = todo.pop()
        while knot := _knot(parent, wires):
            worst = max(knot, key=lambda d: (weight.get(d.evidence, 0), len(d.members)))
            worst.dissolve()
            if worst.made:
                warnings.append(
                    f"The group {worst.label!r} is left open: what leaves it comes back into it."
                )
        todo.extend(parent.children)


def _knot(parent: Draft, wires: Wiring) -> list[Draft]:
    """Child groups on cycles of what lies directly in `parent`, or between two such cycles."""
    if not parent.children:
        return []
    item = {i: n for n, child in enumerate(parent.children) for i in child.members}
    for i in parent.members:
        item.setdefault(i, len(parent.children) + i)
    after: dict[int, set[int]] = {n: set() for n in item.values()}
    before: dict[int, set[int]] = {n: set() for n in item.values()}
    for i, n in item.items():
        for t in wires.after[i]:
            m = item.get(t, n)
            if m != n:
                after[n].add(m)
                before[m].add(n)
    left = set(after)
    for sources, targets in ((before, after), (after, before)):
        waits = {n: len(sources[n] & left) for n in left}
        ready = [n for n in left if not waits[n]]
        while ready:
            n = ready.pop()
            left.discard(n)
            for m in targets[n] & left:
                waits[m] -= 1
                if not waits[m]:
                    ready.append(m)
    return [parent.children[n] for n in sorted(left) if n < len(parent.children)]
