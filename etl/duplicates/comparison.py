"""Comparison: in what two incidents agree that may be told of the same event, as SQL.

Pairs are found by a place in the same role and month, by the day or one beside it, or by the key of
one partner in another spelling; never by comparing all with all. Numbers of people differ by at
most one or a fifth. Of each pair the table ``compared`` says in which fields both agree, and how
common that is: a rare combination speaks for one event, a common one hardly does. What follows from
it is weighed in ``weights``.

Works on a connection that has the register attached as ``register``. Incidents that already count
under another are not compared, nor are pairs that were decided.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from dashboard.model import codes
from dashboard.model.country import SECOND, THIRD
from dashboard.model.release import TABLES
from etl.events.build import ParentRow
from etl.events.relations import OF_THE_TWO_CRIMES, one_or_mixed_sql
from etl.register.access import add_rows
from etl.register.decisions import Duplicate

#: Areas inside which two places may be one; a country or a division would join everything.
_AREAS = (THIRD, SECOND)
#: Roles in which places are compared; the event's place is the first known of the others.
_ROLES = ("event", *codes.PLACE_ROLE_ORDER)
#: Fields that are compared, in groups whose values depend on one another, so that their frequency
#: is counted together; each with its frequency before any record is seen, as SQL.
GROUPS: dict[str, dict[str, str]] = {
    "who": {
        "people": "1 / (people * (people + 1))",
        "sex": "0.5",
        "age": "0.15",
        "population_group": "0.4",
    },
    "what": {"class": "0.15", "exploitation": "0.15", "recruiter": "0.2", "stage": "0.4"},
    "way": {
        "mode": "0.2",
        "destination": "0.1",
        "dead": "1 / ((dead + 1) * (dead + 2))",
        "ransom": "0.6",
    },
}
#: Columns of the bits of fields in which two agree, and in which they differ, by group.
MASKS = ", ".join(f"{group}_agree, {group}_differ" for group in GROUPS)
#: Weight of the frequencies in ``GROUPS``: so many records are added to those of the register.
_UNSEEN = 100
#: How common a place, and the key of a partner, is among them.
_PLACE, _KEY = 1 / 300, 1 / 1000
#: Pairs of a month that are expected to lie together before any is seen.
_UNSEEN_PAIRS = 60
#: Days of a month, and of how many a month's records stand for nothing known.
_DAYS, _UNSEEN_DAYS = 30, 10


def compare(
    connection: duckdb.DuckDBPyConnection,
    parents: Iterable[ParentRow],
    decided: Iterable[Duplicate],
) -> None:
    """Make the temporary tables ``report`` of incidents and ``compared`` of open pairs.

    Args:
        connection: Has the attached ``register``.
        parents: Dated areas above places.
        decided: Pairs that are decided.
    """
    # A row is a place, the level of an area, that area, and the first and the end of its months.
    rows = [row for row in parents if row[1] in _AREAS and row[0] != row[2]]
    add_rows(connection, "CREATE OR REPLACE TEMP TABLE area AS", TABLES["place_parent"], rows)
    add_rows(
        connection,
        "CREATE OR REPLACE TEMP TABLE decided AS",
        (("first_id", "VARCHAR"), ("second_id", "VARCHAR")),
        [entry.incidents for entry in decided],
    )
    for statement in (_INCIDENT, _COMMON, _SPOT, _COMMON_PLACE, _PAIR, _COMPARED):
        connection.execute(statement)


def _known(column: str) -> str:
    """SQL of the distinct known values of people of an incident, as one text."""
    return f"string_agg(DISTINCT {column}, ',' ORDER BY {column}) FILTER ({column} <> 'unknown')"


#: Incidents that count, numbered so that pairs are cheap, with what is compared; unknown is NULL.
_INCIDENT = f"""
CREATE OR REPLACE TEMP TABLE incident_facts AS
WITH people AS (
    SELECT incident_id, sum(n)::INTEGER AS people, {one_or_mixed_sql("class")} AS class,
        {_known("sex")} AS sex, {_known("age_band")} AS age,
        {_known("population_group")} AS population_group, {_known("recruiters")} AS recruiter,
        {_known("exploitation_stage")} AS stage, {_known("forms")} AS exploitation
    FROM (SELECT *, nullif(array_to_string(list_sort(exploitation), '+'), '') AS forms,
        nullif(array_to_string(list_sort(recruiter_relation), '+'), '') AS recruiters
        FROM register.person) GROUP BY incident_id
), way AS (
    SELECT incident_id, max_by(mode, leg_no) FILTER (WHERE mode <> 'unknown') AS mode,
        max_by(to_place, leg_no) FILTER (WHERE to_place IS NOT NULL) AS to_place
    FROM register.movement GROUP BY incident_id
), located AS (
    SELECT incident_id, arg_min(place, list_position({list(codes.PLACE_ROLE_ORDER)}, place_role))
            FILTER (WHERE place_role <> 'intended_destination') AS place,
        min(place) FILTER (WHERE place_role = 'intended_destination') AS destination
    FROM register.incident_place WHERE place IS NOT NULL GROUP BY incident_id
)
SELECT
    row_number() OVER (ORDER BY incident_id)::INTEGER AS number,
    incident_id, incident.partner, incident_month AS month,
    coalesce(persons_count, people) AS people,
    coalesce(people.class, '{codes.UNDER_REVIEW.code}') AS class_told,
    people.class,
    sex, age, population_group, recruiter, stage, exploitation,
    way.mode, located.place, coalesce(located.destination, way.to_place) AS destination,
    dead_or_missing AS dead, nullif(CAST(ransom AS VARCHAR), 'unknown') AS ransom,
    arrival.spelling, arrival.day, arrival.day_before, arrival.day_after
