"""Loading: a set of files through harmonising and the rules into extracts and register.

A set is read, harmonised, meets the rules, is decided about and is stored, in this order and
each time as a new value. All of it loads or nothing does, unless the operator accepts the valid
rows of a set that has faults: what is to be left out is settled in ``decide``, before anything is
stored. What was left out goes on record, also of a file of which nothing loads while others of its
set do. A dry run takes the same way and stops before the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from etl.declaration.source import Source
from etl.findings import Finding, refuses
from etl.harmonise.areas import Areas
from etl.intake.asides import asides
from etl.intake.caseload import refuse_shared, shared_caseloads
from etl.intake.decide import decide
from etl.intake.identity import identify
from etl.intake.incoming_file import CodedFile, Intake, ReadFile, StagedFile, read_file, to_codes
from etl.intake.report import Report, decided_file, left_rules, refused_file
from etl.intake.shape import Shape, earlier_shapes
from etl.intake.understood import Understood, understand
from etl.progress import OnStep
from etl.register import access, clock, decisions, journal, seal
from etl.register.connections import attach, copy_register, in_memory, in_memory_only
from etl.register.decisions import Decisions
from etl.register.extracts import Extract, write_extract
from etl.register.records import count_rows
from etl.register.replay import apply_decisions, insert
from etl.register.store import exists
from etl.register.tables import SAMPLE, create_statements
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings

#: Steps of a load or a dry run, beside one for each file that is read.
STEPS = 6
#: Called with what a set would do; raises OperatorError where it must not load.
Agree = Callable[[Report], None]


def check_files(
    settings: Settings,
    paths: Sequence[Path],
    source: Source,
    areas: Areas,
    today: date,
    on_step: OnStep,
    *,
    accept_valid: bool = False,
) -> Report:
    """What files would do if they were loaded, and every finding; the store stays untouched.

    No lock is taken, so that a dry run may stand beside another command. Without a store,
    references to records of earlier files cannot be followed, and keys are hashed without a secret.
    """
    store = settings if exists(settings) else None
    secret = open_secrets(settings).identifiers if store else b"dry run"
    files = _read_files(paths, source, secret, on_step)
    intake = _intake(store, source, areas, secret, today)
    coded = [to_codes(file, intake) for file in files]
    return _dry_run(store, coded, intake, on_step, accept_valid)


def _dry_run(
    settings: Settings | None,
    coded: Sequence[CodedFile],
    intake: Intake,
    on_step: OnStep,
    accept_valid: bool,
) -> Report:
    """What a set would do to the register as it is, or to an empty one where there is no store.

    No lock is taken and nothing is written anywhere.
    """
    with in_memory_only() as connection:
        connection.execute("ATTACH ':memory:' AS register")
        if settings is not None:
            copy_register(connection, settings)
            _refuse_unfit(connection, intake.source)
        else:
            for statement in create_statements("register"):
                connection.execute(statement)
        report, changing = _walk(connection, coded, intake, on_step, accept_valid)
        shared = shared_caseloads(connection, changing, intake)
    earlier = earlier_shapes(settings, intake.source) if settings is not None else ()
    return replace(
        report,
        understood=_understand(coded, intake, earlier),
        shared=tuple(entry for entry in shared if entry.stops),
        asides=asides(coded, intake.source),
    )


def load_files(
    settings: Settings,
    paths: Sequence[Path],
    source: Source,
    areas: Areas,
    today: date,
    on_step: OnStep,
    *,
    accept_valid: bool = False,
    agree: Agree | None = None,
    shared_caseload: bool = False,
) -> Report:
    """Load a set of files, or nothing when a finding refuses one of them.

    With ``accept_valid``, rows with a finding that refuses are left out with all that depends on
    them, and the others load. ``agree`` is called with what the set would do before the lock is
    taken, and raises where it must not load. With ``shared_caseload`` files may bring cases that
    another partner brought.

    Raises:
        OperatorError: If the store is missing, in use, of another kind, or out of step with its
            extracts, if it changed since ``agree`` was asked, if the files bring another
            partner's cases, if an erasure is unfinished, or if a secret is missing or changed.
    """
    secret = open_secrets(settings).identifiers
    originals = _read_files(paths, source, secret, on_step)
    before = _intake(settings, source, areas, secret, today)
    coded = [to_codes(file, before) for file in originals]
    with access.locked(settings):  # finishes or undoes a load that was stopped
        extracts = _extract_names(settings)
    if agree is None:
        understood = _understand(coded, before, earlier_shapes(settings, source))
    else:
        dry_run = _dry_run(settings, coded, before, on_step, accept_valid)
        understood = dry_run.understood
        if dry_run.accepted:
            agree(dry_run)
    with access.locked(settings):
        decisions.refuse_unfinished(settings)
        with in_memory(settings) as connection:
            intake = _intake(settings, source, areas, secret, today)
            if intake != before:  # a record was erased, or others went, in the meantime
                coded = [to_codes(file, intake) for file in originals]
            attach(connection, settings.register, "register")
            _refuse_unfit(connection, source)
            _refuse_out_of_step(connection, settings)
            if agree is not None and _extract_names(settings) != extracts:
                raise OperatorError(
                    "Another command changed the register in the meantime; nothing was loaded. "
                    "Give the command again."
                )
            report, changing = _walk(connection, coded, intake, on_step, accept_valid)
            if not shared_caseload:
                refuse_shared(connection, changing, intake)
            if changing:
                _store(connection, settings, source, changing, report.findings, on_step)
    done = {"loads": "loaded", "loads_in_part": "loaded_in_part"}
    files = [replace(file, outcome=done.get(file.outcome, file.outcome)) for file in report.files]
    return replace(report, files=files, understood=understood, asides=asides(coded, source))


def _understand(
    coded: Sequence[CodedFile], intake: Intake, earlier: Sequence[Shape]
) -> tuple[Understood, ...]:
    """What each file that could be read says."""
    entries = (understand(file, intake.source, intake.areas, earlier) for file in coded)
    return tuple(entry for entry in entries if entry is not None)


def _intake(
    settings: Settings | None, source: Source, areas: Areas, secret: bytes, today: date
) -> Intake:
    """What files are measured by now; without a store no record was erased or is past keeping."""
    decided = decisions.read(settings) if settings is not None else Decisions()
    return Intake(source, areas, secret, today, decided.erased_ids, decided.horizon)


def _refuse_unfit(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Refuse a register that another version made, or that holds another kind of data."""
    if not _is_current(connection):
        raise OperatorError(access.MADE_BY_ANOTHER)
    loads = connection.execute("SELECT DISTINCT kind, row_is FROM register.load").fetchall()
    kinds = {kind for kind, _ in loads}
    if kinds - {source.kind}:
        raise OperatorError(
            f"This store holds {' and '.join(sorted(kinds))} data; {source.kind} data needs a "
            "store of its own (set ATLAS_STORE)."
        )
    brings_voyages = source.row == "voyage"
    mixes_voyages = any((row_is == "voyage") != brings_voyages for _, row_is in loads)
    if source.kind != "published" and mixes_voyages:
        raise OperatorError(
            "Voyages are figures of published sources, never summed with what partners report: "
            "they need a store of their own (set ATLAS_STORE)."
        )


