"""A real database for every test: SQLite in a file, and a PostgreSQL server started here."""

import getpass
import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import tools
from netfig.store.engine import engine_for
from sqlalchemy import text


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server of our own, on a unix socket alone, gone afterwards."""
    if not tools.present("postgresql"):
        pytest.skip(tools.reason("postgresql"))
    programs = Path(max(glob.glob("/usr/lib/postgresql/*/bin")))
    # PostgreSQL refuses to run as root; its package brings a user for it.
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    folder = Path(tempfile.mkdtemp(prefix="netfig-pg-"))
    shutil.chown(folder, pwd.getpwnam(user).pw_uid)

    def run(*command: str) -> None:
        asked = {"user": user} if os.geteuid() == 0 else {}
        subprocess.run(command, check=True, capture_output=True, cwd=folder, **asked)  # type: ignore[call-overload]

    run(str(programs / "initdb"), "-D", f"{folder}/db", "-A", "trust", "-U", "netfig", "-N")
    control = (str(programs / "pg_ctl"), "-D", f"{folder}/db", "-w")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    run(*control, "-l", f"{folder}/log", "-o", options, "start")
    try:
        yield f"postgresql://netfig@/postgres?host={folder}"
    finally:
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/inner/figures.sqlite3"
    server: str = request.getfixturevalue("postgresql")
    engine = engine_for(server)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return server
