"""How far two ways of cutting a set into parts agree: the adjusted Rand index.

Hubert and Arabie, Comparing partitions, Journal of Classification 2 (1985) 193-218.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from math import comb


def adjusted_rand(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """1 for equal partitions, about 0 for unrelated ones; both give a label item by item."""
    pairs = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    first = sum(comb(n, 2) for n in Counter(one).values())
    second = sum(comb(n, 2) for n in Counter(other).values())
    every = comb(len(one), 2)
    expected = first * second / every if every else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)
