"""Voyages: people by what became of them, and boats, as published sources count them.

One event for each outcome of a row of the register, as large as its people, so that the sum of
outcomes is everybody who set out; and one for its boats. The source is named on each: two sources
may count the same boats, so what they count is never summed.
"""

from __future__ import annotations

from etl.rules.voyages import COLUMN_OF

VOYAGE_SOURCE = """
CREATE TABLE events.voyage_source AS
SELECT arrival.key AS voyage_id, coalesce(nullif(load.attribution, ''), load.title) AS source
FROM register.arrival AS arrival
JOIN register.load AS load USING (load_no)
WHERE arrival.table_name = 'voyage'
"""
_PEOPLE = " UNION ALL ".join(
    f"SELECT *, '{outcome}' AS sea_outcome, {column} AS n FROM register.voyage"  # noqa: S608
    for outcome, column in COLUMN_OF.items()
)
VOYAGES = f"""
CREATE TABLE events.voyages AS
SELECT voyage_id || '|' || sea_outcome AS record_key, voyage_id AS holder, n, month,
    sea_area, departure, bound_for, sea_outcome, source
FROM ({_PEOPLE})
LEFT JOIN events.voyage_source USING (voyage_id)
WHERE n > 0
"""  # noqa: S608
BOATS = """
CREATE TABLE events.boats AS
SELECT voyage_id AS record_key, voyage_id AS holder, boats AS n, month,
    sea_area, departure, bound_for, source
FROM register.voyage
LEFT JOIN events.voyage_source USING (voyage_id)
WHERE boats > 0
"""
