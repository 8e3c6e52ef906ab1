"""Incidents reported: one event a counted incident, in the month in which it happened.

The class is that of its people, or mixed; an incident without people is under review. The leg is
the last of the whole incident, else the last of one of its people; the destination is the intended
one, else the last known end; scope is cross_border when any leg crosses.
"""

from __future__ import annotations

from dashboard.model import codes
from etl.events.relations import one_or_mixed_sql

INCIDENT_CLASS = f"""
CREATE TABLE events.incident_class AS
SELECT
    incident_id,
    {one_or_mixed_sql("class")} AS class,
    {one_or_mixed_sql("class_group")} AS class_group
FROM events.counted_person
GROUP BY incident_id
"""  # noqa: S608

INCIDENT_LEG = """
CREATE TABLE events.incident_leg AS
WITH latest AS (
    SELECT *, row_number() OVER (
        PARTITION BY incident_id ORDER BY person_id IS NULL DESC, leg_no DESC, person_id
    ) AS position
    FROM register.movement
)
SELECT
    incident_id,
    min_by({'mode': mode, 'corridor': corridor}, position) AS leg,
    min_by(to_place, position) FILTER (WHERE to_place IS NOT NULL) AS to_place,
    CASE WHEN bool_or(scope = 'cross_border') THEN 'cross_border'
        ELSE min_by({'is': scope}, position)['is'] END AS scope
FROM latest
GROUP BY incident_id
"""

INCIDENTS = f"""
CREATE TABLE events.incidents AS
SELECT
    incident.incident_id AS record_key,
    incident.incident_id AS holder,
    1 AS n,
    incident.incident_month AS month,
    event_place.place, event_place.place_role,
    coalesce(incident_class.class, '{codes.UNDER_REVIEW.code}') AS class,
    coalesce(incident_class.class_group, '{codes.OTHER_CLASSES.code}') AS class_group,
    way.leg.mode AS mode, way.scope, way.leg.corridor AS corridor,
    coalesce(intended.place, way.to_place) AS destination,
    incident.route, incident.verification,
    CASE
        WHEN dead_or_missing IS NULL THEN 'unknown' WHEN dead_or_missing = 0 THEN 'none'
        WHEN dead_or_missing < 5 THEN '1_4' WHEN dead_or_missing < 20 THEN '5_19'
        WHEN dead_or_missing < 100 THEN '20_99' ELSE '100_plus'
    END AS dead_or_missing_band
FROM events.counted_incident AS incident
LEFT JOIN events.incident_class AS incident_class USING (incident_id)
LEFT JOIN events.event_place AS event_place USING (incident_id)
LEFT JOIN events.intended_destination AS intended USING (incident_id)
LEFT JOIN events.incident_leg AS way USING (incident_id)
"""  # noqa: S608
