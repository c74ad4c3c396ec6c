"""A live model drawn from Python, in the guest's own environment, which has the Kerases."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import tools
from netfig.web.carried import reopened

PROGRAM = """
import sys
import keras
from keras import layers
import netfig

image = keras.Input((28, 28, 1), name="image")
x = layers.Conv2D(8, 3, activation="relu")(image)
x = layers.Flatten()(x)
model = keras.Model(image, layers.Dense(10, name="scores")(x), name="live")
figure = netfig.figure(model, width=3.25)
figure.save(sys.argv[1] + "/figure.pdf")
figure.save(sys.argv[1] + "/figure.svg")
shown = figure._repr_mimebundle_()
assert shown["image/svg+xml"].startswith("<svg"), shown
assert "live" in shown["text/plain"]
print(figure.drawing.facts["layers"], figure.drawing.facts["parameters"], model.count_params())
try:
    figure.save("figure.docx")
except netfig.errors.InputError as error:
    print(error.hint)
"""


def test_a_live_model_is_saved_and_shown(tmp_path: Path) -> None:
    guest = tools.ROOT / ".venv-guest/bin/python"
    version = [str(guest), "-c", "import sys; print(sys.version_info[:2])"]
    if not guest.exists() or subprocess.run(
        version, capture_output=True, text=True, check=True
    ).stdout.strip() != str(sys.version_info[:2]):
        pytest.skip("needs .venv-guest with this Python; to have it: make run without Docker")
    ways = [tools.ROOT / "backend", tools.ROOT / "sandbox", sysconfig.get_paths()["purelib"]]
    ran = subprocess.run(
        [str(guest), "-c", PROGRAM, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, ways))},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    facts, hint = ran.stdout.strip().splitlines()[-2:]
    # 8*(9+1) + 10*(5408+1), by hand
    assert facts == "4 54170 54170"
    assert ".pdf" in hint
    assert (tmp_path / "figure.pdf").read_bytes().startswith(b"%PDF-")
    assert 'viewBox="0 0 234 ' in (tmp_path / "figure.svg").read_text()
    again = reopened((tmp_path / "figure.pdf").read_bytes())
    assert again.capture.models[0].graph.parameters == 54170 and again.spec.page.width == 234
