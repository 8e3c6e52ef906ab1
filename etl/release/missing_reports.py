"""Missing reports: which sources, declared as monthly, have sent nothing for a month that closes.

A month without a partner's file reads as a month in which little happened. So a closing and a
publication name who is missing, and go on only when the operator says so. Where partners work, and
what readers see of it, stands in ``contents.reporting``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from dashboard.model.periods import Month, Span
from etl.declaration import expected_sources, undeclared
from etl.protect import ledger
from etl.register.connections import attach
from etl.release.closing.workbench import with_register
from etl.settings import OperatorError, Settings

#: Sources or partners with the months of their records, by the month in which these count.
_MONTHS_OF = """
SELECT DISTINCT load.{by}, strftime(month, '%Y-%m') FROM (
    SELECT 'incident' AS table_name, incident_id AS key, incident_month AS month
    FROM register.incident
    UNION ALL SELECT 'referral', referral_id, requested_month FROM register.referral
    UNION ALL SELECT 'classification', person_id || '|' || seq, decided_month
    FROM register.classification
    UNION ALL SELECT 'voyage', voyage_id, month FROM register.voyage
) JOIN register.arrival AS arrival USING (table_name, key)
JOIN register.load AS load USING (load_no)
WHERE load.row_is = table_name OR (load.row_is, table_name) = ('person', 'incident')
"""

NOT_DECLARED = (
    "{} declares none of the sources that this store holds files of, so nobody would be awaited: "
    "set ATLAS_SOURCES to the folder of their declarations."
)


@dataclass(frozen=True)
class Missing:
    """A source that has sent nothing for months that close.

    Attributes:
        source: Name of its declaration.
        partner: Its partner.
        months: The months, YYYY-MM.
    """

    source: str
    partner: str
    months: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The entry in words, without a full stop."""
        return f"{self.partner} ({self.source}) has sent nothing for {', '.join(self.months)}"


def missing_reports(settings: Settings, last: Month) -> tuple[Missing, ...]:
    """Sources without a row in months that are closed up to one; call it under the store's lock.

    Before the first closing that month alone is asked for: history need not be whole.

    Args:
        settings: Paths of the store.
        last: Last month that is to be closed.

    Raises:
        OperatorError: If a declaration cannot be used, or none of real data is there.
    """
    with with_register(settings) as connection:
        loads = connection.execute("SELECT DISTINCT source, kind FROM register.load").fetchall()
        names, kinds = {name for name, _ in loads}, {kind for _, kind in loads}
        if "real" in kinds and undeclared(settings, names) == sorted(names):
            raise OperatorError(NOT_DECLARED.format(settings.sources))
        expected = expected_sources(settings, names)
        if not expected:
            return ()
        due = _months_to_close(connection, settings, last)
        reported = months_reported(connection, "source")
    missing = (
        Missing(source.name, source.partner,
                tuple(month for month in due if (source.name, month) not in reported))
        for source in expected
        if source.kind in kinds
    )  # fmt: skip
    return tuple(entry for entry in missing if entry.months)


def months_reported(
    connection: duckdb.DuckDBPyConnection, by: Literal["source", "partner"]
) -> set[tuple[str, str]]:
    """Sources, or partners, with each month (YYYY-MM) that has a record of theirs.

    Args:
        connection: The register, attached as ``register``.
        by: Whether by source or by partner.
    """
    rows = connection.execute(_MONTHS_OF.format(by=by)).fetchall()
    return {(str(name), str(month)) for name, month in rows}


def _months_to_close(
    connection: duckdb.DuckDBPyConnection, settings: Settings, last: Month
) -> list[str]:
    """Months, YYYY-MM, up to the last one that are not closed yet; at first the last one alone."""
    path = settings.units / ledger.FILE_NAME
    closed = None
    if path.exists():
        attach(connection, path, "units")
        row = connection.execute(
            "SELECT max(period) FROM units.block WHERE kind = 'closed' AND fact = 'incidents'"
        ).fetchone()
        closed = row[0] if row else None
        connection.execute("DETACH units")
    first = last if closed is None else Month.of(closed).plus(1)
    return [str(month) for month in Span(first, last)] if first <= last else []


def require_reports(missing: Sequence[Missing], without: Sequence[str]) -> None:
    """Refuse to go on where somebody is missing whom the operator did not name.

    Args:
        missing: Who is missing.
        without: Partners or sources that the operator goes on without.

    Raises:
        OperatorError: Where one is missing and not named, or named and not missing.
    """
    names = {name for entry in missing for name in (entry.source, entry.partner)}
    if needless := [name for name in without if name not in names]:
        raise OperatorError(f"{needless[0]} is not missing; leave its --without out.")
    unnamed = [entry for entry in missing if not {entry.source, entry.partner} & set(without)]
    if unnamed:
        raise OperatorError(
            "\n".join(
                [
                    *(f"{entry.sentence}." for entry in unnamed),
                    "Load what comes, or go on with "
                    + " ".join(dict.fromkeys(f"--without {entry.partner}" for entry in unnamed))
                    + ".",
                ]
            )
        )
