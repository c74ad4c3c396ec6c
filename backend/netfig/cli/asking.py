"""Running a paste from the command line, and telling a person what became of it."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from netfig.errors import NetfigError
from netfig.importers import Capture, read
from netfig.sandbox_client import RunnerSandbox, Sandbox, Stage
from netfig.sandbox_client.launch import reachable
from netfig.settings import from_environment, run_folder


class Failure(click.ClickException):
    """Something to say on standard error; the exit code is 1."""

    def __init__(self, message: str, hint: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.hint = hint
        self.line = line

    def show(self, file: object = None) -> None:
        where = f"line {self.line}: " if self.line else ""
        click.echo(f"netfig: {where}{self.message}", err=True)
        if self.hint:
            click.echo(f"        {self.hint}", err=True)


@contextmanager
def failing() -> Iterator[None]:
    """Tell a NetfigError as a Failure."""
    try:
        yield
    except NetfigError as error:
        raise Failure(error.message, error.hint, error.line) from error


def content_of(source: str) -> bytes:
    """A file, or standard input for "-"."""
    try:
        return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise click.UsageError(f"{source}: {error.strerror}") from error


def code_of(source: str, content: bytes | None = None) -> str:
    """The text of a file, of standard input for "-". Raises Failure where it is no text."""
    try:
        return (content_of(source) if content is None else content).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(f"{source} is not UTF-8 text.") from error


def captured(code: str, guest: str) -> Capture:
    """The checked capture of a paste, run by a runner that is there or is started now."""
    return read(ran(code, guest))


def ran(code: str, guest: str) -> object:
    """The capture of a paste as it came, unchecked."""
    return _sandbox(guest).capture(
        code,
        session="command-line",
        run=secrets.token_urlsafe(16),
        options={},
        on_stage=_quiet,
        cancelled=lambda: False,
    )


def _sandbox(guest: str) -> Sandbox:
    """The runner that NETFIG_RUNNER names, or one that is there or started for the purpose."""
    named = from_environment(os.environ).runner
    if named:
        return RunnerSandbox(Path(named))
    return reachable(
        run_folder(os.environ),
        guest,
        say=lambda line: click.echo(f"netfig: {line}", err=True),
    )


def _quiet(_stage: Stage) -> None:
    pass
