"""Routes: the flow map."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits, queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.facts import LEGS
from dashboard.release.open_release import Release
from tests.support.legs import leg, release_of, whole
from tests.support.readings import few_filters, reading

exhibits.load()


def flows(found: Exhibit) -> dict[tuple[str, str], int]:
    rows = zip(
        found.table.column("from_code"),
        found.table.column("to_code"),
        found.table.column("people"),
        strict=True,
    )
    return {(str(start), str(end)): int(size or 0) for start, end, size in rows}


def test_people_are_counted_from_district_to_district_and_abroad(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("CXB-201", "MY")] * 4, leg("BD3026", "BD2022"), leg("BD2022", "BD2022"),
        leg(None, "MY"), leg("BD2022", "SEA-BOB"), leg("BD20", "IN"), leg("BD", "IN"),
    ])  # fmt: skip
    found = render("routes.map", reading(whole(made)), made)
    assert flows(found) == {
        ("BD2022", "MY"): 40,
        ("BD3026", "BD2022"): 10,
        ("BD2022", "BD2022"): 10,
        ("", "MY"): 10,
        ("BD2022", "SEA-BOB"): 10,
        ("", "IN"): 10,
    }
    ends = {str(name) for name in found.table.column("from")}
    assert {name for name in ends if name.startswith("Elsewhere")} == {
        "Elsewhere in Chattogram", "Elsewhere in Bangladesh"
    }  # fmt: skip
    assert "Not known" in ends
    assert any("about 20 people from or to elsewhere in an area" in note for note in found.notes)
    assert found.title == "The largest flow is from Cox's Bazar to Malaysia: about 40 people"


def test_what_cannot_be_drawn_is_said_with_its_number(tmp_path: Path) -> None:
    made = release_of(
        tmp_path, [*[leg("BD2022", "MY")] * 3, *[leg("BD2022", "BD2022")] * 3, leg(None, "MY"),
                   leg(None, None)]
    )  # fmt: skip
    notes = render("routes.map", reading(whole(made)), made).notes
    assert "Lines join the centres of areas; they are not paths travelled." in notes
    assert any("about 30 people whose leg stays within one district" in note for note in notes)
    assert any("about 20 people with an end that is not known" in note for note in notes)


@given(data=st.data())
def test_nobody_is_lost_between_flows_and_total(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(few_filters(protected))
    found = render("routes.map", reading(filters), protected)
    assert (found.figure is None) == (found.offer is not None)
    if found.figure:
        period = filters.period or protected.default_period
        assert sum(flows(found).values()) == queries.total(protected, LEGS, filters, period)
        drawn = {kind: layer for layer in found.figure["layers"] for kind in [layer["kind"]]}
        ends = {tuple(flow[end]) for flow in drawn["flows"]["flows"] for end in ("start", "end")}
        assert ends == {tuple(node["point"]) for node in drawn["nodes"]["nodes"]}


@pytest.mark.parametrize("top", ["20", "50", "100"])
def test_only_the_largest_flows_are_drawn_and_the_note_says_how_many(
    unprotected: Release, top: str
) -> None:
    found = render("routes.map", reading(whole(unprotected), top=top), unprotected)
    assert found.figure is not None
    drawn = len(found.figure["layers"][0]["flows"])
    between = [pair for pair in flows(found) if "" not in pair and pair[0] != pair[1]]
    assert drawn == min(int(top), len(between))
    assert any(f"{drawn} of {len(between)} flows" in note for note in found.notes)


def test_trafficking_and_smuggling_never_share_hue_or_line(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 3,
        *[leg("BD3026", "IN", class_group="trafficking_labour")] * 3,
    ])  # fmt: skip
    found = render("routes.map", reading(whole(made)), made)
    assert found.figure is not None
    looks = {look["line"]: look["dash"] for look in found.figure["layers"][0]["groups"].values()}
    assert looks["#5F2C82"] == []
    assert looks["#1F8F7B"] != []


def test_a_click_on_a_place_gives_its_code(tmp_path: Path) -> None:
    made = release_of(tmp_path, [leg("BD2022", "MY")] * 3)
    found = render("routes.map", reading(whole(made)), made)
    assert found.figure is not None
    nodes = found.figure["layers"][-1]["nodes"]
    assert [node["code"] for node in nodes] == ["BD2022", "MY"]
    assert nodes[0]["lines"][0] == "Cox's Bazar"


@pytest.mark.parametrize(
    ("end", "view"), [("BD3026", "bangladesh"), ("MY", "region"), ("IN", "region")]
)
def test_the_map_shows_as_much_of_the_world_as_the_flows_need(
    tmp_path: Path, end: str, view: str
) -> None:
    made = release_of(tmp_path, [leg("BD2022", end)] * 2)
    found = render("routes.map", reading(whole(made)), made)
    assert found.figure is not None
    assert found.figure["view"] == view


@pytest.mark.parametrize(
    ("starts", "level", "expected"),
    [
        (("BD2022",) * 3, "district", {("BD2022", "BD3026"): 30}),
        (("BD2022", "BD2015") * 2, "division", {("BD20", "BD30"): 40}),
        (("BD2022", "BD2015", "BD1004", "BD4041"), "country", {("BD", "BD"): 40}),
    ],
)
def test_districts_too_thin_to_tell_apart_are_shown_by_the_area_around_them(
    tmp_path: Path, starts: tuple[str, ...], level: str, expected: dict[tuple[str, str], int]
) -> None:
    made = release_of(tmp_path, [leg(start, "BD3026") for start in starts])
    found = render("routes.map", reading(Filters()), made)
    assert flows(found) == expected
    assert found.detail is not None
    assert found.detail.rung == found.options["level"] == level
    assert (" · " in found.subtitle) == (level != "district")
    if level == "division":
        assert found.subtitle.endswith(" · by division: too few people for districts")
    forced = render("routes.map", reading(Filters(), level="district"), made)
    assert forced.detail is not None
    assert forced.detail.is_chosen
    assert forced.detail.is_rough == (level != "district")
    assert sum(flows(forced).values()) == sum(expected.values())


def test_flows_and_corridors_have_the_ranges_of_their_numbers(protected: Release) -> None:
    for exhibit_id in ("routes.map", "routes.corridors"):
        found = render(exhibit_id, reading(whole(protected)), protected)
        columns = (found.table.column(name) for name in ("low", "people", "high"))
        rows = list(zip(*columns, strict=True))
        assert all(low <= size <= high for low, size, high in rows)
        assert any(low < high for low, _, high in rows)


@pytest.mark.parametrize("exhibit_id", ["routes.map", "routes.corridors"])
@given(data=st.data())
def test_every_number_of_the_description_stands_in_the_table(
    unprotected: Release, exhibit_id: str, data: st.DataObject
) -> None:
    found = render(exhibit_id, reading(data.draw(few_filters(unprotected))), unprotected)
    _, largest, named = found.description.partition("Largest: ")
    if largest:
        said = [int(number) for number in re.findall(r"\((\d+)\)", named)]
        assert said
        assert set(said) <= set(found.table.column("people"))
