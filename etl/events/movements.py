"""Legs and journeys: how people moved, in the quarter of the leg.

A leg of a whole incident counts once for each of its people, since the unit is people. A journey
joins a person's legs, without the way back, and belongs to the quarter of its last leg.
"""

LEGS = """
CREATE TABLE events.legs AS
SELECT
    leg.person_id || '|' || leg.leg_no AS record_key,
    person.incident_id AS holder,
    person.n,
    date_trunc('quarter', leg.month)::DATE AS quarter,
    leg.from_place, leg.to_place, leg.leg_role, leg.mode, leg.corridor,
    person.class, person.class_group, leg.completed,
    person.sex, person.age_band, person.is_child, person.population_group, person.legal_status
FROM events.person_leg AS leg
JOIN events.counted_person AS person USING (person_id)
"""

JOURNEYS = """
CREATE TABLE events.journeys AS
WITH outward AS (
    SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY leg_no) AS position
    FROM events.person_leg
    WHERE leg_role IS DISTINCT FROM 'return'
), joined AS (
    SELECT
        person_id,
        max_by(month, position) AS last_month,
        min_by(from_place, position) AS origin,
        max_by(to_place, position) AS destination,
        list(from_place ORDER BY position) FILTER (
            WHERE position > 1 AND from_place IS NOT NULL
        ) AS between,
        max_by(mode, position) AS mode,
        max_by(corridor, position) AS corridor
    FROM outward
    GROUP BY person_id
)
SELECT
    joined.person_id AS record_key,
    person.incident_id AS holder,
    person.n,
    date_trunc('quarter', joined.last_month)::DATE AS quarter,
    joined.origin,
    nullif(list_filter(joined.between, lambda place:
        place IS DISTINCT FROM joined.origin AND place IS DISTINCT FROM joined.destination
    ), []) AS transit,
    joined.destination, joined.mode, joined.corridor, person.class, person.class_group,
    person.sex, person.age_band, person.is_child, person.population_group, person.legal_status
FROM joined
JOIN events.counted_person AS person USING (person_id)
"""
