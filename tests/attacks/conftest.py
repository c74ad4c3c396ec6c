"""Attacks run in the shipped guest with the shipped flags, and in the local runner beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import tools
from attacks.limits import CPU, WALL
from runners import Asker, runner


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two processes at most: one attacks boxes, the other the local runner, each with its own."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and hasattr(item, "callspec"):
            given = item.callspec.params
            if kind := given.get("boxed") or given.get("service"):
                item.add_marker(pytest.mark.xdist_group(kind))


@pytest.fixture(scope="session", params=["docker", "local"])
def boxed(request: pytest.FixtureRequest) -> Iterator[Asker]:
    """A runner over real guests; 2 s of processor, 8 s in all. The tier is printed."""
    kind = request.param
    tool = "docker" if kind == "docker" else "guest"
    if not tools.present(tool) or (kind == "local" and not tools.local_guest()):
        pytest.skip(tools.reason(tool))
    arguments = (
        "--guest",
        kind,
        "--cpu",
        str(CPU),
        "--wall",
        str(WALL),
        "--owner",
        "netfig-attacks",
    )
    with runner(*arguments, "--warm", "2") as (asker, _):
        status = asker.status()
        print(f"tier {status['tier']}, walls {status['walls']}")
        yield asker
