"""A sandbox behind the runner's unix socket (sandbox/netfig_sandbox/protocol.py)."""

import socket
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from netfig.errors import Cancelled, Unavailable
from netfig.sandbox_client.frames import Replies, packed
from netfig.sandbox_client.sandbox import Cancelled as IsCancelled
from netfig.sandbox_client.sandbox import OnStage, Stage, Status
from netfig.sandbox_client.verdicts import settled

_POLL = 0.05
_SILENCE = 90.0
"""Longest time without a frame: a box that starts on a busy machine, and the longest run."""


class RunnerSandbox:
    """Runs captures by the runner that listens on `path`, one connection a run."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def capture(
        self,
        code: str,
        *,
        session: str,
        run: str,
        options: Mapping[str, object],
        on_stage: OnStage,
        cancelled: IsCancelled,
    ) -> object:
        """See Sandbox. Closing the connection is what stops a run."""
        request = {"session": session, "run": run, "code": code, "options": dict(options)}
        with closing(self._connected(_SILENCE)) as connection:
            try:
                connection.sendall(packed(request))
                replies = Replies(connection)
                heard = time.monotonic()
                while not cancelled():
                    frame = replies.next(_POLL)
                    if frame is None:
                        if time.monotonic() - heard > _SILENCE:
                            raise Unavailable("The sandbox does not answer.", hint="Try again.")
                    elif "verdict" in frame:
                        return settled(frame)
                    else:
                        heard = time.monotonic()
                        told(frame, on_stage)
            except OSError as error:
                raise Unavailable("The sandbox went away.", hint="Try again.") from error
        raise Cancelled("The run was stopped.")

    def status(self) -> Status:
        """See Sandbox."""
        try:
            with closing(self._connected(2.0)) as connection:
                connection.sendall(packed({"status": True}))
                answer = Replies(connection).next(2.0)
        except (OSError, Unavailable) as error:
            return _silent(str(error))
        return _silent("no answer") if answer is None else status_of(answer)

    def answers(self) -> bool:
        """Whether somebody listens; it may still be starting its first box."""
        try:
            self._connected(2.0).close()
        except Unavailable:
            return False
        return True

    def _connected(self, timeout: float) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(timeout)
        try:
            connection.connect(str(self._path))
        except OSError as error:
            connection.close()
            raise Unavailable(
                "The sandbox is not running.", hint="Try again in a few seconds."
            ) from error
        return connection


def told(frame: dict[str, object], on_stage: OnStage) -> None:
    """Tell the stage of a progress frame."""
    name, position = frame.get("stage"), frame.get("position")
    if isinstance(name, str):
        on_stage(Stage(name=name[:32], position=position if isinstance(position, int) else None))


def status_of(answer: dict[str, Any]) -> Status:
    """What a runner's answer to a status request says."""

    def word(key: str) -> str:
        return str(answer.get(key, ""))[:200]

    return Status(
        kind=word("kind"),
        tier=word("tier"),
        guest=word("guest"),
        ready=answer.get("ready") is True,
        problem=word("problem"),
        answer=answer,
    )


def _silent(problem: str) -> Status:
    return Status(kind="", tier="", guest="", ready=False, problem=problem, answer={})
