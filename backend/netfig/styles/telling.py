"""Telling colours apart: which of those in use look alike to whom, and what would help."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from netfig.model.scene import Hatch
from netfig.styles.colour import DEFICIENCIES, contrast, distance, grey, mix, simulated

TELLING = 0.05
"""Strong colours nearer than this in OKLab are taken for one another: their light fills, with 28 %
of that difference, are then under the just noticeable 0.02."""

_HATCHES: tuple[Hatch, ...] = ("rising", "dots", "falling", "horizontal", "cross", "vertical")


class Confusion(NamedTuple):
    """Two names whose colours look alike, and to whom: keys of DEFICIENCIES, "grey", "all"."""

    first: str
    second: str
    under: tuple[str, ...]


class Remedy(NamedTuple):
    """The colour and hatch that would tell a name from all the others."""

    colour: str
    hatch: Hatch


def confusions(
    colours: Mapping[str, str], hatches: Mapping[str, Hatch] | None = None
) -> list[Confusion]:
    """Pairs of names whose strong colours cannot be told apart, in the mapping's order.

    "all" stands for eyes without deficiency: such colours are alike for everybody. Names that carry
    different `hatches` (absent: "none") are told apart by these.
    """
    carried = hatches or {}
    found = []
    for first, second in combinations(colours, 2):
        if carried.get(first, "none") == carried.get(second, "none"):
            under = _alike(colours[first], colours[second])
            if under:
                found.append(Confusion(first, second, under))
    return found


def remedies(
    colours: Mapping[str, str],
    hatches: Mapping[str, Hatch] | None = None,
    *,
    may_hatch: bool = True,
) -> dict[str, Remedy]:
    """What to change so that no confusion is left: the fewest names found, the later of each pair.

    A hatch is offered first, where the venue allows it; else a lighter or darker shade of the same
    hue. Where no shade is told from all others, the name is left out: there are too many colours.
    """
    settled: dict[str, Remedy] = {}
    changed: dict[str, Remedy] = {}
    carried = hatches or {}
    for name, colour in colours.items():
        own = Remedy(colour, carried.get(name, "none"))
        later = [Remedy(colours[n], carried.get(n, "none")) for n in colours if n not in settled]
        if _clear(own, settled.values()):
            settled[name] = own
            continue
        offers = [Remedy(colour, hatch) for hatch in _HATCHES] if may_hatch else []
        offers += [Remedy(shade, own.hatch) for shade in _shades(colour)]
        others = [*settled.values(), *(other for other in later if other != own)]
        choice = next((offer for offer in offers if _clear(offer, others)), None)
        settled[name] = choice or own
        if choice is not None:
            changed[name] = choice
    return changed


def _alike(first: str, second: str) -> tuple[str, ...]:
    views = {
        "all": (first, second),
        **{d: (simulated(first, d), simulated(second, d)) for d in DEFICIENCIES},
        "grey": (grey(first), grey(second)),
    }
    return tuple(view for view, (a, b) in views.items() if distance(a, b) < TELLING)


def _clear(one: Remedy, others: Iterable[Remedy]) -> bool:
    return not any(one.hatch == o.hatch and _alike(one.colour, o.colour) for o in others)


def _shades(colour: str) -> list[str]:
    """Shades from near to far, none so light that its outline is lost on white."""
    ends = [(end, step / 10) for step in range(1, 9) for end in ("#000000", "#ffffff")]
    shades = [mix(colour, end, share) for end, share in ends]
    return [shade for shade in shades if contrast(shade, "#ffffff") >= 2]
