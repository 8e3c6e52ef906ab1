"""Home: the area that was chosen, else the smallest with half of a year's incidents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dashboard.exhibits.counts.home import COUNTRY, home, way_up
from dashboard.release.open_release import Release
from tests.support.releases import built, day


def some(number: int, place: str | None, **more: object) -> list[Mapping[str, object]]:
    own = {"month": day("2026-06"), "place_role": "recruitment", "size": 5, "place": place}
    return [own | more] * number


def home_of(folder: Path, *units: Mapping[str, object]) -> str:
    release = built(folder, months=36, units={"incidents": units})
    code = home(release)
    release.close()
    return code


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({"BD2022": 5, "BD3026": 3, "BD1004": 2}, "BD2022"),  # half is enough
        ({"BD2022": 6, "BD2015": 4}, "BD2022"),
        ({"BD2022": 4, "BD2015": 3, "BD3026": 3}, "BD20"),
        ({"BD2022": 3, "BD2015": 2, "BD3026": 6}, "BD3026"),
        ({"BD2022": 3, "BD3026": 3, "BD1004": 3}, COUNTRY),
        ({"CXB-201": 3, "BD20220094": 3, "BD3026": 4}, "BD2022"),  # no finer than a district
        # what is abroad, at sea, or not known by its place counts in the whole
        ({"BD2022": 4, "MY": 5}, COUNTRY),
        ({"BD2022": 4, "SEA-BOB": 3, None: 3}, COUNTRY),
        ({"BD2022": 5, "MY": 5}, "BD2022"),
        ({"MY": 5}, COUNTRY),
        ({}, COUNTRY),
    ],
)
def test_home_is_the_smallest_area_with_half_of_the_incidents(
    tmp_path: Path, places: Mapping[str | None, int], expected: str
) -> None:
    units = [unit for place, number in places.items() for unit in some(number, place)]
    assert home_of(tmp_path, *units) == expected


def test_it_is_told_from_the_last_twelve_months_alone(tmp_path: Path) -> None:
    old = some(50, "BD3026", month=day("2025-09"))
    assert home_of(tmp_path, *old, *some(3, "BD2022", month=day("2025-10"))) == "BD2022"


def test_where_people_were_stopped_is_no_home(tmp_path: Path) -> None:
    stopped = some(50, "BD3026", place_role="interception")
    assert home_of(tmp_path, *stopped, *some(3, "BD2022")) == "BD2022"


def test_people_do_not_decide_it(tmp_path: Path) -> None:
    release = built(tmp_path, units={"people": some(50, "BD3026"), "incidents": some(2, "BD2022")})
    assert home(release) == "BD2022"


def test_the_one_that_the_operator_chose_stands_before_it(tmp_path: Path) -> None:
    units = {"incidents": some(9, "BD2022")}
    chosen = built(tmp_path, units=units, home="BD30")
    assert home(chosen) == "BD30"


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("CXB-201", ("CXB-201", "CXB-KUTUPALONG", "BD20220094", "BD2022", "BD20", "BD")),
        ("BD20220094", ("BD20220094", "BD2022", "BD20", "BD")),
        ("BD2022", ("BD2022", "BD20", "BD")),
        ("BD20", ("BD20", "BD")),
        ("BD", ("BD",)),
    ],
)
def test_the_way_up_leads_from_a_place_to_the_country(
    protected: Release, code: str, way: tuple[str, ...]
) -> None:
    assert way_up(protected, code) == way
