"""Writes the table in tests/networks/README.md: python tests/networks/write_table.py

Each program runs twice; the time is the second run's, warm, from the request to the capture.
"""

import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from netfig.errors import NetfigError
from networks.expectation import FOLDER, Program, programs
from networks.guest import Guest, running

README = FOLDER / "README.md"
HEAD = "| program | dialect | what it is | models | layers | edges | parameters | seconds |\n"
RULE = "|---|---|---|---:|---:|---:|---:|---:|\n"


def row(guest: Guest, program: Program) -> tuple[str, float]:
    """The program's line of the table and its seconds."""
    try:
        guest.capture(program.code)
        start = time.perf_counter()
        capture = guest.capture(program.code)
        seconds = time.perf_counter() - start
    except NetfigError as error:
        return f"| {program.name} | {program.dialect} | {program.title} | {error} |||||\n", 0.0
    models = capture["models"]
    if not models:
        return f"| {program.name} | {program.dialect} | {program.title} | none |||||\n", seconds
    first = models[0]
    return (
        f"| {program.name} | {program.dialect} | {program.title} | {len(models)} "
        f"| {len(first['calls'])} | {len(first['edges'])} | {first['parameters']:,} "
        f"| {seconds:.2f} |\n",
        seconds,
    )


def main() -> None:
    """Run every program and put the table between the README's marks."""
    with running() as guest:
        rows = [row(guest, program) for program in programs()]
        kind = guest.kind
    times = sorted(seconds for _, seconds in rows)
    table = (
        f"{len(rows)} programs, guest: {kind}, median {times[len(times) // 2]:.2f} s, "
        f"slowest {times[-1]:.2f} s.\n\n" + HEAD + RULE + "".join(line for line, _ in rows)
    )
    text = README.read_text()
    marks = r"(<!-- table -->\n).*(<!-- end -->)"
    README.write_text(re.sub(marks, lambda m: m[1] + table + m[2], text, flags=re.DOTALL))
    print(table)


if __name__ == "__main__":
    main()
