"""Runs that are under way, so that they can be stopped by name."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Run:
    """One run: its name and whether it is to stop."""

    def __init__(self) -> None:
        self.id = secrets.token_urlsafe(16)
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask it to stop; it does within a tenth of a second."""
        self._stop.set()

    def stopped(self) -> bool:
        """Whether it is to stop."""
        return self._stop.is_set()


class Runs:
    """The runs of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, Run] = {}

    @contextmanager
    def open(self) -> Iterator[Run]:
        """A run for as long as the block lasts; leaving it early stops it."""
        run = Run()
        with self._lock:
            self._open[run.id] = run
        try:
            yield run
        finally:
            run.stop()
            with self._lock:
                del self._open[run.id]

    def stop(self, name: str) -> None:
        """Stop a run; nothing happens when it is over or was never there."""
        with self._lock:
            run = self._open.get(name)
        if run is not None:
            run.stop()

    def __len__(self) -> int:
        with self._lock:
            return len(self._open)
