"""Loading: a set of files through the gate and the rules into extracts and register.

All of a set loads or nothing does, unless the operator accepts the valid rows of a set that has
faults. A dry run takes the same way and stops before the first write. Reading stands in ``read``,
meaning in ``harmonise``, rules in ``rules``, and what may load in ``judge``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import duckdb

from etl.findings import Finding, refuses
from etl.harmonise.areas import Areas
from etl.intake.candidate import Candidate, Gate, Tell, read_files
from etl.intake.judge import Verdict, judge
from etl.register import access, decisions, journal, retention
from etl.register.bench import attach, bench
from etl.register.durable import replace_file
from etl.register.extracts import Extract, write_extract
from etl.register.records import RowCounts, count_rows
from etl.register.replay import complete, insert
from etl.register.store import exists
from etl.register.tables import ARRIVAL_COLUMNS, LOAD_COLUMNS, SAMPLE, create_statements
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings
from etl.sources import Source

Result = Literal["whole", "part", "refused"]

#: Steps that a load or a dry run tells of, beside one for each file that is read.
STEPS = 6


@dataclass(frozen=True)
class FileReport:
    """What happens, or happened, with one file.

    Attributes:
        file: Its name.
        outcome: loads or loads_in_part (a dry run), loaded or loaded_in_part, known (the register
            holds all of it already) or refused.
        rows: Rows that load; 0 when it is refused or known.
        held: Rows held back because their consent is not known.
        new: Of the rows that load, those with a record that the register does not hold.
        corrected: Those that change a record of the register.
        unchanged: Those that say what the register holds already.
        left_out: Rows refused by a finding while others load.
        erased: Rows of erased records, left out.
        past: Rows past keeping, left out.
    """

    file: str
    outcome: str
    rows: int = 0
    held: int = 0
    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    left_out: int = 0
    erased: int = 0
    past: int = 0


@dataclass(frozen=True)
class Report:
    """What a load or a dry run found: files, rows per register table, findings in order."""

    files: list[FileReport]
    tables: dict[str, int]
    findings: list[Finding]

    @property
    def accepted(self) -> bool:
        """Whether any of the set loads, or is held already."""
        return self.result != "refused"

    @property
    def result(self) -> Result:
        """Whether the set loads as a whole, in part or not at all."""
        refused = [entry.outcome == "refused" for entry in self.files]
        if all(refused):
            return "refused"
        return "part" if any(refused) or any(entry.left_out for entry in self.files) else "whole"


def check_files(
    settings: Settings,
    paths: Sequence[Path],
    source: Source,
    areas: Areas,
    today: date,
    tell: Tell,
    *,
    accept_valid: bool = False,
) -> Report:
    """What would load, and every finding; the store stays untouched.

    Without a store, references to records of earlier files cannot be followed, and keys are
    hashed with a key that is thrown away.
    """
    if not exists(settings):
        # Without a store nothing may lie anywhere, not even for a moment.
        config = {**access.CONFIG, "temp_directory": ""}
        with duckdb.connect(":memory:", config=config) as connection:
            connection.execute("ATTACH ':memory:' AS register")
            for statement in create_statements("register"):
                connection.execute(statement)
            gate = Gate(source, areas, b"dry run", today)
            return _judged(connection, paths, gate, tell, accept_valid)[0]
    with access.locked(settings), bench(settings) as connection:
        gate = _gate(settings, source, areas, today)
        attach(connection, settings.register, "register")
        _refuse_unfit(connection, source)
        return _judged(connection, paths, gate, tell, accept_valid)[0]


def load_files(
    settings: Settings,
    paths: Sequence[Path],
    source: Source,
    areas: Areas,
    today: date,
    tell: Tell,
    *,
    accept_valid: bool = False,
) -> Report:
    """Load a set of files, or nothing when a finding refuses one of them.

    With ``accept_valid``, rows with a finding that refuses are left out with all that depends on
    them, and the others load.

    Raises:
        OperatorError: If the store is missing, in use, of another kind, or out of step with its
            extracts, if an erasure is unfinished, or if a secret is missing or changed.
    """
    with access.locked(settings):
        decisions.refuse_unfinished(settings)
        with bench(settings) as connection:
            gate = _gate(settings, source, areas, today)
            attach(connection, settings.register, "register")
            _refuse_unfit(connection, source)
            _refuse_out_of_step(connection, settings)
            report, fresh = _judged(connection, paths, gate, tell, accept_valid)
            if report.accepted and fresh:
                _write(connection, settings, source, fresh, tell)
    access.assert_no_wal(settings.register)
    words = {"loads": "loaded", "loads_in_part": "loaded_in_part"}
    files = [replace(f, outcome=words.get(f.outcome, f.outcome)) for f in report.files]
    return replace(report, files=files)


def _gate(settings: Settings, source: Source, areas: Areas, today: date) -> Gate:
    return Gate(
        source,
        areas,
        open_secrets(settings).identifiers,
        today,
        decisions.erased_ids(settings),
        retention.horizon(settings),
    )


def _refuse_unfit(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Refuse a register that an earlier version made, and one of another kind of data."""
    if not _is_current(connection):
        raise OperatorError(
            "The register was made by another version; run `load --rebuild` to build it again "
            "from its extracts."
        )
    kinds = {
        kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM register.load").fetchall()
    }
    if kinds - {source.kind}:
        raise OperatorError(
            f"This store holds {' and '.join(sorted(kinds))} data; {source.kind} data needs a "
            "store of its own (set ATLAS_STORE)."
        )


