"""The tree of groups while it is built."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from netfig.grouping.likeness import Form

SAID = ("made", "call", "path")
"""Evidence of the user's and the author's own."""


@dataclass(slots=True, eq=False)
class Draft:
    """A block while the tree is built; fields as in `hierarchy.Block`.

    `evidence`: "made", "call", "path", "bundle", "branch", "name", "region", "word", "stage".
    """

    members: tuple[int, ...]
    label: str
    evidence: str
    parent: "Draft | None" = None
    children: list["Draft"] = field(default_factory=list)
    repeat: int = 1
    kind: str = ""
    word: str = ""
    family: int = -1
    form: Form | None = None
    whole: bool = False
    """Whether it is small enough to be taken in at once: nothing inside is grouped by wiring."""
    id: str = ""

    @property
    def made(self) -> bool:
        """Whether it was made by hand."""
        return self.evidence == "made"

    def walk(self) -> Iterator["Draft"]:
        """This draft and all below, outermost first, in order."""
        todo = [self]
        while todo:
            draft = todo.pop()
            yield draft
            todo.extend(reversed(draft.children))

    def dissolve(self) -> None:
        """Take this draft out of the tree; what lies in it goes to its parent."""
        if self.parent is not None:
            at = self.parent.children.index(self)
            self.parent.children[at : at + 1] = self.children
            for child in self.children:
                child.parent = self.parent
            self.parent = None

    def enclose(self, drafts: Sequence["Draft"], rank: Sequence[int]) -> None:
        """Put new drafts between this one and those of its children that they hold already."""
        held = {id(child) for draft in drafts for child in draft.children}
        self.children = [c for c in self.children if id(c) not in held]
        self.children.extend(drafts)
        self.children.sort(key=lambda d: rank[d.members[0]])
        for draft in drafts:
            draft.parent = self
            for child in draft.children:
                child.parent = draft


def identify(top: Draft, names: Sequence[str]) -> None:
    """Give ids made of the first and the last layer, so that they outlive changes elsewhere.

    `names` are the layers' ids by position. Each id is used once; ids given before are kept.
    """
    used: Counter[str] = Counter()
    for draft in top.walk():
        if draft.id:
            continue
        name = f"{names[draft.members[0]]}..{names[draft.members[-1]]}"
        used[name] += 1
        draft.id = name if used[name] == 1 else f"{name}~{used[name]}"


def nest(
    top: Draft, candidates: Sequence[Draft], rank: Sequence[int], slight: Callable[[int], bool]
) -> None:
    """Hang those candidates below `top` that lie in one another or apart.

    Earlier candidates win: a later one that crosses an earlier one is left out, and so is one
    that differs from an earlier one in `slight` layers alone (modifiers). Where the author has
    cut something into functions or models, what only the wiring says is not cut further.
    """
    inner: list[tuple[Draft, ...]] = [()] * len(rank)
    taken: list[Draft] = []
    for draft in candidates:
        if _fits(draft, inner, slight):
            taken.append(draft)
            for i in draft.members:
                inner[i] = (*inner[i], draft)
    for draft in sorted(taken, key=lambda d: -len(d.members)):
        around = [d for d in inner[draft.members[0]] if len(d.members) > len(draft.members)]
        draft.parent = min(around, key=lambda d: len(d.members), default=top)
        draft.parent.children.append(draft)
    for draft in taken:
        if draft.evidence in SAID:
            _trust(draft)
    for draft in [top, *taken]:
        draft.children.sort(key=lambda d: rank[d.members[0]])


def _trust(draft: Draft) -> None:
    """Where the author cut something into parts, or to a size that needs none, drop what only the
    wiring says of it."""
    said, todo = [], list(draft.children)
    while todo:
        child = todo.pop()
        if child.evidence in SAID or child.evidence == "bundle":
            said.append(child)
        else:
            todo.extend(child.children)
    if said or draft.whole:
        draft.children = said
        for child in said:
            child.parent = draft


def _fits(draft: Draft, inner: Sequence[tuple[Draft, ...]], slight: Callable[[int], bool]) -> bool:
    """Whether a candidate is news and crosses nothing taken before."""
    length = len(draft.members)
    met: dict[int, int] = {}
    drafts: dict[int, Draft] = {}
    for i in draft.members:
        for other in inner[i]:
            met[id(other)] = met.get(id(other), 0) + 1
            drafts[id(other)] = other
    weight = length - sum(1 for i in draft.members if slight(i))
    for key, common in met.items():
        other = drafts[key]
        if common != min(length, len(other.members)):
            return False
        if draft.made or abs(len(other.members) - length) > 8:
            continue
        if len(other.members) - sum(1 for i in other.members if slight(i)) == weight:
            return False
    return True
