"""The lock holds what the distributions ask for, with hashes and without naming any host."""

import re
import tomllib

import pytest
import tools
from packaging.requirements import Requirement

LOCK = tools.ROOT / "backend/requirements.lock"
PINNED = {
    pin[1]: pin[2]
    for pin in re.finditer(r"^([a-z0-9-]+)(?:\[[^]]*\])?==(\S+)", LOCK.read_text(), re.MULTILINE)
}


def asked() -> list[Requirement]:
    found = []
    for distribution in ("backend", "sandbox"):
        text = (tools.ROOT / distribution / "pyproject.toml").read_text()
        project = tomllib.loads(text)["project"]
        extras = project.get("optional-dependencies", {}).values()
        for line in [*project["dependencies"], *(line for extra in extras for line in extra)]:
            found.append(Requirement(line))
    return found


@pytest.mark.parametrize("requirement", asked(), ids=str)
def test_what_is_asked_for_is_locked(requirement: Requirement) -> None:
    name = re.sub(r"[-_.]+", "-", requirement.name).lower()
    assert name in PINNED, "run `make lock`"
    assert requirement.specifier.contains(PINNED[name]), "run `make lock`"


def test_every_pin_has_a_hash_and_no_host_is_named() -> None:
    text = LOCK.read_text()
    pins = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "://" not in text
