"""Text inside figures: breaking long labels, escaping, and a scale's upper end.

Plotly reads a little HTML in labels, so text that is not ours is escaped here.
"""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Callable
from dataclasses import dataclass


def wrapped(label: str, width: int) -> str:
    """A label broken into lines of at most ``width`` characters where words allow."""
    return "<br>".join(html.escape(line, quote=False) for line in textwrap.wrap(label, width))


def escaped(label: str) -> str:
    """A label with the characters that plotly would read as markup made harmless."""
    return html.escape(label, quote=False)


def nice_ceiling(value: float) -> float:
    """The smallest of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that holds a value.

    >>> nice_ceiling(288), nice_ceiling(7), nice_ceiling(0)
    (300.0, 8.0, 1.0)
    """
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    steps = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
    return next(step * power for step in steps if value <= step * power * (1 + 1e-9))


@dataclass(frozen=True)
class Said:
    """How a figure says its numbers.

    Attributes:
        mark: A number at its bar, line or cell, where there is little room: "27".
        hover: The number where a reader points at it, with its unit: "about 27 people".
    """

    mark: Callable[[int], str]
    hover: Callable[[int], str]
