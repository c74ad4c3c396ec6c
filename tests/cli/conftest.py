"""The command line as its users start it: a process of its own, a runner of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tools

Netfig = Callable[..., subprocess.CompletedProcess[str]]

PROGRAM = (sys.executable, "-c", "from netfig.cli import main; main()")


@pytest.fixture(scope="session")
def environment() -> Iterator[dict[str, str]]:
    """A user's environment with folders of its own; a socket's path must be short."""
    folder = Path(tempfile.mkdtemp(prefix="nf-"))
    yield {
        **{name: value for name, value in os.environ.items() if not name.startswith("NETFIG_")},
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "NETFIG_GUEST": "local",
    }
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def netfig(environment: dict[str, str]) -> Iterator[Netfig]:
    """Run the program to its end; the sandbox it leaves behind is ended with the tests."""
    if not tools.present("guest"):
        pytest.skip(tools.reason("guest"))

    def run(*arguments: str, code: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (*PROGRAM, *arguments),
            input=code,
            capture_output=True,
            text=True,
            env=environment,
            timeout=120,
            check=False,
        )

    yield run
    for lock in Path(environment["XDG_RUNTIME_DIR"]).glob("netfig/*/pid"):
        subprocess.run(["kill", lock.read_text().strip()], check=False)
