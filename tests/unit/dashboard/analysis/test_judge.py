"""The judge: its words, their limits and reasons, and what may not bear on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import judge as limits
from dashboard.analysis.completeness import Share
from dashboard.analysis.dispersion import Floats
from dashboard.analysis.judge import Comparison, Reports, Spreads, Window, judge

PROTECTED, RECORDS = Spreads.of_base(5), Spreads.of_base(1)
QUARTER = Window(47, 3)
KNOWN = Reports(47, settled=47)
LATE = Reports(47, {0: Share(0.6, 0.002), 1: Share(0.8, 0.001), 2: Share(0.9, 0.0005)})

SEEDS = st.integers(0, 10_000)
WINDOWS = st.sampled_from([Window(47, 1), Window(47, 3), Window(44, 6), Window(30, 3)])


def drawn(seed: int, count: int = 8, months: int = 48) -> Floats:
    """Rows of very different sizes, in groups of two where the seed is odd."""
    random = np.random.default_rng(seed)
    group = 1 + seed % 2
    rates = random.gamma(0.5, 6, (count, 1)) / group
    return group * random.poisson(np.tile(rates, months)).astype(float)


def steady(*means: float, months: int = 48) -> Floats:
    """Rows that hardly vary."""
    each = np.tile([1.0, -1.0], months // 2)
    return np.stack([np.maximum(mean + each * (mean >= 2), 0) for mean in means])


def judged(
    rows: Floats,
    window: Window = QUARTER,
    reports: Reports = KNOWN,
    spreads: Spreads = RECORDS,
    *,
    is_whole: bool = False,
    are_ways: bool = False,
    events: Sequence[Comparison] | None = None,
) -> tuple[Comparison, ...]:
    total = rows.sum(axis=0)
    return judge(rows, total, window, reports, spreads, is_whole=is_whole, are_corridors=are_ways,
                 incidents=events)  # fmt: skip


def with_now(rows: Floats, row: int, now: float, window: Window = QUARTER) -> Floats:
    """The same with so many events of a row in the window."""
    changed = rows.copy()
    changed[row, window.start : window.last + 1] = 0
    changed[row, window.last] = now
    return changed


def again(
    rows: Floats, total: Floats, row: int, now: float, window: Window, reports: Reports,
    spreads: Spreads,
) -> Comparison:  # fmt: skip
    """A row as it is judged with so many events, the whole being what it was."""
    return judge(with_now(rows, row, now, window), total, window, reports, spreads)[row]


@given(seed=SEEDS, window=WINDOWS, spreads=st.sampled_from([PROTECTED, RECORDS]))
def test_limits_are_the_counts_at_which_the_word_changes(
    seed: int, window: Window, spreads: Spreads
) -> None:
    window = replace(window, last=47)  # of one before, what it holds tells of a season
    rows = drawn(seed)
    rows[:, 0] += 1  # whatever a row has now, it had something before
    total = rows.sum(axis=0)
    for row, one in enumerate(judge(rows, total, window, KNOWN, spreads)):

        def direction(now: float, row: int = row) -> int:
            return again(rows, total, row, now, window, KNOWN, spreads).direction

        if one.noticed_from is not None:
            limits = one.noticed_from - 1, one.noticed_from
            assert (direction(limits[0]), direction(limits[1])) == (0, 1)
        if one.fewest:
            assert (direction(one.fewest), direction(one.fewest - 1)) == (0, -1)
        else:
            assert direction(0) == 0
        within = one.fewest <= one.now and (one.most is None or one.now <= one.most)
        assert within == (one.direction == 0 and not one.watched)


@given(seed=SEEDS, spreads=st.sampled_from([PROTECTED, RECORDS]), is_whole=st.booleans())
def test_months_that_end_inside_a_quarter_need_more_for_a_word(
    seed: int, spreads: Spreads, *, is_whole: bool
) -> None:
    rows = drawn(seed)[: 1 if is_whole else None] + 1
    windows = [replace(QUARTER, in_quarter=inside) for inside in (False, True)]
    both = [judged(rows, each, spreads=spreads, is_whole=is_whole) for each in windows]
    for at_end, inside in zip(*both, strict=True):
        assert inside.direction in (0, at_end.direction)
        assert at_end.noticed_from is not None
        assert inside.noticed_from is not None
        assert inside.noticed_from > at_end.noticed_from
        assert inside.fewest <= at_end.fewest
        if is_whole:  # its range says what its word does
            assert inside.low <= at_end.low
        else:
            assert (inside.low, inside.high) == (at_end.low, at_end.high)


@given(seed=SEEDS, is_whole=st.booleans())
def test_a_month_alone_is_called_wherever_it_lies_in_a_quarter(
    seed: int, *, is_whole: bool
) -> None:
    rows, month = drawn(seed), Window(46, 1)
    inside = judged(rows, replace(month, in_quarter=True), is_whole=is_whole)
    assert judged(rows, month, is_whole=is_whole) == inside


@given(seed=SEEDS, now=st.integers(0, 80))
def test_limits_of_months_that_fill_up_are_of_what_is_reported_so_far(seed: int, now: int) -> None:
    rows = with_now(drawn(seed), 0, now)
    one = judged(rows, reports=LATE)[0]
    assert one.expected == pytest.approx(now / (2.3 / 3))
    above = one.noticed_from is not None and now >= one.noticed_from
    assert (one.direction > 0) == above
    assert (one.direction < 0) == (now < one.fewest)


@given(seed=SEEDS, spreads=st.sampled_from([PROTECTED, RECORDS]), window=WINDOWS)
def test_no_other_row_bears_on_a_word_but_by_how_many_there_are(
    seed: int, spreads: Spreads, window: Window
) -> None:
    rows, total = drawn(seed), np.full(48, 100.0)  # a steady whole: nothing varies in common
    rows[:, 0] += 1
    others = np.random.default_rng(seed).permutation(np.arange(1, len(rows)))
    moved = rows[np.r_[0, others]]
    moved[1:, window.start :] = moved[1:, window.start :][:, ::-1] * 2
    first, second = (judge(each, total, window, KNOWN, spreads)[0] for each in (rows, moved))
    assert first == second


def test_each_row_that_ever_had_anything_raises_what_is_called() -> None:
    row = steady(6.0)
    few, many = (
        judge(np.concatenate([row, np.eye(count, 48)]), np.full(48, 50.0), QUARTER, KNOWN, RECORDS)
        for count in (1, 40)
    )
    silent = np.concatenate([row, np.eye(1, 48), np.zeros((39, 48))])
    assert few[0].noticed_from is not None
    assert many[0].noticed_from is not None
    assert few[0].noticed_from < many[0].noticed_from
    assert judge(silent, np.full(48, 50.0), QUARTER, KNOWN, RECORDS)[0] == few[0]


@given(seed=SEEDS, window=WINDOWS, later=st.integers(0, 50))
def test_nothing_later_than_the_window_decides_but_a_season(
    seed: int, window: Window, later: int
) -> None:
    rows = drawn(seed)
    changed = rows.copy()
    changed[:, window.last + 1 :] = later
    for other in (changed, rows[:, : window.last + 1]):
        for one, same in zip(judged(rows, window), judged(other, window), strict=True):
            assert one == same or one.by_season is not same.by_season


@given(seed=SEEDS, window=WINDOWS)
def test_a_range_holds_what_is_seen_and_a_word_lies_outside_of_one(
    seed: int, window: Window
) -> None:
    for one in judged(drawn(seed), window):
        assert one.low <= one.high
        if one.usual:
            assert one.low <= max(one.expected, 0.5) / one.usual
            assert one.high >= one.expected / one.usual
        if one.word == "more":
            assert one.low > 1
        if one.direction < 0:
            assert one.high < 1


def test_words_are_those_of_plain_cases() -> None:
    rows = steady(4.0, 40.0, 40.0, 1_000.0)
    for row, now in enumerate([60.0, 60.0, 142.0, 3_000.0]):
        rows = with_now(rows, row, now)
    comparisons = judged(rows)
    assert [one.word for one in comparisons] == ["more", "fewer", "unclear", "same"]
    assert [one.direction for one in comparisons] == [1, -1, 0, 0]
    assert all(not one.why for one in comparisons)
    assert 1 / limits.LEVEL <= comparisons[3].low < comparisons[3].high <= limits.LEVEL
    assert comparisons[0].usual == pytest.approx(12)


@pytest.mark.parametrize("start", [limits.LEAST_HISTORY - 1, limits.LEAST_HISTORY])
def test_less_than_a_year_before_a_window_is_no_history(start: int) -> None:
    rows = with_now(steady(5.0, 9.0), 0, 90, Window(start + 2, 3))
    one = judged(rows, Window(start + 2, 3))[0]
    assert (one.word, one.why) == (("unsaid", "history") if start < 12 else ("more", ""))
    assert one.now == 90


def test_the_last_three_years_are_usual_and_no_month_before() -> None:
    rows = steady(6.0, months=60)
    window = Window(59, 3)
    reports = Reports(59)
    for month, counts in ((20, False), (21, True), (56, True)):
        changed = rows.copy()
        changed[0, month] += 36
        usual = judged(changed, window, reports)[0].usual
        assert usual == pytest.approx(18 + 3 * counts, abs=0.2)


@pytest.mark.parametrize(("nothing", "word"), [(24, "new"), (23, "more")])
def test_new_is_what_comes_after_two_years_of_nothing(nothing: int, word: str) -> None:
    window = Window(nothing + 2, 3)
    rows = np.zeros((2, nothing + 3))
    rows[1] = 5
    rows[0, -3:] = 40
    one = judged(rows, window, Reports(nothing + 2))[0]
    assert (one.word, one.direction) == (word, 1)
    assert one.most is not None


@pytest.mark.parametrize("are_ways", [False, True])
def test_new_takes_two_units_or_more_records_than_chance_makes(are_ways: bool) -> None:
    window = Window(47, 6)  # corridors are compared by season here
    rows = np.concatenate([np.zeros((1, 48)), steady(5.0, 30.0)])
    for spreads in (PROTECTED, RECORDS):
        most = judged(rows, window, spreads=spreads, are_ways=are_ways)[0].most
        assert most is not None
        assert most == 9 if spreads is PROTECTED else most >= 1
        for now, word in ((most, "unclear"), (most + 1, "new")):
            changed = with_now(rows, 0, now, window)
            assert judged(changed, window, spreads=spreads, are_ways=are_ways)[0].word == word


def test_of_many_rows_of_records_few_are_new_by_chance() -> None:
    random, called = np.random.default_rng(11), 0
    for _ in range(40):
        rows = random.poisson(0.02, (500, 48)).astype(float)
        called += any(one.word == "new" for one in judged(rows, Window(47, 6), spreads=RECORDS))
    assert called <= 6


@pytest.mark.parametrize("spreads", [PROTECTED, RECORDS])
def test_a_whole_of_which_nothing_ever_came_is_not_new(spreads: Spreads) -> None:
    nothing = np.zeros((1, 48))
    one = judged(nothing, spreads=spreads, is_whole=True)[0]
    assert one.direction == 0
    assert one.most is not None
    assert one.most >= 0
    for now, direction in ((one.most, 0), (one.most + 1, 1)):
        comparison = judged(with_now(nothing, 0, now), spreads=spreads, is_whole=True)[0]
        assert comparison.direction == direction
    assert comparison.word == "new"


def test_a_row_that_had_something_once_is_more_and_not_new() -> None:
    rows = steady(0.0, 9.0)
    rows[0, 30] = 1
    assert judged(with_now(rows, 0, 40))[0].word == "more"


def test_fewer_is_not_said_of_months_that_still_fill_up() -> None:
    rows = with_now(steady(40.0, 9.0), 0, 60)
    for reports, expected in (
        (Reports(47, settled=47), ("fewer", "")),
        (Reports(47, settled=46), ("unsaid", "late")),
        (Reports(50, settled=47), ("fewer", "")),
        (Reports(47, {0: Share(0.9)}, settled=46), ("fewer", "")),
    ):
        one = judged(rows, reports=reports)[0]
        assert (one.word, one.why) == expected
        assert (one.high == inf) is (one.why == "late")
    risen = judged(with_now(rows, 0, 240), reports=Reports(47, settled=40))[0]
    assert risen.word == "more"


def test_what_late_reports_explain_is_not_called_fewer() -> None:
    rows = with_now(steady(40.0, 9.0), 0, 92)
    assert judged(rows)[0].word == "fewer"
    one = judged(rows, reports=LATE)[0]
    assert one.word != "fewer"
    assert one.expected == pytest.approx(92 * 3 / 2.3)
    doubtful = replace(LATE, by_age={age: Share(0.77, 0.2) for age in range(3)})
    wide = judged(rows, reports=doubtful)[0]
    assert wide.high - wide.low > 2 * (one.high - one.low)


def test_partners_take_back_the_word_that_they_explain_and_no_other() -> None:
    fell, rose = (with_now(steady(40.0), 0, now) for now in (85.0, 170.0))
    third = 1 / 3
    for rows, reports, expected in (
        (fell, Reports(47, settled=47, lost=third), ("unsaid", "partner")),
        (fell, Reports(47, settled=47, gained=third), ("fewer", "")),
        (rose, Reports(47, settled=47, gained=third), ("unsaid", "partner")),
        (rose, Reports(47, settled=47, lost=third), ("more", "")),
        (fell, KNOWN, ("fewer", "")),
    ):
        one = judged(rows, reports=reports, is_whole=True)[0]
        assert (one.word, one.why) == expected
    deep, high = (with_now(steady(40.0), 0, now) for now in (20.0, 400.0))
    lost, gained = Reports(47, settled=47, lost=third), Reports(47, settled=47, gained=third)
    assert judged(deep, reports=lost, is_whole=True)[0].word == "fewer"
    assert judged(high, reports=gained, is_whole=True)[0].word == "more"
    every = Reports(47, settled=47, lost=1.0)
    assert judged(deep, reports=every, is_whole=True)[0].why == "partner"
    # Of one row, what a partner reported may be all of it.
    assert judged(deep, reports=lost)[0].why == "partner"
    assert judged(high, reports=gained)[0].why == "partner"


def test_ranges_are_wider_by_the_share_of_partners() -> None:
    rows = steady(40.0)
    plain = judged(rows, is_whole=True)[0]
    lost = judged(rows, reports=Reports(47, settled=47, lost=0.25), is_whole=True)[0]
    gained = judged(rows, reports=Reports(47, settled=47, gained=0.25), is_whole=True)[0]
    assert (lost.low, gained.high) == (plain.low, plain.high)
    # A year's share is known; that of a window lies around it.
    assert lost.high > plain.high / 0.75
    assert gained.low < plain.low * 0.75
    row = judged(rows, reports=Reports(47, settled=47, lost=0.25, gained=0.25))[0]
    assert (row.low, row.high) == (0, inf)


def test_partners_come_before_late_reports_as_a_reason() -> None:
    rows = with_now(steady(40.0), 0, 60)
    assert judged(rows, reports=Reports(47, settled=40, lost=1 / 3))[0].why == "partner"
    assert judged(rows, reports=Reports(47, settled=40))[0].why == "late"


def test_people_are_more_only_where_their_incidents_support_it() -> None:
    rows = with_now(steady(4.0, 20.0), 0, 60)
    for score, expected in ((2.3, ("unclear", "group")), (2.5, ("more", ""))):
        events = [Comparison("unclear", score=score), Comparison("unclear")]
        one = judged(rows, events=events)[0]
        assert (one.word, one.why) == expected
        # As its incidents stand, no number of people would be called.
        assert one.watched is (one.noticed_from is None) is (expected[0] == "unclear")
    fallen = with_now(rows, 1, 5)
    assert judged(fallen, events=[Comparison("unclear"), Comparison("unclear")])[1].word == "fewer"


def test_what_would_be_called_alone_is_watched() -> None:
    rows = np.concatenate([steady(6.0), np.eye(30, 48)])
    one = judged(rows)[0]
    assert one.most is not None
    assert one.noticed_from is not None
    for now, is_watched in (
        (one.most, False), (one.most + 1, True), (one.noticed_from - 1, True),
        (one.noticed_from, False),
    ):  # fmt: skip
        near = judged(with_now(rows, 0, now))[0]
        assert (near.word == "unclear", near.watched) == (now < one.noticed_from, is_watched)
    usual = judged(with_now(rows, 0, 18))[0]
    assert (usual.word, usual.watched) == ("unclear", False)


def seasonal(peak: float, months: int = 48) -> Floats:
    """A row of the first quarter of each year alone, and a steady one."""
    rows = steady(1.0, 20.0, months=months)
    rows[0, np.arange(months) % 12 < 3] = peak
    return rows


def test_a_seasonal_row_is_compared_with_its_own_season() -> None:
    rows = seasonal(12.0)
    at_peak, off_peak = Window(38, 3), Window(41, 3)
    one, other = (judged(rows, window, Reports(window.last))[0] for window in (at_peak, off_peak))
    assert one.by_season
    assert other.by_season
    assert one.usual == pytest.approx(36)
    assert other.usual == pytest.approx(3)
    assert one.direction == other.direction == 0
    twice = judged(with_now(rows, 0, 90, at_peak), at_peak, Reports(38))[0]
    assert twice.word == "more"
    assert not judged(rows, at_peak, Reports(38))[1].by_season


@pytest.mark.parametrize(("months", "by_season"), [(3, False), (6, True)])
def test_corridors_are_compared_by_season_from_half_years_on(months: int, by_season: bool) -> None:
    rows = steady(5.0, 20.0)
    assert not judged(rows, Window(47, months))[0].by_season
    assert judged(rows, Window(47, months), are_ways=True)[0].by_season is by_season


@pytest.mark.parametrize("is_whole", [False, True])
def test_events_that_come_in_groups_have_wider_ranges(is_whole: bool) -> None:
    random = np.random.default_rng(5)
    alone = random.poisson(12, (1, 48)).astype(float)
    together = 4 * random.poisson(3, (1, 48)).astype(float)
    ranges: list[float] = []
    for rows in (alone, together):
        one = judged(with_now(rows, 0, 36), is_whole=is_whole)[0]
        ranges.append(np.log(one.high / one.low))
    assert ranges[1] > 1.4 * ranges[0]


def test_a_whole_is_said_from_any_number_and_a_row_from_two_units() -> None:
    rows = with_now(steady(0.0), 0, 9)
    rows[0, [3, 20]] = 1
    row, whole = (judged(rows, is_whole=is_whole)[0] for is_whole in (False, True))
    assert (row.word, whole.word) == ("more", "more")
    protected = judged(rows, spreads=PROTECTED)[0]
    assert (protected.word, protected.low) == ("unclear", 0)
    assert protected.most is not None
    assert protected.most >= 9


def test_records_have_no_error_and_a_base_has_it_in_proportion() -> None:
    ends = [length for length, _ in PROTECTED.base]
    assert (RECORDS.total, RECORDS.cell, RECORDS.window, RECORDS.whole) == (0, 0, 0, 0)
    assert [spread for _, spread in RECORDS.base] == [0, 0, 0, 0]
    assert Spreads.of_base(10).window == 2 * PROTECTED.window
    assert (RECORDS.least, PROTECTED.least, Spreads.of_base(10).least) == (2, 10, 20)
    assert ends == sorted(ends)
    events, months = np.array([100.0, 100, 100, 9]), np.array([6.0, 7, 36, 36])
    assert PROTECTED.of_history(events, months).tolist() == [1.8, 2.5, 3.5, 1.8]
    rows = steady(6.0, 20.0)
    pairs = zip(judged(rows), judged(rows, spreads=PROTECTED), strict=True)
    assert all(own.high < shown.high for own, shown in pairs)


def test_chance_calls_a_map_of_records_in_one_of_twenty_at_most() -> None:
    random = np.random.default_rng(11)
    called = 0
    for _ in range(200):
        rows = random.poisson(np.tile(random.gamma(1, 4, (12, 1)), 48)).astype(float)
        called += any(one.direction > 0 for one in judged(rows))
    assert called <= 16


def test_no_rows_have_no_words() -> None:
    assert judge(np.zeros((0, 48)), np.full(48, 9.0), QUARTER, KNOWN, RECORDS) == ()


def width(one: Comparison) -> float:
    return float(np.log(one.high / one.low))


def test_months_right_before_a_window_may_be_part_of_a_change_and_tell_no_dispersion() -> None:
    rows = steady(10.0, 10.0)
    swung = rows.copy()
    swung[0, 41:45] = [0, 20, 20, 0]  # as many as before
    first, second = judged(rows)[0], judged(swung)[0]
    assert swung.sum() == rows.sum()
    assert (first.low, first.high) == (second.low, second.high)
    swung[0, 40:42], swung[0, 42:44] = [0, 20], [10, 10]
    assert judged(swung)[0].high > first.high


def test_a_whole_that_swings_widens_no_row_that_does_not() -> None:
    rows, swinging = steady(6.0, 9.0), np.tile([20.0, 180.0], 24)
    plain = judge(rows, np.full(48, 100.0), QUARTER, KNOWN, RECORDS)
    assert judge(rows, swinging, QUARTER, KNOWN, RECORDS) == plain


def test_limits_of_months_that_fill_up_are_those_of_what_is_shown() -> None:
    rows = steady(40.0, 9.0)
    words = [judged(with_now(rows, 0, now), reports=LATE)[0] for now in range(20, 95)]
    assert {one.direction for one in words} == {0, -1}
    for one in words:
        assert one.fewest > 40
        assert (one.direction < 0) == (one.now < one.fewest)


def test_the_upper_end_of_nothing_is_that_of_a_rate_of_which_nothing_was_seen() -> None:
    one = judged(with_now(steady(20.0, 20.0), 0, 0), spreads=RECORDS)[0]
    assert one.low == 0
    assert one.high * one.usual == pytest.approx(3.69, rel=0.05)  # -ln .025


def test_a_shown_nought_that_may_be_some_is_called_fewer_only_where_many_are_usual() -> None:
    under_filters = replace(PROTECTED, nought=1.25)
    some, many = (with_now(steady(mean, 20.0), 0, 0) for mean in (2.3, 9.0))
    for spreads, words in ((PROTECTED, ("fewer", "fewer")), (under_filters, ("unclear", "fewer"))):
        assert tuple(judged(rows, spreads=spreads)[0].word for rows in (some, many)) == words


def test_a_season_that_differs_by_year_has_wider_ranges() -> None:
    alike = seasonal(12.0)
    unlike = alike.copy()
    unlike[0, [0, 1, 2, 24, 25, 26]] = 4
    unlike[0, [12, 13, 14, 36, 37, 38]] = 20
    window = Window(38, 3)
    first, second = (
        judged(with_now(rows, 0, 36, window), window, Reports(38, settled=38))[0]
        for rows in (alike, unlike)
    )
    assert first.by_season
    assert second.by_season
    assert width(second) > 1.3 * width(first)


@pytest.mark.parametrize("less", [{"window": 0.0}, {"base": ((36, 0.0),)}])
def test_protection_widens_ranges_by_what_it_does_to_either_count(less: dict[str, float]) -> None:
    rows = steady(4.0, 6.0)
    rows[0, :36] = 0
    rows[0, 20] = 14
    rows = with_now(rows, 0, 12)
    protected, exact = (
        judged(rows, spreads=spreads)[0] for spreads in (PROTECTED, replace(PROTECTED, **less))
    )
    assert width(protected) > 1.01 * width(exact)
