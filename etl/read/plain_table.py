"""Plain table: a file of few columns that an operator hands over, as the readers want it told.

Such files are of offices, not of partners: populations, capacities. Either every row is taken or
none. What cells may hold, and what a row is then, belongs to those who ask for them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from etl.declaration.source import Column, FileFormat, Source
from etl.findings import Finding, in_order
from etl.read.grid import Cell
from etl.read.sheet import Sheet, read_sheet
from etl.read.workbook import NoWorkbook, first_sheet
from etl.settings import OperatorError

#: What may stand between the cells of a CSV, by its name.
DELIMITERS: Mapping[str, str] = MappingProxyType({"comma": ",", "semicolon": ";", "tab": "\t"})
#: A number of more digits is none that any table holds.
_DIGITS = 11

Made = TypeVar("Made")


@dataclass(frozen=True)
class PlainRow:
    """A row of a plain table.

    Attributes:
        sheet: The file that it stands in.
        number: Its number, as the sender sees it.
        cells: Its cells by column.
    """

    sheet: Sheet
    number: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """The text of a cell, "" where a workbook types it as a date."""
        cell = self.cells[column]
        return cell if isinstance(cell, str) else ""

    def whole(self, column: str) -> int:
        """The whole number of a cell, -1 where it holds none."""
        text = self.text(column)
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else -1

    def finding(self, rule: str, column: str, detail: str = "") -> Finding:
        """What is wrong with one of its cells."""
        return self.sheet.place.finding(rule, row=self.number, column=column, detail=detail)


def plain_table(
    path: Path, name: str, columns: Sequence[str], *, sheet: str | None, delimiter: str
) -> Source:
    """A table of a CSV in UTF-8 or of an XLSX workbook, for ``read_sheet``.

    Args:
        path: The file.
        name: What the file is of, as an error says it.
        columns: Names of its columns, in any order.
        sheet: Sheet of a workbook; its first where None.
        delimiter: Name of what stands between the cells of a CSV, one of ``DELIMITERS``.

    Raises:
        OperatorError: If there is no such file, or it is of another format.
    """
    if not path.is_file():
        raise OperatorError(f"There is no file {path}.")
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        form = FileFormat("xlsx", sheet if sheet is not None else _first_sheet(path))
    elif suffix == ".csv" and sheet is None:
        form = FileFormat("csv", delimiter=DELIMITERS[delimiter])
    else:
        raise OperatorError(f"{path.name}: a {name} is read from .csv or .xlsx (with --sheet).")
    return Source(
        name=name,
        title="",
        partner="",
        kind="published",
        row="incident",
        attribution="",
        file=form,
        keys={},
        constants=(),
        months=(),
        columns=tuple(Column(column, "take") for column in columns),
    )


def read_rows(
    path: Path,
    layout: Source,
    faults: Callable[[PlainRow], Iterable[Finding]],
    made: Callable[[PlainRow], Made],
    key: Callable[[Made], Hashable],
    repeated: str,
) -> tuple[list[Made], list[Finding]]:
    """The rows of a plain table and what is wrong with it; one with findings is not to be used.

    Args:
        path: The file.
        layout: What ``plain_table`` says of it.
        faults: What is wrong with a row.
        made: What a row without faults is.
        key: By what two of these are the same.
        repeated: Rule that a second one of a key breaks; the finding names the first column.
    """
    read, findings = read_sheet(path, layout)
    if read is None:
        return [], in_order(findings)
    names = [column.header for column in layout.columns]
    columns = [read.columns[name].cells() for name in names]
    rows: list[Made] = []
    seen: set[Hashable] = set()
    for number, cells in zip(read.rows, zip(*columns, strict=True), strict=True):
        row = PlainRow(read, number, dict(zip(names, cells, strict=True)))
        found = list(faults(row))
        findings += found
        if found:
            continue
        held = made(row)
        if key(held) in seen:
            findings.append(row.finding(repeated, names[0]))
        seen.add(key(held))
        rows.append(held)
    return rows, in_order(findings)


def _first_sheet(path: Path) -> str:
    """Name of the first sheet, '' of what may not be read: the reader says so."""
    try:
        return first_sheet(path)
    except NoWorkbook:
        return ""
