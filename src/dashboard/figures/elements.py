"""Elements that several forms of chart have in common, as plotly takes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from dashboard.figures import theme
from dashboard.figures.plot import Number
from dashboard.figures.theme import Figure

#: Opacity of marks whose numbers are mostly protection.
ROUGH = 0.55
#: Stands in for a missing number.
_NONE = Number(0, 0, 0, "", "")


def numbered(name: str, index: int) -> str:
    """The name of an axis among several, the first of which has no number.

    >>> numbered("xaxis", 0), numbered("y", 1)
    ('xaxis', 'y2')
    """
    return f"{name}{index + 1}" if index else name


def whiskers(
    axis: Literal["x", "y"], numbers: Iterable[Number | None], colour: str, *, width: int = 0
) -> Figure:
    """Lines over the range of each number, as a trace takes them; none where all are exact.

    Args:
        axis: The axis along which they lie.
        numbers: The numbers; None where there is none.
        colour: Their colour.
        width: Pixels of their ends.
    """
    filled = [number or _NONE for number in numbers]
    if all(number.low == number.high for number in filled):
        return {}
    return {
        f"error_{axis}": {
            "type": "data",
            "symmetric": False,
            "array": [number.high - number.value for number in filled],
            "arrayminus": [number.value - number.low for number in filled],
            "color": colour,
            "thickness": 1,
            "width": width,
        }
    }


def texts(x: Iterable[Any], y: Iterable[Any], words: Iterable[str], **look: Any) -> Figure:
    """Words in a plot; one trace, since a browser takes much longer for as many annotations."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(x),
        "y": list(y),
        "text": list(words),
        "textfont": {"size": 12, "color": theme.TEXT},
        "cliponaxis": False,
        "hoverinfo": "skip",
        **look,
    }
