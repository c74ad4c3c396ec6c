"""What a program that gives no figure is told: the fault, the line of the paste, the way out."""

import pytest
import tools
from sandbox.asking import captured

pytestmark = pytest.mark.skipif(not tools.local_guest(), reason=tools.reason("guest"))


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("a = 1\nraise RuntimeError('stop here')\n", 2, "stop here"),
        ("x = [1, 2]\ny = 3\nprint(x[5])\n", 3, "IndexError"),
        ("import keras\nx = keras.Input((4,))\ny = keras.layers.Dense(2)(x)\n"
         "z = keras.layers.Add()([x, y])\n", 4, "incompatible shapes"),
        ("def f(:\n", 1, "SyntaxError"),
    ],
)  # fmt: skip
def test_an_exception_names_its_line(code: str, line: int, words: str) -> None:
    error = captured(code)["error"]
    assert (error["code"] in ("error", "syntax"), error["line"]) == (True, line)
    assert words in error["message"]


def test_shapes_that_do_not_fit_get_a_hint() -> None:
    code = (
        "import keras\nx = keras.Input((4,))\nkeras.layers.Add()([x, keras.layers.Dense(2)(x)])\n"
    )
    assert "equal shapes" in captured(code)["error"]["hint"]


def test_time_that_runs_out_names_the_line() -> None:
    error = captured("x = 1\nwhile True: pass\n", deadline=2.0)["error"]
    assert (error["code"], error["line"]) == ("time", 2)


def test_what_was_made_before_a_failure_is_drawn() -> None:
    found = captured(
        "import keras\nm = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])\n"
        "raise ValueError('too late')\n"
    )
    assert found["error"] is None
    assert len(found["models"][0]["calls"]) == 2
    assert any("too late" in w["message"] and w["line"] == 3 for w in found["warnings"])


def test_nothing_of_keras_is_said_so() -> None:
    assert captured("print('hello')\n")["error"]["code"] == "no-model"


def test_a_network_of_another_framework_is_named() -> None:
    error = captured(
        "import torch\nfrom torch import nn\n"
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.line = nn.Linear(10, 2)\n"
        "net = Net()\n"
    )["error"]
    assert error["code"] == "no-model"
    assert "PyTorch" in error["message"]
    assert "Keras" in error["hint"]
