"""Runs the steps on the connection that netfig.store.engine.migrate hands over."""

from alembic import context

from netfig.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
