"""Accuracy: how far the numbers of a release lie from the records as they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from tests.attack.events import Events, Floats, Ints

_TOP = 10
_MANY = 10


@dataclass(frozen=True)
class Errors:
    """Errors of one view over the periods of a grain; a cell counts where it ever holds anybody.

    Attributes:
        true: True numbers, shape (cells, periods).
        shown: Numbers of the release, same shape.
    """

    true: Floats
    shown: Floats

    @property
    def mean(self) -> float:
        """Mean absolute error of a cell in a period."""
        return float(np.abs(self.shown - self.true).mean())

    @property
    def worst(self) -> float:
        """Largest absolute error."""
        return float(np.abs(self.shown - self.true).max())

    @property
    def relative(self) -> float:
        """Sum of the errors over the sum of the truth."""
        return float(np.abs(self.shown - self.true).sum() / self.true.sum())

    @property
    def overlooked(self) -> float:
        """Share of the cells that hold ten and more in a period of which the release shows none."""
        return float((self.shown[self.true >= _MANY] == 0).mean())

    @property
    def ghosts(self) -> float:
        """Share of the cells that the release shows in a period in which nobody was there."""
        return float((self.true[self.shown > 0] == 0).mean())

    @property
    def rank_correlation(self) -> float:
        """Mean Spearman correlation of the cells of a period."""
        ranks = [(rankdata(true), rankdata(shown)) for true, shown in self._periods()]
        return float(np.mean([np.corrcoef(true, shown)[0, 1] for true, shown in ranks]))

    @property
    def top(self) -> float:
        """Mean share of the ten largest cells of a period that the release has among its ten."""
        return float(np.mean([len(_largest(t) & _largest(s)) / _TOP for t, s in self._periods()]))

    def _periods(self) -> list[tuple[Floats, Floats]]:
        return list(zip(self.true.T, self.shown.T, strict=True))


def _largest(cells: Floats) -> set[int]:
    return set(np.argsort(-cells, kind="stable")[:_TOP].tolist())


def errors(true: Events, shown: Events, names: tuple[str, ...], grain: str, months: int) -> Errors:
    """Errors of a view, given by its columns; none for the total."""
    tables = [part.table(names, grain, months) for part in (true, shown)]
    flat = [table.reshape(-1, table.shape[-1]) for table in tables]
    live = flat[0].any(axis=1) | flat[1].any(axis=1)
    return Errors(flat[0][live], flat[1][live])


def false_share(true: Events, shown: Events, names: tuple[str, ...]) -> float:
    """Share of units that no true event of their month agrees with on some columns."""
    held = set(map(tuple, _profiles(true, names).tolist()))
    shown_as = map(tuple, _profiles(shown, names).tolist())
    return float(np.mean([profile not in held for profile in shown_as]))


def _profiles(events: Events, names: tuple[str, ...]) -> Ints:
    return np.stack([events.months, *(events.first(name) for name in names)], axis=1)
