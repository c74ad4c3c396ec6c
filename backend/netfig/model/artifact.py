"""A finished file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """Bytes with their media type and file suffix (with its dot)."""

    media_type: str
    suffix: str
    content: bytes
    warnings: tuple[str, ...] = ()
