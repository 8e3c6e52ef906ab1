"""Boxes of maps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.extents import box_around

POINTS = st.lists(
    st.tuples(st.floats(-170, 170), st.floats(-60, 70)), min_size=1, max_size=20
)  # fmt: skip


@given(points=POINTS)
def test_a_box_holds_every_point_with_room_around_it(points: list[tuple[float, float]]) -> None:
    box = box_around(points, margin=0.1, least=0.2)
    assert box is not None
    west, south, east, north = box
    for lon, lat in points:
        assert west < lon < east
        assert south < lat < north


def test_a_single_place_still_has_a_map() -> None:
    assert box_around([(92.0, 21.4)], margin=0.3, least=0.25) == (91.75, 21.15, 92.25, 21.65)


def test_no_points_have_no_box() -> None:
    assert box_around([], margin=0.1, least=0.2) is None
