"""Ends and scores of ratios against the law that they come near to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import f, norm

from dashboard.analysis.ratio import end_of, score_of

EVENTS = st.floats(1, 2_000)
SCORES = st.floats(-2.5, 2.5)


def scored(k1: float, k0: float, z: float) -> float:
    """Score of the point of the law that has this one."""
    point = f.ppf(norm.cdf(z), 2 * k1, 2 * k0)
    return float(score_of(np.array([point]), np.array([k1]), np.array([k0]))[0])


@given(low=st.floats(3, 2_000), high=st.floats(0.5, 2_000), z=st.floats(1, 3.2))
def test_a_score_is_near_that_of_the_law_where_three_events_tell_the_low_rate(
    low: float, high: float, z: float
) -> None:
    near = 0.08 if z < 2.5 else 0.17
    assert scored(low, high, -z) == pytest.approx(-z, abs=near)
    assert scored(high, low, z) == pytest.approx(z, abs=near)


@given(low=st.floats(0.5, 3), high=st.floats(0.5, 2_000), z=st.floats(1.5, 3.2))
def test_of_fewer_events_a_score_is_nearer_to_nothing_and_never_much_louder(
    low: float, high: float, z: float
) -> None:
    assert -z - 0.05 <= scored(low, high, -z) < 0
    assert 0 < scored(high, low, z) <= z + 0.05


@given(k1=st.floats(3, 2_000), k0=st.floats(3, 2_000), z=SCORES)
def test_an_end_is_a_point_of_the_law(k1: float, k0: float, z: float) -> None:
    exact = f.ppf(norm.cdf(z), 2 * k1, 2 * k0)
    assert end_of(np.array([k1]), np.array([k0]), z)[0] == pytest.approx(exact, rel=0.08)


@given(k1=EVENTS, k0=EVENTS, z=SCORES)
def test_the_score_of_an_end_is_the_score_that_was_asked(k1: float, k0: float, z: float) -> None:
    own, before = np.array([k1]), np.array([k0])
    end = end_of(own, before, z)
    if 0 < end[0] < np.inf:
        assert score_of(end, own, before)[0] == pytest.approx(z, abs=1e-6)


def test_a_few_ends_are_those_of_tables() -> None:
    # Upper 2.5 % points of F with 20 and 20, 10 and 40, 120 and 120 degrees of freedom.
    own, before = np.array([10.0, 5.0, 60.0]), np.array([10.0, 20.0, 60.0])
    assert end_of(own, before, 1.96) == pytest.approx([2.46, 2.39, 1.43], abs=0.02)
    assert end_of(before, own, -1.96) == pytest.approx(1 / end_of(own, before, 1.96))


def test_what_is_known_from_next_to_nothing_has_no_upper_and_no_lower_end() -> None:
    tiny, many = np.array([0.2]), np.array([50.0])
    assert end_of(many, tiny, 1.96)[0] == np.inf
    assert end_of(tiny, many, -1.96)[0] == 0
    assert end_of(many, tiny, -1.96)[0] >= 0


@given(k1=EVENTS, k0=EVENTS, ratios=st.tuples(st.floats(0.01, 50), st.floats(0.01, 50)))
def test_a_higher_ratio_has_a_higher_score(
    k1: float, k0: float, ratios: tuple[float, float]
) -> None:
    low, high = sorted(ratios)
    scores = score_of(np.array([low, high]), np.array([k1]), np.array([k0]))
    assert scores[0] <= scores[1]
