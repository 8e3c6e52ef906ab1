"""Tables of the register: restricted rows per incident, person, leg, referral, decision, voyage.

Tables and who reads them
=========================
The tables of ``dashboard.model.tables.REGISTER``, column for column, and three of bookkeeping:

``load``      one row per accepted file. ``load_no`` counts up from 1 and is the order of loading;
              it is kept inside the extract, so a rebuilt register has the same numbers.
``arrival``   one row per incident, person, referral, classification and voyage: which load brought
              it and at which row of the file. ``(load_no, row_no)`` is the order of arrival.
              ``key`` is incident_id, person_id, referral_id or voyage_id; for a classification
              ``person_id|seq``.
              Places and legs arrive with their incident or person. ``content`` is a digest of
              what the sender said of the record; a correction replaces record and arrival.
              ``spelling`` is the hash of its key's plain spelling; ``day``, ``day_before`` and
              ``day_after`` are those of the day of an incident and of its neighbours.
              Example::

                  SELECT p.*, a.load_no, a.row_no FROM person p
                  JOIN arrival a ON a.table_name = 'person' AND a.key = p.person_id
``made_with``  one row: the digest of a constant, by which a register is known whose digests
              another version of the database made.

Reading hints for whoever turns the register into facts: a coded field that a source does not
declare is NULL (not asked), while ``unknown`` was asked and not known; a many-valued field that
was not answered is NULL, never an empty list. ``movement.person_id`` is NULL for legs of a whole
incident; a leg without month took that of its incident. ``person.class`` is the class of the
highest ``seq`` once classifications exist.

How a file is opened stands in ``access``, how it is filled in ``replay``.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.model.fields import Kind
from dashboard.model.tables import REGISTER, Table

#: Columns of the tables of bookkeeping; ``made_with`` follows from ``SAMPLE`` below.
LOAD_COLUMNS: tuple[tuple[str, str], ...] = (
    ("load_no", "INTEGER"),
    ("extract", "VARCHAR"),
    ("source", "VARCHAR"),
    ("title", "VARCHAR"),
    ("attribution", "VARCHAR"),
    ("partner", "VARCHAR"),
    ("kind", "VARCHAR"),
    ("row_is", "VARCHAR"),
    ("file_hash", "VARCHAR"),
    ("loaded_at", "TIMESTAMP"),
    ("rows", "INTEGER"),
    ("held", "INTEGER"),
    ("left_out", "INTEGER"),
    ("left_rules", "VARCHAR"),
)
ARRIVAL_COLUMNS: tuple[tuple[str, str], ...] = (
    ("table_name", "VARCHAR"),
    ("key", "VARCHAR"),
    ("load_no", "INTEGER"),
    ("row_no", "INTEGER"),
    ("content", "UBIGINT"),
    ("spelling", "VARCHAR"),
    ("day", "VARCHAR"),
    ("day_before", "VARCHAR"),
    ("day_after", "VARCHAR"),
)

#: Column of the register with the id of a record that can be erased, to its column of wide rows.
KEYS: Mapping[str, str] = {
    f"{sort}_id": f"{sort}.{sort}_id" for sort in ("incident", "person", "referral", "voyage")
}
#: Months of a record, as columns of wide rows without their role or leg.
MONTHS = frozenset(
    f"{entry.name}.{field.name}"
    for entry in REGISTER
    for field in entry.fields
    if field.kind is Kind.MONTH
)

#: Digest of a constant, as the database in use makes it.
SAMPLE = "hash('situation atlas', 1, ['a', NULL])"

#: Tables whose records arrive by themselves, with the expression of their key.
ARRIVALS: Mapping[str, str] = {
    "incident": "incident.incident_id",
    "person": "person.person_id",
    "referral": "referral.referral_id",
    "classification": "classification.person_id || '|' || classification.seq",
    "voyage": "voyage.voyage_id",
}


def create_statements(schema: str = "") -> list[str]:
    """DDL of an empty register, one statement a table; ``schema`` names an attached database."""
    prefix = f"{schema}." if schema else ""
    statements = [f"CREATE TABLE {prefix}{entry.name} ({_columns(entry)})" for entry in REGISTER]
    for name, columns in (("load", LOAD_COLUMNS), ("arrival", ARRIVAL_COLUMNS)):
        listed = ", ".join(f'"{column}" {type_}' for column, type_ in columns)
        statements.append(f"CREATE TABLE {prefix}{name} ({listed})")
    statements.append(f"CREATE TABLE {prefix}made_with AS SELECT {SAMPLE} AS sample")
    return statements


def _columns(entry: Table) -> str:
    """Columns of a table in DDL."""
    return ", ".join(
        f'"{field.name}" {field.kind.sql}{" NOT NULL" if field.required else ""}'
        for field in entry.fields
    )