def _is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the register has the tables of this version, and digests that it can compare."""
    if not access.has_every_table(connection, "register"):
        return False
    same = connection.execute(f"FROM register.made_with WHERE sample = {SAMPLE}").fetchone()
    return same is not None


def _extract_names(settings: Settings) -> set[str]:
    """Names of the extracts of a store."""
    return {path.stem for path in settings.extracts.glob("*.parquet")}


def _refuse_out_of_step(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Refuse a register that holds other extracts than the store."""
    loaded = access.texts_of(connection, "SELECT extract FROM register.load")
    if set(loaded) != _extract_names(settings):
        raise OperatorError(
            "The register does not match its extracts; run `load --rebuild` to build it again."
        )


def _walk(
    connection: duckdb.DuckDBPyConnection,
    coded: Sequence[CodedFile],
    intake: Intake,
    on_step: OnStep,
    accept_valid: bool,
) -> tuple[Report, list[StagedFile]]:
    """Apply the rules to a harmonised set, and decide about it; nothing is stored.

    Returns:
        What comes of each file, and the files that change the register or go on record in it.
    """
    on_step("Applying the rules")
    decision = decide(connection, coded, intake, accept_valid=accept_valid)
    if not accept_valid and refuses(decision.findings):
        reports = [refused_file(file) for file in decision.files]
        return Report(reports, decision.tables, decision.findings), []
    counts = {
        file.number: count_rows(connection, intake.source.row, file.number)
        for file in decision.files
        if file.is_fresh
    }
    reports = [decided_file(file, counts.get(file.number)) for file in decision.files]
    report = Report(reports, decision.tables, decision.findings)
    if report.accepted:
        in_part = refuses(decision.findings)
        report = replace(report, identity=identify(connection, intake.source, in_part=in_part))
    changing = [
        file
        for file in decision.files
        if file.number in counts
        and (
            file.coded.rows > counts[file.number].unchanged
            # Beside files that load, one that was left out goes on record, or their figures would
            # not tell that it is missing. Where nothing of a set loads, it leaves nothing.
            or (file.coded.left_out and report.accepted)
        )
    ]
    return report, changing


