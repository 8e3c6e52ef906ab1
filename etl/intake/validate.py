"""Applying the rules over whole staged records: every finding of every rule at once.

The rules themselves stand in ``rules``; what is checked cell by cell in ``harmonise``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import duckdb

from dashboard.model.tables import REGISTER
from etl.findings import Finding, Place
from etl.rules import RULES, Rule


def _required() -> tuple[Rule, ...]:
    """A rule for each required field, from the registry."""
    return tuple(
        Rule(
            "required_field",
            "error",
            f"{field.label} is needed in every row.",
            f'SELECT file_no, row_no FROM staged.{entry.name} WHERE "{field.name}" IS NULL',  # noqa: S608
            (f"{entry.name}.{field.name}",),
        )
        for entry in REGISTER
        for field in entry.fields
        if field.required
    )


def _conflicts(fields: Sequence[str]) -> tuple[Rule, ...]:
    """Rules that rows of one incident agree on what they say of it."""
    return tuple(
        Rule(
            "conflicting_values",
            "error",
            "Rows of the same incident disagree.",
            f"""SELECT w.file_no, w.row_no FROM wide w JOIN (
                    SELECT file_no, "incident.incident_id" AS id, arg_min("{name}", row_no)
                        FILTER (WHERE "{name}" IS NOT NULL) AS first
                    FROM wide GROUP BY ALL) f
                ON f.file_no = w.file_no AND f.id = w."incident.incident_id"
                WHERE w."{name}" <> f.first""",  # noqa: S608
            (name,),
        )
        for name in fields
    )


REQUIRED: tuple[Rule, ...] = _required()


@dataclass(frozen=True)
class Staged:
    """What the rules need to know of a staged file set.

    Attributes:
        places: File and sheet of each file, by file_no.
        headers: Register field (``table.field``) to the headers of the columns that fill it.
        declares: Register fields that the source fills at all.
        shared: Incident fields that several rows of people repeat; empty for other sources.
    """

    places: Mapping[int, Place]
    headers: dict[str, tuple[str, ...]]
    declares: frozenset[str]
    shared: tuple[str, ...] = ()


def validate(connection: duckdb.DuckDBPyConnection, staged: Staged) -> list[Finding]:
    """Every finding of every rule over the staged tables.

    Args:
        connection: Holds the schemas ``staged`` and ``register``, and the relation ``wide`` when
            ``staged.shared`` is not empty.
        staged: The file set.
    """
    findings: list[Finding] = []
    for rule in (*RULES, *REQUIRED, *_conflicts(staged.shared)):
        if rule.needs and not set(rule.needs) & staged.declares:
            continue
        columns = [h for name in rule.fields for h in staged.headers.get(name, ())]
        column = columns[0] if columns else None
        records = cast("list[tuple[int, int | None]]", connection.execute(rule.sql).fetchall())
        for file_no, row_no in records:
            place = staged.places[file_no]
            findings.append(
                Finding(
                    place.file, place.sheet, row_no, column, rule.id, rule.sentence, rule.severity
                )
            )
    return findings
