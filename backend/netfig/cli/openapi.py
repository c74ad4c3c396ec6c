"""netfig openapi: the HTTP interface, for programs that write clients."""

import click

from netfig.web.schema import schema_text


@click.command()
def openapi() -> None:
    """Print the HTTP interface as OpenAPI."""
    click.echo(schema_text(), nl=False)
