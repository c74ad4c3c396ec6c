"""How long things took, counted in ranges, as monitoring wants it."""

from typing import Any

WITHIN = (0.03, 0.06, 0.12, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)


class Times:
    """A histogram of seconds."""

    def __init__(self) -> None:
        self._within = [0] * len(WITHIN)
        self._count = 0
        self._sum = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self._count += 1
        self._sum += seconds
        for index, limit in enumerate(WITHIN):
            self._within[index] += seconds <= limit

    def frame(self) -> dict[str, Any]:
        """{"within": [[seconds, how many took no longer]...], "count", "sum" in seconds}."""
        within = [[limit, count] for limit, count in zip(WITHIN, self._within, strict=True)]
        return {"within": within, "count": self._count, "sum": round(self._sum, 4)}
