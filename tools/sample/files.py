"""The files of an invention: how each partner writes and saves, split where they grow large.

What stands in the sheets belongs to ``sheet`` and to the partners' declarations.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from dashboard.model.periods import Month
from etl.manifest import Entry, write_manifest
from tools.sample.dialect import Dialect, spell_short
from tools.sample.draws import Numbers
from tools.sample.invention import Invention
from tools.sample.kobo_export import submissions
from tools.sample.sheet import Hand, Sheet, people_sheet, referral_sheet
from tools.sample.streams import PARTNERS, REFERRING
from tools.sample.tables import write_tables

#: People in one file before a partner's file is split; a workbook sheet holds 1,048,575 rows.
PEOPLE_PER_FILE = 100_000
MARK = "INVENTED"
NOTE = (
    "INVENTED DATA",
    "Every row was drawn at random by `python -m tools.sample`. No row describes a person, a case",
    "or an agency, and the weights of places are random: nothing here says where anything happens.",
)


@dataclass(frozen=True)
class Text:
    """How a partner's files of text are saved."""

    delimiter: str
    newline: str
    encoding: str


@dataclass(frozen=True)
class Partner:
    """How one partner writes.

    Attributes:
        name: One of ``PARTNERS``.
        hand: What its declarations leave open.
        text: How its files are saved, one each of people and of referrals; None for the sheets of
            one workbook.
        people: What the name of its file of people calls it.
        has_tool: Whether a tool collects its forms.
    """

    name: str
    hand: Hand
    text: Text | None = None
    people: str = "people"
    has_tool: bool = False


#: As a spreadsheet programme saves its own files, and "Unicode text".
_SPREADSHEET, _UNICODE = Text(";", "\r\n", "utf-8-sig"), Text("\t", "\r\n", "utf-16")
#: Titles of the sheets of a workbook, of people and of referrals.
_TITLES = ("Line list", "Referrals")
_PARTNERS = (
    Partner("partner-a", Hand("A-", typed=True), people="line-list"),
    Partner("partner-b", Hand("B", spell=attrgetter("code")), _SPREADSHEET),
    Partner(
        "partner-c", Hand("C", spell_short, bangla=True), Text(",", "\n", "utf-8"), has_tool=True
    ),
    Partner("partner-d", Hand("D/"), Text(",", "\r\n", "cp1252"), "national-list"),
    Partner("partner-e", Hand(""), _UNICODE),
    Partner("partner-f", Hand(""), _UNICODE),
)


def write_files(invention: Invention, folder: Path, sources: Path) -> tuple[Entry, ...]:
    """Write every file of a sample, its manifest and its tables; people before their referrals.

    Args:
        invention: What the files hold.
        folder: Where they are written; it is made if it is not there.
        sources: Folder of the source declarations, whose words the files use.

    Raises:
        OSError: If a file cannot be written or a declaration not read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    entries: list[Entry] = []
    partners: list[str] = []
    for partner in _PARTNERS:
        people = invention.people_of(PARTNERS.index(partner.name))
        parts = list(_parts(invention, people))
        partners += [partner.name] if parts else []
        for number, part in enumerate(parts, start=1):
            suffix = f"-part-{number}" if len(parts) > 1 else ""
            sheets = _sheets(partner, invention, part, sources)
            if partner.text:
                entries += _write_texts(partner, sheets, partner.text, folder, suffix)
            else:
                entries += _write_sheets(partner, sheets, invention.plan.until, folder, suffix)
    write_manifest(folder, tuple(entries))
    write_tables(folder, invention.plan.until, partners)
    return tuple(entries)


def _parts(invention: Invention, people: Numbers) -> Iterator[Numbers]:
    """People in parts that keep the people of one incident together."""
    start = 0
    while start < len(people):
        end = min(start + PEOPLE_PER_FILE, len(people))
        incident = invention.people.incident[people]
        if end < len(people):
            # Back to the first person of the incident that would be cut.
            end = int(np.flatnonzero(incident == incident[end])[0])
        yield people[start:end]
        start = end


def _sheets(
    partner: Partner, invention: Invention, people: Numbers, sources: Path
) -> dict[str, Sheet]:
    """The sheet of a partner's people, and that of their referrals where it keeps them."""

    def dialect(kind: str) -> Dialect:
        return Dialect(sources / f"sample-{partner.name.removeprefix('partner-')}-{kind}.toml")

    sheets = {"people": people_sheet(invention, dialect("people"), partner.hand, people)}
    if partner.name in REFERRING:
        own = invention.referrals_of(people)
        sheets["referrals"] = referral_sheet(invention, dialect("referrals"), partner.hand, own)
    if partner.has_tool:
        seed = invention.plan.seed
        sheets = {kind: submissions(sheet, kind, seed) for kind, sheet in sheets.items()}
    return sheets


def _write_texts(
    partner: Partner, sheets: Mapping[str, Sheet], text: Text, folder: Path, suffix: str
) -> Iterator[Entry]:
    """Write a partner's sheets as files of text, one each."""
    for kind, sheet in sheets.items():
        name = partner.people if kind == "people" else kind
        path = folder / f"{partner.name}-{name}{suffix}-{MARK}.csv"
        write_csv(path, sheet, text)
        yield Entry(path, sheet.source)


def _write_sheets(
    partner: Partner, sheets: Mapping[str, Sheet], until: Month, folder: Path, suffix: str
) -> Iterator[Entry]:
    """Write a partner's sheets as one workbook, made on the first day of the last month."""
    path = folder / f"{partner.name}-{partner.people}{suffix}-{MARK}.xlsx"
    created = datetime.combine(until.first_day, datetime.min.time())
    write_workbook(path, dict(zip(_TITLES, sheets.values(), strict=True)), created)
    return (Entry(path, sheet.source) for sheet in sheets.values())


def write_csv(path: Path, sheet: Sheet, text: Text) -> None:
    """Write a sheet as text; the same sheet gives the same bytes."""
    with path.open("w", encoding=text.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=text.delimiter, lineterminator=text.newline)
        writer.writerow(sheet.headers)
        writer.writerows(zip(*sheet.columns, strict=True))


def write_workbook(path: Path, sheets: dict[str, Sheet], created: datetime) -> None:
    """Write sheets with typed cells behind a first sheet that says they are invented."""
    options = {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    untyped: Any = xlsxwriter.Workbook
    with untyped(path, options) as book:
        book.set_properties({"title": NOTE[0], "comments": " ".join(NOTE[1:]), "created": created})
        note = book.add_worksheet("Read me")
        for row, line in enumerate(NOTE):
            note.write_string(row, 0, line)
        for name, sheet in sheets.items():
            _fill(book.add_worksheet(name), sheet)


def _fill(worksheet: Any, sheet: Sheet) -> None:
    """Write header and cells of a sheet, each by its type; empty cells are left out."""
    worksheet.freeze_panes(1, 2)
    for column, header in enumerate(sheet.headers):
        worksheet.write_string(0, column, header)
    # The type of a cell is known, so nothing is guessed from its text.
    write = {
        str: worksheet.write_string,
        int: worksheet.write_number,
        date: worksheet.write_datetime,
    }
    for row, cells in enumerate(zip(*sheet.columns, strict=True), start=1):
        for column, cell in enumerate(cells):
            if cell is not None and cell != "":
                write[type(cell)](row, column, cell)
