"""Reading XLSX strictly: the declared sheet, typed cells, no error of a formula unnoticed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, WorksheetNotFound

from dashboard.model.normalise import normalise
from etl.declaration.source import FileFormat
from etl.findings import Finding, Place
from etl.read.grid import (
    OLE_MAGIC,
    ZIP_MAGIC,
    Cell,
    Grid,
    Hidden,
    Unreadable,
    columns_of,
    header_of,
    shown_header,
    width_of,
)
from etl.read.workbook import Fault, NoSheet, NoWorkbook, SheetFacts, inspect, sheet_names
from etl.visible import visible

#: First and last cell (row, column) of each run of merged cells, from 0.
Merges = list[tuple[tuple[int, int], tuple[int, int]]]

#: The rule of each fault that reads as an empty cell.
_RULES: dict[Fault, str] = {"error": "cell_error", "no_value": "formula_without_value"}
#: Name of the stream that a workbook with a password lies in (MS-OFFCRYPTO 2.3.4).
_LOCKED = "EncryptedPackage".encode("utf-16-le")
#: By which columns a Kobo export says of which row a row of a repeated group is a part.
_PARENT_NAME, _PARENT_INDEX, _INDEX = "_parent_table_name", "_parent_index", "_index"


def read_xlsx(path: Path, form: FileFormat, place: Place, dropped: Collection[str] = ()) -> Grid:
    """Header and rows of the declared sheet.

    Rows without any cell are left out, and those with a fault of a formula left to its finding.

    Args:
        path: The file.
        form: How its source declares it.
        place: File and sheet, for findings.
        dropped: Normalised headers of columns in which a fault does not matter.

    Raises:
        Unreadable: With a finding for each fault of the workbook or its structure.
    """
    sheet, facts = _open_sheet(path, form, place)
    cells = with_parent(path, form, place, _cells(sheet))
    last_header = form.header_row + form.header_rows - 1
    if len(cells) < last_header:
        raise Unreadable([place.finding("empty_file")])
    width = width_of(cells[form.header_row - 1 :])
    cells = [row[:width] for row in cells]
    texts = [[str(cell) for cell in row] for row in cells[form.header_row - 1 : last_header]]
    spans, merged = _merged_headers(sheet, form, place)
    header = header_of(texts, spans)
    faults = _cell_errors(facts, form, place, header, dropped)
    fatal = merged + [f for f in faults if f.row is not None and f.row <= last_header]
    if fatal:
        raise Unreadable(fatal + [f for f in faults if f not in fatal])
    faulty = {fault.row for fault in faults}
    numbered = [
        (number, row)
        for number, row in enumerate(cells[form.data_row - 1 :], form.data_row)
        if number not in faulty and any(cell != "" for cell in row)
    ]
    rows, numbers = [row for _, row in numbered], [number for number, _ in numbered]
    hidden = _hidden(facts, numbers, len(header))
    columns = columns_of(rows, len(header))
    other_sheets = tuple(name for name in facts.other_sheets if name != form.parent)
    return Grid(header, columns, numbers, faults, hidden, other_sheets)


def _hidden(facts: SheetFacts, numbers: list[int], width: int) -> Hidden:
    """What of a sheet was read and is not shown."""
    runs = (range(first, min(last, width) + 1) for first, last in facts.hidden_columns)
    return Hidden(
        len(facts.hidden_rows.intersection(numbers)),
        sum(len(run) for run in runs),
        facts.hidden_sheets,
        facts.hidden,
        facts.active,
    )


def _open_sheet(path: Path, form: FileFormat, place: Place) -> tuple[CalamineSheet, SheetFacts]:
    """The declared sheet, once it is known that reading it cannot take all memory."""
    with path.open("rb") as handle:
        magic = handle.read(len(OLE_MAGIC))
    if not magic:
        raise Unreadable([place.finding("empty_file")])
    if magic == OLE_MAGIC:
        is_locked = _LOCKED in path.read_bytes()
        raise Unreadable([place.finding("encrypted" if is_locked else "old_workbook")])
    if not magic.startswith(ZIP_MAGIC):
        raise Unreadable([place.finding("not_readable", detail="It is no XLSX workbook.")])
    name = cast("str", form.sheet)
    try:
        facts = inspect(path, name)
        workbook = CalamineWorkbook.from_path(str(path))  # pyright: ignore[reportUnknownMemberType]
        return workbook.get_sheet_by_name(name), facts
    except (NoSheet, WorksheetNotFound) as problem:
        there = f"Its sheets: {', '.join(map(visible, sheet_names(path)))}."
        raise Unreadable([place.finding("missing_sheet", detail=there)]) from problem
    except NoWorkbook as problem:
        raise Unreadable([place.finding("not_readable", detail=str(problem))]) from problem
    except CalamineError as problem:
        raise Unreadable(
            [place.finding("not_readable", detail="It is no XLSX workbook.")]
        ) from problem


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


def _cells(sheet: CalamineSheet) -> list[list[Cell]]:
    """Every cell of a sheet, row by row, from its first row and column on."""
    return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def parent_of(cells: Sequence[Sequence[Cell]]) -> str | None:
    """Sheet of which the rows of a repeated group are parts, as a Kobo export names it."""
    header = [*cells[0]] if cells else []
    at = header.index(_PARENT_NAME) if _PARENT_NAME in header else None
    names = {str(row[at]) for row in cells[1:]} - {""} if at is not None else set[str]()
    return names.pop() if len(names) == 1 else None


def with_parent(
    path: Path, form: FileFormat, place: Place, cells: list[list[Cell]]
) -> list[list[Cell]]:
    """Rows of a repeated group, with the cells of the row beside them of which each is a part.

    Beside a row that is a part of none stands nothing.

    Raises:
        Unreadable: If nothing says of which row one is a part, or a cell there has a fault.
    """
    if form.parent is None:
        return cells
    there = Place(place.file, form.parent)
    sheet, facts = _open_sheet(path, FileFormat("xlsx", form.parent), there)
    if facts.faults:
        raise Unreadable([there.finding(_RULES[f], row=row) for row, _, f in facts.faults])
    header, *rows = _cells(sheet) or [[]]
    top = form.header_row - 1
    own = cells[top] if top < len(cells) else []
    if _INDEX not in header or _PARENT_INDEX not in own:
        raise Unreadable([place.finding("missing_column", column=_PARENT_INDEX)])
    parents = {row[header.index(_INDEX)]: row for row in rows}
    at, new = own.index(_PARENT_INDEX), [i for i, name in enumerate(header) if name not in own]
    beside = [header if row is own else parents.get(row[at], [""] * len(header)) for row in cells]
    return [[*row, *(other[i] for i in new)] for row, other in zip(cells, beside, strict=True)]


def read_cells(path: Path, sheet: str, place: Place) -> tuple[list[list[Cell]], Merges]:
    """Every cell of a sheet from its first row on, and its merged cells.

    Raises:
        Unreadable: With a finding for each fault of the workbook.
    """
    opened, _ = _open_sheet(path, FileFormat("xlsx", sheet), place)
    return _cells(opened), opened.merged_cell_ranges or []


def _merged_headers(
    sheet: CalamineSheet, form: FileFormat, place: Place
) -> tuple[list[tuple[int, int]], list[Finding]]:
    """Columns merged in the upper of two header rows, or a finding for other merged headers."""
    first, last = form.header_row - 1, form.header_row + form.header_rows - 2
    ranges = [
        (top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        if top <= last and bottom >= first
    ]
    all_inside = all(first <= top and bottom <= last for top, _, bottom, _ in ranges)
    any_block = any(bottom > first and right > left for _, left, bottom, right in ranges)
    if ranges and (form.header_rows == 1 or not all_inside or any_block):
        detail = "" if form.header_rows > 1 else "Declare header_rows = 2 where it has two rows."
        return [], [place.finding("merged_header", row=form.header_row, detail=detail)]
    return [(left, right) for top, left, _, right in ranges if top == first and right > left], []


def _cell_errors(
    facts: SheetFacts, form: FileFormat, place: Place, header: list[str], dropped: Collection[str]
) -> list[Finding]:
    """Cells with the error of a formula, or a formula never calculated: they read as empty."""
    return [
        place.finding(_RULES[fault], row=row, column=shown_header(header[column], column) or None)
        for row, column, fault in facts.faults
        if row >= form.header_row and column < len(header)
        if row == form.header_row or normalise(header[column]) not in dropped
    ]
