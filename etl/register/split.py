"""From wide rows to the register's tables, as SQL over a relation of wide rows.

A wide relation has the text columns that ``harmonise`` makes, and ``file_no`` and ``row_no``. The
same statements build a checked load and rebuild a register from extracts, so they read nothing
but the names and values of the columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import duckdb

from dashboard.model.fields import Field, Kind
from dashboard.model.tables import REGISTER, Table, table
from etl.register.records import CREATE_RECORD

#: Column of a part of a record, such as a place by its role or a leg by its number.
_PART = re.compile(r"(?P<stem>\w+\.\w+)\[(?P<part>\w+)\]")
#: Kinds of records that have keys of their own.
_LINKED = ("incident", "person", "referral", "voyage")


def create_staged(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty staged tables: those of the register, without its demands, with origin.

    ``staged.record`` is filled by ``records``; ``staged.source`` names the source of the files,
    ``staged.linkage`` by what else a record is found.
    """
    connection.execute("CREATE SCHEMA staged")
    for entry in REGISTER:
        columns = ", ".join(f'"{f.name}" {f.kind.sql}' for f in entry.fields)
        connection.execute(
            f"CREATE TABLE staged.{entry.name} ({columns}, file_no INTEGER, row_no INTEGER)"
        )
    connection.execute(CREATE_RECORD)
    connection.execute("CREATE TABLE staged.source (name VARCHAR)")
    connection.execute(
        """CREATE TABLE staged.linkage (table_name VARCHAR, key VARCHAR, file_no INTEGER,
        spelling VARCHAR, day VARCHAR, day_before VARCHAR, day_after VARCHAR)"""
    )


def stage(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: Sequence[str], row_is: str
) -> None:
    """Add the rows of a wide relation to the staged tables.

    Args:
        connection: Has the staged tables and the relation.
        relation: Name of the wide relation.
        columns: Its column names.
        row_is: What one of its rows is, as the source declares.
    """
    for statement in _statements(relation, frozenset(columns), row_is):
        connection.execute(statement)


def _statements(relation: str, columns: frozenset[str], row_is: str) -> list[str]:
    """Statements that fill the staged tables from a wide relation."""
    # Rows that are people repeat what they say of their incident.
    grouped = row_is == "person"
    linked = (kind for kind in _LINKED if f"linkage.{kind}" in columns)
    statements = [_linkage(relation, columns, kind) for kind in linked]
    if row_is in ("incident", "person"):
        statements.append(_incidents(relation, columns, grouped))
        roles = _parts(columns, "incident_place.place")
        statements += [_places(relation, role, grouped) for role in roles]
        statements += [_legs(relation, columns, leg) for leg in _legs_of(columns)]
    for name in ("person", "referral", "classification", "voyage"):
        if row_is == name or (name == "classification" and grouped and _declares(columns, name)):
            statements.append(_records(relation, columns, table(name), row_is))
    return statements


def _declares(columns: frozenset[str], table_name: str) -> bool:
    """Whether any column is of a table."""
    return any(name.startswith(f"{table_name}.") for name in columns)


def _parts(columns: frozenset[str], stem: str) -> list[str]:
    """Parts that some columns have of one stem, such as roles of places."""
    matches = (_PART.fullmatch(name) for name in columns)
    return sorted({match["part"] for match in matches if match and match["stem"] == stem})


def _legs_of(columns: frozenset[str]) -> list[int]:
    """Numbers of the legs that some columns are of."""
    parts = (_PART.fullmatch(name) for name in columns if name.startswith("movement."))
    return sorted({int(part["part"]) for part in parts if part})


def _typed(column: str, field: Field) -> str:
    """A wide text as the type of its field; a column that is not there is NULL."""
    if field.kind is Kind.CODES:
        return f"string_split({column}, ';')"
    return f"CAST({column} AS {field.kind.sql})"


