"""Caseload: whether files bring what another partner's sources hold, as when a file is misnamed.

Two things tell it. Keys: those of the file, hashed as another partner's would be, that this
partner's records of the same month have. Rows: what a row says, keys apart, that another partner
says as well; what a partner says in several months is common and tells nothing.

Whether two records of two partners tell of one event is asked in ``etl.duplicates``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from dashboard.model.tables import table
from etl.harmonise.keys import key_maker
from etl.intake.incoming_file import Gate, PassedFile, StagedFile
from etl.read import combined
from etl.register.said import MONTH_OF
from etl.settings import OperatorError

#: From so many keys on, or such a part of its rows (but never a single one), a file is refused.
_KEYS, _PART, _ROWS = 5, 5, 2
#: Sorts of rows that describe cases; decisions and voyages are told by several on purpose.
_SORTS = ("incident", "person", "referral")
#: Records of the register with their month and who told of them.
_RECORDS = {
    "incident": "SELECT incident_id AS id, incident_month AS month FROM register.incident",
    "person": "SELECT person_id AS id, incident_month AS month "
    "FROM register.person JOIN register.incident USING (incident_id)",
    "referral": "SELECT referral_id AS id, requested_month AS month FROM register.referral",
}
_NOT_SAID = ("incident_id", "person_id", "referral_id", "partner", "duplicate_of", "class")
_MONTHS = ("report_month", "incident_month", "requested_month", "ended_month")


@dataclass(frozen=True)
class Shared:
    """What a file has in common with one other partner.

    Attributes:
        file: Its name.
        partner: The other partner.
        keys: Keys of the file that the partner's records of the same month have.
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
        """Whether it is too much for chance."""
        return self.keys >= _KEYS or (self.rows >= _ROWS and self.rows * _PART >= self.of)

    @property
    def sentence(self) -> str:
        """It in words."""
        return (
            f"{self.file}: {self.keys} keys and {self.rows} of {self.of} rows are those of "
            f"{self.partner}."
        )


def refuse_shared(
    connection: duckdb.DuckDBPyConnection, files: Sequence[StagedFile], gate: Gate
) -> None:
    """Refuse a staged set that brings another partner's cases.

    Args:
        connection: Has the set staged and the register attached as ``register``.
        files: Those of the set that change the register.
        gate: What they are measured by.

    Raises:
        OperatorError: With what they have in common with whom.
    """
    found = [entry for entry in shared_caseloads(connection, files, gate) if entry.stops]
    if found:
        raise OperatorError(
            "\n".join(
                [
                    *(entry.sentence for entry in found),
                    f"Is it a file of {gate.source.partner}? If another partner keeps the same "
                    "cases as well, load with --shared-caseload and decide `duplicates` after; "
                    "nothing was loaded.",
                ]
            )
        )


def shared_caseloads(
    connection: duckdb.DuckDBPyConnection, files: Sequence[StagedFile], gate: Gate
) -> tuple[Shared, ...]:
    """What staged files have in common with other partners, where it is anything."""
    if gate.source.row not in _SORTS:
        return ()
    rows = connection.execute(
        "SELECT DISTINCT partner FROM register.load WHERE partner <> ? ORDER BY 1",
        [gate.source.partner],
    ).fetchall()
    partners = [str(partner) for (partner,) in rows]
    found: list[Shared] = []
    for file in files if partners else ():
        alike = _rows_alike(connection, file.number, gate)
        for partner in partners:
            keys = _keys_alike(connection, file.passed, gate, partner)
            if keys or partner in alike:
                entry = Shared(file.passed.name, partner, keys, alike.get(partner, 0),
                               file.passed.rows)  # fmt: skip
                found.append(entry)
    return tuple(found)


