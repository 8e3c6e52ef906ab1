"""Understanding: what files were taken to say, as lines, as a page, and as a question.

What is told of a file stands in ``intake.understood``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.model.periods import Month
from etl.commands.answer import Bar, says_yes
from etl.findings import Place, row_runs
from etl.intake.identity import Change, Identity
from etl.intake.load import Agree
from etl.intake.report import Report
from etl.intake.understood import Counts, FieldCounts, Understood, other_months
from etl.page import page
from etl.plural import plural
from etl.settings import OperatorError
from etl.visible import visible

#: Values of one field that a terminal shows.
_SHOWN = 12


def understood_lines(files: Iterable[Understood]) -> list[str]:
    """What files say, in words."""
    return [line for file in files for line in _file_lines(file)]


def _file_lines(file: Understood) -> list[str]:
    """What one file says, in words."""
    return [
        f"{_where(file)}, as it was understood: {file.rows} rows",
        f"  {file.month}: {_latest_months(file.months)}",
        *(f"  {entry.field}: {_in_line(entry.counts)}" for entry in (*file.places, *file.codes)),
        *(f"  Sum of {label.lower()}: {total}" for label, total in file.sums),
        *(f"  Dates: {line}" for line in _date_orders(file)),
        *([f"  Empty in all rows: {', '.join(file.empty)}"] if file.empty else []),
        *(f"  Hidden: {line}" for line in _hidden(file)),
        *([f"  Not read: {_unread_sheets(file)}"] if file.unread else []),
        *([f"  Not read: columns {_shorten(file.passed_over)}"] if file.passed_over else []),
        *(f"  {'Odd' if entry.odd else 'Unlike'}: {entry.sentence}" for entry in file.unlike),
        f"  {_compared(file)}",
    ]


def identity_lines(identity: Identity | None) -> list[str]:
    """Who is who among what the partner sent before, as one table."""
    if identity is None or not identity.held:
        return []
    rows = [(what, f"{n:,}", detail) for what, n, detail in _identity_rows(identity)]
    labels, numbers, _ = zip(*rows, strict=True)
    wide, wide_number = max(map(len, labels)), max(map(len, numbers))
    return [
        f"{_identity_title(identity)}:",
        *(f"  {what:<{wide}}  {n:>{wide_number}}  {detail}".rstrip() for what, n, detail in rows),
        *(f"  Odd: {sentence}" for sentence in identity.odd),
    ]


def _identity_rows(identity: Identity) -> list[tuple[str, int, str]]:
    """What became of how many records, and more of it in words."""
    fields = _shorten([_changed(entry) for entry in identity.fields])
    unlisted = [
        f"load {entry.load_no} of {entry.on}: rows {row_runs(entry.rows)}"
        for entry in identity.unlisted
    ]
    rows = (
        ("new", identity.new, ""),
        ("the same", identity.same, ""),
        ("corrected", identity.corrected, fields if not identity.moved else ""),
        ("moved to another month", identity.moved, fields if identity.moved else ""),
        ("key of somebody else before", identity.others, ""),
        ("key in another spelling", identity.respelled, ""),
        ("alike in all but the key", identity.repeated, ""),
        ("twice in the set, keys apart", identity.within, ""),
        ("no longer listed", identity.missing, "; ".join(unlisted)),
    )
    return [(what, n, detail) for what, n, detail in rows if n or what == "new"]


def _changed(entry: Change) -> str:
    """A field with how many records changed it, have it now, or lost it; zeros left out."""
    parts = ((entry.changed, "changed"), (entry.told, "told now"), (entry.lost, "told no more"))
    return f"{entry.field} ({', '.join(f'{n} {words}' for n, words in parts if n)})"


def unread_lines(files: Iterable[Understood]) -> list[str]:
    """Which sheets of workbooks are not read, in words."""
    return [f"{_where(file)}: Not read: {_unread_sheets(file)}" for file in files if file.unread]


def report_page(report: Report, findings: Sequence[str]) -> str:
    """What a load would do, as HTML: what files say, who is who, and its findings in words."""
    return page(
        "understood",
        names=dict.fromkeys(file.file for file in report.files),
        refusing=sum(finding.severity == "error" for finding in report.findings),
        findings=[line.strip() for line in findings],
        identity=_identity_section(report.identity),
        files=[_file_section(file) for file in report.understood],
    )


def _identity_section(identity: Identity | None) -> dict[str, Any] | None:
    """Who is who, as the page shows it; None without earlier records."""
    if identity is None or not identity.held:
        return None
    return {
        "title": _identity_title(identity),
        "rows": [(what, detail, f"{n:,}") for what, n, detail in _identity_rows(identity)],
        "odd": identity.odd,
    }


def _identity_title(identity: Identity) -> str:
    """Heading of the table of who is who."""
    return f"Who is who, of {identity.held:,} {identity.noun} that the partner sent before"


def _file_section(file: Understood) -> dict[str, Any]:
    """What one file says, as its section of the page shows it."""
    months = FieldCounts(file.month, file.months)
    fields = [(months, "Month"), *((entry, "Value") for entry in (*file.places, *file.codes))]
    return {
        "name": _where(file),
        "rows": file.rows,
        "compared": _compared(file),
        "odd": [entry.sentence for entry in file.unlike if entry.odd],
        "unlike": [entry.sentence for entry in file.unlike if not entry.odd],
        "counted": [(entry.field, what, _grouped(entry.counts)) for entry, what in fields],
        "sums": _grouped(file.sums),
        "lists": (
            ("Dates", _date_orders(file)),
            ("Empty in all rows", file.empty),
            ("Hidden", _hidden(file)),
            ("Not read: sheets", file.unread),
            ("Not read: columns", file.passed_over),
        ),
    }


def consent(bar: Bar, *, yes: bool, expect: Sequence[Month]) -> Agree:
    """What asks the operator before files are loaded.

    Args:
        bar: Makes room on the terminal while it asks.
        yes: Whether what is odd is agreed to beforehand.
        expect: The months that the files may hold; none where any may.

    Returns:
        A function that takes what a load would do and raises OperatorError where the files must
        not load.
    """

    def ask(report: Report) -> None:
        """Refuse other months, and what is odd unless the operator agrees."""
        files = report.understood
        if expect:
            _refuse_other_months(files, expect)
        odd = [f"{_where(file)}: {sentence}" for file in files for sentence in file.odd]
        if report.identity and report.identity.odd:
            odd += identity_lines(report.identity)
        if not odd or yes:
            return
        if not sys.stdin.isatty():
            advice = (
                "This is odd, and there is no terminal to ask on: look with `check`, then load "
                "with --yes."
            )
            raise OperatorError("\n".join([*odd, advice]))
        with bar.aside():
            if not says_yes("\n".join([*map(visible, odd), "Type yes to load it as it is: "])):
                raise OperatorError("Nothing was loaded.")

    return ask


def _refuse_other_months(files: Sequence[Understood], expect: Sequence[Month]) -> None:
    """Refuse files that hold rows of other months than are expected."""
    other = other_months(files, expect)
    if other:
        listed = ", ".join(f"{month} in {rows} rows" for month, rows in other.items())
        raise OperatorError(
            f"Only {', '.join(map(str, expect))} is expected, and there is {listed}; nothing was "
            "loaded."
        )


def _where(file: Understood) -> str:
    """File and sheet in words."""
    return Place(file.file, file.sheet).where


def _in_line(counts: Counts) -> str:
    """Values with their numbers of rows, in one line."""
    return _shorten([f"{label} {rows}" for label, rows in counts])


def _unread_sheets(file: Understood) -> str:
    """Sheets that were not read, in one line; a load writes no page to name others in."""
    return f"sheets {_shorten(file.unread, '--json')}"


def _shorten(items: Sequence[str], where: str = "--html and --json") -> str:
    """The first items in one line, and where to find the others."""
    more = len(items) - _SHOWN
    return ", ".join([*items[:_SHOWN], *([f"and {more} more, in {where}"] if more > 0 else [])])


def _latest_months(months: Counts) -> str:
    """The last months in one line, and how many come before them."""
    earlier = [plural(len(months) - _SHOWN, "earlier month")] if len(months) > _SHOWN else []
    return ", ".join([*earlier, *(f"{month} {rows}" for month, rows in months[-_SHOWN:])])


def _grouped(counts: Counts) -> list[tuple[str, str]]:
    """Values with their numbers of rows, thousands set apart by commas."""
    return [(label, f"{rows:,}") for label, rows in counts]


def _date_orders(file: Understood) -> list[str]:
    """In which order the days of each column were read, and what shows it."""
    return [
        f"{entry.column}: {entry.order}, {entry.rows} rows, "
        + (f"{entry.above} with a day above 12" if entry.is_shown else "no day above 12")
        for entry in file.dates
    ]


def _hidden(file: Understood) -> list[str]:
    """What a workbook holds and does not show, in words; zeros are left out."""
    hidden = file.hidden
    parts = (
        (hidden.sheet, "the declared sheet itself"),
        (hidden.sheets, f"sheets: {', '.join(hidden.sheets)}"),
        (hidden.rows, f"{hidden.rows} rows, which are read as well"),
        (hidden.columns, f"{hidden.columns} columns, which are read as well"),
    )
    return [words for holds, words in parts if holds]


def _compared(file: Understood) -> str:
    """With how many earlier files a file was compared, in words."""
    if not file.compared:
        return "The store holds no earlier file of this source to compare it with."
    files = "the last file" if file.compared == 1 else f"the last {file.compared} files"
    return f"Compared with {files} of this source."
