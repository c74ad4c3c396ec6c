"""Networks without series-parallel structure, as sizes and edges: what layered placement is for."""

import random

import networkx as nx

Sizes = dict[str, tuple[float, float]]
Edges = list[tuple[str, str]]


def unet_plus_plus(depth: int = 4) -> tuple[Sizes, Edges]:
    """Nested encoders: x(i, j) takes every x(i, k), k < j, and x(i + 1, j - 1)."""
    sizes: Sizes = {}
    edges: Edges = []
    for j in range(depth + 1):
        for i in range(depth + 1 - j):
            sizes[f"x{i}{j}"] = (10 + 3 * i, 60 - 11 * i)
            edges += [(f"x{i}{k}", f"x{i}{j}") for k in range(j)]
            if j:
                edges.append((f"x{i + 1}{j - 1}", f"x{i}{j}"))
            elif i:
                edges.append((f"x{i - 1}0", f"x{i}0"))
    return sizes, edges


def exchange(stages: int = 4) -> tuple[Sizes, Edges]:
    """Parallel resolutions, each stage adding one, all joined with all between stages (HRNet)."""
    sizes: Sizes = {"in": (10, 60)}
    edges: Edges = []
    before = ["in"]
    for stage in range(1, stages + 1):
        for branch in range(stage):
            join, block = f"join {stage}.{branch}", f"block {stage}.{branch}"
            sizes[join], sizes[block] = (11, 11), (14 + 4 * branch, 60 - 12 * branch)
            edges += [(name, join) for name in before] + [(join, block)]
        before = [f"block {stage}.{branch}" for branch in range(stage)]
    return sizes, edges


def dense(blocks: int = 6) -> tuple[Sizes, Edges]:
    """Each block takes the concatenation of all before it (DenseNet)."""
    sizes: Sizes = {"x0": (12, 50)}
    edges: Edges = []
    for i in range(1, blocks + 1):
        sizes[f"concat {i}"], sizes[f"x{i}"] = (11, 11), (14, 40)
        edges += [(f"x{j}", f"concat {i}") for j in range(i)] + [(f"concat {i}", f"x{i}")]
    return sizes, edges


def cell() -> tuple[Sizes, Edges]:
    """NASNet-A's normal cell, from Zoph et al. 2018, figure 4: five sums of two, concatenated."""
    sums = {
        1: (("adjust", "identity"), ("h", "sep 3x3 a")),
        2: (("adjust", "sep 3x3 b"), ("h", "sep 5x5 a")),
        3: (("h", "avg a"), ("adjust", "identity")),
        4: (("adjust", "avg b"), ("adjust", "avg c")),
        5: (("adjust", "sep 5x5 b"), ("adjust", "sep 3x3 c")),
    }
    sizes: Sizes = {"adjust": (16, 30), "h": (16, 30), "concat": (11, 11)}
    edges: Edges = []
    for number, terms in sums.items():
        sizes[f"add {number}"] = (11, 11)
        for source, operation in terms:
            if operation == "identity":
                edges.append((source, f"add {number}"))
                continue
            sizes[operation] = (18, 30)
            edges += [(source, operation), (operation, f"add {number}")]
        edges.append((f"add {number}", "concat"))
    return sizes, edges


def wired(nodes: int, seed: int) -> tuple[Sizes, Edges]:
    """A randomly wired stage (Xie et al. 2019): Watts-Strogatz(4, 0.75), edges up the numbering."""
    graph = nx.connected_watts_strogatz_graph(nodes, 4, 0.75, seed=seed)
    draw = random.Random(seed)
    sizes: Sizes = {
        str(n): (draw.choice([12, 16, 20]), draw.choice([20, 26, 32])) for n in range(nodes)
    }
    edges = [(str(min(ends)), str(max(ends))) for ends in graph.edges]
    fed, read = {target for _, target in edges}, {source for source, _ in edges}
    sizes |= {"in": (14, 40), "out": (14, 14)}
    edges += [("in", str(n)) for n in range(nodes) if str(n) not in fed]
    edges += [(str(n), "out") for n in range(nodes) if str(n) not in read]
    return sizes, edges


NETWORKS = {
    "cell": cell(),
    "unet++": unet_plus_plus(),
    "exchange": exchange(),
    "dense": dense(),
    "wired 20": wired(20, 1),
    "wired 60": wired(60, 2),
}
