"""Taking shown networks apart: series, regions, tangles."""

from layout.shown import shown
from netfig.layout.structure import Leaf, Region, Series, Tangle, structure


def test_a_chain_is_a_series_of_leaves() -> None:
    assert structure(shown("a>b", "b>c")) == Series((Leaf("a"), Leaf("b"), Leaf("c")))


def test_a_skip_is_a_region_with_a_direct_link() -> None:
    parts = structure(shown("a>b", "b>c", "a>c", "c>d")).parts
    assert parts == (
        Leaf("a"),
        Region("a", "c", (Series((Leaf("b"),)),), True),
        Leaf("c"),
        Leaf("d"),
    )


def test_branches_keep_their_own_nodes() -> None:
    parts = structure(shown("s>a", "a>t", "s>b", "b>c", "c>t")).parts
    assert parts[1] == Region(
        "s", "t", (Series((Leaf("a"),)), Series((Leaf("b"), Leaf("c")))), False
    )


def test_regions_nest() -> None:
    parts = structure(shown("a>b", "b>c", "c>d", "b>d", "d>e", "a>e")).parts
    region = parts[1]
    assert isinstance(region, Region)
    inner = region.branches[0]
    assert isinstance(inner, Series)
    assert inner.parts[1] == Region("b", "d", (Series((Leaf("c"),)),), True)


def test_crossing_skips_are_a_tangle() -> None:
    graph = shown("s>a", "s>b", "a>c", "b>c", "a>d", "b>d", "c>t", "d>t")
    tangle = structure(graph).parts[1]
    assert isinstance(tangle, Tangle)
    assert set(tangle.nodes) == {"a", "b", "c", "d"}
    assert len(tangle.links) == 8


def test_several_ends_hang_on_the_networks_own() -> None:
    parts = structure(shown("x>m", "y>m", "m>p", "m>q")).parts
    first, middle, last = parts
    assert isinstance(first, Region) and first.source is None and first.target == "m"
    assert middle == Leaf("m")
    assert isinstance(last, Region) and last.source == "m" and last.target is None


def test_every_node_is_somewhere_once() -> None:
    graph = shown(
        "a>b", "a>c", "b>d", "c>d", "b>e", "d>f", "e>f", "f>g", "a>g", "g>h", "h>i", "g>i"
    )
    seen: list[str] = []

    def walk(part: object) -> None:
        match part:
            case Leaf():
                seen.append(part.node)
            case Series():
                for inner in part.parts:
                    walk(inner)
            case Region():
                for inner in part.branches:
                    walk(inner)
            case Tangle():
                seen.extend(part.nodes)

    walk(structure(graph))
    assert sorted(seen) == sorted(node.id for node in graph.nodes)


def test_deep_nesting_stays_bounded() -> None:
    """A ladder of 300 skips, each around the next, must not exhaust the stack."""
    depth = 300
    links = [f"a{i}>a{i + 1}" for i in range(depth)] + [f"a{depth}>b{depth}"]
    links += [f"b{i + 1}>b{i}" for i in range(depth)] + [f"a{i}>b{i}" for i in range(depth)]
    assert structure(shown(*links)).parts[0] == Leaf("a0")
