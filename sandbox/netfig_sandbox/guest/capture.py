"""Runs a paste and says what networks it made: `run(code, options)`, the guest's one entry.

    python -m netfig_sandbox.guest.capture FILE [keras2|keras3]     prints the capture of a file

Options: "model" (name or index of the one to put first), "input_shapes" ({model or class name:
shape or shapes}, for subclassed models), "dialect" ("keras2" or "keras3"; else `prefers` decides
and the other is tried when the first gives nothing), "deadline" (seconds the run may take) and
"publish" (called with an interim capture). The wire format is described in CAPTURE.md. Both
Kerases live in one process; importing this module imports them and starts no thread. `run` never
raises for what a paste does.
"""

import contextlib
import gc
import io
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from netfig_sandbox.guest import absent, arrays, datasets, hooks, lookup, texts
from netfig_sandbox.guest.dialects import other, prefers
from netfig_sandbox.guest.dump import engine_versions, text
from netfig_sandbox.guest.engines import KERAS2, KERAS3, Engine
from netfig_sandbox.guest.execute import Execution, in_keras, is_unread, line_of
from netfig_sandbox.guest.hints import hint
from netfig_sandbox.guest.inert import Counter
from netfig_sandbox.guest.offer import offered
from netfig_sandbox.guest.program import read
from netfig_sandbox.guest.record import CURRENT, Record
from netfig_sandbox.guest.spellings import Era
from netfig_sandbox.guest.untold import untold

__all__ = ["prefers", "run"]

LIMIT = 20.0
"""Seconds a run may take where the caller names none."""
MARGIN = 0.8
"""Seconds kept for writing down what was captured."""
OUTPUT = 16_384

hooks.install()
lookup.prepare()


