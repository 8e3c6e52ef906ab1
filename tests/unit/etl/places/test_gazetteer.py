"""Places: texts, codes and points become codes of the gazetteer. Its content: test_geography."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.shipped import COUNTRY
from etl.places.gazetteer import (
    AMBIGUOUS,
    BLOCK_CODE,
    UNKNOWN,
    Gazetteer,
    Resolution,
    normalise_name,
)

ROOT = Path(__file__).parents[4]
MISSING_MIGRANTS = ROOT.parent / "shared" / "cases" / "missing-migrants-asia-2014-2022.csv"
POINT = re.compile(r"POINT \((\S+) (\S+)\)")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(COUNTRY)


SPELLINGS = {
    "CXB-201": ("Camp 1E", "Camp 01E", "C01E", "camp-1 east", "cxb 201", "CXB201"),
    "CXB-211": ("Camp 8W",),
    "CXB-206": ("Camp 4",),
    "CXB-232": ("Camp 4 Ext", "Camp 04 Extension", "04X", "Camp 04 Ext.", "ক্যাম্প ০৪ এক্সটেনশন"),
    "CXB-234": ("Camp 20 Extension",),
    "CXB-223": ("ক্যাম্প ১৫",),
    "CXB-221": ("KTP", "Kutupalong RC", "KRC"),
    "CXB-089": ("NYP", "Nayapara RC"),
    "CXB-032": ("Camp 23",),
    "CXB-235": ("Choukhali",),
    "BHASAN-CHAR": ("Bhashan Char",),
    "BD2022": ("Cox's Bazar", "Cox’s  Bazar", "COXS BAZAR", "Cox Bazar", "কক্সবাজার", "কক্সবাজার জেলা"),
    "BD4041": ("Jessore",),
    "BD2019": ("Comilla",),
    "BD5010": ("Bogra",),
    "BD20220094": ("Ukhiya", "Ukhia Upazila", "উখিয়া", "bd20220094"),
    "BD20220090": ("BD202290",),
    "BD30": ("Dhaka Division",),
    "BD2015": ("Chittagong District",),
    "BD": ("BD",),
    "MM": ("Burma",),
    "AE": ("UAE", "U.A.E."),
    "MY": ("MYS", "my"),
    "INCCU": ("Calcutta", "INCCU"),
    "SEA-BOB": ("Bay of Bengal",),
}


@pytest.mark.parametrize(
    ("text", "code"), [(text, code) for code, texts in SPELLINGS.items() for text in texts]
)
def test_known_spellings_resolve(gazetteer: Gazetteer, text: str, code: str) -> None:
    assert gazetteer.resolve(text) == Resolution(code)


@pytest.mark.parametrize(
    "text",
    ["CXB-201_B001", "cxb-201_b001_s02", "CXB-201-B001", "C18_A", "Camp 1E, Block B", "ব্লক ডি"],
)
def test_blocks_are_refused(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.resolve(text) == Resolution(None, BLOCK_CODE)


@pytest.mark.parametrize("text", ["", " ", "-", "nowhere", "Camp 99", "Camp 1", "District", "BD99"])
def test_unknown_names(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.resolve(text) == Resolution(None, UNKNOWN)


def test_a_name_of_two_levels_needs_the_level(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Dhaka") == Resolution(None, AMBIGUOUS)
    assert gazetteer.resolve("Dhaka", levels={"district"}) == Resolution("BD3026")
    assert gazetteer.resolve("ঢাকা", levels=("division",)) == Resolution("BD30")


def test_a_name_of_two_upazilas_needs_the_district(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Companiganj").problem == AMBIGUOUS
    assert gazetteer.resolve("Companiganj", within="BD6091").code == "BD60910027"
    assert gazetteer.resolve("Companiganj", within="BD60").code == "BD60910027"
    assert gazetteer.resolve("Companiganj", within="BD2022").problem == UNKNOWN
    assert gazetteer.resolve("Sadar", within="BD2022").code == "BD20220024"


def test_camps_lie_in_their_region(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Camp 24", within="CXB-TEKNAF-SOUTH").code == "CXB-233"
    assert gazetteer.resolve("Camp 24", within="CXB-KUTUPALONG").problem == UNKNOWN


def test_a_split_older_code_is_ambiguous(gazetteer: Gazetteer) -> None:
    """Cox's Bazar Sadar of 2020 is today's Sadar and Eidgaon."""
    assert gazetteer.resolve("BD202224").problem == AMBIGUOUS
    assert gazetteer.resolve("BD202224", within="BD20220032").code == "BD20220032"


def test_saint_martins_point_is_in_teknaf(gazetteer: Gazetteer) -> None:
    """The point lies 62 m outside every polygon of COD-AB."""
    assert gazetteer.locate([(92.32, 20.62)]) == ["BD20220090"]


def test_points(gazetteer: Gazetteer) -> None:
    located = (
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
        (-150.0, 10.0, None),
    )
    points = [(lon, lat) for lon, lat, _ in located]
    assert gazetteer.locate(points) == [code for *_, code in located]
    assert gazetteer.locate([]) == []


def test_ashore_ends_after_five_kilometres(gazetteer: Gazetteer) -> None:
    """West of Inani the coast runs at 92.04 degrees east."""
    assert gazetteer.locate([(92.01, 21.24), (91.97, 21.24)]) == ["BD20220094", "SEA-BOB"]


def test_every_reported_death_lies_somewhere(gazetteer: Gazetteer) -> None:
    """IOM Missing Migrants Project: no point of Asia is left without upazila, country or sea."""
    if not MISSING_MIGRANTS.is_file():
        pytest.skip("the shared cases are not beside the repository")
    with MISSING_MIGRANTS.open(encoding="utf-8", newline="") as file:
        matches = [POINT.fullmatch(row["Coordinates"]) for row in csv.DictReader(file)]
    points = [(float(match[1]), float(match[2])) for match in matches if match]
    assert len(points) == len(matches) == 1623
    located = gazetteer.locate(points)
    assert [point for point, code in zip(points, located, strict=True) if code is None] == []
    assert sum(gazetteer.level(code) == "sea_area" for code in located if code) >= 60


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
