"""Layer types by what they do: the families that have a colour of their own."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "input": "Input",
        "conv": "Convolution",
        "pooling": "Pooling",
        "upsampling": "Upsampling, transposed convolution",
        "dense": "Dense",
        "recurrent": "Recurrent",
        "attention": "Attention",
        "embedding": "Embedding",
        "normalisation": "Normalisation",
        "activation": "Activation",
        "dropout": "Dropout, noise",
        "reshape": "Reshaping, padding, cropping",
        "merge": "Merge",
        "preprocessing": "Preprocessing, augmentation",
        "operation": "Tensor operation",
        "custom": "Custom",
    }
)
"""Families by name, with their label; "custom" takes every type that nobody knows."""

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "input": "Input InputLayer",
        "conv": "Conv Convolution DepthwiseConv SeparableConv SeparableConvolution",
        "pooling": (
            "MaxPool MaxPooling AvgPool AveragePooling GlobalMaxPool GlobalMaxPooling "
            "GlobalAvgPool GlobalAveragePooling AdaptiveMaxPooling AdaptiveAveragePooling"
        ),
        "upsampling": (
            "UpSampling ConvTranspose ConvolutionTranspose Deconvolution DepthToSpace PixelShuffle"
        ),
        "dense": "Dense EinsumDense Linear",
        "recurrent": (
            "RNN SimpleRNN SimpleRNNCell LSTM LSTMCell GRU GRUCell StackedRNNCells ConvLSTM "
            "CuDNNLSTM CuDNNGRU Bidirectional"
        ),
        "attention": (
            "Attention AdditiveAttention MultiHeadAttention GroupQueryAttention "
            "GroupedQueryAttention CachedMultiHeadAttention"
        ),
        "embedding": (
            "Embedding ReversibleEmbedding PositionEmbedding SinePositionEncoding RotaryEmbedding "
            "TokenAndPositionEmbedding"
        ),
        "normalisation": (
            "BatchNormalization LayerNormalization GroupNormalization RMSNormalization "
            "UnitNormalization SpectralNormalization SyncBatchNormalization InstanceNormalization"
        ),
        "activation": (
            "Activation ReLU LeakyReLU PReLU ELU ThresholdedReLU Softmax Relu Relu6 Sigmoid Tanh "
            "Silu Swish Gelu Selu Elu Celu Glu HardSigmoid HardSilu HardSwish HardTanh LeakyRelu "
            "LogSigmoid LogSoftmax Softplus Softsign SoftShrink Sparsemax SquarePlus TanhShrink"
        ),
        "dropout": (
            "Dropout AlphaDropout GaussianDropout GaussianNoise SpatialDropout DropPath "
            "StochasticDepth ActivityRegularization"
        ),
        "reshape": (
            "Reshape Flatten Permute RepeatVector ZeroPadding Cropping Masking Identity Transpose "
            "Squeeze ExpandDims Pad Ravel Swapaxes Moveaxis Repeat Tile BroadcastTo"
        ),
        "merge": "Add Subtract Multiply Average Maximum Minimum Concatenate Dot Stack",
        "preprocessing": (
            "Rescaling Normalization Resizing CenterCrop TextVectorization StringLookup "
            "IntegerLookup CategoryEncoding Discretization Hashing HashedCrossing MelSpectrogram "
            "STFTSpectrogram Pipeline AugMix AutoContrast CutMix MixUp Equalization Solarization "
            "ContrastLimitedAdaptiveHistogramEqualization MaxNumBoundingBoxes RandAugment "
            "RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast RandomCrop "
            "RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale "
            "RandomHue RandomInvert RandomPerspective RandomPosterization RandomRotation "
            "RandomSaturation RandomSharpness RandomShear RandomTranslation RandomZoom "
            "RandomHeight RandomWidth"
        ),
        "operation": (
            "Matmul Einsum Mean Sum Max Min Prod Var Std Divide TrueDivide FloorDivide Mod Power "
            "Square Sqrt Rsqrt Exp Log Log1p Expm1 Absolute Abs Negative Sign Floor Ceil Round "
            "Clip Cast GetItem SlicingOpLambda TFOpLambda Slice Split Gather Take TakeAlongAxis "
            "Where "
            "Equal NotEqual Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr LogicalNot "
            "Argmax Argmin Argsort Sort TopK Norm Normalize L2Normalize Arange Shape OneHot Roll "
            "Flip Reciprocal Sin Cos Tan Cumsum Cumprod Logsumexp Outer Inner Tensordot Unstack "
            "Tril Triu ZerosLike OnesLike FullLike StopGradient Scan Map Cond WhileLoop Resize "
            "ExtractPatches Fft Fft2 Stft Istft"
        ),
    }
)
_BY_TYPE = {name.lower(): family for family, names in _TYPES.items() for name in names.split()}
_RANK = re.compile(r"[123]d(?=transpose$|$)")


@lru_cache(maxsize=4096)
def family(type_name: str) -> str:
    """The family of a layer class or tensor operation; "custom" for one that nobody knows.

    Neither the number of axes (Conv1D, Conv2D) nor the way of writing (TrueDivide, true_divide)
    matters.
    """
    plain = _RANK.sub("", type_name.lower().replace("_", ""))
    return _BY_TYPE.get(plain, "custom")
