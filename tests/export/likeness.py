"""How alike two pictures are."""

from io import BytesIO

import numpy as np
from PIL import Image


def pixels(png: bytes) -> np.ndarray:
    """Grey values from 0 to 1, on white."""
    picture = Image.open(BytesIO(png)).convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    return np.asarray(paper.convert("L"), dtype=float) / 255


def likeness(first: np.ndarray, second: np.ndarray, window: int = 8) -> float:
    """Mean structural similarity (Wang et al., 2004) over square windows; 1 for equal pictures."""
    assert first.shape == second.shape

    def mean(values: np.ndarray) -> np.ndarray:
        sums = np.pad(values.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        w = window
        return (sums[w:, w:] - sums[:-w, w:] - sums[w:, :-w] + sums[:-w, :-w]) / w**2

    a, b = mean(first), mean(second)
    va, vb = mean(first**2) - a**2, mean(second**2) - b**2
    both = mean(first * second) - a * b
    c1, c2 = 0.01**2, 0.03**2
    return float(
        (((2 * a * b + c1) * (2 * both + c2)) / ((a**2 + b**2 + c1) * (va + vb + c2))).mean()
    )
