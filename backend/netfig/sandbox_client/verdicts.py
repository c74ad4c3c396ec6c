"""The runner's last frame -> the capture, or the exception that says what became of the run."""

from netfig.errors import (
    Cancelled,
    Crashed,
    MemoryLimit,
    OutputLimit,
    SandboxError,
    TimeLimit,
    Unavailable,
)

_ENDED: dict[str, tuple[type[SandboxError], str, str]] = {
    "cpu": (
        TimeLimit,
        "The program took too much processor time.",
        "Paste the code that builds the model alone, without training loops.",
    ),
    "wall": (
        TimeLimit,
        "The program took too long.",
        "Paste the code that builds the model alone; it may be waiting for something.",
    ),
    "memory": (
        MemoryLimit,
        "The program asked for more memory than a run is given.",
        "Leave out what loads or makes data; weights need no memory here.",
    ),
    "output": (
        OutputLimit,
        "The program answered with too much.",
        "The model may be larger than can be drawn, or its names too long.",
    ),
    "crash": (Crashed, "The program's process died.", "Leave out what calls native code."),
    "policy": (Crashed, "The program did what the sandbox forbids.", ""),
}


def settled(frame: dict[str, object]) -> object:
    """The capture of a run that is done, or that had found a model before it was ended.

    In the latter case the capture's error says what ended it, unless it says more itself. Raises
    the SandboxError of the verdict otherwise, TimeLimit also for a capture that was cut short
    before the program had built a model.
    """
    verdict, capture = frame.get("verdict"), frame.get("capture")
    said = frame.get("message")
    message = said[:500] if isinstance(said, str) and said else ""
    if verdict == "done":
        if _out_of_time(capture):
            raise TimeLimit(
                "The program took too long, and had made no model by then.", hint=_ENDED["cpu"][2]
            )
        return capture
    if verdict == "cancelled":
        raise Cancelled(message or "The run was stopped.")
    if verdict in _ENDED:
        kind, plain, hint = _ENDED[str(verdict)]
        if isinstance(capture, dict) and capture.get("models"):
            error = capture.get("error") or {
                "code": _code(kind),
                "message": message or plain,
                "line": None,
                "hint": hint,
            }
            return {**capture, "error": error}
        raise kind(message or plain, hint=hint)
    raise unavailable(frame, message)


def _out_of_time(capture: object) -> bool:
    """Whether the capture itself ended the program, for its time was up, and found no model."""
    if not isinstance(capture, dict) or capture.get("models"):
        return False
    error = capture.get("error")
    return isinstance(error, dict) and error.get("code") == "time"


def unavailable(frame: dict[str, object], message: str) -> Unavailable:
    """What "busy", "unavailable" and verdicts nobody knows become."""
    error = Unavailable(
        message or "No sandbox is free.", hint="Everything is kept; try again in a few seconds."
    )
    retry = frame.get("retry")
    if isinstance(retry, int) and 0 < retry <= 3600:
        error.retry = retry
    return error


def _code(kind: type[SandboxError]) -> str:
    return {TimeLimit: "time-limit", MemoryLimit: "memory-limit", OutputLimit: "output-limit"}.get(
        kind, "crashed"
    )
