"""Everything that differs between one installation and another, read from the environment once.

The entry points alone call `from_environment`; everything else is given what it needs.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

PREFIX = "NETFIG_"

_ROOT = Path(__file__).resolve().parents[2]


def _home(variable: str, fallback: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / fallback) / "netfig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One installation. Field `x` is read from the environment variable NETFIG_X.

    database        SQLAlchemy URL; "" for SQLite in the user's folder for such things
    page            folder of the built front end
    runner          path of the runner's socket; "" where `netfig serve` starts one of its own
    broker          URL of the Celery broker where many machines run the sandbox; "" for none
    redis           URL that counters of rate limits and stopped runs are kept under; "" for memory,
                    which is right for one process
    public_url      how the world calls this service ("https://netfig.example"); "" to believe the
                    request, whose host must then be one of `hosts`
    hosts           comma-separated host names to answer to; "" for the loopback's alone
    proxies         how many reverse proxies in front may be believed (X-Forwarded-For)
    threads         requests one process answers at once
    workers         processes
    storage         bytes of saved figures in all; beyond it figures can be read and not made
    remembered      bytes of captures kept in memory, so that the same paste is not run twice
    limits          rate limits on or off
    runs            runs one address may start, in the notation of the limits library
    edits           other changes one address may make
    reads           everything else
    global_runs     runs everybody together may start
    metrics         where /metrics may be read: "loopback"; "inside", by whoever has not come
                    through a proxy (which says so in X-Forwarded-For); or "off"
    """

    database: str = ""
    page: str = str(_ROOT / "frontend" / "dist")
    runner: str = ""
    broker: str = ""
    redis: str = ""
    public_url: str = ""
    hosts: str = ""
    proxies: int = 0
    threads: int = 32
    workers: int = 1
    storage: int = 10_000_000_000
    remembered: int = 64_000_000
    limits: bool = True
    runs: str = "60/minute;600/hour"
    edits: str = "600/minute"
    reads: str = "1200/minute"
    global_runs: str = "1200/minute"
    metrics: str = "loopback"

    @property
    def database_url(self) -> str:
        """The URL with its default filled in."""
        return (
            self.database or f"sqlite:///{_home('XDG_DATA_HOME', '.local/share')}/figures.sqlite3"
        )


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Settings from NETFIG_… variables. Raises ValueError naming a variable that cannot be read.

    A variable NETFIG_X_FILE names a file that holds the value, for secrets such as a database URL.
    """
    chosen: dict[str, str | int | bool] = {}
    for field in fields(Settings):
        variable = PREFIX + field.name.upper()
        raw = environ.get(variable)
        if raw is None and (file := environ.get(f"{variable}_FILE")):
            raw = Path(file).read_text(encoding="utf-8").strip()
        if raw is not None:
            chosen[field.name] = _parsed(variable, raw, field.type)
    return Settings(**chosen)  # type: ignore[arg-type]


def run_folder(environ: Mapping[str, str]) -> Path:
    """The user's own folder for sockets, made if missing, closed to everybody else.

    Raises PermissionError when somebody else owns it.
    """
    base = environ.get("XDG_RUNTIME_DIR")
    folder = Path(base) / "netfig" if base else Path("/tmp") / f"netfig-{os.getuid()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = folder.lstat()
    if folder.is_symlink() or owner.st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    folder.chmod(0o700)
    return folder


def _parsed(variable: str, raw: str, kind: object) -> str | int | bool:
    if kind in (bool, "bool"):
        if raw.lower() in ("1", "true", "yes", "on"):
            return True
        if raw.lower() in ("0", "false", "no", "off", ""):
            return False
        raise ValueError(f"{variable} is neither on nor off: {raw!r}")
    if kind in (int, "int"):
        try:
            return int(raw)
        except ValueError:
            raise ValueError(f"{variable} is not a whole number: {raw!r}") from None
    return raw
