"""Deciding about a set of files: which rows and files may load.

One finding of severity *error* refuses the set, unless the operator accepts the valid rows. Then
the rows that have one are left out, with every row that depends on them. What is left is a set of
its own, about which is decided in the same way, until no rule finds a fault in it. A finding about
a whole file, and a hit of the privacy screens, refuses the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from dashboard.model.tables import REGISTER
from etl.declaration.source import Source
from etl.findings import Finding, in_order, refuses_file
from etl.harmonise import Harmonised
from etl.intake.incoming_file import CodedFile, Intake, StagedFile, refuse_whole, to_codes
from etl.intake.staging import create_countries, stage_files
from etl.intake.validate import validate
from etl.read.coded import numbers_of
from etl.register.access import number_of_rows
from etl.rules import RULES

_OF_INCIDENT = frozenset(rule.id for rule in RULES if rule.incident)
_INCIDENT_TABLES = ("incident.", "incident_place.")


@dataclass(frozen=True)
class Decision:
    """What is to become of a set.

    Attributes:
        files: The files with what may load of them.
        findings: Every finding, in order.
        tables: Rows of each register table that the files tell of.
    """

    files: tuple[StagedFile, ...]
    findings: list[Finding]
    tables: dict[str, int]


def decide(
    connection: duckdb.DuckDBPyConnection,
    coded: Sequence[CodedFile],
    intake: Intake,
    *,
    accept_valid: bool,
) -> Decision:
    """Stage the files of a set, apply the rules, and decide what of it may load.

    Args:
        connection: Has the register attached as ``register`` and no schema ``staged``.
        coded: The files as they were harmonised.
        intake: What they are harmonised with.
        accept_valid: Whether rows without a fault load though others of the set have one.
    """
    create_countries(connection, intake.areas)
    refused: list[Finding] = []
    while True:
        files = stage_files(connection, coded, intake.source)
        findings = validate(connection, files, intake.source)
        faults = [finding for finding in findings if finding.severity == "error"]
        if not (accept_valid and faults):
            break
        reduced = [_leave_out(file, faults, intake, follows=bool(refused)) for file in coded]
        coded = [file for file, _ in reduced]
        refused += [finding for _, left_out in reduced for finding in left_out]
    tables = {entry.name: number_of_rows(connection, f"staged.{entry.name}") for entry in REGISTER}
    return Decision(files, in_order([*refused, *findings]), tables)


def _leave_out(
    file: CodedFile, faults: Sequence[Finding], intake: Intake, *, follows: bool
) -> tuple[CodedFile, list[Finding]]:
    """A file without its faulty rows, and the findings that say what was left out of it.

    Args:
        file: The file.
        faults: Findings of severity error about rows that are still in the set.
        intake: What the files are harmonised with.
        follows: Whether rows were left out before, so that these follow from them.
    """
    own_faults = [fault for fault in faults if fault.file == file.name]
    if not own_faults:
        return file, []
    if file.content is None or any(refuses_file(fault) for fault in own_faults):
        return refuse_whole(file, intake), own_faults
    rows = {fault.row for fault in own_faults if fault.row is not None}
    depending = _same_incident(file.content, own_faults, intake.source) - rows
    findings = [*(_depending(file, rows) if follows else own_faults), *_depending(file, depending)]
    return to_codes(file.original, intake, file.left_out | rows | depending), findings


def _depending(file: CodedFile, rows: Iterable[int]) -> list[Finding]:
    """A finding for each row that is left out since it depends on a refused one."""
    return [file.original.place.finding("depends_on_refused", row=row) for row in rows]


def _same_incident(harmonised: Harmonised, faults: Sequence[Finding], source: Source) -> set[int]:
    """Rows of the incidents about which the faults are, where rows are people."""
    columns = {
        header
        for name, headers in source.headers.items()
        if name.startswith(_INCIDENT_TABLES)
        for header in headers
    }
    faulty = {f.row for f in faults if f.rule in _OF_INCIDENT or f.column in columns}
    ids = harmonised.columns.get("incident.incident_id")
    if ids is None or not faulty:
        return set()
    hits = np.fromiter((row in faulty for row in harmonised.rows), np.bool_, len(harmonised.rows))
    return set(numbers_of(np.isin(ids.codes, ids.codes[hits]), harmonised.rows))
