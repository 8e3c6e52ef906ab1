"""A register protected in memory: many secrets in the time that one store takes.

Blocks and units are those that a store would make month by month; only the tables are left out.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard.model.facts import PEOPLE, Fact
from etl.protect.block import Block, BlockKind, closing_turn, late_quarters
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
    history = history_of(
        coding, rows, told.events.months, told.arrival, told.incident, told.partner
    )
    task = task_of(history, due(months), base=PEOPLE.base, audience="member", chance=Chance(secret))
    return task.make()


def history_of(
    coding: Coding, rows: Rows, months: Ints, arrival: Ints, incident: Ints, partner: Ints
) -> History:
    """The history of a fact of which nothing was published yet.

    Args:
        coding: How its rows are written.
        rows: The records, shape (records, width).
        months: Month of each.
        arrival: Month in which each is told; no later one for who is in time.
        incident: Number of its incident.
        partner: Number of the partner that tells it.
    """
    count, first = len(rows), np.datetime64(FIRST.first_day, "M")
    quarter = first + arrival - arrival % 3
    return History(
        fact=coding.fact, coding=coding, parents=Parents(geography().areas),
        keys=np.array([f"{number:08d}" for number in range(count)], dtype=object),
        periods=first + months, n=np.ones(count, dtype=np.int64), holders=incident, rows=rows,
        published=np.zeros(count, dtype=bool),
        late_from=np.where(arrival > months, quarter, np.datetime64("NaT")),
        reports=np.column_stack([np.arange(count), partner]),
        unit_periods=np.zeros(0, dtype="datetime64[M]"), unit_sizes=np.zeros(0, dtype=np.int64),
        unit_rows=np.zeros((0, coding.width), dtype=np.int32),
    )  # fmt: skip


def due(months: int, fact: Fact = PEOPLE) -> list[tuple[date, BlockKind]]:
    """Every block of so many months in the order of closing."""
    every = [FIRST.plus(month) for month in range(months)]
    closed: list[tuple[date, BlockKind]] = [(month.first_day, "closed") for month in every]
    late = late_quarters(every[0].first_day, every[-1])
    after: list[tuple[date, BlockKind]] = [(quarter.first_day, "late") for quarter in late]
    return sorted(closed + after, key=lambda block: closing_turn(*block, fact.grain))


def numbers(block: Block) -> Ints:
    """Numbers of the people in a block."""
    return np.array([int(key) for key in block.keys], dtype=np.int64)
