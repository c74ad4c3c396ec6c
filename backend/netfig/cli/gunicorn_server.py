"""gunicorn around the application: few processes, many threads, since most requests wait."""

import gc
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from netfig.sandbox_client import Remembering, RunnerSandbox, Sandbox
from netfig.settings import Settings
from netfig.store import Store
from netfig.store.engine import engine_for
from netfig.web.app import create_app


def sandbox_of(settings: Settings, runner: Path) -> Sandbox:
    """The sandboxes behind the broker where one is configured, else the runner of this machine."""
    if settings.broker:
        from netfig.sandbox_client.broker import BrokerSandbox

        return BrokerSandbox(settings.broker)
    return RunnerSandbox(runner)


class Server(BaseApplication):
    """The service on one address. Each process makes its own application after the fork."""

    def __init__(self, settings: Settings, runner: Path, host: str, port: int) -> None:
        self._settings = settings
        self._runner = runner
        self._address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn."""
        chosen: dict[str, Any] = {
            "bind": self._address,
            "worker_class": "gthread",
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "worker_connections": 1_000,
            "timeout": 60,
            "graceful_timeout": 5,
            # Longer than browsers and proxies keep one: they must be the ones to close it.
            "keepalive": 75,
            "limit_request_line": 4_094,
            "limit_request_fields": 60,
            "limit_request_field_size": 8_190,
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,
            "loglevel": "warning",
            "proc_name": "netfig",
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Called by gunicorn in each process."""
        settings = self._settings
        sandbox = Remembering(sandbox_of(settings, self._runner), limit=settings.remembered)
        store = Store(engine_for(settings.database_url), quota=settings.storage)
        application = create_app(settings, sandbox, store)
        # What is there now stays: without this the collector walks all of it while somebody
        # waits for a drawing, a tenth of a second every few edits.
        gc.collect()
        gc.freeze()
        return application
