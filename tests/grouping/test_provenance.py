"""What the code says belongs together, read off ids and paths of layers."""

from netfig.grouping.provenance import paths
from netfig.model.graph import Layer


def called(*ids: str) -> list[Layer]:
    """Calls of dense layers in nested models: "model/layer", "model/layer#2" for a second call."""
    layers = []
    for ident in ids:
        layer = ident.partition("#")[0]
        *path, name = layer.split("/")
        weights = 0 if name.startswith("relu") else 8
        layers.append(
            Layer(
                id=ident,
                layer=layer,
                type="Dense",
                name=name,
                path=tuple(path),
                parameters=weights,
            )
        )
    return layers


def found(layers: list[Layer]) -> list[tuple[str, list[str]]]:
    candidates = paths(layers, range(len(layers)))
    return [(c.label, [layers[i].id for i in c.members]) for c in candidates]


def test_a_model_applied_twice_is_two_blocks() -> None:
    layers = called("tower/a", "tower/b", "tower/a#2", "tower/b#2", "head")
    assert found(layers) == [
        ("tower", ["tower/a", "tower/b"]),
        ("tower", ["tower/a#2", "tower/b#2"]),
    ]


def test_a_layer_that_its_model_calls_twice_stays_in_the_block() -> None:
    layers = called("gat/project", "gat/score", "gat/score#2", "gat/merge")
    assert found(layers) == [("gat", ["gat/project", "gat/score", "gat/score#2", "gat/merge"])]


def test_an_activation_used_over_and_over_makes_no_block_of_its_own() -> None:
    layers = called("net/a", "net/relu", "net/b", "net/relu#2", "net/c", "net/relu#3")
    assert found(layers) == [("net", [layer.id for layer in layers])]
