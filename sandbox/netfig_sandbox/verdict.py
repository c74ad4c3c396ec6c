"""From how a run's process ended to a verdict. Text that a paste wrote has no say here."""

import os
import signal
from dataclasses import dataclass

from . import protocol
from .guest import wire
from .limits import CAPTURE_BYTES, RunLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a run ended. `status` as wait gives it, `cpu` seconds, `memory` bytes at its peak."""

    status: int
    cpu: float
    memory: int
    clean: bool


MESSAGES = {
    protocol.DONE: "",
    protocol.CPU: "The program computed for {cpu:g} s without coming to an end.",
    protocol.WALL: "The program ran for {wall:g} s without coming to an end.",
    protocol.MEMORY: "The program asked for more memory than a run may have.",
    protocol.OUTPUT: "The answer is larger than {megabytes} MB.",
    protocol.CRASH: "The program's process died ({how}).",
    protocol.POLICY: "The program tried something that no run may do.",
    protocol.BUSY: "Too many programs are waiting; try again in a moment.",
    protocol.CANCELLED: "The run was stopped.",
    protocol.UNAVAILABLE: "No sandbox could be had.",
}


def judge(ending: Ending, asked: str | None, limits: RunLimits, answered: bool) -> tuple[str, str]:
    """Verdict and the way it ended. `asked` is the verdict for which the runner ordered the end."""
    status = ending.status
    if status == wire.NOT_STARTED:
        return protocol.UNAVAILABLE, "not started"
    if os.WIFEXITED(status):
        return _exited(os.WEXITSTATUS(status), asked, answered)
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return protocol.CPU, "limit"
    if number == signal.SIGSYS:
        return protocol.POLICY, "system call"
    if number == signal.SIGKILL:
        if asked:
            return asked, "stopped"
        if ending.cpu >= limits.cpu:
            return protocol.CPU, "limit"
        return protocol.MEMORY, "killed for memory"
    return protocol.CRASH, signal.Signals(number).name


def suspicious(ending: Ending, asked: str | None) -> bool:
    """Whether it may have been an attack that did more than it showed: its box is not kept."""
    status = ending.status
    if not ending.clean or status == wire.NOT_STARTED:
        return True
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status) == wire.NO_WALLS
    return not asked and os.WTERMSIG(status) != signal.SIGXCPU


def _exited(code: int, asked: str | None, answered: bool) -> tuple[str, str]:
    if code == 0 and answered:
        return protocol.DONE, "done"
    known = {
        wire.NO_MEMORY: (protocol.MEMORY, "out of memory"),
        wire.TIME_CPU: (protocol.CPU, "stopped"),
        wire.TIME_WALL: (protocol.WALL, "stopped"),
        wire.NO_WALLS: (protocol.UNAVAILABLE, "no walls"),
    }
    if code in known:
        return known[code]
    if asked:
        return asked, "stopped"
    return protocol.CRASH, f"it ended itself with status {code}"


def sentence(verdict: str, how: str, limits: RunLimits) -> str:
    """What the person who waits is told."""
    return MESSAGES[verdict].format(
        cpu=limits.cpu, wall=limits.wall, megabytes=CAPTURE_BYTES // 1_000_000, how=how
    )
