"""Rows: the spine broken where the page ends, at plain joints alone, never inside a region."""

from netfig.layout.measured import Block
from netfig.layout.structure import Leaf


def break_rows(spine: Block, length: float | None) -> list[list[int]] | None:
    """Indices of the spine's parts, row by row, each row at most `length` points long.

    The fewest rows, as equal as they can be. None where a part alone is too long.
    """
    count = len(spine.inner)
    if length is None or spine.length <= length + 1e-6 or count < 2:
        fits = length is None or spine.length <= length + 1e-6
        return [list(range(count))] if fits else None
    starts = [0] + [
        i
        for i in range(1, count)
        if isinstance(spine.inner[i][0].part, Leaf) and isinstance(spine.inner[i - 1][0].part, Leaf)
    ]
    pieces = list(zip(starts, [*starts[1:], count], strict=True))
    begin = [spine.inner[a][1] for a, _ in pieces]
    end = [spine.inner[z - 1][1] + spine.inner[z - 1][0].length for _, z in pieces]
    if any(e - b > length for b, e in zip(begin, end, strict=True)):
        return None
    low, high = max(e - b for b, e in zip(begin, end, strict=True)), length
    rows = _greedy(begin, end, high)
    while high - low > 0.5:
        middle = (low + high) / 2
        tried = _greedy(begin, end, middle)
        if len(tried) == len(rows):
            rows, high = tried, middle
        else:
            low = middle
    return [[i for p in row for i in range(*pieces[p])] for row in rows]


def _greedy(begin: list[float], end: list[float], length: float) -> list[list[int]]:
    rows: list[list[int]] = [[0]]
    for i in range(1, len(begin)):
        if end[i] - begin[rows[-1][0]] <= length + 1e-6:
            rows[-1].append(i)
        else:
            rows.append([i])
    return rows
