"""Ranges in tables: both ends behind each number, in files alone."""

from __future__ import annotations

from dashboard.analysis.expected_error import NO_ERROR, assumed
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.parts import ranges

TABLE = Table(
    (
        Column("code", "Code"),
        Column("female", "Female", "people"),
        Column("total", "Total", "people"),
    ),
    (("land", 39, 60), ("sea", 4, 4), ("air", None, 0)),
)


def test_each_number_has_what_it_stands_for_at_least_and_at_most() -> None:
    found = ranges.beside(TABLE, ("female",), assumed(5), "en")
    assert [column.code for column in found.columns] == [
        "code", "female", "female_low", "female_high", "total",
    ]  # fmt: skip
    assert found.columns[2].label == "Female, at least"
    assert found.columns[3].unit == "people"
    assert found.rows == (
        ("land", 39, 29, 49, 60),
        ("sea", 4, 0, 14, 4),
        ("air", None, None, None, 0),
    )


def test_the_page_shows_the_table_as_it_was() -> None:
    assert ranges.beside(TABLE, ("female", "total"), assumed(5), "en").on_page == TABLE


def test_numbers_as_reported_have_no_range() -> None:
    assert ranges.beside(TABLE, ("female",), NO_ERROR, "en") == TABLE
