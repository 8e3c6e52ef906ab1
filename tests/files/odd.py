"""Odd files: one line list in sixty forms in which spreadsheets and people send it.

Each says the same three people unless it says otherwise. What it means is what its sender would say
that it means; what the product reads must be that, or it must refuse.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.unit.etl import stores
from tests.unit.etl.stores import HEADER

#: Month of the incident, sex, band of age and class of each person.
Person = tuple[str | None, str | None, str | None, str | None]
#: The rows of the tests, with a day that could be a month beside one that could not.
ROWS = tuple(row.replace("25/03/2025", "05/03/2025") for row in stores.ROWS)
GIRL: Person = ("2025-03", "female", "15_18", "trafficking_confirmed")
MAN: Person = ("2025-03", "male", "25_49", "smuggling")
OTHER: Person = ("2025-03", "unknown", "unknown", "undetermined")
PLAIN = (GIRL, MAN, OTHER)


@dataclass(frozen=True)
class Odd:
    """An odd file.

    Attributes:
        name: Name of the file.
        oddity: What is odd about it.
        content: Its bytes.
        meaning: The people that its sender means.
        beside: Sheet that its declaration does not name, to those of them that stand on it.
    """

    name: str
    oddity: str
    content: bytes
    meaning: tuple[Person, ...] = PLAIN
    beside: Mapping[str, tuple[Person, ...]] = field(default_factory=dict[str, tuple[Person, ...]])

    @property
    def source(self) -> str:
        """The declaration of the tests that it is read with."""
        return "workbook" if self.name.endswith(".xlsx") else "line-list"


def write(odd: Odd, folder: Path) -> Path:
    """Put an odd file into a folder."""
    path = folder / odd.name
    path.write_bytes(odd.content)
    return path


def lines(*rows: str, header: str = HEADER, end: str = "\n") -> str:
    return "".join(f"{line}{end}" for line in (header, *rows))


def changed(old: str, new: str, *, rows: tuple[str, ...] = ROWS) -> str:
    """The list with one text of its rows exchanged wherever it stands."""
    if not any(old in row for row in rows):
        raise AssertionError(f"no row holds {old}")
    return lines(*(row.replace(old, new) for row in rows))


def _csv() -> list[Odd]:
    plain = lines(*ROWS)
    made: list[tuple[str, str, str | bytes, tuple[Person, ...]]] = [
        ("plain", "nothing", plain, PLAIN),
        ("bom", "a byte order mark", "\ufeff" + plain, PLAIN),
        ("crlf", "lines end as on Windows", lines(*ROWS, end="\r\n"), PLAIN),
        ("cr", "lines end as on an old Mac", lines(*ROWS, end="\r"), PLAIN),
        ("utf16", "UTF-16 with its mark", plain.encode("utf-16"), PLAIN),
        ("utf16be", "UTF-16 without a mark", plain.encode("utf-16-be"), PLAIN),
        ("latin", "Latin-1 in a dropped column",
         plain.replace("৩০", "30").replace("Babul", "José").encode("latin-1"), PLAIN),
        ("semicolons", "semicolons for commas", plain.replace(",", ";"), PLAIN),
        ("tabs", "tabs for commas", plain.replace(",", "\t"), PLAIN),
        ("capitals", "headers in capitals", lines(*ROWS, header=HEADER.upper()), PLAIN),
        ("spaces", "blanks around headers", lines(*ROWS, header=HEADER.replace(",", " , ")), PLAIN),
        ("hard-blank", "a hard blank in a header",
         lines(*ROWS, header=HEADER.replace("Person no", "Person\u00a0no")), PLAIN),
        ("turning-mark", "a mark of direction in a header",
         lines(*ROWS, header=HEADER.replace("Sex", "\u202eSex")), PLAIN),
        ("title", "a title above the header", "Monthly list of partner T\n" + plain, PLAIN),
        ("blank-rows", "blank rows between", lines(ROWS[0], "", ROWS[1], ",,,", ROWS[2]), PLAIN),
        ("blank-end", "blank rows at the end", plain + "\n\n\n", PLAIN),
        ("commas-end", "rows of commas at the end", plain + 3 * ("," * 15 + "\n"), PLAIN),
        ("total", "a row of totals at the end", plain + "Total,3" + "," * 14 + "\n", PLAIN),
        ("note", "a remark under the table", plain + "Source: partner T" + "," * 15 + "\n", PLAIN),
        ("two-sexes", "two columns of one name",
         lines(*ROWS, header=HEADER.replace("Ransom", "Sex")), PLAIN),
        ("no-header-cell", "a column without a header",
         lines(*ROWS, header=HEADER.replace("Transport", "")), PLAIN),
        ("no-age", "a declared column is missing",
         lines(*(_cut(row, 5) for row in ROWS), header=_cut(HEADER, 5)),
         tuple((m, s, None, c) for m, s, _, c in PLAIN)),
        ("more", "a column that is not declared",
         lines(*(f"{row},x" for row in ROWS), header=f"{HEADER},Remarks"), PLAIN),
        ("phone", "a column of telephone numbers",
         lines(*(f"{row},01711234567" for row in ROWS), header=f"{HEADER},Mobile"), PLAIN),
        ("turned", "columns in another order",
         lines(*(_turned(row) for row in ROWS), header=_turned(HEADER)), PLAIN),
        ("short", "a row with a cell too few", lines(ROWS[0], ROWS[1].rsplit(",", 1)[0], ROWS[2]),
         PLAIN),
        ("long", "a row with a cell too many", lines(ROWS[0], ROWS[1] + ",x", ROWS[2]), PLAIN),
        ("comma-inside", "a comma in a quoted cell", changed("Babul", '"Babul, senior"'), PLAIN),
        ("break-inside", "a line break in a cell", changed("Babul", '"Babul\nsenior"'), PLAIN),
        ("open-quote", "a quote that is not closed", changed("Babul", '"Babul'), PLAIN),
        ("bangla", "Bangla digits", changed("05/03/2025", "০৫/০৩/২০২৫"), PLAIN),
        ("iso", "days as 2025-03-05",
         lines(*(r.replace("05/03/2025", "2025-03-05").replace("31/03/2025", "2025-03-31")
                 for r in ROWS)), PLAIN),
        ("american", "months before days, one above 12",
         lines(*(r.replace("05/03/2025", "03/05/2025").replace("31/03/2025", "03/31/2025")
                 for r in ROWS)), PLAIN),
        ("american-low", "months before days, none above 12",
         lines(*(r.replace("05/03/2025", "03/05/2025").replace("31/03/2025", "03/11/2025")
                 for r in ROWS)), PLAIN),
        ("short-year", "years of two digits",
         lines(*(r.replace("/2025", "/25") for r in ROWS)), PLAIN),
        ("clock", "days with a time", changed("05/03/2025", "05/03/2025 00:00"), PLAIN),
        ("month-names", "months by name", changed("05/03/2025", "05-Mar-2025"), PLAIN),
        ("future", "a day in the future", changed("31/03/2025", "31/03/2031"),
         (GIRL, MAN, ("2031-03", *OTHER[1:]))),
        ("serial", "days as a spreadsheet counts them", changed("05/03/2025", "45721"), PLAIN),
        ("years-old", "ages with a word", changed(",17,", ",17 years,"), PLAIN),
        ("age-decimal", "ages with a decimal", changed(",17,", ",17.0,"), PLAIN),
        ("age-below", "an age below 0", changed(",17,", ",-17,"),
         (("2025-03", "female", "unknown", "trafficking_confirmed"), MAN, OTHER)),
        ("sex-case", "codes in another case", changed("Female", "FEMALE"), PLAIN),
        ("sex-blank", "codes with blanks around", changed("Female", "  Female "), PLAIN),
        ("sex-letter", "a code that is not declared", changed("Female", "F"), PLAIN),
        ("twice", "the same row twice", lines(*ROWS, ROWS[1]), PLAIN),
        ("twice-other", "one key, two contents",
         lines(*ROWS, ROWS[1].replace("Male", "Female")), PLAIN),
        ("zero-wide", "signs that nobody sees", changed("Female", "Fe\u200bmale"), PLAIN),
        ("nothing", "no byte", "", ()),
        ("header-only", "a header and no row", lines(), ()),
        ("nul", "NUL bytes", plain.replace("Babul", "Ba\0bul"), PLAIN),
        ("formula", "a cell that begins as a formula", changed("Babul", "=1+1"), PLAIN),
        ("html", "a web page that is called CSV",
         "<html><table><tr><td>Case no</td></tr></table></html>", PLAIN),
    ]  # fmt: skip
    found = [
        Odd(f"{name}.csv", oddity, content if isinstance(content, bytes) else content.encode(), who)
        for name, oddity, content, who in made
    ]
    return [*found, Odd("archive.csv", "a workbook that is called CSV", _book())]


def _cut(row: str, at: int) -> str:
    cells = row.split(",")
    return ",".join(cells[:at] + cells[at + 1 :])


def _turned(row: str) -> str:
    return ",".join(reversed(row.split(",")))


def _book(change: Callable[[Workbook, Worksheet], None] = lambda *_: None) -> bytes:
    """A workbook of the list, changed as it is told."""
    book = openpyxl.Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = "Line list"
    for row in (HEADER, *ROWS):
        sheet.append([cell or None for cell in row.split(",")])
    change(book, sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _true_days(_: Workbook, sheet: Worksheet) -> None:
    for row in (2, 3):
        sheet.cell(row, 3, datetime(2025, 3, 5))
    sheet.cell(4, 3, datetime(2025, 3, 31))


def _merged(cells: str) -> Callable[[Workbook, Worksheet], None]:
    return lambda _, sheet: sheet.merge_cells(cells)


def _put(cell: str, value: str | float | bool) -> Callable[[Workbook, Worksheet], None]:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet[cell] = value

    return change


def _hidden_row(_: Workbook, sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def _filtered(_: Workbook, sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:P4"
    sheet.auto_filter.add_filter_column(4, ["Female"])
    sheet.row_dimensions[3].hidden = True


def _hidden_sheet(book: Workbook, sheet: Worksheet) -> None:
    book.create_sheet("Notes")
    sheet.sheet_state = "hidden"


#: A sheet with one more person, a girl.
_SECOND = "Line list 2"


def _more_sheets(book: Workbook, sheet: Worksheet) -> None:
    other = book.create_sheet(_SECOND)
    other.append(HEADER.split(","))
    other.append(ROWS[0].replace("1,1,", "9,1,", 1).split(","))


def _numbers(_: Workbook, sheet: Worksheet) -> None:
    for row, case, person in ((2, 1, 1), (3, 1, 2), (4, 2, 1)):
        sheet.cell(row, 1, case)
        sheet.cell(row, 2, person)
    sheet.cell(2, 6, 17)


def _total(_: Workbook, sheet: Worksheet) -> None:
    sheet.append(["Total", 3])


def _gap(_: Workbook, sheet: Worksheet) -> None:
    sheet.insert_rows(1, amount=2)
    sheet["A1"] = "Monthly list of partner T"


def _with(book: bytes, *parts: str) -> bytes:
    """A workbook with more parts, whatever they hold."""
    made = io.BytesIO(book)
    with zipfile.ZipFile(made, "a") as archive:
        for part in parts:
            archive.writestr(part, b"<x/>")
    return made.getvalue()


def _xlsx() -> list[Odd]:
    made: list[tuple[str, str, bytes, tuple[Person, ...]]] = [
        ("plain", "nothing", _book(), PLAIN),
        ("true-days", "days that are days", _book(_true_days), PLAIN),
        ("numbers", "keys and ages that are numbers", _book(_numbers), PLAIN),
        ("merged-header", "merged cells in the header", _book(_merged("D1:E1")), PLAIN),
        ("merged-days", "one day merged over two rows", _book(_merged("C2:C3")), PLAIN),
        ("hidden-row", "a hidden row", _book(_hidden_row), PLAIN),
        ("filtered", "a filter that hides a row", _book(_filtered), PLAIN),
        ("hidden-sheet", "the declared sheet is hidden", _book(_hidden_sheet), PLAIN),
        ("macros", "macros, and a link to another file",
         _with(_book(), "xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"), PLAIN),
        ("more-sheets", "a second sheet with another person", _book(_more_sheets),
         (*PLAIN, GIRL)),
        ("formula", "a formula that was never calculated", _book(_put("F2", "=10+7")), PLAIN),
        ("dropped-formula", "such a formula in a dropped column",
         _book(_put("P2", '="a"&"b"')), PLAIN),
        ("error", "an error of a formula", _book(_put("F2", "#N/A")), PLAIN),
        ("total", "a row of totals at the end", _book(_total), PLAIN),
        ("title", "a title above the header", _book(_gap), PLAIN),
        ("true-number", "an age with a decimal", _book(_put("F2", 17.0)), PLAIN),
        ("yes-no", "a flag that is true or false", _book(_put("D2", False)), PLAIN),
        ("far-cell", "a cell far below the table", _book(_put("A1048576", "x")), PLAIN),
        ("torn", "the end is missing", _book()[:-300], PLAIN),
        ("empty-archive", "an archive without a workbook", _archive(), PLAIN),
        ("old", "an old workbook (xls)", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), PLAIN),
        ("csv", "a CSV that is called a workbook", lines(*ROWS).encode(), PLAIN),
    ]  # fmt: skip
    beside = {"more-sheets": {_SECOND: (GIRL,)}}
    return [
        Odd(f"{name}.xlsx", oddity, content, who, beside.get(name, {}))
        for name, oddity, content, who in made
    ]


def _archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "x")
    return content.getvalue()


def odd_files() -> list[Odd]:
    """All odd files, in the order of the table."""
    return [*_csv(), *_xlsx()]
