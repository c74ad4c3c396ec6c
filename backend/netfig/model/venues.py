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


def _venue(
    label: str,
    unit: float,
    one: float | None,
    full: float,
    height: float,
    *,
    text: float = 7.0,
    hatches: bool = True,
) -> Venue:
    name = "in" if unit == INCH else "mm"
    return Venue(
        label=label,
        one=one * unit if one else None,
        full=full * unit,
        height=height * unit,
        text=text,
        hatches=hatches,
        size=" / ".join(f"{v:g} {name}" for v in (one, full) if v),
    )


VENUES: Mapping[str, Venue] = MappingProxyType(
    {
        "neurips": _venue("NeurIPS, ICLR", INCH, None, 5.5, 9),
        "icml": _venue("ICML", INCH, 3.25, 6.75, 9),
        "cvpr": _venue("CVPR, ICCV", INCH, 3.25, 6.875, 8.875),
        "eccv": _venue("ECCV, LNCS", MILLIMETRE, None, 122, 193),
        "aaai": _venue("AAAI", INCH, 3.3, 6.975, 9),
        "acl": _venue("ACL", MILLIMETRE, 77, 160, 247),
        "acm": _venue("ACM sigconf", INCH, 3.337, 7.006, 9.1),
        "ieee": _venue("IEEE", INCH, 3.5, 7.16, 8.8, text=8.0),
        "nature": _venue("Nature", MILLIMETRE, 89, 183, 170, text=5.0, hatches=False),
        "elsevier": _venue("Elsevier", MILLIMETRE, 90, 190, 240),
        "springer": _venue("Springer", MILLIMETRE, 84, 174, 234, text=8.0),
        "slide": _venue("Slide 16:9", INCH, None, 13.33, 7.5, text=14.0),
        "free": Venue(label="Free", size="as wide as it needs"),
    }
)
"""All presets, in the order in which menus show them. Where a venue names no tallest figure, it is
the height of its text block."""


def height(page: Page) -> float | None:
    """The tallest figure the page takes, in points; None for free."""
    return VENUES[page.venue].height


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
