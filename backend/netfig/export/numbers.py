"""The one way a length is written."""


def number(value: float) -> str:
    """At most three decimals (a thousandth of a point), no trailing zeros, no minus zero."""
    text = f"{value:.3f}"
    if text[-1] != "0":
        return text
    text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class Numbers(dict[float, str]):
    """Numbers as they are written in one file: most stand in it several times."""

    def __missing__(self, value: float) -> str:
        text = self[value] = number(value)
        return text
