"""Command lines made by packages that are not here: the paste's function is called without one.

What its options have as defaults they keep; what nobody gives is guessed by its name. It must not
know layers.
"""

import inspect
from collections.abc import Callable
from typing import Any

from netfig_sandbox.guest.guesses import guess
from netfig_sandbox.guest.inert import Inert

_OPTIONS = "__netfig_options__"


def filled(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """The function called, with a value for every argument it must have and was not given."""
    known = dict(getattr(function, _OPTIONS, {}))
    try:
        signature = inspect.signature(function)
        given = set(signature.bind_partial(*args, **kwargs).arguments)
    except (TypeError, ValueError):
        return function(*args, **kwargs)
    for name, parameter in signature.parameters.items():
        if name in given or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if known.get(name) is not None:
            kwargs[name] = known[name]
        elif parameter.default is parameter.empty:
            kwargs[name] = guess(name)
    return function(*args, **kwargs)


class Command(Inert):
    """A function that is a command: called, it runs with what it needs."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(f"command.{getattr(function, '__name__', 'main')}")
        object.__setattr__(self, "__wrapped__", function)
        object.__setattr__(self, "_function", function)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs.pop("standalone_mode", None) is not None:
            args = ()
        return filled(self._function, *args, **kwargs)

    def command(self, *_: Any, **__: Any) -> Any:
        """`@group.command()`."""
        return Command


def _command(*args: Any, **_: Any) -> Any:
    """`@click.command`, with brackets or without."""
    if len(args) == 1 and inspect.isfunction(args[0]):
        return Command(args[0])
    return Command


def _option(*names: Any, **settings: Any) -> Any:
    """`@click.option("--units", default=64)`: the default is kept with the function."""
    plain = [n.split("/")[0] for n in names if isinstance(n, str)]
    bare = [n for n in plain if not n.startswith("-")] or [n for n in plain if n.startswith("--")]
    name = (bare or plain or [""])[-1].lstrip("-").replace("-", "_")
    value = settings.get("default", False if settings.get("is_flag") else None)

    def keep(function: Any) -> Any:
        target = function._function if isinstance(function, Command) else function
        try:
            target.__dict__.setdefault(_OPTIONS, {})[name] = value
        except AttributeError:
            return function
        return function

    return keep


def _run(function: Any = None, *_: Any, **__: Any) -> Any:
    """`typer.run(main)`, `fire.Fire(main)`, `plac.call(main)`."""
    if inspect.isfunction(function) or isinstance(function, Command):
        return filled(function) if inspect.isfunction(function) else function()
    return Inert("command")


TABLE: dict[str, Any] = {
    "click.command": _command, "click.group": _command, "click.option": _option,
    "click.argument": lambda *a, **k: lambda function: function,
    "click.pass_context": lambda function: function,
    "typer.run": _run, "fire.Fire": _run, "plac.call": _run, "tyro.cli": _run,
    "hydra.main": _command, "begin.start": _command, "defopt.run": _run,
    "sacred.automain": _command,
}  # fmt: skip
"""`package.name` -> what it gives; `absent` has it in its own table."""
