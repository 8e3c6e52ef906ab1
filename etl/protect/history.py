"""History: everything known about one fact, as arrays, read from the events and the ledger.

What blocks are made of it stands in ``walk``; the tables it is read from in ``ledger`` and in
``etl.events``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from dashboard.model.facts import Fact
from dashboard.model.periods import Month
from etl.protect.block import Months
from etl.protect.coding import Coding, Parents, Rows, with_areas_above
from etl.protect.fit import Sizes
from etl.protect.reading import as_months, occurring, read_rows

Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class History:
    """Everything known about one fact: its records, and the units stored so far.

    Attributes:
        fact: The fact.
        coding: How its records and units are written.
        parents: Areas above places.
        keys: Keys of the records, sorted, so that the order of loading changes nothing,
            shape (records,).
        periods: Own period of each record, as it is now, shape (records,).
        n: Events each record stands for, shape (records,).
        holders: Number of the holder of each record: its incident, the person where no incident is
            known, shape (records,).
        rows: The records without areas, shape (records, width).
        published: Whether each record already went into a block, shape (records,).
        late_from: Quarter from whose late block on a record may be taken; not a time for one that
            its own closed block may take, shape (records,).
        reports: Pairs of a record's number and a partner's that reported it, shape (reports, 2).
        unit_periods: Period each stored unit stands for, shape (units,).
        unit_sizes: Events each stored unit stands for, shape (units,).
        unit_rows: The stored units, without areas, shape (units, width).
    """

    fact: Fact
    coding: Coding
    parents: Parents
    keys: npt.NDArray[np.object_]
    periods: Months
    n: Sizes
    holders: Numbers
    rows: Rows
    published: Flags
    late_from: Months
    reports: Numbers
    unit_periods: Months
    unit_sizes: Sizes
    unit_rows: Rows


def read_history(
    connection: duckdb.DuckDBPyConnection,
    fact: Fact,
    parents: Parents,
    *,
    public: bool = False,
    after: Month | None = None,
) -> History:
    """The history of a fact.

    Args:
        connection: Has the events as ``events`` and the stored units attached as ``units``.
        fact: The fact.
        parents: Areas above places.
        public: Whether the events are units of the members, of which some are late already.
        after: Retention horizon: what belongs to a month up to it is not read.
    """
    heads = _heads(connection, fact, public=public)
    stored: dict[str, Any] = connection.execute(
        f"SELECT {fact.time.name} AS period, size FROM units.{fact.id} ORDER BY {_UNIT_ORDER}"  # noqa: S608
    ).fetchnumpy()
    periods, unit_periods = as_months(heads["period"]), as_months(stored["period"])
    months = [month.item() for month in np.unique(np.concatenate([periods, unit_periods]))]
    values = with_areas_above(occurring(connection, fact), fact, parents, months)
    coding = Coding(fact, values, parents, months)
    rows = read_rows(connection, coding, f"events.{fact.id}", "record_key")
    _forget_lacking(connection, coding, rows)
    unit_rows = read_rows(connection, coding, f"units.{fact.id}", _UNIT_ORDER)
    retained, retained_units = _later(periods, after), _later(unit_periods, after)
    return History(
        fact=fact,
        coding=coding,
        parents=parents,
        keys=np.asarray(heads["key"], dtype=object)[retained],
        periods=periods[retained],
        n=np.asarray(heads["n"], dtype=np.int64)[retained],
        holders=np.asarray(heads["holder"], dtype=np.intp)[retained],
        rows=rows[retained],
        published=np.asarray(heads["published"], dtype=bool)[retained],
        late_from=as_months(heads["late_from"])[retained],
        reports=_reports(connection, fact, retained),
        unit_periods=unit_periods[retained_units],
        unit_sizes=np.asarray(stored["size"], dtype=np.int64)[retained_units],
        unit_rows=unit_rows[retained_units],
    )


#: Order in which units are read: their blocks, and within a block as in a file.
_UNIT_ORDER = "block_period, block_kind, shuffle"


def _heads(connection: duckdb.DuckDBPyConnection, fact: Fact, *, public: bool) -> dict[str, Any]:
    """Key, period, number of events, holder and state of every record, sorted by key."""
    late = f"""LEFT JOIN (FROM events.late WHERE fact = '{fact.id}') AS late
        ON late.record_key = event.record_key"""
    return connection.execute(
        f"""SELECT event.record_key AS key, event.{fact.time.name} AS period, event.n AS n,
            dense_rank() OVER (ORDER BY event.holder) AS holder,
            ledger.record_key IS NOT NULL AS published,
            {"late.quarter" if public else "NULL::DATE"} AS late_from
        FROM events.{fact.id} AS event
        LEFT JOIN units.ledger AS ledger
            ON ledger.fact = ? AND ledger.record_key = event.record_key
        {late if public else ""}
        ORDER BY event.record_key""",  # noqa: S608
        [fact.id],
    ).fetchnumpy()


def _forget_lacking(connection: duckdb.DuckDBPyConnection, coding: Coding, rows: Rows) -> None:
    """Set dimensions that were added after a record's block to "not recorded", in place."""
    fact = coding.fact
    lacking = connection.execute(
        f"""WITH numbered AS (
            SELECT record_key, row_number() OVER (ORDER BY record_key) - 1 AS record
            FROM events.{fact.id}
        )
        SELECT lack.dimension, list(record)
        FROM units.lack AS lack
        JOIN units.ledger AS ledger USING (fact, period, kind)
        JOIN numbered USING (record_key)
        WHERE lack.fact = ?
        GROUP BY lack.dimension""",  # noqa: S608
        [fact.id],
    ).fetchall()
    for dimension, records in lacking:
        column = coding.columns[dimension]
        for position in column.positions:
            first = position == column.positions[0]
            rows[records, position] = len(column.values) if first else -1


def _reports(connection: duckdb.DuckDBPyConnection, fact: Fact, retained: Flags) -> Numbers:
    """Pairs of a retained record's number and that of a partner that reported it."""
    pairs = connection.execute(
        f"""WITH numbered AS (
            SELECT record_key, row_number() OVER (ORDER BY record_key) - 1 AS record
            FROM events.{fact.id}
        )
        SELECT record, dense_rank() OVER (ORDER BY partner) AS partner
        FROM numbered
        JOIN events.partner AS partner USING (record_key)
        WHERE partner.fact = ?
        ORDER BY ALL""",  # noqa: S608
        [fact.id],
    ).fetchnumpy()
    records = np.asarray(pairs["record"], dtype=np.intp)
    partners = np.asarray(pairs["partner"], dtype=np.intp)
    numbers = np.cumsum(retained) - 1
    return np.column_stack([numbers[records], partners])[retained[records]]


def _later(periods: Months, after: Month | None) -> Flags:
    """Which periods begin after a month; all of them without one."""
    if after is None:
        return np.ones(len(periods), dtype=bool)
    return periods > np.datetime64(after.first_day, "M")
