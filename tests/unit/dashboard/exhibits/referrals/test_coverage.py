"""Referrals: gaps by group and district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.capacity import Capacity
from dashboard.model.codes import SERVICE
from dashboard.model.languages import Language
from dashboard.release.open_release import Release
from tests.support.readings import drawn, reading
from tests.support.referrals import QUARTER, request
from tests.support.releases import built, day

GROUPS = {
    "girls": {"sex": "female", "is_child": "yes"},
    "boys": {"sex": "male", "is_child": "yes"},
    "women": {"sex": "female", "is_child": "no"},
    "men": {"sex": "male", "is_child": "no"},
}


def cells(found: Exhibit) -> dict[tuple[str, str], dict[str, Any]]:
    """Cells of the figure by service and column, as both are called."""
    names = [column["label"] for column in drawn(found)["columns"]]
    return {
        (row["label"], name): cell
        for row in drawn(found)["rows"]
        for name, cell in zip(names, row["cells"], strict=True)
    }


def crowd(folder: Path, *, women: int, others: int, service: str = "legal_aid") -> Release:
    """Two hundred people of each group, and so many referrals in tens of women and of others."""
    people = [{"month": day("2026-05"), "size": 200, **own} for own in GROUPS.values()]
    requests = [
        request(service, **own)
        for group, own in GROUPS.items()
        for _ in range(women if group == "women" else others)
    ]
    units = {"people": people, "requests": requests}
    return built(folder, units=units)


def test_a_group_that_differs_is_named_with_all_others_and_coloured(tmp_path: Path) -> None:
    found = render("referrals.coverage", reading(QUARTER), crowd(tmp_path, women=14, others=3))
    assert found.title == "Legal aid for 70 of 100 women, 15 of 100 others"
    looks = {name: cell["look"] for (service, name), cell in cells(found).items()
             if service == "Legal aid"}  # fmt: skip
    assert looks["Women"] == "more"
    assert set(looks.values()) <= {"more", ""}
    assert found.note.startswith("Coloured: clearly differs from all others. No dot or bar: ")


def test_where_no_group_differs_the_title_says_so_and_nothing_is_coloured(tmp_path: Path) -> None:
    found = render("referrals.coverage", reading(QUARTER), crowd(tmp_path, women=5, others=4))
    assert found.title == "None of 30 cells compared differs beyond doubt"
    assert not {cell["look"] for cell in cells(found).values()} & {"more", "fewer"}
    assert "Coloured" not in found.note


def test_a_service_for_children_is_no_gap_of_women_and_men(tmp_path: Path) -> None:
    people = [{"month": day("2026-05"), "size": 200, **own} for own in GROUPS.values()]
    requests = [request("child_protection", **GROUPS[own]) for own in ("girls", "boys")] * 14
    units = {"people": people, "requests": requests}
    release = built(tmp_path, units=units)
    found = render("referrals.coverage", reading(QUARTER), release)
    assert found.title == "None of 30 cells compared differs beyond doubt"


@pytest.mark.parametrize(("girls", "has_dot"), [(70, False), (135, False), (140, True)])
def test_of_few_people_there_is_a_range_and_no_number(
    tmp_path: Path, girls: int, has_dot: bool
) -> None:
    cell = cells(of_women(tmp_path, 200, girls=girls))["Health care", "Girls"]
    assert cell["text"] == ("30" if has_dot else "")
    assert (cell["dot"] is not None) == has_dot
    number = "30 of 100" if has_dot else "too few to tell"
    low, high = (int(end) / 100 for end in cell["range"].split(" to "))
    assert (cell["low"], cell["high"]) == (low, min(high, 1))
    assert cell["said"] == f"Girls, Health care: {number}, from {cell['range']}"


def test_where_a_range_tells_nothing_that_of_all_together_stands_in_its_place(
    tmp_path: Path,
) -> None:
    cell = cells(of_women(tmp_path, 200, girls=20))["Health care", "Girls"]
    assert (cell["look"], cell["dot"], cell["low"], cell["high"]) == ("few", None, None, None)
    around, reach = cell["range"].split(": ")
    low, high = map(int, reach.split(" to "))
    assert (around, high - low <= 30) == ("All together", True)
    few = "Girls, Health care: too few to tell"
    assert cell["said"] == f"{few}. All together: from {reach} of 100"


def test_a_group_of_whom_too_few_are_identified_is_named_and_has_no_column(tmp_path: Path) -> None:
    found = of_women(tmp_path, 200, girls=15)
    assert {name for _, name in cells(found)} == {"Women"}
    assert drawn(found)["few"] == "Too few identified to say: Girls, Boys, Men."
    assert found.title == "Too few to compare who is referred"


@pytest.mark.parametrize("people", [15, 20])
def test_where_every_cell_is_too_few_to_say_the_card_has_nothing_to_draw(
    tmp_path: Path, people: int
) -> None:
    found = of_women(tmp_path, people)
    assert found.title == "Too little is known of referrals in Apr – Jun 2026 to draw this."
    assert found.offer is not None


def test_a_group_that_a_filter_excludes_is_not_said_to_be_too_few(tmp_path: Path) -> None:
    girls = replace(QUARTER, chosen=(("sex", ("female",)), ("child", ("yes",))))
    found = of_women(tmp_path, 200, girls=200, chosen=girls)
    assert {name for _, name in cells(found)} == {"Girls"}
    assert drawn(found)["few"] == ""
    assert found.title == "Girls only: nobody to compare with"
    assert not {"boys", "women", "men"} & {column.code for column in found.table.columns}


def of_women(folder: Path, people: int, *, girls: int = 0, chosen: Filters = QUARTER) -> Exhibit:
    """So many women and girls, of whom three in ten are referred."""
    who = {group: size for group, size in {"women": people, "girls": girls}.items() if size}
    units = {
        "people": [
            {"month": day("2026-05"), "size": size, **GROUPS[group]} for group, size in who.items()
        ],
        "requests": [request(size=size * 3 // 10, **GROUPS[group]) for group, size in who.items()],
    }
    return render("referrals.coverage", reading(chosen), built(folder, units=units))


def test_each_need_has_a_row_in_the_table_and_safe_shelter_in_the_figure(tmp_path: Path) -> None:
    codes = [code for code in SERVICE.values if code not in ("safe_shelter", "other")][:10]
    people = [{"month": day("2026-05"), "size": 200, **own} for own in GROUPS.values()]
    requests = [request(code, **GROUPS["women"]) for code in codes for _ in range(4)]
    release = built(tmp_path, units={"people": people, "requests": requests})
    found = render("referrals.coverage", reading(QUARTER), release)
    assert found.table.column("code") == (*SERVICE.values, "people")
    services = {service for service, _ in cells(found)}
    assert len(services) == 8
    assert "Safe shelter" in services
    assert len(cells(found)) <= 40
    assert found.table.column("women")[-1] == 200


UKHIA, TEKNAF = "BD20220094", "BD20220090"


def by_area(folder: Path, *, units: int = 30, base: int | None = 5, in_teknaf: int = 30) -> Release:
    """People of two upazilas, of whom those of Ukhia alone are referred to safe shelter."""
    places = [UKHIA] * 30 + [TEKNAF] * in_teknaf
    people = [{"month": day("2026-05"), "size": 20, "place": place} for place in places]
    referred = ((UKHIA, "safe_shelter"), (TEKNAF, "health"), ("BD2022", "cash"))
    requests = [request(service, place=place) for place, service in referred] * units
    return built(folder, units={"people": people, "requests": requests}, home="BD2022", base=base)


@pytest.mark.parametrize("base", [1, 5])
def test_gaps_are_told_by_upazila_where_those_tell_something(tmp_path: Path, base: int) -> None:
    release = by_area(tmp_path, base=base)
    found = render("referrals.coverage", reading(QUARTER, by="area"), release)
    assert found.detail.rung == "upazila"
    assert found.title == "Safe shelter: none or very few referred in Teknaf"
    assert dict(zip(found.table.column("code"), found.table.column(UKHIA), strict=True))[
        "safe_shelter"
    ] == 300  # fmt: skip
    assert found.table.column("rest")[-1] == 0
    shelter, cash = (found.table.column("code").index(code) for code in ("safe_shelter", "cash"))
    assert (found.table.column("rest")[cash], found.table.column("rest")[shelter]) == (300, 0)
    assert "unknown" not in [column.code for column in found.table.columns]


def test_nobody_is_said_to_lack_shelter_where_too_few_are_there_to_tell(tmp_path: Path) -> None:
    release = by_area(tmp_path, in_teknaf=1)
    found = render("referrals.coverage", reading(QUARTER, by="area", level="upazila"), release)
    (row,) = [row for row in (found.figure or {})["rows"] if row["label"] == "Safe shelter"]
    assert [cell["dot"] is None for cell in row["cells"]] == [False, True]
    assert "Teknaf" not in found.title


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_what_is_elsewhere_and_what_is_not_known_stand_apart(
    tmp_path: Path, lang: Language
) -> None:
    requests = [request(place=UKHIA), request("cash", place="BD2022"), request("cash", place=None)]
    units = {
        "people": [{"month": day("2026-05"), "size": 20, "place": UKHIA}] * 30,
        "requests": requests * 30,
    }
    release = built(tmp_path, units=units, home="BD2022")
    table = render(
        "referrals.coverage", reading(replace(QUARTER, lang=lang), by="area"), release
    ).table
    cash = table.column("code").index("cash")
    assert (table.column("rest")[cash], table.column("unknown")[cash]) == (300, 300)
    labels = {column.code: column.label for column in table.columns}
    assert (labels["rest"], labels["unknown"]) == {
        "en": ("Elsewhere, or place known roughly", "Place not known"),
        "bn": ("অন্যত্র, বা স্থান মোটামুটি জানা", "স্থান জানা নেই"),
    }[lang]


def test_few_referrals_are_told_by_a_coarser_area(tmp_path: Path) -> None:
    release = by_area(tmp_path, units=1)
    found = render("referrals.coverage", reading(QUARTER, by="area"), release)
    assert found.detail.rung != "upazila"
    forced = render("referrals.coverage", reading(QUARTER, by="area", level="upazila"), release)
    assert (forced.detail.rung, forced.detail.is_rough) == ("upazila", True)


DAY = date(2026, 5, 1)


def places(*rows: tuple[str, str, str, int]) -> list[Capacity]:
    return [Capacity(*row, DAY) for row in rows]


HELD = places(
    ("BD2022", "safe_shelter", "women", 30),
    ("BD2022", "safe_shelter", "men", 0),
    ("BD20220094", "safe_shelter", "women", 7),  # within the district
    ("BD2015", "safe_shelter", "women", 16),
    ("BD2022", "legal_aid", "all", 60),
    ("BD2022", "legal_aid", "girls", 20),  # of the sixty
)


def with_places(folder: Path, capacities: Sequence[Capacity], **chosen: Any) -> Exhibit:
    units = {
        "people": [{"month": day("2026-05"), "size": 200, "place": "BD2022", **GROUPS["women"]}],
        "requests": [request("safe_shelter", place="BD2022", **GROUPS["women"])] * 4,
    }
    by = {"by": chosen.pop("by", "group"), "level": chosen.pop("level", "auto")}
    filters = Filters(period=QUARTER.period, **chosen)
    release = built(folder, units=units, capacities=capacities)
    return render("referrals.coverage", reading(filters, **by), release)


def cell(found: Exhibit, service: str, column: str) -> object:
    return dict(zip(found.table.column("code"), found.table.column(column), strict=True))[service]


def test_places_stand_beside_referrals_and_are_counted_once(tmp_path: Path) -> None:
    found = with_places(tmp_path, HELD)
    assert cell(found, "safe_shelter", "places") == 46
    assert cell(found, "safe_shelter", "places_women") == 46
    assert cell(found, "safe_shelter", "places_men") == 0
    assert cell(found, "legal_aid", "places") == 60
    assert cell(found, "legal_aid", "places_girls") == 20
    assert cell(found, "health", "places") is None
    assert any(note.startswith("Places were counted on 1 May 2026.") for note in found.notes)


def test_places_obey_area_and_group_and_the_day_they_were_counted(tmp_path: Path) -> None:
    district = with_places(tmp_path / "a", HELD, area=("BD2022",))
    assert cell(district, "safe_shelter", "places") == 30
    women = with_places(tmp_path / "b", HELD, sex=("female",))
    assert cell(women, "safe_shelter", "places") == 46
    assert cell(women, "legal_aid", "places") == 20
    later = [*HELD, Capacity("BD2022", "safe_shelter", "women", 99, date(2026, 8, 1))]
    assert cell(with_places(tmp_path / "c", later), "safe_shelter", "places") == 46
    newer = [*HELD, Capacity("BD2022", "safe_shelter", "women", 40, date(2026, 6, 30))]
    assert cell(with_places(tmp_path / "d", newer), "safe_shelter", "places") == 56


def test_by_district_each_has_its_own_places(tmp_path: Path) -> None:
    found = with_places(tmp_path, HELD, by="area", level="district")
    assert cell(found, "safe_shelter", "places_BD2022") == 30
    assert "places_women" not in {column.code for column in found.table.columns}


def test_by_upazila_one_inside_a_district_with_places_has_its_own(tmp_path: Path) -> None:
    units = {
        "people": [{"month": day("2026-05"), "size": 20, "place": UKHIA}],
        "requests": [request("safe_shelter", place=UKHIA)] * 4,
    }
    release = built(tmp_path, units=units, capacities=HELD, base=1, home="BD2022")
    view = reading(QUARTER, by="area", level="upazila")
    found = render("referrals.coverage", view, release)
    assert cell(found, "safe_shelter", f"places_{UKHIA}") == 7
    assert cell(found, "safe_shelter", "places") == 46


ELSEWHERE = places(("BD2015", "legal_aid", "all", 9), ("BD2022", "safe_shelter", "women", 3))
LEFT_OUT = "Places for everyone are left out, since sex or age is chosen."


@pytest.mark.parametrize(
    ("capacities", "chosen", "places", "has_note"),
    [
        (HELD, {"sex": ("female",)}, 20, True),
        (HELD[4:5], {"child": ("yes",)}, None, True),
        (HELD[5:], {"sex": ("female",)}, 20, False),
        (ELSEWHERE, {"sex": ("female",), "area": ("BD2022",)}, None, False),
        (HELD, {}, 60, False),
    ],
)
def test_places_for_everyone_under_a_choice_of_sex_or_age_are_said_to_be_left_out(
    tmp_path: Path,
    capacities: Sequence[Capacity],
    chosen: Mapping[str, tuple[str, ...]],
    places: int | None,
    has_note: bool,
) -> None:
    found = with_places(tmp_path, capacities, **chosen)
    has_column = "places" in {column.code for column in found.table.columns}
    assert (cell(found, "legal_aid", "places") if has_column else None) == places
    assert has_column == (capacities != HELD[4:5])
    assert (LEFT_OUT in found.notes) == has_note


def test_without_capacities_nothing_is_said_of_places(tmp_path: Path) -> None:
    found = with_places(tmp_path, [])
    assert "places" not in {column.code for column in found.table.columns}
    assert not any("Places were" in note for note in found.notes)
