"""Reading CSV strictly: UTF-8, the declared delimiter, every row as long as the header.

Nothing is sniffed: a file that is not what its declaration says is refused.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from etl.findings import Finding, Place
from etl.read.grid import OLE_MAGIC, ZIP_MAGIC, Cell, Grid, Unreadable
from etl.sources import FileFormat

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_csv(path: Path, form: FileFormat, place: Place) -> Grid:
    """Header and rows of a CSV file.

    Raises:
        Unreadable: With a finding for each fault of bytes or structure.
    """
    text = _decoded(path.read_bytes(), place)
    rows, findings = _records(text, form.delimiter, place)
    if len(rows) < form.header_row:
        raise Unreadable(findings or [place.finding("empty_file")])
    header = rows[form.header_row - 1]
    body = rows[form.header_row :]
    while body and not body[-1]:
        body.pop()
    numbers = range(form.header_row + 1, form.header_row + 1 + len(body))
    findings += [
        place.finding("cell_count", row=number)
        for number, row in zip(numbers, body, strict=True)
        if len(row) != len(header)
    ]
    if findings:
        raise Unreadable(findings)
    cells: list[list[Cell]] = [list(row) for row in body]
    return Grid(header, cells, list(numbers))


def _decoded(raw: bytes, place: Place) -> str:
    if not raw.strip():
        raise Unreadable([place.finding("empty_file")])
    if raw.startswith((ZIP_MAGIC, OLE_MAGIC)):
        raise Unreadable([place.finding("not_readable", detail="It is a workbook or an archive.")])
    if raw.startswith(_UTF16_MARKS):
        raise Unreadable([place.finding("wrong_encoding")])
    if b"\0" in raw:
        row = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        raise Unreadable([place.finding("nul_byte", row=row)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        row = raw.count(b"\n", 0, problem.start) + 1
        raise Unreadable([place.finding("wrong_encoding", row=row)]) from problem


def _records(text: str, delimiter: str, place: Place) -> tuple[list[list[str]], list[Finding]]:
    """Records up to the first that is not closed; that one becomes a finding."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows.extend(reader)
    except csv.Error:
        return rows, [place.finding("unclosed_quote", row=len(rows) + 1)]
    return rows, []
