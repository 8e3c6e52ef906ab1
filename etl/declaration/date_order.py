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
    """The first two formats that one text could have, with day and month exchanged."""
    numbered = ((form, number_order(form)) for form in dict.fromkeys(forms))
    ordered = [(form, order) for form, order in numbered if order is not None]
    for (one_form, one_order), (other_form, other_order) in combinations(ordered, 2):
        if _clash(one_order, other_order):
            return one_form, other_form
    return None


def _clash(one: str, other: str) -> bool:
    """Whether one text could be read in two orders, such as dmY and mdY, as different days."""
    if one.startswith("Y") != other.startswith("Y"):
        return False
    if one.startswith("y") != other.startswith("y"):
        # A year of two digits in front may be read as a day or a month.
        return "Y" not in one + other
    return (one.index("d") < one.index("m")) != (other.index("d") < other.index("m"))
