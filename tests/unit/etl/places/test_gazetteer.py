"""Places: texts, codes and points become codes of the gazetteer. Its content: test_geography."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.shipped import COUNTRY
from etl.places.gazetteer import Gazetteer, Resolution, normalise_name

ROOT = Path(__file__).parents[4]
MISSING_MIGRANTS = ROOT.parent / "shared" / "cases" / "missing-migrants-asia-2014-2022.csv"
POINT = re.compile(r"POINT \((\S+) (\S+)\)")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(COUNTRY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Camp 1E", "CXB-201"),
        ("Camp 01E", "CXB-201"),
        ("C01E", "CXB-201"),
        ("camp-1 east", "CXB-201"),
        ("Camp 8W", "CXB-211"),
        ("Camp 4", "CXB-206"),
        ("Camp 4 Ext", "CXB-232"),
        ("Camp 04 Extension", "CXB-232"),
        ("04X", "CXB-232"),
        ("Camp 04 Ext.", "CXB-232"),
        ("Camp 20 Extension", "CXB-234"),
        ("ক্যাম্প ০৪ এক্সটেনশন", "CXB-232"),
        ("ক্যাম্প ১৫", "CXB-223"),
        ("KTP", "CXB-221"),
        ("Kutupalong RC", "CXB-221"),
        ("KRC", "CXB-221"),
        ("NYP", "CXB-089"),
        ("Nayapara RC", "CXB-089"),
        ("Camp 23", "CXB-032"),
        ("Choukhali", "CXB-235"),
        ("cxb 201", "CXB-201"),
        ("CXB201", "CXB-201"),
        ("Bhashan Char", "BHASAN-CHAR"),
        ("Cox's Bazar", "BD2022"),
        ("Cox’s  Bazar", "BD2022"),
        ("COXS BAZAR", "BD2022"),
        ("Cox Bazar", "BD2022"),
        ("কক্সবাজার", "BD2022"),
        ("কক্সবাজার জেলা", "BD2022"),
        ("Jessore", "BD4041"),
        ("Comilla", "BD2019"),
        ("Bogra", "BD5010"),
        ("Ukhiya", "BD20220094"),
        ("Ukhia Upazila", "BD20220094"),
        ("উখিয়া", "BD20220094"),
        ("Dhaka Division", "BD30"),
        ("Chittagong District", "BD2015"),
        ("bd20220094", "BD20220094"),
        ("BD", "BD"),
        ("Burma", "MM"),
        ("UAE", "AE"),
        ("U.A.E.", "AE"),
        ("MYS", "MY"),
        ("my", "MY"),
        ("Calcutta", "INCCU"),
        ("INCCU", "INCCU"),
        ("Bay of Bengal", "SEA-BOB"),
        ("BD202290", "BD20220090"),
    ],
)
def test_known_spellings_resolve(gazetteer: Gazetteer, text: str, code: str) -> None:
    assert gazetteer.resolve(text) == Resolution(code)


@pytest.mark.parametrize(
    "text",
    ["CXB-201_B001", "cxb-201_b001_s02", "CXB-201-B001", "C18_A", "Camp 1E, Block B", "ব্লক ডি"],
)
def test_blocks_are_refused(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.resolve(text) == Resolution(None, "block_code")


@pytest.mark.parametrize("text", ["", " ", "-", "nowhere", "Camp 99", "Camp 1", "District", "BD99"])
def test_unknown_names(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.resolve(text) == Resolution(None, "unknown")


def test_a_name_of_two_levels_needs_the_level(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Dhaka") == Resolution(None, "ambiguous", ("BD30", "BD3026"))
    assert gazetteer.resolve("Dhaka", levels={"district"}) == Resolution("BD3026")
    assert gazetteer.resolve("ঢাকা", levels=("division",)) == Resolution("BD30")


def test_a_name_of_two_upazilas_needs_the_district(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("Companiganj")
    assert found == Resolution(None, "ambiguous", ("BD20750021", "BD60910027"))
    assert gazetteer.resolve("Companiganj", within="BD6091").code == "BD60910027"
    assert gazetteer.resolve("Companiganj", within="BD60").code == "BD60910027"
    assert gazetteer.resolve("Companiganj", within="BD2022").problem == "unknown"
    assert gazetteer.resolve("Sadar", within="BD2022").code == "BD20220024"


def test_camps_lie_in_their_region(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Camp 24", within="CXB-TEKNAF-SOUTH").code == "CXB-233"
    assert gazetteer.resolve("Camp 24", within="CXB-KUTUPALONG").problem == "unknown"


def test_a_split_older_code_is_ambiguous(gazetteer: Gazetteer) -> None:
    """Cox's Bazar Sadar of 2020 is today's Sadar and Eidgaon."""
    found = gazetteer.resolve("BD202224")
    assert found == Resolution(None, "ambiguous", ("BD20220024", "BD20220032"))


def test_saint_martins_point_is_in_teknaf(gazetteer: Gazetteer) -> None:
    """The point lies 62 m outside every polygon of COD-AB."""
    assert gazetteer.locate(92.32, 20.62) == Resolution("BD20220090")


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (92.1559, 21.2163, "BD20220094"),
        (90.41, 23.81, "BD30262500"),
        (91.39, 22.38, "BD20750036"),
        (88.36, 22.57, "IN"),
        (92.9, 20.15, "MM"),
        (101.69, 3.14, "MY"),
        (13.18, 32.89, "LY"),
        (91.0, 20.5, "SEA-BOB"),
        (95.7, 11.3, "SEA-AND"),
        (99.9, 3.9, "SEA-MAL"),
        (101.8, 7.3, "SEA-GTH"),
        (16.0, 35.0, "SEA-MED"),
        (46.4, 12.4, "SEA-GAD"),
        (52.0, 27.0, "SEA-PSG"),
        (38.0, 20.0, "SEA-RED"),
        (65.0, 15.0, "SEA-ARB"),
        (111.0, 12.0, "SEA-SCS"),
        (110.0, -5.0, "SEA-JAV"),
        (51.0, 42.0, "SEA-CAS"),
        (126.0, -11.0, "SEA-TIM"),
        (85.0, -20.0, "SEA-IND"),
    ],
)
def test_points(gazetteer: Gazetteer, lon: float, lat: float, code: str) -> None:
    assert gazetteer.locate(lon, lat) == Resolution(code)


def test_ashore_ends_after_five_kilometres(gazetteer: Gazetteer) -> None:
    """West of Inani the coast runs at 92.04 degrees east."""
    assert gazetteer.locate(92.01, 21.24).code == "BD20220094"
    assert gazetteer.locate(91.97, 21.24).code == "SEA-BOB"


@pytest.mark.parametrize("point", [(float("nan"), 20.0), (200.0, 20.0), (90.0, 95.0), (-150, 10)])
def test_points_nowhere(gazetteer: Gazetteer, point: tuple[float, float]) -> None:
    assert gazetteer.locate(*point) == Resolution(None, "unknown")


def test_many_points_equal_single_ones(gazetteer: Gazetteer) -> None:
    lon, lat = np.array([92.32, 90.41, 91.0, 88.36]), np.array([20.62, 23.81, 20.5, 22.57])
    single = [gazetteer.locate(*point) for point in zip(lon, lat, strict=True)]
    assert gazetteer.locate_many(lon, lat) == single
    assert gazetteer.locate_many([], []) == []
    with pytest.raises(ValueError, match="one length"):
        gazetteer.locate_many([1.0, 2.0], [1.0])


def test_every_reported_death_lies_somewhere(gazetteer: Gazetteer) -> None:
    """IOM Missing Migrants Project: no point of Asia is left without upazila, country or sea."""
    if not MISSING_MIGRANTS.is_file():
        pytest.skip("the shared cases are not beside the repository")
    with MISSING_MIGRANTS.open(encoding="utf-8", newline="") as file:
        matches = [POINT.fullmatch(row["Coordinates"]) for row in csv.DictReader(file)]
    points = [(float(match[1]), float(match[2])) for match in matches if match]
    assert len(points) == len(matches) == 1623
    located = gazetteer.locate_many(*zip(*points, strict=True))
    lost = [point for point, place in zip(points, located, strict=True) if place.code is None]
    assert lost == []
    assert sum(gazetteer.level(place.code) == "sea_area" for place in located if place.code) >= 60


def test_parents_are_dated(gazetteer: Gazetteer) -> None:
    before, after = date(2025, 12, 1), date(2026, 1, 1)
    assert gazetteer.parent("BHASAN-CHAR", "upazila", before) == "BD20750036"
    assert gazetteer.parent("BHASAN-CHAR", "upazila", after) == "BD20150078"
    assert gazetteer.parent("BHASAN-CHAR", "district", before) == "BD2075"
    assert gazetteer.parent("BD20220032", "upazila", date(2021, 6, 1)) == "BD20220024"
    assert gazetteer.parent("BD20220032", "upazila", date(2021, 7, 1)) == "BD20220032"
    assert gazetteer.parent("BD20220032", "district", date(2021, 6, 1)) == "BD2022"


def test_parents_of_all_kinds(gazetteer: Gazetteer) -> None:
    month = date(2026, 9, 1)
    assert gazetteer.parent("CXB-085", "camp_region", month) == "CXB-ISOLATED"
    assert gazetteer.parent("CXB-085", "country", month) == "BD"
    assert gazetteer.parent("INCCU", "country", month) == "IN"
    assert gazetteer.parent("SEA-BOB", "country", month) is None
    assert gazetteer.parent("BD", "district", month) is None
    with pytest.raises(KeyError):
        gazetteer.parent("BD99", "district", month)


def test_direct_parents_follow_each_other(gazetteer: Gazetteer) -> None:
    rows = [row for row in gazetteer.parents_table() if row.code == "BHASAN-CHAR"]
    assert [row.parent for row in rows] == ["BD20750036", "BD20150078"]
    assert rows[0].valid_to == rows[1].valid_from == date(2026, 1, 1)


@given(st.text(max_size=60))
def test_normalising_a_name_is_stable(text: str) -> None:
    once = normalise_name(text)
    assert normalise_name(once) == once
    assert once == " ".join(once.split())


@given(st.text(max_size=40))
def test_any_text_resolves_to_a_place_or_a_problem(gazetteer: Gazetteer, text: str) -> None:
    found = gazetteer.resolve(text)
    assert (found.code is None) == (found.problem is not None)
    assert found.code is None or found.code in gazetteer
