"""Number classes of maps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.classes import class_of, number_classes

BASES = st.sampled_from((1, 5, 10, 20))


@given(largest=st.integers(1, 2_000_000), base=BASES)
def test_classes_follow_each_other_without_gaps_and_hold_the_largest_number(
    largest: int, base: int
) -> None:
    classes = number_classes(largest, base)
    assert classes[0].low == base
    for below, above in zip(classes, classes[1:], strict=False):
        assert below.high is not None
        assert above.low == below.high + 1
    last = classes[-1]
    assert last.high is None or last.high >= largest
    assert last.low <= max(largest, base)


@given(largest=st.integers(1, 2_000_000), base=BASES)
def test_a_legend_has_at_most_five_number_classes(largest: int, base: int) -> None:
    assert 1 <= len(number_classes(largest, base)) <= 5


@given(largest=st.integers(10, 100_000))
def test_only_protected_numbers_have_a_class_called_a_few(largest: int) -> None:
    assert [entry.few for entry in number_classes(largest, 5)].count(True) == 1
    assert number_classes(largest, 5)[0].high == 9
    assert not any(entry.few for entry in number_classes(largest, 1))


def test_without_protection_small_numbers_stand_alone() -> None:
    assert [(c.low, c.high) for c in number_classes(3, 1)] == [(1, 1), (2, 2), (3, 3)]


def test_nothing_to_class_gives_no_classes() -> None:
    assert number_classes(0, 5) == ()


def test_breaks_stay_while_the_largest_number_grows_a_little() -> None:
    lows = [tuple(c.low for c in number_classes(largest, 5)) for largest in (90, 120, 200, 239)]
    assert len(set(lows)) == 1


@given(values=st.lists(st.integers(0, 500), min_size=1), base=BASES)
def test_every_number_falls_into_the_class_that_holds_it(values: list[int], base: int) -> None:
    classes = number_classes(max(values), base)
    for value, index in zip(values, class_of(values, classes), strict=True):
        if index == -1:
            assert not classes or value < classes[0].low
        else:
            entry = classes[index]
            assert entry.low <= value
            assert entry.high is None or value <= entry.high
