"""Every constructor of keras.applications: calls, edges and weights as Keras itself counts them."""

import keras
import pytest

capture = pytest.importorskip("netfig_sandbox.guest.capture")

NAMES = sorted(n for n in dir(keras.applications) if n[0].isupper())
ANCHORS = {
    "ResNet50": (177, 192, 25_636_712),
    "VGG16": (23, 22, 138_357_544),
    "InceptionV3": (313, 347, 23_851_784),
    "MobileNetV2": (156, 165, 3_538_984),
    "DenseNet121": (429, 486, 8_062_504),
}


def counted(model: keras.Model) -> tuple[int, int]:
    """Calls and edges of a functional model from Keras's own operations, nested models opened."""
    own = {id(node) for nodes in model._nodes_by_depth.values() for node in nodes}
    calls = edges = 0
    for operation in model.operations:
        inner = getattr(operation, "_functional", operation)
        for node in operation._inbound_nodes:
            if id(node) not in own:
                continue
            if isinstance(inner, keras.Model):
                inside = counted(inner)
                calls += inside[0] - len(inner.inputs)
                edges += inside[1]
            else:
                calls += 1
                edges += len(node.input_tensors)
    return calls, edges


def test_there_are_forty() -> None:
    assert len(NAMES) == 40


@pytest.mark.parametrize("name", NAMES)
def test_as_keras_counts(name: str) -> None:
    code = f"import keras\nmodel = keras.applications.{name}(weights=None)\n"
    found = capture.run(code, {"dialect": "keras3"})
    assert found["error"] is None
    drawn = found["models"][0]
    with keras.StatelessScope():
        truth = getattr(keras.applications, name)(weights=None)
        weights = sum(_size(w) for w in truth.weights)
    assert (len(drawn["calls"]), len(drawn["edges"])) == counted(truth)
    assert drawn["parameters"] == weights
    if name in ANCHORS:
        assert (len(drawn["calls"]), len(drawn["edges"]), drawn["parameters"]) == ANCHORS[name]


def _size(weight: object) -> int:
    total = 1
    for size in weight.shape:  # type: ignore[attr-defined]
        total *= size
    return total
