"""One file of a set on its way: read and harmonised, before the rules look at it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from etl.findings import Finding, Place
from etl.harmonise import Harmonised, harmonise
from etl.harmonise.areas import Areas
from etl.read import read_sheet
from etl.register.extracts import content_digest
from etl.settings import OperatorError
from etl.sources import Source

#: Says which step begins, for a bar.
Tell = Callable[[str], None]


@dataclass
class Candidate:
    """One file of the set on its way."""

    path: Path
    file_hash: str
    place: Place
    after: Harmonised | None = None
    digest: str = ""
    known: bool = False
    findings: list[Finding] = field(default_factory=list[Finding])


def read_files(
    paths: Sequence[Path], source: Source, areas: Areas, secret: bytes, today: date, tell: Tell
) -> list[Candidate]:
    """Take each file through reader and harmoniser.

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
        told_apart = f"{source.name}\0".encode() + path.read_bytes()
        content = hmac.digest(secret, told_apart, hashlib.sha256).hex()[:32]
        candidate = Candidate(path, content, Place(path.name, source.file.sheet))
        sheet, candidate.findings = read_sheet(path, source)
        if sheet is not None:
            candidate.after = harmonise(sheet, source, areas, secret, today)
            candidate.findings = candidate.after.findings
            candidate.digest = content_digest(
                candidate.after.columns, (source.partner, source.kind, source.row)
            )
        made.append(candidate)
    return made