def _read_files(
    paths: Sequence[Path], source: Source, secret: bytes, on_step: OnStep
) -> list[ReadFile]:
    """Read every file of a set, before the lock is taken: a large one would keep others out."""
    if len({path.name for path in paths}) != len({path.resolve() for path in paths}):
        raise OperatorError(
            "Two files of the set have the same name; findings could not tell them."
        )
    files: list[ReadFile] = []
    for path in paths:
        on_step(f"Reading {path.name}")
        files.append(read_file(path, source, secret))
    return files


def _store(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    source: Source,
    files: list[StagedFile],
    findings: Sequence[Finding],
    on_step: OnStep,
) -> None:
    """Write extracts, then the register in one transaction, between a note and its removal.

    Whatever stops it in between is mended by whoever takes the lock next.
    """
    last = connection.execute("SELECT coalesce(max(load_no), 0) FROM register.load").fetchone()
    now = clock.moment(settings).isoformat()
    first = 1 + (int(last[0]) if last else 0)
    extracts = [
        (file.number, _extract(source, file, findings, load_no, now))
        for load_no, file in enumerate(files, start=first)
    ]
    on_step("Noting the load")
    journal.note_extracts(settings, [extract.extract for _, extract in extracts])
    on_step("Writing the extracts")
    for number, extract in extracts:
        path = journal.extract_path(settings, extract.extract)
        new = path.with_suffix(".new")
        write_extract(connection, f"wide_{number}", new, extract)
        seal.replace_sealed(settings, new, path)
    connection.execute("DETACH register")
    with access.rewritten(settings, settings.register) as copy:
        attach(connection, copy, "register", write=True)
        on_step("Filling the register")
        with access.transaction(connection):
            for number, extract in extracts:
                insert(connection, extract, file_no=number)
            apply_decisions(connection, settings)
            on_step("Committing the register")
        connection.execute("CHECKPOINT register")
        connection.execute("DETACH register")
        on_step("Settling the register")
    on_step("Removing the note")
    journal.forget_extracts(settings)


def _extract(
    source: Source, file: StagedFile, findings: Sequence[Finding], load_no: int, now: str
) -> Extract:
    """What the extract of a file says of itself."""
    return Extract(
        load_no=load_no,
        extract=file.digest,
        source=source.name,
        title=source.title,
        attribution=source.attribution,
        partner=source.partner,
        kind=source.kind,
        row_is=source.row,
        file_hash=file.coded.original.file_hash,
        loaded_at=now,
        rows=file.coded.rows,
        held=file.coded.held_back,
        left_out=len(file.coded.left_out),
        left_rules=left_rules(findings, file.coded),
    )
