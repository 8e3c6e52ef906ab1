"""Reading a plain CSV fast: UTF-8, no quote in it, no empty line, every row as long as the header.

Such a file has one possible reading, so the database may do it, on all processors and without an
object for every cell. It is told everything and guesses nothing. Any other file, and any that the
database does not read in full, is left to ``csv_file``, which also finds what is wrong with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import duckdb
import numpy as np

from etl.declaration.source import FileFormat
from etl.read.coded import Coded, Positions
from etl.read.grid import Cell

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Cells that nobody has screened yet never reach a disk.
    "temp_directory": "",
}


def plain_columns(path: Path, text: str, form: FileFormat, width: int) -> list[Coded[Cell]] | None:
    """The columns below the header of a plain file, or None for any other.

    Args:
        path: The file, in UTF-8.
        text: Its text.
        form: What its source declares.
        width: Cells of its header.
    """
    lines = text.count("\n") + (not text.endswith("\n"))
    line_end = _line_end(text)
    above = form.data_row - 1
    if line_end is None or '"' in text or lines <= above:
        return None
    # The database overlooks an empty cell too many at the end of a line, but none too few.
    body = text.split("\n", above)[above]
    if body.count(form.delimiter) != (lines - above) * (width - 1):
        return None
    types = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width))
    with duckdb.connect(":memory:", config=_CONFIG) as connection:
        try:
            connection.execute(
                f"""CREATE TABLE cells AS FROM read_csv(?, header = false, skip = ?, delim = ?,
                quote = '', escape = '', new_line = '{line_end}', auto_detect = false,
                strict_mode = true, null_padding = false, columns = {{{types}}})""",  # noqa: S608
                [str(path), above, form.delimiter],
            )
        except duckdb.Error:
            return None  # some line is no row, or longer than the database or its memory
        row_count = connection.execute("SELECT count(*) FROM cells").fetchone()
        if row_count != (lines - above,):
            return None
        return _read_coded(connection, width)


def _line_end(text: str) -> str | None:
    r"""How every line ends, as the database is told it; None for a mixture or an empty line."""
    if "\r" not in text:
        return None if "\n\n" in text or text.startswith("\n") else r"\n"
    if text.count("\r") != text.count("\r\n") or text.count("\n") != text.count("\r\n"):
        return None
    return None if "\r\n\r\n" in text or text.startswith("\r\n") else r"\r\n"


def _read_coded(connection: duckdb.DuckDBPyConnection, width: int) -> list[Coded[Cell]]:
    """Columns of the table ``cells``; what the database reads as nothing is an empty cell."""
    chosen: list[str] = []
    for i in range(width):
        connection.execute(
            f"CREATE TYPE t{i} AS ENUM (SELECT DISTINCT coalesce(c{i}, '') FROM cells)"  # noqa: S608
        )
        chosen.append(f"enum_code(coalesce(c{i}, '')::t{i})::INTEGER AS c{i}")
    codes = cast(
        "dict[str, Positions]",
        connection.execute(f"SELECT {', '.join(chosen)} FROM cells").fetchnumpy(),  # noqa: S608
    )
    columns: list[Coded[Cell]] = []
    for i in range(width):
        values: list[tuple[Any]] = connection.execute(
            f"SELECT unnest(enum_range(NULL::t{i}))::VARCHAR"  # noqa: S608
        ).fetchall()
        columns.append(Coded([str(value) for (value,) in values], np.asarray(codes[f"c{i}"])))
    return columns
