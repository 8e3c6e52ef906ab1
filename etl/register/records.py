"""Records by their keys: which are new, which correct what the register holds, which say the same.

A record is an incident with its places and the legs of the whole incident, a person with the
person's legs, a referral, a decision, or a row of voyages. It is replaced as a whole, so what it
says is compared as a whole, by a digest that the register keeps with its arrival: later decisions
change the class of a person in the register, and a pair of duplicates an incident, without a word
of the sender. The digest is the database's own hash, which another version of it may compute
otherwise; a register of such a version is told by its ``made_with`` and built again.

Which source may correct which record is a rule of ``etl.rules``.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from dashboard.model.tables import table
from etl.register.access import number_of_rows
from etl.register.tables import ARRIVALS

#: What else belongs to a record: table, condition on its rows.
_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "incident": (("incident_place", "true"), ("movement", "person_id IS NULL")),
    "person": (("movement", "person_id IS NOT NULL"),),
}

CREATE_RECORD = """
CREATE TABLE staged.record (
    table_name VARCHAR, key VARCHAR, content UBIGINT, file_no INTEGER, row_no INTEGER,
    spelling VARCHAR, day VARCHAR, day_before VARCHAR, day_after VARCHAR
)
"""
#: Views of what the register will still hold once the staged records are taken up.
_UNREPLACED = (
    "CREATE SCHEMA held",
    "CREATE VIEW held.person AS FROM register.person ANTI JOIN staged.person USING (person_id)",
    """CREATE VIEW held.classification AS
    FROM register.classification ANTI JOIN staged.classification USING (person_id, seq)""",
    """CREATE VIEW held.movement AS
    FROM register.movement m ANTI JOIN staged.person p ON p.person_id = m.person_id
    ANTI JOIN staged.incident i ON i.incident_id = m.incident_id AND m.person_id IS NULL""",
)


def create_unreplaced(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the schema ``held``: the register without what the staged records replace."""
    for statement in _UNREPLACED:
        connection.execute(statement)


