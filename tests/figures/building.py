"""Networks put together by hand, layer by layer, for tests of what draws them."""

from collections.abc import Sequence
from types import MappingProxyType

from netfig.model.graph import Edge, Frame, Layer, LayerGraph, Setting, Tensor

_AXES = {
    1: ("batch",),
    2: ("batch", "channels"),
    3: ("batch", "time", "channels"),
    4: ("batch", "height", "width", "channels"),
    5: ("batch", "depth", "height", "width", "channels"),
}


def tensor(*shape: int | None, axes: Sequence[str] | None = None) -> Tensor:
    """A tensor of that shape, without the batch, with the usual axes of its rank."""
    whole = (None, *shape)
    return Tensor(shape=whole, axes=tuple(axes) if axes else _AXES[len(whole)])


class Net:
    """Collects layers and edges; `graph()` is the network."""

    def __init__(self, name: str = "net") -> None:
        self.name = name
        self.layers: dict[str, Layer] = {}
        self.edges: list[Edge] = []

    def add(
        self,
        name: str,
        type: str,
        inputs: Sequence[str] = (),
        shape: Sequence[int | None] = (),
        *,
        stack: Sequence[tuple[str, int, int]] = (),
        parameters: int = 0,
        line: int | None = None,
        axes: Sequence[str] | None = None,
        **config: Setting,
    ) -> str:
        """One call of a layer; its output keeps the first input's shape where none is given."""
        taken = [self.layers[i].outputs[0] for i in inputs]
        out = tensor(*shape, axes=axes) if shape else taken[0]
        self.layers[name] = Layer(
            id=name,
            layer=name,
            type=type,
            name=name,
            config=MappingProxyType(dict(config)),
            inputs=tuple(taken),
            outputs=(out,),
            parameters=parameters,
            trainable=parameters,
            stack=tuple(Frame(function=f, line=at, invocation=n) for f, at, n in stack),
            line=line,
        )
        for port, source in enumerate(inputs):
            self.edges.append(Edge(source=source, target=name, target_port=port))
        return name

    def graph(self) -> LayerGraph:
        """The network so far."""
        total = sum(layer.parameters for layer in self.layers.values())
        return LayerGraph(
            name=self.name,
            layers=tuple(self.layers.values()),
            edges=tuple(self.edges),
            parameters=total,
            trainable=total,
        )


def chain(*types: str, size: int = 32) -> LayerGraph:
    """An input and then layers one after the other, all of the same shape."""
    net = Net("chain")
    last = net.add("in", "InputLayer", (), (size, size, 8))
    for i, kind in enumerate(types):
        last = net.add(f"{kind.lower()}_{i}", kind, [last])
    return net.graph()


def unet(levels: int = 3, size: int = 64) -> LayerGraph:
    """An encoder and a decoder with a skip at each level."""
    net = Net("unet")
    last = net.add("in", "InputLayer", (), (size, size, 1))
    skips: list[tuple[str, int, int]] = []
    side, channels = size, 16
    for i in range(levels):
        last = net.add(
            f"down{i}",
            "Conv2D",
            [last],
            (side, side, channels),
            kernel_size=(3, 3),
            activation="relu",
        )
        skips.append((last, side, channels))
        side, channels = side // 2, channels * 2
        last = net.add(
            f"pool{i}", "MaxPooling2D", [last], (side, side, channels // 2), pool_size=(2, 2)
        )
    last = net.add(
        "bottom", "Conv2D", [last], (side, side, channels), kernel_size=(3, 3), activation="relu"
    )
    for i, (skip, side, channels) in reversed(list(enumerate(skips))):
        last = net.add(
            f"up{i}", "Conv2DTranspose", [last], (side, side, channels), kernel_size=(2, 2)
        )
        last = net.add(f"cat{i}", "Concatenate", [last, skip], (side, side, 2 * channels))
        last = net.add(
            f"conv{i}",
            "Conv2D",
            [last],
            (side, side, channels),
            kernel_size=(3, 3),
            activation="relu",
        )
    net.add("out", "Conv2D", [last], (size, size, 1), kernel_size=(1, 1), activation="sigmoid")
    return net.graph()


def residual(blocks: int = 3, *, projections: bool = True) -> LayerGraph:
    """Residual blocks made by a function `residual_block`, each with a stage of its own."""
    net = Net("residual")
    last = net.add("in", "InputLayer", (), (64, 64, 3))
    last = net.add("stem", "Conv2D", [last], (64, 64, 16), kernel_size=(3, 3))
    for i in range(blocks):
        frame = [("residual_block", 4, i + 1)]
        made = {"stack": frame, "kernel_size": (3, 3)}
        short = last
        first = projections and i == 0
        y = net.add(f"b{i}_conv1", "Conv2D", [last], (64, 64, 32), **made)
        y = net.add(f"b{i}_bn1", "BatchNormalization", [y], stack=frame)
        y = net.add(f"b{i}_relu1", "ReLU", [y], stack=frame)
        y = net.add(f"b{i}_conv2", "Conv2D", [y], (64, 64, 32), **made)
        y = net.add(f"b{i}_bn2", "BatchNormalization", [y], stack=frame)
        if first:
            short = net.add(
                f"b{i}_proj", "Conv2D", [short], (64, 64, 32), stack=frame, kernel_size=(1, 1)
            )
        y = net.add(f"b{i}_add", "Add", [y, short], stack=frame)
        last = net.add(f"b{i}_out", "ReLU", [y], stack=frame)
    last = net.add("gap", "GlobalAveragePooling2D", [last], (32,))
    net.add("fc", "Dense", [last], (10,), units=10, activation="softmax")
    return net.graph()
