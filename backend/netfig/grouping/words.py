"""Repeats in place in a sequence of symbols: which stretches are the same word again and again."""

from collections.abc import Sequence

LONGEST = 32
"""Symbols of the longest word looked for; longer blocks hold regions or shorter words."""


def tandems(symbols: Sequence[int]) -> list[tuple[int, int, int]]:
    """Repeats in place as (start, end, period): a word of `period` ≥ 2 symbols again and again.

    The last word may be cut short. Repeats that save most symbols win over those they overlap.
    Time is LONGEST times the length.
    """
    runs: list[tuple[int, int, int, int]] = []
    n = len(symbols)
    for period in range(2, min(LONGEST, n // 2) + 1):
        length = 0
        for i in range(n - period + 1):
            if i < n - period and symbols[i] == symbols[i + period]:
                length += 1
                continue
            if length >= period:
                start = i - length
                if _primitive(symbols[start : start + period]):
                    saved = length // period * period
                    runs.append((-saved, period, start, i + period))
            length = 0
    taken = bytearray(n)
    found: list[tuple[int, int, int]] = []
    for _, period, start, end in sorted(runs):
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        found.append((start, end, period))
    return sorted(found)


def _primitive(word: Sequence[int]) -> bool:
    """Whether a word is not itself a repeat."""
    size = len(word)
    return not any(
        size % p == 0 and all(word[i] == word[i % p] for i in range(size))
        for p in range(1, size // 2 + 1)
    )
