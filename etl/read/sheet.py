"""From a grid to declared columns: the header screen.

Undeclared and missing columns refuse the file here, before any cell is looked at.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dashboard.model.normalise import casefold, normalise
from dashboard.model.screen import is_personal_header
from etl.declaration.source import ROW_NUMBER, Source, is_technical
from etl.findings import Finding, Place
from etl.nearest import nearest
from etl.plural import plural
from etl.read.coded import Coded, coded, numbers_of
from etl.read.csv_file import read_csv
from etl.read.grid import Cell, Grid, Hidden, Unreadable, shown_header
from etl.read.xlsx_file import read_xlsx

#: Embeddings, overrides, isolates and marks of direction.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: A header may go on in a second line.
_LINES = "\t\n\r"


@dataclass(frozen=True, eq=False)
class Sheet:
    """A file that has the declared columns.

    Attributes:
        place: File and sheet, for findings.
        columns: Declared header to its cells, normalised; dropped columns are not held.
        rows: Row number of each row as the sender sees it.
        hidden: What the file does not show.
        unread: Names of the sheets of a workbook that are not the declared one.
        passed_over: Headers of columns that are not declared, where these are dropped.
    """

    place: Place
    columns: dict[str, Coded[Cell]]
    rows: list[int]
    hidden: Hidden = Hidden()
    unread: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    def without(self, rows: Collection[int]) -> Sheet:
        """The sheet as if these rows had never been in it; the others keep their numbers."""
        if not rows:
            return self
        is_kept = np.fromiter((row not in rows for row in self.rows), np.bool_, len(self.rows))
        columns = {header: cells.rows(is_kept) for header, cells in self.columns.items()}
        return replace(self, columns=columns, rows=numbers_of(is_kept, self.rows))


def read_sheet(path: Path, source: Source) -> tuple[Sheet | None, list[Finding]]:
    """The declared columns of a file and its findings, or None where nothing of it can be read.

    Rows that a finding names are not among those of the sheet.
    """
    place = Place.of(path, source.file.sheet)
    try:
        grid = _grid(path, source, place)
    except Unreadable as refusal:
        return None, refusal.findings
    headers = [normalise(text) for text in grid.header]
    declared = dict.fromkeys([*(c.header for c in source.columns), *source.leave_out])
    findings = screen_header(grid.header, [*declared], place, source.file.header_row)
    extra = {f.column for f in findings if f.rule in ("undeclared_column", "personal_column")}
    if source.drops_others:
        findings = [f for f in findings if not _is_of_others(f, declared)]
    if not grid.numbers and not grid.findings:
        findings.append(place.finding("empty_file"))
    if findings or not grid.numbers:
        return None, [*findings, *grid.findings]
    sheet = Sheet(
        place,
        _columns(grid, headers, source),
        grid.numbers,
        grid.hidden,
        grid.unread,
        tuple(sorted(header for header in extra if header is not None)),
    )
    no_data = _left_out(grid, headers, source)
    notes = [place.finding("no_data_row", row=row, severity="review") for row in sorted(no_data)]
    return sheet.without(no_data), [*grid.findings, *notes]


def _is_of_others(finding: Finding, declared: Collection[str]) -> bool:
    """Whether a finding is about the header of a column that nobody declared."""
    if finding.rule == "duplicate_header":
        return finding.column not in declared
    return finding.rule in ("undeclared_column", "personal_column", "empty_header")


def _left_out(grid: Grid, headers: list[str], source: Source) -> set[int]:
    """Numbers of the rows that are no data, as the declaration says."""
    rows: set[int] = set()
    for header, texts in source.leave_out.items():
        cells = grid.columns[headers.index(header)]
        is_no_data = cells.where(
            lambda cell, texts=texts: isinstance(cell, str) and casefold(cell) in texts
        )
        rows |= set(numbers_of(is_no_data, grid.numbers))
    return rows


def shown_headers(path: Path, source: Source) -> tuple[str, ...]:
    """What the header row of a file holds, as far as it may be shown; empty without a grid.

    Where none of it is declared it may be a row of values: only the operator's screen shows it.
    """
    place = Place.of(path, source.file.sheet)
    try:
        grid = _grid(path, source, place)
    except Unreadable:
        return ()
    return tuple(shown_header(text, at) for at, text in enumerate(grid.header) if normalise(text))


def _grid(path: Path, source: Source, place: Place) -> Grid:
    """The cells of a file, read in its declared format."""
    if source.file.format == "csv":
        return read_csv(path, source.file, place)
    dropped = {column.header for column in source.columns if column.use == "drop"}
    return read_xlsx(path, source.file, place, dropped)


def screen_header(
    texts: Sequence[str],
    declared: Sequence[str],
    place: Place,
    row: int,
    optional: Collection[str] = (),
) -> list[Finding]:
    """What is wrong with a header row.

    Args:
        texts: Texts of its cells, as they stand in the file.
        declared: Headers that it may have.
        place: File and sheet, for findings.
        row: Its number.
        optional: Those of the declared ones that may be missing.
    """
    headers, mark_findings = list(map(normalise, texts)), _find_marks(texts, place, row)
    if not set(declared) & set(headers):
        detail = f"Row {row} was looked at, which has {plural(len(headers), 'cell')}."
        detail += " Is the delimiter another?" if len(headers) == 1 < len(declared) else ""
        return [*mark_findings, place.finding("no_header", row=row, detail=detail)]
    missing = [header for header in declared if header not in headers]
    findings = mark_findings + [
        place.finding(
            "duplicate_header", row=row, column=shown_header(header, headers.index(header))
        )
        for header, times in Counter(headers).items()
        if times > 1 and header
    ]
    for position, header in enumerate(headers):
        if not header:
            findings.append(place.finding("empty_header", row=row, column=f"number {position + 1}"))
        elif header not in declared and not is_technical(header):
            rule = "personal_column" if is_personal_header(header) else "undeclared_column"
            name, near = shown_header(header, position), nearest(header, missing)
            detail = f"Nearest declared and missing: {near}." if near else ""
            findings.append(place.finding(rule, row=row, column=name, detail=detail))
    findings += [
        place.finding("missing_column", row=row, column=header, detail=f"Row {row} was looked at.")
        for header in missing
        if header not in optional
    ]
    return findings


def _columns(grid: Grid, headers: list[str], source: Source) -> dict[str, Coded[Cell]]:
    """Declared columns by header, their texts normalised, with row numbers where keys need them."""
    used = {column.header for column in source.columns if column.use != "drop"}
    columns = {
        header: cells.mapped(_clean)
        for header, cells in zip(headers, grid.columns, strict=True)
        if header in used
    }
    if any(ROW_NUMBER in names for names in source.keys.values()):
        columns[ROW_NUMBER] = coded([str(number) for number in grid.numbers])
    return columns


def _clean(cell: Cell) -> Cell:
    return normalise(cell) if isinstance(cell, str) else cell


def _find_marks(header: Sequence[str], place: Place, row: int) -> list[Finding]:
    """Headers that read as another one than they are: nobody would see which column was meant."""
    return [
        place.finding("header_marks", row=row, column=f"number {position}")
        for position, text in enumerate(header, 1)
        if any(map(_is_mark, text))
    ]


def _is_mark(letter: str) -> bool:
    """Whether a letter turns the direction of others (Unicode UAX 9), or is a control character."""
    if letter in _LINES:
        return False
    return letter in _DIRECTIONS or unicodedata.category(letter) == "Cc"
