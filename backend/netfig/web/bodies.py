"""Reading a request's body: JSON and nothing but JSON, checked before it is believed."""

from typing import TypeVar

from flask import request
from pydantic import BaseModel
from werkzeug.exceptions import UnsupportedMediaType

from netfig.errors import InputError, InvalidGraph
from netfig.importers import strict

BYTES = 6_200_000
"""A megabyte of code may need six in JSON, where every character is written \\u0000."""

Body = TypeVar("Body", bound=BaseModel)


def body(model: type[Body]) -> Body:
    """The body as `model`.

    Raises UnsupportedMediaType for another content type than JSON, InputError for what is no JSON
    or too deep, pydantic's ValidationError for what does not fit the model.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    raw = request.get_data(cache=False)
    try:
        strict.parse(raw, limit=BYTES)
    except InvalidGraph as error:
        raise InputError("The body is not strict JSON.", hint="No key twice, no NaN.") from error
    return model.model_validate_json(raw)


def expected_version() -> int | None:
    """The version in If-Match; None where the caller does not care."""
    tags = request.if_match
    if not tags or tags.star_tag:
        return None
    tag = next(iter(tags.as_set()), "")
    return int(tag) if tag.isascii() and tag.isdigit() and len(tag) < 10 else -1
