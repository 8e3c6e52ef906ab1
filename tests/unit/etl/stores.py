"""What the tests of the intake share: a store of their own, small files, and how to load them."""

from __future__ import annotations

import atexit
import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from dashboard.model.tables import REGISTER
from etl.declaration import find_source
from etl.findings import Finding
from etl.harmonise.areas import Areas
from etl.intake.load import Agree, check_files, load_files
from etl.intake.report import Report
from etl.progress import silent
from etl.register.access import CONFIG, locked, rewritten, transaction
from etl.register.founding import make_store
from etl.settings import Settings
from tests.support.sample import write_known_secrets

#: Words of a command to its code and its answer.
Ask = Callable[..., tuple[int, Any]]
SOURCES = Path(__file__).parent / "sources"
TODAY = date(2026, 6, 15)

HEADER = (
    "Case no,Person no,Date of incident,Ransom,Sex,Age,Class,Act,Means,Exploitation,District,"
    "Upazila,From,To,Transport,Case worker"
)
ROWS = (
    "1,1,25/03/2025,no,Female,17,trafficking_confirmed,recruitment,,forced_labour,Cox's Bazar,"
    "Ukhia,Cox's Bazar,Malaysia,sea,Rina",
    "1,2,25/03/2025,no,Male,৩০,smuggling,,,,Cox's Bazar,Teknaf,Cox's Bazar,Malaysia,sea,Rina",
    "2,1,31/03/2025,,NA,,undetermined,,,,BD3026,,,,,Babul",
)
REFERRAL_HEADER = "Case no;Person no;Referral no;Requested;Service;Step;Status;Days;Consent"


@contextmanager
def written_register(settings: Settings) -> Generator[duckdb.DuckDBPyConnection]:
    """The register of a store to write into, in one transaction."""
    with (
        locked(settings),
        rewritten(settings, settings.register) as copy,
        duckdb.connect(str(copy), config=CONFIG) as connection,
    ):
        with transaction(connection):
            yield connection
        connection.execute("CHECKPOINT")


class Terminal(io.StringIO):
    """Somebody who types these lines, or reads what is printed."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Intake:
    """A store of one test, with the gazetteer of the product."""

    settings: Settings
    areas: Areas
    folder: Path

    def write(self, name: str, *lines: str) -> Path:
        """A text file of these lines."""
        path = self.folder / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    def line_list(self, *rows: str, name: str = "list.csv") -> Path:
        """A CSV line list of these rows, or of the ordinary ones."""
        return self.write(name, HEADER, *(rows or ROWS))

    def load(
        self,
        source: str,
        *paths: Path,
        accept_valid: bool = False,
        agree: Agree | None = None,
        shared_caseload: bool = False,
    ) -> Report:
        declared = find_source(self.settings, source)
        return load_files(
            self.settings,
            paths,
            declared,
            self.areas,
            TODAY,
            silent,
            accept_valid=accept_valid,
            agree=agree,
            shared_caseload=shared_caseload,
        )

    def check(self, source: str, *paths: Path, accept_valid: bool = False) -> Report:
        declared = find_source(self.settings, source)
        return check_files(
            self.settings,
            paths,
            declared,
            self.areas,
            TODAY,
            silent,
            accept_valid=accept_valid,
        )

    def ask(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Answer of the register, read-only."""
        with duckdb.connect(str(self.settings.register), read_only=True) as connection:
            return connection.execute(sql, values).fetchall()

    def rows(self) -> list[list[tuple[object, ...]]]:
        """All rows of the register, table by table, what it keeps of its loads among them."""
        names = [entry.name for entry in REGISTER] + ["load", "arrival"]
        with duckdb.connect(str(self.settings.register), read_only=True) as connection:
            return [connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names]

    def digest(self) -> str:
        """Digest of every byte in the store."""
        files = sorted(p for p in self.settings.store.rglob("*") if p.is_file())
        content = hashlib.sha256()
        for path in files:
            content.update(str(path.relative_to(self.settings.store)).encode())
            content.update(path.read_bytes())
        return content.hexdigest()


def settings_of(folder: Path) -> Settings:
    """Settings of the store in a folder."""
    return Settings(folder / "store", folder / "secrets", SOURCES)


def new_store(folder: Path, areas: Areas) -> Intake:
    """An empty store in a folder, with known secrets and a folder for files beside it."""
    shutil.copytree(empty(), folder, dirs_exist_ok=True)
    return Intake(settings_of(folder), areas, folder / "files")


@cache
def empty() -> Path:
    """A folder with an empty store, made once, since hundreds of tests begin with a copy."""
    folder = Path(tempfile.mkdtemp(prefix="atlas-empty-store-"))
    atexit.register(shutil.rmtree, folder)
    settings = settings_of(folder)
    write_known_secrets(settings.secrets)
    make_store(settings)
    (folder / "files").mkdir()
    return folder


def copied(made: Intake, folder: Path) -> Intake:
    """A store as it is now, with its secrets and files, in a folder of its own."""
    shutil.copytree(made.folder.parent, folder, dirs_exist_ok=True)
    return Intake(settings_of(folder), made.areas, folder / made.folder.name)


def workbook(path: Path, header: Sequence[object], rows: Sequence[Sequence[object]]) -> Path:
    """An XLSX file with the sheet of the tests."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Line list"
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def said(findings: Sequence[Finding]) -> list[tuple[str, int | None, str | None]]:
    """Rule, row and column of findings that refuse."""
    return [(f.rule, f.row, f.column) for f in findings if f.severity == "error"]


def listed(findings: Sequence[Finding]) -> list[tuple[str, int | None]]:
    """Rule and row of findings to review."""
    return [(f.rule, f.row) for f in findings if f.severity == "review"]
