"""Every constructor of keras.applications: calls, edges and weights as Keras itself counts them."""

import pytest
import tools
from figures.captures import raw
from sandbox.asking import ask

pytestmark = pytest.mark.skipif(not tools.local_guest(), reason=tools.reason("guest"))

ANCHORS = {
    "ResNet50": [177, 192, 25_636_712],
    "VGG16": [23, 22, 138_357_544],
    "InceptionV3": [313, 347, 23_851_784],
    "MobileNetV2": [156, 165, 3_538_984],
    "DenseNet121": [429, 486, 8_062_504],
}


@pytest.mark.slow
def test_all_forty_as_keras_counts() -> None:
    names = ask(list="applications")
    assert len(names) == 40
    for name in names:
        found = raw(f"applications/{name}")
        assert found["error"] is None
        drawn = found["models"][0]
        counts = [len(drawn["calls"]), len(drawn["edges"]), drawn["parameters"]]
        assert counts == ask(application=name), name
        assert counts == ANCHORS.get(name, counts)
        layers = {c["layer"]: c["parameters"] for c in drawn["calls"]}
        assert sum(layers.values()) == counts[2], name
