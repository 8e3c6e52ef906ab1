"""Echoes: what protection did to the numbers of a figure, counted from columns held in memory.

Every figure asks its echoes by its own filters and groups, and a page has many: as statements they
took half of the time of an answer. Columns come from the open release when they are first needed;
whom filters mean is asked in SQL as everywhere. How an error follows from these numbers stands in
``analysis.expected_error``; everything else that is asked of units stands in ``queries``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from dashboard.filters import Filters, clause
from dashboard.model.facts import Fact
from dashboard.model.release import echo_table
from dashboard.queries import By, Stretches, column_of, countable, group_of, is_set
from dashboard.release.once import Latest
from dashboard.release.open_release import Release

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.unsignedinteger[Any]]
Flags = npt.NDArray[np.bool_]
_Groups = dict[Hashable, int]
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Echoed:
    """The numbers of a figure's echoes.

    One number is that of one cell, in one stretch of months, in one replicate. Cells that the fact
    itself never shows have none; where an echo has neither units nor records in a cell, it shows
    nothing and is right.

    Attributes:
        shown: Events that the units of an echo stand for, shape (numbers,).
        errors: How many that is above its records, same shape.
    """

    shown: Ints
    errors: Ints


def echoed(
    release: Release, fact: Fact, filters: Filters, stretches: Stretches, by: Sequence[By]
) -> Echoed:
    """What the echoes of a fact show in the cells of a figure.

    Args:
        release: The open release; one that knows no echoes has none of their tables.
        fact: What is counted.
        filters: What the reader chose.
        stretches: The months that each number counts.
        by: Columns of the fact, parents of its places among them, or groups of their codes.

    Raises:
        KeyError: If the fact has no such column.
    """
    units, echo = _Table(release, fact, fact.id), _Table(release, fact, echo_table(fact))
    groups = [_numbered(units, entry) for entry in by]
    _, keys = _apart(units, units.rows(filters, stretches), by, groups)
    cells = np.unique(keys)
    if not len(cells):
        return Echoed(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    rows, keys = _apart(echo, echo.rows(filters, stretches), by, groups)
    cell = np.minimum(np.searchsorted(cells, keys), len(cells) - 1)
    is_shown = cells[cell] == keys
    rows, cell = rows[is_shown], cell[is_shown]
    stretch = echo.months_since(stretches)[rows] // stretches.months
    replicates = release.replicates(fact.id)
    number = (cell * stretches.number + stretch) * replicates + echo.values("replicate")[rows] - 1
    numbers, sizes = len(cells) * stretches.number * replicates, echo.values("size")[rows]
    return Echoed(_sums(number, np.maximum(sizes, 0), numbers), _sums(number, sizes, numbers))


def _sums(number: Ints, sizes: Ints, numbers: int) -> Ints:
    # Sums of weights are floats; those of events are whole.
    return np.bincount(number, sizes, minlength=numbers).astype(np.int64)


@dataclass(frozen=True)
class _Table:
    """The columns of a table of a release, each read once; a row has its number in the file.

    Attributes:
        release: The release.
        fact: The fact whose units or echoes these are.
        name: Name of the table.
    """

    release: Release
    fact: Fact
    name: str

    def rows(self, filters: Filters, stretches: Stretches) -> Ints:
        """The rows that filters and stretches mean."""
        months = self.months_since(stretches)
        within = (months >= 0) & (months < stretches.span.months)
        return np.flatnonzero(within & self._chosen(filters))

    def months_since(self, stretches: Stretches) -> Ints:
        """Months from the first of the stretches to that of each row."""
        time, first = self.fact.time.name, stretches.span.start.first_day
        return self.values(f"12 * year({time}) + month({time})") - (12 * first.year + first.month)

    def values(self, expression: str) -> Ints:
        """A whole number of each row, shape (rows,)."""

        def made() -> Ints:
            values = np.zeros(self._length, dtype=np.int64)
            for value, rows in self._rows_by(expression):
                values[rows] = value
            return values

        return self._once(expression, made)

    def codes(self, column: str) -> tuple[list[Any], Numbers]:
        """The codes of a column, and the number of each row's own among them, shape (rows,)."""

        def made() -> tuple[list[Any], Numbers]:
            found = self._rows_by(column)
            # A column of a large register is small where its codes are few.
            numbers = np.zeros(self._length, dtype=np.min_scalar_type(len(found)))
            for number, (_, rows) in enumerate(found):
                numbers[rows] = number
            return [code for code, _ in found], numbers

        return self._once(column, made)

    def members(self, column: str) -> dict[str, Flags]:
        """Whether each row has a code of a set, by code, shape (rows,)."""
        return self._once(
            column,
            lambda: {code: self._flags(rows) for code, rows in self._rows_by(f"unnest({column})")},
        )

    def _chosen(self, filters: Filters) -> Flags:
        """Whether filters mean each row, in whatever month."""
        asked = clause(self.fact, filters, self.release.span)
        key = self.name, asked.sql, repr(asked.values)
        chosen = _CHOSEN.get(self.release, key)
        if chosen is None:
            sql = f"SELECT list(rowid) FROM {self.name} WHERE {asked.sql}"  # noqa: S608 -- its own names
            ((rows,),) = self.release.query(sql, asked.values)
            chosen = self._flags(rows or [])
            _CHOSEN.keep(self.release, key, chosen)
        return chosen

    @property
    def _length(self) -> int:
        """One more than the number of the last row."""
        sql = f"SELECT coalesce(max(rowid) + 1, 0) FROM {self.name}"  # noqa: S608 -- as above
        return self._once("", lambda: int(self.release.query(sql)[0][0]))

    def _flags(self, rows: Sequence[int]) -> Flags:
        flags = np.zeros(self._length, dtype=bool)
        flags[rows] = True
        return flags

    def _rows_by(self, expression: str) -> list[tuple[Any, list[int]]]:
        """Each value that an expression has, with its rows."""
        return self.release.query(
            f"""SELECT value, list(number) FROM
            (SELECT {expression} AS value, rowid AS number FROM {self.name}) GROUP BY value"""  # noqa: S608
        )

    def _once(self, what: str, make: Callable[[], _Made]) -> _Made:
        made: _Made = self.release.hold((self.name, what), make)
        return made


