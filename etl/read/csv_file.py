"""Reading CSV strictly: the declared encoding and delimiter, every row as long as the header.

Nothing is sniffed: a file that is not what its declaration says is refused.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from etl.declaration.source import FileFormat
from etl.findings import Finding, Place
from etl.read.encoding import decode
from etl.read.grid import OLE_MAGIC, ZIP_MAGIC, Grid, Unreadable, columns_of, header_of


def read_csv(path: Path, form: FileFormat, place: Place) -> Grid:
    """Header and rows of a CSV file; a row with another number of cells becomes a finding.

    Raises:
        Unreadable: With a finding for each fault that leaves no rows to read.
    """
    records = read_records(path, form, place)
    first = form.header_row - 1
    if len(records) < first + form.header_rows:
        raise Unreadable([place.finding("empty_file")])
    header_rows = records[first : first + form.header_rows]
    width = len(header_rows[-1])
    if any(len(record) != width for record in header_rows):
        raise Unreadable([place.finding("cell_count", row=form.header_row)])
    header = header_of(header_rows)
    body = records[form.data_row - 1 :]
    while body and not body[-1]:
        body.pop()
    rows: list[list[str]] = []
    numbers: list[int] = []
    faults: list[Finding] = []
    for number, record in enumerate(body, form.data_row):
        if len(record) == width:
            rows.append(record)
            numbers.append(number)
        else:
            faults.append(place.finding("cell_count", row=number))
    return Grid(header, columns_of(rows, width), numbers, faults)


def read_records(path: Path, form: FileFormat, place: Place) -> list[list[str]]:
    """Every record of a CSV file from its first line on, whatever its number of cells.

    Raises:
        Unreadable: With a finding for each fault that leaves no rows to read.
    """
    raw = path.read_bytes()
    if raw.startswith((ZIP_MAGIC, OLE_MAGIC)):
        raise Unreadable([place.finding("not_readable", detail="It is a workbook or an archive.")])
    text = decode(raw, form, place)
    if not text.strip():
        raise Unreadable([place.finding("empty_file")])
    rows: list[list[str]] = []
    # A long cell is no quote that stays open.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=form.delimiter, strict=True)
    try:
        rows.extend(reader)
    except csv.Error as problem:  # a quote that is not closed hides where the next record begins
        raise Unreadable([place.finding("unclosed_quote", row=len(rows) + 1)]) from problem
    return rows
