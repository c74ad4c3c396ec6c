"""What venues ask of a figure: widths, the tallest figure, the smallest text.

Lengths are points. Sources: the venues' author kits and style files. A TeX point is 1/72.27 in,
the points here are 1/72 in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from netfig.model.spec import Page

INCH = 72.0
MILLIMETRE = 72.0 / 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """`one` and `full` are the widths of one column and of the whole page; None: there is none.

    `height` is the tallest figure allowed, `text` the smallest text, `line` the thinnest line.
    """

    label: str
    one: float | None = None
    full: float | None = None
    height: float | None = None
    text: float = 7.0
    hatches: bool = True
    size: str = ""


def _inches(label: str, one: float | None, full: float | None, **more: float) -> Venue:
    sizes = [f"{v} in" for v in (one, full) if v]
    return Venue(
        label=label,
        one=one * INCH if one else None,
        full=full * INCH if full else None,
        size=" / ".join(sizes),
        **more,  # type: ignore[arg-type]
    )


def _millimetres(label: str, one: float | None, full: float | None, **more: float) -> Venue:
    sizes = [f"{v:g} mm" for v in (one, full) if v]
    return Venue(
        label=label,
        one=one * MILLIMETRE if one else None,
        full=full * MILLIMETRE if full else None,
        size=" / ".join(sizes),
        **more,  # type: ignore[arg-type]
    )


VENUES: Mapping[str, Venue] = MappingProxyType(
    {
        "neurips": _inches("NeurIPS, ICLR", None, 5.5),
        "icml": _inches("ICML", 3.25, 6.75),
        "cvpr": _inches("CVPR, ICCV", 3.25, 6.875),
        "eccv": _millimetres("ECCV, LNCS", None, 122),
        "aaai": _inches("AAAI", 3.3, 6.975),
        "acl": _millimetres("ACL", 77, 160),
        "acm": _inches("ACM sigconf", 3.337, 7.006),
        "ieee": _inches("IEEE", 3.5, 7.16, height=8.8 * INCH, text=8.0),
        "nature": _millimetres("Nature", 89, 183, height=170 * MILLIMETRE, text=5.0, hatches=False),
        "elsevier": _millimetres("Elsevier", 90, 190),
        "springer": _millimetres("Springer", 84, 174, text=8.0),
        "slide": _inches("Slide 16:9", None, 13.33, height=7.5 * INCH, text=14.0),
        "free": Venue(label="Free", size="as wide as it needs"),
    }
)
"""All presets, in the order in which menus show them."""


def width(page: Page) -> float | None:
    """The page's width in points; None where it is as wide as the figure."""
    if page.venue == "free":
        return page.width
    venue = VENUES[page.venue]
    return venue.one if page.column == "one" and venue.one else venue.full


def text(page: Page) -> float:
    """The size of text in points: what was asked for, at least the venue's smallest."""
    floor = VENUES[page.venue].text
    return max(floor, page.text or max(floor, 7.0))


def says(page: Page) -> str:
    """The page in words: "CVPR, ICCV, full width, 6.875 in"."""
    venue = VENUES[page.venue]
    if page.venue == "free":
        return f"{page.width / INCH:.3g} in wide" if page.width else "as wide as it needs"
    one = page.column == "one" and venue.one is not None
    sizes = venue.size.split(" / ")
    return f"{venue.label}, {'one column' if one else 'full width'}, {sizes[0 if one else -1]}"
