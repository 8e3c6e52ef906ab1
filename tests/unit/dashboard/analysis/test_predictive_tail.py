"""The tails equal sums written out, mirror each other, and are quick."""

from __future__ import annotations

from math import ceil, exp, floor, lgamma, log, log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, nbinom, poisson

from dashboard.analysis.predictive_tail import (
    POINTS,
    WEIGHTS,
    at_least,
    tails,
    tails_against_rest,
)

COUNTS = st.integers(0, 300)
RATIOS = st.floats(0.02, 4)
SPREADS = st.floats(0, 12)


def one(
    now: int, before: int, ratio: float, spread: float, dispersion: float = 0.0
) -> tuple[float, float]:
    arrays = (np.array([float(value)]) for value in (now, before, ratio, spread))
    high, low = tails(*arrays, dispersion)
    return float(high[0]), float(low[0])


def written_out(now: int, before: int, ratio: float, spread: float) -> tuple[float, float]:
    """Both tails by adding up the law term by term, each from its logarithm."""
    shape, chances = before + 0.5, []
    for k in range(now + 200 + int(6 * (before + 10) * ratio)):
        log_choose = lgamma(k + shape) - lgamma(shape) - lgamma(k + 1)
        chances.append(exp(log_choose - shape * log1p(ratio) + k * (log(ratio) - log1p(ratio))))
    high = low = 0.0
    for point, weight in zip(POINTS.tolist(), WEIGHTS.tolist(), strict=True):
        high += weight * (1 - sum(chances[: max(ceil(now - 0.5 - spread * point), 0)]))
        low += weight * sum(chances[: max(floor(now + 0.5 - spread * point) + 1, 0)])
    return high, low


@given(st.integers(0, 60), st.integers(0, 120), st.floats(0.05, 2), SPREADS)
def test_both_tails_equal_a_direct_sum(now: int, before: int, ratio: float, spread: float) -> None:
    edges = now - 0.5 - spread * POINTS
    if spread and np.isclose(edges, np.rint(edges), atol=1e-9).any():
        return  # the two round an exact half apart
    assert one(now, before, ratio, spread) == pytest.approx(
        written_out(now, before, ratio, spread), abs=1e-8
    )


@pytest.mark.parametrize("spread", [60, 100, 400])
@pytest.mark.parametrize(("now", "before", "ratio"), [(5, 16, 0.125), (0, 0, 0.01), (40, 3, 1.5)])
def test_an_error_far_wider_than_the_law_hides_nothing(
    now: int, before: int, ratio: float, spread: float
) -> None:
    """The highest step is less likely than a float can say; what lies below it is not."""
    shape = before + 0.5
    law = nbinom(shape, 1 / (1 + ratio))
    edges = np.maximum(np.ceil(np.array([[now], [now + 1]]) - 0.5 - spread * POINTS), 0)
    high, more = law.sf(edges - 1) @ WEIGHTS
    assert one(now, before, ratio, spread) == pytest.approx((high, 1 - more), abs=1e-9)


def test_they_equal_another_library_for_counts_of_all_sizes() -> None:
    draws = np.random.default_rng(2)
    now, before = (
        draws.poisson(draws.choice([0, 1, 4, 30, 400, 6000], 6000)).astype(float) for _ in range(2)
    )
    ratio = draws.choice([0.01, 0.125, 0.5, 1.0, 3.0], 6000)
    spread = draws.choice([0.0, 2.6, 5.2, 9.0], 6000)
    high, low = tails(now, before, ratio, spread)
    law = nbinom(before + 0.5, 1 / (1 + ratio))
    for got, expected in (
        (high, [law.sf(np.ceil(now - 0.5 - spread * p) - 1) for p in POINTS]),
        (low, [law.cdf(np.floor(now + 0.5 - spread * p)) for p in POINTS]),
    ):
        assert np.abs(got - WEIGHTS @ np.array(expected)).max() < 1e-8


@given(COUNTS, COUNTS, RATIOS, SPREADS)
def test_the_lower_tail_is_the_upper_one_seen_from_the_other_side(
    now: int, before: int, ratio: float, spread: float
) -> None:
    high, low = one(now, before, ratio, spread)
    assert 0 <= high <= 1
    assert 0 <= low <= 1
    assert one(now + 1, before, ratio, spread)[0] == pytest.approx(1 - low, abs=1e-12)
    assert high + low >= 1 - 1e-9
    mirrored = sum(  # without the past, half a step and the error are symmetrical
        weight * (floor(now + 0.5 - spread * point) >= ceil(now - 0.5 - spread * point))
        for point, weight in zip(POINTS, WEIGHTS, strict=True)
    )
    assert mirrored == pytest.approx(1)


