"""Values that a release shows though one incident alone holds them: whoever knows it sees it there.

Units take values of records of the last twelve months. Who knows all of these but one incident, and
sees a value that none of them has, knows whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from dashboard.model.facts import Fact
from dashboard.model.fields import Kind
from tests.attack.events import Events, Flags, Ints
from tests.attack.invented import country
from tests.attack.invented.country import PLACES
from tests.attack.invented.population import Arriving
from tests.attack.invented.published import Made

#: Months whose records units may be like.
WINDOW = 12
_PLACES = (Kind.PLACE, Kind.PLACES)


def held_by_one(blocks: Sequence[Made], told: Arriving, window: int = WINDOW) -> float:
    """Share of what units say, bundle by bundle, that fewer than two incidents hold.

    Whoever has it at a finer place, or with more codes, counts as a holder where that finer value
    is its own alone: a unit may tell no more of it then.

    Args:
        blocks: Blocks of a fact in order.
        told: All its records, by their numbers.
        window: Months back from a block, itself included, whose records its units may be like.
    """
    said = alone = 0
    for units, pool in _pools(blocks, told, window):
        for names in units.fact.bundles:
            values = _Values(units.fact, names, units.columns, pool.events.columns)
            told_of = values.is_said
            said += int(told_of.sum())
            alone += sum(
                values.holders(unit, pool.incident) < 2 for unit in np.flatnonzero(told_of)
            )
    return alone / said


def _pools(
    blocks: Sequence[Made], told: Arriving, window: int
) -> Iterator[tuple[Events, Arriving]]:
    """Units of each block, with the records that they could be like."""
    before = np.zeros(0, dtype=np.int64)
    for block in blocks:
        months = told.events.months[before]
        recent = before[(months > block.last - window) & (months <= block.last)]
        if len(block.units):
            yield block.units, told.where(np.concatenate([recent, block.numbers]))
        before = np.concatenate([before, block.numbers])


class _Values:
    """Values of a bundle in the units of a block and in the records of its window."""

    def __init__(
        self, fact: Fact, names: Sequence[str], units: dict[str, Ints], pool: dict[str, Ints]
    ) -> None:
        self._fact = fact
        self._units = {name: _without_gaps(units[name]) for name in names}
        self._pool = {name: _without_gaps(pool[name]) for name in names}
        every = [np.hstack([*own.values()]) for own in (self._units, self._pool)]
        ids = np.unique(np.concatenate(every), axis=0, return_inverse=True)[1].ravel()
        self._unit_id, self._pool_id = np.split(ids, [len(every[0])])
        self._alone: Flags | None = None

    @property
    def is_said(self) -> Flags:
        """Which units say anything, shape (units,)."""
        return np.any([(own >= 0).any(axis=1) for own in self._units.values()], axis=0)

    def holders(self, unit: int, incidents: Ints) -> int:
        """How many incidents of the pool stand behind what a unit says; counted up to two."""
        same = self._pool_id == self._unit_id[unit]
        exact = np.unique(incidents[same])
        if len(exact) >= 2:
            return 2
        finer = self._own_alone(incidents) & self._is_coarser(unit)
        return len(np.union1d(exact, incidents[finer]))

    def _own_alone(self, incidents: Ints) -> Flags:
        """Whether one incident alone has the value of each record of the pool."""
        if self._alone is None:
            pairs = np.unique(np.column_stack([self._pool_id, incidents]), axis=0)
            self._alone = np.bincount(pairs[:, 0])[self._pool_id] == 1
        return self._alone

    def _is_coarser(self, unit: int) -> Flags:
        """Whether a unit says of each record of the pool what it is, or less of it."""
        agrees = np.ones(len(self._pool_id), dtype=bool)
        for name, values in self._units.items():
            for code in values[unit][values[unit] >= 0].tolist():
                is_place = self._fact[name].kind in _PLACES
                same = _ABOVE[code][self._pool[name]] if is_place else self._pool[name] == code
                agrees &= same.any(axis=1)
        return agrees


def _above() -> Flags:
    """Whether a place is another or lies in it, shape (places, places and none)."""
    found = np.eye(len(PLACES), len(PLACES) + 1, dtype=bool)
    for number, place in enumerate(PLACES):
        for area in country.areas(place).values():
            found[country.number(area), number] = True
    return found


_ABOVE = _above()


def _without_gaps(values: Ints) -> Ints:
    """Codes of each event, those of a set without gaps, shape (events, codes)."""
    codes = values.reshape(len(values), -1)
    order = np.argsort(codes < 0, axis=1, kind="stable")
    return np.take_along_axis(codes, order, axis=1)
