"""Content: what each record says, field by field and one row each, so that two can be compared.

A person says what its incident says as well, with the places of it and its own journey; the class
is that of the first decision, since later ones change that of the register. Keys, partner and what
decisions about duplicates left say nothing.

How two records are compared belongs to whoever asks: ``etl.intake.matched``.
"""

from __future__ import annotations

from typing import Literal

from dashboard.model.codes import PLACE_ROLE
from dashboard.model.tables import table
from etl.register.tables import ARRIVALS

Schema = Literal["staged", "register"]
#: Fields of a leg that are not in the list of legs: its number, which orders it, and its month.
_APART = ("leg_no", "month")
#: Name of the whole journey among the fields; its months are a field of their own.
JOURNEY = "movement"

_UNSAID = ("incident_id", "person_id", "referral_id", "voyage_id", "seq", "partner", "duplicate_of")
#: What a record is part of: two of one incident may well say the same.
_HOME = {
    "incident": "incident.incident_id",
    "person": "person.incident_id",
    "voyage": "voyage.voyage_id",
}
#: The month by which a record of each sort counts.
MONTH_OF = {
    "incident": "incident.incident_month",
    "person": "incident.incident_month",
    "referral": "referral.requested_month",
    "classification": "classification.decided_month",
    "voyage": "voyage.month",
}


def content_fields(sort: str) -> tuple[str, ...]:
    """Names of the fields that records of a sort say, as wide columns are named."""
    return tuple(_expressions(sort))


def content_sql(sort: str, schema: Schema) -> str:
    """Query of what the records of a sort say.

    Args:
        sort: What a record is: a table of ``ARRIVALS``.
        schema: The staged files, or the register.

    Returns:
        SQL of the columns ``key``, ``home`` (the incident of a person, else the record itself;
        NULL of referrals and decisions), ``month``, those of ``content_fields`` as texts and, of
        staged records, ``file_no`` and ``row_no``.
    """
    chosen = [f'CAST({sql} AS VARCHAR) AS "{name}"' for name, sql in _expressions(sort).items()]
    origin = [f"{sort}.file_no", f"{sort}.row_no"] if schema == "staged" else []
    home = _HOME.get(sort, "NULL")
    columns = ", ".join([f"{home} AS home", f"{MONTH_OF[sort]} AS month", *origin, *chosen])
    return f"""
        WITH {_places(schema)}, {_journeys(sort, schema)}
        SELECT {ARRIVALS[sort]} AS key, {columns}
        FROM {schema}.{sort} AS {sort} {_joins(sort, schema)}
        WHERE {ARRIVALS[sort]} IS NOT NULL"""  # noqa: S608


def dated_sql(sort: str) -> str:
    """Query of the records of the register: the ``key`` and the ``month`` of each."""
    home = " JOIN register.incident USING (incident_id)" if sort == "person" else ""
    key = ARRIVALS[sort]
    return f"SELECT {key} AS key, {MONTH_OF[sort]} AS month FROM register.{sort}{home}"  # noqa: S608


def _expressions(sort: str) -> dict[str, str]:
    """Field to its SQL, for the fields that records of a sort say."""
    tables = {"person": ("person", "incident"), "referral": ("referral",)}.get(sort, (sort,))
    fields = {
        f"{name}.{field}": f'{name}."{field}"'
        for name in tables
        for field in table(name).names
        if field not in _UNSAID
    }
    if sort == "person":
        fields["person.class"] = "coalesce(decision.class, person.class)"
        for field in table("classification").names:
            if field not in (*_UNSAID, "class"):
                fields[f"classification.{field}"] = f'decision."{field}"'
    if sort in ("incident", "person"):
        roles = PLACE_ROLE.values
        fields |= {f"incident_place.place[{role}]": f'located."{role}"' for role in roles}
        fields |= {JOURNEY: "travelled.legs", "movement.month": "travelled.months"}
    return fields


def _joins(sort: str, schema: Schema) -> str:
    """Joins that the fields of a sort need, "" where its own table has all."""
    joins = {
        "incident": _join("incident", "located", "incident_id", schema)
        + _join("incident", "travelled", "incident_id", schema),
        "person": _join("person", f"{schema}.incident AS incident", "incident_id", schema)
        + _join("person", "located", "incident_id", schema)
        + _join("person", "travelled", "person_id", schema)
        + _join("person", f"{schema}.classification AS decision", "person_id", schema)
        + " AND decision.seq = 1",
    }
    return joins.get(sort, "")


def _join(left: str, right: str, key: str, schema: Schema) -> str:
    """A join by a key; ``right`` may end with an alias, and staged rows match in one file only."""
    name = right.rpartition(" ")[2]
    of_file = f" AND {name}.file_no = {left}.file_no" if schema == "staged" else ""
    return f" LEFT JOIN {right} ON {name}.{key} = {left}.{key}{of_file}"


def _places(schema: Schema) -> str:
    """The query ``located``: places of each incident, a column for each role."""
    roles = ", ".join(
        f"any_value(place) FILTER (place_role = '{role}') AS \"{role}\""
        for role in PLACE_ROLE.values
    )
    by = "incident_id, file_no" if schema == "staged" else "incident_id"
    return f"located AS (SELECT {by}, {roles} FROM {schema}.incident_place GROUP BY {by})"  # noqa: S608


def _journeys(sort: str, schema: Schema) -> str:
    """The query ``travelled``: legs of each person, or of each whole incident, as lists."""
    owner, condition = (
        ("person_id", "person_id IS NOT NULL")
        if sort == "person"
        else ("incident_id", "person_id IS NULL")
    )
    names = [name for name in table("movement").names if name not in (*_UNSAID, *_APART)]
    leg = ", ".join(["leg_no", *(f'"{name}"' for name in names)])
    by = f"{owner}, file_no" if schema == "staged" else owner
    return (
        f"travelled AS (SELECT {by}, list(({leg}) ORDER BY leg_no) AS legs, "  # noqa: S608
        "list(month ORDER BY leg_no) AS months "
        f"FROM {schema}.movement WHERE {condition} GROUP BY {by})"
    )
