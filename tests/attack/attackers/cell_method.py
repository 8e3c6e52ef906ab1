"""The method that the product does not use: rounding the cells of the wide table to 0 or b.

With so many attributes everybody is alone in a cell, so a rounded cell is one real record that
stands for b. It is kept here to show that the attack on a known person would find it.
"""

from __future__ import annotations

import numpy as np

from tests.attack.events import Events, Ints

_TRIALS = 50
_FITTED = ("class_group", "sex", "age_band", "place", "mode")


def rounded_cells(people: Events, base: int, seed: int) -> Events:
    """Records of each month that were rounded up, each of the size ``base``.

    Of many ways to choose them the one is kept that comes nearest to the one-way totals.
    """
    random = np.random.default_rng(seed)
    kept = [
        _nearest(people, np.flatnonzero(people.months == month), base, random)
        for month in np.unique(people.months)
    ]
    chosen = people.where(np.concatenate(kept))
    return Events(
        chosen.fact, chosen.months, np.full(len(chosen), base), chosen.columns, chosen.domains
    )


def _nearest(people: Events, rows: Ints, base: int, random: np.random.Generator) -> Ints:
    trials = [random.permutation(rows)[: len(rows) // base] for _ in range(_TRIALS)]
    return min(trials, key=lambda trial: _error(people, rows, trial, base))


def _error(people: Events, rows: Ints, trial: Ints, base: int) -> float:
    error = 0.0
    for name in _FITTED:
        values, cells = people.columns[name], people.cells(name)
        true = np.bincount(values[rows], minlength=cells)
        error += float(((base * np.bincount(values[trial], minlength=cells) - true) ** 2).sum())
    return error
