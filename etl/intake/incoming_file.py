"""One file of a set, as far as it has come: read, harmonised, staged.

Each stage is a value made from the one before and never changed. A row that is left out is taken
from the file as it was read, as if it had never been in it, and the rest is harmonised again:
nothing of it may shape what is kept of its neighbours.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from dashboard.model.periods import Month
from etl.declaration.source import Source
from etl.findings import Finding, Place
from etl.harmonise import Harmonised, harmonise
from etl.harmonise.areas import Areas
from etl.read import Sheet, read_sheet
from etl.read.coded import numbers_of
from etl.register.tables import KEYS, MONTHS
from etl.settings import OperatorError
from etl.visible import visible

#: Bytes of a file that are hashed at once.
_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Intake:
    """What the files of one set are harmonised with.

    Attributes:
        source: Their declaration.
        areas: The gazetteer, by which places are found.
        secret: The identifiers secret.
        today: The day after which a date lies in the future.
        erased: Ids of erased records.
        horizon: Last month past keeping, or None.
    """

    source: Source
    areas: Areas
    secret: bytes
    today: date
    erased: frozenset[str] = frozenset()
    horizon: Month | None = None


@dataclass(frozen=True)
class ReadFile:
    """A file as it was read.

    Attributes:
        path: The file.
        file_hash: Keyed hash of its bytes and the name of its source.
        place: File and sheet, for findings.
        sheet: Its declared columns; None where it cannot be read.
        findings: Findings of the reader; the rows they name are not in the sheet.
    """

    path: Path
    file_hash: str
    place: Place
    sheet: Sheet | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class CodedFile:
    """A file as codes, months and places.

    Attributes:
        original: The file as it was read.
        content: What harmonising left of it; None where nothing of it may load.
        findings: Every finding of reading and harmonising about the rows that are still in it.
        left_out: Rows taken out because of a finding.
        erased: How many rows of erased records were taken out.
        past: How many rows of records past keeping.
    """

    original: ReadFile
    content: Harmonised | None
    findings: tuple[Finding, ...]
    left_out: frozenset[int] = frozenset()
    erased: int = 0
    past: int = 0

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.original.place.file

    @property
    def rows(self) -> int:
        """Rows that may load."""
        return len(self.content.rows) if self.content is not None else 0

    @property
    def held_back(self) -> int:
        """Rows held back because their consent is not known."""
        return len(self.content.held_back) if self.content is not None else 0


@dataclass(frozen=True)
class StagedFile:
    """A file as the rules see it.

    Attributes:
        coded: The file as it was harmonised.
        number: Its number in the set; what is left of it is the relation ``wide_NUMBER``.
        digest: Digest of what is left of it, and of the file where all its rows were left out; ""
            where it has none.
        is_known: Whether the register was built from just this content.
    """

    coded: CodedFile
    number: int
    digest: str
    is_known: bool

    @property
    def is_fresh(self) -> bool:
        """Whether the rules look at it: something is left that the register does not know."""
        return self.coded.content is not None and not self.is_known


def read_file(path: Path, source: Source, secret: bytes) -> ReadFile:
    """Read a file as its source declares it; needs no store.

    Args:
        path: The file.
        source: Its declaration.
        secret: The identifiers secret.

    Raises:
        OperatorError: If it is not there.
    """
    file_hash = hash_of(path, source, secret)
    place = Place.of(path, source.file.sheet)
    sheet, findings = read_sheet(path, source)
    return ReadFile(path, file_hash, place, sheet, tuple(findings))


def hash_of(path: Path, source: Source, secret: bytes) -> str:
    """Keyed hash of the bytes of a file and the name of its source.

    Raises:
        OperatorError: If it is not there.
    """
    if not path.is_file():
        raise OperatorError(f"There is no file {visible(str(path))}.")
    # A workbook may hold the sheets of two sources.
    content = hmac.new(secret, f"{source.name}\0".encode(), hashlib.sha256)
    with path.open("rb") as handle:
        while part := handle.read(_AT_ONCE):
            content.update(part)
    return content.hexdigest()[:32]


def to_codes(file: ReadFile, intake: Intake, left_out: frozenset[int] = frozenset()) -> CodedFile:
    """Harmonise a file as if some rows, and those that may not be kept at all, were not in it."""
    findings = [finding for finding in file.findings if finding.row not in left_out]
    if file.sheet is None:
        return CodedFile(file, None, tuple(findings), left_out)
    sheet = file.sheet.without(left_out)
    harmonised = _harmonise(sheet, intake)
    erased = _erased_rows(harmonised, intake.erased)
    past = _past_rows(harmonised, intake.horizon) - erased
    if erased | past:
        harmonised = _harmonise(sheet.without(erased | past), intake)
    findings += harmonised.findings
    if erased:
        detail = f"Rows: {len(erased)}."
        findings.append(file.place.finding("erased_record", severity="review", detail=detail))
    findings += [
        file.place.finding("past_retention", row=row, severity="review") for row in sorted(past)
    ]
    return CodedFile(file, harmonised, tuple(findings), left_out, len(erased), len(past))


def refuse_whole(file: CodedFile, intake: Intake) -> CodedFile:
    """A file of which nothing may load, as if none of its rows had been in it."""
    sheet = file.original.sheet
    if sheet is None:
        return replace(file, findings=())
    faulty_rows = {
        f.row for f in file.original.findings if f.row is not None and f.severity == "error"
    }
    emptied = to_codes(file.original, intake, frozenset(faulty_rows.union(sheet.rows)))
    return replace(emptied, findings=())


def _harmonise(sheet: Sheet, intake: Intake) -> Harmonised:
    """A sheet as codes, months and places."""
    return harmonise(sheet, intake.source, intake.areas, intake.secret, intake.today)


def _erased_rows(harmonised: Harmonised, erased: frozenset[str]) -> set[int]:
    """Rows that name an erased record by any of their keys."""
    if not erased:
        return set()
    columns = [harmonised.columns[name] for name in KEYS.values() if name in harmonised.columns]
    hits = np.any([column.where(erased.__contains__) for column in columns], axis=0)
    return set(numbers_of(hits, harmonised.rows))


def _past_rows(harmonised: Harmonised, horizon: Month | None) -> set[int]:
    """Rows of which every month lies at or before the horizon."""
    if horizon is None:
        return set()
    columns = [
        column for name, column in harmonised.columns.items() if name.partition("[")[0] in MONTHS
    ]
    last = horizon.first_day.isoformat()
    dated = np.any([column.where(lambda month: month is not None) for column in columns], axis=0)
    later = np.any(
        [column.where(lambda month: month is not None and month > last) for column in columns],
        axis=0,
    )
    return set(numbers_of(dated & ~later, harmonised.rows))