FROM register.incident AS incident
LEFT JOIN people USING (incident_id)
LEFT JOIN way USING (incident_id)
LEFT JOIN located USING (incident_id)
LEFT JOIN register.arrival AS arrival
    ON arrival.table_name = 'incident' AND arrival.key = incident.incident_id
WHERE duplicate_of IS NULL AND coalesce(persons_count, people) > 0 AND {OF_THE_TWO_CRIMES}
"""  # noqa: S608


def _frequencies(group: str) -> str:
    """SQL of how common each combination of values of a group is among those that tell them all.

    By the bits of its fields: the first of the list is the first field alone, the third the first
    two together, and so on.
    """
    fields = list(GROUPS[group].items())
    frequencies: list[str] = []
    for mask in range(1, 1 << len(fields)):
        chosen = [field for bit, field in enumerate(fields) if mask >> bit & 1]
        unseen = " * ".join([str(_UNSEEN), *(common for _, common in chosen)])
        by = ", ".join(f'"{name}"' for name, _ in chosen)
        complete = " AND ".join(f'"{name}" IS NOT NULL' for name, _ in chosen)
        frequencies.append(
            f"(count(*) OVER (PARTITION BY {by}) + {unseen})"
            f" / (count(*) FILTER ({complete}) OVER () + {_UNSEEN})"
        )
    return f"[{', '.join(frequencies)}] AS {group}_common"


#: How common what an incident tells is among all of them.
_COMMON = f"""
CREATE OR REPLACE TEMP TABLE report AS
SELECT *, {", ".join(map(_frequencies, GROUPS))},
    (count(day) OVER (PARTITION BY month, day) + {_UNSEEN_DAYS / _DAYS!r})
        / (count(day) OVER (PARTITION BY month) + {_UNSEEN_DAYS}) AS day_common,
    (count(spelling) OVER (PARTITION BY partner, spelling) + {_UNSEEN * _KEY!r})
        / (count(spelling) OVER (PARTITION BY partner) + {_UNSEEN}) AS key_common
FROM incident_facts
"""  # noqa: S608

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
SELECT around.*, month FROM around JOIN report USING (number)
"""  # noqa: S608

#: How common each place is for another incident of the same month that tells one of its role.
#: Events of one month lie together more than chance would have it, those in rare places most: so of
#: places about as common, pairs of a month are counted beside those that would be expected.
_COMMON_PLACE = f"""
CREATE OR REPLACE TEMP TABLE common_place AS
WITH months AS (SELECT role, count(DISTINCT number) AS n FROM spot GROUP BY role, month),
telling AS (SELECT role, sum(n) AS told, sum(n * (n - 1)) AS pairs FROM months GROUP BY role),
often AS (
    SELECT role, place, count(*) AS n, pairs,
        (count(*) + {_UNSEEN * _PLACE!r}) / (told + {_UNSEEN}) AS common
    FROM spot JOIN telling USING (role) GROUP BY role, place, told, pairs
), together AS (
    SELECT role, place, sum(n * (n - 1)) AS n FROM (
        SELECT role, place, month, count(*) AS n FROM spot GROUP BY ALL) GROUP BY role, place
)
SELECT role, place, least(1, common * greatest(1,
    (sum(together.n) OVER alike + {_UNSEEN_PAIRS})
    / (sum(pairs * common * common) OVER alike + {_UNSEEN_PAIRS}))) AS common
FROM often JOIN together USING (role, place)
WINDOW alike AS (PARTITION BY role, round(log2(often.n)))
"""  # noqa: S608

