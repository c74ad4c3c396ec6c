"""What a class of the paste derives from when its base is absent but its body is a network's.

A class with a `call` of its own is a model or a layer of Keras; one without stays what inert says.
"""

import re
import sys
from types import CodeType, FrameType
from typing import Any

from netfig_sandbox.guest import lookup
from netfig_sandbox.guest.inert import Inert
from netfig_sandbox.guest.provenance import PASTE

_LAYER = re.compile(r"layer|block|attention|cell", re.IGNORECASE)
_NEITHER = re.compile(r"loss|metric|callback|env|schedule|optimizer|initializer|regularizer",
                      re.IGNORECASE)  # fmt: skip


def base(name: str, frame: FrameType | None) -> type | None:
    """A class of Keras for the class statement that a frame is at; None for any other class."""
    body = _body(frame)
    if body is None or not any(_is_call(const) for const in body.co_consts):
        return None
    names = f"{name.rsplit('.', 1)[-1]} {body.co_name}"
    if _NEITHER.search(names):
        return None
    engine = lookup.active()
    parent: Any = engine.layer if _LAYER.search(names) else engine.model

    def init(self: Any, *_: Any, **kwargs: Any) -> None:
        told = kwargs.get("name")
        parent.__init__(self, name=told if isinstance(told, str) else None)

    def attribute(self: Any, name: str) -> Any:
        if name.startswith("_") or sys._getframe(1).f_code.co_filename != PASTE:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return Inert(name)

    return type(
        parent.__name__, (parent,),
        {"__init__": init, "__getattr__": attribute, "__module__": parent.__module__},
    )  # fmt: skip


def _body(frame: FrameType | None) -> CodeType | None:
    """The code of the class body that begins in the line a frame is at."""
    if frame is None or frame.f_code.co_filename != PASTE:
        return None
    found = [c for c in frame.f_code.co_consts if isinstance(c, CodeType)]
    return next((c for c in found if c.co_firstlineno == frame.f_lineno), None)


def _is_call(const: Any) -> bool:
    return isinstance(const, CodeType) and const.co_name == "call" and const.co_argcount > 1
