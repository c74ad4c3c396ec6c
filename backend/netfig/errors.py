"""The exception tree. Each carries a sentence for the person who meets it.

NetfigError
├── InputError           the user's input: what is wrong, in which line, what to do
│   ├── ProgramError     the pasted program failed or holds no model
│   ├── InvalidSpec      the figure's document is not one
│   └── DoesNotFit       the figure cannot be drawn on that page
├── SandboxError         the sandbox's verdict
│   ├── TimeLimit        it ran too long
│   ├── MemoryLimit      it asked for too much memory
│   ├── OutputLimit      it answered with too much
│   ├── Crashed          its process died
│   ├── Cancelled        the user stopped it
│   └── Unavailable      no sandbox could be had
├── NotFound             no such figure, or not for you
│   └── NotAllowed       a read-only link was used to change something
├── Conflict             somebody else changed it first
├── StorageFull          no room for another saved figure
└── InvalidGraph         our own fault, or a hostile capture: the graph contradicts itself
"""


class NetfigError(Exception):
    """`message` is for the user; `hint` says what to do; `line` is 1-based in the paste."""

    def __init__(self, message: str, *, hint: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.line = line


class InputError(NetfigError):
    """The user's input is at fault."""


class ProgramError(InputError):
    """The pasted program failed, or holds no model."""


class InvalidSpec(InputError):
    """The figure's document is not one."""


class DoesNotFit(InputError):
    """The figure cannot be drawn on that page."""


class SandboxError(NetfigError):
    """The sandbox's verdict on a run."""


class TimeLimit(SandboxError):
    """It ran longer than allowed."""


class MemoryLimit(SandboxError):
    """It asked for more memory than allowed."""


class OutputLimit(SandboxError):
    """It answered with more than allowed."""


class Crashed(SandboxError):
    """Its process died."""


class Cancelled(SandboxError):
    """The user stopped it."""


class Unavailable(SandboxError):
    """No sandbox could be had; `retry` is after how many seconds to ask again."""

    retry: int = 5


class NotFound(NetfigError):
    """No such figure, or not for this caller."""


class NotAllowed(NotFound):
    """A read-only link was used to change something."""


class Conflict(NetfigError):
    """Somebody else changed it first."""


class StorageFull(NetfigError):
    """There is no room for another saved figure."""


class InvalidGraph(NetfigError):
    """A graph that contradicts itself."""
