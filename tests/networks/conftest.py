"""One runner for all programs."""

from collections.abc import Iterator

import pytest
from networks.guest import Guest, running


@pytest.fixture(scope="session")
def guest() -> Iterator[Guest]:
    with running() as started:
        yield started
