"""Folds: rare codes stand under ``other`` and rare places under the area above them.

A shown 5 for a single case of a rare code would be a false alarm. Lists with a code ``other`` fold
into it. Sex and age have none and fold into ``unknown``, which pages then call "unknown or not
shown alone". A class folds into its roll-up alone, which never folds; where a fact keeps none (the
classes before and after a decision), together with the other rare ones of its crime. A place folds
into the area above it, as it stood in the month of the event; a place abroad into its country,
while countries and sea areas stay. What is counted for a decision, and when one is made, stands in
``walk``; decisions are kept with the units and never taken back for the months they were made for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import cast

import numpy as np
import numpy.typing as npt

from dashboard.model.codes import class_together
from dashboard.model.facts import Fact
from dashboard.model.fields import Field, Kind
from dashboard.model.fold import IN_ROLL_UP, Fold
from etl.protect.coding import Coding, Parents, Rows

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

OTHER = "other"
#: Codes that say nothing rare.
_PLAIN = frozenset({OTHER, "unknown", "none"})
#: What a rare code stands under where its list has no ``other``; a class in its roll-up alone has
#: no code of its own.
_UNDER: Mapping[str, str] = MappingProxyType(
    {"sex": "unknown", "age_band": "unknown", "class": IN_ROLL_UP}
)
#: Classes beside which no roll-up is kept: a rare one stands with the other rare ones of its crime.
_BY_CRIME = frozenset({"from_class", "to_class"})
_NEVER = frozenset({"class_group"})
#: Kinds of dimensions that hold places.
PLACES = (Kind.PLACE, Kind.PLACES)


def dimensions_that_fold(fact: Fact) -> tuple[Field, ...]:
    """Dimensions whose rare values fold."""
    return tuple(field for field in fact.dimensions if _folds(field))


def _folds(field: Field) -> bool:
    if field.kind in PLACES:
        return True
    if field.codes is None or field.name in _NEVER:
        return False
    return OTHER in field.codes or field.name in _UNDER or field.name in _BY_CRIME


def _under(field: Field, code: str) -> str:
    """What a code of a dimension that folds stands under where it is rare: itself if it stays."""
    if field.name in _BY_CRIME:
        return class_together(code)
    return code if code in _PLAIN else _UNDER.get(field.name, OTHER)


def with_areas_above(
    values: Mapping[str, Iterable[str]], fact: Fact, parents: Parents, months: Iterable[date]
) -> dict[str, set[str]]:
    """Values that occur, and every area that a place among them could fold into."""
    epochs = {parents.epoch(month): month for month in months}
    occurring = {name: set(own) for name, own in values.items()}
    for field in fact.dimensions:
        if field.kind in PLACES:
            own = occurring.setdefault(field.name, set())
            own |= {
                area
                for place in tuple(own)
                for month in epochs.values()
                for area in parents.above(place, month)
            }
    return occurring


@dataclass(frozen=True)
class _Table:
    """What the values of a row stand under in a month, the maps of all its positions in one.

    Attributes:
        positions: Positions of a row whose values may fold, shape (positions,).
        starts: Where the code 0 of each of them stands in the table, shape (positions,).
        shown: What codes stand under, position by position, shape (entries,).
        known: Whether it was decided about each, same shape.
        sets: Which of the positions are those of a set, for each set.
    """

    positions: Numbers
    starts: Numbers
    shown: Rows
    known: Flags
    sets: Sequence[slice]


class Folds:
    """The folds of one fact, and rows as they stand under them.

    Args:
        coding: How records are written.
        parents: Areas above places.
        decided: Decisions made so far.
    """

    def __init__(self, coding: Coding, parents: Parents, decided: Iterable[Fold]) -> None:
        self._coding = coding
        self._parents = parents
        self._states: dict[str, dict[date, dict[str, str]]] = {}
        self._maps: dict[tuple[str, date, int], Rows] = {}
        self._tables: dict[date, _Table] = {}
        self.made: list[Fold] = []
        for fold in decided:
            state = self._states.setdefault(fold.dimension, {}).setdefault(fold.from_period, {})
            state[fold.code] = fold.shown_as

    def decided(self, dimension: str, month: date) -> bool:
        """Whether a decision about a dimension is valid in a month."""
        return self._since(dimension, month) is not None

    def state(self, month: date) -> tuple[int | date | None, ...]:
        """What decides how values stand in a month: months of one state show the same."""
        folding = dimensions_that_fold(self._coding.fact)
        return (self._parents.epoch(month), *(self._since(field.name, month) for field in folding))

    def apply(self, rows: Rows, month: date) -> Rows:
        """A copy of rows of which every value stands as decided for a month; areas are kept."""
        folded = rows.copy()
        table = self._table(month)
        shown = table.shown[rows[:, table.positions] + table.starts]
        folded[:, table.positions] = shown
        for slots in table.sets:
            folded[:, table.positions[slots]] = _distinct(shown[:, slots])
        return folded

    def complete(self, rows: Rows, month: date) -> None:
        """Record what values stand under that were not there when it was decided: they are rare."""
        table = self._table(month)
        if table.known[rows[:, table.positions] + table.starts].all():
            return
        self._tables.clear()
        for field in dimensions_that_fold(self._coding.fact):
            since = self._since(field.name, month)
            if since is None:
                continue
            column = self._coding.columns[field.name]
            decided = self._states[field.name][since]
            codes = cast("list[int]", np.unique(rows[:, list(column.positions)]).tolist())
            for value in (column.values[c] for c in codes if 0 <= c < len(column.values)):
                if value not in decided:
                    decided[value] = self._stands_under(field, value, decided, since)
                    self.made.append(self._fold(field, value, decided[value], since))

    def decide(
        self, field: Field, period: date, counts: Floats, noise: Floats, threshold: float
    ) -> None:
        """Record which values of a dimension stand for themselves from a period on.

        Args:
            field: The dimension.
            period: First day of the first period it is decided for.
            counts: Events of each of its values, shape (values,).
            noise: Added to each count, same shape.
            threshold: The least sum with which a value stands for itself.
        """
        if field.kind in PLACES:
            decided = self._place_decisions(field, period, counts, noise, threshold)
        else:
            decided = {
                code: code if n >= threshold else _under(field, code)
                for code, n in zip(self._values(field), (counts + noise).tolist(), strict=True)
            }
        self.made += [self._fold(field, *shown, period) for shown in decided.items()]
        self._states.setdefault(field.name, {})[period] = decided
        self._maps.clear()
        self._tables.clear()

    def _place_decisions(
        self, field: Field, period: date, counts: Floats, noise: Floats, threshold: float
    ) -> dict[str, str]:
        """Each place that occurs, and what it stands under; fine places first."""
        values = self._values(field)
        dither = dict(zip(values, noise.tolist(), strict=True))
        left = {place: n for place, n in zip(values, counts.tolist(), strict=True) if n > 0}
        above = {place: self._parents.above(place, period) for place in values}
        decided: dict[str, str] = {}
        for place in sorted(values, key=lambda place: (-len(above[place]), place)):
            if place in left:
                decided[place] = place
                if above[place] and left[place] + dither[place] < threshold:
                    area = decided[place] = above[place][0]
                    left[area] = left.get(area, 0.0) + left[place]
        return {place: self._standing(place, decided, period) for place in decided}

    def _stands_under(
        self, field: Field, code: str, decided: Mapping[str, str], month: date
    ) -> str:
        """What a value of a dimension stands under in a month."""
        if field.kind in PLACES:
            return self._standing(code, decided, month)
        return code if decided.get(code) == code else _under(field, code)

    def _standing(self, place: str, decided: Mapping[str, str], month: date) -> str:
        """The finest area at or above a place that stands for itself, the country at last."""
        areas = self._parents.above(place, month)
        for area in (place, *areas[:-1]):
            if not areas or decided.get(area) == area:
                return area
        return areas[-1]

    def _fold(self, field: Field, code: str, shown_as: str, since: date) -> Fold:
        return Fold(self._coding.fact.id, field.name, code, shown_as, since)

    def _values(self, field: Field) -> tuple[str, ...]:
        return self._coding.columns[field.name].values

    def _since(self, dimension: str, month: date) -> date | None:
        """The period of the decision that is valid in a month."""
        periods = sorted(self._states.get(dimension, ()))
        number = bisect_right(periods, month)
        return periods[number - 1] if number else None

    def _table(self, month: date) -> _Table:
        """What every value of a row stands under in a month."""
        if month not in self._tables:
            folding = dimensions_that_fold(self._coding.fact)
            dated = ((field, self._since(field.name, month)) for field in folding)
            decided = [(field, since) for field, since in dated if since is not None]
            self._tables[month] = self._joined(decided, month)
        return self._tables[month]

    def _joined(self, decided: Sequence[tuple[Field, date]], month: date) -> _Table:
        """One table of the maps of some dimensions."""
        positions: list[int] = []
        starts: list[int] = []
        sets: list[slice] = []
        shown, known = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=bool)]
        at = 0
        for field, since in decided:
            column, map_ = self._coding.columns[field.name], self._map(field, since, month)
            if field.kind.many:
                sets.append(slice(len(positions), len(positions) + len(column.positions)))
            positions += column.positions
            # The code of an empty slot is -1, so it comes first.
            starts += [at + 1] * len(column.positions)
            shown.append(np.roll(map_, 1))
            state = self._states[field.name][since]
            known.append(np.array([True, *(v in state for v in column.values), True]))
            at += len(map_)
        return _Table(
            np.array(positions, dtype=np.intp),
            np.array(starts, dtype=np.intp),
            np.concatenate(shown),
            np.concatenate(known),
            sets,
        )

    def _map(self, field: Field, since: date, month: date) -> Rows:
        """What each value stands under; the last two entries are "not recorded" and empty."""
        key = (field.name, since, self._parents.epoch(month))
        if key not in self._maps:
            column = self._coding.columns[field.name]
            decided = self._states[field.name][since]
            none = len(column.values)
            index = {**column.index, IN_ROLL_UP: none}
            numbers = [
                index[self._stands_under(field, code, decided, month)] for code in column.values
            ]
            self._maps[key] = np.array([*numbers, none, -1], dtype=np.int32)
        return self._maps[key]


def _distinct(slots: Rows) -> Rows:
    """Sets whose codes stand once each, without gaps, in their order; shape is kept."""
    kept = slots.copy()
    width = kept.shape[1]
    for slot in range(1, width):
        again = (kept[:, :slot] == kept[:, [slot]]).any(axis=1)
        kept[again, slot] = -1
    order = np.argsort(kept < 0, axis=1, kind="stable")
    return np.take_along_axis(kept, order, axis=1)
