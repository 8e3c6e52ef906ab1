"""Form: what an XLSForm says of the export of its answers: labels of choices, names and types.

The format is that of xlsform.org: a sheet ``survey`` with type, name and labels, a sheet
``choices`` with list_name, name and labels. Columns of a label are ``label`` and
``label::LANGUAGE (code)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from dashboard.model.normalise import casefold, normalise
from etl.declaration.source import FileFormat
from etl.draft.table import Table
from etl.draft.words import words_of
from etl.findings import Place
from etl.read.grid import ZIP_MAGIC, Unreadable
from etl.read.workbook import NoWorkbook, sheet_names
from etl.read.xlsx_file import read_cells
from etl.settings import OperatorError

_SELECTS = ("select_one", "select_multiple", "select one", "select multiple", "rank")
Rows = list[dict[str, str]]


def is_form(path: Path) -> bool:
    """Whether a file is an XLSForm and no list of answers.

    Raises:
        OperatorError: If it is a workbook that cannot be read.
    """
    with path.open("rb") as handle:
        if handle.read(len(ZIP_MAGIC)) != ZIP_MAGIC:
            return False
    return {"survey", "choices"} <= {name.casefold() for name in _sheet_titles(path)}


def choices_of(path: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Choices of every question: its name as words to each choice and its labels.

    Raises:
        OperatorError: If the file is no XLSForm.
    """
    survey, choices = _sheet(path, "survey"), _sheet(path, "choices")
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in choices:
        name = row.get("list_name") or row.get("list name") or ""
        lists.setdefault(name, {})[casefold(row.get("name", ""))] = _labels(row)
    choices_by_name: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in survey:
        kind = row.get("type", "")
        select = next((select for select in _SELECTS if kind.startswith(f"{select} ")), None)
        if select is not None:
            # What may follow the name of a list is ``or_other``.
            list_name = kind.removeprefix(select).split()[0]
            options: Mapping[str, tuple[str, ...]] = lists.get(list_name, {})
            for label in (row.get("name", ""), *_labels(row)):
                if label:
                    choices_by_name[words_of(label)] = dict(options)
    return choices_by_name


def table_of(path: Path) -> Table:
    """The export that a form will have, with invented rows, from its survey and choices.

    Groups stand before the names of their questions, as exports with group names have them.
    """
    choices = choices_of(path)
    group: list[str] = []
    headers: list[str] = []
    columns: list[list[str]] = []
    for row in _sheet(path, "survey"):
        kind, name = row.get("type", ""), row.get("name", "")
        if kind.startswith("begin"):
            group.append(name)
        elif kind.startswith("end") and group:
            group.pop()
        elif (answers := _invented(kind, list(choices.get(words_of(name), {})))) is not None:
            headers.append("/".join([*group, name]))
            columns.append(answers)
    if not headers:
        raise OperatorError(f"{path.name} asks no question.")
    rows = max(map(len, columns))
    cells = tuple(tuple(column[i % len(column)] for i in range(rows)) for column in columns)
    place, tags = Place.of(path), ("",) * len(headers)
    return Table(place, FileFormat("csv"), tuple(headers), cells, {}, tags)


def _invented(kind: str, choices: list[str]) -> list[str] | None:
    """Answers that a question of a type may get; None for what asks nothing."""
    if kind.startswith(("select_one", "select one")):
        return choices or None
    if kind.startswith(("select_multiple", "select multiple")):
        joined = [f"{choice} {next_choice}" for choice, next_choice in pairwise(choices)]
        return [*choices, *joined] or None
    return {
        "date": [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in (3, 25)],
        "datetime": [f"2025-{month:02}-25T10:00:00" for month in range(1, 13)],
        "dateTime": [f"2025-{month:02}-25T10:00:00" for month in range(1, 13)],
        "integer": [str(number) for number in range(1, 31)],
        "decimal": [f"{number}.0" for number in range(1, 31)],
        "text": [f"text{number}" for number in range(1, 31)],
        "barcode": [f"text{number}" for number in range(1, 31)],
        "geopoint": ["21.2 92.1 0 0"],
    }.get(kind)


def _labels(row: Mapping[str, str]) -> tuple[str, ...]:
    """Labels of a row in every language."""
    return tuple(text for key, text in row.items() if key.startswith("label") and text)


def _sheet_titles(path: Path) -> tuple[str, ...]:
    """Names of the sheets of a form."""
    if not path.is_file():
        raise OperatorError(f"There is no file {path.name}.")
    try:
        return sheet_names(path)
    except NoWorkbook as problem:
        raise OperatorError(f"{path.name}: {problem}") from problem


def _sheet(path: Path, name: str) -> Rows:
    """Filled rows of a sheet, each by its headings; the sheet's name is sought in any case."""
    try:
        title = next(sheet for sheet in _sheet_titles(path) if sheet.casefold() == name)
        cells, _ = read_cells(path, title, Place.of(path, title))
    except (StopIteration, Unreadable) as problem:
        raise OperatorError(f"{path.name} is no XLSForm: it has no sheet {name}.") from problem
    if not cells:
        return []
    header = [casefold(str(cell)) for cell in cells[0]]
    return [
        {key: normalise(str(cell)) for key, cell in zip(header, row, strict=True) if key}
        for row in cells[1:]
        if any(cell != "" for cell in row)
    ]
