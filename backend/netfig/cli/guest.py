"""The choice of what runs a paste."""

from collections.abc import Callable
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])


def guest_option(command: Command) -> Command:
    """--guest auto | docker | local."""
    return click.option(
        "--guest",
        type=click.Choice(["auto", "docker", "local"]),
        default="auto",
        show_default=True,
        envvar="NETFIG_GUEST",
        help="What runs the code: Docker where it is to be had, or a local process.",
    )(command)
