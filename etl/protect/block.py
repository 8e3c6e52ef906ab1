"""Block: what it is, the sizes of its units and the months that they stand for.

Which values its units may take stands in ``donors``; in which order blocks are made, and what they
are fitted against, in ``walk``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from dashboard.model.periods import Grain, Month
from etl.protect.coding import Rows
from etl.protect.fit import Sizes

BlockKind = Literal["closed", "late"]
Months = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Block:
    """A block that was made.

    Attributes:
        period: First day; of a late block, that of its quarter.
        kind: closed or late.
        exact: Whether its sizes sum to the number of its events for certain.
        keys: Keys of the records in it; empty where they were too few.
        months: First day of the period each unit stands for, shape (units,).
        rows: The units, shape (units, width).
        sizes: Events each unit stands for, shape (units,).
        order: Random numbers that decide the units' order in a file, shape (units,).
    """

    period: date
    kind: BlockKind
    exact: bool
    keys: Sequence[str]
    months: Months
    rows: Rows
    sizes: Sizes
    order: npt.NDArray[np.uint64]

    @property
    def n(self) -> int:
        """Events that its units stand for."""
        return int(self.sizes.sum())


def closing_turn(period: date, kind: BlockKind, grain: Grain) -> tuple[Month, bool]:
    """Month after which a block is made, and whether it is late: its place in the order of closing.

    Late blocks come right after the closed ones of their quarter's last month.

    >>> closing_turn(date(2026, 7, 1), "late", "month")
    (Month(year=2026, month=9), True)
    """
    is_quarter = kind == "late" or grain == "quarter"
    return Month.of(period).plus(2 if is_quarter else 0), kind == "late"


def day_of(month: np.datetime64) -> date:
    """First day of a month."""
    day: date = month.astype("datetime64[D]").item()
    return day


def late_quarters(first: date, last: Month) -> list[Month]:
    """First month of each quarter that ends between a day and a month: each has a late block.

    Args:
        first: Day in the first of these quarters.
        last: Month by whose end the last of them is over.

    >>> [str(quarter) for quarter in late_quarters(date(2026, 2, 1), Month(2026, 8))]
    ['2026-01', '2026-04']
    """
    start = Month.of(first).quarter_start
    return [start.plus(step) for step in range(0, last.minus(start) - 1, 3)]


def unit_sizes(n: int, base: int, generator: np.random.Generator) -> Sizes:
    """Sizes n//k and n//k + 1 of the k = n//base units that n events make, shuffled.

    Raises:
        ValueError: If there are fewer events than the base.
    """
    units = n // base
    if units == 0:
        raise ValueError("a block needs at least as many events as its base")
    sizes = np.full(units, n // units, dtype=np.int64)
    sizes[: n % units] += 1
    return generator.permutation(sizes)


def months_of_units(sizes: Sizes, months: Months, lacking: Sizes) -> Months:
    """The month each unit stands for: the largest units first, each where most is missing.

    Args:
        sizes: Events each unit stands for, shape (units,).
        months: Months to choose from, in order, shape (months,).
        lacking: Events of each month that its units do not stand for yet, same shape.
    """
    missing = lacking.copy()
    chosen = np.empty(len(sizes), dtype=np.intp)
    for unit in np.argsort(-sizes, kind="stable").tolist():
        chosen[unit] = missing.argmax()
        missing[chosen[unit]] -= sizes[unit]
    return months[chosen]
