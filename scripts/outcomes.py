"""What a test runner said: how many passed, which failed, which were skipped and why.

Reads the three report formats in use (JUnit XML of pytest, JSON of vitest, JSON of Playwright).
"""

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Outcome:
    """Sums over tests; `skipped` and `failed` name each one."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count the tests of `other` too."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def last_line(self) -> str:
        """The line a whole run ends with."""
        return f"{self.passed} passed, {len(self.failed)} failed, {len(self.skipped)} skipped"


def from_junit(report: Path) -> Outcome:
    """Counts of a JUnit XML file as pytest writes it; of a test tried twice the last counts."""
    outcome = Outcome()
    cases = {
        f"{case.get('classname', '')}::{case.get('name', '')}": case
        for case in ElementTree.parse(report).iter("testcase")
    }
    for name, case in cases.items():
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed.append(name)
        elif skipped is None:
            outcome.passed += 1
        elif skipped.get("type") == "pytest.xfail":
            outcome.skipped.append((name, f"known fault: {skipped.get('message', '')}"))
        else:
            outcome.skipped.append((name, skipped.get("message", "")))
    return outcome


def from_vitest(report: Path) -> Outcome:
    """Counts of vitest's JSON reporter; a file that does not even load is one failure."""
    outcome = Outcome()
    for file in json.loads(report.read_text())["testResults"]:
        name = Path(file["name"]).name
        if file["status"] == "failed" and not file["assertionResults"]:
            outcome.failed.append(f"{name}: {file.get('message', '').splitlines()[:1]}")
        for test in file["assertionResults"]:
            title = f"{name}: {test['fullName']}"
            if test["status"] == "passed":
                outcome.passed += 1
            elif test["status"] == "failed":
                outcome.failed.append(title)
            else:
                outcome.skipped.append((title, "skipped in its file"))
    return outcome


def _specs(suite: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from suite.get("specs", [])
    for inner in suite.get("suites", []):
        yield from _specs(inner)


def from_playwright(report: Path) -> Outcome:
    """Counts of Playwright's JSON reporter; errors outside any test are failures too."""
    content = json.loads(report.read_text())
    outcome = Outcome()
    for error in content.get("errors", []):
        outcome.failed.append("playwright: " + error.get("message", "error").splitlines()[0])
    for suite in content["suites"]:
        for spec in _specs(suite):
            title = f"{spec['file']}: {spec['title']}"
            for test in spec["tests"]:
                if test["status"] == "skipped":
                    reasons = [note.get("description", "") for note in test["annotations"]]
                    outcome.skipped.append((title, "; ".join(filter(None, reasons))))
                elif test["status"] == "unexpected":
                    outcome.failed.append(title)
                else:
                    outcome.passed += 1
    return outcome
