"""Types that multiply and add nothing by the convention of papers: they count 0, not unknown."""

import re

_NAMES = """
InputLayer Input
MaxPooling AveragePooling GlobalMaxPooling GlobalAveragePooling AdaptiveMaxPooling
AdaptiveAveragePooling UpSampling
Embedding
BatchNormalization LayerNormalization GroupNormalization RMSNormalization UnitNormalization
LayerScale CustomScaleLayer
Activation ReLU LeakyReLU PReLU ELU ThresholdedReLU Softmax Relu Relu6 Sigmoid Tanh Silu Swish Gelu
Selu Elu Celu Glu HardSigmoid HardSilu HardSwish HardTanh LeakyRelu LogSigmoid LogSoftmax Softplus
Softsign SoftShrink Sparsemax SquarePlus TanhShrink
Dropout AlphaDropout GaussianDropout GaussianNoise SpatialDropout DropPath StochasticDepth
ActivityRegularization
Reshape Flatten Permute RepeatVector ZeroPadding Cropping Masking Identity Transpose Squeeze
ExpandDims Pad Ravel Swapaxes Moveaxis Repeat Tile BroadcastTo
Add Subtract Multiply Average Maximum Minimum Concatenate Stack
Rescaling Normalization Resizing CenterCrop TextVectorization StringLookup IntegerLookup
CategoryEncoding Discretization Hashing HashedCrossing RandomBrightness RandomColorJitter
RandomContrast RandomCrop RandomFlip RandomHeight RandomRotation RandomTranslation RandomWidth
RandomZoom
Mean Sum Max Min Prod Var Std Divide TrueDivide FloorDivide Mod Power Square Sqrt Rsqrt Exp Log
Log1p Expm1 Absolute Abs Negative Sign Floor Ceil Round Clip Cast GetItem SlicingOpLambda Slice
Split Gather Take TakeAlongAxis Where Equal NotEqual Greater GreaterEqual Less LessEqual LogicalAnd
LogicalOr LogicalNot Argmax Argmin Argsort Sort TopK Normalize Arange Shape OneHot Roll Flip
Reciprocal Sin Cos Tan Cumsum Cumprod Logsumexp Unstack Tril Triu ZerosLike OnesLike FullLike
StopGradient
"""
_FREE = frozenset(name.lower() for name in _NAMES.split())
_RANK = re.compile(r"[123]d$")


def free(type_name: str) -> bool:
    """Whether layers and operations of this type count none, whatever their rank."""
    return _RANK.sub("", type_name.lower().replace("_", "")) in _FREE
