"""Linear programming: can the sums of a release pin a small number of true people?

The attacker writes down every margin of place, sex, class and quarter of one place and year, each
right to less than a unit, and asks for the least and the most that a cell can hold. A cell whose
least and most are one whole number is pinned; it counts when that number is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
from scipy.optimize import linprog

from tests.attack.events import Events, Floats

_SEXES = 2
_QUARTERS = 4
#: Places under attack: those after the two largest, where numbers are small.
_PLACES = slice(2, 10)
_ROUNDING = 1e-6


def pinned(true: Events, shown: Events, base: int, months: int) -> int:
    """Cells of 1 to 4 people that the release pins to their true number."""
    names, grain = ("place", "sex", "class_group"), "quarter"
    truth = true.table(names, grain, months)[:, :_SEXES, :, :_QUARTERS]
    release = shown.table(names, grain, months)[:, :_SEXES, :, :_QUARTERS]
    largest = np.argsort(-truth.sum(axis=(1, 2, 3)), kind="stable")[_PLACES]
    return sum(_pins(truth[place], release[place], base - 1) for place in largest)


def _pins(truth: Floats, release: Floats, off: float) -> int:
    margins, sums = zip(*_margins(release), strict=True)
    known, said = np.array(margins), np.array(sums)
    limits = np.concatenate([known, -known]), np.concatenate([said + off, off - said])
    small = np.flatnonzero((truth.ravel() > 0) & (truth.ravel() < 5))
    return sum(
        _bounds(number, truth.size, limits) == (truth.ravel()[number],) * 2
        for number in small.tolist()
    )


def _margins(release: Floats) -> Iterator[tuple[Floats, float]]:
    """Which cells each margin sums, and what the release says of it; single cells too."""
    axes = range(release.ndim)
    for size in range(release.ndim):
        for fixed in combinations(axes, size):
            for values in product(*(range(release.shape[axis]) for axis in fixed)):
                part: list[int | slice] = [slice(None)] * release.ndim
                for axis, value in zip(fixed, values, strict=True):
                    part[axis] = value
                cells = np.zeros(release.shape)
                cells[tuple(part)] = 1
                yield cells.ravel(), float(release[tuple(part)].sum())


def _bounds(number: int, cells: int, limits: tuple[Floats, Floats]) -> tuple[float, float] | None:
    """Least and most whole number that a cell can hold; None where nothing fits."""
    wish = np.zeros(cells)
    wish[number] = 1
    found = [
        linprog(sign * wish, A_ub=limits[0], b_ub=limits[1], bounds=(0, None), method="highs")
        for sign in (1, -1)
    ]
    if any(result.status != 0 for result in found):
        return None
    return (float(np.ceil(found[0].fun - _ROUNDING)), float(np.floor(-found[1].fun + _ROUNDING)))
