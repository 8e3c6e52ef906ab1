"""Protection: what a release says of how its units were made, read from the stored units.

Which totals are exact as reported, which codes are folded, and when places stand for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

import duckdb

from dashboard.model.camps import REGION_OF
from dashboard.model.edition import Audience
from dashboard.model.facts import FACTS
from dashboard.model.fields import Kind
from dashboard.model.protection import RECORDS


def block_totals(
    connection: duckdb.DuckDBPyConnection, audience: Audience = "member"
) -> list[tuple[str, date, bool]]:
    """Rows of the release's table ``block_total``: fact, period, whether its total is exact.

    It is exact where the closed block was and no late units were added, and always where units
    are the records themselves. Units of the public sum to those of the members for certain, so
    their total is as exact as the members' is.
    """
    reported = "members" if audience == "public" else "units"
    late = " UNION ALL ".join(
        f"SELECT '{fact.id}' AS fact, {fact.time.name} AS period FROM units.{fact.id} "  # noqa: S608
        "WHERE block_kind = 'late'"
        for fact in FACTS
    )
    rows = connection.execute(
        f"""SELECT block.fact, block.period,
            block.base = {RECORDS} OR (reported.exact AND block.n > 0 AND late.fact IS NULL)
        FROM units.block AS block
        JOIN {reported}.block AS reported USING (fact, period, kind)
        LEFT JOIN (SELECT DISTINCT * FROM ({late})) AS late USING (fact, period)
        WHERE block.kind = 'closed'
        ORDER BY ALL"""  # noqa: S608
    ).fetchall()
    return cast("list[tuple[str, date, bool]]", rows)


def folded_codes(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str, date]]:
    """Rows of the release's table ``folded``: codes of closed lists.

    A code stands there when it begins to fold, and under itself when it no longer does.
    """
    rows = connection.execute(
        """SELECT fact, dimension, code, shown_as, from_period FROM units.fold
        QUALIFY shown_as <> lag(shown_as, 1, code) OVER (
            PARTITION BY fact, dimension, code ORDER BY from_period
        )
        ORDER BY ALL"""
    ).fetchall()
    coded = {
        (fact.id, field.name)
        for fact in FACTS
        for field in fact.dimensions
        if field.kind in (Kind.CODE, Kind.CODES)
    }
    return [
        cast("tuple[str, str, str, str, date]", row) for row in rows if (row[0], row[1]) in coded
    ]


def standing_places(
    connection: duckdb.DuckDBPyConnection,
) -> list[tuple[str, str, str, date, date | None]]:
    """Rows of the release's table ``place_folds``: from when until when places were not folded.

    A place of which nothing was decided did not occur, so that it would have been folded. A camp
    region past which one of its camps folded is not whole, so it does not stand for itself either:
    older decisions folded camps into their upazila, and a region that gained them would look risen.
    """
    placed = {
        (fact.id, field.name)
        for fact in FACTS
        for field in fact.dimensions
        if field.kind in (Kind.PLACE, Kind.PLACES)
    }
    decided: dict[tuple[str, str], dict[date, set[str]]] = {}
    passed: set[tuple[str, str, date, str]] = set()
    for fact, dimension, since, code, shown_as in connection.execute(
        "SELECT fact, dimension, from_period, code, shown_as FROM units.fold ORDER BY ALL"
    ).fetchall():
        if (fact, dimension) in placed:
            standing = decided.setdefault((fact, dimension), {}).setdefault(since, set())
            if code == shown_as:
                standing.add(code)
            elif (region := REGION_OF.get(code)) and shown_as != region:
                passed.add((fact, dimension, since, region))
    for fact, dimension, since, region in passed:
        decided[fact, dimension][since].discard(region)
    told = [(*key, *span) for key, by_period in decided.items() for span in _spans(by_period)]
    return sorted(told, key=lambda row: row[:4])


def _spans(by_period: Mapping[date, set[str]]) -> Iterator[tuple[str, date, date | None]]:
    """Code, start and end of each stretch of periods in which a code is in a set; null: no end."""
    begun: dict[str, date] = {}
    for period, standing in sorted(by_period.items()):
        for code in [code for code in begun if code not in standing]:
            yield code, begun.pop(code), period
        for code in standing - begun.keys():
            begun[code] = period
    yield from ((code, start, None) for code, start in begun.items())
