"""Where in the paste something happened: the functions on the stack and their lines.

Frames of the paste and of library functions that build blocks (keras.applications) count; the
inner frames of Keras and TensorFlow do not. It must not know layers or models.
"""

import sys
from dataclasses import dataclass
from types import CodeType, FrameType

PASTE = "paste.py"
"""The file name under which the paste is compiled; frames of the paste are known by it."""

HERE = "/home/user/work/programs/project/src/" + PASTE
"""Where the paste is told it lies: deep enough for a program that looks for its folders above."""

_BLOCKS = ("/keras/src/applications/", "/tf_keras/src/applications/", "/keras_hub/src/models/")
_SKIP, _USER, _LIBRARY = 0, 1, 2
_DEEPEST = 400


@dataclass(frozen=True, slots=True)
class Origin:
    """`frames`: (function, line, invocation, library) outermost first; `line` is the paste's."""

    frames: tuple[tuple[str, int, int, bool], ...] = ()
    line: int | None = None

    def within(self, around: "Origin") -> "Origin":
        """The same place seen from inside another call: what was made earlier by functions that
        are at work around it again (a constructor and its `call`) is told once, by those."""
        names = {frame[0] for frame in around.frames}
        own = tuple(frame for frame in self.frames if frame[0] not in names)
        return Origin(around.frames + own, self.line if self.line is not None else around.line)


NOWHERE = Origin()

_METHODS = {"call", "__call__", "__init__", "build", "forward"}


def function_name(code: CodeType) -> str:
    """The name an author knows a function by: a method `call` goes by its class."""
    name = code.co_name
    if name.startswith("tf__"):
        name = name[4:]
    if name in _METHODS:
        owner = getattr(code, "co_qualname", name).split(".<locals>.")[-1].split(".")
        if len(owner) > 1:
            return str(owner[-2])
    return name


class Provenance:
    """Reads the stack. Numbers the invocations of functions within one run."""

    def __init__(self) -> None:
        self._kinds: dict[CodeType, int] = {}
        self._live: dict[int, tuple[FrameType, int]] = {}
        self._count = 0

    def _kind(self, code: CodeType) -> int:
        name = code.co_filename
        if name == PASTE:
            kind = _USER
        elif any(part in name for part in _BLOCKS) and "imagenet_utils" not in name:
            kind = _LIBRARY
        else:
            kind = _SKIP
        self._kinds[code] = kind
        return kind

    def here(self, depth: int = 1) -> Origin:
        """The origin of what is happening now, `depth` frames above the caller."""
        kinds = self._kinds
        frame: FrameType | None = sys._getframe(depth)
        found: list[tuple[FrameType, int]] = []
        steps = 0
        while frame is not None and steps < _DEEPEST:
            code = frame.f_code
            kind = kinds.get(code)
            if kind is None:
                kind = self._kind(code)
            if kind:
                found.append((frame, kind))
            frame = frame.f_back
            steps += 1
        line: int | None = None
        frames: list[tuple[str, int, int, bool]] = []
        live: dict[int, tuple[FrameType, int]] = {}
        for frame, kind in reversed(found):
            at = frame.f_lineno
            if kind == _USER:
                line = at
            name = frame.f_code.co_name
            if name[0] == "<":
                continue
            known = self._live.get(id(frame))
            if known is None:
                self._count += 1
                known = (frame, self._count)
            live[id(frame)] = known
            frames.append((function_name(frame.f_code), at, known[1], kind == _LIBRARY))
        # Only the frames of the newest stack are kept alive, so that an address names one of them.
        self._live = live
        return Origin(tuple(frames), line)

    def user_line(self, depth: int = 1) -> int | None:
        """The innermost line of the paste that is running now."""
        frame: FrameType | None = sys._getframe(depth)
        while frame is not None:
            if frame.f_code.co_filename == PASTE:
                return frame.f_lineno
            frame = frame.f_back
        return None
