"""Partner share: how much came from partners that are silent now, and how much from new ones.

Who reports an event is decided in ``etl.events``. Here it becomes two bands a fact and month, which
say whether a rise or a fall may be one of reporting; no number of a partner, no name and
no count of partners leaves this module. A month keeps the bands that it closed with. Only events
that are published count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import cast

import duckdb
import numpy as np
import numpy.typing as npt

from dashboard.model.partner_share import SOME, THIRD, Band
from dashboard.model.periods import Month, Span
from dashboard.model.protection import EXACT_REMAINDER
from etl.protect.partners import hides_partners
from etl.release.files import ask_release

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
#: A row of the contract's table ``partner_share``: fact, month, silent, new.
ShareRow = tuple[str, date, Band, Band]

#: Months before a month that it is held against, and fewest of them.
_WINDOW, _SHORTEST = 36, 12
#: Events that must be missing from a partner for it to be silent: a small one has none in some
#: months.
_MISSED = 3
#: Longest run of months without events inside which a partner still reports.
_QUIET = 3
#: A partner with events in so many first months of the register was there before, too.
_SETTLED = 3
#: Months up to a month whose events decide whether the share of the new may be shown.
_RECENT = 3
#: Shares are sums of fractions: so near is equal.
_NEAR = 1e-9


@dataclass(frozen=True)
class Reports:
    """The published events of a fact by who reported them.

    Attributes:
        first: Month of the first column.
        whole: Events that a partner reported, alone or with others, shape (partners, months).
        parts: The same with each event in equal parts, so that columns sum to their events.
    """

    first: Month
    whole: Ints
    parts: Floats

    @classmethod
    def of(cls, rows: Sequence[tuple[date, str, int, int]], last: Month) -> Reports:
        """Reports of rows: month, partner, how many reported the same events, and these events.

        Args:
            rows: In any order; none after the last month.
            last: Month of the last column.
        """
        first = min((Month.of(day) for day, *_ in rows), default=last)
        number = {name: n for n, name in enumerate(sorted({name for _, name, *_ in rows}))}
        whole = np.zeros((len(number), last.minus(first) + 1), dtype=np.int64)
        parts = np.zeros(whole.shape)
        for day, partner, together, events in sorted(rows):
            cell = number[partner], Month.of(day).minus(first)
            whole[cell] += events
            parts[cell] += events / together
        return cls(first, whole, parts)

    def hide_partners(self, start: int, stop: int, base: int) -> bool:
        """Whether columns from ``start`` to before ``stop`` keep the rule for exact totals."""
        sizes = self.whole[:, start:stop].sum(axis=1)
        total = round(float(self.parts[:, start:stop].sum()))
        return hides_partners(sizes[sizes > 0], total, base)


def read_reports(
    connection: duckdb.DuckDBPyConnection, fact_id: str, last: Month, after: Month | None
) -> Reports:
    """The published events of a fact by who reported them.

    Args:
        connection: Has the events as ``events`` and the stored units as ``units``.
        fact_id: A fact of months.
        last: Month of the last column.
        after: Retention horizon, up to which records are gone, or None.
    """
    rows = connection.execute(
        f"""WITH reporter AS (
            SELECT record_key, partner.partner, count(*) OVER (PARTITION BY record_key) AS together
            FROM events.partner AS partner WHERE partner.fact = $fact
        )
        SELECT event.month, reporter.partner, reporter.together, sum(event.n)::BIGINT
        FROM events.{fact_id} AS event
        JOIN reporter USING (record_key)
        JOIN units.ledger AS ledger
            ON ledger.fact = $fact AND ledger.record_key = event.record_key
        WHERE event.month > $after AND event.month <= $last
        GROUP BY ALL""",  # noqa: S608
        {
            "fact": fact_id,
            "after": after.first_day if after else date.min,
            "last": last.first_day,
        },
    ).fetchall()
    return Reports.of(cast("list[tuple[date, str, int, int]]", rows), last)


def silent_share(parts: Floats, column: int) -> float:
    """Share of the months before a month that came from partners that are silent in it.

    Args:
        parts: Events by partner and month, shape (partners, months).
        column: Column of the month.

    >>> silent_share(np.array([[5.0] * 20 + [0], [15.0] * 21]), 20)
    0.25
    """
    start = max(0, column - _WINDOW)
    events = parts[:, start:column].sum(axis=1)
    heard = parts[:, : column + 1] > 0
    #: Months since the last event of each partner, up to this one.
    run = np.where(heard.any(axis=1), np.argmax(heard[:, ::-1], axis=1), column + 1)
    before = column + 1 - run - start
    # As often as it reported up to its last event, it would have had enough events since.
    silent = (run > 0) & (events > 0) & (events * run >= _MISSED * before)
    total = events.sum()
    return float(events[silent].sum() / total) if total else 0.0


def new_share(parts: Floats, column: int) -> float:
    """Share of a month that came from partners that were not there in the months before it.

    Args:
        parts: Events by partner and month, shape (partners, months).
        column: Column of the month, which is not the first.

    >>> new_share(np.array([[0.0] * 20 + [5], [15.0] * 21]), 20)
    0.25
    """
    events = parts[:, column]
    total = events.sum()
    if not total:
        return 0.0
    active = _active(parts[:, : column + 1] > 0)[:, max(0, column - _WINDOW) : column]
    return float((events / total) @ (1 - active.mean(axis=1)))


def _active(heard: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Months with events and short gaps between them, shape (partners, months)."""
    active = heard.copy()
    for heard_row, active_row in zip(heard, active, strict=True):
        months: list[int] = np.flatnonzero(heard_row).tolist()
        if months and months[0] < _SETTLED:
            active_row[: months[0]] = True
        for month, following in pairwise(months):
            if following - month <= _QUIET + 1:
                active_row[month:following] = True
    return active


