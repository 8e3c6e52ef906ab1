"""One file of a set on its way: read, taken through the gate, and what of it is left.

A row that is left out is taken from the file as if it had never been in it, and the rest goes
through the gate again: nothing of it may shape what is kept of its neighbours.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from dashboard.model.fields import Kind
from dashboard.model.periods import Month
from dashboard.model.tables import REGISTER
from etl.findings import Finding, Place
from etl.harmonise import Harmonised, harmonise
from etl.harmonise.areas import Areas
from etl.read import Sheet, read_sheet
from etl.read.coded import numbers_of
from etl.settings import OperatorError
from etl.sources import Source

#: Says which step begins, for a bar.
Tell = Callable[[str], None]

#: Bytes of a file that are hashed at once.
_AT_ONCE = 1 << 20
_KEYS = ("incident.incident_id", "person.person_id", "referral.referral_id")
_MONTHS = frozenset(
    f"{entry.name}.{field.name}"
    for entry in REGISTER
    for field in entry.fields
    if field.kind is Kind.MONTH
)


@dataclass(frozen=True)
class Gate:
    """What the files of one set are measured by.

    Attributes:
        source: Their declaration.
        areas: The gazetteer as the gate asks it.
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


@dataclass
class Candidate:
    """One file of the set on its way.

    Attributes:
        path: The file.
        file_hash: Keyed hash of its bytes and the name of its source.
        place: File and sheet, for findings.
        sheet: Its declared columns; None where it cannot be read.
        faults: Findings of the reader.
        after: What the gate left of it.
        digest: Digest of what the gate left, "" before it is staged and where nothing is left.
        findings: Every finding of reader and gate about the rows that are still in it.
        left_out: Rows taken out because of a finding.
        erased: How many rows of erased records were taken out.
        past: Rows of records past keeping.
        known: Whether the register was built from just this content.
    """

    path: Path
    file_hash: str
    place: Place
    sheet: Sheet | None = None
    faults: list[Finding] = field(default_factory=list[Finding])
    after: Harmonised | None = None
    digest: str = ""
    findings: list[Finding] = field(default_factory=list[Finding])
    left_out: set[int] = field(default_factory=set[int])
    erased: int = 0
    past: int = 0
    known: bool = False

    @property
    def rows(self) -> int:
        """Rows that may load."""
        return len(self.after.rows) if self.after is not None else 0


def read_files(paths: Sequence[Path], gate: Gate, tell: Tell) -> list[Candidate]:
    """Read each file and take it through the gate.

    Raises:
        OperatorError: If a file is not there, or two files bear one name.
    """
    if len({path.name for path in paths}) != len({path.resolve() for path in paths}):
        raise OperatorError(
            "Two files of the set have the same name; findings could not tell them."
        )
    made: list[Candidate] = []
    for path in paths:
        if not path.is_file():
            raise OperatorError(f"There is no file {path}.")
        tell(f"Reading {path.name}")
        # A workbook may hold the sheets of two sources.
        content = hmac.new(gate.secret, f"{gate.source.name}\0".encode(), hashlib.sha256)
        with path.open("rb") as handle:
            while part := handle.read(_AT_ONCE):
                content.update(part)
        candidate = Candidate(
            path, content.hexdigest()[:32], Place(path.name, gate.source.file.sheet)
        )
        candidate.sheet, candidate.faults = read_sheet(path, gate.source)
        candidate.findings = candidate.faults
        take_through(candidate, gate)
        made.append(candidate)
    return made


def take_through(candidate: Candidate, gate: Gate) -> None:
    """Harmonise what is left of a file, without rows that may not be kept at all."""
    if candidate.sheet is None:
        return
    sheet = candidate.sheet.without(candidate.left_out)
    after = _harmonised(sheet, gate)
    erased, past = _erased_rows(after, gate.erased), _past_rows(after, gate.horizon)
    if erased | past:
        after = _harmonised(sheet.without(erased | past), gate)
    candidate.after = after
    candidate.erased, candidate.past = len(erased), len(past - erased)
    candidate.findings = [*candidate.faults, *after.findings]
    if erased:
        detail = f"Rows: {len(erased)}."
        candidate.findings.append(
            candidate.place.finding("erased_record", severity="review", detail=detail)
        )
    candidate.findings += [
        candidate.place.finding("past_retention", row=row, severity="review")
        for row in sorted(past - erased)
    ]


def _harmonised(sheet: Sheet, gate: Gate) -> Harmonised:
    return harmonise(sheet, gate.source, gate.areas, gate.secret, gate.today)


def _erased_rows(after: Harmonised, erased: frozenset[str]) -> set[int]:
    """Rows that name an erased record by any of their keys."""
    if not erased:
        return set()
    columns = [after.columns[name] for name in _KEYS if name in after.columns]
    hit = np.any([column.where(erased.__contains__) for column in columns], axis=0)
    return set(numbers_of(hit, after.rows))


def _past_rows(after: Harmonised, horizon: Month | None) -> set[int]:
    """Rows of which every month lies at or before the horizon."""
    if horizon is None:
        return set()
    columns = [
        column for name, column in after.columns.items() if name.partition("[")[0] in _MONTHS
    ]
    last = horizon.first_day.isoformat()
    named = np.any([column.where(lambda month: month is not None) for column in columns], axis=0)
    later = np.any(
        [column.where(lambda month: month is not None and month > last) for column in columns],
        axis=0,
    )
    return set(numbers_of(named & ~later, after.rows))