@given(COUNTS, COUNTS, RATIOS, SPREADS, st.floats(0.05, 0.8))
def test_more_is_less_likely_and_a_longer_past_makes_it_likelier(
    now: int, before: int, ratio: float, spread: float, dispersion: float
) -> None:
    high = one(now, before, ratio, spread, dispersion)[0]
    assert one(now + 1, before, ratio, spread, dispersion)[0] <= high + 1e-12
    assert one(now, before + 1, ratio, spread, dispersion)[0] >= high - 1e-9


def test_dispersion_widens_the_law_by_what_it_says_and_leaves_its_mean() -> None:
    """Moments of the law, summed from its own tails."""
    before, ratio = 120, 0.125
    counts = np.arange(1, 400, dtype=float)
    for dispersion in (0.0, 0.3, 0.6):
        spans = (np.full_like(counts, value) for value in (before, ratio, 0.0))
        above, _ = tails(counts, *spans, dispersion)
        mean = above.sum()
        variance = ((2 * counts - 1) * above).sum() - mean**2
        expected = (before + 0.5) * ratio
        assert mean == pytest.approx(expected)
        rate = 1 / (before + 0.5) + dispersion**2 * (1 + 1 / (before + 0.5))
        assert variance == pytest.approx(expected + expected**2 * rate, rel=1e-6)


def test_a_rate_that_varies_alarms_too_often_until_dispersion_is_told() -> None:
    draws = np.random.default_rng(4)
    mean, number, apart = 30.0, 20_000, 0.3
    rate = draws.gamma(1 / apart**2, apart**2 * mean, number)
    now = draws.poisson(rate).astype(float)
    before = draws.poisson(8 * mean, number).astype(float)
    ratio, spread = np.full(number, 1 / 8), np.zeros(number)
    without, _ = tails(now, before, ratio, spread)
    told, _ = tails(now, before, ratio, spread, apart)
    assert np.mean(without <= 0.01) > 0.06
    assert np.mean(told <= 0.01) < 0.015


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 400), st.integers(0, 400))
def test_against_the_rest_it_is_the_beta_binomial(
    now: int, others: int, before: int, rest: int
) -> None:
    high, low = tails_against_rest(now, before, (now + others, before + rest), 0.0)
    law = betabinom(now + others, before + 0.5, rest + 0.5)
    assert high == pytest.approx(float(law.sf(now - 1)), abs=1e-8)
    assert low == pytest.approx(float(law.cdf(now)), abs=1e-8)


def test_a_small_place_is_judged_alike_by_both_laws() -> None:
    whole, history = 40_000, 320_000
    for now in (5, 20, 32):
        by_rest = tails_against_rest(now, 120, (whole, history), 2.6)
        assert one(now, 120, whole / history, 2.6) == pytest.approx(by_rest, rel=0.01, abs=1e-4)


@pytest.mark.parametrize("share", [0.4, 0.6, 0.8])
def test_a_large_place_alarms_as_often_as_said_where_the_odds_alone_would_not(share: float) -> None:
    draws = np.random.default_rng(6)
    number, period, history = 3000, 300, 1200
    now, others, before, rest = (
        draws.poisson(mean, number).astype(float)
        for total in (period, history)
        for mean in (total * share, total * (1 - share))
    )
    spread = np.hypot(2.6, 3.5 * (now + others) / (before + rest))
    shown = np.clip(np.rint(now + draws.normal(0, 2.6, number)), 0, now + others)
    past = np.clip(np.rint(before + draws.normal(0, 3.5, number)), 0, before + rest)
    told = np.array([
        tails_against_rest(y, h, (n, m), s)
        for y, h, n, m, s in zip(shown, past, now + others, before + rest, spread, strict=True)
    ])  # fmt: skip
    odds = (now + others - shown + 1) / (before + rest - past + 1)
    alone = np.stack(tails(shown, past, odds, spread), axis=1)
    assert np.mean(2 * told.min(axis=1) <= 0.05) < 0.06
    assert np.mean(2 * alone.min(axis=1) <= 0.05) > 0.1


def test_a_poisson_count_is_the_limit() -> None:
    counts, means = np.array([0.0, 3, 16, 60, 500]), np.array([2.0, 3, 25, 40, 510])
    exact = at_least(counts, means, np.zeros(5), np.zeros(5))
    assert exact == pytest.approx(poisson.sf(counts - 1, means), abs=1e-4)


@pytest.mark.parametrize("whole", [18.65, 1.2, 0.4, 60.999])
def test_a_whole_that_is_no_whole_number_has_chances_too(whole: float) -> None:
    """Events that come together are divided by how many do."""
    high, low = tails_against_rest(min(15.5, whole), 30.4, (whole, 60.0), 1.3)
    assert 0 <= high <= 1
    assert 0 <= low <= 1
