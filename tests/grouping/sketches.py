"""Small networks drawn up by hand for the grouping tests, with or without their functions named."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from netfig.model.graph import Edge, Frame, Layer, LayerGraph, Tensor

MAP_AXES = ("batch", "height", "width", "channels")


class Sketch:
    """Builds a LayerGraph layer by layer; each method returns the id of the layer it added.

    `named` gives layers the functions that made them (see `function`).
    """

    def __init__(self, *, named: bool = True) -> None:
        self.named = named
        self.layers: list[Layer] = []
        self.edges: list[Edge] = []
        self.outputs: dict[str, Tensor] = {}
        self._stack: list[Frame] = []
        self._calls = 0

    @contextmanager
    def function(self, name: str, *, library: bool = False) -> Iterator[None]:
        """Layers added inside were made by one call of this function."""
        self._calls += 1
        self._stack.append(Frame(function=name, line=1, invocation=self._calls, library=library))
        try:
            yield
        finally:
            self._stack.pop()

    def add(self, kind: str, *sources: str, shape: Sequence[int | None] = (), **config: Any) -> str:
        """A layer; without `shape` its output is shaped like its first source's."""
        inputs = tuple(self.outputs[s] for s in sources)
        if shape:
            axes = MAP_AXES if len(shape) == 3 else ("batch", "channels")
            if len(shape) == 2:
                axes = ("batch", "time", "channels")
            out = Tensor(shape=(None, *shape), axes=axes)
        else:
            out = inputs[0]
        name = f"{kind.lower()}_{len(self.layers)}"
        self.layers.append(
            Layer(
                id=name,
                layer=name,
                type=kind,
                name=name,
                module="keras.layers",
                config=config,
                inputs=inputs,
                outputs=(out,),
                stack=tuple(self._stack) if self.named else (),
            )
        )
        for port, source in enumerate(sources):
            self.edges.append(Edge(source=source, target=name, target_port=port))
        self.outputs[name] = out
        return name

    def extent(self, name: str) -> int:
        """Height of a layer's output."""
        size = self.outputs[name].size("height")
        assert size is not None
        return size

    def conv(
        self,
        x: str,
        filters: int,
        kernel: int = 3,
        stride: int = 1,
        *,
        norm: bool = True,
        relu: bool = True,
    ) -> str:
        """A convolution with what usually follows it."""
        side = self.extent(x) // stride
        x = self.add(
            "Conv2D",
            x,
            shape=(side, side, filters),
            kernel_size=(kernel, kernel),
            strides=(stride, stride),
            filters=filters,
        )
        if norm:
            x = self.add("BatchNormalization", x)
        return self.add("ReLU", x) if relu else x

    def pool(self, x: str) -> str:
        """A max pooling by two."""
        side = self.extent(x) // 2
        channels = self.outputs[x].size("channels")
        return self.add(
            "MaxPooling2D",
            x,
            shape=(side, side, channels),
            pool_size=(2, 2),
            strides=(2, 2),
        )

    def graph(self, *outputs: str) -> LayerGraph:
        """The network; the last layer is its output if none is named."""
        ends = outputs or (self.layers[-1].id,)
        return LayerGraph(
            name="sketch",
            layers=tuple(self.layers),
            edges=tuple(self.edges),
            parameters=0,
            trainable=0,
            outputs=tuple((end, 0) for end in ends),
        )


def residual_block(s: Sketch, x: str, filters: int, stride: int = 1) -> str:
    """A bottleneck block, with a projection where its shape changes."""
    with s.function("residual_block"):
        short = x
        if stride > 1 or s.outputs[x].size("channels") != 4 * filters:
            short = s.conv(x, 4 * filters, 1, stride, relu=False)
        y = s.conv(x, filters, 1, stride)
        y = s.conv(y, filters, 3)
        y = s.conv(y, 4 * filters, 1, relu=False)
        return s.add("ReLU", s.add("Add", y, short))


def resnet(counts: Sequence[int] = (3, 4, 6, 3), *, named: bool = True) -> LayerGraph:
    """A ResNet of bottleneck blocks."""
    s = Sketch(named=named)
    x = s.add("InputLayer", shape=(224, 224, 3))
    x = s.pool(s.conv(x, 64, 7, 2))
    for stage, count in enumerate(counts):
        for block in range(count):
            x = residual_block(s, x, 64 << stage, 2 if stage and not block else 1)
    x = s.add("GlobalAveragePooling2D", x, shape=(64 << (len(counts) + 1),))
    return s.graph(s.add("Dense", x, shape=(1000,), units=1000))


