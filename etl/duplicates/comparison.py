"""Comparison: which incidents of two partners may tell of the same event, as SQL.

A pair has the same month; the same place, or one place inside the other up to its district, in the
same role or as the place of the event; about as many people; and classes that do not contradict
each other. Two that say the same of one month alone, and neither of them a class, agree also in
what neither tells, so that a copy is found without class, sex or age. Pairs are found within month,
role and place and never by comparing all with all. The score says how much speaks for one event, of
100; what each part gives stands in ``_POINTS``.

Works on a connection that has the register attached as ``register``. Incidents that already count
under another are no candidates, nor are pairs that were decided.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from dashboard.model import codes
from etl.events.build import ParentRow
from etl.events.relations import OF_THE_TWO_CRIMES, one_or_mixed_sql
from etl.register.decisions import Duplicate

#: Pairs with less than this speak too little for one event to be listed.
_LEAST = 50
#: Areas inside which two places may be one; a country or a division would join everything.
_AREAS = ("upazila", "district")
#: Roles in which places are compared; the event's place is the first known of the others.
_ROLES = ("event", *codes.PLACE_ROLE_ORDER)
#: As many people as two partners rarely both tell of by chance.
_MANY = 5
#: Roll-ups that contradict no other.
_OPEN = (codes.UNDER_REVIEW.code, codes.MIXED.code)
#: What each thing that speaks for one event gives; the most of each adds up to 100.
_POINTS = {
    "same_place": 20,
    "inside": 10,
    "same_people": 15,
    "about": 8,
    "many": 15,
    "same_class": 15,
    "same_rollup": 8,
    "same_mode": 10,
    "same_destination": 10,
    "alike": 15,
}


def find_candidates(
    connection: duckdb.DuckDBPyConnection,
    parents: Iterable[ParentRow],
    decided: Iterable[Duplicate],
) -> None:
    """Make the temporary table ``candidate`` of all open pairs.

    Args:
        connection: Has the attached ``register``.
        parents: Dated areas above places.
        decided: Pairs that are decided.
    """
    rows = [row for row in parents if row[1] in _AREAS and row[0] != row[2]]
    connection.execute(_AREA, [[row[n] for row in rows] for n in (0, 2, 3, 4)])
    pairs = [entry.incidents for entry in decided]
    connection.execute(_DECIDED, [[pair[n] for pair in pairs] for n in (0, 1)])
    for statement in (_TOLD, _RARE, _SPOT, _PAIR, _PROFILE, _CANDIDATE):
        connection.execute(statement)


_AREA = """
CREATE OR REPLACE TEMP TABLE area AS SELECT
    unnest(?::VARCHAR[]) AS code, unnest(?::VARCHAR[]) AS parent,
    unnest(?::DATE[]) AS valid_from, unnest(?::DATE[]) AS valid_to
"""

_DECIDED = """
CREATE OR REPLACE TEMP TABLE decided AS SELECT
    unnest(?::VARCHAR[]) AS first_id, unnest(?::VARCHAR[]) AS second_id
"""

#: What a whole incident says, its months apart.
_STATEMENT = ", ".join(
    (
        "persons_count, dead_or_missing, ransom, source_quality, route, verification",
        "located.places, people.people, people.class, way.mode, way.to_place",
    )
)
#: Incidents that count, numbered so that pairs are cheap, with what can be compared.
_TOLD = f"""
CREATE OR REPLACE TEMP TABLE report AS
WITH people AS (
    SELECT incident_id, sum(n)::INTEGER AS people,
        {one_or_mixed_sql("class")} AS class,
        {one_or_mixed_sql("rollup")} AS rollup
    FROM (
        SELECT *, CASE
            WHEN class = '{codes.UNDER_REVIEW.code}' THEN class
            WHEN list_contains({list(codes.TRAFFICKING_CLASSES)}, class) THEN 'trafficking'
            WHEN list_contains({list(codes.SMUGGLING_CLASSES)}, class) THEN '{codes.SMUGGLING.code}'
            ELSE 'other' END AS rollup
        FROM register.person
    ) GROUP BY incident_id
), way AS (
    SELECT incident_id, max_by(mode, leg_no) FILTER (WHERE mode <> 'unknown') AS mode,
        max_by(to_place, leg_no) FILTER (WHERE to_place IS NOT NULL) AS to_place
    FROM register.movement GROUP BY incident_id
), located AS (
    SELECT incident_id, arg_min(place, list_position({list(codes.PLACE_ROLE_ORDER)}, place_role))
            FILTER (WHERE place_role <> 'intended_destination') AS place,
        list((place_role, place) ORDER BY place_role, place) AS places,
        min(place) FILTER (WHERE place_role = 'intended_destination') AS destination
    FROM register.incident_place WHERE place IS NOT NULL GROUP BY incident_id
)
SELECT
    row_number() OVER (ORDER BY incident_id)::INTEGER AS number,
    incident_id, partner, incident_month AS month,
    coalesce(persons_count, people) AS people,
    coalesce(people.class, '{codes.UNDER_REVIEW.code}') AS class,
    coalesce(people.rollup, '{codes.UNDER_REVIEW.code}') AS rollup,
    way.mode, located.place, coalesce(located.destination, way.to_place) AS destination,
    hash({_STATEMENT}) AS statement
