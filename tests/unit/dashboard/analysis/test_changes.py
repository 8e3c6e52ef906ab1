"""The strongest changes are beyond protection error, in order, and say what speaks against them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.changes import Change, Counted, strongest
from dashboard.analysis.expected_error import NO_ERROR, ExpectedError, assumed

COUNTS = st.integers(0, 400)
CODES = st.uuids().map(str)


def entries(base: int) -> st.SearchStrategy[list[Counted]]:
    built = st.builds(
        Counted, st.just("area"), CODES, COUNTS, COUNTS, st.just(base), st.just(error_of(base))
    )
    return st.lists(built, max_size=30)


def error_of(base: int) -> ExpectedError:
    return NO_ERROR if base == 1 else assumed(base)


def counted(code: str, now: int, before: int, base: int = 5) -> Counted:
    return Counted("area", code, now, before, base, error_of(base))


def one(
    now: int, before: int, base: int = 5, *, partners: int = 0, late: bool = False
) -> tuple[Change, ...]:
    return strongest([counted("A", now, before, base)], partners=partners, late=late)


def test_a_difference_within_protection_error_is_no_change() -> None:
    assert one(39, 20) == ()
    assert len(one(40, 20)) == 1
    assert len(one(3, 2, base=1)) == 1


def test_a_change_of_few_units_says_so_and_one_that_could_be_chance_too() -> None:
    assert one(24, 4)[0].doubts == ("few",)
    assert one(200, 180)[0].doubts == ("chance",)
    assert one(150, 60)[0].doubts == ()


def test_partners_that_moved_the_same_way_are_a_doubt_and_the_other_way_are_none() -> None:
    assert one(150, 60, partners=1)[0].doubts == ("reporting",)
    assert one(150, 60, partners=-1)[0].doubts == ()
    assert one(60, 150, partners=-1)[0].doubts == ("reporting",)


def test_late_reports_are_a_doubt_of_a_fall_and_not_of_a_rise() -> None:
    assert one(60, 150, late=True)[0].doubts == ("late",)
    assert one(150, 60, late=True)[0].doubts == ()


def test_a_large_area_does_not_hide_a_small_one_that_changed_more() -> None:
    found = strongest([counted("large", 1020, 1000), counted("small", 60, 20)])
    assert [change.counted.code for change in found] == ["small", "large"]


def test_what_is_sure_alone_may_be_chance_among_many_that_were_looked_through() -> None:
    others = [counted(f"B{number}", 100, 100) for number in range(40)]
    risen = counted("A", 138, 100)
    assert strongest([risen])[0].doubts == ()
    assert strongest([risen, *others])[0].doubts == ("chance",)


def test_where_nothing_changed_hardly_ever_a_change_is_called_more_than_chance() -> None:
    """Twenty values in two equal years, protected, three hundred times."""
    draws = np.random.default_rng(3)
    sure = 0
    for _ in range(300):
        sizes = np.rint(draws.poisson(100, (20, 2)) + draws.normal(0, 5, (20, 2))).astype(int)
        looked = [counted(str(n), *both) for n, both in enumerate(sizes.tolist())]
        sure += any(not change.doubts for change in strongest(looked))
    assert sure / 300 <= 0.08


@given(st.sampled_from([1, 5, 10]).flatmap(entries))
def test_they_come_strongest_first_and_never_within_the_error(looked: list[Counted]) -> None:
    found = strongest(looked)
    strengths = [change.strength for change in found]
    assert strengths == sorted(strengths, reverse=True)
    for change in found:
        base = change.counted.base
        error = 0 if base == 1 else 2 * 2**0.5 * base
        assert abs(change.counted.difference) >= base + error


@given(entries(5))
def test_swapping_the_periods_keeps_the_strength_and_turns_the_direction(
    looked: list[Counted],
) -> None:
    turned = [Counted(e.group, e.code, e.before, e.now, e.base, e.error) for e in looked]
    now, before = strongest(looked), strongest(turned)
    assert {c.counted.code: c.strength for c in now} == {c.counted.code: c.strength for c in before}
    assert {c.counted.code: c.doubts for c in now} == {c.counted.code: c.doubts for c in before}


def test_events_that_come_together_need_a_larger_change() -> None:
    def of(together: float) -> Counted:
        return Counted("promise", "job", 60, 30, 1, NO_ERROR, together=together)

    (alone,), (many,) = strongest([of(1)]), strongest([of(4)])
    assert many.strength == pytest.approx(alone.strength / 2)
    assert (alone.doubts, many.doubts) == ((), ("chance",))
