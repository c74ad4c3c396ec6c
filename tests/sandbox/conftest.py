from collections.abc import Iterator

import pytest
from runners import Asker, runner


@pytest.fixture(scope="session")
def light() -> Iterator[Asker]:
    """A runner whose boxes hold no libraries; 1 s of processor, 5 s in all."""
    with runner("--cpu", "1", "--wall", "5", "--warm", "2", "--cap", "12", light=True) as (
        asker,
        _,
    ):
        yield asker
