"""What a sandbox is to the rest of the program."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How far a run is: "waiting" (behind `position` others), "starting" (a box) or "running"."""

    name: str
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the sandbox says of itself.

    `kind` is "docker", "local" or "" when it does not answer; `tier` what walls a run; `guest` the
    version of what runs inside; `problem` why it is not ready; `answer` all it said, for operators.
    """

    kind: str
    tier: str
    guest: str
    ready: bool
    problem: str
    answer: Mapping[str, Any]


OnStage = Callable[[Stage], None]
Cancelled = Callable[[], bool]


class Sandbox(Protocol):
    """Runs a paste once, walled in."""

    def capture(
        self,
        code: str,
        *,
        session: str,
        run: str,
        options: Mapping[str, object],
        on_stage: OnStage,
        cancelled: Cancelled,
    ) -> object:
        """The capture as the guest gave it, unchecked JSON.

        `session` is who asks (1-128 characters of A-Z a-z 0-9 . _ -): runs of one session may share
        a box, others never do. `cancelled` is asked ten times a second. Raises TimeLimit,
        MemoryLimit, OutputLimit, Crashed, Cancelled or Unavailable.
        """
        ...

    def status(self) -> Status:
        """How it is; never raises."""
        ...
