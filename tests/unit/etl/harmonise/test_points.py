from __future__ import annotations

import pytest

from etl.declaration.source import Column
from etl.harmonise.points import point


def column(form: str) -> Column:
    return Column("Point", "derive", "point", formats=(form,))


@pytest.mark.parametrize(
    ("form", "cell", "expected"),
    [
        ("wkt", ("POINT (92.1 21.2)",), (92.1, 21.2)),
        ("wkt", ("POINT(-92.1 21)",), (-92.1, 21.0)),
        ("lon_lat", ("92.1", "21.2"), (92.1, 21.2)),
        ("lat_lon", ("21.2, 92.1",), (92.1, 21.2)),
        ("lat_lon", ("21.2 92.1 0 0",), (92.1, 21.2)),
        ("lat_lon", ("(21.2, 92.1)",), (92.1, 21.2)),
        ("wkt", ("",), None),
    ],
)
def test_points_are_read_as_declared(
    form: str, cell: tuple[str, ...], expected: tuple[float, float] | None
) -> None:
    assert point(column(form), cell).value == expected


@pytest.mark.parametrize(
    ("form", "text"),
    [("wkt", "92.1 21.2"), ("lon_lat", "92.1"), ("lon_lat", "21.2 92.1"), ("wkt", "POINT EMPTY")],
)
def test_what_is_no_point_in_the_declared_form_is_refused(form: str, text: str) -> None:
    assert point(column(form), (text,)).rule == "bad_point"


def test_degrees_out_of_range_are_refused() -> None:
    assert point(column("lat_lon"), ("92.1 21.2",)).rule == "bad_point"