def unet(depth: int = 4, *, named: bool = True) -> LayerGraph:
    """A U-Net of pairs of convolutions."""
    s = Sketch(named=named)

    def pair(x: str, filters: int) -> str:
        with s.function("conv_block"):
            return s.conv(s.conv(x, filters, norm=False), filters, norm=False)

    x = s.add("InputLayer", shape=(256, 256, 1))
    skips = []
    for level in range(depth):
        x = pair(x, 64 << level)
        skips.append(x)
        x = s.pool(x)
    x = pair(x, 64 << depth)
    for level in reversed(range(depth)):
        side = 2 * s.extent(x)
        x = s.add(
            "Conv2DTranspose",
            x,
            shape=(side, side, 64 << level),
            kernel_size=(2, 2),
            strides=(2, 2),
        )
        x = s.add("Concatenate", x, skips[level], shape=(side, side, 128 << level))
        x = pair(x, 64 << level)
    return s.graph(s.conv(x, 1, 1, norm=False, relu=False))


def vgg(counts: Sequence[int] = (2, 2, 3, 3, 3)) -> LayerGraph:
    """A VGG, whose activations are settings of its layers."""
    s = Sketch(named=False)
    x = s.add("InputLayer", shape=(224, 224, 3))
    for stage, count in enumerate(counts):
        for _ in range(count):
            x = s.conv(x, min(64 << stage, 512), norm=False, relu=False)
        x = s.pool(x)
    x = s.add("Flatten", x, shape=(25088,))
    for units in (4096, 4096, 1000):
        x = s.add("Dense", x, shape=(units,), units=units)
    return s.graph()


def _attention(s: Sketch, x: str, *memory: str) -> str:
    return s.add("Add", x, s.add("MultiHeadAttention", x, *(memory or (x,)), num_heads=4))


def _feed_forward(s: Sketch, x: str, inner: str) -> str:
    wide = s.add("Dense", inner, shape=(50, 256), units=256)
    return s.add("Add", x, s.add("Dense", wide, shape=(50, 64), units=64))


def encoder_decoder(depth: int = 6, *, named: bool = True) -> LayerGraph:
    """A post-norm Transformer whose decoder blocks all read the encoder's output."""
    s = Sketch(named=named)
    x = s.add("Embedding", s.add("InputLayer", shape=(50,)), shape=(50, 64))
    for _ in range(depth):
        with s.function("encoder_block"):
            x = s.add("LayerNormalization", _attention(s, x))
            x = s.add("LayerNormalization", _feed_forward(s, x, x))
    y = s.add("Embedding", s.add("InputLayer", shape=(50,)), shape=(50, 64))
    for _ in range(depth):
        with s.function("decoder_block"):
            y = s.add("LayerNormalization", _attention(s, y))
            y = s.add("LayerNormalization", _attention(s, y, x))
            y = s.add("LayerNormalization", _feed_forward(s, y, y))
    return s.graph(s.add("Dense", y, shape=(50, 1000), units=1000))


def pre_norm(depth: int = 12) -> LayerGraph:
    """A pre-norm Transformer (ViT, GPT), written in a loop: no function names its blocks."""
    s = Sketch(named=False)
    x = s.add("Embedding", s.add("InputLayer", shape=(50,)), shape=(50, 64))
    for _ in range(depth):
        x = s.add(
            "Add",
            x,
            s.add("MultiHeadAttention", s.add("LayerNormalization", x), num_heads=4),
        )
        x = _feed_forward(s, x, s.add("LayerNormalization", x))
    x = s.add("LayerNormalization", x)
    return s.graph(s.add("Dense", x, shape=(50, 1000), units=1000))


def densenet(counts: Sequence[int] = (6, 12), growth: int = 32) -> LayerGraph:
    """Dense blocks with transitions."""
    s = Sketch(named=False)
    x = s.pool(s.conv(s.add("InputLayer", shape=(224, 224, 3)), 64, 7, 2))
    for stage, count in enumerate(counts):
        for _ in range(count):
            y = s.add("ReLU", s.add("BatchNormalization", x))
            y = s.conv(y, 4 * growth, 1)
            y = s.conv(y, growth, 3, norm=False, relu=False)
            side, channels = s.extent(x), s.outputs[x].size("channels")
            assert channels is not None
            x = s.add("Concatenate", x, y, shape=(side, side, channels + growth))
        if stage + 1 < len(counts):
            x = s.add("ReLU", s.add("BatchNormalization", x))
            x = s.pool(
                s.conv(
                    x,
                    (s.outputs[x].size("channels") or 2) // 2,
                    1,
                    norm=False,
                    relu=False,
                )
            )
    return s.graph()
