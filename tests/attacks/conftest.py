"""Attacks run in the shipped guest with the shipped flags, and in the local runner beside it."""

from collections.abc import Iterator

import pytest
import tools
from attacks.limits import CPU, WALL
from runners import Asker, runner


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
