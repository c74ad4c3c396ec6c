"""`make test` and `make check`: every stage in order, then what was skipped, then one line of sums.

    python scripts/run_tests.py [--checks] [STAGE…]

STAGE names stages to run alone. The exit code is 1 when anything failed.
"""

import sys
from pathlib import Path

from outcomes import Outcome, from_junit, from_playwright, from_vitest
from stages import Stage, run_all

TOOLS = Path(sys.executable).parent
RUFF = str(TOOLS / "ruff")
# Real engines, browsers and servers share two cores here: what fails is tried once more, and named.
AGAIN = ("--reruns=1", "--reruns-delay=3", "-rR")
PYTEST = (
    *(sys.executable, "-m", "pytest", "-q", "--durations=10", "--junitxml={report}"),
    *AGAIN,
)
RESTART = "tests/deployment/test_engine_restart.py"
PYTHON_SOURCES = ("backend", "sandbox", "tests", "scripts")
NODE = {"tool": "npx", "get": "apt install nodejs npm (Node.js 20 or newer)"}

CHECKS = [
    Stage(name="ruff", command=(RUFF, "check", *PYTHON_SOURCES)),
    Stage(name="ruff format", command=(RUFF, "format", "--check", *PYTHON_SOURCES)),
    Stage(name="mypy backend", command=(str(TOOLS / "mypy"), "netfig"), folder="backend"),
    Stage(
        name="mypy sandbox",
        command=(str(TOOLS / "mypy"), "netfig_sandbox"),
        folder="sandbox",
        wanted="sandbox/pyproject.toml",
    ),
    Stage(
        name="import contracts",
        command=(str(TOOLS / "lint-imports"), "--no-logo"),
        folder="backend",
    ),
    Stage(name="tsc", command=("npx", "tsc", "--noEmit"), folder="frontend", **NODE),
    Stage(
        name="tsc e2e",
        command=("npx", "tsc", "--noEmit", "-p", "../tests/e2e"),
        folder="frontend",
        **NODE,
    ),
    Stage(name="eslint", command=("npx", "eslint", "."), folder="frontend", **NODE),
]

TESTS = [
    Stage(
        name="pytest",
        command=(
            *(*PYTEST, "tests", "--ignore=tests/attacks", f"--ignore={RESTART}"),
            *("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile"),
            "--no-loadscope-reorder",
        ),
        read=from_junit,
    ),
    # By themselves: what they limit is time and memory.
    Stage(name="attacks", command=(*PYTEST, "tests/attacks"), read=from_junit),
    Stage(
        name="vitest",
        command=(
            *("npx", "vitest", "run", "--reporter=default", "--reporter=json"),
            "--outputFile.json={report}",
        ),
        folder="frontend",
        read=from_vitest,
        **NODE,
    ),
    Stage(
        name="playwright",
        command=(
            *("npx", "playwright", "test", "-c", "../tests/e2e/playwright.config.ts"),
            "--reporter=list,json",
        ),
        folder="frontend",
        environment={"PLAYWRIGHT_JSON_OUTPUT_NAME": "{report}"},
        read=from_playwright,
        tool="chromium",
        get="apt install chromium",
        wanted="tests/e2e/playwright.config.ts",
    ),
    # Nothing else may use the engine meanwhile.
    Stage(name="engine restart", command=(*PYTEST, RESTART), read=from_junit),
]


def show(outcome: Outcome) -> None:
    """Name what was skipped and what failed, then the sums as the last line of all."""
    if outcome.skipped:
        print("\n== skipped")
        for name, reason in outcome.skipped:
            print(f"   {name}\n      {reason or 'no reason given'}")
    if outcome.failed:
        print("\n== failed")
        for name in outcome.failed:
            print(f"   {name}")
    print()
    print(outcome.last_line(), flush=True)


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; the exit code."""
    stages = CHECKS if "--checks" in arguments else CHECKS + TESTS
    named = [argument for argument in arguments if not argument.startswith("-")]
    if named:
        stages = [stage for stage in CHECKS + TESTS if stage.name in named]
    outcome = run_all(stages)
    show(outcome)
    return 1 if outcome.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
