"""Reading a request's body: JSON and nothing but JSON, checked before it is believed."""

from typing import TypeVar

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from netfig.errors import InputError, InvalidGraph
from netfig.importers import strict

BYTES = 6_200_000
"""A megabyte of code may need six in JSON, where every character is written \\u0000."""

FILE_BYTES = 8_000_000
"""A figure to be opened again; the largest we write for the largest network are half of it."""

Body = TypeVar("Body", bound=BaseModel)


class InvalidRequest(InputError):
    """The body does not fit its model."""


def body(model: type[Body]) -> Body:
    """The body as `model`.

    Raises UnsupportedMediaType for another content type than JSON, InputError for what is no JSON
    or too deep, InvalidRequest for what does not fit the model.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    raw = request.get_data(cache=False)
    try:
        strict.parse(raw, limit=BYTES)
    except InvalidGraph as error:
        raise InputError("The body is not strict JSON.", hint="No key twice, no NaN.") from error
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise InvalidRequest(_first(error)) from error


def upload() -> bytes | None:
    """The file that the body is, told by its content type; None where it is something else.

    Raises RequestEntityTooLarge.
    """
    if request.mimetype != "application/octet-stream":
        return None
    request.max_content_length = FILE_BYTES
    return request.get_data(cache=False)


def expected_version() -> int | None:
    """The version in If-Match; None where the caller does not care."""
    tags = request.if_match
    if not tags or tags.star_tag:
        return None
    tag = next(iter(tags.as_set()), "")
    return int(tag) if tag.isascii() and tag.isdigit() and len(tag) < 10 else -1


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, without the value, which may be megabytes or hostile."""
    entry = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part)[:40] for part in entry["loc"][:8])
    return f"{place or 'The body'}: {entry['msg']}"[:300]
