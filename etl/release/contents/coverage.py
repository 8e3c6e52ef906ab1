"""Coverage: how many partners reported the incidents of each month, as a band.

Only incidents that are published count: counting a partner whose few reports still wait for their
block would give away that there are any.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import duckdb

from dashboard.model.periods import Month, Span
from etl.release.files import ask_release

#: First day of a month and a code of ``reporting_band``.
Band = tuple[date, str]


def counted_bands(connection: duckdb.DuckDBPyConnection, span: Span) -> list[Band]:
    """Band of how many partners reported in each month of a span, whose incidents are published.

    Args:
        connection: Has the events as ``events`` and the stored units as ``units``.
        span: The months.
    """
    bands = connection.execute(
        """SELECT month, CASE
            WHEN partners = 0 THEN 'none' WHEN partners <= 2 THEN '1_2'
            WHEN partners <= 5 THEN '3_5' ELSE '6_plus' END
        FROM (
            SELECT months.month, count(DISTINCT reported.partner) AS partners
            FROM (SELECT unnest(?::DATE[]) AS month) AS months
            LEFT JOIN (
                SELECT event.month, partner.partner FROM events.incidents AS event
                JOIN events.partner AS partner USING (record_key)
                JOIN units.ledger AS ledger USING (fact, record_key)
                WHERE fact = 'incidents'
            ) AS reported ON reported.month = months.month
            GROUP BY months.month
        ) ORDER BY month""",
        [[month.first_day for month in span]],
    ).fetchall()
    return cast("list[Band]", bands)


def released_bands(path: Path) -> list[Band]:
    """Band of every month of a release."""
    return ask_release(path, "SELECT month, reporting_band FROM coverage")


def bands_to_publish(current: list[Band], released: list[Band], after: Month | None) -> list[Band]:
    """Bands as counted now; up to the retention horizon those of a release before.

    The records of those months are gone, so that counting them now would say that nobody reported.
    """
    band_of = dict(released)
    return [
        (month, band_of.get(month, band) if after and Month.of(month) <= after else band)
        for month, band in current
    ]
