"""What can be chosen, read from the tables that say what there is."""

from typing import Any

from netfig.export import EXPORTERS
from netfig.importers.capture import CALLS
from netfig.model.venues import VENUES
from netfig.styles.palettes import PALETTES
from netfig.text.fonts import FONTS
from netfig.web import bodies, wire

STYLES = {"netfig": "Netfig"}

_SHOWN = ("input", "conv", "pooling", "dense", "recurrent", "attention", "upsampling", "merge")
"""The families whose colours stand for a palette in its menu."""


def menus() -> dict[str, Any]:
    """The parts of wire.Meta that no installation changes."""
    return {
        "styles": [wire.Choice(id=key, label=label) for key, label in STYLES.items()],
        "palettes": [
            wire.Palette(
                id=key,
                label=palette.label,
                colours=[palette.colour(family) for family in _SHOWN],
            )
            for key, palette in PALETTES.items()
        ],
        "venues": [
            wire.Venue(
                id=key,
                label=venue.label,
                one=venue.one,
                full=venue.full,
                height=venue.height,
                text=venue.text,
            )
            for key, venue in VENUES.items()
        ],
        "fonts": [wire.Choice(id=key, label=font.label) for key, font in FONTS.items()],
        "formats": [
            wire.Choice(id=key, label=exporter.label) for key, exporter in EXPORTERS.items()
        ],
        "limits": wire.Limits(code_bytes=wire.CODE_BYTES, body_bytes=bodies.BYTES, layers=CALLS),
    }