FROM register.incident
LEFT JOIN people USING (incident_id)
LEFT JOIN way USING (incident_id)
LEFT JOIN located USING (incident_id)
WHERE duplicate_of IS NULL AND coalesce(persons_count, people) > 0 AND {OF_THE_TWO_CRIMES}
"""  # noqa: S608

#: What a partner says of one month alone: two that say it of the same month copy one another.
_RARE = """
CREATE OR REPLACE TEMP TABLE rare AS
SELECT partner, statement FROM report GROUP BY ALL HAVING count(DISTINCT month) = 1
"""

#: Each place of an incident in its role, and the areas around it in the incident's month.
_SPOT = f"""
CREATE OR REPLACE TEMP TABLE spot AS
WITH own AS (
    SELECT number, 'event' AS role, place FROM report WHERE place IS NOT NULL
    UNION
    SELECT report.number, place_role, located.place
    FROM register.incident_place AS located JOIN report USING (incident_id)
    WHERE located.place IS NOT NULL AND list_contains({list(codes.PLACE_ROLE_ORDER)}, place_role)
), around AS (
    SELECT number, role, place, true AS own FROM own
    UNION ALL
    SELECT own.number, role, parent, false
    FROM own JOIN report USING (number) JOIN area ON area.code = own.place
    WHERE month >= coalesce(valid_from, month) AND month < coalesce(valid_to, DATE '9999-01-01')
)
SELECT around.*, partner, month, people, rollup FROM around JOIN report USING (number)
"""  # noqa: S608

#: Of several places in common the same goes before one inside the other, the event's before others.
_PAIR = f"""
CREATE OR REPLACE TEMP TABLE pair AS
SELECT a.number AS a, b.number AS b, bool_or(a.own AND b.own) AS same_place,
    arg_min(a.role, (NOT (a.own AND b.own), list_position({list(_ROLES)}, a.role))) AS role
FROM spot AS a JOIN spot AS b
    ON a.month = b.month AND a.role = b.role AND a.place = b.place AND a.partner < b.partner
WHERE (a.own OR b.own)
    AND abs(a.people - b.people) <= greatest(1, 0.2 * greatest(a.people, b.people))
    AND (a.rollup = b.rollup OR list_contains({list(_OPEN)}, a.rollup)
        OR list_contains({list(_OPEN)}, b.rollup))
GROUP BY a.number, b.number
"""  # noqa: S608

#: People of an incident whose sex and age are known.
_PROFILE = """
CREATE OR REPLACE TEMP TABLE profile AS
SELECT number, sex, age_band, sum(n)::INTEGER AS people
FROM register.person JOIN report USING (incident_id)
WHERE sex <> 'unknown' AND age_band <> 'unknown'
GROUP BY number, sex, age_band
"""

#: Sex and age are compared last, for pairs that they can still lift over the least score.
_CANDIDATE = f"""
CREATE OR REPLACE TEMP TABLE candidate AS
WITH compared AS (
    SELECT pair.a, pair.b, same_place, role,
        least(x.people, y.people) >= {_MANY} AS many,
        same_statement OR (
            x.class = y.class AND NOT list_contains({list(_OPEN)}, x.class)) AS same_class,
        same_statement OR (
            x.rollup = y.rollup AND NOT list_contains({list(_OPEN)}, x.rollup)) AS same_rollup,
        same_statement OR coalesce(x.mode = y.mode, false) AS same_mode,
        same_statement OR coalesce(x.destination = y.destination, false) AS same_destination,
        same_statement,
        x.people = y.people AS same_people,
        greatest(x.people, y.people) AS largest
    FROM pair JOIN report AS x ON x.number = pair.a JOIN report AS y ON y.number = pair.b,
        LATERAL (SELECT x.statement = y.statement AND list_contains({list(_OPEN)}, x.class)
            AND (x.partner, x.statement) IN (FROM rare)
            AND (y.partner, y.statement) IN (FROM rare) AS same_statement)
), weighed AS (
    SELECT *, CASE WHEN same_place THEN {_POINTS["same_place"]} ELSE {_POINTS["inside"]} END
        + CASE WHEN same_people THEN {_POINTS["same_people"]} ELSE {_POINTS["about"]} END
        + CASE WHEN same_class THEN {_POINTS["same_class"]}
            WHEN same_rollup THEN {_POINTS["same_rollup"]} ELSE 0 END
        + {_POINTS["many"]} * many::INTEGER + {_POINTS["same_mode"]} * same_mode::INTEGER
        + {_POINTS["same_destination"]} * same_destination::INTEGER AS points
    FROM compared
), overlap AS (
    SELECT a, b, sum(least(p.people, q.people)) AS people
    FROM weighed JOIN profile AS p ON p.number = a
    JOIN profile AS q ON q.number = b AND q.sex = p.sex AND q.age_band = p.age_band
    WHERE points >= {_LEAST} - {_POINTS["alike"]}
    GROUP BY a, b
), scored AS (
    SELECT weighed.*, least(1, coalesce(overlap.people / largest, 0)) AS alike,
        points + round({_POINTS["alike"]} * alike)::INTEGER AS score
    FROM weighed LEFT JOIN overlap USING (a, b)
    WHERE points >= {_LEAST} - {_POINTS["alike"]}
)
SELECT
    left(sha256(least(x.incident_id, y.incident_id) || '|'
        || greatest(x.incident_id, y.incident_id)), 10) AS id,
    x.month, score,
    x.incident_id AS a_id, x.partner AS a_partner, x.place AS a_place, x.people AS a_people,
    x.class AS a_class,
    y.incident_id AS b_id, y.partner AS b_partner, y.place AS b_place, y.people AS b_people,
    y.class AS b_class,
    same_place, role, many, same_class, same_rollup, same_mode, same_destination, same_statement,
    alike
FROM scored JOIN report AS x ON x.number = a JOIN report AS y ON y.number = b
ANTI JOIN decided ON first_id = least(x.incident_id, y.incident_id)
    AND second_id = greatest(x.incident_id, y.incident_id)
WHERE score >= {_LEAST}
"""  # noqa: S608
