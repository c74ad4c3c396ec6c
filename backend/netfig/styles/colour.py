"""Colour: tints of a strong colour, contrast, and what is left in grey and for colour-blind eyes.

A colour is "#rrggbb" in sRGB. Every glyph is a strong outline around a light fill of the same hue;
what is fused onto it is a band between the two.
"""

from functools import lru_cache
from math import dist

LIGHT = 0.72
"""Share of white in a light fill."""
BAND = 0.25
"""Share of white in a band."""

Triple = tuple[float, float, float]

DEFICIENCIES: dict[str, tuple[Triple, Triple, Triple]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Matrices on linear RGB at full severity: Machado, Oliveira and Fernandes (2009), table 1."""


def channels(colour: str) -> Triple:
    """Red, green and blue from 0 to 1; ValueError when it is not "#rrggbb"."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"not a colour: {colour!r}")
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def written(rgb: Triple) -> str:
    """The colour of those channels; what lies outside 0 to 1 is cut off."""
    return "#" + "".join(f"{round(min(max(c, 0.0), 1.0) * 255):02x}" for c in rgb)


@lru_cache(maxsize=1024)
def mix(colour: str, other: str, share: float) -> str:
    """The colour with `share` (0 to 1) of the other in it, mixed in sRGB."""
    pairs = zip(channels(colour), channels(other), strict=True)
    red, green, blue = (a + (b - a) * share for a, b in pairs)
    return written((red, green, blue))


@lru_cache(maxsize=1024)
def light(strong: str) -> str:
    """The light fill that goes with a strong outline."""
    return mix(strong, "#ffffff", LIGHT)


@lru_cache(maxsize=1024)
def band(strong: str) -> str:
    """The fill of a band on a glyph of that colour."""
    return mix(strong, "#ffffff", BAND)


def linear(colour: str) -> Triple:
    """Linear light of each channel, 0 to 1 (IEC 61966-2-1)."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)
    )
    return (red, green, blue)


def _encoded(light: Triple) -> str:
    red, green, blue = (
        12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055
        for c in (min(max(v, 0.0), 1.0) for v in light)
    )
    return written((red, green, blue))


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2)."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=1024)
def readable(colour: str, on: str = "#ffffff", ratio: float = 4.5) -> str:
    """The colour for text: darkened, or lightened on a dark ground, until its contrast is enough.

    The hue stays. Where black or white cannot reach the ratio either, the better of them is taken.
    """
    end = "#000000" if contrast("#000000", on) >= contrast("#ffffff", on) else "#ffffff"
    for step in range(101):
        found = mix(colour, end, step / 100)
        if contrast(found, on) >= ratio:
            return found
    return end


def grey(colour: str) -> str:
    """The grey of equal luminance: what is left in black and white print."""
    y = luminance(colour)
    return _encoded((y, y, y))


@lru_cache(maxsize=4096)
def simulated(colour: str, deficiency: str) -> str:
    """The colour as seen with that deficiency (a key of DEFICIENCIES)."""
    rgb = linear(colour)
    red, green, blue = (
        sum(a * b for a, b in zip(row, rgb, strict=True)) for row in DEFICIENCIES[deficiency]
    )
    return _encoded((red, green, blue))


@lru_cache(maxsize=4096)
def oklab(colour: str) -> Triple:
    """Lightness 0 to 1 and two opponent axes in OKLab (Ottosson, 2020)."""
    r, g, b = linear(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def distance(first: str, second: str) -> float:
    """How far apart two colours look: Euclidean in OKLab; 0.02 is just noticeable side by side."""
    return dist(oklab(first), oklab(second))
