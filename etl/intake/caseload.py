"""Caseload: whether files bring what another partner's sources hold, as when a file is misnamed.

Two things tell it. Keys: those of the file, hashed as another partner's would be, that this
partner's records of the same month have. Rows: what a row says, keys apart, that another partner
says as well; what a partner says in several months is common and tells nothing.

Whether two records of two partners tell of one event is asked in ``etl.duplicates``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import duckdb
import numpy as np

from etl.harmonise.keys import record_key
from etl.intake.incoming_file import CodedFile, Intake, StagedFile
from etl.read import combined
from etl.register.access import texts_of
from etl.register.content import MONTH_OF, content_fields, content_sql, dated_sql
from etl.settings import OperatorError

#: A file is refused from so many keys on, or where one of so many of its rows, and so many at
#: least, are those of another partner.
_KEYS, _PART, _ROWS = 5, 5, 2
#: Sorts of rows that describe cases; decisions and voyages are told by several on purpose.
_SORTS = ("incident", "person", "referral")
#: End of the names of months: what is said every month is the same but for them.
_MONTH = "month"


@dataclass(frozen=True)
class Shared:
    """What a file has in common with one other partner.

    Attributes:
        file: Its name.
        partner: The other partner.
        keys: Keys of the file that would be those of the partner's records of the same month.
        rows: Rows that say what rows of the partner say.
        of: Rows of the file.
    """

    file: str
    partner: str
    keys: int
    rows: int
    of: int

    @property
    def stops(self) -> bool:
        """Whether it is too much for chance, so that a load is refused."""
        return self.keys >= _KEYS or (self.rows >= _ROWS and self.rows * _PART >= self.of)

    @property
    def sentence(self) -> str:
        """The entry in words."""
        return (
            f"{self.file}: {self.keys} keys and {self.rows} of {self.of} rows are those of "
            f"{self.partner}."
        )


def refuse_shared(
    connection: duckdb.DuckDBPyConnection, files: Sequence[StagedFile], intake: Intake
) -> None:
    """Refuse a staged set that brings another partner's cases.

    Args:
        connection: Has the set staged and the register attached as ``register``.
        files: Those of the set that change the register.
        intake: What they are harmonised with.

    Raises:
        OperatorError: With what they have in common with whom.
    """
    shared = [entry for entry in shared_caseloads(connection, files, intake) if entry.stops]
    if shared:
        advice = (
            f"Is it a file of {intake.source.partner}? If another partner keeps the same cases as "
            "well, load with --shared-caseload and decide `duplicates` after; nothing was loaded."
        )
        raise OperatorError("\n".join([*(entry.sentence for entry in shared), advice]))


def shared_caseloads(
    connection: duckdb.DuckDBPyConnection, files: Sequence[StagedFile], intake: Intake
) -> tuple[Shared, ...]:
    """What staged files have in common with other partners, where it is anything."""
    if intake.source.row not in _SORTS:
        return ()
    others = "SELECT DISTINCT partner FROM register.load WHERE partner <> ? ORDER BY 1"
    partners = texts_of(connection, others, [intake.source.partner])
    shared: list[Shared] = []
    for file in files if partners else ():
        alike = _rows_alike(connection, file.number, intake)
        for partner in partners:
            keys = _keys_alike(connection, file.coded, intake, partner)
            if keys or partner in alike:
                rows = alike.get(partner, 0)
                shared.append(Shared(file.coded.name, partner, keys, rows, of=file.coded.rows))
    return tuple(shared)


def _keys_alike(
    connection: duckdb.DuckDBPyConnection, file: CodedFile, intake: Intake, partner: str
) -> int:
    """Number of keys that would be those of records of the partner, in the same month."""
    sheet, harmonised, sort = file.original.sheet, file.content, intake.source.row
    if sheet is None or harmonised is None:
        return 0
    rows = np.isin(np.array(sheet.rows), np.array(harmonised.rows))
    cells = combined([sheet.columns[header].rows(rows) for header in intake.source.keys[sort]])
    ids = cells.mapped(partial(record_key, intake.secret, partner, sort)).cells()
    months = harmonised.columns[MONTH_OF[sort]].cells()
    row = connection.execute(
        f"""SELECT count(DISTINCT asked.key) FROM (
            SELECT unnest(?::VARCHAR[]) AS key, unnest(?::DATE[]) AS month
        ) AS asked JOIN ({dated_sql(sort)}) AS held USING (key, month)""",  # noqa: S608
        [ids, months],
    ).fetchone()
    return int(row[0]) if row else 0


def _rows_alike(
    connection: duckdb.DuckDBPyConnection, number: int, intake: Intake
) -> dict[str, int]:
    """Other partners, each with how many rows of a staged file say what rows of theirs say.

    What a partner says in several months is common, and left out.
    """
    sort = intake.source.row
    fields = content_fields(sort)
    all_fields, undated = (
        ", ".join(f'"{name}"' for name in names)
        for names in (fields, [name for name in fields if not name.endswith(_MONTH)])
    )
    rows = connection.execute(
        f"""WITH arriving AS (
            SELECT hash({all_fields}) AS said FROM ({content_sql(sort, "staged")}) WHERE file_no = ?
        ), held AS (
            SELECT load.partner, month, hash({all_fields}) AS said, hash({undated}) AS plain
            FROM ({content_sql(sort, "register")}) AS told
            JOIN register.arrival AS arrival ON arrival.table_name = ? AND arrival.key = told.key
            JOIN register.load AS load USING (load_no) WHERE load.partner <> ?
        ), rare AS (
            SELECT partner, plain FROM held GROUP BY ALL HAVING count(DISTINCT month) = 1
        ), coming AS (SELECT said, count(*) AS n FROM arriving GROUP BY ALL)
        SELECT partner, sum(least(coming.n, had.n))::INTEGER FROM coming JOIN (
            SELECT partner, said, count(*) AS n FROM held SEMI JOIN rare USING (partner, plain)
            GROUP BY ALL
        ) AS had USING (said) GROUP BY partner""",  # noqa: S608
        [number, sort, intake.source.partner],
    ).fetchall()
    return {str(partner): int(count) for partner, count in rows}
