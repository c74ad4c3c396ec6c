"""Known networks on every page: exact width, smallest text, tallest figure, and no fault.

By default each network is drawn on a fixed choice of its pages, which differs from network to
network so that every page is met many times; NETFIG_TESTS_MATRIX=whole draws all of them (see
`pages.PAGES`). Captures are kept in .cache/captures.
"""

import os
from collections import Counter

import pytest
import tools
from figures.captures import APPLICATIONS, SOURCES, capture, constructors
from figures.geometry import faults, items
from figures.pages import PAGES, named, some
from netfig.errors import DoesNotFit
from netfig.grouping import find
from netfig.model import venues
from netfig.model.graph import LayerGraph
from netfig.model.scene import Text
from netfig.model.spec import FigureSpec, Page
from netfig.pipeline import draw

pytestmark = pytest.mark.skipif(not tools.local_guest(), reason=tools.reason("guest"))

SAMPLE = len(PAGES) if os.environ.get("NETFIG_TESTS_MATRIX") == "whole" else 8
LEAST = 0.97
"""Share of pages that networks must fit."""

ALWAYS = ("vgg", "resnet", "densenet", "mobilenet", "efficientnet", "unet", "vit", "gpt")
"""Networks everybody draws fit every page."""

TALLY: Counter[str] = Counter()


def wrong(network: LayerGraph, page: Page, hierarchy: object) -> list[str]:
    """What is wrong with the figure on that page; DoesNotFit comes through."""
    drawing = draw(network, FigureSpec(page=page), hierarchy=hierarchy)  # type: ignore[arg-type]
    scene, said = drawing.scene, faults(drawing.scene)
    width, height = venues.width(page), venues.height(page)
    if width is not None and abs(scene.width - width) > 0.1 * venues.MILLIMETRE:
        said.append(f"{scene.width:.2f} pt wide, not {width:.2f}")
    if height is not None and scene.height > height + 0.01:
        said.append(f"{scene.height:.2f} pt high, {height:.2f} are allowed")
    sizes = [item.size for item in items(scene) if isinstance(item, Text)]
    floor = venues.VENUES[page.venue].text
    if min(sizes, default=floor) < floor:
        said.append(f"text of {min(sizes)} pt, {floor} is the smallest allowed")
    return said


@pytest.mark.slow
@pytest.mark.parametrize("name", SOURCES)
def test_pages_are_as_asked_and_without_fault(name: str) -> None:
    network = capture(name).models[0].graph
    hierarchy, found = find(network, FigureSpec()), []
    for page in some(name, SAMPLE):
        TALLY["drawn"] += 1
        try:
            found += [f"{named(page)}: {said}" for said in wrong(network, page, hierarchy)]
        except DoesNotFit as refusal:
            TALLY["refused"] += 1
            assert refusal.message and refusal.hint
            if any(word in name.lower() for word in ALWAYS):
                found.append(f"{named(page)}: {refusal.message}")
    assert found == []


def test_nearly_every_page_is_fitted() -> None:
    """Runs after the others, on what this process has drawn."""
    assert TALLY["refused"] <= (1 - LEAST) * TALLY["drawn"], TALLY


def test_applications_are_all_that_keras_has() -> None:
    assert constructors() == set(APPLICATIONS)
