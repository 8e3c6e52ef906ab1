"""An exhibit's table as CSV in which a spreadsheet finds no formula to run.

The file begins with rows whose first cell starts with ``#`` (the texts of ``about``), so that
programs skip them with ``comment="#"``; a blank row, the header and the numbers follow. UTF-8 with
a byte order mark, lines end as RFC 4180 asks.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from dashboard.exhibits.exhibit import Cell, Exhibit
from dashboard.exports.about import about

CONTENT_TYPE = "text/csv; charset=utf-8"
_BOM = "\ufeff"
#: What makes a spreadsheet read a cell as a formula.
_STARTERS = "=+-@|%\t\r"
#: Categories of characters that some spreadsheets ignore before a formula.
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}


def as_csv(exhibit: Exhibit, address: str, lang: str) -> str:
    """The table with its surroundings as text.

    Args:
        exhibit: What to write.
        address: Where the same numbers are shown, so that the file leads back to them.
        lang: Language of the words around the table.
    """
    comments = [(f"# {name}", value) for name, value in about(exhibit, address, lang)]
    heads = [column.heading for column in exhibit.table.columns]
    return _BOM + rows_as_csv([*comments, (), heads, *exhibit.table.rows])


def rows_as_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as text whose lines end as RFC 4180 asks; no cell of it is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([harmless(c) if isinstance(c, str) else c for c in row] for row in rows)
    return text.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet reads as a formula: a leading apostrophe marks it as text.

    Spaces and invisible characters before the first sign do not hide it, nor does its full width.

    The unit of shares alone is none.

    >>> harmless("=1+1"), harmless(" @x"), harmless("King's Town"), harmless("%")
    ("'=1+1", "' @x", "King's Town", '%')
    """
    if text == "%":
        return text
    for character in text:
        plain = unicodedata.normalize("NFKC", character)
        if plain[:1] in tuple(_STARTERS):
            return f"'{text}"
        if unicodedata.category(character) not in _INVISIBLE and not plain.isspace():
            return text
    return text
