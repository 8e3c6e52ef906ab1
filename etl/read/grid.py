"""The shape in which every reader hands over a file: a header and rows of equal length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.model.normalise import normalise
from dashboard.model.screen import screen
from etl.findings import Finding
from etl.read.coded import Coded, coded
from etl.visible import visible

#: A cell is a text, or the day of a cell that the workbook itself types as a date.
Cell = str | date

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")

_LONGEST_HEADER = 60


@dataclass(frozen=True)
class Hidden:
    """What a workbook holds and does not show; hidden rows and columns are read like all others.

    Attributes:
        rows: Hidden rows among those that were read.
        columns: Hidden columns among those with a header.
        sheets: Names of hidden sheets.
        sheet: Whether the declared sheet is one of them.
        active: What could act or lead elsewhere, in words: macros, links, embedded objects.
    """

    rows: int = 0
    columns: int = 0
    sheets: tuple[str, ...] = ()
    sheet: bool = False
    active: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Grid:
    """Cells as they stand in the file.

    Attributes:
        header: Texts of the header row.
        columns: Cells below each header; rows with a finding are left out.
        numbers: Row number of each row as the sender sees it.
        findings: Faults of single rows.
        hidden: What the file does not show.
        unread: Names of the sheets of a workbook that are not the declared one.
    """

    header: list[str]
    columns: list[Coded[Cell]]
    numbers: list[int]
    findings: list[Finding] = field(default_factory=list[Finding])
    hidden: Hidden = Hidden()
    unread: tuple[str, ...] = ()


def columns_of(rows: Sequence[Sequence[Cell]], width: int) -> list[Coded[Cell]]:
    """The columns of rows that are all ``width`` cells long; empty ones without rows."""
    columns = zip(*rows, strict=True) if rows else [()] * width
    return [coded(cells) for cells in columns]


def header_of(rows: Sequence[Sequence[str]], spans: Sequence[tuple[int, int]] = ()) -> list[str]:
    """One header for each column, from the row or the two rows that a file gives it.

    A text of the upper row stands over all columns below it: over those with which its cell is
    merged, or, where nothing is merged, up to the next text.

    Args:
        rows: Texts of the header rows, equally long.
        spans: First and last column of each run of merged cells in the upper row.

    Example:
        >>> header_of([["Case no", "Person", ""], ["", "Sex", "Age"]])
        ['Case no', 'Person / Sex', 'Person / Age']
    """
    if len(rows) == 1:
        return [*rows[0]]
    upper, lower = rows
    merged = {column: upper[first] for first, last in spans for column in range(first, last + 1)}
    headers: list[str] = []
    group = ""
    for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
        if spans:
            group = merged.get(column, above)
        elif above.strip():
            group = above if below.strip() else ""
        parts = [above] if not below.strip() else [group, below]
        headers.append(" / ".join(dict.fromkeys(part for part in parts if part.strip())))
    return headers


def width_of(rows: Sequence[Sequence[Cell]]) -> int:
    """How many columns rows have, but for empty ones at the right."""
    return max((i + 1 for row in rows for i, cell in enumerate(row) if cell != ""), default=0)


class Unreadable(Exception):  # noqa: N818 - a refusal with its findings, not a fault
    """The file cannot be read as a grid; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("unreadable file")
        self.findings = findings


def shown_header(text: str, position: int) -> str:
    """A header as a finding may name it: one that could itself be a value is only counted."""
    header = normalise(text)
    if len(header) > _LONGEST_HEADER or screen(header) is not None:
        return f"number {position + 1}"
    return visible(header)
