"""Columns as their distinct values and, for each row, the position of its value among them.

Most columns of a line list have few distinct values, so what is asked of a value is asked once,
and rows are only arrays of small numbers. What values mean is asked in ``harmonise``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=Hashable)
U = TypeVar("U", bound=Hashable)

Positions = NDArray[np.int32]
Mask = NDArray[np.bool_]

#: Above this the numbers of a combination are numbered anew before the next column.
_LARGEST = 2**62


@dataclass(frozen=True, eq=False)
class Coded(Generic[T]):
    """A column.

    Attributes:
        values: Distinct values; some may stand in no row.
        codes: Position in ``values`` of each row's value, shape (rows,).
    """

    values: list[T]
    codes: Positions

    def __len__(self) -> int:
        return len(self.codes)

    def cells(self) -> list[T]:
        """The value of each row."""
        return [self.values[code] for code in self.codes]

    def mapped(self, answer: Callable[[T], U]) -> Coded[U]:
        """The column of the answers to its values; each distinct value is asked about once."""
        return self.recoded([answer(value) for value in self.values])

    def recoded(self, answers: Sequence[U]) -> Coded[U]:
        """The column with each distinct value replaced by its answer, equal answers joined."""
        joined = coded(answers)
        if len(joined.values) == len(answers):
            return Coded(joined.values, self.codes)
        return Coded(joined.values, joined.codes[self.codes])

    def rows(self, chosen: NDArray[np.intp] | Mask) -> Coded[T]:
        """The column of these rows alone."""
        return Coded(self.values, self.codes[chosen])

    def where(self, holds: Callable[[T], bool]) -> Mask:
        """Which rows have a value for which a condition holds, shape (rows,)."""
        answers = np.fromiter(map(holds, self.values), dtype=np.bool_, count=len(self.values))
        return answers[self.codes]


def coded(cells: Sequence[U]) -> Coded[U]:
    """The column that holds these cells in this order."""
    position_of: defaultdict[U, int] = defaultdict(count().__next__)
    codes = np.fromiter(map(position_of.__getitem__, cells), dtype=np.int32, count=len(cells))
    return Coded(list(position_of), codes)


def constant(value: U, rows: int) -> Coded[U]:
    """A column that holds one value in so many rows."""
    return Coded([value], np.zeros(rows, dtype=np.int32))


def combined(columns: Sequence[Coded[Any]]) -> Coded[tuple[Any, ...]]:
    """The column of the tuples that stand in several columns of equal length."""
    # The tuple of a row is one number, below ``bound``: each column is a digit of it.
    numbers = columns[0].codes.astype(np.int64)
    bound = len(columns[0].values)
    for column in columns[1:]:
        width = max(len(column.values), 1)
        if bound * width > _LARGEST:
            distinct, numbers = np.unique(numbers, return_inverse=True)
            bound = len(distinct)
        numbers = numbers * width + column.codes
        bound *= width
    _, first, codes = np.unique(numbers, return_index=True, return_inverse=True)
    parts = ([column.values[code] for code in column.codes[first]] for column in columns)
    return Coded(list(zip(*parts, strict=True)), codes.astype(np.int32))


def numbers_of(mask: Mask, numbers: Iterable[int]) -> list[int]:
    """Row numbers at which a mask of the rows holds."""
    return [number for number, is_set in zip(numbers, mask, strict=True) if is_set]
