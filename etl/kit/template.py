"""Template: a workbook that a partner fills, whose rows need no mapping when they come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from dashboard.model.codes import POPULATION_GROUP, TRAFFICKING_SUSPECTED, UNDER_REVIEW
from dashboard.model.country import PACK, SECOND, THIRD
from dashboard.model.normalise import normalise
from etl.kit.declared import label
from etl.kit.items import ITEMS, SHEETS, YES_NO, Item
from etl.local import both, local
from etl.places.gazetteer import Gazetteer

#: Rows that have the lists and the checks.
_ROWS = 2000
#: Characters that the title and the message of a check may have, as Excel limits them.
_TITLE, _MESSAGE = 32, 255
_WIDTH = 24
_ABOUT = (
    "One row for each person; for each referral in the second sheet.",
    "Write no name, phone number, ID number, address or block anywhere.",
    "A star: needed in every row. Leave the others empty where you do not know.",
    "Do not change headers, their order or the second row; add no rows above.",
    "To correct a row send it again with the same case and person number.",
)


def _example_people(gazetteer: Gazetteer) -> Iterator[dict[str, object]]:
    """Two people of one case."""
    people: tuple[dict[str, object], ...] = (
        {"sex": "female", "age": 17, "class": TRAFFICKING_SUSPECTED.code, "promise": "job",
         "transport": "sea"},
        {"sex": "male", "age": 31, "class": UNDER_REVIEW.code},
    )  # fmt: skip
    for number, (person, code) in enumerate(zip(people, PACK.examples, strict=True)):
        area = gazetteer.place(code)
        yield person | {
            "case_no": "C-014", "person_no": number + 1, "incident_date": date(2026, 3, 25),
            "report_date": date(2026, 3, 30), "group": POPULATION_GROUP.values[number],
            f"recruited_{SECOND}": gazetteer.place(area.parent).name_en,
            f"recruited_{THIRD}": area.name_en,
        }  # fmt: skip


def write_template(path: Path, gazetteer: Gazetteer) -> None:
    """Write the workbook.

    Args:
        path: Where it is written.
        gazetteer: The places that lists offer.
    """
    untyped: Any = xlsxwriter.Workbook
    with untyped(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        wrapped = {"text_wrap": True, "valign": "top"}
        bold = book.add_format(wrapped | {"bold": True, "bg_color": "#e8eef4"})
        needed = book.add_format(wrapped | {"bold": True, "bg_color": "#f4e3c8"})
        plain = book.add_format(wrapped | {"italic": True, "font_size": 9})
        _write_about(book.add_worksheet("Read me"), bold, plain)
        sheets = {part: book.add_worksheet(SHEETS[part]) for part in ITEMS}
        example, lists = book.add_worksheet("Example"), book.add_worksheet("Lists")
        ranges = _write_lists(lists, gazetteer)
        for part, sheet in sheets.items():
            columns = [(item, header) for item in ITEMS[part] for header in item.headers]
            _write_headers(sheet, columns, bold, needed, plain)
            for column, (item, _) in enumerate(columns):
                _restrict_cells(sheet, column, item, ranges)
        columns = [(item, header) for item in ITEMS["people"] for header in item.headers]
        _write_headers(example, columns, bold, needed, plain)
        for row, answers in enumerate(_example_people(gazetteer), start=2):
            _write_example(example, row, columns, answers)
        sheets["people"].activate()


def _write_about(sheet: Any, bold: Any, plain: Any) -> None:
    """Write how the workbook is filled, in both languages."""
    sheet.set_column(0, 1, 70)
    _fit_to_page(sheet)
    for row, text in enumerate(("How to fill this workbook", *_ABOUT)):
        sheet.write_row(row, 0, (text, local(text)), plain if row else bold)


def _fit_to_page(sheet: Any) -> None:
    """Print all columns on one page."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_headers(
    sheet: Any, columns: Sequence[tuple[Item, str]], bold: Any, needed: Any, plain: Any
) -> None:
    """Headers, and below each one sentence of help that is no data."""
    sheet.freeze_panes(2, 2)
    _fit_to_page(sheet)
    sheet.set_column(0, len(columns) - 1, _WIDTH)
    for column, (item, header) in enumerate(columns):
        sheet.write_string(0, column, header, needed if item.needed else bold)
        star = "* " if item.needed else ""
        sheet.write_string(1, column, star + both(item.help, " | "), plain)


def _write_lists(sheet: Any, gazetteer: Gazetteer) -> dict[str, str]:
    """Write every list into a sheet of its own; the range of each, by the id of its question."""
    ranges: dict[str, str] = {}
    column = 0
    for item in (item for items in ITEMS.values() for item in items):
        options = list(_options(item, gazetteer))
        if not options or _list_key(item) in ranges:
            continue
        sheet.write_string(0, column, item.header)
        sheet.write_column(1, column, options)
        letter = xlsxwriter.utility.xl_col_to_name(column)  # pyright: ignore
        ranges[_list_key(item)] = f"=Lists!${letter}$2:${letter}${len(options) + 1}"
        column += 1
    sheet.set_column(0, column, _WIDTH)
    return ranges


def _list_key(item: Item) -> str:
    """By what questions share a list: their field, or the level of their place."""
    return item.field or item.id if item.sort != "place" else f"{item.sort} {item.level}"


def _options(item: Item, gazetteer: Gazetteer) -> Iterator[str]:
    """What a list offers for a question; nothing where it has none."""
    if item.codes is not None:
        yield from (label(item, entry.code) for entry in item.codes)
    elif item.sort == "flag":
        yield from (label(item, code) for code in YES_NO)
    elif item.sort == "place":
        names = {place.code: normalise(place.name_en) for place in gazetteer.places()
                 if place.level == item.level}  # fmt: skip
        for code, name in sorted(names.items(), key=lambda pair: pair[1]):
            # Two areas of one name are told apart by their codes.
            is_unique = gazetteer.resolve(name, levels=[item.level]).code == code
            yield name if is_unique else code


def _restrict_cells(sheet: Any, column: int, item: Item, ranges: dict[str, str]) -> None:
    """What Excel lets into the cells of a column."""
    rule: dict[str, Any] = {
        "input_title": item.en[:_TITLE],
        "input_message": both(item.help, "\n")[:_MESSAGE],
        "error_title": item.en[:_TITLE],
        "error_message": both(item.help, "\n")[:_MESSAGE],
        "ignore_blank": True,
    }
    if _list_key(item) in ranges:
        rule |= {"validate": "list", "source": ranges[_list_key(item)]}
    elif item.sort == "date":
        rule |= {"validate": "date", "criteria": "between",
                 "minimum": date(2000, 1, 1), "maximum": date(2100, 1, 1)}  # fmt: skip
    elif item.sort == "age":
        rule |= {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 120}
    elif item.sort in ("count", "days"):
        rule |= {"validate": "integer", "criteria": ">=", "value": 0}
    else:
        rule |= {"validate": "any"}
    sheet.data_validation(2, column, _ROWS, column, rule)


def _write_example(
    sheet: Any, row: int, columns: Sequence[tuple[Item, str]], answers: dict[str, object]
) -> None:
    """Write the answers of an example into a row of the sheet."""
    for column, (item, header) in enumerate(columns):
        if item.id in answers and header == item.header:
            value = answers[item.id]
            if item.codes is not None:
                value = label(item, str(value))
            sheet.write(row, column, value)
