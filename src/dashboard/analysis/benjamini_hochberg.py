"""Benjamini and Hochberg's step-up (1995): which of many small chances are more than chance.

Where many values are looked through, some stand out by chance alone. The step-up keeps the share of
those among all that are called found. What a chance is of stands with those who ask.
"""

from __future__ import annotations

from collections.abc import Sequence

#: Share of what is found that may be chance after all.
FALSE_DISCOVERIES = 0.05


def found(chances: Sequence[float], share: float = FALSE_DISCOVERIES) -> list[bool]:
    """Which of several chances are small enough together.

    Args:
        chances: How likely each would be if nothing were there, 0 to 1, in any order.
        share: Share of what is found that may be nothing.

    >>> found([0.01, 0.04, 0.3, 0.02]), found([0.04, 0.3]), found([])
    ([True, False, False, True], [False, False], [])
    """
    limit = -1.0
    for rank, chance in enumerate(sorted(chances), start=1):
        if chance <= share * rank / len(chances):
            limit = chance
    return [chance <= limit for chance in chances]