def bands(reports: Reports, month: Month, base: int) -> tuple[Band, Band]:
    """Bands of how much came from partners silent in a month, and from partners new in it.

    Args:
        reports: Who reported.
        month: The month; where too few are before it, nothing is known of a change.
        base: Smallest size of a unit.
    """
    column = month.minus(reports.first)
    if column < _SHORTEST or not len(reports.parts):
        return "none", "none"
    silent = _band(silent_share(reports.parts, column))
    new = _band(new_share(reports.parts, column))
    if silent != "none" and not reports.hide_partners(max(0, column - _WINDOW), column, base):
        silent = "untold"
    if new != "none" and not (
        reports.hide_partners(column + 1 - _RECENT, column + 1, base)
        and _leaves_enough(new, reports.parts[:, column], base)
    ):
        new = "untold"
    return silent, new


def _leaves_enough(band: Band, events: Floats, base: int) -> bool:
    """Whether a band of the new leaves enough numbers possible, as an exact total must.

    Whoever reported most knows its own events and, where the total is exact, those of all others
    together.
    """
    total, others = float(events.sum()), float(events.sum() - events.max())
    low, high = (SOME, THIRD) if band == "under_third" else (THIRD, 1.0)
    return min(high * total, others) - low * total >= EXACT_REMAINDER * base


def _band(share: float) -> Band:
    """Band of a share from 0 to 1."""
    if share < SOME - _NEAR:
        return "none"
    return "under_third" if share < THIRD - _NEAR else "more"


def share_rows(
    reports: Mapping[str, Reports],
    bases: Mapping[str, int],
    span: Span,
    earlier: Iterable[ShareRow] = (),
) -> list[ShareRow]:
    """Rows of every fact and month: those of the release before stay, others are counted.

    Args:
        reports: Who reported, by fact.
        bases: Smallest size of a unit, by fact.
        span: Months of the release.
        earlier: Rows of the release before.
    """
    rows = {(fact, month): (fact, month, *shares) for fact, month, *shares in earlier}
    return [
        cast("ShareRow", rows.get((fact, month.first_day)))
        or (fact, month.first_day, *bands(own_reports, month, bases[fact]))
        for fact, own_reports in reports.items()
        for month in span
    ]


def released_shares(path: Path) -> list[ShareRow]:
    """Rows of the contract's table in a release of this version."""
    return ask_release(path, "SELECT fact, month, silent, new FROM partner_share")
