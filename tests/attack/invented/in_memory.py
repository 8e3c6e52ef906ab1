"""A register protected in memory: many secrets in the time that one store takes.

Blocks and units are those that a store would make month by month; only the tables are left out.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard.model.facts import PEOPLE
from etl.protect.block import Block, BlockKind, Months, late_quarters, turn
from etl.protect.chance import Chance
from etl.protect.coding import Coding, Parents, Rows
from etl.protect.history import History
from etl.protect.task import task_of
from tests.attack.events import FIRST, Ints
from tests.attack.invented.country import geography
from tests.attack.invented.population import Arriving


def protected(
    told: Arriving, coding: Coding, rows: Rows, months: int, secret: bytes
) -> tuple[Block, ...]:
    """The units of people.

    Args:
        told: When people were identified and when they were told, and by whom.
        coding: How their rows are written.
        rows: The people, shape (people, width).
        months: Months that are closed.
        secret: Secret of the store.
    """
    periods = np.datetime64(FIRST.first_day, "M") + told.events.months
    history = History(
        fact=PEOPLE, coding=coding, parents=Parents(geography().areas),
        keys=np.array([f"{number:08d}" for number in range(len(rows))], dtype=object),
        periods=periods, n=np.ones(len(rows), dtype=np.int64), holders=told.incident, rows=rows,
        published=np.zeros(len(rows), dtype=bool), late_from=_late_from(told),
        reports=np.column_stack([np.arange(len(rows)), told.partner]),
        unit_periods=np.zeros(0, dtype="datetime64[M]"), unit_sizes=np.zeros(0, dtype=np.int64),
        unit_rows=np.zeros((0, coding.width), dtype=np.int32),
    )  # fmt: skip
    task = task_of(history, due(months), base=PEOPLE.base, audience="member", chance=Chance(secret))
    return task.make()


def due(months: int) -> list[tuple[date, BlockKind]]:
    """Every block of so many months in the order of closing."""
    every = [FIRST.plus(month) for month in range(months)]
    closed: list[tuple[date, BlockKind]] = [(month.first_day, "closed") for month in every]
    late = late_quarters(every[0].first_day, every[-1])
    after: list[tuple[date, BlockKind]] = [(quarter.first_day, "late") for quarter in late]
    return sorted(closed + after, key=lambda block: turn(*block, PEOPLE.grain))


def numbers(block: Block) -> Ints:
    """Numbers of the people in a block."""
    return np.array([int(key) for key in block.keys], dtype=np.int64)


def _late_from(told: Arriving) -> Months:
    """Quarter in which late people are told, no time for who is in time."""
    first = np.datetime64(FIRST.first_day, "M")
    late = told.arrival > told.events.months
    return np.where(late, first + told.arrival - told.arrival % 3, np.datetime64("NaT"))
