"""One stage of a test run: a command, what it needs, and how its result is counted."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from outcomes import Outcome

ROOT = Path(__file__).resolve().parent.parent
REPORT = "{report}"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A command run in `folder`.

    Without `read` the stage itself counts as one test, passed when the command ends with 0.
    With it, `{report}` in the command and the environment becomes a file that `read` counts.
    `tool` is a program that must be on the machine; without it the stage is skipped, and `get`
    says how to have it. `wanted` is a path without which the stage has nothing to run on.
    """

    name: str
    command: tuple[str, ...]
    folder: str = "."
    environment: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[Path], Outcome] | None = None
    tool: str = ""
    get: str = ""
    wanted: str = ""

    def run(self) -> Outcome:
        """Run it, its output going to the terminal, and count."""
        if self.tool and shutil.which(self.tool) is None:
            return Outcome(skipped=[(self.name, f"needs {self.tool}: {self.get}")])
        if self.wanted and not any(ROOT.glob(self.wanted)):
            return Outcome(skipped=[(self.name, f"there is no {self.wanted}")])
        with tempfile.TemporaryDirectory() as place:
            report = Path(place, "report")
            code = subprocess.run(
                [part.replace(REPORT, str(report)) for part in self.command],
                cwd=ROOT / self.folder,
                env={
                    **os.environ,
                    **{k: v.replace(REPORT, str(report)) for k, v in self.environment.items()},
                },
                check=False,
            ).returncode
            if self.read is None:
                return Outcome(passed=1) if code == 0 else Outcome(failed=[self.name])
            if not report.exists():
                return Outcome(failed=[f"{self.name}: ended with {code} and wrote no report"])
            outcome = self.read(report)
        if code != 0 and not outcome.failed:
            outcome.failed.append(f"{self.name}: ended with {code}")
        return outcome


def run_all(stages: list[Stage]) -> Outcome:
    """Run the stages in order, each under a heading, and sum them. Nothing stops at a failure."""
    total = Outcome()
    times: list[tuple[str, float, str]] = []
    for stage in stages:
        print(f"\n== {stage.name}", flush=True)
        start = time.monotonic()
        outcome = stage.run()
        seconds = time.monotonic() - start
        times.append((stage.name, seconds, outcome.last_line()))
        print(f"== {stage.name}: {outcome.last_line()} in {seconds:.1f} s", flush=True)
        total.add(outcome)
    print("\n== stages")
    for name, seconds, line in times:
        print(f"   {name:<22}{seconds:7.1f} s   {line}")
    return total
