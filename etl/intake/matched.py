"""Matched: records of a set that arrive beside those that the partner sent before, as SQL tables.

``arriving`` and ``before`` hold what each record says; ``known`` pairs those of one key,
``respelled`` those of one record under two spellings of its key. What follows from them is told in
``identity``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import duckdb

from dashboard.model import codes
from etl.declaration.source import Source
from etl.register.access import number_of_rows
from etl.register.content import content_sql

#: A part of the rows, or of what is known of a record, from which differences are many.
PART = 5
#: Fewest fields that both records tell, to say whether a key stands for another than before.
_COMPARED = 3
#: A field tells people apart unless two of them agree in it so often by chance.
_AGREES = 0.8
#: Fields that tell nothing by themselves: they follow from another.
_FOLLOWING = (
    "incident.report_month",
    "incident.date_precision",
    "person.is_child",
    "movement.month",
    "classification.decided_month",
)
#: What changes while a referral takes its course.
COURSE = (
    "referral.status",
    "referral.ended_month",
    "referral.days_to_response",
    "referral.days_to_service",
    "referral.no_service_reason",
)
#: Name of the day of the event among what changes; of it no more than a hash is kept.
DAY = "day"
_NOTHING = ("unknown", "[]", "[unknown]", codes.UNDER_REVIEW.code)


def match(connection: duckdb.DuckDBPyConnection, source: Source, fields: Sequence[str]) -> bool:
    """Make the tables, and return whether any record arrives.

    Args:
        connection: Has the set staged, its records noted, and the register as ``register``.
        source: The declaration of the set.
        fields: Names of the fields that are compared, from ``content.content_fields``.
    """
    _lay_out(connection, source, fields)
    if not number_of_rows(connection, "arriving"):
        return False
    telling = _telling(connection, [name for name in fields if name not in _FOLLOWING])
    _pair(connection, "known", "arriving.key = before.key", fields, telling)
    # Where most keys stand for others, so do those of whom little is known.
    if number_of_rows(connection, "known WHERE other") * 2 > number_of_rows(connection, "known"):
        connection.execute("UPDATE known SET other = true WHERE moved")
    _respell(connection, fields, telling)
    return True


def _lay_out(connection: duckdb.DuckDBPyConnection, source: Source, fields: Sequence[str]) -> None:
    """Make ``arriving`` and ``before``: what is staged, and what the partner's records say."""
    columns = ", ".join(f'"{name}"' for name in fields)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE arriving AS
        SELECT said.*, own.spelling, event.day, hash({columns}) AS content
        FROM ({content_sql(source.row, "staged")}) AS said
        JOIN staged.record AS own ON own.table_name = ? AND own.key = said.key
            AND own.file_no = said.file_no
        LEFT JOIN staged.record AS event ON event.table_name = 'incident'
            AND event.key = said.home AND event.file_no = said.file_no""",  # noqa: S608
        [source.row],
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE before AS
        SELECT said.*, own.spelling, event.day, hash({columns}) AS content,
            own.load_no, own.row_no, load.source, load.loaded_at
        FROM ({content_sql(source.row, "register")}) AS said
        JOIN register.arrival AS own ON own.table_name = ? AND own.key = said.key
        JOIN register.load AS load ON load.load_no = own.load_no AND load.partner = ?
        LEFT JOIN register.arrival AS event ON event.table_name = 'incident'
            AND event.key = said.home""",  # noqa: S608
        [source.row, source.partner],
    )


def _has_value(column: str) -> str:
    """SQL of whether a value tells anything."""
    nothing = ", ".join(f"'{value}'" for value in _NOTHING)
    return f"({column} IS NOT NULL AND {column} NOT IN ({nothing}))"


def _telling(connection: duckdb.DuckDBPyConnection, fields: Sequence[str]) -> tuple[str, ...]:
    """Fields in which two records agree by chance less than four times in five."""
    columns = [f'"{name}"' for name in fields]
    chances_sql = ", ".join(
        f"""(SELECT sum(n * n) / pow(sum(n), 2) FROM (
            SELECT count(*) AS n FROM every WHERE {_has_value(column)} GROUP BY {column}))"""  # noqa: S608
        for column in columns
    )
    listed = ", ".join(columns)
    row = connection.execute(
        f"""WITH every AS (SELECT {listed} FROM arriving UNION ALL SELECT {listed} FROM before)
        SELECT {chances_sql}"""  # noqa: S608
    ).fetchone()
    chances = cast("tuple[float | None, ...]", row or ())
    pairs = zip(fields, chances, strict=True)
    return tuple(name for name, chance in pairs if chance is not None and chance <= _AGREES)


