"""Orders: in which order day and month of a column were read, and whether its days show it.

Days above 12 prove an order; where there are none the column says nothing of it. What a format
declares stands in ``etl.declaration.date_order``, the reading itself in ``days``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from etl.declaration.date_order import order_in_words
from etl.declaration.source import Column
from etl.findings import Finding, Place
from etl.harmonise import days
from etl.read import Cell, Coded

#: Dates that the workbook itself types, whatever order it shows them in.
TYPED: Final = "typed dates of the workbook"
#: Of each sort so many rows must be there before typed dates are taken for exchanged ones.
_SEVERAL = 3
#: The last day that could be a month.
_LAST_MONTH = 12


@dataclass(frozen=True)
class DateOrder:
    """How the dates of one column were read, for one way in which it writes them.

    Attributes:
        column: Header of the column.
        order: day before month, month before day, or ``TYPED``.
        rows: Rows with such a date.
        above: Those whose day is above 12.
    """

    column: str
    order: str
    rows: int
    above: int

    @property
    def is_shown(self) -> bool:
        """Whether the dates themselves show the order."""
        return self.above > 0


def date_orders(column: Column, cells: Coded[tuple[Cell, ...]]) -> tuple[DateOrder, ...]:
    """The orders in which a column writes its dates; those that cannot be mistaken are left out.

    Args:
        column: A column with formats of dates.
        cells: Its cells, together with those of the column joined to it.
    """
    rows_of_cell: list[int] = np.bincount(cells.codes, minlength=len(cells.values)).tolist()
    rows_of, above_of = Counter[str](), Counter[str]()
    for cell, rows in zip(cells.values, rows_of_cell, strict=True):
        order, day = _order(column, cell)
        if order is not None and rows:
            rows_of[order] += rows
            above_of[order] += rows if day > _LAST_MONTH else 0
    orders = sorted(rows_of)
    return tuple(DateOrder(column.header, key, rows_of[key], above_of[key]) for key in orders)


def _order(column: Column, cell: tuple[Cell, ...]) -> tuple[str | None, int]:
    """Order in which a cell writes its day, None if it shows none, and the day of the month."""
    if not isinstance(cell[0], str):
        return TYPED, cell[0].day
    parsed = days.parse_day(column, cell)
    if parsed is None:
        return None, 0
    day, form = parsed
    return order_in_words(form), day.day


def order_findings(orders: Sequence[DateOrder], place: Place) -> list[Finding]:
    """Findings for one column: dates a spreadsheet exchanged, else orders that no day shows."""
    by_order = {entry.order: entry for entry in orders}
    typed = by_order.pop(TYPED, None)
    if typed is not None and any(_is_exchanged(typed, written) for written in by_order.values()):
        return [place.finding("exchanged_dates", column=typed.column)]
    return [
        place.finding(
            "day_order_unseen",
            column=entry.column,
            severity="review",
            detail=f"Taken: {entry.order}, in {entry.rows} rows.",
        )
        for entry in orders
        if not entry.is_shown
    ]


def _is_exchanged(typed: DateOrder, written: DateOrder) -> bool:
    """Whether a spreadsheet typed as dates just what it could read in the other order."""
    return (
        min(typed.rows, written.rows) >= _SEVERAL
        and not typed.is_shown
        and written.above == written.rows
    )
