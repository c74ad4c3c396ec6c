"""Runs a program statement by statement, so that what fails loses as little as possible.

A statement that fails over absent data (no layer, model or symbolic tensor takes part in it) is
stepped over, its names bound to stand-ins; one that fails while building a network ends the run:
a network with a layer missing would be a lie. It must not know the wire.
"""

import ast
import linecache
import re
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import tensorflow as tf

from netfig_sandbox.guest.engines import LAYERS, MODELS, TENSORS, graph_of
from netfig_sandbox.guest.inert import Guess, Inert, is_inert, number
from netfig_sandbox.guest.names import Names
from netfig_sandbox.guest.program import Program
from netfig_sandbox.guest.provenance import HERE, PASTE
from netfig_sandbox.guest.record import Record
from netfig_sandbox.guest.rewrite import (
    DIVIDE,
    FAILED,
    LOOP,
    MARK,
    UNFIT,
    WHOLE,
    bound_names,
    read_names,
    rewrite,
)

PATIENCE = 2.5
"""Seconds a program may go on after its last layer was made, once it has a model."""
TICK = 0.2
INTERIM = 1.0
"""Seconds after the last layer at which what there is goes out, should the rest never end."""
TRACING = 0.4
"""Seconds beyond the deadline in which what was made may still be looked into."""
LONG = 0.25
"""Seconds of processor a `for` may take before any layer is made: it prepares data, of which a part
tells as much as the whole."""
MOST_STEPPED = 60


class Enough(BaseException):
    """Ends the paste: the time is up, or nothing more is to be learnt."""


