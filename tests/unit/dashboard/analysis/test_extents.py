"""Boxes and cameras of maps."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.extents import BANGLADESH, box_around, camera, latitude, mercator

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


def test_bangladesh_fits_into_the_map_of_a_phone() -> None:
    seen = camera(BANGLADESH, width=360, height=440)
    west, south, east, north = BANGLADESH
    pixels = 512 * 2**seen.zoom / 360
    assert (east - west) * pixels <= 361
    assert (mercator(north) - mercator(south)) * pixels <= 443
    assert seen.lon == pytest.approx((west + east) / 2)


@given(lat=st.floats(-80, 80))
def test_latitude_undoes_mercator(lat: float) -> None:
    assert math.isclose(latitude(mercator(lat)), lat, abs_tol=1e-9)