#: Rows of the latest filters, by table: each takes a byte a row.
_CHOSEN: Latest[Flags] = Latest(64)


def _numbered(units: _Table, by: By) -> _Groups:
    """A number of each group that the units of a fact have."""
    column = countable(units.fact, column_of(by))
    codes = units.members(column) if is_set(units.fact, column) else units.codes(column)[0]
    return {group: number for number, group in enumerate({group_of(by, code) for code in codes})}


def _apart(
    table: _Table, rows: Ints, by: Sequence[By], groups: Sequence[_Groups]
) -> tuple[Ints, Ints]:
    """Rows by the groups that they are in, once in each; those in no known one are left out.

    Returns:
        The rows, and the number of each one's groups together.
    """
    keys = np.zeros(len(rows), dtype=np.int64)
    for entry, numbers in zip(by, groups, strict=True):
        split = _by_set if is_set(table.fact, column_of(entry)) else _by_code
        kept, number = split(table, rows, entry, numbers)
        rows, keys = rows[kept], keys[kept] * len(numbers) + number
    return rows, keys


def _by_code(table: _Table, rows: Ints, by: By, numbers: _Groups) -> tuple[Ints, Ints]:
    """Which rows have a code of a known group, and the number of it."""
    codes, own = table.codes(column_of(by))
    number = np.array([numbers.get(group_of(by, code), -1) for code in codes], dtype=np.int64)
    number = number[own[rows]]
    kept = np.flatnonzero(number >= 0)
    return kept, number[kept]


def _by_set(table: _Table, rows: Ints, by: By, numbers: _Groups) -> tuple[Ints, Ints]:
    """Which rows have a code of each known group, one after the other, and its number."""
    found = [np.zeros(len(rows), dtype=bool) for _ in numbers]
    for code, flags in table.members(column_of(by)).items():
        number = numbers.get(group_of(by, code))
        if number is not None:
            found[number] |= flags[rows]
    kept = [np.flatnonzero(flags) for flags in found]
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate([none, *kept]), np.repeat(
        np.arange(len(kept)), [len(own) for own in kept]
    )
