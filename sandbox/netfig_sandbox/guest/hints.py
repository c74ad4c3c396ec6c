"""What to do about the faults that are met most: (what the message looks like, the hint).

Read from the top; the first that fits is given. `{1}` is the first group of the pattern.
"""

import re

HINTS: tuple[tuple[str, str], ...] = (
    (r"stand-in for `?([\w.]+)", "Paste the code of `{1}` too, or use a layer that Keras has."),
    (r"No module named '?([\w.]+)", "`{1}` is not installed here; paste its code above yours."),
    (r"No file or directory found at|File not found: filepath=|SavedModel file does not exist|"
     r"Unable to (?:synchronously )?open file", "The network is in that file, which is not here: "
     "paste the code that builds it."),
    (r"cannot import name '(\w+)' from 'keras\.engine", "In today's Keras `{1}` is in "
     "`keras.layers`."),
    (r"cannot import name '(\w+)' from '([\w.]+)'", "`{2}` has no `{1}` (any more): see whether "
     "`keras.layers.{1}` is meant."),
    (r"KerasTensor cannot be used as input to a TensorFlow function", "Use the function of the "
     "same name in `keras.ops`, or wrap the expression in `keras.layers.Lambda`."),
    (r"Symbolic (?:Keras|tf\.)\w* ?(?:inputs/outputs|Tensor)|numpy\(\).*symbolic|NotImplemented"
     r"Error: Cannot convert a symbolic", "numpy cannot compute on a symbolic tensor: use "
     "`keras.ops`."),
    (r"using a (?:symbolic )?`?(?:tf\.Tensor|KerasTensor)`? as a Python `?bool", "A tensor has no "
     "truth value while a model is built: use `keras.ops.where` or `keras.ops.cond`."),
    (r"expected axis -?\d+ of input shape to have value (\d+)", "The layer was first used on an "
     "input whose last axis is {1}."),
    (r"requires inputs with matching shapes except for the concatenation axis|"
     r"inputs with matching shapes", "All inputs must agree except on the axis that is joined: "
     "compare their shapes in the message."),
    (r"Inputs have incompatible shapes|Incompatible shapes|could not broadcast", "The tensors "
     "that are added must have equal shapes: a convolution with padding='same' or a 1×1 "
     "convolution on the shortcut often mends it."),
    (r"expected min_ndim=(\d+), found ndim=(\d+)|expected ndim=(\d+), found ndim=(\d+)", "The "
     "layer wants a tensor with another number of axes: add `Flatten`, `Reshape` or "
     "`return_sequences=True` before it."),
    (r"[Nn]egative dimension size|would result in a (?:zero|negative)|Computed output size would "
     r"be negative", "The image has become smaller than the window: use padding='same', fewer "
     "pooling layers or a larger input."),
    (r"has no attribute '?(\w+)'?.*|module .* has no attribute '(\w+)'", "That name is not in this "
     "version of the package: look it up in its present documentation."),
    (r"unexpected keyword argument '?(\w+)|Unrecognized keyword arguments?[^:]*: ?\{?'?(\w+)",
     "The layer knows no setting `{1}`: see its documentation for the present name."),
    (r"missing \d+ required positional argument", "Give the function its arguments, or call it "
     "in the paste as your program does."),
    (r"name '(\w+)' is not defined", "`{1}` is made nowhere in the paste: add the line that "
     "defines or imports it."),
    (r"should be unique|is already (?:used|the name)|used \d+ times", "Two layers carry one name: "
     "change one `name=`."),
    (r"has never been called|has not yet been built|no defined (?:input|output)s", "Give the "
     "first layer an `input_shape`, or start with `keras.Input(shape=…)`."),
    (r"Graph disconnected|not connected to inputs|inputs not connected", "An output depends on a "
     "tensor that is not among the model's inputs."),
    (r"unindent|expected an indented block|unexpected indent|inconsistent use of tabs", "Check "
     "the indentation of this line and of the one above."),
    (r"was never closed|unexpected EOF|EOL while scanning|unterminated", "A bracket or a quote is "
     "opened here and not closed."),
    (r"invalid syntax", "Look at this line and the end of the one above it."),
    (r"did not find a model|[Nn]o model", "The paste must make a Keras model, or hold a function "
     "without required arguments that returns one."),
)  # fmt: skip


def hint(message: str) -> str:
    """The hint for a message, "" where the table has none."""
    for pattern, advice in HINTS:
        found = re.search(pattern, message)
        if found:
            groups = [g for g in found.groups() if g]
            for number, group in enumerate(groups, 1):
                advice = advice.replace(f"{{{number}}}", group)
            return re.sub(r"`?\{\d\}`?", "it", advice)
    return ""
