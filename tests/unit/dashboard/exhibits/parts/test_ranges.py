"""Ranges in tables: both ends behind each number, in files alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.analysis.expected_error import NO_ERROR, assumed
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.parts import ranges
from dashboard.exhibits.registry import question_of
from dashboard.model.facts import REQUESTS
from tests.support.referrals import QUARTER, release_of, request

TABLE = Table(
    (
        Column("code", "Code"),
        Column("female", "Female", "people"),
        Column("total", "Total", "people"),
    ),
    (("land", 39, 60), ("sea", 4, 4), ("air", None, 0)),
)


def test_each_number_has_what_it_stands_for_at_least_and_at_most() -> None:
    found = ranges.with_ends_in_files(TABLE, ("female",), assumed(5), "en")
    assert [column.code for column in found.columns] == [
        "code", "female", "female_low", "female_high", "total", ranges.IN_WORDS,
    ]  # fmt: skip
    assert found.columns[2].label == "Female, at least"
    assert found.columns[3].unit == "people"
    assert found.rows == (
        ("land", 39, 29, 49, 60, ""),
        ("sea", 4, 0, 14, 4, "a few"),
        ("air", None, None, None, 0, ""),
    )


def test_a_few_that_may_be_many_are_told_by_their_range(tmp_path: Path) -> None:
    question = question_of(QUARTER, release_of(tmp_path, [request()]))

    def told(size: int, error: float) -> str:
        return ranges.about(question, REQUESTS, assumed(10, error), size)

    assert [told(size, 5) for size in (0, 10, 20)] == ["none or very few", "a few", "about 20"]
    assert [told(size, 20) for size in (0, 10, 20)] == ["0 to 40", "0 to 50", "about 20"]


def test_words_of_several_numbers_name_theirs_and_stand_last_once() -> None:
    """A second range of another fact keeps what the first one told."""
    found = ranges.with_ends_in_files(TABLE, ("female",), assumed(5), "en")
    found = ranges.with_ends_in_files(found, ("total",), assumed(5), "en")
    assert [column.code for column in found.columns].count(ranges.IN_WORDS) == 1
    assert found.columns[-1].in_files
    assert found.column(ranges.IN_WORDS) == (
        "",
        "Female: a few; Total: a few",
        "Total: none or very few",
    )
    bangla = ranges.with_ends_in_files(TABLE, ("female",), assumed(5), "bn")
    assert bangla.column(ranges.IN_WORDS) == ("", "অল্প কয়েক", "")


def test_the_page_shows_the_numbers_as_they_were_and_knows_how_few_are_read() -> None:
    found = ranges.with_ends_in_files(TABLE, ("female", "total"), assumed(5), "en").on_page
    assert found.rows == TABLE.rows
    assert [column.base for column in found.columns] == [1, 5, 5]
    assert tuple(replace(column, base=1) for column in found.columns) == TABLE.columns


def test_numbers_as_reported_have_no_range() -> None:
    assert ranges.with_ends_in_files(TABLE, ("female",), NO_ERROR, "en") == TABLE


def test_a_share_of_all_is_read_as_nearly_all_and_stays_a_number() -> None:
    columns = (Column("people", "People", "people"), Column("share", "Share", "%", base=5))
    found = ranges.with_ends(Table(columns, ((40, 100), (4, 10))), "people", assumed(5), "en")
    assert found.column("share") == (100, 10)
    assert found.column(ranges.IN_WORDS) == ("Share: nearly all", "People: a few")
