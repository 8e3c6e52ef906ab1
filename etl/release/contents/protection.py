"""Protection: which totals of a release are exact as reported, read from the stored units."""

from __future__ import annotations

from datetime import date
from typing import cast

import duckdb

from dashboard.model.edition import Audience
from dashboard.model.facts import FACTS
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
