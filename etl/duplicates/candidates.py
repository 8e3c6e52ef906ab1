"""Candidates: open pairs of incidents that may be one event, and what speaks for each.

Read from what ``comparison`` and ``weights`` make. The ids of incidents go no further than here and
``joining``: what is shown of a pair is its short name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from dashboard.model import codes
from dashboard.model.languages import ENGLISH, Language
from etl.duplicates.comparison import GROUPS, MASKS, compare
from etl.duplicates.weights import weigh
from etl.events.build import ParentRow
from etl.local import local
from etl.register.decisions import Duplicate

#: What fields are called in English.
FIELDS: dict[str, str] = {
    "people": "number of people",
    "sex": "sex",
    "age": "age",
    "population_group": "population group",
    "class": "class",
    "exploitation": "form of exploitation",
    "recruiter": "recruiter",
    "stage": "stage of exploitation",
    "mode": "way of travelling",
    "destination": "destination",
    "dead": "dead or missing",
    "ransom": "ransom",
    "place": "place",
    "inside": "place (one inside the other)",
    "day": "day",
    "beside": "day (one apart)",
    "key": "case number (spelled otherwise)",
}


def find_candidates(
    connection: duckdb.DuckDBPyConnection,
    parents: Iterable[ParentRow],
    duplicates: Iterable[Duplicate],
) -> None:
    """Make the table ``candidate`` of open pairs, from what ``comparison.compare`` is given."""
    compare(connection, parents, duplicates)
    weigh(connection)
    connection.execute(_CANDIDATE)


@dataclass(frozen=True)
class Side:
    """One incident of a pair.

    Attributes:
        incident_id: Its id; never shown.
        partner: Who reported it.
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
        month: First day of the month of its first incident.
        a: The incident of the partner whose name comes first.
        b: The other incident; of one partner the first id comes first.
        probability: How likely both are one event, 0 to 1.
        bits: The odds that they are, a logarithm to base 2.
        agree: Fields in which both agree, by their names in ``FIELDS``.
        differ: Fields that both tell and in which they differ.
        role: Role of the place in which they agree, where it is not that of the event; else "".
    """

    id: str
    month: date
    a: Side
    b: Side
    probability: float
    bits: float
    agree: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    role: str = ""

    def agreeing(self, language: Language) -> str:
        """Fields in which both agree, in words."""
        of_place = f" ({codes.PLACE_ROLE.label_of(self.role, language)})" if self.role else ""
        return ", ".join(
            in_words(field, language) + (of_place if field in ("place", "inside") else "")
            for field in self.agree
        )

    @property
    def percent(self) -> int:
        """The probability in whole percent, never 0 or 100."""
        return min(max(round(100 * self.probability), 1), 99)

    @property
    def likely(self) -> bool:
        """Whether both are likelier one event than two."""
        return self.probability > _EVEN


#: From here on two incidents are likelier one event than two.
_EVEN = 0.5


def in_words(field: str, language: Language) -> str:
    """What a field of a pair is called in a language."""
    english = FIELDS[field]
    return english if language == ENGLISH else local(english) or english


def all_candidates(connection: duckdb.DuckDBPyConnection) -> tuple[Candidate, ...]:
    """Every open pair, best first."""
    return _read(connection, "ORDER BY bits DESC, month DESC, id")


def candidates_of(connection: duckdb.DuckDBPyConnection, pair_id: str) -> tuple[Candidate, ...]:
    """Open pairs of a short name: one, or none."""
    return _read(connection, "WHERE id = ?", [pair_id])


def pair_name(incidents: tuple[str, str]) -> str:
    """Short stable name of a pair, from which the ids of its incidents cannot be found."""
    return hashlib.sha256("|".join(sorted(incidents)).encode()).hexdigest()[:10]


def _read(
    connection: duckdb.DuckDBPyConnection, clause: str, values: Sequence[str] = ()
) -> tuple[Candidate, ...]:
    """Pairs of the table ``candidate`` that a clause of SQL selects or orders, with its values."""
    rows = connection.execute(
        f"""SELECT id, month, probability, bits, a_id, a_partner, a_place, a_people, a_class,
            b_id, b_partner, b_place, b_people, b_class, role, place, day, key, {MASKS}
        FROM candidate {clause}""",  # noqa: S608
        list(values),
    ).fetchall()
    return tuple(_candidate(row) for row in rows)


def _candidate(row: tuple[Any, ...]) -> Candidate:
    """A pair of a row that ``_read`` selects; place and day: 2 the same, 1 near, 0 apart."""
    id_, month, probability, bits, *rest = row
    a, b, rest = Side(*rest[:5]), Side(*rest[5:10]), rest[10:]
    role, place, day, key, *masks = rest
    agree: list[str] = []
    differ: list[str] = []
    if place is not None:
        (agree if place else differ).append("inside" if place == 1 else "place")
    if day is not None:
        (agree if day else differ).append("beside" if day == 1 else "day")
    if key:
        agree.append("key")
    agree += _fields_of(masks[::2])
    differ += _fields_of(masks[1::2])
    role = "" if role in (None, "event") else str(role)
    return Candidate(id_, month, a, b, probability, bits, tuple(agree), tuple(differ), role)


def _fields_of(masks: Sequence[int]) -> list[str]:
    """Fields whose bits are set in masks, one for each group of ``GROUPS``."""
    return [
        field
        for fields, mask in zip(GROUPS.values(), masks, strict=True)
        for bit, field in enumerate(fields)
        if mask >> bit & 1
    ]


_CANDIDATE = f"""
CREATE OR REPLACE TEMP TABLE candidate AS
WITH sided AS (
    SELECT weighed.*, (x.partner, x.incident_id) > (y.partner, y.incident_id) AS turned
    FROM weighed JOIN report AS x ON x.number = a JOIN report AS y ON y.number = b
)
SELECT
    left(sha256(least(x.incident_id, y.incident_id) || '|'
        || greatest(x.incident_id, y.incident_id)), 10) AS id,
    x.month, probability, bits,
    x.incident_id AS a_id, x.partner AS a_partner, x.place AS a_place, x.people AS a_people,
    x.class_told AS a_class,
    y.incident_id AS b_id, y.partner AS b_partner, y.place AS b_place, y.people AS b_people,
    y.class_told AS b_class,
    sided.role, sided.place, sided.day, sided.key,
    {MASKS}
FROM sided JOIN report AS x ON x.number = CASE WHEN turned THEN b ELSE a END
    JOIN report AS y ON y.number = CASE WHEN turned THEN a ELSE b END
"""  # noqa: S608
