"""Coding: records of one fact as an array of small integers, and back.

A single-valued attribute takes one position of a row, a set takes three (further codes are cut).
A place takes further positions for the areas above it, looked up at the month of the row. Code
``len(values)`` says "not recorded" (or, first of a set, "none"); -1 is an empty slot of a set.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dashboard.model.facts import LEVELS_ABOVE, Fact
from dashboard.model.fields import Field, Kind
from etl.events.build import ParentRow

Rows = npt.NDArray[np.int32]
#: A record's values: a code, a list of codes, or None where nothing is recorded.
Value = str | Sequence[str] | None

SET_SLOTS = 3


@dataclass(frozen=True)
class Column:
    """One attribute of a row.

    Attributes:
        name: A dimension of the fact, or ``dimension.level`` for an area above a place.
        values: Its codes; a row holds their index.
        positions: Where it stands in a row.
        source: The place dimension it is looked up from, or None.
        level: Level of that area, or None.
    """

    name: str
    values: tuple[str, ...]
    positions: tuple[int, ...]
    source: str | None = None
    level: str | None = None

    @property
    def cells(self) -> int:
        """Number of values with "not recorded"."""
        return len(self.values) + 1

    @cached_property
    def index(self) -> dict[str, int]:
        """Code to the integer that stands for it."""
        return {value: number for number, value in enumerate(self.values)}


class Parents:
    """Areas above a place, as they stood in a month."""

    def __init__(self, rows: Iterable[ParentRow]) -> None:
        self._by_place: dict[tuple[str, str], list[ParentRow]] = {}
        changes: set[date] = set()
        for row in rows:
            place, level, _, start, end = row
            self._by_place.setdefault((place, level), []).append(row)
            changes.update(day for day in (start, end) if day is not None)
        self._changes = sorted(changes)
        self._above: dict[tuple[str, int], tuple[str, ...]] = {}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all rows, whatever their order."""
        rows = sorted(repr(row) for areas in self._by_place.values() for row in areas)
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    def epoch(self, month: date) -> int:
        """Number, from 0, of the span between two changes of any area that holds a month."""
        return bisect_right(self._changes, month)

    def area(self, place: str, level: str, month: date) -> str:
        """The area of a level above a place, else the finest known above that, else the place."""
        for coarser in LEVELS_ABOVE[LEVELS_ABOVE.index(level) :]:
            for _, _, parent, start, end in self._by_place.get((place, coarser), ()):
                if (start is None or start <= month) and (end is None or month < end):
                    return parent
        return place

    def above(self, place: str, month: date) -> tuple[str, ...]:
        """Areas above a place from fine to coarse, none for a country or a sea area."""
        key = place, self.epoch(month)
        if key not in self._above:
            areas = (self.area(place, level, month) for level in LEVELS_ABOVE)
            self._above[key] = tuple(area for area in dict.fromkeys(areas) if area != place)
        return self._above[key]


