"""netfig purge: forget figures that nobody has changed for long, for a daily timer."""

import os

import click

from netfig.settings import from_environment
from netfig.store import opened


@click.command()
@click.argument("days", type=click.IntRange(1))
def purge(days: int) -> None:
    """Delete the figures that nobody has changed for DAYS days."""
    settings = from_environment(os.environ)
    store = opened(settings.database_url, quota=settings.storage)
    click.echo(f"{store.purge(days)} figures deleted, {store.count()} kept")
    store.close()
