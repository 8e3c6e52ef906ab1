"""Due blocks: which they are, and making them, for every fact of a store.

A block is a closed month (a closed quarter for facts of quarters) or the late records of a
calendar quarter. Each is made once in the life of a store. Here facts are walked one by one and
their blocks stored; how the blocks of one fact are made stands in ``walk`` and ``block``, and when
a month may close is decided by whoever publishes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

import duckdb

from dashboard.model.edition import Audience
from dashboard.model.facts import FACTS, Fact
from dashboard.model.periods import Month
from dashboard.model.protection import PUBLIC_FACTOR, is_protected
from etl.memory import give_back
from etl.progress import OnStep
from etl.protect import ledger
from etl.protect.block import Block, BlockKind, closing_turn, late_quarters
from etl.protect.chance import Chance
from etl.protect.coding import Coding, Parents
from etl.protect.history import read_history
from etl.protect.second_process import is_worth, second_process
from etl.protect.task import task_of
from etl.protect.walk import Task
from etl.register.access import number_of_rows


@dataclass(frozen=True)
class Due:
    """A block that is due.

    Attributes:
        fact: Id of the fact.
        period: First day of the month or quarter; of a late block, that of its quarter.
        kind: ``closed`` or ``late``.
    """

    fact: str
    period: date
    kind: BlockKind

    @property
    def block(self) -> tuple[date, BlockKind]:
        """The block within its fact: first day and kind."""
        return self.period, self.kind


@dataclass(frozen=True)
class FactReport:
    """What a closing did with one fact.

    Attributes:
        fact: Id of the fact.
        closed: Blocks that were made, as 2026-09, 2026-Q3 or 2026-Q3 late; a late block that
            took nothing is left out.
        events: Events that the new units stand for.
        units: New units.
        late: Events of periods closed before that wait for a late block.
        few: Events of periods closed just now that wait since they were too few.
    """

    fact: str
    closed: tuple[str, ...]
    events: int
    units: int
    late: int
    few: int


def due_blocks(
    connection: duckdb.DuckDBPyConnection, last_closed: Month, *, after: Month | None = None
) -> tuple[Due, ...]:
    """Blocks that are due, in the order in which they must be closed; all facts.

    A month (or quarter) is due once it is closed and has events. The late block of a quarter
    that is over is due with them, or as soon as anything waits for it.

    Args:
        connection: Has the events as ``events`` and the stored units attached as ``units``.
        last_closed: Last month that is closed.
        after: Retention horizon: periods up to this month are never closed again.
    """
    due = [block for fact in FACTS for block in _due_of(connection, fact, last_closed, after)]
    return tuple(sorted(due, key=_closing_turn))


def _closing_turn(due: Due) -> tuple[Month, bool, int]:
    """Where a block stands in the order of closing; at the same turn by the order of facts."""
    number = [fact.id for fact in FACTS].index(due.fact)
    return (*closing_turn(due.period, due.kind, FACTS[number].grain), number)


def _due_of(
    connection: duckdb.DuckDBPyConnection, fact: Fact, last_closed: Month, after: Month | None
) -> list[Due]:
    """Due blocks of one fact, the closed ones first.

    Late blocks alone are due only if an event waits for one of them.
    """
    last = last_closed if fact.grain == "month" else last_closed.plus(-2)
    periods, waiting = _event_periods(connection, fact, after)
    closed_periods = set(ledger.closed_periods(connection, fact))
    closed = sorted(period for period in periods - closed_periods if Month.of(period) <= last)
    first = min(periods | closed_periods, default=None)
    late = _late_quarters(connection, fact, first, last_closed, after)
    is_awaited = late and any(Month.of(period) <= late[-1].plus(2) for period in waiting)
    if not closed and not is_awaited:
        return []
    return [
        *(Due(fact.id, period, "closed") for period in closed),
        *(Due(fact.id, quarter.first_day, "late") for quarter in late),
    ]


def _event_periods(
    connection: duckdb.DuckDBPyConnection, fact: Fact, after: Month | None
) -> tuple[set[date], set[date]]:
    """Periods after a month that have events of a fact, and those with an event in no block."""
    rows = connection.execute(
        f"""SELECT event.{fact.time.name}, bool_or(ledger.record_key IS NULL)
        FROM events.{fact.id} AS event
        LEFT JOIN units.ledger AS ledger
            ON ledger.fact = ? AND ledger.record_key = event.record_key
        GROUP BY ALL""",  # noqa: S608
        [fact.id],
    ).fetchall()
    counted = [(period, waits) for period, waits in rows if not after or Month.of(period) > after]
    return {period for period, _ in counted}, {period for period, waits in counted if waits}


def _late_quarters(
    connection: duckdb.DuckDBPyConnection,
    fact: Fact,
    first: date | None,
    last_closed: Month,
    after: Month | None,
) -> list[Month]:
    """First months of the quarters from a day on that are over and have no late block yet."""
    if first is None:
        return []
    made_already = {
        row[0]
        for row in connection.execute(
            "SELECT period FROM units.block WHERE fact = ? AND kind = 'late'", [fact.id]
        ).fetchall()
    }
    return [
        quarter
        for quarter in late_quarters(first, last_closed)
        if quarter.first_day not in made_already and (not after or quarter.plus(2) > after)
    ]


def close_due(
    connection: duckdb.DuckDBPyConnection,
    due: Sequence[Due],
    *,
    base: int,
    audience: Audience,
    chance: Chance,
    parents: Parents,
    on_step: OnStep,
    after: Month | None = None,
) -> tuple[FactReport, ...]:
    """Make the units of every due block and store them; one report a fact.

    Args:
        connection: Has the events as ``events`` and the stored units attached as ``units``; for
            the public, the events are those of ``public``. It should be in a transaction.
        due: What ``due_blocks`` found, in its order.
        base: One of ``PERMITTED_BASES``; protected units have the base of their fact.
        audience: The public gets larger units, by ``PUBLIC_FACTOR``; their totals are always
            exact, since they are sums of what the members see already.
        chance: Source of every draw.
        parents: Areas above places.
        on_step: Called with the name of every fact before its blocks are made.
        after: Retention horizon: nothing up to this month counts any more.

    Raises:
        RuntimeError: If a forbidden pair could not be avoided.
    """
    by_fact = {fact.id: [entry for entry in due if entry.fact == fact.id] for fact in FACTS}

    def task_for(fact: Fact) -> Task:
        public = audience == "public"
        history = read_history(connection, fact, parents, public=public, after=after)
        blocks = [entry.block for entry in by_fact[fact.id]]
        unit_base = _base(fact, audience)
        return task_of(history, blocks, base=unit_base, audience=audience, chance=chance)

    reports: list[FactReport] = []
    with closing(_make_blocks(connection, by_fact, task_for)) as protected:
        for fact in FACTS:
            on_step(fact.label)
            due_here = by_fact[fact.id]
            if due_here and not is_protected(base):
                blocks_due = [entry.block for entry in due_here]
                ledger.append_records(connection, fact, blocks_due, after)
            elif due_here:
                coding, blocks = next(protected)
                ledger.append_blocks(connection, fact, blocks, coding, _base(fact, audience))
            reports.append(_report(connection, fact, due_here, after))
    return tuple(reports)


def _make_blocks(
    connection: duckdb.DuckDBPyConnection,
    by_fact: Mapping[str, Sequence[Due]],
    task_for: Callable[[Fact], Task],
) -> Generator[tuple[Coding, Sequence[Block]]]:
    """Make the due blocks of each fact that has any; gives the coding of their rows with them.

    Where there is much to do, all but those of the first are made in a second process: people, who
    are counted in most ways, take about as long as all that follows.
    """
    facts = [fact for fact in FACTS if by_fact[fact.id]]
    #: Of the facts whose tasks were given out so far.
    codings: list[Coding] = []

    def tasks(chosen: Sequence[Fact]) -> Iterator[Task]:
        for fact in chosen:
            task = task_for(fact)
            codings.append(task.history.coding)
            yield task

    if len(facts) < 2 or not is_worth(_unpublished(connection), sum(map(len, by_fact.values()))):
        for task in tasks(facts):
            yield task.history.coding, task.make()
        return
    with second_process(tasks(facts[1:])) as answers:
        first = task_for(facts[0])
        give_back()
        yield first.history.coding, first.make()
        yield from zip(codings, answers, strict=True)


def _unpublished(connection: duckdb.DuckDBPyConnection) -> int:
    """About how many events are in no block yet: all, less the records that the ledger has."""
    events = sum(number_of_rows(connection, f"events.{fact.id}") for fact in FACTS)
    return events - number_of_rows(connection, "units.ledger")


def _base(fact: Fact, audience: Audience) -> int:
    """Smallest size of a protected unit of a fact for an audience."""
    return fact.base * PUBLIC_FACTOR if audience == "public" else fact.base


def _report(
    connection: duckdb.DuckDBPyConnection, fact: Fact, due: Sequence[Due], after: Month | None
) -> FactReport:
    """What the blocks of one fact hold now that they are stored, and what waits."""
    events = units = 0
    names: list[str] = []
    contents = ledger.contents(connection, fact) if due else {}
    for entry in due:
        block_events, block_units = contents.get(entry.block, (0, 0))
        events += block_events
        units += block_units
        if block_units or entry.kind == "closed":
            names.append(_block_name(fact, entry))
    waiting = ledger.waiting(connection, fact, after)
    few = sum(waiting.get(entry.period, 0) for entry in due if entry.kind == "closed")
    late = sum(waiting.values()) - few
    return FactReport(fact.id, tuple(names), events, units, late, few)


def _block_name(fact: Fact, due: Due) -> str:
    """A block as readers know it: 2026-09, 2026-Q3, 2026-Q3 late."""
    month = Month.of(due.period)
    if due.kind == "late":
        return f"{month.quarter} late"
    return month.quarter if fact.grain == "quarter" else str(month)
