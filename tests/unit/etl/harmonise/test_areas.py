from __future__ import annotations

from etl.declaration.source import Column
from etl.harmonise.areas import Areas
from etl.read import coded

UPAZILA = Column("Upazila", "derive", "place", levels=("upazila",), missing=frozenset({"na"}))
DISTRICT = Column("District", "derive", "place", levels=("district",))


def test_a_name_is_looked_up_inside_its_area(areas: Areas) -> None:
    assert areas.resolve(UPAZILA, "Kaliganj", None).rule == "ambiguous_place"
    assert areas.resolve(UPAZILA, "Kaliganj", (DISTRICT, "Satkhira")).value is not None


def test_problems_of_the_gazetteer_become_rules(areas: Areas) -> None:
    assert areas.resolve(UPAZILA, "Atlantis", None).rule == "unknown_place"
    assert areas.resolve(UPAZILA, "CXB-201_B001", None).rule == "block_code"
    assert areas.resolve(UPAZILA, "01712345678", None).rule == "phone_number"
    assert areas.resolve(UPAZILA, "NA", None).rule is None


def test_precision_is_never_finer_than_the_place(areas: Areas) -> None:
    places = ["CXB-201", "BD20220094", "BD2022", "BD20", "BD", "SEA-BOB", None]
    assert areas.precisions(coded(places)).cells() == [
        "camp",
        "upazila",
        "district",
        "country",
        "country",
        "sea_area",
        None,
    ]


def test_scope_follows_from_two_known_ends(areas: Areas) -> None:
    starts = ["BD2022", "BD2022", "BD2022", None]
    ends = ["BD3026", "MY", "SEA-BOB", "MY"]
    assert areas.scopes(coded(starts), coded(ends)).cells() == [
        "internal",
        "cross_border",
        None,
        None,
    ]


def test_rows_of_one_incident_share_the_area_that_holds_them(areas: Areas) -> None:
    keys = ["a", "a", "a", "b", "b", "c"]
    places = ["CXB-201", "BD20220094", None, "BD2022", "MY", "BD2022"]
    shared, wider, apart = areas.shared(coded(keys), coded(places))
    assert shared.cells() == ["BD20220094", "BD20220094", None, None, None, "BD2022"]
    assert wider == [0]
    assert apart == [3, 4]


def test_points_become_places_and_the_others_findings(areas: Areas) -> None:
    found, faults = areas.locate(coded([(92.0, 21.2), None, (-140.0, 0.0)]))
    assert found.cells()[0] is not None
    assert found.cells()[1:] == [None, None]
    assert faults == [(2, "unknown_place")]