class Coding:
    """How the records of one fact are written as rows.

    Args:
        fact: The fact.
        values: Every value that occurs in a dimension that has no closed code list.
        parents: Areas above places.
        months: Months that occur; areas are looked up in each.
    """

    def __init__(
        self,
        fact: Fact,
        values: Mapping[str, Iterable[str]],
        parents: Parents,
        months: Iterable[date],
    ) -> None:
        self.fact = fact
        self._parents = parents
        self._area_codes_of: dict[tuple[str, int], Rows] = {}
        columns: list[Column] = []
        width = 0
        for field in fact.dimensions:
            slots = SET_SLOTS if field.kind.many else 1
            domain = _domain(field, values)
            columns.append(Column(field.name, domain, tuple(range(width, width + slots))))
            width += slots
        self.own_width = width
        epochs = {parents.epoch(month): month for month in months}
        for source in [column for column in columns if fact[column.name].kind is Kind.PLACE]:
            for level in LEVELS_ABOVE:
                areas = {
                    parents.area(place, level, month)
                    for place in source.values
                    for month in epochs.values()
                }
                name = f"{source.name}.{level}"
                columns.append(Column(name, tuple(sorted(areas)), (width,), source.name, level))
                width += 1
        self.columns = {column.name: column for column in columns}
        self.width = width

    def encode(self, records: Mapping[str, Sequence[Value]], count: int) -> Rows:
        """Rows of records given column by column, shape (count, width); areas above places are -1.

        Raises:
            ValueError: If a value is not known to the coding.
        """
        rows = np.full((count, self.width), -1, dtype=np.int32)
        if count == 0:
            return rows
        for field in self.fact.dimensions:
            column = self.columns[field.name]
            try:
                _write(column, records[field.name], rows, many=field.kind.many)
            except KeyError as unknown:
                raise ValueError(f"{self.fact.id}.{field.name} has no code {unknown}") from None
        return rows

    def with_areas(self, rows: Rows, month: date) -> Rows:
        """A copy of rows with the areas above their places, as they stood in a month."""
        placed = rows.copy()
        for column in self.columns.values():
            if column.source is not None and column.level is not None:
                source = self.columns[column.source]
                areas = self._area_codes(column, source, column.level, month)
                placed[:, column.positions[0]] = areas[rows[:, source.positions[0]]]
        return placed

    def decode(self, rows: Rows) -> dict[str, list[Value]]:
        """Values of the fact's own dimensions, in the order of the rows."""
        decoded: dict[str, list[Value]] = {}
        for field in self.fact.dimensions:
            column = self.columns[field.name]
            read_values = _read_sets if field.kind.many else _read_ones
            decoded[field.name] = read_values(column, rows[:, column.positions])
        return decoded

    def bundle_positions(self, bundle: Iterable[str]) -> npt.NDArray[np.intp]:
        """Positions of the dimensions of a bundle and of the areas that follow from them."""
        names = set(bundle)
        return np.array(
            [
                position
                for column in self.columns.values()
                if column.name in names or column.source in names
                for position in column.positions
            ],
            dtype=np.intp,
        )

    def _area_codes(self, column: Column, source: Column, level: str, month: date) -> Rows:
        """Number of the area of each value of a place in a month; the last is "not recorded"."""
        key = (column.name, self._parents.epoch(month))
        if key not in self._area_codes_of:
            areas = [self._parents.area(place, level, month) for place in source.values]
            codes = [*(column.index[area] for area in areas), len(column.values)]
            self._area_codes_of[key] = np.array(codes, dtype=np.int32)
        return self._area_codes_of[key]


def with_areas_above(
    values: Mapping[str, Iterable[str]], fact: Fact, parents: Parents, months: Iterable[date]
) -> dict[str, set[str]]:
    """Values that occur in each dimension, and with its places every area above one of them."""
    epochs = {parents.epoch(month): month for month in months}
    occurring = {name: set(codes) for name, codes in values.items()}
    for field in fact.dimensions:
        if field.kind in (Kind.PLACE, Kind.PLACES):
            places = occurring.setdefault(field.name, set())
            places |= {
                area
                for place in tuple(places)
                for month in epochs.values()
                for area in parents.above(place, month)
            }
    return occurring


def distinct_slots(sets: Rows) -> Rows:
    """Rows of a set's slots with each code once, in its order, and empty slots last; same shape."""
    distinct = sets.copy()
    for slot in range(1, distinct.shape[1]):
        is_repeated = (distinct[:, :slot] == distinct[:, [slot]]).any(axis=1)
        distinct[is_repeated, slot] = -1
    order = np.argsort(distinct < 0, axis=1, kind="stable")
    return np.take_along_axis(distinct, order, axis=1)


def _domain(field: Field, values: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Codes that a dimension may hold: its closed list, or those that occur."""
    if field.codes is not None:
        return field.codes.values
    return tuple(sorted(set(values.get(field.name, ()))))


def _write(column: Column, values: Sequence[Value], rows: Rows, *, many: bool) -> None:
    """Write the values of a dimension into its positions of all rows, in place."""
    index, missing, first = column.index, len(column.values), column.positions[0]
    if not many:
        rows[:, first] = [missing if v is None else index[v] for v in values]  # pyright: ignore
        return
    rows[:, first] = missing
    for number, codes in enumerate(values):
        for slot, code in enumerate(dict.fromkeys(codes or ())):
            if slot < SET_SLOTS:
                rows[number, first + slot] = index[code]


def _read_ones(column: Column, rows: Rows) -> list[Value]:
    """The code of each row of a single-valued dimension, or None; ``rows`` holds its position."""
    lookup = np.array([*column.values, None], dtype=object)
    values: list[Value] = lookup[np.minimum(rows[:, 0], len(column.values))].tolist()
    return values


def _read_sets(column: Column, rows: Rows) -> list[Value]:
    """The codes of each row of a set, or None; ``rows`` holds its slots."""
    lookup = dict(enumerate(column.values))
    return [[lookup[code] for code in row if code in lookup] or None for row in rows.tolist()]
