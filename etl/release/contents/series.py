"""Series: what this edition and earlier ones showed of their latest months, in the whole country.

From what later editions added to a month follows how complete a young one is. An edition holds the
sums of its own units and carries over those of the edition before. Before the first edition there
is nothing to carry; how late records were reported stands in for it, in steps so coarse and under
such conditions that no partner's number can be read off. Units and closing do not belong here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import duckdb
import numpy as np
import numpy.typing as npt

from dashboard.model.facts import INCIDENTS, MONTHLY_FACTS, PEOPLE
from dashboard.model.periods import Month, Span
from dashboard.model.protection import DAYS_TO_CLOSE
from etl.register.access import CONFIG
from etl.release.contents.partner_share import Reports
from etl.release.files import ask_release

Ints = npt.NDArray[np.int64]
#: A row of the contract's table ``edition_series``: fact, edition, month, size.
SeriesRow = tuple[str, date, date, int]
_EDITION = 1
#: Month to the size that is shown of it, for one fact.
Sums = Mapping[Month, int]

#: Latest months of which an edition keeps its sums, and months back from the newest edition whose
#: editions are kept.
AGES, EDITIONS = 15, 36
#: Facts whose records say when they were reported; a referral does not.
DATED = (PEOPLE, INCIDENTS)
#: Steps of a share, and how many in ten records must say when they were reported.
_STEPS, _DATED_OF_TEN = 20, 9
_DAYS = 30
_WITHHELD = -1


@dataclass(frozen=True)
class Lateness:
    """When the published records of a fact were reported.

    Attributes:
        first: Month of the first row and of the first column.
        reported: Records by their own month and that of the report, shape (months, months + 1):
            reports before the first month stand in its column, those after the last in the next.
        undated: Records that say no month of report, shape (months,).
        is_reliable: Months whose records no partner's number can be read off, shape (months,).
    """

    first: Month
    reported: Ints
    undated: Ints
    is_reliable: npt.NDArray[np.bool_]


def read_lateness(
    connection: duckdb.DuckDBPyConnection, fact_id: str, reports: Reports, base: int
) -> Lateness:
    """When the published records of a fact were reported, the first report where there are two.

    Args:
        connection: Has the register as ``register``, its events as ``events`` and the stored units
            as ``units``.
        fact_id: One of ``DATED``, whose events have their incident as holder.
        reports: Who reported them.
        base: Smallest size of a unit.
    """
    months = reports.whole.shape[1]
    rows = connection.execute(
        f"""WITH report AS (
            SELECT coalesce(duplicate_of, incident_id) AS holder, min(report_month) AS reported
            FROM register.incident GROUP BY ALL
        )
        SELECT event.month, report.reported, sum(event.n)::BIGINT
        FROM events.{fact_id} AS event
        JOIN units.ledger AS ledger
            ON ledger.fact = $fact AND ledger.record_key = event.record_key
        LEFT JOIN report USING (holder)
        WHERE event.month BETWEEN $first AND $last
        GROUP BY ALL""",  # noqa: S608
        {
            "fact": fact_id,
            "first": reports.first.first_day,
            "last": reports.first.plus(months - 1).first_day,
        },
    ).fetchall()
    reported = np.zeros((months, months + 1), dtype=np.int64)
    undated = np.zeros(months, dtype=np.int64)
    for day, report_day, events in cast("list[tuple[date, date | None, int]]", rows):
        row = Month.of(day).minus(reports.first)
        if report_day is None:
            undated[row] += events
        else:
            column = min(max(Month.of(report_day).minus(reports.first), 0), months)
            reported[row, column] += events
    is_reliable = np.array([reports.hide_partners(at, at + 1, base) for at in range(months)], bool)
    return Lateness(reports.first, reported, undated, is_reliable)


def shares_reported(lateness: Lateness) -> Ints:
    """Share of a month's records that was reported when an edition closed, in twentieths.

    A month closes some days after its end, so that part of the records that were reported in the
    month after it counts.

    Returns:
        By month of the edition and month of the records, shape (months, months); -1 where no share
        may be shown, since too few partners stand behind the month or too few reports are dated.
    """
    reported = lateness.reported
    dated = reported.sum(axis=1)
    days = _DAYS * reported.cumsum(axis=1)[:, :-1] + DAYS_TO_CLOSE * reported[:, 1:]
    all_days = np.maximum(_DAYS * dated, 1)[:, None]
    steps = (2 * _STEPS * days + all_days) // (2 * all_days)
    has_dates = 10 * dated >= _DATED_OF_TEN * (dated + lateness.undated)
    may_be_shown = lateness.is_reliable & has_dates & (dated > 0)
    return np.where(may_be_shown[:, None], steps, _WITHHELD).T


def pseudo_rows(fact_id: str, lateness: Lateness, sums: Sums, last: Month) -> list[SeriesRow]:
    """What editions before the first would have shown, by when records were reported.

    Args:
        fact_id: The fact.
        lateness: When its records were reported.
        sums: What the first edition shows of its months.
        last: Last month of the first edition.
    """
    steps = shares_reported(lateness)
    return [
        (fact_id, edition.first_day, month.first_day, in_steps(sums.get(month, 0), int(step)))
        for edition, month in _earlier_editions(last)
        if month >= lateness.first
        and (step := steps[edition.minus(lateness.first), month.minus(lateness.first)]) != _WITHHELD
    ]


def scaled_rows(
    rows: Iterable[SeriesRow], members: Mapping[str, Sums], public: Mapping[str, Sums], last: Month
) -> list[SeriesRow]:
    """What earlier editions for the public would have shown, by what those of the members did.

    Args:
        rows: Rows of the members' release.
        members: What that release shows, by fact.
        public: What the first edition for the public shows, by fact.
        last: Last month of that edition.
    """
    sizes = {(fact, Month.of(day), Month.of(month)): size for fact, day, month, size in rows}
    scaled: list[SeriesRow] = []
    for fact, whole in members.items():
        for edition, month in _earlier_editions(last):
            size = sizes.get((fact, edition, month))
            if size is not None and whole.get(month) and month in public[fact]:
                step = (2 * _STEPS * size + whole[month]) // (2 * whole[month])
                shown = in_steps(public[fact][month], step)
                scaled.append((fact, edition.first_day, month.first_day, shown))
    return scaled


def in_steps(total: int, step: int) -> int:
    """So many twentieths of a total, rounded to a whole number.

    >>> in_steps(49, 20), in_steps(49, 17), in_steps(10, 1)
    (49, 42, 1)
    """
    return (2 * total * step + _STEPS) // (2 * _STEPS)


def _earlier_editions(last: Month) -> list[tuple[Month, Month]]:
    """Pairs of an earlier edition whose rows are kept, and one of the months that it shows."""
    return [
        (edition, month)
        for edition in Span(last.plus(-EDITIONS), last.plus(-1))
        for month in Span.last(AGES, until=edition)
    ]


def own_rows(sums: Mapping[str, Sums], span: Span) -> list[SeriesRow]:
    """What an edition of some months shows of its latest; nothing of a fact that it does not hold.

    Args:
        sums: Sums of units by fact and month.
        span: Months of the edition.
    """
    latest = Span(max(span.start, span.end.plus(1 - AGES)), span.end)
    return [
        (fact, span.end.first_day, month.first_day, months.get(month, 0))
        for fact, months in sums.items()
        if months
        for month in latest
    ]


def carried_rows(
    own: Iterable[SeriesRow], earlier: Iterable[SeriesRow], last: Month
) -> list[SeriesRow]:
    """Rows of an edition: its own, and those of editions of the ``EDITIONS`` months before it.

    Args:
        own: Rows that it shows itself.
        earlier: Rows of the edition before, its own and those that it carried.
        last: Last month of the edition, which names it.
    """
    first_day, last_day = last.plus(-EDITIONS).first_day, last.plus(-1).first_day
    return sorted([*own, *(row for row in earlier if first_day <= row[_EDITION] <= last_day)])


def published_sums(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, Sums]:
    """Sums of the units of monthly facts that partners report.

    Args:
        connection: Has the units.
        schema: Where they are: ``units``, or ``main`` of a release that was opened.
    """
    sums: dict[str, Sums] = {}
    for fact in MONTHLY_FACTS:
        rows = connection.execute(
            f"SELECT month, sum(size)::BIGINT FROM {schema}.{fact.id} GROUP BY month ORDER BY month"  # noqa: S608
        ).fetchall()
        sums[fact.id] = {Month.of(day): int(size) for day, size in rows}
    return sums


def released_series(path: Path) -> list[SeriesRow]:
    """Rows of a release of this version: of itself and of editions before it."""
    return ask_release(path, "SELECT fact, edition, month, size FROM edition_series")


def released_sums(path: Path) -> dict[str, Sums]:
    """What a release shows of each month, by fact."""
    with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
        return published_sums(connection, "main")
