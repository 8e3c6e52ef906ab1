"""Plain table: a file of few columns that an operator hands over, as the readers want it told.

Such files are of offices, not of partners: populations, capacities. What their cells may hold
belongs to those who ask for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from python_calamine import CalamineError, CalamineWorkbook

from etl.declaration.source import Column, FileFormat, Source
from etl.settings import OperatorError

#: What may stand between the cells of a CSV, by its name.
DELIMITERS: Mapping[str, str] = MappingProxyType({"comma": ",", "semicolon": ";", "tab": "\t"})


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


def _first_sheet(path: Path) -> str:
    """Name of the first sheet, '' of what is no workbook: the reader says so."""
    try:
        names = CalamineWorkbook.from_path(str(path)).sheet_names  # pyright: ignore[reportUnknownMemberType]
    except (CalamineError, OSError):
        return ""
    return names[0] if names else ""
