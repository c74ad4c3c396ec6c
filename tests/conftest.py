"""`@pytest.mark.needs("docker", …)` skips a test loudly where a tool is missing."""

import pytest
import tools
from hypothesis import settings

# How long one example takes says more of the machine than of the code.
settings.register_profile("netfig", deadline=None)
settings.load_profile("netfig")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: begun last, one of them would run on alone."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test one of whose tools is missing, saying which and how to get it."""
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            if not tools.present(name):
                pytest.skip(tools.reason(name))