def note_records(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``staged.record`` with the key and the digest of every staged record."""
    connection.execute("DELETE FROM staged.record")
    for name, key in ARRIVALS.items():
        parts = [part for part, _ in _PARTS.get(name, ())]
        joined = "".join(f" LEFT JOIN part_{part} USING ({name}_id, file_no)" for part in parts)
        content = ", ".join((_fields(name), *(f"part_{part}.said" for part in parts)))
        with_ = ", ".join(
            f"part_{part} AS (SELECT {name}_id, file_no, "  # noqa: S608
            f"bit_xor(hash({_fields(part)})) AS said "
            f"FROM staged.{part} WHERE {condition} GROUP BY ALL)"
            for part, condition in _PARTS.get(name, ())
        )
        connection.execute(
            f"INSERT INTO staged.record {'WITH ' + with_ if with_ else ''} "  # noqa: S608
            f"SELECT '{name}', {key}, hash({content}), {name}.file_no, {name}.row_no, "
            "spelling, day, day_before, day_after "
            f"FROM staged.{name}{joined} LEFT JOIN staged.linkage AS linkage "
            f"ON linkage.table_name = '{name}' AND linkage.key = {key} "
            f"AND linkage.file_no = {name}.file_no WHERE {key} IS NOT NULL"
        )


def _fields(name: str) -> str:
    """SQL of all fields of a table."""
    return ", ".join(f'{name}."{field}"' for field in table(name).names)


@dataclass(frozen=True)
class RowCounts:
    """Rows of one file by what they do to the register.

    Attributes:
        new: Rows whose record the register does not hold.
        corrected: Rows that change a record of the register.
        unchanged: Rows of which every record stands in the register as it is.
    """

    new: int = 0
    corrected: int = 0
    unchanged: int = 0


def count_rows(connection: duckdb.DuckDBPyConnection, row_is: str, file_no: int) -> RowCounts:
    """What the rows of a staged file do to the attached ``register``.

    Args:
        connection: Has the staged tables with their records noted.
        row_is: What a row of the file is.
        file_no: Number of the file.
    """
    incident = (
        "SELECT p.row_no, r.table_name, r.key, r.content FROM staged.person p "
        "JOIN staged.record r ON r.table_name = 'incident' AND r.key = p.incident_id "
        "AND r.file_no = p.file_no WHERE p.file_no = $file"
    )
    states = connection.execute(
        f"""WITH arriving AS (
            SELECT row_no, table_name, key, content FROM staged.record
            WHERE file_no = $file AND (table_name <> 'incident' OR $row_is = 'incident')
            {"UNION ALL " + incident if row_is == "person" else ""}
        ), judged AS (
            SELECT bool_or(arriving.table_name = $row_is AND held.key IS NULL) AS fresh,
                bool_or(held.content IS DISTINCT FROM arriving.content) AS differs
            FROM arriving LEFT JOIN register.arrival held USING (table_name, key)
            GROUP BY arriving.row_no)
        SELECT count(*) FILTER (WHERE fresh), count(*) FILTER (WHERE NOT fresh AND differs),
            count(*) FILTER (WHERE NOT differs)
        FROM judged""",  # noqa: S608
        {"file": file_no, "row_is": row_is},
    ).fetchone()
    return RowCounts(*(int(count) for count in states or ()))


def take_up(connection: duckdb.DuckDBPyConnection, load_no: int, file_no: int) -> None:
    """Move the records of one staged file into the attached ``register``.

    A record that the register holds with another content is replaced by the new one as a whole,
    and its arrival is that of the new one; a record that says the same stays as it is.
    """
    for name, key in ARRIVALS.items():
        connection.execute(
            """CREATE OR REPLACE TEMP TABLE taken AS
            SELECT arriving.* EXCLUDE (table_name, file_no), held.key IS NOT NULL AS known
            FROM staged.record arriving LEFT JOIN register.arrival held USING (table_name, key)
            WHERE table_name = ? AND file_no = ?
                AND held.content IS DISTINCT FROM arriving.content""",
            [name, file_no],
        )
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE replaced AS SELECT key FROM taken WHERE known"
        )
        if number_of_rows(connection, "replaced"):
            for part, condition, owner in _rows_of(name, key):
                connection.execute(
                    f"DELETE FROM register.{part} "  # noqa: S608
                    f"WHERE {condition} AND {owner} IN (FROM replaced)"
                )
            connection.execute(
                "DELETE FROM register.arrival WHERE table_name = ? AND key IN (FROM replaced)",
                [name],
            )
        arriving = f"staged.record WHERE table_name = '{name}' AND file_no = {file_no}"
        all_are_taken = number_of_rows(connection, "taken") == number_of_rows(connection, arriving)
        for part, condition, owner in _rows_of(name, key):
            names = ", ".join(f'"{field}"' for field in table(part).names)
            chosen = "true" if all_are_taken else f"{owner} IN (SELECT key FROM taken)"  # noqa: S608
            connection.execute(
                f"INSERT INTO register.{part} SELECT {names} FROM staged.{part} "  # noqa: S608
                f"WHERE file_no = ? AND {condition} AND {chosen}",
                [file_no],
            )
        connection.execute(
            "INSERT INTO register.arrival SELECT ?, key, ?, row_no, content, "
            "spelling, day, day_before, day_after FROM taken",
            [name, load_no],
        )
    connection.execute("DROP TABLE taken")
    connection.execute("DROP TABLE replaced")


def _rows_of(name: str, key: str) -> list[tuple[str, str, str]]:
    """Tables in which a record has rows, each with a condition on rows and the record's key."""
    parts = [(part, condition, f"{name}_id") for part, condition in _PARTS.get(name, ())]
    return [(name, "true", key), *parts]
