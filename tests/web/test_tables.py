"""What a network costs and what of it can be a group, over HTTP."""

import csv
import gzip
import io
import json
from importlib.resources import files
from xml.etree import ElementTree

import pytest
from figures.captures import capture
from netfig.importers.capture import read
from web.conftest import Caller

PARALLEL = """\
import keras
from keras import layers
image = keras.Input((8, 8, 4), name="image")
a = layers.Conv2D(4, 3, padding="same", name="a")(image)
b = layers.Conv2D(4, 3, padding="same", name="b")(a)
c = layers.Add(name="c")([a, b])
d = layers.Conv2D(4, 1, name="d")(c)
model = keras.Model(image, d)
"""


def test_the_table_tells_every_layer(caller: Caller) -> None:
    made = caller.make(PARALLEL)
    table = caller("GET", f"/api/figures/{made['id']}/table").json
    assert [(row["id"], row["macs"]) for row in table["rows"]] == [
        ("image", 0),
        ("a", 64 * 9 * 16),
        ("b", 64 * 9 * 16),
        ("c", 0),
        ("d", 64 * 16),
    ]
    assert table["macs"] == made["drawing"]["facts"]["macs"] == 2 * 9216 + 1024
    assert table["uncounted"] == made["drawing"]["facts"]["uncounted"] == 0
    assert table["memory"] == 4 * 4 * 8 * 8 * 4


def test_the_table_is_a_file_for_spreadsheets(caller: Caller) -> None:
    made = caller.make(PARALLEL, spec={"title": "=My/net"})
    answer = caller("GET", f"/api/figures/{made['id']}/table.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="My-net-layers.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["id"], row["output shape"]) for row in rows][1] == ("a", "8x8x4")


@pytest.mark.parametrize(
    ("layers", "allowed", "grown"),
    [
        (["b", "c"], True, ["b", "c"]),
        (["a", "b", "c"], True, ["a", "b", "c"]),
        (["a", "b"], False, ["a", "b", "c"]),
    ],
)
def test_a_selection_is_judged(
    caller: Caller, layers: list[str], allowed: bool, grown: list[str]
) -> None:
    made = caller.make(PARALLEL)
    path = f"/api/figures/{made['id']}/selection"
    found = caller("POST", path, {"layers": layers}).json
    assert (found["allowed"], found["layers"]) == (allowed, grown)
    assert (found["blocking"] is None, found["message"] == "") == (allowed, allowed)


def test_what_is_in_the_way_is_named(caller: Caller) -> None:
    made = caller.make(PARALLEL)
    path = f"/api/figures/{made['id']}/selection"
    found = caller("POST", path, {"layers": ["a", "b"]}).json
    assert found["blocking"] == {"source": "a", "target": "c"}
    assert found["message"] == "a also feeds c, which is not selected."
    assert caller("POST", path, {"layers": [1]}).status_code == 422


def test_examples_have_a_picture_of_their_own_figure(without_sandbox: Caller) -> None:
    for example in without_sandbox("GET", "/api/examples").json:
        answer = without_sandbox("GET", f"/api/examples/{example['id']}.svg")
        assert answer.content_type.startswith("image/svg+xml")
        root = ElementTree.fromstring(answer.data)
        assert root.attrib["width"] == "234pt"
        assert len(root.findall(".//*[@data-source]")) > 3
    assert without_sandbox("GET", "/api/examples/none.svg").status_code == 404
    assert without_sandbox("GET", "/api/examples/..%2fapp.svg").status_code == 404


@pytest.mark.needs("guest")
def test_kept_captures_are_those_of_the_code(without_sandbox: Caller) -> None:
    for example in without_sandbox("GET", "/api/examples").json:
        kept = files("netfig.web").joinpath("examples", f"{example['id']}.json.gz").read_bytes()
        found = read(json.loads(gzip.decompress(kept)))
        assert found.models[0].graph == capture(f"examples/{example['id']}").models[0].graph


def test_an_answer_tells_its_time(without_sandbox: Caller) -> None:
    timing = without_sandbox("GET", "/api/meta").headers["Server-Timing"]
    assert timing.startswith("all;dur=")
    assert 0 <= float(timing.removeprefix("all;dur=")) < 60_000
