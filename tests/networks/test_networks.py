"""Every program of this folder draws what its author worked out by hand, in the real guest."""

from typing import Any

import pytest
from networks.expectation import Counts, Program, programs, value
from networks.guest import Guest


def counted(name: str, model: dict[str, Any]) -> Counts:
    """What the capture says of a model, in the terms of an expectation."""
    return Counts(name, len(model["calls"]), len(model["edges"]), model["parameters"])


def chosen(name: str, models: list[dict[str, Any]]) -> dict[str, Any]:
    """The model an expectation speaks of: by variable or name; the preselected one for none."""
    if not name:
        return models[0]
    for key in ("variable", "name"):
        for model in models:
            if model[key] == name:
                return model
    pytest.fail(f"no {name} among {[(m['variable'], m['name']) for m in models]}")


@pytest.mark.needs("guest")
@pytest.mark.parametrize("program", programs(), ids=lambda program: program.name)
def test_counts_are_the_hand_made_ones(guest: Guest, program: Program) -> None:
    capture = guest.capture(program.code)
    models = capture["models"]
    assert models, capture["error"]
    for expected in program.counts:
        found = counted(expected.name, chosen(expected.name, models))
        assert found == expected, f"{found} is not {expected}; {capture['error']}"
        if expected.preselected:
            first = counted(expected.name, models[0])
            assert first == expected, f"preselected: {models[0]['variable']}"


def test_every_dialect_is_there() -> None:
    dialects = [program.dialect for program in programs()]
    assert len(dialects) >= 60
    assert set(dialects) == {"keras1", "keras2", "tfkeras", "keras3"}
    assert min(dialects.count(dialect) for dialect in dialects) >= 8


def test_a_wrong_sum_is_noticed() -> None:
    assert value("(784+1)*512 - 2") == 401918
    with pytest.raises(ValueError, match="not a sum"):
        value("__import__('os').getpid()")
