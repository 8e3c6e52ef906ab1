"""Text inside figures: breaking long labels, escaping, and a scale's upper end.

Plotly reads a little HTML in labels, so text that is not ours is escaped here.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Callable
from functools import cache

from dashboard.model.languages import OWN, is_own

#: Where a line may end; none begins with the sign of a percent.
_BETWEEN_WORDS = re.compile(r"\s+(?!%)")


def wrapped(label: str, width: int) -> str:
    """A label broken between words into lines of about ``width`` letters; no word is cut."""
    return "<br>".join(map(escaped, broken(label, lambda line: letters(line) <= width)))


def broken(text: str, fits: Callable[[str], bool]) -> list[str]:
    """A text broken between words into lines that fit, unless a word alone does not.

    >>> broken("North: 25 % of people", lambda line: len(line) <= 9)
    ['North:', '25 % of', 'people']
    """
    lines: list[str] = []
    for word in _BETWEEN_WORDS.split(text.strip()):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and fits(joined):
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def letters(text: str) -> int:
    """How many Latin letters wide a text is.

    The country's own may be wider, and signs that are set onto a letter take no room.

    >>> letters("Paris"), letters("Male\u0301")
    (5, 4)
    """
    return math.ceil(sum(map(_width, text)))


@cache
def _width(letter: str) -> float:
    """How many Latin letters wide a letter is."""
    if unicodedata.category(letter) in _ON_LETTERS:
        return 0
    return OWN.width if is_own(letter) else 1


#: Unicode categories of signs that stand on, under or around a letter, or join two.
_ON_LETTERS = ("Mn", "Mc", "Cf")


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
