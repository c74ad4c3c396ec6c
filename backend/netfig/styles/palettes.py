"""The palettes: a strong colour for every family of layers and for the kinds of groups.

A glyph is filled with a light tint of its strong colour (netfig.styles.colour.light).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from netfig.model.scene import Hatch
from netfig.styles.telling import Confusion, confusions

__all__ = ["PALETTES", "Confusion", "Palette", "confusions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """`families` has a strong colour for each family, `groups` the series for kinds of groups.

    `hatches` says whether hatches may be drawn (some venues forbid them); `marks` are the families
    that carry one from the start, because their colour does not tell them apart.
    """

    label: str
    families: Mapping[str, str]
    groups: tuple[str, ...]
    hatches: bool = True
    marks: Mapping[str, Hatch] = field(default_factory=lambda: MappingProxyType({}))

    def __getitem__(self, family: str) -> str:
        return self.families[family]

    def colour(self, family: str) -> str:
        """The family's strong colour; that of "custom" for a family nobody knows."""
        return self.families.get(family, self.families["custom"])

    def hatch(self, family: str) -> Hatch:
        """The hatch the family carries, "none" for most."""
        return self.marks.get(family, "none")


_GROUPS = (
    "#56649e",
    "#8b6fb3",
    "#659da7",
    "#6b4167",
    "#a49c38",
    "#976942",
    "#395e21",
    "#60292f",
)
_MARKS: Mapping[str, Hatch] = MappingProxyType(
    {
        "conv": "rising",
        "pooling": "horizontal",
        "upsampling": "vertical",
        "dense": "dots",
        "recurrent": "cross",
        "attention": "falling",
    }
)

PALETTES: Mapping[str, Palette] = MappingProxyType(
    {
        "default": Palette(
            label="Netfig",
            families=MappingProxyType(
                {
                    "input": "#8a929c",
                    "conv": "#0072b2",
                    "pooling": "#d55e00",
                    "dense": "#009e73",
                    "upsampling": "#e69f00",
                    "recurrent": "#7e0f7a",
                    "attention": "#4931a8",
                    "embedding": "#6ab3fd",
                    "normalisation": "#244806",
                    "activation": "#77563a",
                    "dropout": "#aeb9c4",
                    "reshape": "#76727f",
                    "merge": "#23272e",
                    "preprocessing": "#d5af91",
                    "operation": "#515e75",
                    "custom": "#b670d5",
                }
            ),
            groups=_GROUPS,
        ),
        "okabe-ito": Palette(
            label="Okabe-Ito",
            families=MappingProxyType(
                {
                    "input": "#b4b4b4",
                    "conv": "#0072b2",
                    "pooling": "#d55e00",
                    "dense": "#009e73",
                    "upsampling": "#e69f00",
                    "recurrent": "#cc79a7",
                    "attention": "#56b4e9",
                    "embedding": "#f0e442",
                    "normalisation": "#5a5a5a",
                    "activation": "#464646",
                    "dropout": "#c8c8c8",
                    "reshape": "#787878",
                    "merge": "#000000",
                    "preprocessing": "#dcdcdc",
                    "operation": "#8c8c8c",
                    "custom": "#323232",
                }
            ),
            groups=("#0072b2", "#cc79a7", "#009e73", "#d55e00", "#56b4e9", "#e69f00", "#000000"),
        ),
        "tol": Palette(
            label="Paul Tol",
            families=MappingProxyType(
                {
                    "input": "#bbbbbb",
                    "conv": "#4477aa",
                    "pooling": "#ee6677",
                    "dense": "#117733",
                    "upsampling": "#ccbb44",
                    "recurrent": "#aa3377",
                    "attention": "#332288",
                    "embedding": "#66ccee",
                    "normalisation": "#44aa99",
                    "activation": "#882255",
                    "dropout": "#dddddd",
                    "reshape": "#8c8c8c",
                    "merge": "#111111",
                    "preprocessing": "#ddcc77",
                    "operation": "#3a3a3a",
                    "custom": "#999933",
                }
            ),
            groups=("#332288", "#cc6677", "#117733", "#88ccee", "#882255", "#44aa99", "#999933"),
        ),
        "mono": Palette(
            label="Monochrome with hatches",
            families=MappingProxyType(
                {
                    "input": "#9a9fa6",
                    "conv": "#4a5058",
                    "pooling": "#4a5058",
                    "dense": "#4a5058",
                    "upsampling": "#4a5058",
                    "recurrent": "#4a5058",
                    "attention": "#4a5058",
                    "embedding": "#777d85",
                    "normalisation": "#5d636b",
                    "activation": "#31363d",
                    "dropout": "#b3b8be",
                    "reshape": "#878d95",
                    "merge": "#23272e",
                    "preprocessing": "#a6abb1",
                    "operation": "#6a7078",
                    "custom": "#3d434a",
                }
            ),
            groups=("#4a5058", "#878d95", "#23272e", "#6a7078"),
            marks=_MARKS,
        ),
        "grey": Palette(
            label="Grey",
            families=MappingProxyType(
                {
                    "input": "#a8a8a8",
                    "conv": "#404040",
                    "pooling": "#7c7c7c",
                    "dense": "#5c5c5c",
                    "upsampling": "#949494",
                    "recurrent": "#303030",
                    "attention": "#222222",
                    "embedding": "#6c6c6c",
                    "normalisation": "#4e4e4e",
                    "activation": "#383838",
                    "dropout": "#c4c4c4",
                    "reshape": "#b6b6b6",
                    "merge": "#000000",
                    "preprocessing": "#9e9e9e",
                    "operation": "#888888",
                    "custom": "#747474",
                }
            ),
            groups=("#484848", "#8c8c8c", "#2a2a2a", "#686868"),
        ),
        "nature-neutral": Palette(
            label="Muted, no hatches",
            families=MappingProxyType(
                {
                    "input": "#9a9a94",
                    "conv": "#345f95",
                    "pooling": "#b36d2a",
                    "dense": "#639564",
                    "upsampling": "#c1a057",
                    "recurrent": "#77324b",
                    "attention": "#3c448d",
                    "embedding": "#64a9c4",
                    "normalisation": "#174825",
                    "activation": "#7a5341",
                    "dropout": "#b4bfca",
                    "reshape": "#677879",
                    "merge": "#2b2b2b",
                    "preprocessing": "#d0b198",
                    "operation": "#575e69",
                    "custom": "#976da9",
                }
            ),
            groups=_GROUPS,
            hatches=False,
        ),
    }
)
