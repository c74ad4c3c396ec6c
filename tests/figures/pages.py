"""Every page a figure may be asked for: each venue, each column it has, both directions."""

import hashlib

from netfig.model import venues
from netfig.model.spec import Page

PAGES = tuple(
    Page(venue=venue, column=column, direction=direction)
    for venue, asks in venues.VENUES.items()
    for column in (("one", "full") if asks.one else ("full",))
    for direction in ("right", "down")
)


def named(page: Page) -> str:
    """The page in a word, for messages."""
    return f"{page.venue}-{page.column}-{page.direction}"


def some(name: str, many: int) -> tuple[Page, ...]:
    """That many of PAGES, always the same for a name, spread over names so that all are drawn."""
    start = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])
    # 17 shares no factor with the number of pages, so that each is met before one comes again.
    return tuple(PAGES[(start + 17 * i) % len(PAGES)] for i in range(min(many, len(PAGES))))
