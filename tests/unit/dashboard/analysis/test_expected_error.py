"""The error that echoes let expect: of numbers above 0, and of every size by itself."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.expected_error import (
    BORROWED,
    EDGES,
    FACTOR,
    FEW,
    LEADS,
    NO_ERROR,
    ExpectedError,
    Spread,
    Sums,
    assumed,
    expected_error,
    leads,
    likelihood_of_lead,
)


def test_the_error_is_the_root_of_the_mean_square_and_zeros_are_left_out() -> None:
    shown = np.array([10.0, 20.0, 0.0, 0.0])
    told = expected_error(Sums.of(shown, np.array([3.0, -4.0, -1.0, 0.0])), base=5)
    assert told.error == pytest.approx(FACTOR * (25 / 2) ** 0.5)
    assert told.numbers == 2


def test_each_size_has_its_own_shift_and_spread() -> None:
    random = np.random.default_rng(1)
    shown = np.repeat([0.0, 5.0, 100.0], 4000)
    shift = np.repeat([-2.0, 2.0, 0.0], 4000)
    spread = np.repeat([1.0, 2.0, 5.0], 4000)
    told = expected_error(Sums.of(shown, random.normal(shift, spread)), base=5)
    for size, mean, deviation in ((0, -2, 1), (6, 2, 2), (300, 0, 5)):
        assert told.of(size).shift == pytest.approx(mean, abs=0.2)
        assert told.of(size).spread == pytest.approx(FACTOR * deviation, rel=0.1)


def test_a_size_with_few_numbers_is_judged_by_the_others_too() -> None:
    shown = np.array([5.0] * 100 + [50.0])
    errors = np.array([3.0, -3.0] * 50 + [0.0])
    told = expected_error(Sums.of(shown, errors), base=5)
    usual = float(np.std(errors))
    expected = FACTOR * (BORROWED * usual**2 / (BORROWED + 1)) ** 0.5
    assert told.of(50).spread == pytest.approx(expected)
    assert told.of(50).shift == 0


@pytest.mark.parametrize(("shown", "size"), [(0, 0), (5, 1), (7, 1), (8, 2), (16, 3), (41, 4)])
def test_sizes_end_between_whole_numbers(shown: int, size: int) -> None:
    told = expected_error(Sums.of(np.zeros(0), np.zeros(0)), base=5)
    assert len(told.sizes) == len(EDGES) + 1
    assert told.of(shown) is told.sizes[size]


def test_where_no_echo_shows_anything_the_error_is_a_unit() -> None:
    told = expected_error(Sums.of(np.zeros(3), np.array([-1.0, 0.0, -2.0])), base=5)
    assert told.error == FACTOR * 5
    assert told.numbers == 0
    assert told.is_from_few


def test_few_numbers_are_said() -> None:
    def numbers(count: int) -> bool:
        return expected_error(Sums.of(np.full(count, 10.0), np.ones(count)), base=5).is_from_few

    assert numbers(FEW - 1)
    assert not numbers(FEW)


def test_records_have_no_error() -> None:
    assert NO_ERROR.error == 0
    assert NO_ERROR.of(3).spread == 0
    assert not NO_ERROR.is_from_few


def test_what_leads_is_as_likely_the_largest_as_a_draw_of_its_errors_says() -> None:
    shown = np.array([40.0, 33.0, 31.0, 12.0])
    sizes = (Spread(-1.0, 1.5), Spread(2.0, 2.0), Spread(1.0, 3.0), Spread(0.0, 4.0),
             Spread(0.0, 4.0))  # fmt: skip
    error = ExpectedError(4.0, 100, sizes)
    random = np.random.default_rng(2)
    spreads = [error.of(number) for number in shown]
    drawn = np.array(
        [random.normal(number - own.shift, own.spread, 200_000)
         for number, own in zip(shown, spreads, strict=True)]
    )  # fmt: skip
    first = float((drawn.argmax(axis=0) == 0).mean())
    assert likelihood_of_lead(shown.tolist(), error) == pytest.approx(first, abs=0.005)


def test_a_leader_needs_more_than_one_that_is_close_and_more_among_many() -> None:
    assert leads([40, 27], assumed(5))
    assert not leads([40, 27, 27, 27, 27], assumed(5))
    assert not leads([40, 30], assumed(5))
    assert leads([40], assumed(5))
    assert likelihood_of_lead([20, 20], assumed(5)) == pytest.approx(0.5)
    assert leads([21, 20], NO_ERROR)
    assert not leads([20, 20], NO_ERROR)
    assert LEADS == 0.95


def test_a_single_unit_beside_nothing_may_be_nothing_itself() -> None:
    """A shown 5 stands above its truth and a shown 0 below it."""
    nothing, unit = Spread(-0.5, 1.5, FEW), Spread(2.5, 2.5)
    error = ExpectedError(3.0, 100, (nothing, unit, unit, unit, unit))
    assert not leads([5, 0], error)
    assert error.most_of_none == pytest.approx(3.5)
    rarely = ExpectedError(3.0, 100, (Spread(-0.5, 1.5, FEW - 1), *(unit,) * 4))
    assert rarely.most_of_none is None
