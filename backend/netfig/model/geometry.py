"""Points, boxes and routes. All lengths are PDF points (1/72 in); y grows downwards."""

from dataclasses import dataclass

Point = tuple[float, float]
"""x, y in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An axis-parallel rectangle: top left corner, width and height in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return (self.x + self.width / 2, self.y + self.height / 2)

    def moved(self, dx: float, dy: float) -> "Box":
        return Box(x=self.x + dx, y=self.y + dy, width=self.width, height=self.height)

    def grown(self, by: float) -> "Box":
        return Box(
            x=self.x - by, y=self.y - by, width=self.width + 2 * by, height=self.height + 2 * by
        )

    def union(self, other: "Box") -> "Box":
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(
            x=x,
            y=y,
            width=max(self.right, other.right) - x,
            height=max(self.bottom, other.bottom) - y,
        )

    def overlaps(self, other: "Box", slack: float = 0.0) -> bool:
        """True where the two share more than `slack` points on both axes."""
        return (
            min(self.right, other.right) - max(self.x, other.x) > slack
            and min(self.bottom, other.bottom) - max(self.y, other.y) > slack
        )