class Execution:
    """One run of one program. After `run`: `scope`, `error` with `line`, `ended` early or not."""

    def __init__(self, program: Program, record: Record, deadline: float, stepping: bool) -> None:
        self.program = program
        self.record = record
        self.deadline = deadline
        self.stepping = stepping
        self.error: BaseException | None = None
        self.error_line: int | None = None
        self.ended: str | None = None
        self.ended_line: int | None = None
        self.passed_over: list[tuple[BaseException, int | None]] = []
        self.tracing = False
        self.stepped = 0
        self.on_patience: Callable[[], None] | None = None
        self._raised = 0
        self._busy_since = time.monotonic()
        self._busy_count = -1
        self._published = -1
        self.module = types.ModuleType("__main__")
        self.scope: dict[str, Any] = self.module.__dict__
        self.scope["__file__"] = HERE
        self.scope["__builtins__"] = Names(program, record)
        self.scope.update(
            {LOOP: self._loop, DIVIDE: divide, MARK: lambda: record.count, FAILED: self._failed,
             UNFIT: unfit, WHOLE: whole}
        )  # fmt: skip

    def run(self) -> None:
        """Executes the whole program; never raises for what the program does."""
        lines = self.program.text.splitlines(True)
        linecache.cache[PASTE] = (len(self.program.text), None, lines, PASTE)
        sys.modules["__main__"] = self.module
        with self._clock():
            self._statements()

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Calls a function of the paste under the same clock; its failure becomes `error`."""
        with self._clock():
            try:
                return function(*args, **kwargs)
            except Enough as stop:
                self._stop(stop)
            except Exception as error:
                if self.error is None:
                    self.error, self.error_line = error, line_of(error)
            except (SystemExit, KeyboardInterrupt):
                pass
            except BaseException:
                self.ended = "time"
        return None

    def _statements(self) -> None:
        try:
            tree = rewrite(self.program.tree, python2=self.program.python2, stepping=self.stepping)
            future = _future(tree)
        except RecursionError as error:
            self.error = error
            return
        for statement in _unfolded(tree.body):
            before = self.record.count
            try:
                part = ast.Module([statement], [])
                code = compile(part, PASTE, "exec", flags=future, dont_inherit=True)
                exec(code, self.scope)
            except Enough as stop:
                self._stop(stop)
                return
            except KeyboardInterrupt:
                return
            except SystemExit as error:
                if self.record.models:
                    line = line_of(error)
                    self.record.warn("stopped", f"The program ended itself in line {line}.", line)
                    return
            except BaseException as error:
                if not isinstance(error, Exception):  # The clock of the process around us.
                    self.ended = "time"
                    return
                names = read_names(statement)
                if not changes(statement):
                    names = [n for n in names if not _is_whole(self.scope.get(n))]
                if not self._step_over(error, before, names, self.scope):
                    self.error, self.error_line = error, line_of(error) or statement.lineno
                    return
                self._bind(statement, error)

    def _stop(self, stop: Enough) -> None:
        self.ended, self.ended_line = str(stop), line_of(stop)

    def _bind(self, statement: ast.stmt, error: BaseException) -> None:
        if isinstance(statement, ast.AugAssign):
            return
        for name in bound_names(statement):
            if name not in self.scope or isinstance(statement, ast.Assign | ast.AnnAssign):
                self.scope[name] = _in_place_of(name, error)

    def _step_over(
        self, error: BaseException, before: int, names: list[str], scope: dict[str, Any]
    ) -> bool:
        """True where the failure has nothing to do with a network, and is noted."""
        if isinstance(error, RecursionError | MemoryError):
            return False
        self.stepped += 1
        if self.stepped > MOST_STEPPED or self.record.count != before:
            return False
        values = [scope.get(name) for name in names]
        if not _only_tries(values) and (in_keras(error) or any(map(_is_network, values))):
            return False
        if isinstance(error, ImportError | AttributeError) and "keras" in str(error):
            self.record.lacking += 1
        line = line_of(error)
        self.passed_over.append((error, line))
        reason = f"{type(error).__name__}: {str(error)[:120]}"
        self.record.warn("stand-in", f"Line {line} was left out ({reason}).", line)
        return True

    def _failed(self, error: BaseException, before: int, names: list[str]) -> Any:
        frame = sys._getframe(1)
        scope = {**frame.f_globals, **frame.f_locals}
        if not self._step_over(error, before, names, scope):
            raise error
        return Inert("absent")

    def _loop(self, counted: bool) -> Callable[[], bool]:
        """A new loop: gives what tells, at the start of each round, whether to leave it."""
        record = self.record
        began = time.process_time()
        start = {"round": 0, "trained": record.trained, "made": record.count, "idle": 0}

        def leave() -> bool:
            start["round"] += 1
            if record.trained != start["trained"] and record.count == start["made"]:
                start["idle"] += 1
            start["trained"], start["made"] = record.trained, record.count
            if start["idle"] >= 2:
                return True
            if counted and start["round"] % 256 == 0 and not record.count:
                return time.process_time() - began > LONG
            return start["round"] > 1000 and self._tired()

        return leave

    def _tired(self) -> bool:
        now = time.monotonic()
        if self.record.count != self._busy_count:
            self._busy_count, self._busy_since = self.record.count, now
        return bool(self.record.models) and now - self._busy_since > PATIENCE

    def _in_between(self, frame: types.FrameType | None) -> None:
        """Publishes what there is, once for each state, where the paste goes on at length.

        Only in the paste's own code, where no call of Keras is under way.
        """
        own = frame is not None and frame.f_code.co_filename == PASTE
        if self.on_patience is None or not own or not self.record.models:
            return
        self._tired()
        quiet = time.monotonic() - self._busy_since
        if quiet > INTERIM and self._published != self.record.count:
            self._published = self.record.count
            self.on_patience()

    def _clock(self) -> "_Clock":
        return _Clock(self)

    @contextmanager
    def traced(self) -> Iterator[None]:
        """The same clock around the tracing of what was made, with a little time to write it."""
        self.tracing = True
        try:
            with self._clock():
                yield
        finally:
            self.tracing = False

    def tick(self, frame: types.FrameType | None = None) -> None:
        """Called by the clock inside the paste: ends it where the time is up."""
        if self.tracing:
            if time.monotonic() >= self.deadline + TRACING:
                raise Enough("time")
            return
        self._in_between(frame)
        if time.monotonic() >= self.deadline:
            self._raised += 1
            if self._raised == 4 and self.on_patience is not None:
                self.on_patience()
            raise Enough("time")
        if self._tired():
            raise Enough("patience")


class _Clock:
    """A timer of processor time, whose signal runs `tick` between two instructions.

    The clock on the wall belongs to the process around, which strikes with an exception of its own.
    """

    def __init__(self, execution: Execution) -> None:
        self.execution = execution

    def __enter__(self) -> None:
        try:
            self.old = signal.signal(signal.SIGVTALRM, self._ring)
            signal.setitimer(signal.ITIMER_VIRTUAL, TICK, TICK)
        except ValueError:  # Not the main thread: the runner's own limit holds.
            self.old = None

    def _ring(self, _: int, frame: types.FrameType | None) -> None:
        self.execution.tick(frame)

    def __exit__(self, *_: Any) -> None:
        if self.old is not None:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, self.old)


def _unfolded(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module; those under `if __name__ == "__main__"` one by one as well."""
    for statement in body:
        if isinstance(statement, ast.If) and not statement.orelse and _is_main(statement.test):
            yield from _unfolded(statement.body)
        else:
            yield statement


