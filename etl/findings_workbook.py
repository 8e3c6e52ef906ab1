"""Findings workbook: what a load found, as a partner can use it, without a value of its file.

Its first sheet lists every finding with file, sheet, row and column and says the rule in English
and in the country's language. For each file another sheet has the partner's own columns and row
numbers, and marks the cells. It is written where the operator says and kept nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from etl.declaration.source import Source
from etl.findings import Finding
from etl.local import both, local
from etl.visible import visible
from etl.workbook import headed_sheet, new_workbook, write_row

_WRONG = "What is wrong"
_HEADINGS = (
    (both("File"), 30),
    (both("Sheet"), 14),
    (both("Row"), 10),
    (both("Column"), 24),
    (both("Must be corrected?"), 20),
    (_WRONG, 60),
    (local(_WRONG) or _WRONG, 60),
)
_MUST_CORRECT = {"error": both("Yes"), "review": both("Please look")}
#: Sign and background of a marked cell by severity, the worst first.
_MARKS = {"error": ("✗", "#F8D7DA"), "review": ("?", "#FFF3CD")}
_ROW, _WIDTH = both("Row"), 16
#: How long the name of a sheet may be.
_NAME_LENGTH = 28


def local_sentence(rule: str) -> str:
    """Sentence of a rule in the country's language, '' where the pack has none."""
    return local(f"rule.{rule}")


def write_findings_workbook(findings: Sequence[Finding], source: Source, path: Path) -> None:
    """Write findings as a workbook that only the operator's user may read.

    Args:
        findings: What was found, about any number of files.
        source: Their declaration, for the columns.
        path: Where it is written, in place of what lies there.

    Raises:
        OperatorError: If the folder of the file is not there.
    """
    with new_workbook(path) as book:
        formats = {"text": book.add_format({"text_wrap": True, "valign": "top"})}
        for severity, (_, colour) in _MARKS.items():
            formats[severity] = book.add_format({"bg_color": colour, "align": "center"})
        _write_list(book, findings, formats)
        for number, file in enumerate(dict.fromkeys(finding.file for finding in findings), 1):
            of_file = [finding for finding in findings if finding.file == file]
            _write_marks(book, f"{number} {visible(file)}"[:_NAME_LENGTH], of_file, source, formats)


def _write_list(book: Any, findings: Iterable[Finding], formats: dict[str, Any]) -> None:
    """Add the first sheet: a row for each finding, with its rule in both languages."""
    sheet = headed_sheet(book, both("Findings"), _HEADINGS, 0)
    for line, finding in enumerate(findings, 1):
        cells = (
            visible(finding.file),
            visible(finding.sheet or ""),
            "" if finding.row is None else finding.row,
            visible(finding.column or ""),
            _MUST_CORRECT[finding.severity],
            finding.message,
            local_sentence(finding.rule),
        )
        write_row(sheet, line, cells, formats["text"])


def _write_marks(
    book: Any, name: str, findings: Sequence[Finding], source: Source, formats: dict[str, Any]
) -> None:
    """Add the sheet of a file: its columns, and each row with a finding, its faulty cells marked.

    The row number itself is marked where the row as a whole is meant, a heading where its column
    is.
    """
    found_columns = (finding.column for finding in findings if finding.column is not None)
    columns = list(dict.fromkeys([*(column.header for column in source.columns), *found_columns]))
    column_of = {header: place for place, header in enumerate(columns, 1)}
    rows = sorted({finding.row for finding in findings if finding.row is not None})
    line_of = {row: place for place, row in enumerate(rows, 1)}
    headings = [(_ROW, _WIDTH), *((visible(header), _WIDTH) for header in columns)]
    sheet = headed_sheet(book, name, headings, 1)
    for row, place in line_of.items():
        sheet.write_number(place, 0, row, formats["text"])
    cells: dict[tuple[int, int], list[Finding]] = {}
    for finding in findings:
        place = (
            0 if finding.row is None else line_of[finding.row],
            0 if finding.column is None else column_of[finding.column],
        )
        cells.setdefault(place, []).append(finding)
    for (down, across), about in cells.items():
        worst = min((finding.severity for finding in about), key=list(_MARKS).index)
        if down and across:
            sign, _ = _MARKS[worst]
            sheet.write_string(down, across, sign, formats[worst])
        elif down:
            sheet.write_number(down, across, rows[down - 1], formats[worst])
        else:
            heading = visible(columns[across - 1]) if across else _ROW
            sheet.write_string(down, across, heading, formats[worst])
        comment = "\n".join(
            f"{finding.message}\n{local_sentence(finding.rule)}".strip() for finding in about
        )
        sheet.write_comment(down, across, comment, {"x_scale": 3, "y_scale": 1.5})
