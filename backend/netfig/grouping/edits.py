"""The user's edits of the tree itself: groups taken apart, members put out."""

from collections.abc import Mapping

from netfig.grouping.drafts import Draft
from netfig.model.spec import Grouping


def apply(top: Draft, grouping: Grouping, place: Mapping[str, int]) -> None:
    """Dissolve the removed groups, and put excluded layers out of theirs (and all inside).

    Unknown ids change nothing; fold() warns of them.
    """
    removed = set(grouping.removed)
    for draft in list(top.walk()):
        if draft.parent is None:  # the network itself, or taken out already
            continue
        if draft.id in removed:
            draft.dissolve()
            continue
        edit = grouping.groups.get(draft.id)
        if edit is None or not edit.excluded:
            continue
        out = {place[name] for name in edit.excluded if name in place}
        for inner in list(draft.walk()):
            inner.members = tuple(i for i in inner.members if i not in out)
            inner.form = None
            if not inner.members:
                inner.dissolve()
