"""Equal branches side by side become a bundle, drawn once with ×n.

The 26 embeddings of a table's columns, the 32 paths of a grouped convolution, the heads of many
tasks: nobody draws them one by one. A bundle is to parallel branches what a run is to blocks one
after the other, and like a run its branches are its children.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from netfig.grouping.drafts import Draft
from netfig.grouping.likeness import Likeness
from netfig.grouping.order import Tree, Wiring
from netfig.model.graph import Layer

FEWEST = 6
"""Equal branches from which on they are a bundle; fewer are drawn, and seen, one by one."""

LONGEST = 60
"""Layers of the longest branch."""


def bundles(
    layers: Sequence[Layer], wires: Wiring, line: Sequence[int], tree: Tree, scale: Likeness
) -> list[Draft]:
    """A draft for each bundle, and one for each of its branches, bundles first.

    Branches are all that flows into one input of a layer, or into one output of the network,
    alone. They are equal when they are up to scale, start from the same tensors or from inputs of
    their own, and give tensors of one shape. Linear in the layers.
    """
    size = [1] * (len(line) + 1)
    for node in range(len(line)):  # a layer stands before its post-dominators
        size[tree.parent[node]] += size[node]
    fellows = Counter(tree.parent[i] for i in line)
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for p, i in enumerate(line):
        if size[i] > LONGEST or fellows[tree.parent[i]] < FEWEST or not layers[i].outputs:
            continue
        members = tuple(line[p - size[i] + 1 : p + 1])
        outside = frozenset(s for j in members for s in wires.before[j]) - set(members)
        given = layers[i].outputs[0]
        key = (tree.parent[i], scale.form(members), outside, given.shape, given.axes)
        alike[key].append(members)
    found: list[Draft] = []
    branches: list[Draft] = []
    for many in alike.values():
        if len(many) < FEWEST:
            continue
        whole = tuple(i for branch in many for i in branch)
        found.append(
            Draft(
                members=whole,
                label="",
                evidence="bundle",
                whole=True,
                id=f"x{len(many)}:{layers[whole[0]].id}..{layers[whole[-1]].id}",
            )
        )
        branches += [Draft(members=b, label="", evidence="branch", whole=True) for b in many]
    return found + branches


def gather(top: Draft) -> None:
    """Make of each bundle a run of its branches; one whose branches were cut otherwise goes."""
    for draft in list(top.walk()):
        if draft.evidence != "bundle":
            continue
        children = draft.children
        covered = sum(len(child.members) for child in children) == len(draft.members)
        if not covered or len({child.kind for child in children}) > 1:
            draft.dissolve()
            continue
        first = children[0]
        draft.repeat, draft.kind = len(children), first.kind
        draft.label, draft.word, draft.family = first.label, first.word, first.family
