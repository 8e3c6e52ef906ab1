"""Reading CSV strictly: the declared encoding and delimiter, every row as long as the header.

Nothing is sniffed: a file that is not what its declaration says is refused.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from etl.declaration.source import FileFormat
from etl.findings import Finding, Place
from etl.read.encoding import UTF16_MARKS, decoded
from etl.read.grid import OLE_MAGIC, ZIP_MAGIC, Cell, Grid, Unreadable
from etl.read.plain_csv import plain_columns


def read_csv(path: Path, form: FileFormat, place: Place) -> Grid:
    """Header and rows of a CSV file; a row with another number of cells is left to its finding.

    Raises:
        Unreadable: With a finding for each fault that leaves no rows to read.
    """
    raw = path.read_bytes()
    if raw.startswith((ZIP_MAGIC, OLE_MAGIC)):
        raise Unreadable([place.finding("not_readable", detail="It is a workbook or an archive.")])
    text = decoded(raw, form, place)
    if not text.strip():
        raise Unreadable([place.finding("empty_file")])
    plain = _plain(path, raw, text, form)
    if plain is not None:
        return plain
    records = _records(text, form.delimiter, place)
    if len(records) < form.header_row:
        raise Unreadable([place.finding("empty_file")])
    header = records[form.header_row - 1]
    body = records[form.header_row :]
    while body and not body[-1]:
        body.pop()
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    faults: list[Finding] = []
    for number, record in enumerate(body, form.header_row + 1):
        if len(record) == len(header):
            rows.append([*record])
            numbers.append(number)
        else:
            faults.append(place.finding("cell_count", row=number))
    return Grid.of_rows(header, rows, numbers, faults)


def _plain(path: Path, raw: bytes, text: str, form: FileFormat) -> Grid | None:
    """A file that can be read in one way only, read fast; None for any other."""
    if form.encoding != "utf-8" or raw.startswith(UTF16_MARKS):
        return None
    header = text.split("\n", form.header_row)[form.header_row - 1].rstrip("\r")
    names = header.split(form.delimiter)
    columns = plain_columns(path, text, form, len(names))
    if columns is None:
        return None
    first = form.header_row + 1
    return Grid(names, columns, list(range(first, first + len(columns[0]))))


def _records(text: str, delimiter: str, place: Place) -> list[list[str]]:
    """Every record of the text; one that is not closed hides where the next begins."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows.extend(reader)
    except csv.Error as problem:
        raise Unreadable([place.finding("unclosed_quote", row=len(rows) + 1)]) from problem
    return rows
