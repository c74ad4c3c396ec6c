"""The document that an exported file carries, and the figure that is made from it again.

    {"format": 1, "title", "kind": "keras", "spec": FigureSpec, "capture": base64 of zlib of JSON}

The capture is that of the drawn model alone. The pasted code and what it printed are left out: a
figure goes to reviewers and readers, who need not see either. Drawing again needs no run.
"""

import json
import zlib
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass

from pydantic import ValidationError

from netfig.errors import InputError, InvalidGraph
from netfig.export.carried import LARGEST
from netfig.export.reopen import document
from netfig.importers import IMPORTERS, Capture, strict
from netfig.importers.capture import BYTES
from netfig.model.spec import FigureSpec
from netfig.web.document import SpecBody, plain, spec_of

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """What a file held: `raw` is the capture as it was stored, with one model; `capture` checked
    and read."""

    kind: str
    raw: object
    capture: Capture
    spec: FigureSpec


def document_of(kind: str, raw: object, model: int, spec: FigureSpec, title: str) -> str:
    """The document of a figure, from the stored capture and the drawn model's index in it."""
    whole = strict.mapping(raw, "it")
    kept = {
        "format": whole["format"],
        "engine": whole.get("engine", {}),
        "models": [strict.array(whole["models"], "models", limit=64)[model]],
    }
    packed = zlib.compress(_json(kept).encode(), 9)
    return _json(
        {
            "format": FORMAT,
            "title": title,
            "kind": kind,
            "spec": plain(spec),
            "capture": b64encode(packed).decode(),
        }
    )


def reopened(content: bytes) -> Reopened:
    """The figure of an exported file, which may be anybody's. Raises InputError."""
    carried = document(content)
    if carried is None:
        raise InputError(
            "This file carries no figure of Netfig.",
            hint="Take an SVG, PDF, PNG or EPS file as Netfig wrote it.",
        )
    try:
        return _read(carried.encode("utf-8", "surrogatepass"))
    except (InvalidGraph, ValidationError, zlib.error, Base64Error, ValueError) as error:
        raise InputError(
            "The figure that this file carries cannot be read.",
            hint="It may be damaged, or made by a newer Netfig.",
        ) from error


def _read(carried: bytes) -> Reopened:
    top = strict.mapping(strict.parse(carried, limit=LARGEST), "it")
    if strict.count(strict.member(top, "format", "it"), "format") != FORMAT:
        strict.refuse("format", "is another")
    kind = strict.text(strict.member(top, "kind", "it"), "kind", limit=16)
    if kind not in IMPORTERS:
        strict.refuse("kind", "is unknown")
    packed = strict.text(strict.member(top, "capture", "it"), "capture", limit=LARGEST)
    unpacking = zlib.decompressobj()
    plainly = unpacking.decompress(b64decode(packed, validate=True), BYTES + 1)
    raw = strict.parse(plainly, limit=BYTES)
    capture = IMPORTERS[kind](raw)
    if len(capture.models) != 1:
        strict.refuse("capture", "is not of one model")
    spec = SpecBody.model_validate_json(json.dumps(strict.member(top, "spec", "it")))
    return Reopened(kind=kind, raw=raw, capture=capture, spec=spec_of(spec))


def _json(value: object) -> str:
    return json.dumps(value, allow_nan=False, ensure_ascii=True, separators=(",", ":"))
