"""What a benchmark hands back: a table, and the goals it did not reach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """`table` is Markdown; each entry of `missed` is a sentence with the figure and the goal."""

    table: str
    missed: tuple[str, ...] = ()


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """A table whose first column is words and whose others are figures."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "".join("| " + " | ".join(row) + " |\n" for row in [head, rule, *rows])
