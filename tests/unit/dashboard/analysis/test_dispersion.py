"""Dispersion by hand counts and by counts that are drawn with a known one; seasons."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.dispersion import (
    COMPARED_BY_SEASON,
    about_mean,
    by_lag,
    of_level,
    of_rows,
    season,
    seasonal,
    windows_of,
)
from dashboard.model.protection import BASE

SPREAD = 2.2


def test_variance_about_the_mean_is_that_of_a_hand_count_and_never_below_one() -> None:
    counts = np.array([[2.0, 6, 10, 14], [5, 5, 5, 5]])
    # Squares 36 + 4 + 4 + 36 = 80 over 3, over a mean of 8.
    assert about_mean(counts, 0.0) == pytest.approx([80 / 3 / 8, 1])
    assert about_mean(counts, 3.0)[0] == pytest.approx((80 / 3 - 9) / 8)
    assert about_mean(np.array([[7.0]]), 0.0) == 1
    # A mean below one is taken for one.
    assert about_mean(np.array([0.0, 0, 0, 2]), 0.0) == pytest.approx(1)


def test_differences_are_those_of_a_hand_count_and_nothing_pays_for_no_noise() -> None:
    counts = np.array([4.0, 12, 4, 12])
    assert by_lag(counts, 1, 0.0) == pytest.approx(3 * 64 / 48)
    assert by_lag(counts, 1, 2.0) == pytest.approx((3 * 64 - 3 * 8) / 48)
    assert by_lag(np.array([0.0, 0, 4, 12]), 1, 1.0) == pytest.approx((16 + 64 - 2 * 2) / 20)
    assert by_lag(counts, 2, 0.0) == 1
    assert by_lag(counts, 4, 0.0) == 1


def test_a_season_is_no_dispersion_of_differences_to_the_year_before() -> None:
    counts = np.tile(30 + 25 * np.cos(np.arange(12) / 12 * 2 * np.pi), 4)
    assert by_lag(counts, 12, 0.0) == 1
    assert about_mean(counts, 0.0) > 5


def test_windows_are_whole_and_end_with_the_last_month() -> None:
    assert windows_of(np.arange(8.0), 3).tolist() == [2 + 3 + 4, 5 + 6 + 7]
    assert windows_of(np.ones((2, 5)), 6).shape == (2, 0)


def test_rows_of_a_level_have_in_common_what_a_hand_count_gives() -> None:
    rows = np.array([[0.0, 0, 6, 0, 0, 18], [3, 0, 0, 3, 0, 0]])
    # Quarters 6 and 18, 3 and 3: variance 72 of a mean of 12, and none of 3.
    assert of_level(rows, 0, 1, 9) == pytest.approx(72 / 15)
    assert of_level(rows, 0, 1, 3) == 3
    rows[1] = [0, 0, 0, 0, 0, 1]
    # Variance 72.5 of means of 12 and .5; protection can do no more to the second than its size.
    less = 2.2**2 + 5 * 0.5
    assert of_level(rows, SPREAD, BASE, 9) == pytest.approx((72.5 - less) / 12.5)
    assert of_level(rows[:, :5], 0, 1, 9) == 1
    assert of_level(np.zeros((0, 24)), 0, 1, 9) == 1


def test_of_few_events_protection_is_taken_for_no_more_than_it_can_do() -> None:
    few = np.zeros((40, 36))
    few[np.arange(40), np.arange(40) % 36] = 5
    expected = sum(
        max(0, float(np.var(row.reshape(12, 3).sum(axis=1), ddof=1)) - 5 * row.sum() / 12)
        for row in few
    )
    assert expected == 0
    assert of_level(few, SPREAD, BASE, 9) == 1


@pytest.mark.parametrize("size", [1, 3])
def test_events_that_come_in_groups_are_told_by_their_size(size: int) -> None:
    rows = size * np.random.default_rng(size).poisson(8 / size, (60, 48)).astype(float)
    assert of_level(rows, 0, 1, 99) == pytest.approx(size, rel=0.1)
    assert of_rows(rows, 3, 1.0, 0, 0).mean() == pytest.approx(size, rel=0.25)


def test_a_row_has_its_own_dispersion_only_where_it_can_be_told() -> None:
    wild, few = np.tile([0.0, 12], 18), np.tile([0.0, 4], 18)
    dispersion = of_rows(np.stack([wild, few]), 1, 1.5, 0, 0)
    assert dispersion[0] == pytest.approx(about_mean(wild, 0.0))
    assert dispersion[1] == 1.5  # two a month are too few
    assert of_rows(np.stack([wild]), 1, 50.0, 0, 0)[0] == 50


def test_windows_that_swing_tell_more_than_months_that_do_not() -> None:
    swinging = np.repeat([[1.0, 7.0] * 6], 3, axis=1)
    by_month = of_rows(swinging, 1, 1.0, 0, 0)[0]
    by_quarter = of_rows(swinging, 3, 1.0, 0, 0)[0]
    assert by_quarter == pytest.approx(float(np.var([3.0, 21] * 6, ddof=1)) / 12)
    assert by_quarter > by_month
    assert of_rows(swinging[:, :15], 3, 1.0, 0, 0)[0] < 4  # five windows are too few


def test_a_season_is_told_by_the_chi_square_of_a_hand_count() -> None:
    months = np.tile(np.repeat([6.0, 2, 2, 2], 3), 2)
    # Quarters of two years hold 36, 12, 12, 12 of 18 each: 18² + 3 * 6² over 18.
    assert seasonal(months[None], 1.0, 0.0)[0] == pytest.approx(432 / 18)
    assert seasonal(months[None], 2.0, 0.0)[0] == pytest.approx(432 / 36)
    assert seasonal(months[None], 1.0, 3.0)[0] == pytest.approx(432 / (18 + 2 * 9))
    assert seasonal(months[None] / 2, 1.0, 0.0)[0] == 0  # nine a quarter are too few
    assert seasonal(2 * months[None, :23], 1.0, 0.0)[0] == 0  # one year


def test_one_row_in_ten_without_a_season_is_compared_by_one() -> None:
    rows = np.random.default_rng(3).poisson(5, (4_000, 36)).astype(float)
    share = (seasonal(rows, 1.0, 0.0) > COMPARED_BY_SEASON).mean()
    assert share == pytest.approx(0.10, abs=0.02)


@pytest.mark.parametrize("first", range(12))
def test_a_season_may_go_over_the_turn_of_the_year(first: int) -> None:
    counts = np.ones(12)
    counts[[first, (first + 1) % 12, (first + 2) % 12]] = 20
    assert season(counts) == (first + 1, 3)