def _keys_alike(
    connection: duckdb.DuckDBPyConnection, file: PassedFile, gate: Gate, partner: str
) -> int:
    """Keys that would be those of records of the partner, in the same month."""
    sheet, kept, sort = file.read.sheet, file.kept, gate.source.row
    if sheet is None or kept is None:
        return 0
    rows = np.isin(np.array(sheet.rows), np.array(kept.rows))
    cells = combined([sheet.columns[header].rows(rows) for header in gate.source.keys[sort]])
    ids = cells.mapped(key_maker(gate.secret, partner, sort)).cells()
    months = kept.columns[MONTH_OF[sort]].cells()
    answer = connection.execute(
        f"""SELECT count(DISTINCT asked.id) FROM (
            SELECT unnest(?::VARCHAR[]) AS id, unnest(?::DATE[]) AS month
        ) AS asked JOIN ({_RECORDS[sort]}) AS held USING (id, month)""",  # noqa: S608
        [ids, months],
    ).fetchone()
    return int(answer[0]) if answer else 0


def _rows_alike(connection: duckdb.DuckDBPyConnection, number: int, gate: Gate) -> dict[str, int]:
    """Rows of a staged file that say what rows of another partner say, by partner."""
    of_referrals = gate.source.row == "referral"
    said = _said_of_referrals if of_referrals else _said_of_incidents
    mine = f"{'referral' if of_referrals else 'incident'}.file_no = {int(number)}"
    staged, held = said("staged", mine), said("register", "incident.partner <> ?")
    rows = connection.execute(
        f"""WITH arriving AS ({staged}), held AS ({held}), rare AS (
            SELECT partner, plain FROM held GROUP BY ALL HAVING count(DISTINCT month) = 1
        ), coming AS (SELECT said, count(*) AS n FROM arriving GROUP BY ALL)
        SELECT partner, sum(least(coming.n, had.n))::INTEGER FROM coming JOIN (
            SELECT partner, said, count(*) AS n FROM held SEMI JOIN rare USING (partner, plain)
            GROUP BY ALL
        ) AS had USING (said) GROUP BY partner""",  # noqa: S608
        [gate.source.partner],
    ).fetchall()
    return {str(partner): int(count) for partner, count in rows}


def _said_of_incidents(schema: str, condition: str) -> str:
    """SQL of what incidents, with one of their people or none, say: whole, and months apart.

    The class is that of the first decision, since later ones change that of the register.
    """
    together = " AND {0}.file_no = incident.file_no" if schema == "staged" else ""
    names = [name for name in table("incident").names if name not in _NOT_SAID]
    incident = [f"incident.{name}" for name in names]
    plain = [f"incident.{name}" for name in names if name not in _MONTHS]
    person = [f"person.{name}" for name in table("person").names if name not in _NOT_SAID]
    first = (
        "coalesce((SELECT any_value(class) FROM register.classification AS told "
        "WHERE told.person_id = person.person_id AND told.seq = 1), person.class)"
        if schema == "register"
        else "person.class"
    )
    own = ", ".join([*person, first, "places"])
    return f"""
        WITH located AS (
            SELECT incident_id, {"file_no," if schema == "staged" else ""}
                list((place_role, place) ORDER BY place_role, place) AS places
            FROM {schema}.incident_place GROUP BY ALL
        )
        SELECT incident.partner, incident.incident_month AS month,
            hash({", ".join(incident)}, {own}) AS said, hash({", ".join(plain)}, {own}) AS plain
        FROM {schema}.incident AS incident
        LEFT JOIN {schema}.person AS person ON person.incident_id = incident.incident_id
            {together.format("person")}
        LEFT JOIN located ON located.incident_id = incident.incident_id
            {together.format("located")}
        WHERE {condition}"""  # noqa: S608


def _said_of_referrals(schema: str, condition: str) -> str:
    """SQL of what referrals say: whole, and months apart; their people are in the register."""
    names = [name for name in table("referral").names if name not in _NOT_SAID]
    said = [f"referral.{name}" for name in names]
    plain = [f"referral.{name}" for name in names if name not in _MONTHS]
    return f"""
        SELECT incident.partner, referral.requested_month AS month,
            hash({", ".join(said)}) AS said, hash({", ".join(plain)}) AS plain
        FROM {schema}.referral AS referral JOIN register.person AS person USING (person_id)
        JOIN register.incident AS incident USING (incident_id)
        WHERE {condition}"""  # noqa: S608
