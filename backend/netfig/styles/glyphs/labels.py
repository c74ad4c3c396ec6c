"""What is written at which node, before anybody knows where the node will be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from netfig.model.grouped import GroupedGraph
from netfig.model.spec import Labels
from netfig.styles.appearance import Glyph
from netfig.text import ruler


@dataclass(frozen=True, slots=True)
class Lettering:
    """The labels of one node; "" for none.

    `features` stands below, under all nodes of `run` (the node itself and its equal followers);
    `extent` above the exit edge; `note` (×n) above the middle; `inside` in the glyph; `name` below.
    """

    features: str = ""
    run: tuple[str, ...] = ()
    extent: str = ""
    note: str = ""
    inside: str = ""
    name: str = ""


def letter(
    grouped: GroupedGraph,
    glyphs: Mapping[str, Glyph],
    widths: Mapping[str, float],
    asked: Labels,
    *,
    size: float,
    font: str,
) -> dict[str, Lettering]:
    """The labels of every node. `widths` are the glyphs' lengths along the flow in points."""
    shown: dict[str, Lettering] = {}
    inside = _inside(glyphs, widths, asked, size, font)
    runs = _runs(grouped, glyphs) if asked.channels == "below" else {}
    names = asked.names == "below"
    for node, glyph in glyphs.items():
        run = runs.get(node, ())
        features = _features(glyph) if run else ""
        if features and len(run) == 1 and _carried(glyph):
            narrow = ruler.width(features, size=size, font=font) > widths[node]
            features = "" if narrow else features
        shown[node] = Lettering(
            features=features,
            run=run if features else (),
            extent=_extent(glyph, asked),
            note=glyph.note,
            inside=inside.get(node, ""),
            name=_name(glyph) if names else "",
        )
    return shown


def _name(glyph: Glyph) -> str:
    return "" if glyph.shape == "operator" else glyph.name or glyph.phrase


def _features(glyph: Glyph) -> str:
    if glyph.shape == "operator":
        return ""
    if glyph.end.features is None:
        return "?" if glyph.end.shape != "flat" and glyph.end.open else ""
    return str(glyph.end.features)


def _carried(glyph: Glyph) -> bool:
    """Whether the features leave as they came, so that their number is told before."""
    return glyph.start.features == glyph.end.features and glyph.shape == "grid"


def _extent(glyph: Glyph, asked: Labels) -> str:
    if asked.extent == "off" or glyph.shape == "operator" or not glyph.end.text:
        return ""
    first = not glyph.node.inputs
    changed = glyph.start.text != glyph.end.text
    return glyph.end.text if first or changed or asked.extent == "all" else ""


def _inside(
    glyphs: Mapping[str, Glyph],
    widths: Mapping[str, float],
    asked: Labels,
    size: float,
    font: str,
) -> dict[str, str]:
    """Kernels inside, where they fit in every glyph of the same name: all or none."""
    if asked.kernel != "inside":
        return {}
    fits: dict[str, bool] = {}
    for node, glyph in glyphs.items():
        if glyph.kernel and glyph.shape == "grid":
            room = widths[node] - band_width(widths[node], len(glyph.bands)) * len(glyph.bands)
            enough = room >= ruler.width(glyph.kernel, size=size, font=font) + 2.4
            fits[glyph.phrase] = fits.get(glyph.phrase, True) and enough
    return {
        node: glyph.kernel
        for node, glyph in glyphs.items()
        if glyph.kernel and glyph.shape == "grid" and fits.get(glyph.phrase, False)
    }


def band_width(width: float, count: int) -> float:
    """How wide each of a glyph's bands is, in points."""
    return min(2.6, 0.22 * width, 0.5 * width / max(1, count))


def _runs(grouped: GroupedGraph, glyphs: Mapping[str, Glyph]) -> dict[str, tuple[str, ...]]:
    """Neighbours on one wire that would carry the same number carry it once, together."""
    after: dict[str, list[str]] = {}
    before: dict[str, int] = {}
    for link in grouped.links:
        after.setdefault(link.source, []).append(link.target)
        before[link.target] = before.get(link.target, 0) + 1
    runs: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for node in (n.id for n in grouped.nodes):
        if node in taken:
            continue
        run = [node]
        while True:
            followers = after.get(run[-1], [])
            following = next((f for f in followers if before.get(f) == 1), None)
            if following is None or not _alike(glyphs[run[-1]], glyphs[following]):
                break
            if len(followers) > 1:
                break
            run.append(following)
        taken.update(run)
        runs[node] = tuple(run)
    return runs


def _alike(a: Glyph, b: Glyph) -> bool:
    return (
        a.shape == b.shape == "grid"
        and a.phrase == b.phrase
        and a.end == b.end
        and b.start.extent == b.end.extent
        and a.start.extent == a.end.extent
    )


def widest(strings: Sequence[str], *, size: float, font: str) -> float:
    """Length of the longest of some strings, in points; 0 for none."""
    return max((ruler.width(s, size=size, font=font) for s in strings), default=0.0)
