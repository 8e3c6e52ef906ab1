"""Reading XLSX strictly: the declared sheet, typed cells, no error of a formula unnoticed."""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, WorksheetNotFound

from etl.declaration.source import FileFormat
from etl.findings import Finding, Place
from etl.read.grid import OLE_MAGIC, ZIP_MAGIC, Cell, Grid, Unreadable, shown_header

#: What a damaged archive raises while its parts are read.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    StopIteration,
    UnicodeDecodeError,
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_CELL_ERROR = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)(\d+)"[^>]*?\st="e"')
_REFERENCE = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)(\d+)"')
#: More cells than any line list has; the reader would make room for all that lie between.
_MOST_CELLS = 20_000_000
_NO_RESULT = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)(\d+)"[^>]*>'
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s?/>)?</(?:\w+:)?c>"
)


def read_xlsx(path: Path, form: FileFormat, place: Place) -> Grid:
    """Header and rows of the declared sheet.

    Rows without any cell are left out, and those with the error of a formula left to its finding.

    Raises:
        Unreadable: With a finding for each fault of the workbook or its structure.
    """
    sheet = _open(path, form, place)
    cells = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    if len(cells) < form.header_row:
        raise Unreadable([place.finding("empty_file")])
    cells = _without_empty_columns(cells, form.header_row)
    header = [str(cell) for cell in cells[form.header_row - 1]]
    faults = _cell_errors(path, form, place, header)
    whole = _merged(sheet, form, place) + [f for f in faults if f.row == form.header_row]
    if whole:
        raise Unreadable(whole + [f for f in faults if f not in whole])
    faulty = {fault.row for fault in faults}
    numbered = [
        (number, row)
        for number, row in enumerate(cells[form.header_row :], form.header_row + 1)
        if number not in faulty and any(cell != "" for cell in row)
    ]
    rows, numbers = [row for _, row in numbered], [number for number, _ in numbered]
    return Grid.of_rows(header, rows, numbers, faults)


def _open(path: Path, form: FileFormat, place: Place) -> CalamineSheet:
    with path.open("rb") as handle:
        magic = handle.read(len(OLE_MAGIC))
    if not magic:
        raise Unreadable([place.finding("empty_file")])
    if magic == OLE_MAGIC:
        raise Unreadable([place.finding("encrypted", detail="Or it is of the old XLS format.")])
    if not magic.startswith(ZIP_MAGIC):
        raise Unreadable([place.finding("not_readable", detail="It is no XLSX workbook.")])
    _refuse_sprawl(path, form, place)
    try:
        workbook = CalamineWorkbook.from_path(str(path))  # pyright: ignore[reportUnknownMemberType]
        return workbook.get_sheet_by_name(cast("str", form.sheet))
    except WorksheetNotFound as problem:
        raise Unreadable([place.finding("missing_sheet")]) from problem
    except CalamineError as problem:
        raise Unreadable(
            [place.finding("not_readable", detail="It is no XLSX workbook.")]
        ) from problem


def _refuse_sprawl(path: Path, form: FileFormat, place: Place) -> None:
    """Refuse a sheet with a cell so far out that reading it would need all memory."""
    try:
        content = _content(path, form)
    except _DAMAGE:
        return  # told by what reads it next
    cells = cast("list[tuple[bytes, bytes]]", _REFERENCE.findall(content))
    rows = max((int(digits) for _, digits in cells), default=0)
    width = max(
        (_index(letters.decode()) + 1 for letters in {cell[0] for cell in cells}), default=0
    )
    if rows * width > _MOST_CELLS:
        raise Unreadable([place.finding("not_readable", detail="Cells lie far outside its table.")])


def _content(path: Path, form: FileFormat) -> bytes:
    """The declared sheet as it lies in the workbook's archive."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(_part(archive, cast("str", form.sheet)))


def _cell(value: object) -> Cell:
    """A cell as text; typed dates stay days, and 12.0 is 12."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)


def _without_empty_columns(cells: list[list[Cell]], header_row: int) -> list[list[Cell]]:
    """Without the columns at the right that hold nothing from the header row down."""
    width = max(
        (
            i + 1
            for row in cells[header_row - 1 :]
            for i in range(len(row) - 1, -1, -1)
            if row[i] != ""
        ),
        default=0,
    )
    return [row[:width] for row in cells]


def _merged(sheet: CalamineSheet, form: FileFormat, place: Place) -> list[Finding]:
    at = form.header_row - 1
    ranges = sheet.merged_cell_ranges or []
    touched = any(top <= at <= bottom for (top, _), (bottom, _) in ranges)
    return [place.finding("merged_header", row=form.header_row)] if touched else []


def _cell_errors(path: Path, form: FileFormat, place: Place, header: list[str]) -> list[Finding]:
    """Cells with the error of a formula, or a formula never calculated: they read as empty."""
    try:
        content = _content(path, form)
    except _DAMAGE as problem:
        raise Unreadable(
            [place.finding("not_readable", detail="The workbook is damaged.")]
        ) from problem
    findings: list[Finding] = []
    for pattern in (_CELL_ERROR, _NO_RESULT):
        for letters, digits in cast("list[tuple[bytes, bytes]]", pattern.findall(content)):
            at, row = _index(letters.decode()), int(digits)
            if row >= form.header_row and at < len(header):
                column = shown_header(header[at], at) or None
                findings.append(place.finding("cell_error", row=row, column=column))
    return findings


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Path of a sheet inside the workbook."""
    workbook = archive.read("xl/workbook.xml").decode("utf-8")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")
    entry = next(
        tag
        for tag in cast("list[str]", _SHEET.findall(workbook))
        if html.unescape(_attribute(tag, "name")) == sheet
    )
    wanted = _attribute(entry, r"\w+:id")
    target = next(
        _attribute(tag, "Target")
        for tag in cast("list[str]", _RELATION.findall(relations))
        if _attribute(tag, "Id") == wanted
    )
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", tag)
    return (match[1] or match[2] or "") if match else ""


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
