"""What is offered where colours look alike does tell them apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from netfig.styles.palettes import PALETTES
from netfig.styles.telling import confusions, remedies

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def mended(
    chosen: dict[str, str], may_hatch: bool
) -> tuple[dict[str, str], dict[str, str], set[str]]:
    changes = remedies(chosen, may_hatch=may_hatch)
    after = {name: changes[name].colour if name in changes else c for name, c in chosen.items()}
    hatches = {name: change.hatch for name, change in changes.items()}
    return after, hatches, set(changes)


@pytest.mark.parametrize("name", ["default", "okabe-ito", "tol"])
def test_a_hatch_each_tells_the_usual_families_apart_in_grey(name: str) -> None:
    families = ("input", "conv", "pooling", "dense", "upsampling", "embedding", "attention")
    chosen = {family: PALETTES[name][family] for family in families}
    assert confusions(chosen)
    after, hatches, changed = mended(chosen, may_hatch=True)
    assert confusions(after, hatches) == []  # type: ignore[arg-type]
    assert after == chosen and 0 < len(changed) < len(chosen) / 2


def test_without_hatches_the_shade_changes() -> None:
    chosen = {"Dense": "#009e73", "Pooling": "#d55e00"}
    assert [c.under for c in confusions(chosen)] == [("grey",)]
    after, hatches, changed = mended(chosen, may_hatch=False)
    assert confusions(after) == [] and changed == {"Pooling"}
    assert set(hatches.values()) == {"none"}


@settings(max_examples=60, deadline=None)
@given(st.lists(colours, min_size=2, max_size=5, unique=True), st.booleans())
def test_no_remedy_makes_it_worse(chosen: list[str], may_hatch: bool) -> None:
    named = {str(i): colour for i, colour in enumerate(chosen)}
    after, hatches, changed = mended(named, may_hatch)
    left = confusions(after, hatches)  # type: ignore[arg-type]
    assert len(left) <= len(confusions(named))
    for pair in left:  # only what could not be mended
        assert pair.first not in changed and pair.second not in changed
    if may_hatch:
        assert left == []


def test_nothing_is_offered_where_nothing_is_wrong() -> None:
    assert remedies({"a": "#0072b2", "b": "#e69f00"}) == {}
