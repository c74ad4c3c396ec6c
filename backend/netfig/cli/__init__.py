"""netfig draw | graph | table | serve | purge | openapi: the same pipeline without a browser.

Each command is imported when it is called, so that none waits for another's libraries.
"""

from importlib import import_module

import click

COMMANDS = {
    "draw": ("netfig.cli.draw", "Draw a paste to files."),
    "graph": ("netfig.cli.graph", "Print the networks of a paste as JSON."),
    "table": ("netfig.cli.table", "Print what every layer of a paste costs."),
    "serve": ("netfig.cli.serve", "Serve the page and the HTTP interface."),
    "purge": ("netfig.cli.purge", "Delete figures that nobody has changed for long."),
    "openapi": ("netfig.cli.openapi", "Print the HTTP interface as OpenAPI."),
}
"""Command -> where it lies (under its own name), and what the list of commands says of it."""


class Commands(click.Group):
    """The commands, by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help text, for which nothing need be imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="netfig")
def main() -> None:
    """The figure for your paper, drawn from the Keras code of your network."""
