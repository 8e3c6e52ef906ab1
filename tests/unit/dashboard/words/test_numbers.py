"""Numbers in words: as exact as protection allows and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.words import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "none or very few"), (5, "a few"), (9, "a few"), (10, "about 10"), (1285, "about 1,285")],
)
def test_a_protected_part_is_read_as_about(value: int, text: str) -> None:
    assert numbers.about(value, 5, "en") == text


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (7, "7"), (1285, "1,285")])
def test_an_unprotected_number_is_read_as_it_is(value: int, text: str) -> None:
    assert numbers.about(value, 1, "en") == text


@given(part=st.integers(0, 500), rest=st.integers(0, 500))
def test_protected_shares_are_coarse_where_numbers_are_small(part: int, rest: int) -> None:
    whole = part + rest
    share = numbers.percent(part, whole, 5)
    if whole < 20:
        assert share is None
        return
    assert share is not None
    step = 5 if whole < 100 else 1
    assert share % step == 0
    assert abs(share - 100 * part / whole) <= step / 2


def test_the_sheets_shares_come_out_as_it_printed_them() -> None:
    counts = (5, 7, 0, 2, 4, 8, 5, 6, 0, 1, 3, 8)
    shares = [numbers.percent(count, 49, 1) for count in counts]
    assert shares == [10, 14, 0, 4, 8, 16, 10, 12, 0, 2, 6, 16]
    assert numbers.share(47, 49, 1, "en") == "96 %"
    assert numbers.share(17, 49, 1, "en") == "35 %"


def test_a_share_of_nothing_is_not_said() -> None:
    assert numbers.percent(0, 0, 1) is None
    assert numbers.share(3, 19, 5, "en") is None


@pytest.mark.parametrize(
    ("value", "base", "text"),
    [(0, 5, "0"), (9, 5, "a few"), (10, 5, "10"), (19, 10, "a few"), (1285, 10, "1,285"),
     (3, 1, "3")],
)  # fmt: skip
def test_a_number_at_its_mark_is_a_few_where_it_is_a_single_unit(
    value: int, base: int, text: str
) -> None:
    assert numbers.at_mark(value, base, "en") == text


@pytest.mark.parametrize(("base", "few"), [(5, 9), (10, 19), (20, 39)])
def test_a_few_is_less_than_two_units_whatever_the_base(base: int, few: int) -> None:
    assert numbers.about(few, base, "en") == "a few"
    assert numbers.about(few + 1, base, "en") == f"about {few + 1}"


@pytest.mark.parametrize(("value", "whole"), [(0, 0), (0.5, 1), (3.0, 3), (3.1, 4), (0.1 * 30, 3)])
def test_an_expected_error_is_never_said_smaller_than_it_is(value: float, whole: int) -> None:
    assert numbers.up(value) == whole
    assert numbers.give_or_take(value)["error"] == whole
