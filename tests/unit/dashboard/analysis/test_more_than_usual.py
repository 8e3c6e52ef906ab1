"""Places are judged against their own past, together, and nothing is said where nothing is."""

from __future__ import annotations

from math import isfinite

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.more_than_usual import (
    Observed,
    Setting,
    dispersion_of,
    judge,
)

SETTING = Setting(100, 800, 2.6, 3.5)


def alarms(shares: list[float], *, per: int, times: int, apart: float = 0.0, told: float = 0.0,
           seed: int = 1) -> float:  # fmt: skip
    """Share of maps with any verdict where no share changed, with normal errors of protection."""
    draws = np.random.default_rng(seed)
    whole = np.array([*shares, 1 - sum(shares)])
    count = 0
    for _ in range(times):
        rate = whole * (draws.gamma(1 / apart**2, apart**2, len(whole)) if apart else 1.0)
        now, past = draws.poisson(per * rate), draws.poisson(8 * per * whole)
        shown = [
            np.maximum(np.rint(n + draws.normal(0, wide, len(n))), 0).astype(int)
            for n, wide in ((now, 2.6), (past, 3.5))
        ]
        places = [
            Observed(str(i), int(y), int(h))
            for i, (y, h) in enumerate(zip(*shown, strict=True))
            if i < len(shares)
        ]
        setting = Setting(int(now.sum()), int(past.sum()), 2.6, 3.5, told)
        count += any(one.verdict != "none" for one in judge(places, setting))
    return count / times


def test_a_place_that_rose_alone_is_more_and_the_others_are_none() -> None:
    places = [Observed("A", 31, 40), *(Observed(f"B{n}", 8, 64) for n in range(8))]
    told = judge(places, SETTING)
    assert [one.verdict for one in told] == ["more", *["none"] * 8]
    assert told[0].expected == 5


def test_a_place_that_fell_is_fewer() -> None:
    told = judge([Observed("A", 0, 200), Observed("B", 10, 80)], SETTING)
    assert [one.verdict for one in told] == ["fewer", "none"]


def test_a_rise_of_the_whole_is_a_rise_of_no_place() -> None:
    places = [Observed(str(n), 50, 80) for n in range(8)]
    told = judge(places, Setting(500, 800, 2.6, 3.5))
    assert {one.verdict for one in told} == {"none"}


@pytest.mark.parametrize(
    ("places", "setting"),
    [
        ([], SETTING),
        ([], Setting(0, 0, 0, 0)),
        ([Observed("A", 0, 0)], Setting(0, 0, 0, 0)),
        ([Observed("A", 12, 0)], Setting(100, 0, 2.6, 3.5)),
        ([Observed("A", 0, 30)], Setting(0, 300, 2.6, 3.5)),
        ([Observed("A", 20, 160)], Setting(20, 160, 2.6, 3.5)),
        ([Observed(str(n), 10, 80) for n in range(10)], SETTING),
        ([Observed("A", 25, 170)], Setting(20, 160, 2.6, 3.5)),
    ],
    ids=["nobody", "nothing", "no events", "no past", "no present", "one place", "equal", "above"],
)
def test_edges_say_nothing(places: list[Observed], setting: Setting) -> None:
    told = judge(places, setting)
    assert len(told) == len(places)
    for one in told:
        assert one.verdict == "none"
        assert all(isfinite(value) for value in (one.expected, one.p_more, one.p_fewer))


def test_a_place_without_a_past_of_its_own_can_be_more() -> None:
    assert judge([Observed("A", 15, 0)], SETTING)[0].verdict == "more"


COUNTED = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3000)), max_size=12)


@given(COUNTED, st.integers(0, 500), st.integers(0, 3000), st.floats(0, 9), st.floats(0, 0.6))
def test_every_judgement_is_a_number_and_agrees_with_its_own_direction(
    counted: list[tuple[int, int]], now: int, before: int, spread: float, dispersion: float
) -> None:
    places = [Observed(str(i), *both) for i, both in enumerate(counted)]
    totals = (now + sum(y for y, _ in counted), before + sum(h for _, h in counted))
    for one in judge(places, Setting(*totals, spread, spread, dispersion)):
        assert all(isfinite(value) for value in (one.expected, one.p_more, one.p_fewer))
        assert 0 <= one.chance <= 1
        if one.verdict == "more":
            assert one.now > one.expected
        if one.verdict == "fewer":
            assert one.now < one.expected


def test_where_nothing_changed_at_most_one_map_in_twenty_alarms() -> None:
    assert alarms([0.06, 0.04, 0.03, 0.02, 0.02, 0.01, 0.01], per=300, times=600) <= 0.05


def test_a_place_with_half_of_all_does_not_alarm_more_often() -> None:
    assert alarms([0.5, 0.1, 0.05], per=300, times=500) <= 0.05


def test_clustered_events_alarm_too_often_until_their_dispersion_is_told() -> None:
    shares = [0.25 / 3] * 6
    assert alarms(shares, per=300, times=300, apart=0.4) > 0.3
    assert alarms(shares, per=300, times=300, apart=0.4, told=0.4) <= 0.06


def test_dispersion_is_told_from_the_history_and_is_nothing_where_chance_is_enough() -> None:
    draws = np.random.default_rng(7)
    totals = np.full(8, 900.0)
    for apart in (0.0, 0.3, 0.6):
        told = []
        for _ in range(40):
            rate = draws.gamma(1 / apart**2, apart**2, (12, 8)) if apart else np.ones((12, 8))
            counts = draws.poisson(40 * rate) + draws.normal(0, 2.6, (12, 8))
            told.append(dispersion_of(counts, totals, 2.6))
        assert np.sqrt(np.mean(np.square(told))) == pytest.approx(apart, abs=0.07)


def test_a_place_that_rose_once_is_no_dispersion_of_all() -> None:
    draws = np.random.default_rng(8)
    counts = draws.poisson(30, (12, 8)) + draws.normal(0, 2.6, (12, 8))
    counts[0, 3] *= 5
    assert dispersion_of(counts, counts.sum(axis=0), 2.6) < 0.15


@pytest.mark.parametrize("shape", [(0, 8), (3, 3), (0, 0)])
def test_no_dispersion_is_told_from_nothing_or_few_periods(shape: tuple[int, int]) -> None:
    assert dispersion_of(np.ones(shape), np.ones(shape[1]), 2.6) == 0


def test_no_dispersion_is_told_where_there_are_no_events() -> None:
    assert dispersion_of(np.zeros((3, 8)), np.zeros(8), 2.6) == 0
