"""Plural: so many of something, in the English of operators."""

from __future__ import annotations


def plural(count: int, noun: str) -> str:
    """A count with its noun, in the plural but for 1.

    >>> plural(1, "row"), plural(2, "row")
    ('1 row', '2 rows')
    """
    return f"{count} {noun}" + ("" if count == 1 else "s")
