"""netfig draw and netfig graph, run as programs."""

import json
import re
import time
from pathlib import Path

import pytest
from cli.conftest import Netfig

CODE = """\
import keras
from keras import layers
image = keras.Input((32, 32, 3), name="image")
a = layers.Conv2D(8, 3, padding="same", name="a")(image)
b = layers.Conv2D(8, 3, padding="same", name="b")(image)
both = layers.Add(name="both")([a, b])
twice = layers.Multiply(name="twice")([both, both])
model = keras.Model(image, twice, name="net")
"""


def test_graph_prints_calls_and_tensors(netfig: Netfig, tmp_path: Path) -> None:
    paste = tmp_path / "paste.py"
    paste.write_text(CODE)
    ran = netfig("graph", str(paste))
    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout)
    assert set(answer) == {"models", "warnings", "error"}
    assert answer["error"] is None
    (model,) = answer["models"]
    assert (model["name"], model["parameters"]) == ("net", 2 * 8 * (27 + 1))
    nodes = {node["id"]: node for node in model["nodes"]}
    assert list(nodes) == ["image", "a", "b", "both", "twice"]
    a = nodes["a"]
    assert (a["type"], a["name"], a["parameters"], a["line"]) == ("Conv2D", "a", 224, 4)
    assert (a["inputs"], a["outputs"]) == ([[None, 32, 32, 3]], [[None, 32, 32, 8]])
    assert sorted(tuple(edge[:2]) for edge in model["edges"]) == [
        ("a", "both"),
        ("b", "both"),
        ("both", "twice"),
        ("both", "twice"),
        ("image", "a"),
        ("image", "b"),
    ]


def test_draw_writes_every_file_asked_for_at_the_width_asked_for(
    netfig: Netfig, tmp_path: Path
) -> None:
    outputs = {suffix: tmp_path / f"figure.{suffix}" for suffix in ("pdf", "svg", "png")}
    asked = [part for path in outputs.values() for part in ("-o", str(path))]
    ran = netfig("draw", "-", *asked, "--width", "82mm", "--dpi", "100", code=CODE)
    assert ran.returncode == 0, ran.stderr
    svg = outputs["svg"].read_text()
    box = re.search(r'viewBox="0 0 ([0-9.]+) ', svg)
    assert box is not None
    assert abs(float(box[1]) * 25.4 / 72 - 82) < 0.1
    assert outputs["pdf"].read_bytes().startswith(b"%PDF-")
    width = int.from_bytes(outputs["png"].read_bytes()[16:20], "big")
    assert abs(width - 82 / 25.4 * 100) <= 1


def test_the_legend_goes_to_a_file_of_its_own(netfig: Netfig, tmp_path: Path) -> None:
    figure, apart = tmp_path / "figure.svg", tmp_path / "legend.svg"
    asked = ("--no-legend", "--legend-file", str(apart))
    ran = netfig("draw", "-", "-o", str(figure), *asked, code=CODE)
    assert ran.returncode == 0, ran.stderr
    assert ">Multiply" not in figure.read_text()
    assert ">Multiply" in apart.read_text()


