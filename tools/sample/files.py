"""The files of an invention: one layout per partner, split where they grow large.

What stands in the sheets belongs to the layouts; here stand formats, names and order.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from etl.manifest import Entry, write_manifest
from tools.sample import coded_sheet, kobo_export, line_list, national_list, short_list
from tools.sample.dialect import Dialect
from tools.sample.draws import Numbers
from tools.sample.invention import Invention
from tools.sample.sheet import Sheet
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
class Partner:
    """One partner and how it writes a part of its people.

    Attributes:
        name: Its name in declarations and names of files.
        number: Its position in ``PARTNERS``.
        dialects: The words of its declarations: "people" and, where it keeps them, "referrals".
        write: Writes its files of some people: folder, end of their names.
    """

    name: str
    number: int
    dialects: Mapping[str, Dialect]
    write: Callable[[Partner, Invention, Numbers, Path, str], tuple[Entry, ...]]


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
    for partner in _partners(sources):
        people = invention.people_of(partner.number)
        parts = list(_parts(invention, people))
        partners += [partner.name] if parts else []
        for number, part in enumerate(parts, start=1):
            suffix = f"-part-{number}" if len(parts) > 1 else ""
            entries += partner.write(partner, invention, part, folder, suffix)
    write_manifest(folder, tuple(entries))
    write_tables(folder, invention.plan.until, partners)
    return tuple(entries)


def _partners(sources: Path) -> Iterator[Partner]:
    writers = (
        _write_workbook_files,
        _write_coded_files,
        _write_kobo_files,
        _write_national_file,
        _write_short_file,
        _write_short_file,
    )
    for number, (name, write) in enumerate(zip(PARTNERS, writers, strict=True)):
        source = f"sample-{name.removeprefix('partner-')}"
        kinds = ("people", "referrals") if name in REFERRING else ("people",)
        dialects = {kind: Dialect(sources / f"{source}-{kind}.toml") for kind in kinds}
        yield Partner(name, number, dialects, write)


def _parts(invention: Invention, people: Numbers) -> Iterator[Numbers]:
    """People in parts that keep the people of one incident together."""
    start = 0
    while start < len(people):
        end = min(start + PEOPLE_PER_FILE, len(people))
        incident = invention.people.incident[people]
        if end < len(people):
            end = int(np.flatnonzero(incident == incident[end])[0])
        yield people[start:end]
        start = end


def _write_workbook_files(
    partner: Partner, invention: Invention, people: Numbers, folder: Path, suffix: str
) -> tuple[Entry, ...]:
    dialects, path = partner.dialects, folder / f"{partner.name}-line-list{suffix}-{MARK}.xlsx"
    sheets = {
        "Line list": line_list.people_sheet(invention, dialects["people"], people),
        "Referrals": line_list.referral_sheet(
            invention, dialects["referrals"], invention.referrals_of(people)
        ),
    }
    created = datetime.combine(invention.plan.until.first_day, datetime.min.time())
    write_workbook(path, sheets, created)
    return Entry(path, dialects["people"].name), Entry(path, dialects["referrals"].name)


class _Layout(Protocol):
    """A module that shapes people and their referrals."""

    def people_sheet(self, invention: Invention, dialect: Dialect, people: Numbers, /) -> Sheet: ...
    def referral_sheet(self, invention: Invention, dialect: Dialect, own: Numbers, /) -> Sheet: ...


def _write_two_files(
    layout: _Layout, delimiter: str, newline: str, encoding: str,
    partner: Partner, invention: Invention, people: Numbers, folder: Path, suffix: str,
) -> tuple[Entry, ...]:  # fmt: skip
    dialects = partner.dialects
    persons = folder / f"{partner.name}-people{suffix}-{MARK}.csv"
    referrals = folder / f"{partner.name}-referrals{suffix}-{MARK}.csv"
    referral_numbers = invention.referrals_of(people)
    for path, sheet in (
        (persons, layout.people_sheet(invention, dialects["people"], people)),
        (referrals, layout.referral_sheet(invention, dialects["referrals"], referral_numbers)),
    ):
        write_csv(path, sheet, delimiter=delimiter, newline=newline, encoding=encoding)
    return Entry(persons, dialects["people"].name), Entry(referrals, dialects["referrals"].name)


#: As a spreadsheet programme saves them: byte order mark, semicolons, CRLF.
_write_coded_files = partial(_write_two_files, coded_sheet, ";", "\r\n", "utf-8-sig")
_write_kobo_files = partial(_write_two_files, kobo_export, ",", "\n", "utf-8")


def _write_national_file(
    partner: Partner, invention: Invention, people: Numbers, folder: Path, suffix: str
) -> tuple[Entry, ...]:
    path = folder / f"{partner.name}-national-list{suffix}-{MARK}.csv"
    sheet = national_list.people_sheet(invention, partner.dialects["people"], people)
    write_csv(path, sheet, delimiter=",", newline="\r\n", encoding="cp1252")
    return (Entry(path, partner.dialects["people"].name),)


def _write_short_file(
    partner: Partner, invention: Invention, people: Numbers, folder: Path, suffix: str
) -> tuple[Entry, ...]:
    path = folder / f"{partner.name}-people{suffix}-{MARK}.csv"
    sheet = short_list.people_sheet(invention, partner.dialects["people"], people)
    # As a spreadsheet programme saves "Unicode text".
    write_csv(path, sheet, delimiter="\t", newline="\r\n", encoding="utf-16")
    return (Entry(path, partner.dialects["people"].name),)


def write_csv(path: Path, sheet: Sheet, *, delimiter: str, newline: str, encoding: str) -> None:
    """Write a sheet as text; the same sheet gives the same bytes."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=newline)
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
