"""Table: a file that nobody declared, with the header and the rows that it seems to have.

How it is written (delimiter, encoding, sheet, header rows, totals) is found here and becomes the
``[file]`` and ``[leave_out]`` of the draft; what its columns mean stands in ``column``.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.model.normalise import casefold, normalise
from etl.declaration.source import Encoding, FileFormat
from etl.draft.words import WORDS
from etl.findings import Place
from etl.read.csv_file import read_records
from etl.read.encoding import UTF16_MARKS
from etl.read.grid import ZIP_MAGIC, Cell, Unreadable, header_of, width_of
from etl.read.workbook import NoWorkbook, inspect, sheet_names
from etl.read.xlsx_file import Merges, parent_of, read_cells, with_parent
from etl.settings import OperatorError

#: Rows among which the header is looked for.
_TOP = 30
#: Of the widest rows, how full a header is at least.
_FULL = 0.6
_DELIMITERS = (",", ";", "\t", "|")
_NUMBER = re.compile(r"[-+]?[\d.,]+%?|\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?")


@dataclass(frozen=True)
class Table:
    """A file as far as it can be read without a declaration.

    Attributes:
        place: File and sheet, as findings name them.
        form: How it is written.
        headers: Header of each column, normalised.
        columns: Cells of each column, normalised.
        leave_out: Header to the texts by which a row is no data; such rows are not in the columns.
        tags: HXL hashtag of each column, or "".
        other_sheets: Names of the sheets that are not read.
    """

    place: Place
    form: FileFormat
    headers: tuple[str, ...]
    columns: tuple[tuple[Cell, ...], ...]
    leave_out: dict[str, tuple[str, ...]]
    tags: tuple[str, ...]
    other_sheets: tuple[str, ...] = ()


def open_table(path: Path, sheet: str | None = None) -> Table:
    """Read a CSV or XLSX file as it seems to be meant.

    Raises:
        OperatorError: If no table is found in it.
    """
    raw = path.read_bytes()
    try:
        if raw.startswith(ZIP_MAGIC):
            return _read_workbook(path, sheet)
        place, encoding = Place.of(path), _encoding(raw)
        form = FileFormat("csv", None, _delimiter(path, encoding, place), encoding)
        records: list[list[Cell]] = [[*row] for row in read_records(path, form, place)]
        return _table(records, [], form, place)
    except Unreadable as refusal:
        raise OperatorError(
            " ".join(f"{finding.where}: {finding.message}" for finding in refusal.findings)
        ) from refusal
    except NoWorkbook as problem:
        raise OperatorError(f"{path.name}: {problem}") from problem


def _encoding(raw: bytes) -> Encoding:
    """The encoding of bytes: UTF-8 where they are, or have a mark, else cp1252."""
    if raw.startswith(UTF16_MARKS):
        return "utf-8"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(path: Path, encoding: Encoding, place: Place) -> str:
    """The delimiter by which most rows are equally long, and longest."""

    def column_count(delimiter: str) -> tuple[int, int]:
        """How many rows have the usual number of cells, and that number; 0 for one column."""
        try:
            rows = read_records(path, FileFormat("csv", None, delimiter, encoding), place)
        except (Unreadable, csv.Error):
            return (0, 0)
        width, times = Counter(map(len, rows[:200])).most_common(1)[0] if rows else (0, 0)
        return (times, width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=column_count)


def _read_workbook(path: Path, sheet: str | None) -> Table:
    """The named sheet, or the shown one with most cells."""
    names = sheet_names(path)
    if sheet is not None and sheet not in names:
        raise OperatorError(f"{path.name} has no sheet {sheet}; it has: {', '.join(names)}.")
    if sheet is None:
        facts = {name: inspect(path, name) for name in names}
        visible = [name for name in names if not facts[name].hidden] or list(names)
        sheet = max(visible, key=lambda name: facts[name].rows * facts[name].columns)
    place = Place.of(path, sheet)
    cells, merges = read_cells(path, sheet, place)
    parent = parent_of(cells)
    form = FileFormat("xlsx", sheet, parent=parent if parent in names else None)
    other = tuple(name for name in names if name not in (sheet, form.parent))
    return _table(with_parent(path, form, place, cells), merges, form, place, other)


def _table(
    rows: Sequence[Sequence[Cell]],
    merges: Merges,
    form: FileFormat,
    place: Place,
    other_sheets: tuple[str, ...] = (),
) -> Table:
    """The table in all rows of a file: its header, hashtags and data without totals."""
    cells = [[normalise(c) if isinstance(c, str) else c for c in row] for row in rows]
    top, depth = _find_header(cells, merges, place)
    width = width_of(cells[top:])
    texts = [[str(c) for c in _padded(row, width)] for row in cells[top : top + depth]]
    spans = [
        (left, min(right, width - 1))
        for (upper, left), (lower, right) in merges
        if upper == top and lower == top and left < right and left < width
    ]
    headers = tuple(normalise(text) for text in header_of(texts, spans if depth > 1 else ()))
    below = top + depth
    tags: tuple[str, ...] = ("",) * width
    if below < len(cells) and _is_tags(cells[below]):
        tags = tuple(str(c) for c in _padded(cells[below], width))
        below += 1
    first = below + 1 if below > top + depth else None
    form = replace(form, header_row=top + 1, header_rows=depth, first_row=first)
    data = [_padded(row, width) for row in cells[below:] if any(c != "" for c in row)]
    leave_out, data = _without_totals(headers, data)
    if not data:
        raise OperatorError(f"{place.file}: no row of data was found below a header.")
    columns = tuple(tuple(column) for column in zip(*data, strict=True))
    return Table(place, form, headers, columns, leave_out, tags, other_sheets)


def _padded(row: Sequence[Cell], width: int) -> list[Cell]:
    """A row as long as the table is wide."""
    return [*row[:width], *[""] * (width - len(row))]


def _filled(row: Sequence[Cell]) -> int:
    """How many cells of a row are filled."""
    return sum(cell != "" for cell in row)


def _is_words(cell: Cell) -> bool:
    """Whether a cell is a text that is no number and no date."""
    return isinstance(cell, str) and cell != "" and not _NUMBER.fullmatch(cell)


def _is_tags(row: Sequence[Cell]) -> bool:
    """Whether a row holds hashtags (HXL 1.1: they begin with # and a letter)."""
    filled = [cell for cell in row if cell != ""]
    marked = [c for c in filled if isinstance(c, str) and re.match(r"#[A-Za-z]", c)]
    return len(filled) > 0 and len(marked) * 2 > len(filled)


def _find_header(rows: Sequence[Sequence[Cell]], merges: Merges, place: Place) -> tuple[int, int]:
    """Index of the first header row, and how many there are.

    The header is the first row of words that is about as full as the fullest rows. The row above
    belongs to it where its cells are merged over several columns, or where it tells apart headers
    that would else be the same.
    """
    fullest = max((_filled(row) for row in rows[: _TOP * 4]), default=0)
    for i, row in enumerate(rows[:_TOP]):
        words = sum(map(_is_words, row))
        if words < max(1, _FULL * fullest) or words * 10 < _filled(row) * 8:
            continue
        wide = any(upper == i == lower and left < right for (upper, left), (lower, right) in merges)
        if wide and i + 1 < len(rows) and sum(map(_is_words, rows[i + 1])) > 0:
            return i, 2
        texts = [c for c in row if c != ""]
        if i and len(set(texts)) < len(texts) and _filled(rows[i - 1]) > 1:
            return i - 1, 2
        group_above = i and any(
            upper == i - 1 and left < right
            for (upper, left), (_, right) in merges
            if right - left + 1 < fullest
        )
        return (i - 1, 2) if group_above and _filled(rows[i - 1]) > 1 else (i, 1)
    looked = min(len(rows), _TOP)
    where = f"rows 1 to {looked}" if looked > 1 else "row 1"
    raise OperatorError(f"{place.where}: No header was found in {where}: it needs a row of words.")


def _without_totals(
    headers: Sequence[str], rows: list[list[Cell]]
) -> tuple[dict[str, tuple[str, ...]], list[list[Cell]]]:
    """Texts by which rows are no data, and the other rows.

    A row with a single cell, such as a note below the table, is known by the fullest column that
    is empty in it; a total by its word.
    """
    leave_out: dict[str, set[str]] = {}
    sparse = [row for row in rows if _filled(row) <= 1 and len(row) > 2]
    if sparse and len(sparse) < len(rows):
        fullest = max(
            (column for column in range(len(headers)) if all(row[column] == "" for row in sparse)),
            key=lambda column: sum(row[column] != "" for row in rows),
            default=None,
        )
        empty = 0 if fullest is None else sum(row[fullest] == "" for row in rows)
        if fullest is not None and empty == len(sparse) and headers[fullest]:
            leave_out.setdefault(headers[fullest], set()).add("")
            rows = [row for row in rows if row[fullest] != ""]
    data: list[list[Cell]] = []
    for row in rows:
        words = [(h, c) for h, c in zip(headers, row, strict=True) if isinstance(c, str) and h]
        header, word = next(((h, c) for h, c in words if c and _is_total_cell(c)), ("", ""))
        if word and _is_total(header, headers, row, rows):
            leave_out.setdefault(header, set()).add(word)
        else:
            data.append(row)
    return {header: tuple(sorted(texts)) for header, texts in leave_out.items()}, data


def _is_total_cell(cell: str) -> bool:
    """Whether every part of a cell is such a word, as in both languages: Total / Sum."""
    parts = [part.strip() for part in re.split(r"[/|()]", casefold(cell))]
    return any(parts) and all(WORDS.rows["total"].fullmatch(part) for part in parts if part)


def _is_total(
    header: str, headers: Sequence[str], row: Sequence[Cell], rows: Sequence[Sequence[Cell]]
) -> bool:
    """Whether a row with such a word is a total: it stands among the last, or is emptier."""
    column = headers.index(header)
    usual = sorted(map(_filled, rows))[len(rows) // 2]
    alike = sum(other[column] == row[column] for other in rows)
    return alike * 5 <= len(rows) and (row in rows[-3:] or _filled(row) < usual)
