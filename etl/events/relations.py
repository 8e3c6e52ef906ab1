"""Relations that several facts share: who counts, where, by which leg, as which class.

Every statement reads the attached database ``register`` and writes the schema ``events``. Words
of the register that become bands or roll-ups are turned into SQL here, from the registry.
"""

from __future__ import annotations

from dashboard.model import codes

#: SQL of whether an incident is one of those that figures are about; one without a kind is.
OF_THE_TWO_CRIMES = f"event IS DISTINCT FROM '{codes.OTHER.code}'"

#: Incidents that two partners report count once: under the one that is no duplicate. Events of
#: another kind, such as fires, count in no figure.
COUNTED_INCIDENT = f"""
CREATE TABLE events.counted_incident AS
SELECT * FROM register.incident WHERE duplicate_of IS NULL AND {OF_THE_TWO_CRIMES}
"""  # noqa: S608

#: The first known of the place roles, in the order of the registry.
EVENT_PLACE = f"""
CREATE TABLE events.event_place AS
SELECT incident_id, place, place_role
FROM register.incident_place
WHERE place IS NOT NULL AND list_contains({list(codes.PLACE_ROLE_ORDER)}, place_role)
QUALIFY row_number() OVER (
    PARTITION BY incident_id
    ORDER BY list_position({list(codes.PLACE_ROLE_ORDER)}, place_role)
) = 1
"""  # noqa: S608

#: Class at identification: that of seq 1, else the person's own.
FIRST_CLASS = """
CREATE TABLE events.first_class AS
SELECT person_id, class FROM register.classification WHERE seq = 1
"""


def class_group_sql(class_column: str, exploitation: str) -> str:
    """SQL of ``codes.class_group``: the group of a class, given its list of exploitation codes."""
    return f"""CASE
        WHEN list_contains({list(codes.SMUGGLING_CLASSES)}, {class_column})
            THEN '{codes.SMUGGLING.code}'
        WHEN NOT list_contains({list(codes.TRAFFICKING_CLASSES)}, {class_column})
            THEN '{codes.OTHER_CLASSES.code}'
        WHEN {exploitation}[1] = 'sexual_exploitation' THEN '{codes.TRAFFICKING_SEXUAL.code}'
        WHEN list_contains({list(codes.LABOUR_EXPLOITATION)}, {exploitation}[1])
            THEN '{codes.TRAFFICKING_LABOUR.code}'
        ELSE '{codes.TRAFFICKING_OTHER.code}'
    END"""


def one_or_mixed_sql(column: str) -> str:
    """SQL of the class, or its group, that all rows of a GROUP BY have; else mixed."""
    return (
        f"CASE WHEN count(DISTINCT {column}) = 1 THEN min({column}) ELSE '{codes.MIXED.code}' END"
    )


#: Everybody in the register, with the class they were identified in and its roll-up.
KNOWN_PERSON = f"""
CREATE TABLE events.known_person AS
WITH classed AS (
    SELECT person.* EXCLUDE (class), coalesce(first_class.class, person.class) AS class
    FROM register.person AS person
    LEFT JOIN events.first_class AS first_class USING (person_id)
)
SELECT *, {class_group_sql("class", "exploitation")} AS class_group FROM classed
"""  # noqa: S608

#: People of counted incidents.
COUNTED_PERSON = """
CREATE TABLE events.counted_person AS
SELECT person.*, incident.incident_month
FROM events.known_person AS person
JOIN events.counted_incident AS incident USING (incident_id)
WHERE person.n > 0
"""

#: The legs of everybody known: a person's own where there are any, else those of the whole
#: incident.
PERSON_LEG = """
CREATE TABLE events.person_leg AS
SELECT person.person_id, leg.* EXCLUDE (incident_id, person_id)
FROM events.known_person AS person
JOIN register.movement AS leg ON leg.person_id = person.person_id
UNION ALL
SELECT person.person_id, leg.* EXCLUDE (incident_id, person_id)
FROM events.known_person AS person
JOIN register.movement AS leg
    ON leg.incident_id = person.incident_id AND leg.person_id IS NULL
ANTI JOIN register.movement AS own ON own.person_id = person.person_id
"""

#: A person's last leg, the last place that any leg names as its end, and the scope of the whole
#: way: who crossed a border crossed it, even if the last leg did not. Smuggling is never internal.
LAST_LEG = """
CREATE TABLE events.last_leg AS
SELECT
    person_id,
    max_by({'mode': mode, 'corridor': corridor, 'rescuing_authority': rescuing_authority}, leg_no)
        AS leg,
    CASE WHEN bool_or(scope = 'cross_border') THEN 'cross_border'
        ELSE max_by({'is': scope}, leg_no)['is'] END AS scope,
    max_by(to_place, leg_no) FILTER (WHERE to_place IS NOT NULL) AS last_to_place
FROM events.person_leg
GROUP BY person_id
"""

#: Every incident under the counted one of the same event: itself and its duplicates, however
#: chained, each with its partner.
TOLD_BY = """
CREATE TABLE events.told_by AS
WITH RECURSIVE reported AS (
    SELECT incident_id AS counted_as, incident_id, partner FROM events.counted_incident
    UNION
    SELECT reported.counted_as, duplicate.incident_id, duplicate.partner
    FROM reported
    JOIN register.incident AS duplicate ON duplicate.duplicate_of = reported.incident_id
)
SELECT * FROM reported
"""

INTENDED_DESTINATION = """
CREATE TABLE events.intended_destination AS
SELECT incident_id, place
FROM register.incident_place
WHERE place_role = 'intended_destination' AND place IS NOT NULL
"""

SHARED = (
    COUNTED_INCIDENT, TOLD_BY, EVENT_PLACE, FIRST_CLASS, KNOWN_PERSON, COUNTED_PERSON, PERSON_LEG,
    LAST_LEG, INTENDED_DESTINATION,
)  # fmt: skip


def delay_band_sql(days: str) -> str:
    """SQL of a duration in days as a code of ``delay_band``; null stays null."""
    return f"""CASE
        WHEN {days} IS NULL THEN NULL
        WHEN {days} <= 1 THEN 'within_1' WHEN {days} <= 3 THEN '2_3'
        WHEN {days} <= 5 THEN '4_5' WHEN {days} <= 14 THEN '6_14'
        WHEN {days} <= 30 THEN '15_30' ELSE 'over_30'
    END"""
