"""Families against the list of layers that Keras itself exports."""

import ast
from pathlib import Path

import pytest
import tools
from netfig.styles.families import FAMILIES, family

FOLDERS = {
    "activations": {"activation"},
    "attention": {"attention"},
    "convolutional": {"conv", "upsampling"},
    "merging": {"merge"},
    "normalization": {"normalisation"},
    "pooling": {"pooling"},
    "preprocessing": {"preprocessing"},
    "regularization": {"dropout"},
    "reshaping": {"reshape", "upsampling"},
    "rnn": {"recurrent"},
}
"""Families that the modules of keras.layers, by their folder, may fall into."""
OTHERS = {"TimeDistributed", "Lambda", "Wrapper", "Layer"}


def exported() -> list[tuple[str, str]]:
    """Names of keras.layers and the folder each comes from, read without importing Keras."""
    found = sorted(
        tools.ROOT.glob(".venv-guest/lib/python3*/site-packages/keras/layers/__init__.py")
    )
    if not found:
        pytest.skip("needs .venv-guest; to have it: make run once on a machine without Docker")
    tree = ast.parse(Path(found[0]).read_text())
    return [
        (alias.asname or alias.name, node.module.split("keras.src.layers.")[1].split(".")[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "keras.src.layers." in (node.module or "")
        for alias in node.names
    ]


def test_every_layer_of_keras_is_in_the_family_of_its_folder() -> None:
    names = [(n, folder) for n, folder in exported() if n[0].isupper() and n not in OTHERS]
    assert len(names) > 140
    wrong = [
        (name, folder, family(name))
        for name, folder in names
        if folder in FOLDERS and family(name) not in FOLDERS[folder]
    ]
    assert wrong == []
    unknown = [
        name for name, folder in names if folder != "input_spec" and family(name) == "custom"
    ]
    assert unknown == ["InputSpec"] or unknown == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Conv2D", "conv"),
        ("Conv2DTranspose", "upsampling"),
        ("DepthwiseConv2D", "conv"),
        ("ConvLSTM2D", "recurrent"),
        ("GlobalAveragePooling2D", "pooling"),
        ("UpSampling3D", "upsampling"),
        ("EinsumDense", "dense"),
        ("TrueDivide", "operation"),
        ("true_divide", "operation"),
        ("GetItem", "operation"),
        ("MyLayer", "custom"),
        ("Conv2DNorm", "custom"),
        ("", "custom"),
    ],
)
def test_known_names(name: str, expected: str) -> None:
    assert family(name) == expected
    assert expected in FAMILIES
