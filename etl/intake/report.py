"""Report: what became of each file of a set, and every finding.

How it is told in words stands in ``commands.check``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from etl.findings import Finding, refuses_file
from etl.intake.caseload import Shared
from etl.intake.identity import Identity
from etl.intake.incoming_file import CodedFile, StagedFile
from etl.intake.understood import Understood
from etl.register.records import RowCounts

Result = Literal["whole", "part", "refused"]


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
    """What a load or a dry run found.

    Attributes:
        files: What becomes of each file.
        tables: Rows per register table.
        findings: Every finding, in order.
        understood: What each file that could be read says.
        shared: What a dry run found of another partner's cases, so that a load would refuse it.
        identity: Who of the set is who among what the partner sent before; None where it loads
            nothing.
        asides: Headers and values that are not declared, for the operator's own screen alone.
    """

    files: list[FileReport]
    tables: dict[str, int]
    findings: list[Finding]
    understood: tuple[Understood, ...] = ()
    shared: tuple[Shared, ...] = ()
    identity: Identity | None = None
    asides: tuple[str, ...] = ()

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


def refused_file(file: StagedFile) -> FileReport:
    """Report of a file of a refused set; one that is known already stays so."""
    if file.is_known:
        return FileReport(file.coded.name, "known")
    return FileReport(file.coded.name, "refused", held=file.coded.held_back)


def decided_file(file: StagedFile, counts: RowCounts | None) -> FileReport:
    """Report of a file of an accepted set: what was not left out of it may load.

    Args:
        file: The file.
        counts: What its rows change; None for one that the register knows.
    """
    coded = file.coded
    name, rows, left_out = coded.name, coded.rows, len(coded.left_out)
    not_loaded = {"left_out": left_out, "erased": coded.erased, "past": coded.past}
    if coded.content is None:
        return FileReport(name, "refused")
    if not rows and left_out:
        return FileReport(name, "refused", held=coded.held_back, **not_loaded)
    if counts is None:
        return FileReport(name, "known", **not_loaded)
    if rows and counts.unchanged == rows:
        return FileReport(name, "known", unchanged=rows, **not_loaded)
    return FileReport(
        name,
        "loads_in_part" if left_out else "loads",
        rows=rows,
        held=coded.held_back,
        new=counts.new,
        corrected=counts.corrected,
        unchanged=counts.unchanged,
        **not_loaded,
    )


def left_rules(findings: Iterable[Finding], file: CodedFile) -> str:
    """How many rows each rule left out of a file, as ``rule:rows`` divided by blanks."""
    rows = {
        (finding.rule, row)
        for finding in findings
        if finding.severity == "error" and finding.file == file.name
        for row in (file.left_out if refuses_file(finding) else {finding.row} & file.left_out)
    }
    counts = Counter(rule for rule, _ in rows)
    return " ".join(f"{rule}:{count}" for rule, count in sorted(counts.items()))
