"""Columns: the units of a release and their echoes as numbers in memory, and rows by filters.

A page counts the same few thousand rows some twenty times by other columns; as statements that took
half of the time of an answer. A column comes from the open release when it is first needed. What is
counted of these rows stands in ``queries``, what their echoes tell in ``echoes``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from dashboard.filters import Condition, Filters, conditions
from dashboard.model.counted_by import By, column_of, countable, counted_column, group_of, splits
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.release.cached import Latest
from dashboard.release.open_release import Release

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_Numbers = npt.NDArray[np.unsignedinteger[Any]]
#: A number of each group, from 0 on.
Groups = dict[Hashable, int]
_Result = TypeVar("_Result")
#: The code of a question that was asked and not answered.
_UNKNOWN = "unknown"
#: Numbers of groups are whole numbers of 64 bits.
_MOST_KEYS = 2**62


@dataclass(frozen=True)
class Columns:
    """The columns of a table of a release, each read once; rows go by their ``rowid`` in the file.

    Attributes:
        release: The release.
        fact: The fact whose units or echoes these are.
        name: Name of the table.
    """

    release: Release
    fact: Fact
    name: str

    def rows(self, filters: Filters, span: Span) -> Ints:
        """Numbers of the rows that filters choose in a span, widened to whole periods."""
        whole = span.snapped(self.fact.grain)
        months = self.months_since(whole.start.first_day)
        within = (months >= 0) & (months < whole.months)
        return np.flatnonzero(within & self._chosen(filters))

    def months_since(self, first: date) -> Ints:
        """How many months each row is after the month of ``first``, shape (rows,)."""
        time = self.fact.time.name
        return self.values(f"12 * year({time}) + month({time})") - (12 * first.year + first.month)

    def values(self, expression: str) -> Ints:
        """The whole number that an SQL expression has in each row, shape (rows,)."""

        def read() -> Ints:
            values = np.zeros(self._length, dtype=np.int64)
            for value, rows in self._rows_by(expression):
                values[rows] = value
            return values

        return self._once(expression, read)

    def answered(self, column: str) -> Flags:
        """Whether each row has an answer in a column, shape (rows,). "Unknown" is none.

        Raises:
            KeyError: If the fact has no such column.
        """

        def read() -> Flags:
            if self.fact.is_set(column):
                members = self._members(column).items()
                answers = [flags for code, flags in members if code != _UNKNOWN]
                return np.any([np.zeros(self._length, dtype=bool), *answers], axis=0)
            codes, index = self._codes(column)
            return np.array([code not in (None, _UNKNOWN) for code in codes], dtype=bool)[index]

        return self._once(f"answered {countable(self.fact, column)}", read)

    def group_numbers(self, by: By) -> Groups:
        """Numbers from 0 on for the groups of a column that occur in the table.

        Raises:
            KeyError: If the fact has no such column.
        """
        column = counted_column(self.fact, by)
        codes = self._members(column) if splits(self.fact, by) else self._codes(column)[0]
        groups = dict.fromkeys(group_of(by, code) for code in codes)
        return {group: number for number, group in enumerate(groups)}

    def by_group(self, rows: Ints, by: Sequence[By], groups: Sequence[Groups]) -> tuple[Ints, Ints]:
        """Rows with the groups that they are in, once for each; those in no known one are left out.

        Args:
            rows: Numbers of rows.
            by: Columns of the fact, groups of their codes, or whole sets.
            groups: The known groups of each.

        Returns:
            Numbers of rows, and for each one a whole number whose digits are the numbers of its
            groups: the last of ``by`` is the lowest digit, each has as many values as groups.

        Raises:
            OverflowError: If there are more combinations of groups than whole numbers.
        """
        if math.prod(len(numbers) for numbers in groups) > _MOST_KEYS:
            raise OverflowError(f"{self.name} by {len(groups)} columns has too many combinations")
        keys = np.zeros(len(rows), dtype=np.int64)
        for entry, numbers in zip(by, groups, strict=True):
            split = self._by_set if splits(self.fact, entry) else self._by_code
            positions, group = split(rows, entry, numbers)
            rows, keys = rows[positions], keys[positions] * len(numbers) + group
        return rows, keys

    def _by_code(self, rows: Ints, by: By, numbers: Groups) -> tuple[Ints, Ints]:
        """Positions in ``rows`` of those with a code of a known group, and that group's number."""
        codes, index = self._codes(column_of(by))
        of_code = np.array([numbers.get(group_of(by, code), -1) for code in codes], dtype=np.int64)
        of_row = of_code[index[rows]]
        positions = np.flatnonzero(of_row >= 0)
        return positions, of_row[positions]

    def _by_set(self, rows: Ints, by: By, numbers: Groups) -> tuple[Ints, Ints]:
        """Positions in ``rows``, once for each known group that a row's set has, and the groups."""
        members = [np.zeros(len(rows), dtype=bool) for _ in numbers]
        for code, flags in self._members(column_of(by)).items():
            number = numbers.get(group_of(by, code))
            if number is not None:
                members[number] |= flags[rows]
        positions = [np.flatnonzero(flags) for flags in members]
        none = np.zeros(0, dtype=np.int64)
        sizes = [len(of_group) for of_group in positions]
        return np.concatenate([none, *positions]), np.repeat(np.arange(len(positions)), sizes)

    def _codes(self, column: str) -> tuple[list[Any], _Numbers]:
        """The codes of a column, and for each row the index of its code among them."""

        def read() -> tuple[list[Any], _Numbers]:
            values = self._rows_by(column)
            # A column of a large register is small where its codes are few.
            numbers = np.zeros(self._length, dtype=np.min_scalar_type(len(values)))
            for number, (_, rows) in enumerate(values):
                numbers[rows] = number
            return [code for code, _ in values], numbers

        return self._once(f"whole {column}", read)

    def _members(self, column: str) -> dict[str, Flags]:
        """By code of a column of sets, whether each row's set has it, shape (rows,)."""
        return self._once(
            column,
            lambda: {
                code: self._flags(rows)
                for code, rows in self._rows_by(f"unnest({column})")
                if code is not None
            },
        )

    def _chosen(self, filters: Filters) -> Flags:
        """Whether filters choose each row, in whatever month."""
        required = conditions(self.fact, filters)

        def read() -> Flags:
            chosen = np.ones(self._length, dtype=bool)
            for condition in required:
                chosen &= self._meets(condition)
            return chosen

        return _CHOSEN.once(self.release, (self.name, required), read)

    def _meets(self, condition: Condition) -> Flags:
        """Whether each row meets a condition; who asks for "unknown" gets what is not recorded too.

        Pages show both as one.
        """
        asked: set[str | None] = {*condition.codes}
        codes = asked | {None} if _UNKNOWN in asked else asked
        meets = np.zeros(self._length, dtype=bool)
        for column in condition.columns:
            if self.fact.is_set(column):
                for code, flags in self._members(column).items():
                    if code in codes:
                        meets |= flags
            else:
                values, index = self._codes(column)
                meets |= np.array([code in codes for code in values], dtype=bool)[index]
        return meets

    @property
    def _length(self) -> int:
        """Length of an array that has a place for the number of every row."""
        sql = f"SELECT coalesce(max(rowid) + 1, 0) FROM {self.name}"  # noqa: S608 -- a table's name
        return self._once("", lambda: int(self.release.query(sql)[0][0]))

    def _flags(self, rows: Sequence[int]) -> Flags:
        """True at the numbers of some rows, shape (rows,)."""
        flags = np.zeros(self._length, dtype=bool)
        flags[rows] = True
        return flags

    def _rows_by(self, expression: str) -> list[tuple[Any, list[int]]]:
        """Each value that an SQL expression has, with the numbers of the rows that have it."""
        return self.release.query(
            f"""SELECT value, list(number) FROM
            (SELECT {expression} AS value, rowid AS number FROM {self.name}) GROUP BY value"""  # noqa: S608
        )

    def _once(self, key: str, make: Callable[[], _Result]) -> _Result:
        """The value of this table under a key: made once, kept while the release is open."""
        value: _Result = self.release.once_forever((self.name, key), make)
        return value


#: Rows of the latest filters, of all tables of a release together: each takes a byte a row.
_CHOSEN: Latest[Flags] = Latest(64)