def _pair(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    condition: str,
    fields: Sequence[str],
    telling: Sequence[str],
) -> None:
    """Make a table of pairs of a record that arrives and one from before.

    Of each field it says whether both say the same (0), another value (1), none any more (2) or
    one for the first time (3), and of ``day`` whether it is another of the same month (1);
    ``told`` counts fields of ``telling``, and the day, that both tell, ``against`` those of them
    that differ.
    """
    states = ", ".join(f'{_state(field)} AS "{field}"' for field in fields)
    both_tell = " + ".join(f"({_both_have_value(field)})::INTEGER" for field in telling)
    differing = " + ".join(f'("{field}" = 1)::INTEGER' for field in telling)
    every = ", ".join(f'"{field}"' for field in fields)
    outside = ", ".join(f'"{field}"' for field in fields if field not in COURSE)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {name} AS
        WITH compared AS (
            SELECT arriving.key AS key, before.key AS before_key,
                coalesce(arriving.month <> before.month, false) AS moved,
                coalesce(arriving.day <> before.day, false)::INTEGER AS other_day,
                (other_day = 1 AND NOT moved)::INTEGER AS {DAY},
                (arriving.day IS NOT NULL AND before.day IS NOT NULL)::INTEGER
                    + {both_tell or "0"} AS told, {states}
            FROM arriving JOIN before ON {condition}
        )
        SELECT *, other_day + {differing or "0"} AS against,
            told >= {_COMPARED} AND against * 2 > told AS other,
            greatest({DAY}, {every}) > 0 AS differs,
            greatest({DAY}, {outside}) > 0 AS differs_outside_course
        FROM compared"""  # noqa: S608
    )


def _both_have_value(field: str) -> str:
    """SQL of whether a field tells anything in both records of a pair."""
    return " AND ".join(_has_value(f'{side}."{field}"') for side in ("arriving", "before"))


def _state(field: str) -> str:
    """SQL of what became of a field, as ``_pair`` numbers it.

    0 is the same, 1 another value, 2 none any more, 3 one for the first time.
    """
    arriving, before = (f'{side}."{field}"' for side in ("arriving", "before"))
    return (
        f"CASE WHEN {arriving} IS NOT DISTINCT FROM {before} THEN 0 "
        f"WHEN {_both_have_value(field)} THEN 1 WHEN {_has_value(before)} THEN 2 "
        f"WHEN {_has_value(arriving)} THEN 3 ELSE 0 END"
    )


#: Records under a new key that say what one of another incident says, on the same day if it is
#: known of both. Referrals and decisions about two people often say the same and have no incident.
_SAME_DAY = "coalesce(held.day = own.day, true) AND held.home IS DISTINCT FROM own.home"
REPEATED = f"""SELECT key FROM arriving AS own
    WHERE key NOT IN (SELECT key FROM before) AND key NOT IN (SELECT key FROM respelled)
        AND EXISTS (FROM before AS held WHERE held.content = own.content AND {_SAME_DAY})"""  # noqa: S608
WITHIN = f"""SELECT key FROM arriving AS own
    WHERE EXISTS (FROM arriving AS held WHERE held.content = own.content AND {_SAME_DAY}
        AND held.key < own.key)"""  # noqa: S608


def _respell(
    connection: duckdb.DuckDBPyConnection, fields: Sequence[str], telling: Sequence[str]
) -> None:
    """Note as ``respelled`` the records whose key is held in another spelling.

    None where the partner tells its own records apart by what a plain spelling leaves out.
    """
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE single AS
        WITH gone AS (
            SELECT spelling, any_value(key) AS key FROM before GROUP BY 1 HAVING count(*) = 1
        ), fresh AS (
            SELECT spelling, any_value(key) AS key FROM arriving GROUP BY 1 HAVING count(*) = 1
        )
        SELECT fresh.key AS key, gone.key AS before_key FROM fresh JOIN gone USING (spelling)
        WHERE fresh.key NOT IN (SELECT key FROM before)
            AND gone.key NOT IN (SELECT key FROM arriving)"""
    )
    condition = "(arriving.key, before.key) IN (SELECT (key, before_key) FROM single)"
    _pair(connection, "spelled", condition, fields, telling)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE respelled AS
        SELECT key, before_key FROM spelled WHERE against * {PART} <= told"""  # noqa: S608
    )
    shared = connection.execute(
        """SELECT count(*), coalesce(sum(n) FILTER (n > 1), 0) FROM (
            SELECT count(*) AS n FROM before WHERE spelling IS NOT NULL GROUP BY spelling)"""
    ).fetchone()
    distinct, alike = cast("tuple[int, int]", shared)
    if alike * 2 * PART > distinct:
        connection.execute("DELETE FROM respelled")


def alike_by_chance(connection: duckdb.DuckDBPyConnection) -> float:
    """Part of the partner's records that are alike with one of another incident."""
    records = number_of_rows(connection, "before")
    twins = number_of_rows(
        connection,
        f"""before AS own WHERE EXISTS (FROM before AS held WHERE held.content = own.content
            AND held.key <> own.key AND {_SAME_DAY})""",
    )
    return (twins + 1) / (records + 2)