def _is_main(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name)
        and test.left.id == "__name__"
        and isinstance(test.ops[0], ast.Eq)
    )


_UNREAD = re.compile(
    r"No file or directory found at|File not found: filepath=|SavedModel file does not exist|"
    r"Unable to (?:synchronously )?open file"
)


def _in_place_of(name: str, error: BaseException) -> Inert:
    """What a name is bound to whose value could not be made: a model in a file is a model."""
    if is_unread(error):
        return Inert("LoadedModel()", __made__=((), {}))
    return Inert(name)


def is_unread(error: BaseException) -> bool:
    """True where a model was to be read from a file that is not here."""
    return _UNREAD.search(str(error)) is not None


def whole(value: Any) -> int:
    """The paste's `int(…)`, by which a guess does not become knowledge."""
    if isinstance(value, Guess):
        return value
    return number(value) if is_inert(value) else int(value)


def unfit(error: ValueError) -> None:
    """Lets be what is only data of another size than the array it was put into."""
    if "could not broadcast input array" not in str(error):
        raise error


def divide(left: Any, right: Any) -> Any:
    """Python 2's `/`: whole numbers stay whole."""
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    return left / right


def _future(tree: ast.Module) -> int:
    """Compiler flags of the paste's `from __future__` lines, which must hold for every part."""
    import __future__

    flags = 0
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for alias in statement.names:
                feature = getattr(__future__, alias.name, None)
                flags |= getattr(feature, "compiler_flag", 0)
    return flags


def changes(statement: ast.stmt) -> bool:
    """True where a statement may go on building a Sequential: `model.add(…)`."""
    return any(
        isinstance(part, ast.Attribute) and part.attr in ("add", "pop", "layers")
        for part in ast.walk(statement)
    )


def _is_whole(value: Any) -> bool:
    """True for a model whose network is complete: what fails around it takes nothing from it."""
    return isinstance(value, MODELS) and graph_of(value) is not None


def _is_network(value: Any) -> bool:
    if isinstance(value, tf.Tensor) and not hasattr(value, "numpy"):  # One that is being traced.
        return True
    if isinstance(value, (*LAYERS, *TENSORS)):
        return True
    if isinstance(value, type) and issubclass(value, LAYERS):
        return True
    if isinstance(value, list) and value:
        return isinstance(value[0], (*LAYERS, *TENSORS))
    return False


def _only_tries(values: list[Any]) -> bool:
    """True for a layer or a model that is tried on data: no tensor of a network takes part."""
    tried = any(isinstance(v, LAYERS) for v in values)
    data = [v for v in values if isinstance(v, tf.Tensor | np.ndarray) or is_inert(v)]
    others = [v for v in values if not isinstance(v, LAYERS)]
    return tried and bool(data) and not any(map(_is_network, others))


def line_of(error: BaseException) -> int | None:
    """The innermost line of the paste an exception passed through."""
    if isinstance(error, SyntaxError) and error.filename == PASTE and error.lineno:
        return error.lineno
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == PASTE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def in_keras(error: BaseException) -> bool:
    """True where the exception was raised by Keras at work on a network."""
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if ("/keras/src/" in name or "/tf_keras/src/" in name) and not any(
            part in name
            for part in (
                "/utils/",
                "/datasets/",
                "/saving/",
                "/preprocessing/",
                "/optimizers/",
                "/callbacks/",
                "/metrics/",
                "/losses/",
            )
        ):
            return True
        trace = trace.tb_next
    return False