def _is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the register has the tables of this version, and digests that it can compare."""
    for name, columns in (("load", LOAD_COLUMNS), ("arrival", ARRIVAL_COLUMNS)):
        held = connection.execute(f"FROM register.{name} LIMIT 0").description or []
        if [column[0] for column in held] != [column for column, _ in columns]:
            return False
    same = connection.execute(f"FROM register.made_with WHERE sample = {SAMPLE}").fetchone()
    return same is not None


def _refuse_out_of_step(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    known = {name for (name,) in connection.execute("SELECT extract FROM register.load").fetchall()}
    if known != {path.stem for path in settings.extracts.glob("*.parquet")}:
        raise OperatorError(
            "The register does not match its extracts; run `load --rebuild` to build it again."
        )


def _judged(
    connection: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    gate: Gate,
    tell: Tell,
    accept_valid: bool,
) -> tuple[Report, list[tuple[int, Candidate]]]:
    """What comes of each file, and the files to write with their numbers among the staged."""
    passed = read_files(paths, gate, tell)
    tell("Applying the rules")
    verdict = judge(connection, passed, gate, accept_valid=accept_valid)
    if not accept_valid and refuses(verdict.findings):
        files = [_refused(c) for c in passed]
        return Report(files, verdict.tables, verdict.findings), []
    counts = {
        c.path.name: count_rows(connection, gate.source.row, number)
        for number, c in verdict.fresh.items()
    }
    files = [_file_report(c, counts.get(c.path.name)) for c in passed]
    writes = _to_write(verdict, counts)
    return Report(files, verdict.tables, verdict.findings), writes


def _refused(candidate: Candidate) -> FileReport:
    """Report of a file of a refused set; one that is known already stays so."""
    held = len(candidate.after.held) if candidate.after is not None else 0
    name = candidate.path.name
    return FileReport(name, "known") if candidate.known else FileReport(name, "refused", held=held)


def _file_report(candidate: Candidate, counts: RowCounts | None) -> FileReport:
    name, left_out = candidate.path.name, len(candidate.left_out)
    apart = {"left_out": left_out, "erased": candidate.erased, "past": candidate.past}
    if candidate.after is None:
        return FileReport(name, "refused")
    if candidate.known or counts is None:
        return FileReport(name, "known", **apart)
    if not candidate.rows and left_out:
        return FileReport(name, "refused", held=len(candidate.after.held), **apart)
    if candidate.rows and counts.unchanged == candidate.rows:
        return FileReport(name, "known", unchanged=counts.unchanged, **apart)
    return FileReport(
        name,
        "loads_in_part" if left_out else "loads",
        candidate.rows,
        len(candidate.after.held),
        counts.new,
        counts.corrected,
        counts.unchanged,
        **apart,
    )


def _to_write(verdict: Verdict, counts: dict[str, RowCounts]) -> list[tuple[int, Candidate]]:
    """Files that change the register, with their numbers among the staged ones."""
    return [
        (number, candidate)
        for number, candidate in verdict.fresh.items()
        if candidate.rows and counts[candidate.path.name].unchanged != candidate.rows
    ]


def _write(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    source: Source,
    fresh: list[tuple[int, Candidate]],
    tell: Tell,
) -> None:
    """Write extracts, then the register in one transaction, between a note and its removal.

    Whatever stops it in between is mended by whoever takes the lock next.
    """
    last = connection.execute("SELECT coalesce(max(load_no), 0) FROM register.load").fetchone()
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0).isoformat()
    first = 1 + (int(last[0]) if last else 0)
    extracts = [
        (number, _extract(source, candidate, first + place, now))
        for place, (number, candidate) in enumerate(fresh)
    ]
    tell("Noting the load")
    journal.note_extracts(settings, [extract.extract for _, extract in extracts])
    tell("Writing the extracts")
    for number, extract in extracts:
        path = journal.extract_path(settings, extract.extract)
        new = path.with_suffix(".new")
        write_extract(connection, f"wide_{number}", new, extract)
        replace_file(new, path)
    connection.execute("DETACH register")
    attach(connection, settings.register, "register", write=True)
    tell("Filling the register")
    with access.transaction(connection):
        for number, extract in extracts:
            insert(connection, extract, file_no=number)
        complete(connection, settings)
        tell("Committing the register")
    tell("Settling the register")
    connection.execute("CHECKPOINT register")
    connection.execute("DETACH register")
    tell("Removing the note")
    journal.forget_extracts(settings)


def _extract(source: Source, candidate: Candidate, load_no: int, now: str) -> Extract:
    assert candidate.after is not None  # noqa: S101 - filtered by the caller
    return Extract(
        load_no,
        candidate.digest,
        source.name,
        source.title,
        source.attribution,
        source.partner,
        source.kind,
        source.row,
        candidate.file_hash,
        now,
        len(candidate.after.rows),
        len(candidate.after.held),
        len(candidate.left_out),
    )
