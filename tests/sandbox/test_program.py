"""Pastes are read as Python with their lines kept: magics, prompts, notebooks, Python 2."""

import ast
import json

import pytest
from netfig_sandbox.guest.hints import hint
from netfig_sandbox.guest.program import read
from netfig_sandbox.guest.rewrite import rewrite


def run(code: str) -> dict[str, object]:
    scope: dict[str, object] = {}
    exec(compile(read(code).tree, "paste", "exec"), scope)
    return scope


@pytest.mark.parametrize(
    "code",
    [
        "%matplotlib inline\nx = 1\n",
        "!pip install keras\nx = 1\n",
        "files = !ls\nx = 1\n",
        "?print\nx = 1\n",
        "```python\nx = 1\n```\n",
        ">>> x = 0\n>>> x = 1\n",
        "\u201cwords\u201d\nx = 1\n",
        "!apt-get install \\\n  graphviz\nx = 1\n",
    ],
)
def test_what_is_not_python_is_passed_by(code: str) -> None:
    assert run(code)["x"] == 1


def test_a_percent_sign_within_brackets_is_arithmetic() -> None:
    assert run("x = (7\n% 4)\n")["x"] == 3


def test_lines_stay_where_they_are() -> None:
    program = read("%load_ext autoreload\n!ls\n\nx = 1 / 0\n")
    assert program.tree.body[-1].lineno == 4


def test_a_notebook_keeps_the_lines_of_its_file() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# x = 2"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "x = 1\n", "y = x + 1"]},
        {"cell_type": "code", "source": ["%%bash\n", "rm everything"]},
        {"cell_type": "code", "source": "z = y"},
    ]
    text = json.dumps({"cells": cells}, indent=1)
    scope = run(text)
    assert (scope["x"], scope["y"], scope["z"]) == (1, 2, 2)
    place = next(n for n, line in enumerate(text.split("\n"), 1) if "y = x + 1" in line)
    named = [
        part.lineno
        for part in ast.walk(read(text).tree)
        if isinstance(part, ast.Name) and part.id == "y" and isinstance(part.ctx, ast.Store)
    ]
    assert named == [place]


def test_a_fault_of_the_text_names_its_line() -> None:
    with pytest.raises(SyntaxError) as caught:
        read("x = 1\ny = (\n")
    assert caught.value.lineno == 2


def test_templates_in_double_braces_are_their_choice() -> None:
    scope: dict[str, object] = {"choice": lambda values: values[0]}
    tree = rewrite(read("x = {{choice([3, 4])}}\ny = {1, 2}\n").tree)
    exec(compile(tree, "paste", "exec"), scope)
    assert (scope["x"], scope["y"]) == (3, {1, 2})


@pytest.mark.parametrize(
    ("message", "advice"),
    [
        ("No module named 'foo'", "`foo` is not installed here"),
        ("cannot import name 'Merge' from 'keras.layers'", "`keras.layers.Merge`"),
        ("name 'x_train' is not defined", "`x_train` is made nowhere"),
        ("Negative dimension size caused by subtracting 3 from 2", "smaller than the window"),
        ("expected min_ndim=4, found ndim=2", "another number of axes"),
        ("'(' was never closed", "bracket or a quote"),
        ("a word nobody knows", ""),
    ],
)
def test_hints(message: str, advice: str) -> None:
    found = hint(message)
    assert advice in found
    assert bool(found) == bool(advice)


def test_what_stands_before_a_fault_is_kept_and_told() -> None:
    program = read("import keras\nm = Sequential()\nm.add(a)\nm.add(b)\nx = 1\nm.fit(\n")
    assert [type(part).__name__ for part in program.tree.body][-1] == "Assign"
    assert "line 6" in program.notes[0]
