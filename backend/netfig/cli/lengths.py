"""Lengths as people write them -> points."""

import re

import click

POINTS = {"in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pt": 1.0, "bp": 1.0, "tex": 72 / 72.27}
"""Points (1/72 in) in a unit; "tex" is TeX's own point, 1/72.27 in."""

_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?) *([a-z]+)")


class Length(click.ParamType[float]):
    """A length with its unit, such as 3.25in, 82mm or 240pt, in points."""

    name = "length"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Points, between half an inch and 55 inches."""
        if isinstance(value, float):
            return value
        match = _LENGTH.fullmatch(str(value).strip().lower())
        if match is None or match[2] not in POINTS:
            self.fail(f"{value!r} is no length: write 3.25in, 82mm, 8.2cm or 240pt", param, ctx)
        points = float(match[1]) * POINTS[match[2]]
        if not 36 <= points <= 4_000:
            self.fail(f"{value!r} is not between 0.5in and 55in", param, ctx)
        return points
