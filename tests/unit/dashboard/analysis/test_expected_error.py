"""The error that echoes let expect: of numbers above 0, and of every size by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import expected_error as errors
from dashboard.analysis.compare import compared
from dashboard.analysis.expected_error import FEW, NO_ERROR, Spread, Sums, assumed, expected_error
from dashboard.model.protection import BASE


def test_the_error_is_the_root_of_the_mean_square_and_zeros_are_left_out() -> None:
    numbers = np.tile([10.0, 20.0, 0.0, 0.0], FEW)
    error = expected_error(Sums.of(numbers, np.tile([3.0, -4.0, -1.0, 0.0], FEW)), base=5)
    assert error.typical == pytest.approx(errors.FACTOR * (25 / 2) ** 0.5)
    assert error.numbers == 2 * FEW


def test_few_numbers_that_all_happen_to_be_right_still_have_a_range() -> None:
    for count in range(1, FEW):
        error = expected_error(Sums.of(np.full(count, 10.0), np.zeros(count)), base=5)
        low, high = error.interval(10)
        assert low < 10 < high
    spreads = [
        expected_error(Sums.of(np.full(count, 10.0), np.full(count, 2.0)), base=5).typical
        for count in range(FEW + 1)
    ]
    assert spreads == sorted(spreads, reverse=True), "the fewer, the wider"
    assert spreads[0] == errors.FACTOR * 5
    assert spreads[-1] == pytest.approx(errors.FACTOR * 2)


def test_each_size_has_its_own_shift_and_spread() -> None:
    random = np.random.default_rng(1)
    numbers = np.repeat([0.0, 5.0, 100.0], 4000)
    shift = np.repeat([-2.0, 2.0, 0.0], 4000)
    spread = np.repeat([1.0, 2.0, 5.0], 4000)
    error = expected_error(Sums.of(numbers, random.normal(shift, spread)), base=5)
    for size, mean, deviation in ((0, -2, 1), (6, 2, 2), (300, 0, 5)):
        assert error.at(size).shift == pytest.approx(mean, abs=0.2)
        assert error.at(size).spread == pytest.approx(errors.FACTOR * deviation, rel=0.1)


def test_a_size_with_few_numbers_is_judged_by_the_others_too() -> None:
    numbers = np.array([5.0] * 100 + [50.0])
    drawn = np.array([3.0, -3.0] * 50 + [0.0])
    error = expected_error(Sums.of(numbers, drawn), base=5)
    usual = float(np.std(drawn))
    expected = errors.FACTOR * (errors.BORROWED * usual**2 / (errors.BORROWED + 1)) ** 0.5
    assert error.at(50).spread == pytest.approx(expected)
    assert error.at(50).shift == 0


@pytest.mark.parametrize(("shown", "size"), [(0, 0), (5, 1), (7, 1), (8, 2), (16, 3), (41, 4)])
def test_sizes_end_between_whole_numbers(shown: int, size: int) -> None:
    error = expected_error(Sums.of(np.zeros(0), np.zeros(0)), base=5)
    assert len(error.sizes) == len(errors.EDGES) + 1
    assert error.at(shown) == error.sizes[size]


def test_what_drifts_grows_with_a_number_and_is_hardly_in_a_difference_of_two_times() -> None:
    zeros = Sums.of(np.full(100, 400.0), np.zeros(100))
    still, drifting = (expected_error(zeros, base=5, drift=drift) for drift in (0.0, 0.03))
    assert (still.typical, still.at(900).spread) == (0, 0)
    assert drifting.typical == pytest.approx(0.03 * 400)
    assert drifting.at(900).spread == pytest.approx(0.03 * 900)
    assert drifting.interval(900) == (846, 954)
    assert drifting.of_difference(900, 800).spread == pytest.approx(0.03 * 100)
    assert compared(900, 800, drifting).low == compared(900, 800, still).low


def test_where_no_echo_shows_anything_the_error_is_a_unit() -> None:
    error = expected_error(Sums.of(np.zeros(3), np.array([-1.0, 0.0, -2.0])), base=5)
    assert error.typical == errors.FACTOR * 5
    assert error.numbers == 0
    assert error.is_from_few


def test_few_numbers_are_said() -> None:
    def numbers(count: int) -> bool:
        return expected_error(Sums.of(np.full(count, 10.0), np.ones(count)), base=5).is_from_few

    assert numbers(FEW - 1)
    assert not numbers(FEW)


def test_records_have_no_error() -> None:
    assert NO_ERROR.typical == 0
    assert NO_ERROR.at(3).spread == 0
    assert not NO_ERROR.is_from_few


def test_what_leads_is_as_likely_the_largest_as_a_draw_of_its_errors_says() -> None:
    numbers = np.array([40.0, 33.0, 31.0, 12.0])
    sizes = (Spread(-1.0, 1.5), Spread(2.0, 2.0), Spread(1.0, 3.0), Spread(0.0, 4.0),
             Spread(0.0, 4.0))  # fmt: skip
    error = errors.ExpectedError(4.0, 100, sizes, BASE)
    random = np.random.default_rng(2)
    spreads = [error.at(number) for number in numbers]
    samples = np.array(
        [random.normal(number - own.shift, own.spread, 200_000)
         for number, own in zip(numbers, spreads, strict=True)]
    )  # fmt: skip
    first = float((samples.argmax(axis=0) == 0).mean())
    assert errors.likelihood_of_lead(numbers.tolist(), error) == pytest.approx(first, abs=0.005)


def test_a_leader_needs_more_than_one_that_is_close_and_more_among_many() -> None:
    assert errors.leads([40, 27], assumed(5))
    assert not errors.leads([40, 27, 27, 27, 27], assumed(5))
    assert not errors.leads([40, 30], assumed(5))
    assert errors.leads([40], assumed(5))
    assert errors.likelihood_of_lead([20, 20], assumed(5)) == pytest.approx(0.5)
    assert errors.leads([21, 20], NO_ERROR)
    assert not errors.leads([20, 20], NO_ERROR)
    assert errors.LEADS == 0.95


def test_a_single_unit_beside_nothing_may_be_nothing_itself() -> None:
    """A shown 5 stands above its truth and a shown 0 below it."""
    nothing, unit = Spread(-0.5, 1.5, FEW), Spread(2.5, 2.5)
    error = errors.ExpectedError(3.0, 100, (nothing, unit, unit, unit, unit), BASE)
    assert not errors.leads([5, 0], error)
    assert error.most_of_none == pytest.approx(3.5)
    rarely = errors.ExpectedError(3.0, 100, (Spread(-0.5, 1.5, FEW - 1), *(unit,) * 4), BASE)
    assert rarely.most_of_none is None


#: Too much is shown of a single unit and too little of nothing; larger numbers are right.
UNEVEN = errors.ExpectedError(
    3.0, 100, (Spread(-0.5, 1.5), Spread(2.5, 2.0), Spread(0.0, 3.0), Spread(-1.2, 4.0),
               Spread(0.0, 5.0)), BASE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "ends"),
    [
        (0, (0, 4)),  # 0.5 more than it shows, give or take 3
        (5, (0, 7)),  # 2.5 less, give or take 4
        (10, (4, 16)),
        (20, (13, 30)),  # 21.2, give or take 8: no end is said closer than it is
        (50, (40, 60)),
    ],
)
def test_an_interval_is_two_spreads_about_what_a_number_stands_for(
    shown: int, ends: tuple[int, int]
) -> None:
    assert UNEVEN.interval(shown) == ends


def test_what_is_shown_always_lies_in_its_own_interval() -> None:
    high = errors.ExpectedError(1.0, 100, (Spread(9.0, 1.0),) * 5, BASE)
    low = errors.ExpectedError(1.0, 100, (Spread(-9.0, 1.0),) * 5, BASE)
    assert high.interval(20) == (9, 20)
    assert low.interval(20) == (20, 31)
    assert NO_ERROR.interval(20) == (20, 20)


@given(shown=st.integers(0, 5000), shift=st.floats(-9, 9), spread=st.floats(0, 50))
def test_an_interval_holds_the_number_and_is_never_below_nothing(
    shown: int, shift: float, spread: float
) -> None:
    low, high = errors.ExpectedError(1.0, 9, (Spread(shift, spread),) * 5, BASE).interval(shown)
    assert 0 <= low <= shown <= high
    assert low <= max(shown - shift - 2 * spread, 0) + 1e-6
    assert high >= shown - shift + 2 * spread - 1e-6


@pytest.mark.parametrize(
    ("numbers", "each", "tells"),
    [
        ([11], False, True), ([10], False, False),  # above nothing by more than two errors
        ([20, 10], False, True), ([19, 10], False, False),  # two thirds of all there is
        ([20, 10, 0], False, True), ([0, 0], False, True), ([], False, True), ([], True, True),
        ([11, 11, 3], True, True), ([90, 3, 3], True, False), ([90, 3, 3], False, True),
    ],
)  # fmt: skip
def test_numbers_tell_something_where_most_of_them_stand_above_nothing(
    numbers: list[int], each: bool, tells: bool
) -> None:
    assert errors.telling(numbers, assumed(5), are_alike=each) is tells
    assert pytest.approx(2 / 3) == errors.TELLING


@given(numbers=st.lists(st.integers(0, 500), max_size=9), each=st.booleans())
def test_records_always_tell_and_a_smaller_error_never_tells_less(
    numbers: list[int], each: bool
) -> None:
    assert errors.telling(numbers, NO_ERROR)
    assert errors.telling([number for number in numbers if number], NO_ERROR, are_alike=each)
    informative = [
        errors.telling(numbers, assumed(base), are_alike=each) for base in (1, 5, 10, 50)
    ]
    assert informative == sorted(informative, reverse=True)


@pytest.mark.parametrize("first", [1, 3])
def test_being_among_the_first_is_as_likely_as_draws_say(first: int) -> None:
    numbers = [40, 30, 22, 20, 20, 18, 5, 5, 0]
    error = errors.ExpectedError(4.0, 99, tuple(Spread(1.0, 2.0 + size) for size in range(5)), BASE)
    draws = np.random.default_rng(9)
    spreads = [error.at(number) for number in numbers]
    means = np.array([max(n - s.shift, 0) for n, s in zip(numbers, spreads, strict=True)])
    samples = draws.normal(means, [s.spread for s in spreads], (100_000, len(numbers)))
    ranks = np.argsort(-samples, axis=1)[:, :first]
    likelihoods = errors.likelihood_among_first(numbers, error, first)
    for place, likelihood in enumerate(likelihoods):
        assert likelihood == pytest.approx(float((ranks == place).any(axis=1).mean()), abs=0.01)


@given(st.lists(st.integers(0, 90), max_size=25), st.integers(1, 4))
def test_as_many_are_among_the_first_as_there_are_places(numbers: list[int], first: int) -> None:
    likelihoods = errors.likelihood_among_first(numbers, assumed(5), first)
    assert len(likelihoods) == len(numbers)
    assert sum(likelihoods) == pytest.approx(min(first, len(numbers)), abs=0.03)
    order = np.argsort(numbers, kind="stable")
    assert (np.diff(np.array(likelihoods)[order]) >= -1e-9).all()


def test_the_first_of_one_is_the_one_that_leads() -> None:
    numbers = [30, 22, 9]
    assert errors.likelihood_among_first(numbers, assumed(5), 1)[0] == pytest.approx(
        errors.likelihood_of_lead(numbers, assumed(5)), abs=1e-5
    )


def test_exact_numbers_that_are_equal_take_no_place_from_each_other() -> None:
    assert errors.likelihood_among_first([9, 5, 5, 5], NO_ERROR) == (1.0, 0.0, 0.0, 0.0)
    assert errors.likelihood_among_first([9, 5, 5], NO_ERROR) == (1.0, 1.0, 1.0)
