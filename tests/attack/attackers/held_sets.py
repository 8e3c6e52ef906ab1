"""Values that a release shows though one record alone holds them: whoever knows it sees it there.

Units take values of records of the last twelve months. Who knows all of these but one, and sees a
value that none of them has, knows whose it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tests.attack.events import Events, Flags, Ints, joined
from tests.attack.invented.published import Made
from tests.attack.invented.truth import Fold, folded

#: Months whose records units may be like.
_WINDOW = 12


def held_by_one(
    blocks: Sequence[Made], told: Events, folds: Iterable[Fold], kinds: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Share of the units with a value of each kind of which one record holds that very value.

    Args:
        blocks: Blocks in order.
        told: All records as they are, by their numbers.
        folds: What rare codes stand under.
        kinds: Name to the columns that make a value; a unit without any code has none.
    """
    shown, alone = Counter[str](), Counter[str]()
    decided = list(folds)
    for units, pool in _pools(blocks, told):
        month = units.months[0]
        known = folded(replace(pool, months=np.full(len(pool), month)), decided)
        for name, columns in kinds.items():
            seen = _values(units, columns)
            told_of = Counter(map(tuple, _values(known, columns).tolist()))
            own = seen[_said(seen)].tolist()
            shown[name] += len(own)
            alone[name] += sum(told_of[tuple(value)] == 1 for value in own)
    return {name: alone[name] / shown[name] for name in kinds}


def _pools(blocks: Sequence[Made], told: Events) -> Iterator[tuple[Events, Events]]:
    """Units of each block by month, with the records that they could be like."""
    before = np.zeros(0, dtype=np.int64)
    for block in blocks:
        months = told.months[before]
        recent = before[(months > block.last - _WINDOW) & (months <= block.last)]
        pool = joined([told.where(recent), told.where(block.numbers)])
        for month in np.unique(block.units.months):
            yield block.units.where(block.units.months == month), pool
        before = np.concatenate([before, block.numbers])


def _values(events: Events, columns: Sequence[str]) -> Ints:
    """Values of some columns, the codes of a set without gaps, shape (events, codes)."""
    parts: list[Ints] = []
    for name in columns:
        codes = events.columns[name].reshape(len(events), -1)
        order = np.argsort(codes < 0, axis=1, kind="stable")
        parts.append(np.take_along_axis(codes, order, axis=1))
    return np.concatenate(parts, axis=1)


def _said(values: Ints) -> Flags:
    return np.asarray((values >= 0).any(axis=1))