def _quoted(name: str) -> str:
    """A column's name as an identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _incidents(relation: str, columns: frozenset[str], grouped: bool) -> str:
    """SQL that adds incidents; ``grouped`` rows give the first known value of each field."""
    chosen: list[str] = []
    for field in table("incident").fields:
        name = f"incident.{field.name}"
        column = _quoted(name) if name in columns else "NULL"
        if grouped and name in columns and field.name != "incident_id":
            column = f"arg_min({column}, row_no) FILTER (WHERE {column} IS NOT NULL)"
        chosen.append(_typed(column, field))
    row = "min(row_no)" if grouped else "row_no"
    group = ' GROUP BY "incident.incident_id", file_no' if grouped else ""
    return (
        f"INSERT INTO staged.incident SELECT {', '.join(chosen)}, file_no, {row} "  # noqa: S608
        f"FROM {relation}{group}"
    )


def _places(relation: str, role: str, grouped: bool) -> str:
    """SQL that adds the places of one role; ``grouped`` rows give the first one of an incident."""
    place = _quoted(f"incident_place.place[{role}]")
    precision = _quoted(f"incident_place.location_precision[{role}]")
    key = _quoted("incident.incident_id")
    values, group = f"{place}, {precision}, file_no, row_no", ""
    if grouped:
        values = f"arg_min({place}, row_no), arg_min({precision}, row_no), file_no, min(row_no)"
        group = f" GROUP BY {key}, file_no"
    return (
        f"INSERT INTO staged.incident_place SELECT {key}, '{role}', {values} "  # noqa: S608
        f"FROM {relation} WHERE {place} IS NOT NULL{group}"
    )


def _legs(relation: str, columns: frozenset[str], leg: int) -> str:
    """SQL that adds one leg of each row that knows something of it.

    A leg that has constants alone is that of every row.
    """
    chosen: list[str] = []
    recorded: list[str] = []
    for field in table("movement").fields:
        name = f"movement.{field.name}[{leg}]"
        if field.name == "leg_no":
            chosen.append(str(leg))
        elif field.name in ("incident_id", "person_id"):
            owner = f"{field.name.removesuffix('_id')}.{field.name}"
            chosen.append(_quoted(owner) if owner in columns else "NULL")
        else:
            column = _quoted(name) if name in columns else "NULL"
            chosen.append(_typed(column, field))
            if name in columns and field.name not in ("month", "scope"):
                recorded.append(f"{column} IS NOT NULL AND {column} <> 'unknown'")
    any_known = " OR ".join(f"({condition})" for condition in recorded) or "true"
    return (
        f"INSERT INTO staged.movement SELECT {', '.join(chosen)}, file_no, row_no "  # noqa: S608
        f"FROM {relation} WHERE {any_known}"
    )


def _linkage(relation: str, columns: frozenset[str], kind: str) -> str:
    """SQL that adds to ``staged.linkage`` by what else than its key a record of a kind is found.

    The day of an event is that of its first row with a day.
    """
    days = ("linkage.day", "linkage.day_before", "linkage.day_after")
    dated = kind == "incident" and set(days) <= columns
    tells_day = f"FILTER ({_quoted(days[0])} IS NOT NULL)"
    chosen = [f"arg_min({_quoted(name)}, row_no) {tells_day}" if dated else "NULL" for name in days]
    return (
        f"INSERT INTO staged.linkage SELECT '{kind}', {_quoted(f'{kind}.{kind}_id')}, file_no, "  # noqa: S608
        f"min({_quoted(f'linkage.{kind}')}), {', '.join(chosen)} FROM {relation} GROUP BY ALL"
    )


def _records(relation: str, columns: frozenset[str], entry: Table, row_is: str) -> str:
    """SQL that adds a record for each row of a relation.

    Args:
        relation: The wide rows.
        columns: Names of their columns.
        entry: The register's table that the records go into.
        row_is: What a wide row is: "person", "referral" ...
    """
    chosen = [_typed(_record_column(f, columns, entry, row_is), f) for f in entry.fields]
    return (
        f"INSERT INTO staged.{entry.name} SELECT {', '.join(chosen)}, file_no, row_no "  # noqa: S608
        f"FROM {relation}"
    )


def _record_column(field: Field, columns: frozenset[str], entry: Table, row_is: str) -> str:
    """SQL of the wide text of a field: its column, an owner's key, or NULL."""
    if field.kind is Kind.KEY:
        owner = f"{field.name.removesuffix('_id')}.{field.name}"
        return _quoted(owner) if owner in columns else "NULL"
    name = f"{entry.name}.{field.name}"
    column = _quoted(name) if name in columns else "NULL"
    if row_is == "person" and entry.name == "classification":
        # The first decision of a line list is the class that it gives the person.
        if field.name == "seq":
            return f"coalesce({column}, '1')"
        if field.name == "class":
            return f'coalesce({column}, "person.class")'
    return column
