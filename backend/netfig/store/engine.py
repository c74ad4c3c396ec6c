"""The database engine: SQLite made safe for threads, PostgreSQL as it is, migrations run."""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, make_url, text

_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x6E657466  # any number, the same for every process that migrates


def engine_for(url: str) -> Engine:
    """An engine for a SQLAlchemy URL; the folder of a SQLite file is made if missing."""
    target = make_url(url)
    if target.get_backend_name() == "postgresql":
        if target.drivername == "postgresql":
            target = target.set(drivername="postgresql+psycopg")
        return create_engine(target, pool_pre_ping=True, pool_size=8, max_overflow=24)
    if target.database not in (None, "", ":memory:"):
        Path(str(target.database)).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(target, connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to `revision`; one process at a time does it."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # Readers and one writer at a time do not wait for one another; a commit is on the disk when it
    # returns; what is deleted is overwritten and not merely forgotten.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
        "busy_timeout=10000",
    ):
        connection.execute(f"PRAGMA {pragma}")
