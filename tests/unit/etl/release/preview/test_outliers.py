"""A month that lies far outside its own past year is named, and no other."""

from __future__ import annotations

import numpy as np
import pytest

from etl.release.preview.outliers import share_outliers, total_outliers

YEAR = [50, 52, 47, 51, 49, 50, 53, 48, 50, 51, 49, 50]


def months(found) -> list[int]:
    return [outlier.index for outlier in found]


@pytest.mark.parametrize(("last", "named"), [(50, []), (70, []), (90, [12]), (10, [12])])
def test_a_total_is_named_when_it_is_far_from_the_year_before(last: int, named: list[int]) -> None:
    assert months(total_outliers([*YEAR, last], base=5, year=12)) == named


def test_less_than_half_a_year_is_no_past() -> None:
    assert months(total_outliers([50, 50, 50, 50, 50, 500], base=5, year=12)) == []
    assert months(total_outliers([50, 50, 500], base=5, year=4)) == [2]


def test_a_year_that_ended_before_the_last_twelve_months_does_not_count() -> None:
    values = [500] * 6 + [50] * 12
    assert 17 not in months(total_outliers(values, base=5, year=12))


def test_differences_that_units_cannot_tell_are_not_named() -> None:
    assert months(total_outliers([2] * 12 + [11], base=5, year=12)) == []
    assert months(total_outliers([2] * 12 + [13], base=5, year=12)) == [12]


@pytest.mark.parametrize(("last", "named"), [(10, []), (16, []), (35, [12])])
def test_a_share_is_named_when_it_is_far_from_the_year_before(last: int, named: list[int]) -> None:
    parts = [*[10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 9, 10], last]
    assert months(share_outliers(parts, [50] * 13, base=5, year=12)) == named


def test_a_period_without_events_has_no_share() -> None:
    assert months(share_outliers([10] * 12 + [0], [50] * 12 + [0], base=5, year=12)) == []


def test_chance_alone_is_hardly_ever_named() -> None:
    random = np.random.default_rng(1)
    named = tested = 0
    for _ in range(200):
        totals = random.poisson(50, 36).tolist()
        named += len(months(total_outliers(totals, base=5, year=12)))
        tested += 30
    assert named / tested < 0.01
