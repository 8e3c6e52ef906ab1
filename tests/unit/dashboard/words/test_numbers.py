"""Numbers in words: as exact as protection allows and no more."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.words import numbers
from dashboard.words.catalogue import translate


@pytest.mark.parametrize(
    ("base", "texts"),
    [
        (5, {0: "none or very few", 5: "a few", 9: "a few", 10: "about 10", 1285: "about 1,285"}),
        (10, {19: "a few", 20: "about 20"}),
        (20, {39: "a few", 40: "about 40"}),
        (1, {0: "0", 7: "7", 1285: "1,285"}),
    ],
)
def test_a_part_is_a_few_or_about_and_as_it_is_where_nothing_is_protected(
    base: int, texts: dict[int, str]
) -> None:
    assert {value: numbers.about(value, base, "en") for value in texts} == texts


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


def test_a_share_of_nothing_is_no_percentage() -> None:
    assert numbers.percent(0, 0, 1) is None
    assert numbers.percent(3, 19, 5) is None


@pytest.mark.parametrize(
    ("part", "whole", "base", "alone", "beside", "before_a_unit"),
    [
        (15, 18, 5, "15 of 18", "of 18", "about 15 of 18"),
        (3, 19, 5, "a few of 19", "of 19", "a few of 19"),
        (3, 9, 5, "a few", "", "a few"),  # the number of the whole is not told either
        (10, 10, 10, "a few", "", "a few"),
        (0, 9, 5, "none or very few", "", "none or very few"),
        (0, 19, 5, "none or very few of 19", "of 19", "none or very few of 19"),
        (39, 39, 10, "39 of 39", "of 39", "about 39 of 39"),  # below four of its own bases
        (15, 20, 5, "75 %", "75 %", "75 % of"),
        (39, 40, 5, "39 of 40", "of 40", "nearly all"),  # 100 in steps of five
        (1, 60, 5, "under 5 %", "under 5 %", "under 5 % of"),
        (0, 60, 5, "0 %", "0 %", "0 % of"),
        (999, 1000, 5, "nearly all", "nearly all", "nearly all"),
        (1000, 1000, 5, "nearly all", "nearly all", "nearly all"),  # its range holds more
        (1, 1000, 5, "under 1 %", "under 1 %", "under 1 % of"),
        (3, 3, 1, "all", "all", "all"),
        (999, 1000, 1, "nearly all", "nearly all", "nearly all"),
        (2, 3, 1, "67 %", "67 %", "67 % of"),
    ],
)
def test_a_share_is_told_as_finely_as_it_is_known(
    part: int, whole: int, base: int, alone: str, beside: str, before_a_unit: str
) -> None:
    assert numbers.share(part, whole, base, "en") == alone
    assert numbers.share(part, whole, base, "en", beside=True) == beside
    assert numbers.share_of(part, whole, base, "en") == before_a_unit


@pytest.mark.parametrize(
    ("part", "whole", "between", "text"),
    [
        (15, 18, (9, 21), "about 15 (9–18) of 18"),  # a part is no more than the whole
        (3, 18, (0, 9), "a few (0–9) of 18"),
        (3, 9, (0, 9), "a few (0–9)"),
        (0, 18, (0, 4), "none or very few of 18"),
        (25, 25, (15, 35), "about 25 (15–25) of 25"),  # "nearly all" may be three in five
        (100, 100, (95, 105), "nearly all"),
        (50, 100, (40, 60), "50 % of"),
    ],
)
def test_a_count_has_its_range_and_what_may_be_less_is_not_nearly_all(
    part: int, whole: int, between: tuple[int, int], text: str
) -> None:
    assert numbers.share_of(part, whole, 5, "en", between) == text


@given(part=st.integers(0, 500), rest=st.integers(0, 500), base=st.sampled_from([1, 5, 10]))
def test_no_share_says_a_hundred_percent_in_any_language(part: int, rest: int, base: int) -> None:
    whole = part + rest
    for lang in ("en", "bn"):
        for said in (
            numbers.share(part, whole, base, lang),
            numbers.share_of(part, whole, base, lang),
        ):
            assert not re.search(r"(?:100|১০০) ?%", said)
            is_all = said == translate("numbers.all", lang)
            assert is_all is (base == 1 and bool(whole) and part == whole)


@pytest.mark.parametrize(
    ("base", "texts"),
    [(5, {0: "none or very few", 9: "a few", 10: "", None: ""}), (10, {19: "a few"}),
     (1, {0: "", 3: ""})],
)  # fmt: skip
def test_only_few_protected_numbers_have_words_of_their_own(
    base: int, texts: dict[int | None, str]
) -> None:
    assert {value: numbers.words_of_few(value, base, "en") for value in texts} == texts


@pytest.mark.parametrize(
    ("value", "text"), [(0, "hardly any"), (1, "1 %"), (99, "99 %"), (100, "nearly all")]
)
def test_an_estimated_share_is_never_all_and_never_none(value: int, text: str) -> None:
    assert numbers.in_percent(value, "en") == text


@pytest.mark.parametrize(
    ("base", "texts"),
    [
        (5, {0: "none or very few", 9: "a few", 10: "10"}),
        (10, {19: "a few", 1285: "1,285"}),
        (1, {3: "3"}),
    ],
)
def test_a_number_at_its_mark_is_a_few_where_it_is_a_single_unit(
    base: int, texts: dict[int, str]
) -> None:
    assert {value: numbers.at_mark(value, base, "en") for value in texts} == texts


@pytest.mark.parametrize(("value", "whole"), [(0, 0), (0.5, 1), (3.0, 3), (3.1, 4), (0.1 * 30, 3)])
def test_an_expected_error_is_never_said_smaller_than_it_is(value: float, whole: int) -> None:
    assert numbers.up(value) == whole
    assert numbers.give_or_take(value)["error"] == whole