class _Output(io.StringIO):
    """What the program prints, cut."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        if self.tell() < OUTPUT:
            super().write(text[: OUTPUT - self.tell()])
        return len(text)

    def isatty(self) -> bool:
        return False


def run(code: str, options: dict[str, Any]) -> dict[str, Any]:
    """The capture of a paste."""
    start = time.monotonic()
    deadline = start + max(0.5, float(options.get("deadline") or LIMIT) - MARGIN)
    output = _Output()
    absent.install()
    arrays.install()
    datasets.install()
    texts.install()
    gc.set_threshold(100_000, 50, 100)
    try:
        dialect = str(options.get("dialect") or prefers(code))
        with _quiet(output):
            result = _best(code, dialect, options, deadline)
    except RecursionError:
        result = _failed(KERAS3, "The program nests too deeply to be read.", None)
    except Exception:
        # A fault of ours: what it says is of no use to the user, and may tell of our insides.
        message = "Something in Netfig failed over this program."
        result = _failed(KERAS3, message, None, code="internal")
    result["output"] = output.getvalue()
    return result


def _best(code: str, dialect: str, options: dict[str, Any], deadline: float) -> dict[str, Any]:
    """Tries the dialect, then the other, then both stepping over more; the best of them."""
    plan = [(dialect, False)]
    if "dialect" not in options:
        plan.append((other(dialect), False))
    plan += [(name, True) for name, _ in list(plan)]
    best: dict[str, Any] | None = None
    start = time.monotonic()
    for name, stepping in plan:
        spent = time.monotonic() - start
        if best is not None and time.monotonic() + spent / 2 > deadline:
            break
        result = _attempt(code, name, stepping, options, deadline)
        if best is None or _worth(result) > _worth(best):
            best = result
        if _settled(best):
            break
    assert best is not None
    best.pop("_worth", None)
    return best


def _settled(result: dict[str, Any]) -> bool:
    """True where another try would gain nothing: whole models, or a fault of the text itself."""
    return bool(result["_worth"][1]) or (result["error"] or {}).get("code") == "syntax"


def _worth(result: dict[str, Any]) -> tuple[Any, ...]:
    found: tuple[Any, ...] = result["_worth"]
    return found


def _attempt(
    code: str, dialect: str, stepping: bool, options: dict[str, Any], deadline: float
) -> dict[str, Any]:
    engine = KERAS2 if dialect == "keras2" else KERAS3
    try:
        program = read(code)
    except SyntaxError as error:
        message = f"{type(error).__name__}: {error.msg}"
        return _failed(engine, message, error.lineno, code="syntax")
    record = Record()
    CURRENT.record = record
    Counter.asked = 0
    Era.tell(code)
    for note in program.notes:
        record.warn("dialect", note)
    publish: Callable[[dict[str, Any]], None] | None = options.get("publish")
    absent.Disk.claimed = stepping
    execution = Execution(program, record, deadline, stepping)
    execution.scope.update(absent.fresh())

    def result() -> dict[str, Any]:
        return _result(engine, record, execution, options)

    if publish is not None:
        execution.on_patience = lambda: publish(_clean(result()))
    with _keras(engine):
        execution.run()
        # What is called with guesses alone comes after a try that steps over what fails.
        last = stepping or not execution.passed_over
        if not record.models and execution.ended is None and last:
            untold(execution, program)
        return result()


def _clean(result: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in result.items() if k != "_worth"}


@contextlib.contextmanager
def _keras(engine: Engine) -> Iterator[None]:
    """The engine ready for one program: names start anew, no weight gets memory."""
    lookup.activate(engine)
    hooks.forget_names()
    KERAS2.module.backend.set_image_data_format("channels_last")
    KERAS3.module.config.set_image_data_format("channels_last")
    if engine is KERAS3:
        # Left as it is entered, the scope would give every weight its memory at its end.
        with KERAS3.module.StatelessScope(initialize_variables=False):
            yield
    else:
        yield


@contextlib.contextmanager
def _quiet(output: _Output) -> Iterator[None]:
    import warnings

    before = sys.stdout, sys.stderr, sys.argv, sys.modules.get("__main__")
    sys.stdout = sys.stderr = output
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        sys.stdout, sys.stderr, sys.argv, main = before
        if main is not None:
            sys.modules["__main__"] = main


def _result(
    engine: Engine, record: Record, execution: Execution, options: dict[str, Any]
) -> dict[str, Any]:
    models, whole = offered(execution, options)
    error = None
    if execution.ended == "time" and models:
        record.warn(
            "time", "The time was up before the program ended; what it had built is shown.",
            execution.ended_line,
        )  # fmt: skip
    elif execution.ended == "patience":
        record.warn(
            "stopped", "The program went on and made no further layer; it was stopped.",
            execution.ended_line,
        )  # fmt: skip
    elif execution.ended == "time":
        error = _out_of_time(execution.ended_line)
    failure = execution.error, execution.error_line
    if failure[0] is None and not models and execution.passed_over:
        failure = next(
            (one for one in execution.passed_over if is_unread(one[0])), execution.passed_over[0]
        )
    if failure[0] is not None and error is None:
        raised = failure[0]
        message = sentence(raised)
        line = failure[1] or line_of(raised)
        if models:
            where = "The program" if line is None else f"Line {line}"
            stopped = f"{where} failed and what follows was not run: {message}"
            record.warn("error", stopped, line)
        else:
            advice = hint(message) or _from_elsewhere(record)
            error = {"code": "error", "message": message, "line": line, "hint": advice}
    if not models and error is None:
        error = _nothing(record)
    return {
        "format": 1,
        "engine": engine_versions(engine),
        "models": models,
        "warnings": record.warnings,
        "error": error,
        "output": "",
        "_worth": (
            whole,
            whole and not _elsewhere(record, execution),
            0 if whole else sum(len(m["calls"]) for m in models[:1]),
        ),
    }


def _elsewhere(record: Record, execution: Execution) -> bool:
    """True where the other Keras may get further: this one lacks a name or refused the program."""
    error = execution.error
    if record.lacking:
        return True
    if error is None or record.trained:
        return False
    return isinstance(error, ImportError | AttributeError) or in_keras(error)


def _out_of_time(line: int | None) -> dict[str, Any]:
    where = f" in line {line}" if line is not None else ""
    return {
        "code": "time",
        "message": f"The time was up{where}, and no model had been made.",
        "line": line,
        "hint": "Make the model before the part that takes long, or leave that part out.",
    }


OTHERS = {"torch": "PyTorch", "flax": "Flax", "mxnet": "MXNet", "paddle": "PaddlePaddle"}
"""Frameworks whose networks are not read, by the package that a program imports."""


def _nothing(record: Record) -> dict[str, Any]:
    message = "The program made no Keras model."
    advice = _from_elsewhere(record) or hint("no model")
    other = next((name for package, name in OTHERS.items() if package in sys.modules), None)
    if record.layers:
        message = f"The program made {len(record.layers)} layers, but no model of them."
    elif other is not None:
        message = f"The program makes its network in {other}, and no Keras model."
        advice = "Netfig reads Keras: paste the network as it is, or would be, written in Keras."
    return {"code": "no-model", "message": message, "line": None, "hint": advice}


def _from_elsewhere(record: Record) -> str:
    """What to do where the network may stand in another file of the program."""
    absent = [w["message"].split("`")[1] for w in record.warnings if "is not installed" in
              w["message"]]  # fmt: skip
    if not absent:
        return ""
    names = " or ".join(f"`{name}`" for name in dict.fromkeys(absent[:3]))
    return f"If the network is made in {names}, paste that code above yours."


def sentence(error: BaseException) -> str:
    """An exception as one sentence."""
    said = str(error).strip()
    # Keras tells first where it was, then what was wrong.
    within = re.match(r"Exception encountered when calling [^\n]*\n\s*\n?(.*)", said, re.DOTALL)
    said = within[1].strip() if within and within[1].strip() else said
    first = said.split("\n\n")[0].replace("\n", " ").strip()
    return text(f"{type(error).__name__}: {first}" if first else type(error).__name__)


def _failed(engine: Engine, message: str, line: int | None, code: str = "error") -> dict[str, Any]:
    return {
        "format": 1,
        "engine": engine_versions(engine),
        "models": [],
        "warnings": [],
        "error": {"code": code, "message": text(message), "line": line, "hint": hint(message)},
        "output": "",
        "_worth": (False, False, 0),
    }


def main(arguments: list[str]) -> int:
    """The command of the module's docstring."""
    options: dict[str, Any] = {"dialect": arguments[1]} if len(arguments) > 1 else {}
    code = Path(arguments[0]).read_text(encoding="utf-8", errors="replace")
    # What a paste writes goes where it is thrown away.
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        found = run(code, options)
    json.dump(found, sys.stdout, indent=1, allow_nan=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
