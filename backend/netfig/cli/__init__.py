"""netfig draw | graph | serve | openapi: the same pipeline without a browser.

Each command imports what it needs when it runs, so that none waits for another's libraries.
"""

import click

from netfig.cli.draw import draw
from netfig.cli.graph import graph
from netfig.cli.serve import openapi, serve


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="netfig")
def main() -> None:
    """The figure for your paper, drawn from the Keras code of your network."""


for _command in (draw, graph, serve, openapi):
    main.add_command(_command)
