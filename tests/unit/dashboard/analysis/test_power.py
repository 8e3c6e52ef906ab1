"""What is said to have been noticed is noticed so often, by the test itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import power
from dashboard.analysis.more_than_usual import Observed, Setting, judge, tails_of_each
from dashboard.analysis.power import RISES, Past, likelihoods, noticed
from dashboard.analysis.predictive_tail import Floats

MEANS = st.floats(0.2, 400)
#: Of eight windows before.
HISTORY = 8


def past(means: list[float], per: float) -> Past:
    """Places that had so many a window."""
    return Past(HISTORY * np.array(means), np.full(len(means), HISTORY * per))


def setting(per: float, spread: float = 2.6, before: float = 0.0, **more: float) -> Setting:
    return Setting(round(per), round(HISTORY * per), spread, before, **more)


def rise(mean: float, per: float = 100_000, *, others: int = 9, **more: float) -> float | None:
    """The smallest rise that is noticed of a place beside others that are small."""
    found = past([mean] + [1.0] * others, per)
    return noticed(found, setting(per, **more), np.zeros(others + 1))[0]


def seen(rise: float, mean: float, per: float, *, spread: float, before: float) -> float:
    """How often a place that rises is called more, beside others that do not."""
    draws = np.random.default_rng(round(mean * rise))
    places = 10
    others = (per - mean) / (places + 4)
    times, count = 500, 0
    for _ in range(times):
        means = np.array([mean, *[others] * (places + 4)])
        now = draws.poisson(means * [rise, *[1] * (places + 4)])
        had = draws.poisson(HISTORY * means)
        shown, held = (
            np.maximum(np.rint(true + draws.normal(0, wide, len(true))), 0).astype(int)
            for true, wide in ((now, spread), (had, before))
        )
        told = [Observed(str(i), int(shown[i]), int(held[i])) for i in range(places)]
        around = Setting(int(now.sum()), int(had.sum()), spread, before)
        count += judge(told, around)[0].verdict == "more"
    return count / times


@pytest.mark.parametrize(
    ("mean", "per", "before"),
    [(5.0, 150.0, 0.0), (12.0, 300.0, 0.0), (30.0, 200.0, 0.0), (8.0, 150.0, 8.0)],
)
def test_stated_power_is_the_power_that_is_seen(mean: float, per: float, before: float) -> None:
    found = past([mean] * 10, per)
    stated = likelihoods(found, setting(per, before=before), np.zeros(10))[0]
    for rise_, said in zip(RISES, stated.tolist(), strict=True):
        assert seen(rise_, mean, per, spread=2.6, before=before) == pytest.approx(said, abs=0.07)


@given(MEANS, st.floats(0, 10))
def test_a_larger_rise_and_a_larger_place_are_noticed_sooner(mean: float, spread: float) -> None:
    found = past([mean, mean * 1.5 + 1], 100_000)
    around = setting(100_000, spread)
    assert (np.diff(likelihoods(found, around, np.zeros(2)), axis=1) >= -1e-9).all()
    first, second = noticed(found, around, np.zeros(2))
    if first is not None:
        assert second is not None
        assert second <= first


@given(MEANS)
def test_more_error_or_more_places_notice_no_more(mean: float) -> None:
    finest = rise(mean, spread=1.0) or 9.0
    assert (rise(mean, spread=6.0) or 9.0) >= finest
    assert (rise(mean, spread=1.0, others=59) or 9.0) >= finest
    assert (rise(mean, spread=1.0, dispersion=0.5) or 9.0) >= finest


@given(st.floats(1, 60), st.integers(1, 9))
def test_one_more_place_is_called_sooner_beside_others_that_are(mean: float, called: int) -> None:
    found, around = past([mean] * 10, 1_000), setting(1_000)
    alone, beside, beside_all = (
        likelihoods(found, around, np.full(10, float(number)))[0] for number in (0, called, 9)
    )
    assert (beside >= alone - 1e-12).all()
    # Numbers are whole, so one more place that is called need not change from when one is.
    assert (beside_all > alone).any()


def test_nothing_is_noticed_where_nothing_is_expected_or_a_place_is_all_there_is() -> None:
    assert rise(0.0) is None
    assert rise(0.4) is None
    assert rise(300.0, 300.0) is None
    none = np.zeros(0)
    assert noticed(Past(none, none), setting(100), none) == ()


def test_no_count_is_looked_for_that_no_rise_brings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A place that was empty before was looked for up to a million people: ten seconds a view."""
    asked = [0.0]

    def watched(now: Floats, *others: Floats | float) -> tuple[Floats, Floats]:
        asked.append(float(now.max(initial=0.0)))
        return tails_of_each(now, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(power, "tails_of_each", watched)
    before, whole = np.array([330.0, 85.0, 0.0]), np.array([452.0, 452.0, 0.0])
    around = Setting(156, 452, 11.0, 17.5, 0.0, 1.88)
    chances = likelihoods(Past(before, whole), around, np.zeros(3))
    assert (chances[2] == 0).all()
    assert 0 < max(asked) < 20 * around.total_now


def test_the_figures_that_the_page_was_planned_with_hold() -> None:
    assert rise(5) == 5
    assert rise(11) == 3
    assert rise(40) == 2
