"""Over which months a place is compared: whole windows of its own, a year at least."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.own_past import (
    LEAST,
    WINDOWS,
    ByMonth,
    Spreads,
    Window,
    noticed_in,
    own_months,
    told,
)

SPREADS = Spreads(2.6, 3.5)


@pytest.mark.parametrize(
    ("start", "length", "history"),
    [(11, 3, 0), (12, 3, 12), (16, 3, 15), (60, 3, 24), (12, 12, 12), (35, 12, 24), (120, 12, 96)],
)
def test_a_history_is_whole_windows_eight_at_most_and_a_year_at_least(
    start: int, length: int, history: int
) -> None:
    assert Window.of(start, length).history == history


@given(st.lists(st.booleans(), min_size=40, max_size=40), st.integers(12, 37))
def test_a_place_is_compared_over_the_months_in_which_it_stood_just_before(
    stands: list[bool], start: int
) -> None:
    window = Window.of(start, 3)
    (months,) = own_months(np.array([stands]), window).tolist()
    assert months in (0, *range(LEAST, 3 * WINDOWS + 1, 3))
    whole = stands[start - LEAST : start + 3]
    assert bool(months) == all(whole)
    if months:
        assert all(stands[start - months : start + 3])
        assert months == window.history or not all(stands[start - months - 3 : start])


def table(sizes: np.ndarray, stands: np.ndarray | None = None, together: float = 1.0) -> ByMonth:
    codes = [f"P{n}" for n in range(len(sizes))]
    totals = sizes.sum(axis=0) + 50.0
    stood = np.ones(sizes.shape, dtype=bool) if stands is None else stands
    return ByMonth(codes, sizes, totals, stood, together)


def test_a_place_that_unfolds_is_not_judged_and_would_have_been_called() -> None:
    draws = np.random.default_rng(1)
    sizes = draws.poisson(8, (6, 39)).astype(float)
    sizes[0, :33] = 0
    stands = np.ones(sizes.shape, dtype=bool)
    stands[0, :33] = False
    window = Window.of(36, 3)
    judged = told(table(sizes, stands), window, SPREADS).judgements
    assert sorted(judged) == [1, 2, 3, 4, 5]
    ungated = told(table(sizes), window, SPREADS).judgements
    assert ungated[0].verdict == "more"


def test_a_place_is_compared_over_each_month_of_its_own_history_and_no_other() -> None:
    sizes = np.full((3, 39), 6.0)
    stands = np.ones(sizes.shape, dtype=bool)
    stands[0, :21] = False  # fifteen months of its own, of twenty-four
    window = Window.of(36, 3)
    for month, counts in ((20, False), (21, True), (35, True)):
        changed = sizes.copy()
        changed[0, month] = 40
        rows = table(changed, stands)
        found = told(rows, window, SPREADS)
        assert found.months.tolist() == [15, 24, 24]
        before, whole = changed[0, 21:36].sum(), rows.totals[21:36].sum()
        assert (before == 90) is not counts
        share = before / whole
        assert found.judgements[0].expected == pytest.approx(share * rows.totals[36:].sum())


def test_nothing_is_told_of_a_month_that_comes_later() -> None:
    draws = np.random.default_rng(2)
    sizes = draws.poisson(8, (6, 48)).astype(float)
    early = told(table(sizes[:, :39]), Window.of(36, 3), SPREADS)
    sizes[:, 39:] *= 9
    late = told(table(sizes), Window.of(36, 3), SPREADS)
    assert early.judgements == late.judgements


def test_people_that_come_together_alarm_too_often_until_it_is_told() -> None:
    draws = np.random.default_rng(3)
    alarms = {1.0: 0, 3.0: 0}
    for _ in range(150):
        groups = draws.poisson(5, (8, 27))
        sizes = draws.poisson(2.0 * groups) + groups  # three people a group, and its variance
        for together in alarms:
            found = told(table(sizes.astype(float), together=together), Window.of(24, 3), SPREADS)
            alarms[together] += any(one.verdict != "none" for one in found.judgements.values())
    assert alarms[1.0] > 25
    assert alarms[3.0] < 15


def test_what_would_have_been_noticed_is_told_of_every_place_that_is_judged() -> None:
    sizes = np.repeat([[1.0], [4.0], [20.0]], 27, axis=1)
    found = told(table(sizes), Window.of(24, 3), SPREADS)
    rises = noticed_in(found)
    assert sorted(rises) == sorted(found.judgements)
    assert rises[2] == 1.5 or rises[2] == 2
    assert rises[0] is None or rises[0] == 5


def unfolded(months: int, shown_from: float) -> ByMonth:
    """A place that stands for itself for so many months, and its like that always did."""
    sizes = np.full((2, 39), 3.0)
    stands = np.ones(sizes.shape, dtype=bool)
    stands[0, : 36 - months] = False
    rows = table(sizes, stands)
    return replace(rows, shown_from=shown_from)


@pytest.mark.parametrize("months", [12, 15, 21])
def test_what_was_shown_late_had_in_the_year_before_what_it_needs_to_be_shown(months: int) -> None:
    found = told(unfolded(months, 10.0), Window.of(36, 3), SPREADS)
    late, always = 0, 1
    assert found.past.before.tolist() == [3.0 * months, 72.0]
    assert found.past.known.tolist() == [3.0 * months + 12, 72.0]
    assert found.past.over[late] == pytest.approx(56.0 * (months + 12))
    assert found.past.over[always] == found.past.history[always]


def test_what_is_known_of_a_place_changes_what_is_noticed_and_no_judgement() -> None:
    first, second = (
        told(unfolded(12, needed), Window.of(36, 3), SPREADS) for needed in (10.0, 60.0)
    )
    assert first.judgements == second.judgements
    assert noticed_in(first)[1] == noticed_in(second)[1]
    assert noticed_in(first)[0] != noticed_in(second)[0]


def test_a_place_of_a_release_that_begins_with_it_is_known_from_its_history_only() -> None:
    rows = unfolded(27, 10.0)  # not shown for nine months only
    found = told(rows, Window.of(36, 3), SPREADS)
    assert found.past.known.tolist() == found.past.before.tolist()


def test_an_empty_table_tells_nothing() -> None:
    none = ByMonth((), np.zeros((0, 30)), np.ones(30), np.zeros((0, 30), dtype=bool))
    found = told(none, Window.of(27, 3), SPREADS)
    assert (found.judgements, noticed_in(found)) == ({}, {})
