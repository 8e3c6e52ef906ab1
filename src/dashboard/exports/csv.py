"""An exhibit's table as CSV that a spreadsheet opens without running anything.

The file begins with rows whose first cell starts with ``#`` (title, unit, filters, notes, source,
release, handling), so that a reader of data skips them with ``comment="#"``; a blank row, the
header and the numbers follow. UTF-8 with a byte order mark, lines end as RFC 4180 asks.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator

from dashboard.exhibits.exhibit import Cell, Exhibit
from dashboard.words.catalogue import say

CONTENT_TYPE = "text/csv; charset=utf-8"
_BOM = "\ufeff"
#: What makes a spreadsheet read a cell as a formula.
_STARTERS = "=+-@|%\t\r"
#: Ignored by some spreadsheets before a formula, so looked through.
_INVISIBLE = {"Cf", "Zs", "Zl", "Zp", "Mn"}


def as_csv(exhibit: Exhibit, query: str) -> str:
    """The table with its surroundings as text.

    Args:
        exhibit: What to write.
        query: Canonical query string of the view, so that the file leads back to it.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for name, value in _about(exhibit, query):
        writer.writerow([f"# {name}", harmless(value)])
    writer.writerow([])
    writer.writerow(
        [harmless(_header(column.label, column.unit)) for column in exhibit.table.columns]
    )
    for row in exhibit.table.rows:
        writer.writerow([_cell(cell) for cell in row])
    return _BOM + text.getvalue()


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with a leading apostrophe where it could be.

    Spaces, zero-width characters and full-width forms before or as the first sign are looked
    through.

    >>> harmless("=1+1"), harmless(" @x"), harmless("Cox's Bazar")
    ("'=1+1", "' @x", "Cox's Bazar")
    """
    for character in text:
        plain = unicodedata.normalize("NFKC", character)
        if plain[:1] in tuple(_STARTERS):
            return f"'{text}"
        if unicodedata.category(character) not in _INVISIBLE and not plain.isspace():
            return text
    return text


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else cell


def _header(label: str, unit: str) -> str:
    return label if not unit or unit.lower() in label.lower() else f"{label} ({unit})"


def _about(exhibit: Exhibit, query: str) -> Iterator[tuple[str, str]]:
    stamp = exhibit.release
    yield say("shell.file.title"), exhibit.title
    yield say("shell.file.filters"), exhibit.subtitle
    yield say("shell.file.unit"), exhibit.unit
    for note in exhibit.notes:
        yield say("shell.file.note"), note
    yield say("shell.file.source"), exhibit.source
    yield say("shell.file.release"), f"{stamp.release_id}, {stamp.data_until}"
    yield say("shell.file.handling"), stamp.label
    yield say("shell.file.view"), f"{exhibit.id}?{query}"
