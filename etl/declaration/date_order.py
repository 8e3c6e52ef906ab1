"""Date order: which of day and month a declared format puts first, and which formats clash.

A layout declares one order. How the dates of a file are read in it stands in ``etl.harmonise``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

_NUMBER = re.compile(r"%-?([dmYy])")


def number_order(form: str) -> str | None:
    """Order of day, month and year as numbers, such as ``dmY``; None for a format without both."""
    marks = "".join(_NUMBER.findall(form))
    return marks if {"d", "m"} <= set(marks) else None


def order_in_words(form: str) -> str | None:
    """The order of a format in words; None where its day cannot be taken for its month.

    A year of four digits in front is never written with the day before the month.
    """
    order = number_order(form)
    if order is None or order == "Ymd":
        return None
    return "day before month" if order.index("d") < order.index("m") else "month before day"


def clashing(forms: Iterable[str]) -> tuple[str, str] | None:
    """The first two formats of which one text could have both, day and month exchanged."""
    numbered = ((form, number_order(form)) for form in dict.fromkeys(forms))
    ordered = [(form, order) for form, order in numbered if order is not None]
    for (one, first), (other, second) in combinations(ordered, 2):
        if _clash(first, second):
            return one, other
    return None


def _clash(first: str, second: str) -> bool:
    if first.startswith("Y") != second.startswith("Y"):
        return False
    if first.startswith("y") != second.startswith("y"):
        return "Y" not in first + second
    return (first.index("d") < first.index("m")) != (second.index("d") < second.index("m"))
