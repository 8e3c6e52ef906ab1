"""Whether one group has more or less of something than all others, from counts of each.

Given the count of all groups together, a group's part is binomial where all have the same rate
(Przyborowski and Wilenski 1940), with the group's share of the people as its probability; large
counts are taken as normal. Three more things make it uncertain. People come in groups and share
their needs, so chance is that of groups. Protection puts an error on every count. And the numbers
of people behind the share have that error too. All cells of a figure are tested together, and a
cell is called only beyond the point that chance alone passes in any of them one time in twenty
(Bonferroni's bound; Dunn 1961). On invented registers without any difference that happens in under
5 of 100 figures (``tests/unit/dashboard/analysis/test_between_groups.py``).
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]

#: Share of figures in which chance alone calls any cell.
_FALSE = 0.05


def scores(
    counts: Floats, people: Floats, spreads: Floats, people_spread: float, together: float
) -> Floats:
    """The normal score of each count against those of all other groups.

    Args:
        counts: Counts, less the mean shift by protection; shape (kinds, groups).
        people: People of each group, shape (groups,); not all in one of them.
        spreads: Standard deviation of protection's error in each count, shape of ``counts``.
        people_spread: The same in the number of people of a group.
        together: How many people come together, at least 1.

    Returns:
        Scores of the shape of ``counts``: above 0 where a group has more; 0 without any variance.

    >>> scores(np.array([[40.0, 20.0]]), np.array([100.0, 100.0]), np.zeros((1, 2)), 0, 1).round(2)
    array([[ 2.58, -2.58]])
    """
    all_counts, all_people = counts.sum(axis=1, keepdims=True), people.sum()
    others = np.sqrt(np.maximum((spreads**2).sum(axis=1, keepdims=True) - spreads**2, 0))
    share = people / all_people
    chance = together * all_counts * share * (1 - share)
    protection = (spreads * (1 - share)) ** 2 + (others * share) ** 2
    # The share of a group moves with its own people, and with those of each other one.
    moved = people_spread**2 * ((1 - share) ** 2 + (len(people) - 1) * share**2) / all_people**2
    error = np.sqrt(np.maximum(chance + protection + all_counts**2 * moved, 0))
    apart = counts - all_counts * share
    return np.divide(apart, error, out=np.zeros_like(apart), where=error > 0)


def limit(cells: int) -> float:
    """The score beyond which one of so many cells is called, either way.

    >>> round(limit(1), 2), round(limit(32), 2)
    (1.96, 3.16)
    """
    return NormalDist().inv_cdf(1 - _FALSE / (2 * max(cells, 1)))
