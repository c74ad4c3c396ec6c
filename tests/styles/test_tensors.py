"""How tensors of every rank are read: extent, features, text."""

import pytest
from figures.building import tensor
from netfig.styles.tensors import view


@pytest.mark.parametrize(
    ("shape", "axes", "kind", "extent", "features", "text"),
    [
        ((224, 224, 3), None, "grid", 224, 3, "224²"),
        ((80, 60, 8), None, "grid", (80 * 60) ** 0.5, 8, "80×60"),
        ((16, 16, 16, 4), None, "grid", 16, 4, "16³"),
        ((128, 64), None, "sequence", 128, 64, "128"),
        ((10,), None, "flat", None, 10, ""),
        ((), None, "flat", None, None, ""),
        ((None, None, 3), None, "grid", None, 3, "?"),
        ((None, 32, 3), None, "grid", None, 3, "?×32"),
        ((None, 300), None, "sequence", None, 300, "?"),
        ((3, 32, 32), ("batch", "channels", "height", "width"), "grid", 32, 3, "32²"),
        ((12, 5), ("batch", "axis", "channels"), "sequence", 12, 5, "12"),
    ],
)
def test_views(shape, axes, kind, extent, features, text):  # type: ignore[no-untyped-def]
    seen = view(tensor(*shape, axes=axes))
    assert (seen.shape, seen.features, seen.text) == (kind, features, text)
    assert seen.extent == (pytest.approx(extent) if extent is not None else None)


def test_nothing_is_flat_and_not_open() -> None:
    assert view(None).shape == "flat"
    assert not view(None).open
    assert view(tensor(None, None, 3)).open
