"""Association: how strongly two attributes depend on each other in a table of units.

Which pairs of attributes units are fitted to stands in ``dashboard.model.pairs``.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt


def association(table: npt.NDArray[np.integer[Any]], unit: int) -> float:
    """Cramer's V corrected for chance (Bergsma 2013), from 0 to 1.

    Args:
        table: Events of each value of one attribute with each of the other, shape (values, others).
        unit: Events in a unit, which together count as one observation.

    >>> association(np.array([[50, 0], [0, 50]]), 5), association(np.full((2, 2), 25), 5)
    (1.0, 0.0)
    >>> round(association(np.array([[40, 10], [10, 40]]), 5), 2)
    0.57
    """
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    events, degrees = table.sum(), table.sum() / unit - 1
    if min(table.shape, default=0) < 2 or degrees <= 0:  # noqa: PLR2004
        return 0.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / events
    squares = float(((table - expected) ** 2 / expected).sum() / events)
    rows, columns = (size - 1 - (size - 1) ** 2 / degrees for size in table.shape)
    by_chance = (table.shape[0] - 1) * (table.shape[1] - 1) / degrees
    if min(rows, columns) <= 0 or squares <= by_chance:
        return 0.0
    return min(1.0, float(np.sqrt((squares - by_chance) / min(rows, columns))))


def beyond_share(cell: int, row: int, column: int, total: int, unit: int) -> float:
    """How far a cell is from its share of row and column, in standard errors of drawn units.

    Where two attributes are not fitted together a unit draws each by itself, so that a cell varies
    about its share as sums of such units do. Negative below it, 0 where it is less than two units
    off: in a cell with next to no share, one unit would be many of its errors.

    Args:
        cell: Events of the cell.
        row: All events of its row.
        column: All events of its column.
        total: All events.
        unit: Events in a unit.

    >>> round(beyond_share(40, 100, 100, 1000, 5), 2), beyond_share(9, 1, 100, 1000, 5)
    (4.71, 0.0)
    """
    expected = row * column / total if total else 0.0
    if abs(cell - expected) < 2 * unit:
        return 0.0
    spread = sqrt(unit * expected * (1 - row / total) * (1 - column / total))
    return (cell - expected) / spread if spread else 0.0