def test_the_same_paste_gives_the_same_bytes(netfig: Netfig, tmp_path: Path) -> None:
    for name in ("one", "two"):
        files = (str(tmp_path / f"{name}.svg"), str(tmp_path / f"{name}.pdf"))
        ran = netfig("draw", "-", "-o", files[0], "-o", files[1], code=CODE)
        assert ran.returncode == 0, ran.stderr
    for suffix in ("svg", "pdf"):
        one, two = (tmp_path / f"{name}.{suffix}" for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_a_program_that_fails_is_told_with_its_line(netfig: Netfig, tmp_path: Path) -> None:
    code = "import keras\nx = (1,\n"
    figure = tmp_path / "figure.pdf"
    ran = netfig("draw", "-", "-o", str(figure), code=code)
    assert ran.returncode == 1
    assert ran.stderr.startswith("netfig: line 2: ")
    assert "Traceback" not in ran.stderr
    assert not figure.exists()
    graph = netfig("graph", "-", code=code)
    assert graph.returncode == 1
    answer = json.loads(graph.stdout)
    assert answer["models"] == []
    assert answer["error"]["line"] == 2


def test_no_model_is_an_error_in_both(netfig: Netfig, tmp_path: Path) -> None:
    ran = netfig("draw", "-", "-o", str(tmp_path / "x.svg"), code="x = 1\n")
    assert (ran.returncode, "model" in ran.stderr) == (1, True)
    graph = netfig("graph", "-", code="x = 1\n")
    assert graph.returncode == 1
    assert "model" in json.loads(graph.stdout)["error"]["message"]


def test_one_of_several_models_is_chosen(netfig: Netfig, tmp_path: Path) -> None:
    code = CODE + "small = keras.Sequential([keras.Input((4,)), layers.Dense(2)], name='tiny')\n"
    figure = tmp_path / "figure.svg"
    for wanted in ("small", "tiny"):
        ran = netfig("draw", "-", "-o", str(figure), "--model", wanted, code=code)
        assert ran.returncode == 0, ran.stderr
        assert "Dense" in figure.read_text() and "Conv" not in figure.read_text()
    ran = netfig("draw", "-", "-o", str(figure), "--model", "large", code=code)
    assert ran.returncode == 1
    assert "large" in ran.stderr and "small" in ran.stderr


USAGE = {
    "no output": ("draw", "-"),
    "a format nobody knows": ("draw", "-", "-o", "x.docx"),
    "a width without unit": ("draw", "-", "-o", "x.svg", "--width", "3"),
    "a width of a mile": ("draw", "-", "-o", "x.svg", "--width", "5000in"),
    "two widths": ("draw", "-", "-o", "x.svg", "--width", "3in", "--venue", "cvpr"),
    "a venue nobody knows": ("draw", "-", "-o", "x.svg", "--venue", "vldb"),
    "no such file": ("graph", "there-is-none.py"),
    "no such command": ("paint",),
    "a local guest for everybody": ("serve", "--host", "0.0.0.0", "--guest", "local"),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_use_is_told_and_is_exit_code_2(netfig: Netfig, name: str) -> None:
    ran = netfig(*USAGE[name], code="")
    assert ran.returncode == 2
    assert ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_second_call_finds_the_sandbox_warm(netfig: Netfig) -> None:
    netfig("graph", "-", code=CODE)
    began = time.monotonic()
    ran = netfig("graph", "-", code=CODE)
    assert "starting" not in ran.stderr
    # Starting a guest takes four seconds and more.
    assert time.monotonic() - began < 4


def test_the_schema_is_printed(netfig: Netfig) -> None:
    schema = json.loads(netfig("openapi").stdout)
    assert schema["openapi"] == "3.1.0"
    assert "/api/figures" in schema["paths"]


def test_what_was_changed_today_is_not_purged(netfig: Netfig) -> None:
    ran = netfig("purge", "1")
    assert (ran.returncode, ran.stdout) == (0, "0 figures deleted, 0 kept\n")
    assert netfig("purge", "0").returncode == 2


def test_a_table_is_printed_for_people_and_for_spreadsheets(netfig: Netfig) -> None:
    ran = netfig("table", "-", code=CODE)
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert lines[0].split() == ["layer", "type", "output", "parameters", "MACs"]
    assert lines[2].split() == ["a", "Conv2D", "32x32x8", "224", f"{32 * 32 * 9 * 3 * 8:,}"]
    assert lines[-1].startswith("5 layers, 448 parameters (448 trainable), 442,368 MACs")
    assert "a,a,Conv2D,32x32x8,224,224,221184," in netfig("table", "-", "--csv", code=CODE).stdout
    wrong = netfig("table", "-", "--model", "nothing", code=CODE)
    assert (wrong.returncode, "Traceback" in wrong.stderr) == (1, False)
