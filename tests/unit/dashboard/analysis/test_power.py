"""What is said to have been noticed is noticed so often, by the test itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.more_than_usual import Observed, Setting, judge
from dashboard.analysis.power import RISES, Sight, likelihoods, noticed, noticed_by_place

MEANS = st.floats(0.2, 400)


def seen(rise: float, mean: float, per: float, *, spread: float, places: int) -> float:
    """How often a place that rises is called more, beside others that do not."""
    draws = np.random.default_rng(round(mean * rise))
    others = (per - mean) / (places + 4)
    times, count = 500, 0
    for _ in range(times):
        means = np.array([mean, *[others] * (places + 4)])
        now, past = draws.poisson(means * [rise, *[1] * (places + 4)]), draws.poisson(8 * means)
        shown = np.maximum(np.rint(now + draws.normal(0, spread, len(now))), 0).astype(int)
        told = [Observed(str(i), int(shown[i]), int(past[i])) for i in range(places)]
        setting = Setting(int(now.sum()), int(past.sum()), spread, 0.0)
        count += judge(told, setting)[0].verdict == "more"
    return count / times


@pytest.mark.parametrize(("mean", "per"), [(5.0, 150.0), (12.0, 300.0), (30.0, 200.0)])
def test_stated_power_is_the_power_that_is_seen(mean: float, per: float) -> None:
    stated = likelihoods(*(np.array([x]) for x in (mean, 2.6, mean / per)), Sight(8.0, 10))[0]
    for rise, said in zip(RISES, stated.tolist(), strict=True):
        assert seen(rise, mean, per, spread=2.6, places=10) == pytest.approx(said, abs=0.07)


@given(MEANS, st.floats(0, 10))
def test_a_larger_rise_and_a_larger_place_are_noticed_sooner(mean: float, spread: float) -> None:
    means = np.array([mean, mean * 1.5 + 1])
    chances = likelihoods(means, np.full(2, spread), np.zeros(2))
    assert (np.diff(chances, axis=1) >= -1e-9).all()
    first, second = noticed_by_place(means, np.full(2, spread), np.zeros(2))
    if first is not None:
        assert second is not None
        assert second <= first


@given(MEANS)
def test_more_error_or_more_places_notice_no_more(mean: float) -> None:
    finest = noticed(mean, 1.0) or 9.0
    assert (noticed(mean, 6.0) or 9.0) >= finest
    assert (noticed(mean, 1.0, Sight(places=60)) or 9.0) >= finest
    assert (noticed(mean, 1.0, Sight(dispersion=0.5)) or 9.0) >= finest


def test_nothing_is_noticed_where_nothing_is_expected_or_a_place_is_all_there_is() -> None:
    assert noticed(0.0, 2.6) is None
    assert noticed(0.4, 2.6) is None
    assert noticed(300.0, 2.6, share=1.0) is None
    assert noticed_by_place(np.zeros(0), np.zeros(0), np.zeros(0)) == ()


def test_the_figures_that_the_page_was_planned_with_hold() -> None:
    assert noticed(5, 2.6) == 5
    assert noticed(11, 2.6) == 3
    assert noticed(40, 2.6) == 2
