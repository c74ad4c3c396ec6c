"""Names are guessed as their authors mean them, and every guess can be told to be one."""

import ast

import pytest
from netfig_sandbox.guest.guesses import MODELS, TENSORS, compared, guess, shape_for
from netfig_sandbox.guest.inert import Guess, Inert, is_inert, number


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("num_classes", 10), ("nb_classes", 10), ("n_classes", 10), ("img_rows", 224),
        ("image_height", 224), ("channels", 3), ("vocab_size", 10000), ("maxlen", 100),
        ("time_steps", 100), ("latent_dim", 64), ("kernel_size", 3), ("num_heads", 4),
        ("n_layers", 2), ("batch_size", 32), ("action_size", 10), ("state_size", 10),
    ],
)  # fmt: skip
def test_numbers(name: str, value: int) -> None:
    assert guess(name) == value
    assert isinstance(guess(name), Guess)


@pytest.mark.parametrize(
    ("name", "value"),
    [("activation", "relu"), ("dropout_rate", 0.1), ("use_bias", False), ("weights_path", None),
     ("optimizer", "adam"), ("name", "block")],
)  # fmt: skip
def test_settings(name: str, value: object) -> None:
    assert guess(name) == value


@pytest.mark.parametrize(
    ("text", "rank"),
    [("Conv2D(3)", 3), ("LSTM(3)", 2), ("Conv3D(2)", 4), ("Embedding(9, 3)", 1), ("Dense(3)", 1),
     ("ConvLSTM2D(3)", 4), ("", 3)],
)  # fmt: skip
def test_shapes_follow_the_layers(text: str, rank: int) -> None:
    assert len(shape_for(text)) == rank
    assert all(isinstance(size, Guess) for size in guess("input_shape", text))


def test_a_list_of_numbers_can_be_a_number() -> None:
    filters = guess("filters")
    assert filters == 64
    assert [filters[0], *filters[1:]] == list(filters)


def test_a_configuration_knows_its_names() -> None:
    config = guess("config")
    assert config.num_classes == config["num_classes"] == 10
    assert guess("hp").Choice("units", values=[32, 64]) == 32


def test_a_stand_in_counts_by_its_name() -> None:
    assert number(Inert("settings.img_height")) == 224
    assert list(range(Inert("config.num_layers"))) == [0, 1]


def test_a_word_a_function_asks_for() -> None:
    tree = ast.parse("def f(mode):\n    if mode == 'train':\n        pass\n")
    assert compared(tree, "mode") == "train"
    assert compared(tree, "other") is None


def test_parameters_for_tensors_and_models() -> None:
    assert all(TENSORS.match(n) for n in ("x", "inputs", "input_tensor", "tensor"))
    assert not any(TENSORS.match(n) for n in ("input_shape", "filters", "input_dim"))
    assert all(MODELS.match(n) for n in ("generator", "base_model", "bert_layer", "encoder"))
    assert not any(MODELS.match(n) for n in ("model_name", "units"))
    assert is_inert(guess("something_else"))