#: Of several places in common the rarest counts, of two as rare the same before one inside the
#: other and the event's before others.
_PAIR = f"""
CREATE OR REPLACE TEMP TABLE pair AS
WITH placed AS (
    SELECT a.number AS a, b.number AS b, a.own AND b.own AS same, role, place, common
    FROM spot AS a JOIN spot AS b USING (month, role, place)
    JOIN common_place USING (role, place)
    WHERE a.number < b.number AND (a.own OR b.own)
), best AS (
    SELECT a, b, arg_min(struct_pack(same, role, place, common),
        (common, NOT same, list_position({list(_ROLES)}, role))) AS place
    FROM placed GROUP BY a, b
), near AS (
    SELECT a.number AS a, b.number AS b FROM report AS a JOIN report AS b
        ON a.day = b.day AND a.number < b.number
    UNION SELECT least(a.number, b.number), greatest(a.number, b.number)
    FROM report AS a JOIN report AS b ON a.day_after = b.day
    UNION SELECT a.number, b.number FROM report AS a JOIN report AS b
        ON a.partner = b.partner AND a.spelling = b.spelling AND a.number < b.number
), every AS (SELECT a, b FROM best UNION SELECT a, b FROM near)
SELECT every.a, every.b, place FROM every LEFT JOIN best USING (a, b)
"""  # noqa: S608


def _agrees(field: str) -> str:
    """SQL of whether two values are one; a destination that is the place counts as the place."""
    same = f'x."{field}" = y."{field}"'
    apart = " AND x.destination IS DISTINCT FROM pair.place.place"
    return same + apart if field == "destination" else same


def _contradicts(field: str) -> str:
    """SQL of whether two values exclude each other; who is under review may be anything yet."""
    differs = f'x."{field}" <> y."{field}"'
    return f"{differs} AND NOT {_UNDECIDED}" if field == "class" else differs


_UNDECIDED = " OR ".join(
    f"{side}.class = '{code}'"
    for side in "xy"
    for code in (codes.UNDER_REVIEW.code, codes.MIXED.code)
).join("()")


def _agreements(group: str) -> str:
    """SQL of the bits of the fields of a group in which both agree, and in which they differ."""
    agree = " + ".join(
        f"{1 << bit} * coalesce({_agrees(name)}, false)::INTEGER"
        for bit, name in enumerate(GROUPS[group])
    )
    differ = " + ".join(
        f"{1 << bit} * coalesce({_contradicts(name)}, false)::INTEGER"
        for bit, name in enumerate(GROUPS[group])
    )
    return f"{agree} AS {group}_agree, {differ} AS {group}_differ"


#: ``place``: 2 the same, 1 one inside the other, 0 apart; ``day``: 2 the same, 1 beside, 0 another;
#: ``key``: whether two of one partner have one key in two spellings. NULL where one is not known.
_COMPARED = f"""
CREATE OR REPLACE TEMP TABLE compared AS
SELECT x.number AS a, y.number AS b, x.month, y.month <> x.month AS two_months,
    x.partner = y.partner AS within, pair.place.role AS role,
    CASE WHEN pair.place IS NOT NULL THEN 1 + pair.place.same::INTEGER
        WHEN x.place IS NOT NULL AND y.place IS NOT NULL THEN 0 END AS place,
    pair.place.common AS place_common,
    CASE WHEN x.day IS NULL OR y.day IS NULL THEN NULL WHEN x.day = y.day THEN 2
        WHEN x.day_after = y.day OR y.day_after = x.day THEN 1 ELSE 0 END AS day,
    x.day_common,
    CASE WHEN x.partner = y.partner THEN x.spelling = y.spelling END AS key, x.key_common,
    {", ".join(map(_agreements, GROUPS))},
    {", ".join(f"x.{group}_common[{group}_agree] AS {group}_common" for group in GROUPS)}
FROM pair JOIN report AS x ON x.number = pair.a JOIN report AS y ON y.number = pair.b
ANTI JOIN decided ON first_id = least(x.incident_id, y.incident_id)
    AND second_id = greatest(x.incident_id, y.incident_id)
WHERE abs(x.people - y.people) <= greatest(1, 0.2 * greatest(x.people, y.people))
"""  # noqa: S608
