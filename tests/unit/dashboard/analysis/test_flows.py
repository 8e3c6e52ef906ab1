"""Flows: folding, widths and curves."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.extents import mercator
from dashboard.analysis.flows import Point, chevron, curve, keep_largest, middle, width_classes

COUNTS = st.dictionaries(st.sampled_from("abcdefghijklm"), st.integers(1, 500))
POINT = st.tuples(st.floats(60, 110).map(lambda x: round(x, 2)),
                  st.floats(-5, 30).map(lambda x: round(x, 2)))  # fmt: skip


@given(counts=COUNTS, keep=st.integers(1, 12))
def test_folding_loses_nobody(counts: dict[str, int], keep: int) -> None:
    assert sum(keep_largest(counts, keep, "other").values()) == sum(counts.values())


@given(counts=COUNTS, keep=st.integers(1, 12), other=st.integers(0, 50))
def test_a_folded_column_has_one_more_entry_than_is_kept_at_most(
    counts: dict[str, int], keep: int, other: int
) -> None:
    folded = keep_largest({**counts, **({"other": other} if other else {})}, keep, "other")
    assert len(folded) <= keep + 1
    if "other" in folded:
        assert list(folded)[-1] == "other"


def test_what_fits_is_not_folded() -> None:
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


@given(start=POINT, end=POINT)
def test_a_curve_begins_and_ends_at_its_places(start: Point, end: Point) -> None:
    points = curve(start, end)
    assert points[0] == pytest.approx(start, abs=2e-3)
    assert points[-1] == pytest.approx(end, abs=2e-3)


@given(start=POINT, end=POINT)
def test_there_and_back_lie_apart(start: Point, end: Point) -> None:
    if math.dist(start, end) < 0.5:
        return
    there, back = middle(curve(start, end)), middle(curve(end, start))
    assert math.dist(there, back) > 0.1 * math.dist(start, end)


@given(start=POINT, end=POINT, size=st.floats(0.05, 2))
def test_a_chevron_points_where_the_flow_goes(start: Point, end: Point, size: float) -> None:
    if math.dist(start, end) < 2:
        return
    left, tip, right = chevron(curve(start, end), size)
    back = (left[0] + right[0]) / 2, (mercator(left[1]) + mercator(right[1])) / 2
    ahead = tip[0] - back[0], mercator(tip[1]) - back[1]
    whole = end[0] - start[0], mercator(end[1]) - mercator(start[1])
    assert ahead[0] * whole[0] + ahead[1] * whole[1] > 0
