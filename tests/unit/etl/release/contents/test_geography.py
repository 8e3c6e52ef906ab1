"""A release names the areas above a place as they stood in each month."""

from __future__ import annotations

from datetime import date

import pytest

from etl.release.contents.geography import Geography, read_geography
from etl.settings import Settings


@pytest.fixture(scope="module")
def geography(tmp_path_factory: pytest.TempPathFactory) -> Geography:
    folder = tmp_path_factory.mktemp("unused")
    return read_geography(Settings(store=folder, secrets=folder))


def areas(geography: Geography, place: str, level: str) -> list[tuple]:
    return [row[2:] for row in geography.areas if row[:2] == (place, level)]


def test_a_camp_lies_in_its_upazila_district_division_and_country(geography: Geography) -> None:
    assert areas(geography, "CXB-201", "upazila") == [("BD20220094", None, None)]
    assert areas(geography, "CXB-201", "district") == [("BD2022", None, None)]
    assert areas(geography, "CXB-201", "division") == [("BD20", None, None)]
    assert areas(geography, "CXB-201", "country") == [("BD", None, None)]


def test_a_district_holds_itself_and_has_no_upazila(geography: Geography) -> None:
    assert areas(geography, "BD2022", "district") == [("BD2022", None, None)]
    assert areas(geography, "BD2022", "upazila") == []
    assert ("BD2022", "district", "BD2022", None, None) not in geography.ancestors


def test_an_island_that_changed_its_upazila_has_both_in_turn(geography: Geography) -> None:
    found = areas(geography, "BHASAN-CHAR", "upazila")
    change = date(2026, 1, 1)
    assert found == [("BD20750036", None, change), ("BD20150078", change, None)]


def test_a_place_abroad_has_its_country_and_a_sea_has_no_area(geography: Geography) -> None:
    assert areas(geography, "INCCU", "country") == [("IN", None, None)]
    assert [row for row in geography.areas if row[0] == "SEA-BOB"] == []


def test_every_area_is_a_place(geography: Geography) -> None:
    codes = {place[0] for place in geography.places}
    assert len(codes) == len(geography.places)
    assert {row[2] for row in geography.areas} <= codes


def test_a_camp_lies_in_its_region_and_nothing_else_does(geography: Geography) -> None:
    regions = {row[0]: row[2] for row in geography.ancestors if row[1] == "camp_region"}
    assert regions["CXB-017"] == "CXB-TEKNAF-SOUTH"
    camps = {place[0] for place in geography.places if place[1] == "camp"}
    assert regions.keys() <= camps
    assert not [row for row in geography.public.areas if row[1] == "camp_region"]
