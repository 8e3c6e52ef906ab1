"""Unmatched: values of a column that its declaration or the gazetteer does not know.

They help the operator to complete a declaration and are for the operator's own screen alone: no
finding, file or log names them. So only those are kept that pass every screen and that several rows
share, which what tells of one person seldom does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.model.screen import screen
from etl.harmonise.cells import Faults
from etl.nearest import nearest
from etl.read import Coded

#: Rows in which a value must stand.
LEAST_ROWS = 3
_RULES = ("unknown_code", "unknown_place", "ambiguous_place", "bad_flag", "other_value")
_LONGEST = 60


@dataclass(frozen=True)
class Unmatched:
    """A value that is not known.

    Attributes:
        column: Header of its column.
        value: The value, normalised.
        rows: Rows that hold it.
        near: The declared value that is most like it, or None.
    """

    column: str
    value: str
    rows: int
    near: str | None


def find_unmatched(
    column: str, cells: Coded[Any], faults: Faults, declared: Sequence[str]
) -> list[Unmatched]:
    """Values of a column that are not known and may be shown, those of most rows first.

    Args:
        column: Its header.
        cells: Its cells, or tuples that each begin with one.
        faults: Rows by their index, with the rule they break.
        declared: Values that the declaration names.
    """
    codes = (cells.codes[index] for index, rule in faults if rule in _RULES)
    counts: Counter[str] = Counter(_text(cells.values[code]) for code in codes)
    return [
        Unmatched(column, value, rows, nearest(value, declared))
        for value, rows in counts.most_common()
        if rows >= LEAST_ROWS and 0 < len(value) <= _LONGEST and screen(value) is None
    ]


def _text(cell: object) -> str:
    """The text of a cell, or of the first of a tuple; '' for a day."""
    first = cell[0] if isinstance(cell, tuple) else cell  # pyright: ignore[reportUnknownVariableType]
    return first if isinstance(first, str) else ""
