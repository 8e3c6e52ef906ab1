"""Checks: what must hold in a finished file before it may be published.

Each check is a question in SQL whose answer is a list of faults; an empty list passes. All are
recorded in the release, so that a reader can see what was made sure of. Faults name tables,
columns and sums, never a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

import duckdb

from dashboard.model import codes
from dashboard.model.facts import FACTS
from dashboard.model.fields import Field, Kind
from dashboard.model.release import TABLES
from etl.release.labels import code_list_of

_SHOWN_FAULTS = 3


@dataclass(frozen=True)
class Check:
    """One check: its name, whether it passed, and what it found."""

    name: str
    passed: bool
    finding: str


def run_checks(connection: duckdb.DuckDBPyConnection, bases: dict[str, int]) -> list[Check]:
    """Ask every question of the file attached as ``release`` and record the answers in it.

    Args:
        connection: Also has the stored units attached as ``units``.
        bases: Fact id to the smallest size of its units.
    """
    made = [_made(name, list(question(connection, bases))) for name, question in _QUESTIONS]
    for check in made:
        connection.execute(
            "INSERT INTO release.build_check VALUES (?, ?, ?)",
            [check.name, check.passed, check.finding],
        )
    return made


def _made(name: str, faults: list[str]) -> Check:
    more = f" and {len(faults) - _SHOWN_FAULTS} more" if len(faults) > _SHOWN_FAULTS else ""
    return Check(name, not faults, "; ".join(faults[:_SHOWN_FAULTS]) + more if faults else "none")


Question = Callable[[duckdb.DuckDBPyConnection, dict[str, int]], Iterator[str]]


def _contract(connection: duckdb.DuckDBPyConnection, bases: dict[str, int]) -> Iterator[str]:
    """Tables and columns are those of the contract, in its order, and no others."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, type_ in connection.execute(
        """SELECT table_name, column_name, data_type FROM duckdb_columns()
        WHERE database_name = 'release' ORDER BY table_name, column_index"""
    ).fetchall():
        found.setdefault(str(table), []).append((str(column), str(type_)))
    for table in sorted({*found, *TABLES}):
        if tuple(found.get(table, ())) != TABLES.get(table):
            yield f"table {table} is not that of the contract"


def _totals(connection: duckdb.DuckDBPyConnection, bases: dict[str, int]) -> Iterator[str]:
    """The sizes of a period's units sum to its block."""
    for fact in FACTS:
        rows = connection.execute(
            f"""SELECT strftime(period, '%Y-%m')
            FROM (SELECT period, n FROM units.block WHERE fact = ?) AS block
            FULL JOIN (
                SELECT {fact.time.name} AS period, sum(size) AS shown
                FROM release.{fact.id} GROUP BY ALL
            ) AS unit USING (period)
            WHERE coalesce(n, 0) <> coalesce(shown, 0) ORDER BY period""",  # noqa: S608
            [fact.id],
        ).fetchall()
        yield from (f"{fact.id} of {row[0]} do not sum to their block" for row in rows)


def _small(connection: duckdb.DuckDBPyConnection, bases: dict[str, int]) -> Iterator[str]:
    """No unit is smaller than the base."""
    for fact in FACTS:
        row = connection.execute(
            f"SELECT count(*) FROM release.{fact.id} WHERE size IS NULL OR size < ?",  # noqa: S608
            [bases[fact.id]],
        ).fetchone()
        if cast("tuple[int]", row)[0]:
            yield f"{fact.id} has units below {bases[fact.id]}"


def _forbidden(connection: duckdb.DuckDBPyConnection, bases: dict[str, int]) -> Iterator[str]:
    """Smuggling is never inside the country."""
    for fact in FACTS:
        if "class" in fact and "scope" in fact:
            row = connection.execute(
                f"""SELECT count(*) FROM release.{fact.id}
                WHERE list_contains(?, class) AND scope = 'internal'""",  # noqa: S608
                [list(codes.SMUGGLING_CLASSES)],
            ).fetchone()
            if cast("tuple[int]", row)[0]:
                yield f"{fact.id} has smuggling inside the country"


def _known(connection: duckdb.DuckDBPyConnection, bases: dict[str, int]) -> Iterator[str]:
    """Every code is in its list and every place in the gazetteer."""
    for fact in FACTS:
        for field in fact.dimensions:
            row = connection.execute(*_unknown_codes(fact.id, field)).fetchone()
            if cast("tuple[int]", row)[0]:
                yield f"{fact.id}.{field.name} has unknown codes"


def _unknown_codes(table: str, field: Field) -> tuple[str, list[str]]:
    """Question for the number of distinct unknown codes of a column, with what it binds."""
    value = f"unnest({field.name})" if field.kind.many else field.name
    used = f"SELECT DISTINCT {value} AS code FROM release.{table}"  # noqa: S608
    if field.kind in (Kind.PLACE, Kind.PLACES):
        known, bound = "SELECT code FROM release.place", []
    else:
        known = "SELECT code FROM release.code WHERE code_list = ?"
        bound = [cast(str, code_list_of(field))]
    return (
        f"SELECT count(*) FROM ({used}) WHERE code IS NOT NULL AND code NOT IN ({known})",  # noqa: S608
        bound,
    )


def _edition(connection: duckdb.DuckDBPyConnection, bases: dict[str, int]) -> Iterator[str]:
    """One edition, and no unit outside its months."""
    rows = connection.execute("SELECT first_month, last_month FROM release.edition").fetchall()
    if len(rows) != 1:
        yield f"{len(rows)} editions"
        return
    first, last = rows[0]
    for fact in FACTS:
        start = "date_trunc('quarter', ?::DATE)" if fact.grain == "quarter" else "?"
        row = connection.execute(
            f"""SELECT count(*) FROM release.{fact.id}
            WHERE {fact.time.name} NOT BETWEEN {start} AND ?""",  # noqa: S608
            [first, last],
        ).fetchone()
        if cast("tuple[int]", row)[0]:
            yield f"{fact.id} has units outside the edition"


_QUESTIONS: tuple[tuple[str, Question], ...] = (
    ("tables and columns of the contract", _contract),
    ("units sum to their blocks", _totals),
    ("no unit below the base", _small),
    ("no smuggling inside the country", _forbidden),
    ("every code is known", _known),
    ("one edition that holds every unit", _edition),
)
