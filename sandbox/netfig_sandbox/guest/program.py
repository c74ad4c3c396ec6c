"""The paste as Python: notebooks, magics, prompts and Python 2 made runnable, lines kept.

`read` gives text whose line n is line n of the paste, so that every line number told to the user
is true. It must not run anything.
"""

import ast
import contextlib
import json
import re
import textwrap
from dataclasses import dataclass, field

_MAGIC = re.compile(r"^(\s*)([%!?]|[\w.]+\?\??\s*$)")
_ASSIGNED_SHELL = re.compile(r"^(\s*[\w, ]+=\s*)([!%].*)$")
_CELL_MAGIC = re.compile(r"^\s*%%(\w+)")
_RUNS_ANYWAY = {"time", "timeit", "capture", "prun", "tensorflow_version", "python3", "python"}
_PROMPT = re.compile(r"^\s*(?:>>> ?|\.\.\. ?|In ?\[\d*\]: ?)(.*)$")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u200b": "",
                         "\u2028": " ", "\ufeff": "", "–": "-", "−": "-", "×": "*"})  # fmt: skip
_FIXERS = (
    "print", "except", "exec", "has_key", "ne", "numliterals", "raise", "repr", "paren",
    "tuple_params", "unicode", "xrange", "raw_input", "throw", "standarderror", "ws_comma",
)  # fmt: skip


@dataclass
class Program:
    """`text` parses as `tree`. `notes` are what had to be changed, for warnings; `python2` asks
    for Python 2's division."""

    text: str
    tree: ast.Module
    notes: list[str] = field(default_factory=list)
    python2: bool = False


def read(code: str) -> Program:
    """Makes a paste runnable. Raises SyntaxError with the paste's line where it cannot be."""
    notes: list[str] = []
    text = code.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\0", "")
    if text.lstrip().startswith("{") and '"cells"' in text:
        text = _notebook(text) or text
    text = without_magics(text)
    try:
        return Program(text, ast.parse(text), notes)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        first = error
    fenced = _fenced(code)
    if fenced is not None:
        with contextlib.suppress(SyntaxError, ValueError, RecursionError):
            return Program(fenced, ast.parse(fenced), notes)
    for attempt, note in ((_tidied, ""), (_python3, "Python 2 was read as Python 3.")):
        changed = attempt(text)
        if changed is None:
            continue
        try:
            tree = ast.parse(changed)
        except (SyntaxError, ValueError, RecursionError):
            continue
        return Program(changed, tree, [note] if note else [], bool(note))
    if isinstance(first, SyntaxError):
        kept = _before(text, first.lineno or 0)
        if kept is None:
            old = _old_before(text)
            if old is not None:
                return old
            raise first
        note = f"From line {first.lineno} on the text is no Python ({first.msg}); it was left out."
        return Program(kept[0], kept[1], [note])
    raise SyntaxError(str(first) or type(first).__name__)


def _old_before(text: str) -> Program | None:
    """The same for Python 2, whose faults are found by reading ever less of it."""
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if n and line[:1].strip() and line[0] != "#"]
    for end in starts[::-1][:_TRIES]:
        changed = _python3("\n".join(lines[:end]))
        if changed is None:
            continue
        with contextlib.suppress(SyntaxError, ValueError, RecursionError):
            tree = ast.parse(changed)
            if any(word in changed for word in ("Model(", "Sequential(", ".add(")):
                note = f"From line {end + 1} on the text is no Python; it was left out."
                return Program(changed, tree, ["Python 2 was read as Python 3.", note], True)
    return None


_TRIES = 12


def _fenced(text: str) -> str | None:
    """The Python between the fences of a text in Markdown; None where it has none."""
    lines = text.replace("\r\n", "\n").split("\n")
    if sum(line.lstrip().startswith("```") for line in lines) < 2:
        return None
    kept: list[str] = []
    inside: bool | None = None  # None outside the fences, then whether it is Python.
    for line in lines:
        mark = re.match(r"\s*```\s*\{?\.?(\w*)", line)
        if mark:
            python = mark[1].lower() in ("", "python", "python3", "py", "ipython")
            inside = python if inside is None else None
        kept.append(line if inside and not mark else "")
    found = without_magics("\n".join(kept))
    return found if found.strip() else None


_LEAST = 4
"""Statements that must stand before a fault of the text for it to be cut off."""


def _before(text: str, line: int) -> tuple[str, ast.Module] | None:
    """The whole statements before the faulty one, where they make a program by themselves."""
    lines = text.split("\n")
    for end in range(min(line, len(lines)) - 1, 0, -1):
        if not lines[end][:1].strip():  # Not the beginning of a statement.
            continue
        kept = "\n".join(lines[:end])
        try:
            tree = ast.parse(kept)
        except (SyntaxError, ValueError, RecursionError):
            continue
        built = any(word in kept for word in ("Model(", "Sequential(", ".add("))
        return (kept, tree) if built and len(tree.body) >= _LEAST else None
    return None


