"""Completeness against triangles by hand and a published one, and what it may never do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import completeness as bounds
from dashboard.analysis.completeness import WHOLE, Nowcast, Share, completeness, nowcast
from dashboard.model.periods import Month, Span

#: Claims of a general insurance as Taylor and Ashe have them and Mack (1993) takes them: five years
#: by the three last developments that they share, in thousands.
FIFTH = (3_320.0, 4_120.1, 4_132.9, 4_382.0, 3_873.3)
SIXTH = (3_466.3, 4_647.9, 4_628.9, 4_588.3)
SEVENTH = (3_606.3, 4_914.0, 4_909.3)


def published() -> dict[int, dict[int, float]]:
    """One edition a quarter; a year's claims stand as a month that is first shown at age 0."""
    editions: dict[int, dict[int, float]] = {}
    for age, column in ((0, FIFTH), (3, SIXTH), (6, SEVENTH)):
        for year, claims in enumerate(column):
            editions.setdefault(3 * year + age, {})[3 * year] = claims
    return {edition: months for edition, months in editions.items() if edition <= 12}


def test_factors_are_those_that_mack_publishes() -> None:
    shares = completeness(published(), 12, fading=1)
    assert 1 / shares[3].value == pytest.approx(1.054, abs=0.0005)
    assert 1 / shares[0].value == pytest.approx(1.086 * 1.054, abs=0.001)
    assert shares[6] == WHOLE  # two pairs tell nothing
    assert shares[1] == WHOLE


def by_hand() -> dict[int, dict[int, float]]:
    """Months that show 40, 30, 45, 35 in their own edition, and 50, 40, 50, 60 a quarter later."""
    first = {0: 35.0, 3: 45.0, 6: 30.0, 9: 40.0, 12: 44.0}
    later = {0: 60.0, 3: 50.0, 6: 40.0, 9: 50.0}
    editions = {month: {month: number} for month, number in first.items()}
    for month, number in later.items():
        editions[month + 3][month] = number
    return editions


def test_a_share_and_its_variance_are_those_of_a_hand_count() -> None:
    shares = completeness(by_hand(), 12, fading=1)
    # 150 of 200; off by -10, 7.5, 0 and 2.5 of them: 162.5 / 3 of a mean of 37.5, by four pairs.
    assert shares[0].value == pytest.approx(0.75)
    assert shares[0].variance == pytest.approx(162.5 / 3 / 37.5**2 / 4)
    assert shares[3] == WHOLE


def test_an_older_month_is_as_complete_as_a_younger_one() -> None:
    editions = by_hand()
    alone = completeness(editions, 12, fading=1)[0].value
    for edition in (0, 3, 6, 9):  # a month of two months' age shows half of what it comes to
        editions[edition][edition - 2], editions[edition + 3][edition - 2] = 20.0, 40.0
    shares = completeness(editions, 12, fading=1)
    assert shares[0].value == shares[2].value == pytest.approx((alone + 0.5) / 2)


def test_the_newest_quarter_counts_most() -> None:
    # Newest first: 40, 30, 45, 35 shown of 50, 40, 50, 60, which count 8, 4, 2, 1.
    so_far, whole = 8 * 40 + 4 * 30 + 2 * 45 + 35, 8 * 50 + 4 * 40 + 2 * 50 + 60
    assert completeness(by_hand(), 12)[0].value == pytest.approx(so_far / whole)


def test_three_pairs_tell_something_and_two_nothing() -> None:
    editions = by_hand()
    del editions[0]
    assert completeness(editions, 12, fading=1)[0].value == pytest.approx(115 / 140)
    del editions[3]
    assert completeness(editions, 12, fading=1) == {}


def test_only_the_last_year_tells() -> None:
    editions = {e: {m: 10.0 for m in range(e + 1)} for e in range(0, 40, 3)}
    editions[21] = dict.fromkeys(range(22), 1.0)  # 21 to 24 lies a year and more before 36
    assert completeness(editions, 36)[0] == WHOLE
    assert completeness(editions, 33)[0].value < 1


@given(data=st.data())
def test_shares_grow_with_age_and_no_later_edition_tells(data: st.DataObject) -> None:
    counts = st.floats(0, 100)
    editions = {e: {m: data.draw(counts) for m in range(e - 9, e + 1)} for e in range(12, 34, 3)}
    shares = completeness(editions, 27)
    for age, share in shares.items():
        assert 0.2 <= share.value <= 1
        assert share.variance >= 0
        assert age + 3 >= bounds.AGES or share.value <= shares[age + 3].value
    earlier = {edition: months for edition, months in editions.items() if edition <= 27}
    assert completeness(earlier, 27) == shares


def test_months_that_shrink_or_show_nothing_are_taken_for_whole_or_for_a_fifth() -> None:
    shrunk = {e: {m: 10.0 if m == e else 5.0 for m in range(e + 1)} for e in range(0, 16, 3)}
    assert completeness(shrunk, 15)[0].value == 1
    empty = {e: {m: 0.0 if m == e else 5.0 for m in range(e + 1)} for e in range(0, 16, 3)}
    assert completeness(empty, 15)[0].value == 0.2
    nothing = {e: dict.fromkeys(range(e + 1), 0.0) for e in range(0, 16, 3)}
    assert completeness(nothing, 15) == {}


def test_a_nowcast_is_what_came_over_its_share_and_its_range_that_of_a_hand_count() -> None:
    expected = nowcast([40, 30], [Share(0.8, 0.01), WHOLE], dispersion=2, spread=3)
    assert expected.number == pytest.approx(80)
    # 2 * 50 * .2 / .64 + 2500 * .01 + 9 = 65.25
    assert expected.high == pytest.approx(80 + 1.96 * 65.25**0.5)
    assert expected.low == 70  # never less than what came
    wide = nowcast([400], [Share(0.8, 0.0001)])
    assert wide.low == pytest.approx(500 - 1.96 * (500 * 0.2 / 0.64 + 25) ** 0.5)


def test_a_period_that_is_whole_is_what_it_shows() -> None:
    assert nowcast([4, 5], [WHOLE, WHOLE], 3, 2) == Nowcast(9, 9, 9)


@pytest.mark.parametrize("more", [{"dispersion": 4.0}, {"spread": 20.0}])
def test_a_nowcast_is_wider_by_groups_and_by_protection(more: dict[str, float]) -> None:
    plain, wide = nowcast([100], [Share(0.8)]), nowcast([100], [Share(0.8)], **more)
    assert wide.number == plain.number
    assert wide.high > plain.high


@pytest.mark.parametrize(
    ("end", "first"),
    [
        (Month(2026, 9), Month(2026, 7)),  # the second quarter's late reports came with September
        (Month(2026, 10), Month(2026, 7)),
        (Month(2026, 11), Month(2026, 7)),
        (Month(2026, 12), Month(2026, 10)),
    ],
)
def test_a_month_is_settled_once_a_quarter_ended_three_months_after_it(
    end: Month, first: Month
) -> None:
    assert bounds.provisional_span(Span(Month(2024, 1), end)) == Span(first, end)


def test_a_release_of_a_few_months_is_provisional_as_a_whole_and_what_was_final_never() -> None:
    whole = Span(Month(2026, 9), Month(2026, 10))
    assert bounds.provisional_span(whole) == whole
    assert bounds.provisional_span(Span(Month(2020, 11), Month(2020, 11)), final=True) is None
