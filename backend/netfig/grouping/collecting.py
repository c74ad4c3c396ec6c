"""Python's cyclic garbage collector rests while a hierarchy is built, and while a figure is drawn.

Each of its rounds walks everything that has been made so far, which for very large networks costs
half as much again as the work itself. What is built here lives until the caller drops it.
"""

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def uncollected(work: Callable[P, R]) -> Callable[P, R]:
    """The same function, run without rounds of the collector; whoever stopped it starts it again,
    so calls in several threads do not leave it stopped."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        stopped = gc.isenabled()
        if stopped:
            gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            if stopped:
                gc.enable()

    return run
