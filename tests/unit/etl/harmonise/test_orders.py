from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.declaration.date_order import clashing, number_order, order_in_words
from etl.declaration.source import Column
from etl.findings import Place
from etl.harmonise.orders import TYPED, DateOrder, date_orders, order_findings
from etl.read import Cell
from etl.read.coded import coded
from tests.unit.etl.stores import HEADER, ROWS, Intake, said, workbook

EUROPEAN = Column("Date", "derive", "month", formats=("%d/%m/%Y",))
PLACE = Place("list.csv")


def orders(*cells: Cell) -> tuple[DateOrder, ...]:
    return date_orders(EUROPEAN, coded([(cell,) for cell in cells]))


def rules(*cells: Cell) -> list[tuple[str, str]]:
    return [(f.rule, f.severity) for f in order_findings(orders(*cells), PLACE)]


@pytest.mark.parametrize(
    ("form", "order"),
    [
        ("%d/%m/%Y", "day before month"),
        ("%m/%d/%y", "month before day"),
        ("%Y-%m-%d", None),
        ("%Y-%d-%m", "day before month"),
        ("%d-%b-%Y", None),
        ("%Y-%m", None),
    ],
)
def test_an_order_is_named_where_a_day_could_be_a_month(form: str, order: str | None) -> None:
    assert order_in_words(form) == order


@pytest.mark.parametrize(
    ("forms", "clash"),
    [
        (("%d/%m/%Y", "%m/%d/%Y"), True),
        (("%d/%m/%Y", "%m-%d-%y"), True),
        (("%Y-%m-%d", "%Y-%d-%m"), True),
        (("%y-%m-%d", "%d-%m-%y"), True),
        (("%Y-%m-%d", "%d/%m/%Y"), False),
        (("%d/%m/%Y", "%d.%m.%y", "%d-%b-%Y", "%Y %B", "%Y"), False),
    ],
)
def test_formats_that_exchange_day_and_month_clash(forms: tuple[str, ...], clash: bool) -> None:
    assert (clashing(forms) is not None) == clash
    assert (clashing(reversed(forms)) is not None) == clash


@given(st.lists(st.dates(date(2001, 1, 1), date(2025, 1, 1)), min_size=1))
def test_days_up_to_the_twelfth_show_no_order(days: list[date]) -> None:
    (found,) = orders(*(f"{day:%d/%m/%Y}" for day in days))
    assert found == DateOrder("Date", "day before month", len(days), sum(d.day > 12 for d in days))
    assert bool(rules(*(f"{day:%d/%m/%Y}" for day in days))) == (found.above == 0)


def test_what_is_said_names_column_and_order_and_no_value() -> None:
    (finding,) = order_findings(orders("05/03/2025", "07/04/2025"), PLACE)
    assert (finding.rule, finding.column, finding.row) == ("day_order_unseen", "Date", None)
    assert "Taken: day before month, in 2 rows." in finding.message
    assert "2025" not in finding.message


def test_typed_dates_that_a_spreadsheet_exchanged_refuse_the_file() -> None:
    written = ("25/03/2025", "13/04/2025", "30/04/2025")
    typed = (date(2025, 5, 3), date(2025, 7, 4), date(2025, 7, 11))
    assert rules(*written, *typed) == [("exchanged_dates", "error")]
    assert rules(*written, *typed, date(2025, 7, 31)) == []
    assert rules(*written, *typed, "02/04/2025") == [("day_order_unseen", "review")]


def test_typed_dates_are_an_order_of_their_own() -> None:
    assert orders(date(2025, 5, 30), "") == (DateOrder("Date", TYPED, 1, 1),)
    assert number_order("%Y") is None


def test_a_load_says_that_a_column_shows_no_order(intake: Intake) -> None:
    early = [row.replace("25/03", "05/03") for row in ROWS[:2]]
    report = intake.check("line-list", intake.line_list(*early))
    assert [(f.rule, f.column) for f in report.findings if f.severity == "review"][:1] == [
        ("day_order_unseen", "Date of incident")
    ]


def test_a_workbook_with_exchanged_dates_does_not_load(intake: Intake) -> None:
    rows: list[list[object]] = [[*ROWS[2].split(",")] for _ in range(6)]
    for number, row in enumerate(rows):
        row[0] = number
        row[2] = date(2025, number + 1, 4) if number < 3 else f"2{number}/02/2025"
    path = workbook(intake.folder / "list.xlsx", HEADER.split(","), rows)
    assert said(intake.load("workbook", path).findings) == [
        ("exchanged_dates", None, "Date of incident")
    ]
