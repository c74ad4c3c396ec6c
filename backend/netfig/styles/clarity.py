"""The live check of a figure's colours: which looks in use are taken for one another, by whom, and
the colour that would mend it.

Shape, hatch and an operator's sign tell looks apart as well as colour does, and types that are
meant to look alike (Conv1D and Conv2D) have nothing to tell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from netfig.model.scene import Hatch
from netfig.styles.appearance import Glyph
from netfig.styles.telling import confusions, remedies


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A look in use: what an edit of it applies to ("type" or "kind" and its id), how it is called,
    and its cues. `fill` is the strong colour."""

    target: str
    id: str
    label: str
    shape: str
    fill: str
    hatch: Hatch = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """An edit that helps: this strong colour for the type or kind of that id."""

    target: str
    id: str
    fill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Two looks, by their labels, that cannot be told apart under each of `under`: "protanopia",
    "deuteranopia", "tritanopia", "grey", or "all" for everybody. `fix` is None where no
    shade helps."""

    first: str
    second: str
    under: tuple[str, ...]
    fix: Fix | None


def used(glyphs: Iterable[Glyph]) -> tuple[Used, ...]:
    """The looks of the glyphs, each once, operators left out: their sign tells them."""
    found: dict[tuple[str, str, str], Used] = {}
    for glyph in glyphs:
        if glyph.shape != "operator":
            target, _, own = glyph.key.partition(":")
            look = Used(
                target=target,
                id=own,
                label=glyph.phrase,
                shape=glyph.shape,
                fill=glyph.strong,
                hatch=glyph.hatch,
            )
            found.setdefault((glyph.phrase, glyph.shape, glyph.strong), look)
    return tuple(found.values())


def unclear(looks: Iterable[Used]) -> tuple[Telling, ...]:
    """Every pair of looks that somebody takes for one another, in the order of the looks."""
    shapes: dict[str, list[Used]] = {}
    for look in looks:
        shapes.setdefault(look.shape, []).append(look)
    return tuple(pair for alike in shapes.values() for pair in _among(alike))


def _among(looks: list[Used]) -> list[Telling]:
    named = {str(i): look for i, look in enumerate(looks)}
    colours = {name: look.fill for name, look in named.items()}
    hatches = {name: look.hatch for name, look in named.items()}
    pairs = [p for p in confusions(colours, hatches) if _differ(named, p.first, p.second)]
    if not pairs:
        return []
    offers = remedies(colours, hatches, may_hatch=False)
    return [
        Telling(
            first=named[pair.first].label,
            second=named[pair.second].label,
            under=pair.under,
            fix=next(
                (
                    Fix(target=named[n].target, id=named[n].id, fill=offers[n].colour)
                    for n in (pair.second, pair.first)
                    if n in offers
                ),
                None,
            ),
        )
        for pair in pairs
    ]


def _differ(named: Mapping[str, Used], first: str, second: str) -> bool:
    return named[first].label != named[second].label
