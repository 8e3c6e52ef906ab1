"""Waiting: what came too late for the block of its month, and corrections of what is in one.

How many, of which months, and until when. Nothing of it is shown to readers: counts are exact. How
late records are made into blocks belongs to ``etl.protect``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from dashboard.model.facts import FACTS, Fact
from dashboard.model.periods import Month
from etl.protect import ledger
from etl.protect.due_blocks import Due
from etl.release.closing.months import closes_on, last_closed_month
from etl.release.files import built_at, release_ids
from etl.settings import Settings

#: Records that came since, and whose legs they hold: a person's own, else the whole incident's.
_ARRIVED = """WITH arrived AS (
    SELECT table_name, key FROM register.arrival JOIN register.load USING (load_no)
    WHERE loaded_at > $since
), traveller AS (
    SELECT key AS person_id FROM arrived WHERE table_name = 'person'
    UNION
    SELECT person_id FROM register.person AS person
    WHERE ('incident', incident_id) IN (FROM arrived)
        AND incident_id IN (SELECT incident_id FROM register.movement WHERE person_id IS NULL)
        AND person_id NOT IN (
            SELECT person_id FROM register.movement WHERE person_id IS NOT NULL)
)"""
#: Facts whose records a load can correct, each with what holds of an event whose record came since.
#: An open referral is sent again at each step of its course, which changes no request. So requests
#: count those referrals alone whose end is in a block as well.
_CORRECTED = {
    "incidents": "('incident', record_key) IN (FROM arrived)",
    "people": "('person', record_key) IN (FROM arrived)",
    "legs": "split_part(record_key, '|', 1) IN (FROM traveller)",
    "journeys": "record_key IN (FROM traveller)",
    "requests": """('referral', record_key) IN (FROM arrived) AND record_key IN (
        SELECT record_key FROM units.ledger WHERE fact = 'endings')""",
    "endings": "('referral', record_key) IN (FROM arrived)",
    "reclassifications": "('classification', record_key) IN (FROM arrived)",
}


@dataclass(frozen=True)
class Waiting:
    """What waits of one fact.

    Attributes:
        fact: Its id.
        label: Its label.
        grain: month or quarter.
        due_periods: Periods that can close today.
        late: Events of closed periods that are in no block, by month.
        corrected: Events in a block whose record was corrected since the last publication, by
            month; later blocks absorb the difference.
        until: First day on which the next late block can be made.
        next: Whether the next closing makes it, whatever the day.
    """

    fact: str
    label: str
    grain: str
    due_periods: int
    late: Mapping[str, int]
    corrected: Mapping[str, int]
    until: date
    next: bool

    @property
    def late_events(self) -> int:
        """All late events."""
        return sum(self.late.values())

    @property
    def lines(self) -> tuple[str, ...]:
        """Lines for the operator; none where nothing waits."""
        lines: list[str] = []
        when = "the next `publish`" if self.next else f"{self.until}"
        if self.due_periods or self.late:
            months = f" ({_in_words(self.late)}; until {when})" if self.late else ""
            lines.append(
                f"{self.label}: {self.grain}s to close {self.due_periods}, late records that wait "
                f"{self.late_events}{months}"
            )
        if self.corrected:
            lines.append(
                f"{self.label}: corrections of closed {self.grain}s {sum(self.corrected.values())} "
                f"({_in_words(self.corrected)}); later blocks absorb them, from {when} on"
            )
        return tuple(lines)

    @property
    def as_json(self) -> dict[str, object]:
        """The entry with plain values."""
        return {**vars(self), "late_events": self.late_events, "until": self.until.isoformat()}


def waiting_records(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    due: Sequence[Due],
    after: Month | None,
    today: date,
) -> tuple[Waiting, ...]:
    """What waits of every fact.

    Args:
        connection: A workbench of the members: events, units and the attached register.
        settings: Paths of the store.
        due: Blocks that can be made today.
        after: Retention horizon, or None.
        today: The day.
    """
    published = release_ids(settings.releases)
    until = closes_on(last_closed_month(today).plus(1).quarter_start.plus(2))

    def waiting_of(fact: Fact) -> Waiting:
        corrected: dict[date, int] = {}
        if fact.id in _CORRECTED and published:
            corrected = _corrected_periods(connection, fact, built_at(published[-1]))
        return Waiting(
            fact.id,
            fact.label,
            fact.grain,
            due_periods=sum(entry.fact == fact.id and entry.kind == "closed" for entry in due),
            late=_by_month(ledger.waiting(connection, fact, after)),
            corrected=_by_month(corrected),
            until=until,
            next=any(entry.fact == fact.id and entry.kind == "late" for entry in due),
        )

    return tuple(waiting_of(fact) for fact in FACTS)


def _corrected_periods(
    connection: duckdb.DuckDBPyConnection, fact: Fact, since: datetime
) -> dict[date, int]:
    """Events in a block whose record was corrected by a load after a time (UTC), by period.

    A record in a block was there before that; if it arrived after, it was replaced.
    """
    rows = connection.execute(
        f"""{_ARRIVED}
        SELECT {fact.time.name}, sum(n)::INTEGER FROM events.{fact.id} AS event
        SEMI JOIN units.ledger AS ledger
            ON ledger.fact = $fact AND ledger.record_key = event.record_key
        WHERE {_CORRECTED[fact.id]}
        GROUP BY ALL ORDER BY ALL""",  # noqa: S608
        {"fact": fact.id, "since": since},
    ).fetchall()
    return {period: int(count) for period, count in rows}


def _by_month(periods: Mapping[date, int]) -> dict[str, int]:
    """Counts by period, given by its first day, as counts by month in text, YYYY-MM."""
    return {f"{period:%Y-%m}": count for period, count in periods.items()}


def _in_words(months: Mapping[str, int]) -> str:
    """Months with their counts, divided by commas."""
    return ", ".join(f"{month} {count}" for month, count in months.items())
