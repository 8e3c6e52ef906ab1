"""Random filters of which one holds the other: every answer and every difference is 0 or large."""

from __future__ import annotations

import numpy as np

from tests.attack.events import Events, Flags


def violations(shown: Events, base: int, pairs: int, seed: int) -> int:
    """How many answers and differences lie between 0 and the base, over so many filter pairs."""
    random = np.random.default_rng(seed)
    found = 0
    for _ in range(pairs):
        wide = _filter(shown, int(random.integers(1, 4)), random)
        narrow = wide & _filter(shown, 1, random)
        answer = int(shown.sizes[wide].sum())
        left = answer - int(shown.sizes[narrow].sum())
        found += (0 < answer < base) + (0 < left < base)
    return found


def _filter(shown: Events, columns: int, random: np.random.Generator) -> Flags:
    """Units that hold one of some random codes in each of so many random columns."""
    chosen = np.ones(len(shown), dtype=bool)
    for name in random.choice(list(shown.columns), columns, replace=False).tolist():
        count = max(1, int(shown.cells(name) * random.random()))
        codes = random.choice(shown.cells(name), count) - 1
        values = shown.columns[name]
        match = np.isin(values, codes)
        chosen &= match if values.ndim == 1 else match.any(axis=1)
    return chosen


def parts_that_do_not_sum(shown: Events, months: int) -> int:
    """Columns of one value a unit whose parts do not sum to the total of every month."""
    total = np.bincount(shown.months, weights=shown.sizes, minlength=months)[:months]
    single = [name for name, values in shown.columns.items() if values.ndim == 1]
    return sum(
        not np.array_equal(shown.table((name,), "month", months).sum(axis=0), total)
        for name in single
    )
