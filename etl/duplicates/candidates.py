"""Candidates: open pairs of incidents that may be one event, and what speaks for each.

Read from the table that ``comparison`` makes. The ids of incidents go no further than here and
``joining``: what is shown of a pair is its short name.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from dashboard.model import codes
from etl.register.access import number_of_rows


@dataclass(frozen=True)
class Side:
    """One incident of a pair.

    Attributes:
        incident_id: Its id; never shown.
        partner: Who told of it.
        place: Code of the place of the event, or of any place that is known.
        people: People in it.
        class_: Class of its people, mixed, or undetermined.
    """

    incident_id: str
    partner: str
    place: str
    people: int
    class_: str


@dataclass(frozen=True)
class Candidate:
    """A pair that may be one event.

    Attributes:
        id: Short stable name of the pair.
        month: First day of its month.
        a: The incident of the partner whose name comes first.
        b: The other incident.
        score: How much speaks for one event, of 100.
        reasons: What speaks for it, in words.
    """

    id: str
    month: date
    a: Side
    b: Side
    score: int
    reasons: tuple[str, ...]


def count_candidates(connection: duckdb.DuckDBPyConnection) -> int:
    """Number of open pairs found."""
    return number_of_rows(connection, "candidate")


def best_candidates(connection: duckdb.DuckDBPyConnection, limit: int) -> tuple[Candidate, ...]:
    """Open pairs for which most speaks, best first."""
    return _read(connection, "ORDER BY score DESC, month DESC, id LIMIT ?", limit)


def all_candidates(connection: duckdb.DuckDBPyConnection) -> tuple[Candidate, ...]:
    """Every open pair, best first."""
    return best_candidates(connection, count_candidates(connection))


def candidates_of(connection: duckdb.DuckDBPyConnection, pair_id: str) -> tuple[Candidate, ...]:
    """Open pairs of a name: one, or none."""
    return _read(connection, "WHERE id = ?", pair_id)


def pair_name(incidents: tuple[str, str]) -> str:
    """Short stable name of a pair, from which the ids of its incidents cannot be found."""
    return hashlib.sha256("|".join(sorted(incidents)).encode()).hexdigest()[:10]


def _read(
    connection: duckdb.DuckDBPyConnection, which: str, value: int | str
) -> tuple[Candidate, ...]:
    rows = connection.execute(
        f"""SELECT id, month, score, a_id, a_partner, a_place, a_people, a_class,
            b_id, b_partner, b_place, b_people, b_class,
            same_place, role, many, same_class, same_rollup, same_mode, same_destination,
            same_statement, alike
        FROM candidate {which}""",  # noqa: S608
        [value],
    ).fetchall()
    return tuple(_candidate(row) for row in rows)


def _candidate(row: tuple[Any, ...]) -> Candidate:
    id_, month, score, *sides = row
    a, b, says = Side(*sides[:5]), Side(*sides[5:10]), sides[10:]
    return Candidate(id_, month, a, b, score, _reasons(a, b, *says))


def _reasons(
    a: Side,
    b: Side,
    same_place: bool,
    role: str,
    many: bool,
    same_class: bool,
    same_rollup: bool,
    same_mode: bool,
    same_destination: bool,
    same_statement: bool,
    alike: float,
) -> tuple[str, ...]:
    """What speaks for one event, in words."""
    same_people = a.people == b.people
    of_role = "" if role == "event" else f" ({codes.PLACE_ROLE.label_of(role).lower()})"
    reasons = (
        (same_place, f"the same place{of_role}"),
        (not same_place, f"one place inside the other{of_role}"),
        (same_people, "as many people"),
        (not same_people, "about as many people"),
        (many, "many people"),
        (same_statement, "the same in everything that both tell"),
        (same_class and not same_statement, "the same class"),
        (same_rollup and not same_class, "a class of the same kind"),
        (same_mode and not same_statement, "the same way of travelling"),
        (same_destination and not same_statement, "the same destination"),
        (alike > 0, f"sex and age alike for {alike:.0%}"),
    )
    return tuple(words for holds, words in reasons if holds)
