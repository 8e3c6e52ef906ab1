"""Flows: the largest kept, and widths."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.flows import keep_largest, width_classes

COUNTS = st.dictionaries(st.sampled_from("abcdefghijklm"), st.integers(1, 500))


@given(counts=COUNTS, keep=st.integers(1, 12))
def test_keeping_the_largest_loses_nobody(counts: dict[str, int], keep: int) -> None:
    assert sum(keep_largest(counts, keep, "other").values()) == sum(counts.values())


@given(counts=COUNTS, keep=st.integers(1, 12), other=st.integers(0, 50))
def test_a_column_has_one_more_entry_than_is_kept_at_most(
    counts: dict[str, int], keep: int, other: int
) -> None:
    largest = keep_largest({**counts, **({"other": other} if other else {})}, keep, "other")
    assert len(largest) <= keep + 1
    if "other" in largest:
        assert list(largest)[-1] == "other"


def test_what_fits_is_kept_whole() -> None:
    assert keep_largest({"a": 1, "b": 2}, 2, "other") == {"b": 2, "a": 1}


def test_equal_counts_keep_their_order() -> None:
    assert list(keep_largest({"a": 3, "b": 3, "c": 9}, 9, "other")) == ["c", "a", "b"]


@given(sizes=st.lists(st.integers(10, 5000), min_size=1), least=st.sampled_from((1, 10)))
def test_wider_lines_are_larger_flows(sizes: list[int], least: int) -> None:
    classes, lows = width_classes(sizes, least=least)
    assert lows[0] == least
    assert lows == sorted(set(lows))
    assert len(lows) <= 5
    for size, index in zip(sizes, classes, strict=True):
        assert lows[index] <= size
        assert index == len(lows) - 1 or size < lows[index + 1]


def test_no_flows_have_no_widths() -> None:
    assert width_classes([], least=10)[0] == []
