"""Which of the models that a paste makes is meant, or why there is none to draw."""

from netfig.errors import InputError, ProgramError
from netfig.importers.capture import Capture


def chosen(capture: Capture, wanted: int | str | None, *, before: str | None = None) -> int:
    """The index of the model `wanted` by index, variable or name.

    None takes the one called `before`, if there is one, else the first. Raises ProgramError when
    the paste has no model, InputError when it has none like that.
    """
    if not capture.models:
        raise nothing(capture)
    if wanted is None:
        named = (i for i, found in enumerate(capture.models) if found.name == before)
        return next(named, 0)
    for position, found in enumerate(capture.models):
        if wanted in (position, found.variable, found.name):
            return position
    there = ", ".join(found.variable or found.name for found in capture.models)
    raise InputError(f"The code has no model {wanted!r}.", hint=f"It has {there}.")


def nothing(capture: Capture) -> ProgramError:
    """Why there is nothing to draw: what stopped the paste, else that it makes no model.

    A line that the sandbox had to leave out is then the likeliest reason, and is named.
    """
    error = capture.error
    message = "The code makes no Keras model." if error is None else error.message
    hint = "Bind the model to a variable, or return it." if error is None else error.hint
    line = None if error is None else error.line
    left_out = next((notice for notice in capture.warnings if notice.line is not None), None)
    if line is None and left_out is not None:
        message, line = f"{message} {left_out.message}", left_out.line
    return ProgramError(message, hint=hint, line=line)
