"""Judging a set of files: the rules over whole records, and which rows and files may load.

One finding of severity *error* refuses the set, unless the operator accepts the valid rows. Then
the rows that have one are taken out, with every row that depends on them, until no rule finds
anything more. A finding about a whole file, and a hit of the privacy screens, refuses the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from dashboard.model.tables import REGISTER
from etl.findings import Finding, in_order, refuses_file
from etl.intake.candidate import Candidate, Gate, take_through
from etl.intake.validate import Staged, validate
from etl.read.coded import numbers_of
from etl.register.extracts import content_digest, create_wide
from etl.register.records import create_held, note_records
from etl.register.split import create_staged, stage
from etl.rules import RULES
from etl.sources import Source

_OF_INCIDENT = frozenset(rule.id for rule in RULES if rule.incident)
_INCIDENT_TABLES = ("incident.", "incident_place.")


@dataclass(frozen=True)
class Verdict:
    """What is to become of a set.

    Attributes:
        fresh: Files that load, by the number under which they are staged; the rows of number 0
            are the relation ``wide_0``.
        findings: Every finding, in order.
        tables: Rows of each register table that the files tell of.
    """

    fresh: dict[int, Candidate]
    findings: list[Finding]
    tables: dict[str, int]


def judge(
    connection: duckdb.DuckDBPyConnection,
    passed: Sequence[Candidate],
    gate: Gate,
    *,
    accept_valid: bool,
) -> Verdict:
    """Stage the files of a set and apply the rules to them.

    Args:
        connection: Has the register attached as ``register`` and no schema ``staged``.
        passed: The files after the gate; what is left out of them is taken from them.
        gate: What they are measured by.
        accept_valid: Whether rows without a fault load though others of the set have one.
    """
    connection.execute("CREATE TABLE place_country (code VARCHAR, country VARCHAR)")
    codes, countries = zip(*gate.areas.countries(), strict=True)
    connection.execute(
        "INSERT INTO place_country SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
        [list(codes), list(countries)],
    )
    headers = _headers(gate.source)
    refused: list[Finding] = []
    while True:
        fresh = _stage(connection, passed, gate.source)
        findings = [f for c in passed if not c.known for f in c.findings]
        findings += _rule_findings(connection, fresh, gate.source, headers, findings)
        faults = [f for f in findings if f.severity == "error"]
        if not accept_valid or not faults:
            break
        refused += _take_out(passed, faults, headers, gate, follows=bool(refused))
    counts = {entry.name: _count(connection, f"staged.{entry.name}") for entry in REGISTER}
    return Verdict(fresh, in_order([*refused, *findings]), counts)


def _stage(
    connection: duckdb.DuckDBPyConnection, passed: Sequence[Candidate], source: Source
) -> dict[int, Candidate]:
    """Stage what is left of the files that the register does not know; return them by number."""
    connection.execute("DROP SCHEMA IF EXISTS held CASCADE")
    connection.execute("DROP SCHEMA IF EXISTS staged CASCADE")
    connection.execute("DROP VIEW IF EXISTS wide")
    create_staged(connection)
    create_held(connection)
    connection.execute("CREATE VIEW staged.place_country AS FROM main.place_country")
    connection.execute("INSERT INTO staged.source VALUES (?)", [source.name])
    for number, candidate in enumerate(passed):
        if candidate.after is not None:
            wide, after = f"wide_{number}", candidate.after
            connection.execute(f"DROP TABLE IF EXISTS {wide}")
            create_wide(connection, wide, after.columns, after.rows, number)
            identity = (source.partner, source.kind, source.row)
            digest = content_digest(connection, wide, list(after.columns), identity)
            candidate.digest = digest if after.rows else ""
    _mark_known(connection, passed)
    fresh = {n: c for n, c in enumerate(passed) if not c.known and c.after is not None}
    for number, candidate in fresh.items():
        assert candidate.after is not None  # noqa: S101 - filtered above
        stage(connection, f"wide_{number}", list(candidate.after.columns), source.row)
    note_records(connection)
    return fresh


def _mark_known(connection: duckdb.DuckDBPyConnection, passed: Sequence[Candidate]) -> None:
    """Mark files that the register was built from already, and repetitions within the set.

    A file of which rows were left out when it was loaded is not known by its bytes.
    """
    seen = {
        str(name)
        for (name,) in connection.execute(
            """SELECT extract FROM register.load
            UNION SELECT file_hash FROM register.load WHERE left_out = 0"""
        ).fetchall()
    }
    for candidate in passed:
        own = {candidate.digest, candidate.file_hash} - {""}
        candidate.known = bool(own & seen)
        seen |= own


def _rule_findings(
    connection: duckdb.DuckDBPyConnection,
    fresh: dict[int, Candidate],
    source: Source,
    headers: dict[str, tuple[str, ...]],
    earlier: list[Finding],
) -> list[Finding]:
    shared: tuple[str, ...] = ()
    if source.row == "person" and fresh:
        shared = tuple(name for name in headers if name.startswith("incident."))
        parts = " UNION ALL BY NAME ".join(f"FROM wide_{number}" for number in fresh)
        connection.execute(f"CREATE VIEW wide AS {parts}")
    places = {number: candidate.place for number, candidate in fresh.items()}
    found = validate(connection, Staged(places, headers, source.declares, shared))
    # What a faulty cell leaves empty is no finding of its own.
    faulty = {(f.file, f.row) for f in earlier if f.severity == "error"}
    return [
        f
        for f in found
        if (f.file, f.row) not in faulty or (f.severity == "error" and f.rule != "required_field")
    ]


def _headers(source: Source) -> dict[str, tuple[str, ...]]:
    """Register field to the columns from which it follows."""
    headers: dict[str, tuple[str, ...]] = {}
    follows = [(c.target, (c.header,)) for c in source.columns if c.target is not None]
    follows += [(rule.target, rule.columns) for rule in source.months]
    for target, columns in follows:
        name = f"{target.table}.{target.field.name}"
        headers[name] = (*headers.get(name, ()), *columns)
    return headers


def _take_out(
    passed: Sequence[Candidate],
    faults: list[Finding],
    headers: dict[str, tuple[str, ...]],
    gate: Gate,
    *,
    follows: bool,
) -> list[Finding]:
    """Take faulty rows and files out of the set, and return the findings that say so.

    Args:
        passed: The files.
        faults: Findings of severity error about rows that are still in them.
        headers: Register field to the columns from which it follows.
        gate: What the files are measured by.
        follows: Whether rows were taken out before, so that these follow from them.
    """
    told: list[Finding] = []
    for candidate in passed:
        own = [f for f in faults if f.file == candidate.path.name]
        if not own:
            continue
        if candidate.after is None or any(refuses_file(f) for f in own):
            told += own
            candidate.sheet = candidate.after = None
            candidate.digest, candidate.findings, candidate.faults = "", [], []
            continue
        rows = {f.row for f in own if f.row is not None}
        depending = _same_incident(candidate, own, headers) - rows
        told += _depending(candidate, rows) if follows else own
        told += _depending(candidate, depending)
        candidate.left_out |= rows | depending
        candidate.faults = []
        take_through(candidate, gate)
    return told


def _depending(candidate: Candidate, rows: set[int]) -> list[Finding]:
    return [candidate.place.finding("depends_on_refused", row=row) for row in sorted(rows)]


def _same_incident(
    candidate: Candidate, faults: list[Finding], headers: dict[str, tuple[str, ...]]
) -> set[int]:
    """Rows of the incidents about which the faults are, where rows are people."""
    assert candidate.after is not None  # noqa: S101 - checked by the caller
    columns = {
        header
        for name, names in headers.items()
        if name.startswith(_INCIDENT_TABLES)
        for header in names
    }
    told = {f.row for f in faults if f.rule in _OF_INCIDENT or f.column in columns}
    ids = candidate.after.columns.get("incident.incident_id")
    if ids is None or not told:
        return set()
    rows = candidate.after.rows
    faulty = np.fromiter((row in told for row in rows), np.bool_, len(rows))
    return set(numbers_of(np.isin(ids.codes, ids.codes[faulty]), rows))


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0
