"""No odd file loads otherwise than its sender means without a word."""

from __future__ import annotations

import pytest

from tests.files.odd import odd_files
from tests.files.table import TABLE, Read, read_all, written

#: Nothing in the file tells what its sender means; a declaration says the order of days and months.
CANNOT_BE_TOLD = {"american-low.csv"}


@pytest.fixture(scope="module")
def found() -> list[Read]:
    return read_all()


def test_there_are_fifty_and_more_and_each_is_another() -> None:
    made = odd_files()
    assert len({odd.content for odd in made}) > 50
    assert len({odd.name for odd in made}) == len(made)


def test_none_is_silently_wrong(found: list[Read]) -> None:
    assert {each.odd.name for each in found if each.is_silent} == set()
    assert {each.odd.name for each in found if not each.is_as_meant} <= CANNOT_BE_TOLD


def test_some_load_and_some_are_refused_or_the_table_would_tell_nothing(found: list[Read]) -> None:
    verdicts = [each.verdict for each in found]
    assert verdicts.count("loads") > 20
    assert verdicts.count("refused") > 20
    assert all(each.said for each in found if each.verdict == "refused")


def test_the_table_is_that_of_today(found: list[Read]) -> None:
    assert TABLE.read_text(encoding="utf-8") == written(found)
