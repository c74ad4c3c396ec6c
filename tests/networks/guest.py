"""A real runner for tests: the guest in a box where an engine answers, else the local guest."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tools
from netfig.sandbox_client import RunnerSandbox
from netfig.sandbox_client.launch import RunnerProcess


@dataclass(frozen=True)
class Guest:
    """Runs programs; `kind` is "docker" or "local"."""

    sandbox: RunnerSandbox
    kind: str

    def capture(self, code: str, session: str = "tests") -> dict[str, Any]:
        """The capture of a program, as the guest gives it. Raises what the sandbox raises."""
        answer = self.sandbox.capture(
            code,
            session=session,
            run=uuid.uuid4().hex,
            options={},
            on_stage=lambda stage: None,
            cancelled=lambda: False,
        )
        assert isinstance(answer, dict)
        return answer


@contextmanager
def running() -> Iterator[Guest]:
    """A runner of its own, ended at the end. Raises Unavailable when it does not start.

    NETFIG_TESTS_GUEST=local passes the engine by, for work on the guest itself.
    """
    kind = os.environ.get("NETFIG_TESTS_GUEST", "docker" if tools.present("docker") else "local")
    with tempfile.TemporaryDirectory() as folder:
        runner = RunnerProcess(Path(folder), guest=kind, name=f"tests-{uuid.uuid4().hex[:8]}")
        runner.start()
        try:
            runner.wait()
            yield Guest(RunnerSandbox(runner.path), kind)
        finally:
            runner.stop()
