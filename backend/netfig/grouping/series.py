"""The single-entry single-exit regions of a network as a tree, in linear time.

Works on the lined-up network. Between two neighbours in line stands a *joint*: the tensor just
made, and the set of older tensors still needed. Two joints with the same older set bound a
single-entry single-exit region, so joints of one set are the joints of one series; what lies
between two of them is a single layer or a region with series of its own. Sets are compared by
the exclusive or of one random-looking 64-bit number a tensor, the same in every run.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from netfig.grouping.order import Wiring


@dataclass(frozen=True, slots=True)
class Region:
    """Places [start, end) of the line; `parts` are the series inside, each a run of elements.

    An element is a Region; one of length 1 is a single layer and has no parts.
    """

    start: int
    end: int
    parts: tuple[tuple["Region", ...], ...] = ()

    @property
    def size(self) -> int:
        """Number of layers."""
        return self.end - self.start


def _number(place: int) -> int:
    return int.from_bytes(blake2b(place.to_bytes(8, "big"), digest_size=8).digest(), "big")


def joints(wires: Wiring, line: Sequence[int], context: Container[int]) -> list[int]:
    """For each place p in 0..n the signature of the tensors needed across it but the newest.

    Tensors of `context` do not count: a memory that every block reads ties no two of them.
    """
    place = [0] * len(line)
    for p, i in enumerate(line):
        place[i] = p
    dies: list[list[int]] = [[] for _ in line]
    last = [-1] * len(line)
    for p, i in enumerate(line):
        targets = wires.after[i]
        if targets:
            last[p] = max(place[t] for t in targets)
            if i not in context:
                dies[last[p]].append(p)
    marks = [0]
    live = 0
    for p in range(len(line)):
        for q in dies[p]:
            live ^= _number(q)
        marks.append(live)
        if last[p] > p and line[p] not in context:
            live ^= _number(p)
    return marks


def regions(
    wires: Wiring, line: Sequence[int], context: Container[int] = frozenset()
) -> tuple[tuple[Region, ...], ...]:
    """The series of the whole line; `context` as in `joints`."""
    marks = joints(wires, line, context)
    final: dict[int, int] = {}
    following = [0] * len(marks)
    for p in range(len(marks) - 1, -1, -1):
        following[p] = final.get(marks[p], -1)
        final[marks[p]] = p
    return _series(0, len(line), marks, following)


def _series(
    start: int, end: int, marks: list[int], following: list[int]
) -> tuple[tuple[Region, ...], ...]:
    """Series of [start, end), found by walking its joints; nested regions are entered by stack."""
    done: dict[tuple[int, int], tuple[tuple[Region, ...], ...]] = {}
    todo = [(start, end, False)]
    spans: dict[tuple[int, int], list[list[tuple[int, int]]]] = {}
    while todo:
        a, b, ready = todo.pop()
        if ready:
            done[a, b] = tuple(
                tuple(Region(c, d, done.pop((c, d), ())) for c, d in run)
                for run in spans.pop((a, b))
            )
            continue
        runs = spans[a, b] = _runs(a, b, marks, following)
        todo.append((a, b, True))
        for run in runs:
            todo.extend((c, d, False) for c, d in run if d - c > 1)
    return done[start, end]


def _runs(a: int, b: int, marks: list[int], following: list[int]) -> list[list[tuple[int, int]]]:
    """Walk the joints strictly inside [a, b); each class of equal marks is one run of spans."""
    runs: list[list[tuple[int, int]]] = []
    cursor, p = a, a + 1
    while p < b:
        if not 0 <= following[p] <= b:
            p += 1
            continue
        runs.extend([(q, q + 1)] for q in range(cursor, p - 1))
        run = [(p - 1, p)]
        while 0 <= following[p] <= b:
            run.append((p, following[p]))
            p = following[p]
        runs.append(run)
        cursor = p
        p += 1
    runs.extend([(q, q + 1)] for q in range(cursor, b))
    return runs
