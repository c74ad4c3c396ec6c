"""`make bench`: runs every bench_*.py of this folder and writes its table into README.md.

    python tests/bench/run.py [NAME…]        NAME picks bench_NAME.py alone

Each has a `measure()` that returns a Report; the first line of its docstring is its heading. A
table stays between its own marks, so that one benchmark run alone changes no other's. Ends with 1
when a goal was missed.
"""

import importlib
import os
import platform
import re
import sys
import time
from pathlib import Path

from report import Report

FOLDER = Path(__file__).resolve().parent
README = FOLDER / "README.md"


def machine() -> str:
    """The machine a table was measured on, in a few words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}"


def write(name: str, heading: str, report: Report) -> None:
    """Put the report between its marks in the README, at the end if it has none yet."""
    opening, closing = f"<!-- {name} -->\n", f"<!-- end {name} -->\n"
    verdict = "Every goal reached." if not report.missed else "Missed: " + "; ".join(report.missed)
    body = (
        f"{opening}## {heading}\n\n{report.table}\n{verdict} "
        f"Measured {time.strftime('%Y-%m-%d')} on {machine()}.\n{closing}"
    )
    text = README.read_text()
    marked = re.compile(re.escape(opening) + ".*?" + re.escape(closing), re.DOTALL)
    new = marked.sub(lambda _: body, text) if marked.search(text) else f"{text}\n{body}"
    README.write_text(new)


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all; the exit code."""
    sys.path[:0] = [str(FOLDER.parent)]
    missed: list[str] = []
    for path in sorted(FOLDER.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if names and name not in names:
            continue
        module = importlib.import_module(path.stem)
        heading = (module.__doc__ or name).strip().splitlines()[0].rstrip(".")
        print(f"== {heading}", flush=True)
        report: Report = module.measure()
        print(report.table)
        write(name, heading, report)
        missed += report.missed
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