def without_magics(text: str) -> str:
    """Notebook magics and shell lines become `pass`, or an empty list where they are assigned."""
    if not re.search(r"^\s*([%!?]|[\w, ]+=\s*[!%])|\?\s*$|^\s*(```|>>>|In ?\[\d)", text, re.M):
        return text
    lines = text.split("\n")
    if sum(1 for line in lines if line.lstrip().startswith((">>>", "In ["))) * 4 > len(
        [line for line in lines if line.strip()]
    ):
        lines = [m.group(1) if (m := _PROMPT.match(line)) else "" for line in lines]
    kept: list[str] = []
    shell = False  # the line before was a shell line that goes on
    triple: str | None = None
    for line in lines:
        if triple is None:
            if line.strip().startswith("```"):
                line = ""
            assigned = _ASSIGNED_SHELL.match(line)
            magic = _MAGIC.match(line)
            if assigned and not _continues(kept):
                line = assigned.group(1) + "[]"
            elif shell or (magic and not _continues(kept)):
                head = re.match(r"^\s*%(?:time|timeit|prun)\s+(?!-)(.*)$", line)
                indent = line[: len(line) - len(line.lstrip())]
                ends = line.rstrip().endswith("\\")
                line = "" if shell else indent + (head.group(1) if head else "pass")
                shell = ends
            else:
                shell = False
        triple = _triple_after(line, triple)
        kept.append(line)
    return "\n".join(kept)


def _triple_after(line: str, inside: str | None) -> str | None:
    """Which triple quote is open after a line."""
    at = 0
    while at < len(line):
        if inside is not None:
            end = line.find(inside, at)
            if end < 0:
                return inside
            at, inside = end + 3, None
            continue
        found = re.compile(r"#|\"\"\"|'''|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'").search(line, at)
        if found is None or found.group() == "#":
            return None
        if found.group() in ('"""', "'''"):
            inside = found.group()
        at = found.end()
    return inside


def _continues(before: list[str]) -> bool:
    """True where the lines before leave a bracket open or end in a backslash: `%` is modulo."""
    if before and before[-1].rstrip().endswith("\\"):
        return True
    depth = 0
    for line in reversed(before[-30:]):
        bare = re.sub(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|#.*$", "", line)
        for sign in reversed(bare):
            if sign in ")]}":
                depth -= 1
            elif sign in "([{":
                depth += 1
                if depth > 0:
                    return True
        if not line[:1].isspace() and line.strip() and depth <= 0:
            return False
    return False


def _notebook(text: str) -> str | None:
    """The code cells of an .ipynb, each line on the line of the file that holds it."""
    try:
        cells = json.loads(text).get("cells", [])
    except (ValueError, AttributeError, RecursionError):
        return None
    wanted: list[str] = []
    for cell in cells if isinstance(cells, list) else []:
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", [])
        joined = source if isinstance(source, str) else "".join(map(str, source))
        magic = _CELL_MAGIC.match(joined)
        if magic and magic.group(1) not in _RUNS_ANYWAY:
            continue
        wanted += [*joined.split("\n"), ""]
    placed: list[str] = []
    file_lines = text.split("\n")
    at = 0
    for line in wanted:
        stripped = json.dumps(line, ensure_ascii=False)[1:-1]
        escaped = json.dumps(line)[1:-1]
        found = None
        if line.strip():
            for number in range(max(at, len(placed)), len(file_lines)):
                body = file_lines[number].strip()
                if body.startswith(('"' + stripped, '"' + escaped)):
                    found = number
                    break
        if found is not None:
            placed += [""] * (found - len(placed))
            at = found + 1
        elif line.strip() and placed and len(file_lines) < 4 * len(wanted):
            return "\n".join(wanted)
        placed.append(line)
    return "\n".join(placed)


def _tidied(text: str) -> str | None:
    """Typographic quotes, tabs mixed with blanks and a common indent made plain."""
    changed = textwrap.dedent(text.translate(_QUOTES).expandtabs(8))
    return changed if changed != text else None


def _python3(text: str) -> str | None:
    """Python 2 as Python 3; None where it is not Python 2 or cannot be read."""
    try:
        from fissix.refactor import RefactoringTool
    except ImportError:
        return None
    source = text.translate(_QUOTES).expandtabs(8)
    if not source.endswith("\n"):
        source += "\n"
    source = re.sub(r"\b([urUR]{1,2})(?=['\"])", lambda m: m.group().lower().strip("u"), source)
    try:
        tool = RefactoringTool([f"fissix.fixes.fix_{name}" for name in _FIXERS])
        changed = str(tool.refactor_string(source, "paste"))
    except Exception:
        return None
    for old, new in ((".iteritems()", ".items()"), (".itervalues()", ".values()"),
                     (".iterkeys()", ".keys()")):  # fmt: skip
        changed = changed.replace(old, new)
    return changed
