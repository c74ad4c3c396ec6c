"""What one application uses, hung on its Flask object and nowhere else."""

from dataclasses import dataclass

from flask import Flask, current_app
from prometheus_client import CollectorRegistry

from netfig.settings import Settings
from netfig.web.condition import Condition
from netfig.web.runs import Runs
from netfig.web.studio import Studio

_KEY = "netfig"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Settings, the studio, the runs under way, how the sandbox is, and the counters."""

    settings: Settings
    studio: Studio
    runs: Runs
    condition: Condition
    registry: CollectorRegistry

    def hang_on(self, app: Flask) -> None:
        """Tie it to the application."""
        app.extensions[_KEY] = self


def state() -> State:
    """That of the application that answers this request."""
    found = current_app.extensions[_KEY]
    assert isinstance(found, State)
    return found
