"""Netfig: the figure for your paper, drawn from the Keras code of your network.

`netfig.figure(model)` draws a live Keras model; the rest is in the modules.
"""

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # The engine is imported by who draws, and not by who asks for the version.
    if name == "figure":
        from netfig.notebook import figure

        return figure
    raise AttributeError(f"module 'netfig' has no attribute {name!r}")
