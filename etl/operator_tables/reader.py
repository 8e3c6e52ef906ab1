"""Reader: a file of a handed table as rows, or findings with file, sheet, row, column and rule.

Either every row is taken or none. CSV, XLSX and TOML are read here, polygons of maps in ``shapes``;
what a cell says belongs to ``cells``, and which cells a row has to ``kinds``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from dashboard.model.normalise import normalise
from etl.declaration.source import FileFormat
from etl.findings import Finding, Place, in_order
from etl.operator_tables.cells import cell_text
from etl.operator_tables.kind import BrokenRule, Cells, Kind, Reference, Values
from etl.read.csv_file import read_csv
from etl.read.grid import Unreadable, shown_header
from etl.read.sheet import screen_header
from etl.read.workbook import NoWorkbook, sheet_names
from etl.read.xlsx_file import read_xlsx
from etl.settings import OperatorError

#: What may stand between the cells of a CSV, by its name.
DELIMITERS: Mapping[str, str] = MappingProxyType({"comma": ",", "semicolon": ";", "tab": "\t"})
TABLES, SHAPES = (".csv", ".xlsx", ".toml"), (".geojson", ".json", ".gpkg")

#: Types of the TOML values that a cell can hold.
_CELLS = (str, bool, int, date)
#: Pairs of a row's number as the sender sees it, None for a row of no file, and the row.
Numbered = Sequence[tuple[int | None, Cells]]


@dataclass(frozen=True)
class CheckedRows:
    """Rows of a kind, held against its rules; a file that has findings is not to be used.

    Attributes:
        rows: The values of those without a fault.
        findings: What is wrong with the others.
    """

    rows: list[Values] = field(default_factory=list[Values])
    findings: list[Finding] = field(default_factory=list[Finding])

    @property
    def sentence(self) -> str:
        """The first finding as one sentence, with its rule."""
        first = self.findings[0]
        return f"{first.where}: {first.message} [{first.rule}]"


def read_file(
    path: Path,
    kind: Kind,
    reference: Reference,
    *,
    sheet: str | None = None,
    delimiter: str = "comma",
    key: str | None = None,
) -> CheckedRows:
    """The rows of a file and what is wrong with it.

    Args:
        path: A CSV in UTF-8, an XLSX workbook or TOML; of outlines GeoJSON or a GeoPackage.
        kind: What it is a table of.
        reference: What its cells are held against.
        sheet: Sheet of a workbook; its first where None.
        delimiter: Name of what stands between the cells of a CSV, one of ``DELIMITERS``.
        key: Property of a feature with the code of its place; the known ones where None.

    Raises:
        OperatorError: If there is no such file, or it is of another format.
    """
    forms = SHAPES if kind.of_shapes else TABLES
    if not path.is_file():
        raise OperatorError(f"There is no file {path}.")
    suffix = path.suffix.lower()
    if suffix not in forms or (sheet is not None and suffix != ".xlsx"):
        hint = "; a sheet is one of .xlsx" if sheet is not None else ""
        raise OperatorError(f"{path.name}: {kind.name} are read from {', '.join(forms)}{hint}.")
    if suffix == ".xlsx" and sheet is None:
        sheet = _first_sheet(path)
    place = Place.of(path, sheet)
    try:
        if kind.of_shapes:
            # Reading maps takes a second to load, and no other kind needs it.
            from etl.operator_tables.shapes import read_shapes

            rows, findings = read_shapes(path, place, reference, key)
        elif suffix == ".toml":
            rows, findings = _toml_rows(path, kind, place), []
        else:
            format_name = "xlsx" if suffix == ".xlsx" else "csv"
            form = FileFormat(format_name, sheet, DELIMITERS[delimiter])
            rows, findings = read_table(path, kind, form, place)
    except Unreadable as refusal:
        return CheckedRows([], in_order(refusal.findings))
    checked = checked_rows(kind, rows, reference, place)
    return CheckedRows(checked.rows, in_order([*findings, *checked.findings]))


def checked_rows(kind: Kind, rows: Numbered, reference: Reference, place: Place) -> CheckedRows:
    """The values of rows without a fault, and a finding for each rule that others break."""
    accepted: list[Values] = []
    findings: list[Finding] = []
    seen: set[tuple[str, ...]] = set()
    for number, cells in rows:
        values, broken = _values(kind, cells, reference)
        key = tuple(cell_text(values[name]) for name in kind.key) if not broken else ()
        if key and key in seen:
            repeated = BrokenRule("repeated_row", f"They are {', '.join(kind.key)}.")
            broken = [(kind.key[0], repeated)]
        seen.add(key)
        findings += [
            place.finding(fault.rule, row=number, column=column, detail=fault.detail)
            for column, fault in broken
        ]
        if not broken:
            accepted.append(values)
    return CheckedRows(accepted, in_order(findings))


def _values(
    kind: Kind, cells: Cells, reference: Reference
) -> tuple[Values, list[tuple[str, BrokenRule]]]:
    """The values of a row, and column and rule of each fault; rules of whole rows come last."""
    values: dict[str, Any] = {}
    broken: list[tuple[str, BrokenRule]] = []
    for column in kind.columns:
        try:
            values[column.name] = column.read(
                cells.get(column.name) or column.absent or "", reference
            )
        except BrokenRule as fault:
            broken.append((column.name, fault))
    if not broken:
        broken = [(name, BrokenRule(rule)) for name, rule in kind.faults(values, reference)]
    return values, broken


def read_table(
    path: Path, kind: Kind, form: FileFormat, place: Place
) -> tuple[Numbered, list[Finding]]:
    """Rows of a CSV or a sheet as text, and the findings about others that could not be read.

    Raises:
        Unreadable: With a finding for each fault that leaves no rows to read.
    """
    read_grid: Callable[..., Any] = read_csv if form.format == "csv" else read_xlsx
    grid = read_grid(path, form, place)
    headers = [normalise(text) for text in grid.header]
    optional = {column.name for column in kind.columns if column.absent is not None}
    findings = screen_header(grid.header, kind.names, place, form.header_row, optional)
    if not grid.numbers and not grid.findings:
        findings.append(place.finding("empty_file"))
    if findings:
        raise Unreadable([*findings, *grid.findings])
    columns = [column.cells() for column in grid.columns]
    rows = [
        (number, {name: str(cell) for name, cell in zip(headers, row, strict=True)})
        for number, row in zip(grid.numbers, zip(*columns, strict=True), strict=True)
    ]
    return rows, grid.findings


def _toml_rows(path: Path, kind: Kind, place: Place) -> Numbered:
    """Rows of a TOML file: the tables under the name of one row of the kind.

    Raises:
        Unreadable: If it is no such file, or a table has a key that is no column.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as problem:
        raise Unreadable([place.finding("wrong_encoding")]) from problem
    except tomllib.TOMLDecodeError as problem:
        detail = f"It is not valid TOML: {problem}."
        raise Unreadable([place.finding("not_readable", detail=detail)]) from problem
    listed = cast("object", data.pop(kind.one, []))
    entries = cast("list[object]", listed) if isinstance(listed, list) else [listed]
    if data or not all(isinstance(entry, dict) for entry in entries):
        detail = f"Each {kind.one} begins with a line [[{kind.one}]]; nothing else stands there."
        raise Unreadable([place.finding("not_readable", detail=detail)])
    if not entries:
        raise Unreadable([place.finding("empty_file")])
    tables = list(enumerate(cast("list[dict[str, object]]", entries), start=1))
    wrong = [
        place.finding("no_cell", row=number, column=shown_header(name, at))
        for number, table in tables
        for at, (name, value) in enumerate(table.items())
        if not isinstance(value, _CELLS)
    ]
    rows = [(n, {name: cell_text(value) for name, value in table.items()}) for n, table in tables]
    strange = [
        place.finding("undeclared_column", row=number, column=shown_header(name, at))
        for number, cells in rows
        for at, name in enumerate(cells)
        if name not in kind.names
    ]
    if wrong or strange:
        raise Unreadable([*wrong, *strange])
    return rows


def typed_row(words: Sequence[str], kind: Kind) -> Numbered:
    """One row that the operator typed as words ``column=cell``.

    Raises:
        OperatorError: If a word has no "=", names no column, or one that another names.
    """
    pairs = [word.partition("=") for word in words]
    if not all(equals and name in kind.names for name, equals, _ in pairs):
        raise OperatorError(f"--row is COLUMN=CELL each, with columns of {', '.join(kind.names)}.")
    names = [name for name, _, _ in pairs]
    if repeated := next((name for name in names if names.count(name) > 1), None):
        raise OperatorError(f"--row gives {repeated} twice; give each column once.")
    return [(None, {name: cell for name, _, cell in pairs})]


def _first_sheet(path: Path) -> str:
    """Name of the first sheet; "" where it cannot be read, which the reader of sheets reports."""
    try:
        return next(iter(sheet_names(path)), "")
    except NoWorkbook:
        return ""
