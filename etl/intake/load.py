"""Loading: a set of files through the gate and the rules into extracts and register.

All of a set loads or nothing does. A dry run takes the same way and stops before the first
write. Reading stands in ``read``, meaning in ``harmonise``, rules in ``validate``.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from dashboard.model.tables import REGISTER
from etl.findings import Finding, in_order, refuses
from etl.harmonise.areas import Areas
from etl.intake.candidate import Candidate, Tell, read_files
from etl.intake.validate import Staged, validate
from etl.register import access
from etl.register.extracts import Extract, create_wide, write_extract
from etl.register.replay import insert
from etl.register.split import create_staged, stage
from etl.register.store import exists
from etl.register.tables import create_statements
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings
from etl.sources import Source


@dataclass(frozen=True)
class FileReport:
    """What happens, or happened, with one file.

    Attributes:
        file: Its name.
        outcome: loads (a dry run), loaded, known (loaded before) or refused.
        rows: Rows that load; 0 when it is refused or known.
        held: Rows held back because their consent is not known.
    """

    file: str
    outcome: str
    rows: int
    held: int


@dataclass(frozen=True)
class Report:
    """What a load or a dry run found: files, rows per register table, findings in order."""

    files: list[FileReport]
    tables: dict[str, int]
    findings: list[Finding]

    @property
    def accepted(self) -> bool:
        """Whether nothing refuses the set."""
        return not refuses(self.findings)


def check_files(
    settings: Settings,
    paths: Sequence[Path],
    source: Source,
    areas: Areas,
    today: date,
    tell: Tell,
) -> Report:
    """What would load, and every finding; the store stays untouched.

    Without a store, references to records of earlier files cannot be followed, and keys are
    hashed with a key that is thrown away.
    """
    if not exists(settings):
        with _staging() as connection:
            connection.execute("ATTACH ':memory:' AS register")
            for statement in create_statements("register"):
                connection.execute(statement)
            passed = read_files(paths, source, areas, b"dry run", today, tell)
            return _judge(connection, passed, source, areas, "loads")
    with access.locked(settings), _staging() as connection:
        secrets = open_secrets(settings)
        _attach(connection, settings, read_only=True)
        _refuse_other_kind(connection, source)
        passed = read_files(paths, source, areas, secrets.identifiers, today, tell)
        return _judge(connection, passed, source, areas, "loads")


def load_files(
    settings: Settings,
    paths: Sequence[Path],
    source: Source,
    areas: Areas,
    today: date,
    tell: Tell,
) -> Report:
    """Load a set of files, or nothing when a finding refuses one of them.

    Raises:
        OperatorError: If the store is missing, in use, of another kind, or out of step with its
            extracts, or if a secret is missing or changed.
    """
    with access.locked(settings), _staging() as connection:
        secrets = open_secrets(settings)
        _attach(connection, settings, read_only=True)
        _refuse_other_kind(connection, source)
        _refuse_out_of_step(connection, settings)
        passed = read_files(paths, source, areas, secrets.identifiers, today, tell)
        report = _judge(connection, passed, source, areas, "loaded")
        fresh = [c for c in passed if not c.known and c.after is not None and c.after.rows]
        if report.accepted and fresh:
            tell("Writing")
            _write(connection, settings, source, fresh)
    access.assert_no_wal(settings.register)
    return report


@contextmanager
def _staging() -> Generator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:", config=access.CONFIG) as connection:
        create_staged(connection)
        yield connection


def _attach(connection: duckdb.DuckDBPyConnection, settings: Settings, *, read_only: bool) -> None:
    mode = " (READ_ONLY)" if read_only else ""
    path = str(settings.register).replace("'", "''")
    connection.execute(f"ATTACH '{path}' AS register{mode}")


def _refuse_other_kind(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    kinds = {
        kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM register.load").fetchall()
    }
    if kinds - {source.kind}:
        raise OperatorError(
            f"This store holds {' and '.join(sorted(kinds))} data; {source.kind} data needs a "
            "store of its own (set ATLAS_STORE)."
        )


def _refuse_out_of_step(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    known = {name for (name,) in connection.execute("SELECT extract FROM register.load").fetchall()}
    if known != {path.stem for path in settings.extracts.glob("*.parquet")}:
        raise OperatorError(
            "The register does not match its extracts; run `load --rebuild` to build it again."
        )


def _judge(
    connection: duckdb.DuckDBPyConnection,
    passed: list[Candidate],
    source: Source,
    areas: Areas,
    outcome: str,
) -> Report:
    """Stage the new files of the set, apply the rules, and say what comes of each file."""
    _mark_known(connection, passed)
    fresh = [c for c in passed if not c.known and c.after is not None]
    for number, candidate in enumerate(fresh):
        assert candidate.after is not None  # noqa: S101 - filtered above
        wide = f"wide_{number}"
        create_wide(connection, wide, candidate.after.columns, candidate.after.rows, number)
        stage(connection, wide, list(candidate.after.columns), source.row)
    findings = [f for c in passed if not c.known for f in c.findings]
    if fresh:
        findings += _rules(connection, fresh, source, areas, findings)
    refused = {f.file for f in findings if f.severity == "error"}
    files = [_file_report(c, "refused" if c.path.name in refused else outcome) for c in passed]
    if refused:
        files = [
            replace(f, outcome="refused", rows=0) if f.outcome == outcome else f for f in files
        ]
    counts = {entry.name: _count(connection, f"staged.{entry.name}") for entry in REGISTER}
    return Report(files, counts, in_order(findings))


def _mark_known(connection: duckdb.DuckDBPyConnection, passed: list[Candidate]) -> None:
    """Mark files that the register holds already, and repetitions within the set."""
    seen = {
        value
        for row in connection.execute("SELECT extract, file_hash FROM register.load").fetchall()
        for value in row
    }
    for candidate in passed:
        own = {candidate.digest, candidate.file_hash} - {""}
        candidate.known = bool(own & seen)
        seen |= own


def _rules(
    connection: duckdb.DuckDBPyConnection,
    fresh: list[Candidate],
    source: Source,
    areas: Areas,
    earlier: list[Finding],
) -> list[Finding]:
    connection.execute("CREATE TABLE staged.place_country (code VARCHAR, country VARCHAR)")
    connection.executemany("INSERT INTO staged.place_country VALUES (?, ?)", areas.countries())
    headers = _headers(source)
    shared: tuple[str, ...] = ()
    if source.row == "person":
        shared = tuple(name for name in headers if name.startswith("incident."))
        parts = " UNION ALL BY NAME ".join(f"FROM wide_{number}" for number in range(len(fresh)))
        connection.execute(f"CREATE VIEW wide AS {parts}")
    places = [c.place for c in fresh]
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


def _file_report(candidate: Candidate, outcome: str) -> FileReport:
    name = candidate.path.name
    if candidate.known:
        return FileReport(name, "known", 0, 0)
    if candidate.after is None:
        return FileReport(name, "refused", 0, 0)
    return FileReport(name, outcome, len(candidate.after.rows), len(candidate.after.held))


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _write(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    source: Source,
    fresh: list[Candidate],
) -> None:
    """Write extracts and register; take the extracts back when the register refuses them."""
    last = connection.execute("SELECT coalesce(max(load_no), 0) FROM register.load").fetchone()
    first = 1 + (int(last[0]) if last else 0)
    connection.execute("DETACH register")
    _attach(connection, settings, read_only=False)
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0).isoformat()
    written: list[Path] = []
    try:
        with access.transaction(connection):
            for number, candidate in enumerate(fresh):
                assert candidate.after is not None  # noqa: S101 - filtered by the caller
                extract = Extract(
                    first + number,
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
                )
                path = settings.extracts / f"{candidate.digest}.parquet"
                written.append(path)
                new = path.with_suffix(".new")
                write_extract(connection, f"wide_{number}", new, extract)
                access.replace_file(new, path)
                insert(connection, extract, file_no=number)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
            path.with_suffix(".new").unlink(missing_ok=True)
        raise
    connection.execute("CHECKPOINT register")
    connection.execute("DETACH register")
