"""The strongest changes are beyond protection error, in order, and say what speaks against them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.changes import Counted, strongest

COUNTS = st.integers(0, 400)
ENTRIES = st.lists(
    st.builds(Counted, st.just("area"), st.uuids().map(str), COUNTS, COUNTS), max_size=30
)


def one(now: int, before: int, base: int = 5, partners: int = 0):
    return strongest([Counted("area", "A", now, before)], base=base, partners=partners)


def test_a_difference_within_protection_error_is_no_change() -> None:
    assert one(30, 20) == ()
    assert len(one(31, 20)) == 1
    assert len(one(3, 2, base=1)) == 1


def test_a_change_of_few_units_says_so_and_one_that_could_be_chance_too() -> None:
    assert one(20, 5)[0].doubts == ("few",)
    assert one(100, 85)[0].doubts == ("chance",)
    assert one(150, 60)[0].doubts == ()


def test_partners_that_moved_the_same_way_are_a_doubt_and_the_other_way_are_none() -> None:
    assert one(150, 60, partners=1)[0].doubts == ("reporting",)
    assert one(150, 60, partners=-1)[0].doubts == ()
    assert one(60, 150, partners=-1)[0].doubts == ("reporting",)


def test_a_large_area_does_not_hide_a_small_one_that_changed_more() -> None:
    found = strongest(
        [Counted("area", "large", 1020, 1000), Counted("area", "small", 60, 20)], base=5
    )
    assert [change.counted.code for change in found] == ["small", "large"]


@given(ENTRIES, st.sampled_from([1, 5, 10]), st.integers(1, 8))
def test_they_come_strongest_first_and_never_within_the_error(
    entries: list[Counted], base: int, top: int
) -> None:
    found = strongest(entries, base=base, top=top)
    strengths = [change.strength for change in found]
    assert strengths == sorted(strengths, reverse=True)
    assert len(found) <= top
    error = 0 if base == 1 else 2 * base
    assert all(abs(change.counted.difference) > error for change in found)


@given(ENTRIES)
def test_swapping_the_periods_keeps_the_strength_and_turns_the_direction(
    entries: list[Counted],
) -> None:
    turned = [Counted(e.group, e.code, e.before, e.now) for e in entries]
    now, before = strongest(entries, base=5, top=99), strongest(turned, base=5, top=99)
    assert {c.counted.code: c.strength for c in now} == {c.counted.code: c.strength for c in before}
