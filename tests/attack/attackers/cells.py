"""Attacks on small cells: what does the release say of a cell that truly holds 0 to 4 people?

The attacker knows the truth of half of the cells, learns from them what a shown number means, and
guesses the other half. Cells of each true number are equally many, so blind guessing is right in
a fifth of them, and in half of them when only 0 and 1 are told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from sklearn.ensemble import RandomForestClassifier

from tests.attack.events import Events, Floats, Ints

#: True numbers that the attacker wants to tell apart.
_VALUES = 5
_CELLS_EACH = 120
_PAIRS = 300
_TREES = 200


@dataclass(frozen=True)
class CellView:
    """Cells under attack: columns and grain."""

    names: tuple[str, ...]
    grain: str


@dataclass(frozen=True)
class CellAttack:
    """How often the attackers were right.

    Attributes:
        value: Calibrated on the shown number, share of true numbers 0 to 4 guessed right.
        presence: The same for 0 against 1.
        differencing: Gain in ``value`` from the difference of two wider answers.
        averaging: Gain in ``value`` from the mean of 300 such differences.
    """

    value: float
    presence: float
    differencing: float
    averaging: float


def attack(true: Events, shown: Events, view: CellView, months: int, seed: int) -> CellAttack:
    """The attackers who count, on the cells of one view."""
    aim = _Aim(true, shown, view, months, seed)
    cells, wanted = aim.cells(_VALUES)
    few, present = aim.cells(2)
    release = aim.release
    direct = _calibrated(release[tuple(cells.T)], wanted)
    some, known = cells[::3], wanted[::3]
    averaged = _calibrated(_averages(release, some, aim.random), known)
    return CellAttack(
        value=direct,
        presence=_calibrated(release[tuple(few.T)], present),
        differencing=_calibrated(_differences(release, cells), wanted) - direct,
        averaging=averaged - _calibrated(release[tuple(some.T)], known),
    )


def forest_gain(
    true: Events, shown: Events, view: CellView, months: int, seed: int
) -> tuple[float, float]:
    """Gain of a random forest on all margins of the release over one on true one-way totals.

    Returns:
        Gain in telling true numbers 0 to 4, and in telling 0 from 1.
    """
    aim = _Aim(true, shown, view, months, seed)
    gains = []
    for values in (_VALUES, 2):
        cells, wanted = aim.cells(values)
        learned = _forest(_margins(aim.release, cells), wanted)
        gains.append(learned - _forest(_one_way(aim.truth, cells), wanted))
    return gains[0], gains[1]


class _Aim:
    """The tables of truth and release, and the cells to attack."""

    def __init__(self, true: Events, shown: Events, view: CellView, months: int, seed: int) -> None:
        self.truth = true.table(view.names, view.grain, months)
        self.release = shown.table(view.names, view.grain, months)
        self.random = np.random.default_rng(seed)

    def cells(self, values: int) -> tuple[Ints, Ints]:
        """Equally many cells of each true number below ``values``, and those numbers.

        Cells have the shape (cells, dimensions).
        """
        every = [np.argwhere(self.truth == value) for value in range(values)]
        each = min(_CELLS_EACH, *map(len, every))
        chosen = np.concatenate([self.random.permutation(cells)[:each] for cells in every])
        return chosen, np.repeat(np.arange(values), each)


def _halves(count: int, seed: int) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """Cells to learn from and to guess, both ways round."""
    order = np.random.default_rng(seed).permutation(count)
    return (order[::2], order[1::2]), (order[1::2], order[::2])


def _calibrated(shown: Floats, wanted: Ints) -> float:
    """Share guessed right by who knows what shown numbers meant in the other half."""
    numbers = np.round(shown).astype(np.int64)
    right = []
    for known, asked in _halves(len(wanted), 3):
        meaning = {
            number: int(np.bincount(wanted[known][numbers[known] == number]).argmax())
            for number in np.unique(numbers[known]).tolist()
        }
        guesses = [meaning.get(number, 0) for number in numbers[asked].tolist()]
        right.append(float(np.mean(guesses == wanted[asked])))
    return float(np.mean(right))


def _differences(release: Floats, cells: Ints) -> Floats:
    """Each cell as what is missing when everything of its group but the cell is asked for."""
    around = np.delete(np.arange(release.ndim), 0)
    found = []
    for cell in cells:
        group = release[(slice(None), *cell[around])]
        others = np.arange(len(group)) != cell[0]
        found.append(group.sum() - group[others].sum())
    return np.array(found)


def _averages(release: Floats, cells: Ints, random: np.random.Generator) -> Floats:
    """Each cell as the mean of many differences of a random group with and without it."""
    found = []
    for cell in cells:
        group = release[(slice(None), *cell[1:])]
        chosen = random.random((_PAIRS, len(group))) < random.random((_PAIRS, 1))
        chosen[:, cell[0]] = False
        without = chosen @ group
        chosen[:, cell[0]] = True
        found.append(float((chosen @ group - without).mean()))
    return np.array(found)


def _margins(table: Floats, cells: Ints) -> Floats:
    """Every margin of the table that holds a cell, shape (cells, margins)."""
    dimensions = range(table.ndim)
    found = [
        table.sum(axis=tuple(set(dimensions) - set(kept)))[tuple(cells[:, list(kept)].T)]
        for size in range(1, table.ndim + 1)
        for kept in combinations(dimensions, size)
    ]
    return np.stack(found, axis=1)


def _one_way(table: Floats, cells: Ints) -> Floats:
    """The one-way totals that hold a cell: what an attacker may know without the release."""
    return _margins(table, cells)[:, : table.ndim]


def _forest(features: Floats, wanted: Ints) -> float:
    """Share guessed right by a forest that learned from the other half."""
    right = []
    for known, asked in _halves(len(wanted), 4):
        forest = RandomForestClassifier(_TREES, min_samples_leaf=3, random_state=0, n_jobs=1)
        forest.fit(features[known], wanted[known])
        right.append(float(np.mean(forest.predict(features[asked]) == wanted[asked])))
    return float(np.mean(right))
