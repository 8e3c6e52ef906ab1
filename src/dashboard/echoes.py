"""Echoes: what protection did to the numbers of a figure.

Every figure counts its echoes by its own filters and groups. How an error follows from these stands
in ``analysis.expected_error``; how units themselves are counted stands in ``queries``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.columns import Columns, Ints
from dashboard.filters import Filters
from dashboard.model.counted_by import By
from dashboard.model.facts import Fact
from dashboard.model.release import echo_table
from dashboard.queries import Stretches
from dashboard.release.open_release import Release


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
    units, echo = Columns(release, fact, fact.id), Columns(release, fact, echo_table(fact))
    groups = [units.group_numbers(entry) for entry in by]
    _, keys = units.by_group(units.rows(filters, stretches.span), by, groups)
    cells = np.unique(keys)
    if not len(cells):
        return Echoed(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    rows, keys = echo.by_group(echo.rows(filters, stretches.span), by, groups)
    # The index of each row's cell; a row whose cell no unit is in is left out.
    cell = np.minimum(np.searchsorted(cells, keys), len(cells) - 1)
    is_shown = cells[cell] == keys
    rows, cell = rows[is_shown], cell[is_shown]
    since = echo.months_since(stretches.span.start.first_day)
    stretch = since[rows] // stretches.months
    replicates = release.replicates(fact.id)
    replicate = echo.values("replicate")[rows] - 1
    number = (cell * stretches.number + stretch) * replicates + replicate
    numbers, sizes = len(cells) * stretches.number * replicates, echo.values("size")[rows]
    return Echoed(_sums(number, np.maximum(sizes, 0), numbers), _sums(number, sizes, numbers))


def _sums(indices: Ints, sizes: Ints, length: int) -> Ints:
    """An array of a length that holds at each index the sum of its sizes."""
    # Sums of weights are floats; those of events are whole.
    return np.bincount(indices, sizes, minlength=length).astype(np.int64)
