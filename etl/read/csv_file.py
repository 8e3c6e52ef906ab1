"""Reading CSV strictly: the declared encoding and delimiter, every row as long as the header.

Nothing is sniffed: a file that is not what its declaration says is refused.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from etl.declaration.source import FileFormat
from etl.findings import Finding, Place
from etl.read.encoding import UTF16_MARKS, decode
from etl.read.grid import OLE_MAGIC, ZIP_MAGIC, Cell, Grid, Unreadable, header_of
from etl.read.plain_csv import plain_columns


def read_csv(path: Path, form: FileFormat, place: Place) -> Grid:
    """Header and rows of a CSV file; a row with another number of cells is left to its finding.

    Raises:
        Unreadable: With a finding for each fault that leaves no rows to read.
    """
    raw, text = _open(path, form, place)
    plain = _plain(path, raw, text, form)
    if plain is not None:
        return plain
    records = _records(text, form.delimiter, place)
    top = form.header_row - 1
    if len(records) < top + form.header_rows:
        raise Unreadable([place.finding("empty_file")])
    above = records[top : top + form.header_rows]
    width = len(above[-1])
    if any(len(record) != width for record in above):
        raise Unreadable([place.finding("cell_count", row=form.header_row)])
    header = header_of(above)
    body = records[form.data_row - 1 :]
    while body and not body[-1]:
        body.pop()
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    faults: list[Finding] = []
    for number, record in enumerate(body, form.data_row):
        if len(record) == len(header):
            rows.append([*record])
            numbers.append(number)
        else:
            faults.append(place.finding("cell_count", row=number))
    return Grid.of_rows(header, rows, numbers, faults)


def read_records(path: Path, form: FileFormat, place: Place) -> list[list[str]]:
    """Every record of a CSV file from its first line on, as long as each is.

    Raises:
        Unreadable: With a finding for each fault that leaves no rows to read.
    """
    _, text = _open(path, form, place)
    return _records(text, form.delimiter, place)


def _open(path: Path, form: FileFormat, place: Place) -> tuple[bytes, str]:
    """The bytes of a file and their text."""
    raw = path.read_bytes()
    if raw.startswith((ZIP_MAGIC, OLE_MAGIC)):
        raise Unreadable([place.finding("not_readable", detail="It is a workbook or an archive.")])
    text = decode(raw, form, place)
    if not text.strip():
        raise Unreadable([place.finding("empty_file")])
    return raw, text


def _plain(path: Path, raw: bytes, text: str, form: FileFormat) -> Grid | None:
    """A file that can be read in one way only, read fast; None for any other."""
    if form.encoding != "utf-8" or raw.startswith(UTF16_MARKS) or form.header_rows > 1:
        return None
    lines = text.split("\n", form.header_row)
    if len(lines) < form.header_row:
        return None
    names = lines[form.header_row - 1].rstrip("\r").split(form.delimiter)
    columns = plain_columns(path, text, form, len(names))
    if columns is None:
        return None
    return Grid(names, columns, list(range(form.data_row, form.data_row + len(columns[0]))))


def _records(text: str, delimiter: str, place: Place) -> list[list[str]]:
    """Every record of the text; one that is not closed hides where the next begins."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows.extend(reader)
    except csv.Error as problem:
        raise Unreadable([place.finding("unclosed_quote", row=len(rows) + 1)]) from problem
    return rows
