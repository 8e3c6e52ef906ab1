"""Applying the rules over whole staged records: every finding of every rule at once.

The rules themselves stand in ``rules``; what is checked cell by cell in ``harmonise``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import duckdb

from dashboard.model.tables import REGISTER
from etl.declaration.source import Source
from etl.findings import Finding
from etl.intake.incoming_file import StagedFile
from etl.rules import RULES, Rule

#: A rule for each required field, from the registry.
REQUIRED: tuple[Rule, ...] = tuple(
    Rule(
        "required_field",
        f"{field.label} is needed in every row.",
        f'SELECT file_no, row_no FROM staged.{entry.name} WHERE "{field.name}" IS NULL',  # noqa: S608
        (f"{entry.name}.{field.name}",),
    )
    for entry in REGISTER
    for field in entry.fields
    if field.required
)


def _conflicts(fields: Sequence[str]) -> tuple[Rule, ...]:
    """A rule for each field that rows of one incident must agree on."""
    return tuple(
        Rule(
            "conflicting_values",
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


def validate(
    connection: duckdb.DuckDBPyConnection, files: Sequence[StagedFile], source: Source
) -> list[Finding]:
    """Every finding about a staged set: those of reading and harmonising, and those of every rule.

    Files that the register knows already have no findings.

    Args:
        connection: Has the set staged.
        files: The files of the set.
        source: Their declaration.
    """
    findings = [f for file in files if not file.is_known for f in file.coded.findings]
    # What a faulty cell leaves empty is no finding of its own.
    faulty = {(f.file, f.row) for f in findings if f.severity == "error"}
    return findings + [
        f
        for f in _rule_findings(connection, files, source)
        if (f.file, f.row) not in faulty or (f.severity == "error" and f.rule != "required_field")
    ]


def _rule_findings(
    connection: duckdb.DuckDBPyConnection, files: Sequence[StagedFile], source: Source
) -> Iterator[Finding]:
    """A finding for each row that breaks a rule which the source has fields for."""
    headers = source.headers
    shared = [name for name in headers if name.startswith("incident.")]
    has_people = source.row == "person" and any(file.is_fresh for file in files)
    conflicts = _conflicts(shared) if has_people else ()
    for rule in (*RULES, *REQUIRED, *conflicts):
        if rule.needs and not set(rule.needs) & source.declares:
            continue
        columns = [header for name in rule.fields for header in headers.get(name, ())]
        column = columns[0] if columns else None
        rows = cast("list[tuple[int, int | None]]", connection.execute(rule.sql).fetchall())
        for file_no, row_no in rows:
            place = files[file_no].coded.original.place
            yield Finding(
                place.file, place.sheet, row_no, column, rule.id, rule.sentence, rule.severity
            )
