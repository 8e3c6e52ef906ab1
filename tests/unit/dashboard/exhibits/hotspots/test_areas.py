"""Hotspots: the map of areas and the ranked list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits, queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters, inapplicable, read_query
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.release.open_release import Release
from tests.support.readings import few_filters, reading
from tests.support.releases import built, day

exhibits.load()
FACTS = {"incidents": INCIDENTS, "people": PEOPLE}
IDS = ("hotspots.map", "hotspots.ranking", "overview.map")


def unit(place: str, group: str = "trafficking_labour", **more: object) -> Mapping[str, object]:
    role = {"place_role": "recruitment"} | more
    return {"month": day("2026-09"), "place": place, "class_group": group, "size": 5} | role


def release_of(folder: Path, units: Sequence[Mapping[str, object]], base: int = 5) -> Release:
    return built(folder, units={"incidents": units}, base=base, kind="invented")


def whole(release: Release, **more: object) -> Filters:
    return Filters(period=release.span, **more)  # pyright: ignore[reportArgumentType]


def areas(found: Exhibit) -> dict[str, int]:
    return {
        str(code): int(size)
        for code, size in zip(
            found.table.column("code"), found.table.column(found.unit), strict=True
        )
        if code and size is not None
    }


NUMBERS = {"show": "number"}
DISTRICTS = {"level": "district", **NUMBERS}


def test_the_map_counts_events_by_district_and_says_what_has_none(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[unit("BD2022")] * 4, *[unit("BD3026")] * 3, unit("MY"), unit("SEA-BOB"),
        unit("BD20"), unit("CXB-201"),
    ])  # fmt: skip
    found = render("hotspots.map", reading(whole(made), **DISTRICTS), made)
    assert areas(found)["BD2022"] == 25  # the camp lies in it
    assert areas(found)["BD3026"] == 15
    assert sum(int(size or 0) for size in found.table.column("incidents")) == 55
    names = [name for code, name, *_ in found.table.rows if not code]
    assert names == ["Chattogram, district not told", "Abroad", "At sea"]
    notes = " ".join(found.notes)
    assert "Chattogram, district not told (a few); Abroad (a few); At sea (a few)." in notes


def test_what_is_known_by_an_area_around_alone_is_listed_with_that(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[unit("BD20220094")] * 6, *[unit("BD2022")] * 3, *[unit("BD20")] * 2, unit("BD"),
    ])  # fmt: skip
    found = render("hotspots.ranking", reading(whole(made), level="upazila"), made)
    rows = [(row["rank"], row["label"], row["value"], row["query"]) for row in found.figure["rows"]]
    assert rows[0][:3] == (1, "Ukhia", 30)
    assert rows[1:] == [
        (None, "Cox's Bazar, upazila not told", 15, ""),
        (None, "Chattogram, upazila not told", 10, ""),
        (None, "Bangladesh, upazila not told", 5, ""),
    ]
    assert found.figure["total"] == 60
    assert found.table.column("rank") == (1, None, None, None)
    assert found.title == "Ukhia comes first, with 50 % of 60 incidents"


def test_a_division_and_a_district_of_one_name_are_told_apart(tmp_path: Path) -> None:
    made = release_of(
        tmp_path, [*[unit("BD20220094")] * 6, *[unit("BD2015")] * 3, *[unit("BD20")] * 2]
    )
    found = render("hotspots.ranking", reading(whole(made), level="upazila"), made)
    assert found.table.column("name")[1:] == (
        "Chattogram (district), upazila not told",
        "Chattogram (division), upazila not told",
    )


def rows_of(found: Exhibit) -> list[dict[str, Any]]:
    return (found.figure or {})["rows"]


def test_a_list_names_two_bases_and_more_and_says_the_rest_by_the_area_around(
    tmp_path: Path,
) -> None:
    few = ("BD20220016", "BD20220024", "BD20220066")
    made = release_of(tmp_path, [
        *[unit("BD20220094")] * 8, *[unit(code) for code in few], *[unit("BD2022")] * 4,
        unit("BD20150004"), unit("BD30260014"), unit("BD30"), unit("BD"), unit("MY"),
    ])  # fmt: skip
    found = render("hotspots.ranking", reading(whole(made), level="upazila"), made)
    said = [(row["rank"], row["label"], row["note"], row["value"]) for row in rows_of(found)]
    assert said == [
        (1, "Ukhia", "Cox's Bazar", 40),
        (None, "Cox's Bazar", "3 upazilas, too few to rank: Chakaria, Coxs Bazar Sadar, Ramu", 15),
        (None, "Cox's Bazar, upazila not told", "", 20),
        (None, "2 more districts", "2 upazilas, too few to rank", 10),
        (None, "2 more places, upazila not told", "", 10),
        (None, "Abroad", "", 5),
    ]
    assert rows_of(found)[1]["query"] == whole(made, area=("BD2022",)).to_query()
    assert rows_of(found)[-1]["value_text"] == "a few, 0–15"
    assert sum(row["value"] for row in rows_of(found)) == 100
    # The table has each by itself, with its number and range; only what is named has a rank.
    assert areas(found) == {"BD20220094": 40} | dict.fromkeys((*few, "BD20150004", "BD30260014"), 5)
    assert [rank for rank in found.table.column("rank") if rank] == [1]
    assert all(high == 15 for high in found.table.column("high")[1:6])


def test_small_areas_stand_by_what_they_lie_in_where_nothing_else_of_it_is_told(
    tmp_path: Path,
) -> None:
    few = (f"BD202200{own}" for own in (16, 24, 45, 49, 56, 66))
    made = release_of(tmp_path, [*[unit("BD30260014")] * 8, *map(unit, few)])
    found = render("hotspots.ranking", reading(whole(made), level="upazila"), made)
    assert [row["label"] for row in rows_of(found)] == ["Dhamrai", "Cox's Bazar"]
    (line,) = (found.figure or {})["small"]["lines"]
    assert (line["label"], line["names"]) == ("Cox's Bazar", "6 upazilas")


def test_a_chosen_area_is_named_however_little_it_holds(tmp_path: Path) -> None:
    made = release_of(tmp_path, [unit("BD20220094"), *[unit("BD20220090")] * 4])
    found = render("hotspots.ranking", reading(whole(made, area=("BD20220094",))), made)
    assert found.title == "Ukhia: a few incidents"
    assert [(row["rank"], row["label"]) for row in rows_of(found)] == [(1, "Ukhia")]
    camp = release_of(tmp_path / "camp", [*[unit("CXB-201")] * 2, *[unit("BD20220090")] * 4])
    drawn = render("hotspots.map", reading(whole(camp, area=("CXB-201",)), **NUMBERS), camp)
    assert drawn.title.endswith(": about 10 incidents")


def test_a_map_tells_of_which_district_no_upazila_is_told(tmp_path: Path) -> None:
    made = release_of(tmp_path, [*[unit("BD20220094")] * 8, *[unit("BD2022")] * 4])
    found = render("hotspots.map", reading(whole(made), level="upazila", **NUMBERS), made)
    (legend,) = (found.figure or {})["legend"]
    assert legend["entries"][-1]["label"] == "20 more, upazila not known"
    layer = (found.figure or {})["layers"][0]
    colours = [entry["fillcolor"] for entry in layer["classes"]]
    own = colours.index(legend["entries"][-1]["fillcolor"])
    grey = {a["code"] for a in layer["areas"] if a["class"] == own}
    assert grey == {code for code in areas(found) if code.startswith("BD2022")} - {"BD20220094"}
    district = render("hotspots.map", reading(whole(made), **DISTRICTS), made)
    assert areas(district)["BD2022"] == 60  # whole where it is told
    assert "not told" not in str(district.figure)


def test_places_where_people_were_stopped_are_no_hotspots_unless_asked_for(tmp_path: Path) -> None:
    made = release_of(
        tmp_path, [*[unit("BD2022")] * 4, *[unit("BD3026", place_role="interception")] * 4]
    )
    found = render("hotspots.map", reading(whole(made), **DISTRICTS), made)
    assert areas(found)["BD3026"] == 0
    assert any("about 20 incidents known only by where people were inter" in n for n in found.notes)
    filters = whole(made, role=("interception",))
    asked = render("hotspots.map", reading(filters, **DISTRICTS), made)
    assert areas(asked)["BD3026"] == 20
    assert areas(asked)["BD2022"] == 0


def opened_on(found: Exhibit) -> str:
    return found.figure["view"]


def test_a_map_opens_on_the_home_one_level_finer_and_counts_the_whole_country(
    tmp_path: Path,
) -> None:
    made = release_of(tmp_path, [*[unit("BD20220094")] * 6, *[unit("BD30260014")] * 4])
    found = render("hotspots.map", reading(whole(made), **NUMBERS), made)
    assert opened_on(found) == "upazila:BD2022"
    assert areas(found)["BD30260014"] == 20  # a view is no filter
    (outlined,) = [layer for layer in found.figure["layers"] if layer["kind"] == "outlines"]
    assert outlined["codes"] == ["BD2022"]
    nation = render("hotspots.map", reading(whole(made), view="country"), made)
    assert opened_on(nation) == "district:BD"
    assert areas(nation)["BD2022"] == 30
    division = render("hotspots.map", reading(whole(made), view="division"), made)
    assert opened_on(division) == "district:BD20"
    assert found.table.column("incidents")[0] == 30
    assert found.title.startswith("Ukhia ")
    around = render("hotspots.map", reading(whole(made, area=("BD2022",)), view="division"), made)
    assert areas(around).keys() == {"BD2022"}  # what lies around it has a name alone


def test_a_map_is_drawn_at_the_finest_level_at_which_anything_stands(tmp_path: Path) -> None:
    """Where all events are known by their district only, upazilas say nothing."""
    made = release_of(tmp_path, [*[unit("BD2022")] * 8, *[unit("BD3026")] * 2])
    for exhibit_id in IDS:
        found = render(exhibit_id, reading(whole(made)), made)
        assert found.options["level"] == "district", exhibit_id
        assert areas(found)["BD2022"] == 40


@pytest.mark.parametrize(
    ("upazilas", "level"), [((6, 3), "upazila"), ((2, 2, 2), "district"), ((1, 1), "division")]
)
def test_areas_too_small_to_tell_are_shown_by_the_area_around_them(
    tmp_path: Path, upazilas: tuple[int, ...], level: str
) -> None:
    codes = ("BD20220094", "BD20220090", "BD20220016")
    units = [unit(code) for code, n in zip(codes, upazilas, strict=False) for _ in range(n)]
    made = release_of(tmp_path, units)
    found = render("hotspots.map", reading(whole(made)), made)
    assert found.options["level"] == level
    assert found.detail.rung == level
    assert ("too few incidents for" in found.subtitle) == (level == "district")
    assert found.detail.is_rough == (level == "division")
    forced = render("hotspots.map", reading(whole(made), level="upazila"), made)
    assert forced.options["level"] == "upazila"
    assert sum(areas(forced).values()) == 5 * sum(upazilas)


@pytest.mark.parametrize("exhibit_id", IDS)
def test_incidents_go_to_people_where_they_are_not_kept_by_a_filter(
    protected: Release, exhibit_id: str
) -> None:
    women = whole(protected, sex=("female",))
    found = render(exhibit_id, reading(women, measure="incidents"), protected)
    assert found.unit == "people"
    assert found.options["measure"] == "people"
    counted = queries.total(protected, PEOPLE, queries.shown_roles(women), protected.span)
    assert sum(int(size or 0) for size in found.table.column("people")) == counted


@pytest.mark.parametrize(
    ("area", "asked", "level"),
    [
        ((), "auto", "district"),
        ((), "upazila", "upazila"),
        (("BD20",), "auto", "district"),
        (("BD2022",), "auto", "upazila"),
        (("BD20220094",), "auto", "upazila"),
        (("CXB-201",), "auto", "upazila"),
        (("BD2022",), "division", "district"),
        (("MY",), "auto", "district"),
    ],
)
def test_a_map_is_as_fine_as_the_chosen_area_needs(
    unprotected: Release, area: tuple[str, ...], asked: str, level: str
) -> None:
    found = render("hotspots.map", reading(whole(unprotected, area=area), level=asked), unprotected)
    if found.figure is None:  # nothing happened there
        assert found.offer is not None
        return
    assert found.figure["view"].split(":")[0] == level


def test_a_level_that_gives_way_to_a_chosen_area_is_not_called_chosen(unprotected: Release) -> None:
    filters = whole(unprotected, area=("BD2022",))
    found = render("hotspots.map", reading(filters, level="division"), unprotected)
    assert (found.detail.rung, found.detail.is_chosen) == ("district", False)
    assert "as chosen" not in found.subtitle


def test_a_click_looks_into_an_area_and_only_its_parts_are_drawn(tmp_path: Path) -> None:
    made = release_of(tmp_path, [*[unit("BD20220094")] * 3, *[unit("BD3026")] * 3])
    found = render("hotspots.map", reading(whole(made, area=("BD2022",))), made)
    assert areas(found)["BD20220094"] == 15
    assert all(code.startswith("BD2022") for code in areas(found))
    outlined = [layer for layer in found.figure["layers"] if layer["kind"] == "outlines"]
    assert [layer["codes"] for layer in outlined] == [["BD2022"]]


@given(data=st.data())
def test_the_map_moves_only_with_level_and_area(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(few_filters(protected).map(lambda f: f.with_codes("area", ("BD2022",))))
    found = render("hotspots.map", reading(filters), protected)
    if found.figure:
        assert found.figure["view"] == f"{found.options['level']}:BD2022"


@pytest.mark.parametrize("exhibit_id", IDS)
@pytest.mark.parametrize("measure", ["incidents", "people"])
@given(data=st.data())
def test_every_view_is_a_figure_or_says_why_not(
    protected: Release, exhibit_id: str, measure: str, data: st.DataObject
) -> None:
    filters = data.draw(few_filters(protected))
    found = render(exhibit_id, reading(filters, measure=measure), protected)
    assert (found.figure is None) == (found.offer is not None)
    if found.figure and found.figure["form"] == "map":
        (layer,) = [layer for layer in found.figure["layers"] if layer["kind"] == "areas"]
        drawn = {area["code"] for area in layer["areas"]}
        assert drawn == {str(code) for code in found.table.column("code") if code} & drawn
        assert all(area["class"] < len(layer["classes"]) for area in layer["areas"])


@given(data=st.data())
def test_nobody_is_lost_between_map_and_total(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(few_filters(protected))
    found = render("hotspots.map", reading(filters), protected)
    period = filters.period or protected.default_period
    counted = queries.shown_roles(filters)
    held = queries.total(protected, PEOPLE, counted, period)
    if inapplicable(INCIDENTS, filters) or (
        held and not queries.total(protected, INCIDENTS, counted, period)
    ):
        assert found.unit == "people"
    else:
        assert found.unit == "incidents"
    if found.figure:
        total = queries.total(protected, FACTS[found.unit], counted, period)
        assert sum(int(size or 0) for size in found.table.column(found.unit)) == total


@pytest.mark.parametrize("exhibit_id", IDS)
@given(data=st.data())
def test_every_number_of_the_description_stands_in_the_table(
    unprotected: Release, exhibit_id: str, data: st.DataObject
) -> None:
    found = render(exhibit_id, reading(data.draw(few_filters(unprotected))), unprotected)
    highest = re.search(r"Highest: (.*?)\.(?: |$)", found.description)
    if highest:
        said = [int(number) for number in re.findall(r"\((\d+)\)", highest[1])]
        assert said
        assert said == list(found.table.column(found.unit))[: len(said)]


def test_the_map_and_the_list_say_the_same(protected: Release) -> None:
    view = reading(whole(protected), top="all")
    shown = render("hotspots.map", view, protected)
    drawn = areas(shown)
    listed = render("hotspots.ranking", view, protected)
    assert areas(listed) == {code: size for code, size in drawn.items() if size}
    apart = {name: size for code, name, _, size, *_ in shown.table.rows if not code}
    assert apart == {name: size for _, code, name, _, size, *_ in listed.table.rows if not code}
    rows = rows_of(listed)
    assert sum(row["value"] for row in rows) == sum(drawn.values()) + sum(apart.values())
    named = [row for row in rows if row["rank"]]
    assert [row["value"] for row in named] == list(areas(listed).values())[: len(named)]
    assert 0 < len(named) < len(rows)
    assert rows[: len(named)] == named


@pytest.mark.parametrize("top", ["15", "50"])
def test_a_list_that_is_cut_keeps_what_has_no_rank(protected: Release, top: str) -> None:
    cut = rows_of(render("hotspots.ranking", reading(whole(protected), top=top), protected))
    every = rows_of(render("hotspots.ranking", reading(whole(protected), top="all"), protected))
    ranked = [row for row in every if row["rank"]]
    assert cut == [*ranked[: int(top)], *every[len(ranked) :]]
    assert [row["rank"] for row in ranked] == list(range(1, len(ranked) + 1))


PARTS = ("trafficking", "smuggling", "mixed", "other")


def test_a_list_too_thin_to_split_is_not_split(tmp_path: Path) -> None:
    groups = ("trafficking_sexual", "smuggling", "other")
    thin = [unit("BD20220094", group) for group in groups]
    made = release_of(tmp_path, thin)
    found = render("hotspots.ranking", reading(Filters(), level="upazila"), made)
    assert "trafficking" not in [column.code for column in found.table.columns]
    assert found.table.column("incidents") == (15,)
    split = release_of(tmp_path / "split", thin * 4)
    drawn = render("hotspots.ranking", reading(Filters(), level="upazila"), split)
    assert [drawn.table.column(part) for part in PARTS] == [(20,), (20,), (0,), (20,)]


def test_whoever_looks_into_an_upazila_gets_its_camps_in_the_list(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[unit("BD20220094")] * 6, *[unit("CXB-201")] * 12, *[unit("CXB-202")] * 9,
        *[unit("CXB-KUTUPALONG")] * 4,
    ])  # fmt: skip
    ukhia = whole(made, area=("BD20220094",))
    camps = render("hotspots.ranking", reading(ukhia), made)
    assert areas(camps) == {"CXB-201": 60, "CXB-202": 45}
    assert (camps.figure or {})["small"]["aside_label"] == "outside camps, or camp not known"
    assert camps.table.column("name")[2:] == (
        "Ukhia, outside camps or camp not told",
        "Kutupalong-Balukhali, outside camps or camp not told",
    )
    regions = render("hotspots.ranking", reading(ukhia, level="camp_region"), made)
    assert areas(regions) == {"CXB-KUTUPALONG": 125}
    region = whole(made, area=("CXB-KUTUPALONG",))
    assert areas(render("hotspots.ranking", reading(region), made)) == areas(camps)
    asked = render("hotspots.ranking", reading(whole(made), level="camp"), made)
    assert areas(asked) == areas(camps)
    drawn = render("hotspots.map", reading(whole(made), level="camp"), made)
    assert areas(drawn)["BD20220094"] == 155  # a map has no boundaries of camps


def test_a_row_links_to_its_area_and_keeps_the_other_filters(protected: Release) -> None:
    filters = whole(protected, mode=("land",), area=("BD20",))
    listed = render("hotspots.ranking", reading(filters, measure="people"), protected)
    row = listed.figure["rows"][0]
    linked = read_query(row["query"], is_place=protected.is_place, options=("measure",))
    assert linked.filters == filters.with_codes("area", (row["code"],))
    assert linked.options == {"measure": "people"}


def test_a_period_that_is_not_in_the_release_is_not_shown_beside_and_that_is_said(
    protected: Release,
) -> None:
    view = reading(whole(protected, compare="previous"))
    found = render("hotspots.ranking", view, protected)
    assert "before" not in [column.code for column in found.table.columns]
    assert any("There are no data for the whole of" in note for note in found.notes)


def test_the_legend_calls_a_single_unit_a_few_and_nothing_none_or_very_few(tmp_path: Path) -> None:
    made = release_of(tmp_path, [*[unit("BD2022")] * 12, unit("BD3026")])
    found = render("hotspots.map", reading(whole(made), **DISTRICTS), made)
    labels = [entry["label"] for part in found.figure["legend"] for entry in part["entries"]]
    assert labels[-2:] == ["A few, 0–19", "None or very few"]


@pytest.mark.parametrize(
    ("units", "title"),
    [
        ({"BD2022": 8, "BD3026": 2}, "Cox's Bazar: 80 % of 50 incidents"),
        ({"BD2022": 4, "BD2015": 3, "BD3026": 3}, "2 districts hold 70 % of 50 incidents"),
        ({"BD2022": 5}, "Cox's Bazar comes first, with about 25 incidents"),
        ({"BD2022": 5, "BD2015": 4}, "Cox's Bazar and Chattogram come first, too"),
        (
            {"BD2022": 3, "BD2015": 3, "BD3026": 3, "BD3093": 3},
            "2 districts hold 50 % of 60 incidents",
        ),
        (
            {"BD2022": 9, "BD2015": 3, "BD3026": 3, "BD3093": 3, "BD4041": 3},
            "Cox's Bazar comes first, with about 45 incidents; 2 districts hold 57 %",
        ),
        # shares are of everything counted: what is elsewhere counts too
        ({"BD2022": 4, "BD20": 4}, "Cox's Bazar: 50 % of 40 incidents"),
        ({"BD2022": 3, "BD20": 5}, "Cox's Bazar comes first, with about 15 incidents"),
    ],
)
def test_the_title_states_where_half_of_the_incidents_are(
    tmp_path: Path, units: dict[str, int], title: str
) -> None:
    made = release_of(tmp_path, [unit(place) for place, n in units.items() for _ in range(n)])
    found = render("hotspots.map", reading(whole(made), **DISTRICTS), made)
    assert found.title.startswith(title)


def test_a_map_says_of_how_many_of_all_it_has_a_place(tmp_path: Path) -> None:
    stopped = {"place_role": "interception"}
    made = release_of(tmp_path, [*[unit("BD20220094")] * 6, *[unit("BD20220094") | stopped] * 2])
    for exhibit_id in ("hotspots.map", "overview.map"):
        found = render(exhibit_id, reading(whole(made, area=("BD20220094",)), **NUMBERS), made)
        assert found.note == "By place: about 30 of about 40 incidents, without checkpoints."
        every = whole(made, role=("recruitment", "interception"))
        assert not render(exhibit_id, reading(every, **NUMBERS), made).note


def test_the_only_area_that_is_looked_at_comes_first_of_none(tmp_path: Path) -> None:
    made = release_of(tmp_path, [*[unit("BD20220094")] * 6, unit("BD20220090")])
    for exhibit_id in ("hotspots.map", "hotspots.ranking", "overview.map"):
        found = render(exhibit_id, reading(whole(made, area=("BD20220094",)), **NUMBERS), made)
        of_map = ", more than usual" if exhibit_id == "overview.map" else ""
        assert found.title == f"Ukhia: about 30 incidents{of_map}"


def test_incidents_at_sea_alone_still_make_a_map_that_says_so(tmp_path: Path) -> None:
    made = release_of(tmp_path, [unit("SEA-BOB", place_role="transit", size=1)] * 3, base=1)
    found = render("hotspots.map", reading(whole(made), **DISTRICTS), made)
    assert found.title == "No district in Bangladesh is known for these incidents"
    assert "At sea (3)" in " ".join(found.notes)


def test_the_places_of_the_map_are_read_out_the_largest_first(tmp_path: Path) -> None:
    made = release_of(tmp_path, [unit("BD3026"), unit("BD3026"), *[unit("BD2022")] * 4])
    found = render("hotspots.map", reading(whole(made), **DISTRICTS), made)
    listed = found.figure["layers"][0]["areas"]
    assert [area["lines"] for area in listed[:2]] == [
        ["Cox's Bazar", "about 20 incidents", "From 10–30"],
        ["Dhaka", "about 10 incidents", "From 0–20"],
    ]
    assert len(listed) == len({area["code"] for area in listed}) == 64


def test_the_description_names_only_numbers_that_words_may_say(tmp_path: Path) -> None:
    made = release_of(tmp_path, [*[unit("BD2022")] * 3, unit("BD3026")])
    found = render("hotspots.map", reading(whole(made), **DISTRICTS), made)
    assert "Highest: Cox's Bazar (about 15)." in found.description
    few = release_of(tmp_path / "few", [unit("BD2022")])
    told = render("hotspots.map", reading(whole(few), **DISTRICTS), few)
    assert "Highest: Cox's Bazar (a few)." in told.description
    assert told.title == "Too few incidents to rank"
