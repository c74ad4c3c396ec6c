"""The constructors' own blocks, read off the layer names of keras.applications.

Knows names and wiring alone and nothing of netfig's grouping. A layer is given the name of its
block, None where it stands outside every block, and it is left out of the answer where its name
says nothing and no rule below can tell.
"""

import re
from collections import defaultdict

FAMILIES = {
    "ResNet": ("ResNet50", "ResNet101", "ResNet152"),
    "ResNetV2": ("ResNet50V2", "ResNet101V2", "ResNet152V2"),
    "DenseNet": ("DenseNet121", "DenseNet169", "DenseNet201"),
    "MobileNet": ("MobileNet", "MobileNetV2", "MobileNetV3Small", "MobileNetV3Large"),
    "EfficientNet": (
        *(f"EfficientNetB{n}" for n in range(8)),
        *(f"EfficientNetV2{n}" for n in ("B0", "B1", "B2", "B3", "S", "M", "L")),
    ),
    "ConvNeXt": tuple(f"ConvNeXt{n}" for n in ("Tiny", "Small", "Base", "Large", "XLarge")),
    "Inception": ("InceptionV3", "InceptionResNetV2"),
    "Xception": ("Xception",),
    "NASNet": ("NASNetMobile", "NASNetLarge"),
}

# One pattern a family: the group is the block's name. OUTSIDE names what is known to be in none.
BLOCK = {
    "ResNet": r"(conv\d+_block\d+)_",
    "ResNetV2": r"(conv\d+_block\d+)_",
    "DenseNet": r"(conv\d+_block\d+|pool\d)_",
    "MobileNet": r"conv_(?:dw|pw|pad)_(\d+)|(expanded_conv(?:_\d+)?)_[a-z]|(block_\d+)_",
    "EfficientNet": r"(block\d+[a-z]+)_",
    "ConvNeXt": r".*(stage_\d_block_\d+|downsampling_block_\d|(?<!pre)stem)(?:_|/|$)",
    "Inception": r"(block\d+_\d+)(?:_|$)|(mixed(?:_\d[a-z]|\d+))$",
    "Xception": r"(block\d+)_",
    "NASNet": r".*?_(stem_\d|reduce_\d+|\d+)$",
}
OUTSIDE = {
    "ResNet": r"conv1_|pool1_|avg_pool|predictions|input",
    "ResNetV2": r"conv1_|pool1_|post_|avg_pool|predictions|input",
    "DenseNet": r"conv1_|pool1|bn$|relu$|avg_pool|predictions|fc|input|zero_padding2d",
    "MobileNet": r"input|conv1|Conv1|bn_Conv1|Conv_1|out_relu|conv_preds|predictions|logits"
    r"|conv(_\d)?(_bn)?$"
    r"|global_average|dropout|reshape_|flatten|rescaling|act_softmax",
    "EfficientNet": r"input|rescaling|normalization|stem_|top_|avg_pool|predictions",
    "ConvNeXt": r"input|.*prestem|.*head",
    "Inception": r"input|avg_pool|predictions|conv_7b",
    "Xception": r"input|avg_pool|predictions",
    "NASNet": r"input|stem_(conv|bn)|global_average|predictions",
}
UNSPOKEN = re.compile(
    r"(add|concatenate|multiply|activation|re_lu|conv2d|batch_normalization|zero_padding2d"
    r"|cropping2d|max_pooling2d|average_pooling2d|custom_scale_layer|separable_conv2d"
    r"|global_average_pooling2d)(_\d+)?$"
)
STEM_END = {"Inception": "max_pooling2d_1"}


def truth(family: str, calls: list[dict], edges: list[list]) -> dict[str, str | None]:
    """Block of every call that the names settle (see above)."""
    sources, targets = defaultdict(list), defaultdict(list)
    for source, _, target, _ in edges:
        sources[target].append(source)
        targets[source].append(target)
    order = [call["id"] for call in calls]
    known: dict[str, str | None] = {}
    for name in order:
        unspoken = UNSPOKEN.match(name)
        match = re.match(BLOCK[family], name)
        if match and not (unspoken and family == "NASNet"):
            known[name] = next(g for g in match.groups() if g)
        elif re.match(OUTSIDE[family], name) and not unspoken:
            known[name] = None
    if family == "Inception":
        _between(known, order, sources, STEM_END[family])
    else:
        _beside(known, order, sources, targets)
    return known


def _between(known, order, sources, stem):
    """A module is all that flows into its last named layer and not into the module before."""
    ends = {}
    for name in order:
        if known.get(name):
            ends[known[name]] = name
    met = set(_upstream(stem, sources))
    for name in met:
        known[name] = None
    for block, end in ends.items():
        for name in _upstream(end, sources):
            if name not in met:
                known[name] = block
                met.add(name)


def _upstream(end, sources):
    met, todo = [], [end]
    seen = {end}
    while todo:
        name = todo.pop()
        met.append(name)
        for source in sources[name]:
            if source not in seen:
                seen.add(source)
                todo.append(source)
    return met


def _beside(known, order, sources, targets):
    """A layer without a name of its own belongs with the one it feeds alone, if that one's block
    is known, else with those that feed it, where they agree (the nearest that is known wins)."""
    for _ in range(12):
        changed = False
        for name in order:
            if name in known:
                continue
            votes = {known[s] for s in sources[name] if known.get(s)}
            if re.match(r"(add|concatenate|multiply)", name) and len(votes) >= 1:
                # A merge closes the block of the branch that is latest in order.
                latest = max((s for s in sources[name] if known.get(s)), key=order.index)
                known[name] = known[latest]
                changed = True
                continue
            if (
                re.match(r"(activation|re_lu|batch_norm)", name)
                and len(sources[name]) == 1
                and len(targets[sources[name][0]]) == 1
            ):
                source = sources[name][0]
                if source in known:
                    known[name] = known[source]
                    changed = True
                    continue
            into = targets[name]
            if (len(into) == 1 and into[0] in known and len(sources[into[0]]) >= 1) or (
                into and all(t in known for t in into) and len({known[t] for t in into}) == 1
            ):
                known[name] = known[into[0]]
                changed = True
        if not changed:
            break
