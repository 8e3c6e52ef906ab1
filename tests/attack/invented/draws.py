"""Draws of the invented register: coins, and codes by their shares, for many rows at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.model.codes import CodeList
from tests.attack.events import SLOTS, Flags, Floats, Ints
from tests.attack.invented.country import CAMPS, DISTRICTS, UPAZILAS


class Draws:
    """Draws of one seed, and the weights of the places in it."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.camps = self._zipf(len(CAMPS), 0.8)
        self.upazilas = np.r_[0.3, 0.3, self._zipf(len(UPAZILAS) - 2, 0.9) * 0.4]
        self.districts = self._zipf(len(DISTRICTS), 1.0)

    def _zipf(self, count: int, power: float) -> Floats:
        weights: Floats = 1 / np.arange(1.0, count + 1) ** power
        weights /= weights.sum()
        self.random.shuffle(weights)
        return weights

    def yes(self, chance: float | Floats, count: int) -> Flags:
        """So many throws of a coin."""
        return self.random.random(count) < chance

    def one(self, shares: Sequence[float] | Floats, count: int) -> Ints:
        """So many numbers by their shares, which may differ by row."""
        wide = (count, np.shape(shares)[-1])
        heaped = np.cumsum(np.broadcast_to(np.asarray(shares, float), wide), axis=1)
        thrown = self.random.random((count, 1)) * heaped[:, -1:]
        return (thrown >= heaped).sum(axis=1)

    def some(self, weights: Floats, counts: Ints) -> Ints:
        """Different numbers by weight, so many per row, shape (rows, SLOTS), -1 for none."""
        keys = np.log(weights) + self.random.gumbel(size=weights.shape)
        best = np.argsort(-keys, axis=1)[:, :SLOTS]
        return np.where(np.arange(SLOTS) < counts[:, None], best, -1)

    def two(self, shares: Floats, chance: float, *, alone: int = -1) -> Ints:
        """One number a row, now and then a second; ``alone`` never has company."""
        count = len(shares)
        found = np.full((count, SLOTS), -1)
        found[:, 0], second = self.one(shares, count), self.one(shares, count)
        more = self.yes(chance, count) & (second != found[:, 0])
        more &= (found[:, 0] != alone) & (second != alone)
        found[more, 1] = second[more]
        return found


def by_row(mask: Flags, yes: Sequence[float], no: Sequence[float]) -> Floats:
    """Shares by row: one list where a mask holds, another where not."""
    return np.where(mask[:, None], np.array(yes), np.array(no))


def code(listed: CodeList, value: str) -> int:
    """Number of a code in its list."""
    return listed.values.index(value)
