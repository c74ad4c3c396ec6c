"""What a program of this folder says of itself in its head: dialect, and its networks' counts.

    # dialect: keras2
    # counts encoder              the variable of the model that follows; none for the preselected
                                  one, which may also be named: "# counts vae, preselected"
    # layers: 1 + 4 = 5           sums, worked out by hand; further lines begin with "#   +"
    # edges: 5 - 1 = 4
    # parameters: (784+1)*512 = 401920
    # expect encoder: layers=5 edges=4 parameters=401920

The sums are evaluated and compared with what they are said to make, so that neither the reasoning
nor the number can change alone.
"""

import ast
import json
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
KEYS = ("layers", "edges", "parameters")
_OPERATORS: dict[type, Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


@dataclass(frozen=True)
class Counts:
    """One network: calls of layers with its inputs, edges with multiplicity, weights once."""

    name: str
    layers: int
    edges: int
    parameters: int
    preselected: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Program:
    """One file: `code` is what is pasted; `title` its first line without the hash."""

    path: Path
    code: str
    title: str
    dialect: str
    counts: tuple[Counts, ...]

    @property
    def name(self) -> str:
        return self.path.relative_to(FOLDER).as_posix()


def value(expression: str) -> int:
    """The value of a sum of integers. Raises ValueError for anything else in it."""

    def of(node: ast.expr) -> int:
        if isinstance(node, ast.Constant) and type(node.value) is int:
            return node.value
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            return _OPERATORS[type(node.op)](of(node.left), of(node.right))
        raise ValueError(f"not a sum: {expression}")

    return of(ast.parse(expression.strip(), mode="eval").body)


def _head(path: Path, text: str) -> list[str]:
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "".join(next(c for c in cells if c["cell_type"] == "code")["source"])
    lines = text.splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[:end]


def _sums(lines: list[str]) -> dict[str, dict[str, int]]:
    joined = re.sub(r"\n#   (?=[-+])", " ", "\n".join(lines))
    found: dict[str, dict[str, int]] = {}
    name = ""
    for line in joined.splitlines():
        if named := re.fullmatch(r"# counts ([^,]+)(, preselected)?", line):
            name = named[1]
        elif counted := re.fullmatch(r"# (layers|edges|parameters): (.+) = (\d+)", line):
            if value(counted[2]) != int(counted[3]):
                raise ValueError(f"{line}: the sum is {value(counted[2])}")
            found.setdefault(name, {})[counted[1]] = int(counted[3])
    return found


def read(path: Path) -> Program:
    """Read one program. Raises ValueError when its head is incomplete or its sums do not agree."""
    text = path.read_text()
    lines = _head(path, text)
    sums = _sums(lines)
    counts = []
    for line in lines:
        if stated := re.fullmatch(
            r"# expect ?(.*?): layers=(\d+) edges=(\d+) parameters=(\d+)", line
        ):
            numbers = dict(zip(KEYS, map(int, stated.groups()[1:]), strict=True))
            if sums.get(stated[1]) != numbers:
                raise ValueError(f"{path.name}: {line} is not what the sums above it make")
            first = not stated[1] or f"# counts {stated[1]}, preselected" in lines
            counts.append(Counts(stated[1], **numbers, preselected=first))
    dialects = [
        line.removeprefix("# dialect: ") for line in lines if line.startswith("# dialect: ")
    ]
    if len(dialects) != 1 or not counts or len(counts) != len(sums):
        raise ValueError(f"{path.name}: its head lacks a dialect or a network's counts")
    return Program(path, text, lines[0].removeprefix("# "), dialects[0], tuple(counts))


@cache
def programs() -> tuple[Program, ...]:
    """Every program of the folder, by name."""
    paths = [*FOLDER.glob("*/*.py"), *FOLDER.glob("*/*.ipynb")]
    return tuple(read(path) for path in sorted(paths) if not path.name.startswith("__"))
