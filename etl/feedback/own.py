"""Own: how much of the newest release is a partner's, how late its records came, what they lack.

All of it is about the last twelve months of the release. The partner's own records are counted as
they are, but for those of another event, such as a fire; of all records only the protected total of
the release is used, and the share is coarse.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from dashboard.model.facts import PEOPLE
from dashboard.model.fields import Field
from dashboard.model.periods import Month, Span
from dashboard.model.protection import DAYS_TO_CLOSE
from dashboard.model.tables import PERSON
from etl.events.relations import OF_THE_TWO_CRIMES
from etl.register.access import CONFIG, locked
from etl.release.closing.workbench import with_register
from etl.release.files import newest_readable, release_path
from etl.settings import OperatorError, Settings

_MONTHS = 12
#: Steps of the share in percent, and the fewest people of all of whom one is said.
STEP, FEWEST = 5, 20
#: Fields of people that are no attribute of theirs.
_KEYS = ("person_id", "incident_id", "n")
_OWN = f"""
CREATE OR REPLACE TEMP TABLE own AS
SELECT person.*, incident.incident_month AS month, load.loaded_at
FROM register.person AS person
JOIN register.incident AS incident USING (incident_id)
JOIN register.arrival AS arrival ON arrival.table_name = 'person' AND arrival.key = person.person_id
JOIN register.load AS load USING (load_no)
WHERE load.partner = ? AND incident.incident_month BETWEEN ? AND ?
    AND incident.{OF_THE_TWO_CRIMES}
"""  # noqa: S608


@dataclass(frozen=True)
class Blank:
    """How often a field is empty.

    Attributes:
        field: Its name.
        label: Its label.
        records: Records that do not tell it, or say that it is not known.
    """

    field: str
    label: str
    records: int


@dataclass(frozen=True)
class Feedback:
    """What the operator hands to a partner about the partner's own records.

    Attributes:
        partner: The partner.
        release: Id of the release that its share is of.
        first_month: First month, YYYY-MM.
        last_month: Last month, YYYY-MM.
        people: Its people by month, YYYY-MM; months without any are 0.
        share: Its share of all people in percent, in steps of ``STEP``; None where too few are.
        records: Its records of people.
        late: Those that came, or were corrected, on the day when their month could close or later.
        days: Days from the end of a month within which half of its records came.
        blanks: Fields by how often they are empty, the emptiest first.
    """

    partner: str
    release: str
    first_month: str
    last_month: str
    people: dict[str, int]
    share: int | None
    records: int
    late: int
    days: int
    blanks: tuple[Blank, ...]


def feedback_of(settings: Settings, partner: str) -> Feedback:
    """What to hand to a partner about its own records: its share, how late, what is empty.

    Raises:
        OperatorError: If nothing was published yet, or the partner has no record of these months.
    """
    with locked(settings), with_register(settings) as connection:
        release = newest_readable(settings.releases, offered=True)
        if release is None:
            raise OperatorError("Nothing was published yet; a share is that of a release.")
        span, total = _span_and_total(settings, release)
        ends = (span.start.first_day, span.end.first_day)
        connection.execute(_OWN, [partner, *ends])
        people = _by_month(connection, span)
        if not any(people.values()):
            raise OperatorError(f"{partner} has sent no record of {span.start} to {span.end}.")
        records, late, days = _lateness(connection)
        return Feedback(
            partner=partner,
            release=release,
            first_month=str(span.start),
            last_month=str(span.end),
            people=people,
            share=_coarse(sum(people.values()), total),
            records=records,
            late=late,
            days=days,
            blanks=_blanks(connection),
        )


def _span_and_total(settings: Settings, release: str) -> tuple[Span, int]:
    """The last twelve months of a release, and its protected total of people in them."""
    path = release_path(settings.releases, release)
    with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
        row = connection.execute("SELECT first_month, last_month FROM edition").fetchone()
        assert row is not None  # noqa: S101 - a whole release has one edition
        first, last = map(Month.of, row)
        span = Span(max(first, last.plus(1 - _MONTHS)), last)
        total = connection.execute(
            f"SELECT coalesce(sum(size), 0)::BIGINT FROM {PEOPLE.id} "  # noqa: S608
            f"WHERE {PEOPLE.time.name} BETWEEN ? AND ?",
            [span.start.first_day, span.end.first_day],
        ).fetchone()
    return span, total[0] if total else 0


def _by_month(connection: duckdb.DuckDBPyConnection, span: Span) -> dict[str, int]:
    """Own people of each month of a span, 0 where there are none."""
    rows = connection.execute(
        "SELECT strftime(month, '%Y-%m'), sum(n)::BIGINT FROM own GROUP BY ALL"
    ).fetchall()
    by_month = {str(month): int(people) for month, people in rows}
    return {str(month): by_month.get(str(month), 0) for month in span}


def _lateness(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    """Records, those from the closing of their month on, and the median of days after its end."""
    row = connection.execute(
        """SELECT count(*), count(*) FILTER (days >= ?), greatest(0, median(days))::INTEGER
        FROM (SELECT date_diff('day', last_day(month), loaded_at::DATE) AS days FROM own)""",
        [DAYS_TO_CLOSE],
    ).fetchone()
    assert row is not None  # noqa: S101 - an aggregate has one row
    return int(row[0]), int(row[1]), int(row[2])


def _blanks(connection: duckdb.DuckDBPyConnection) -> tuple[Blank, ...]:
    """How often each field of own records is empty, the emptiest first."""
    fields = [field for field in PERSON.fields if field.name not in _KEYS]
    counts = ", ".join(f"count(*) FILTER ({_is_blank(field)})" for field in fields)
    row = connection.execute(f"SELECT {counts} FROM own").fetchone() or ()  # noqa: S608
    blanks = [
        Blank(field.name, field.label, int(records))
        for field, records in zip(fields, row, strict=True)
    ]
    return tuple(sorted(blanks, key=lambda blank: (-blank.records, blank.label)))


def _is_blank(field: Field) -> str:
    """SQL that says whether a field tells nothing."""
    if field.kind.many:
        return f'coalesce(len("{field.name}"), 0) = 0 OR "{field.name}" = [\'unknown\']'
    if field.codes is not None:
        return f"coalesce(\"{field.name}\", 'unknown') = 'unknown'"
    return f'"{field.name}" IS NULL'


def _coarse(own: int, total: int) -> int | None:
    """A share in percent, in steps of ``STEP``; None where all are too few.

    >>> _coarse(34, 100), _coarse(1, 100), _coarse(120, 100), _coarse(5, 19)
    (35, 0, 100, None)
    """
    if total < FEWEST:
        return None
    return min(100, STEP * ((200 * own + STEP * total) // (2 * STEP * total)))
