"""Routes: the flow map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import queries
from dashboard.exhibits.counts.leg_choice import flow_choice
from dashboard.exhibits.counts.leg_counts import REST, flow_step, is_place
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import question_of, render
from dashboard.figures.theme import CLASS_LOOK, TRANSPORT_LOOK
from dashboard.filters import Filters
from dashboard.model.facts import JOURNEYS, LEGS
from dashboard.release.open_release import Release
from tests.support.legs import leg, release_of, whole
from tests.support.readings import drawn, few_filters, reading
from tests.support.releases import built, day

#: What the margin calls those who have an end that is not known.
NOT_RECORDED = "Start or end not recorded"


def flows(found: Exhibit) -> dict[tuple[str, str], int]:
    units = {column.code for column in found.table.columns} & {LEGS.unit, JOURNEYS.unit}
    columns = map(found.table.column, ("from_code", "to_code", *units))
    rows = zip(*columns, strict=True)
    return {(str(start), str(end)): int(size or 0) for start, end, size in rows}


def left(found: Exhibit) -> dict[str, str]:
    """Legs without a line, as the margin of the map says it."""
    return {entry["label"]: entry["number"] for entry in drawn(found)["margin"]["entries"]}


def lines(found: Exhibit, *, faint: bool) -> list[tuple[str, ...]]:
    """Ends of the lines that are drawn, lit or faint."""
    flows_drawn = drawn(found)["layers"][0]["flows"]
    return [tuple(flow["ends"]) for flow in flows_drawn if flow["faint"] == faint]


def test_legs_are_counted_from_district_to_district_and_abroad(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("CXB-201", "MY")] * 6, leg("BD3026", "BD2022"), leg("BD2022", "BD2022"),
        leg(None, "MY"), leg("BD2022", "SEA-BOB"), leg("BD20", "IN"), leg("BD", "IN"),
    ])  # fmt: skip
    found = render("routes.map", reading(whole(made)), made)
    assert flows(found) == {
        ("BD2022", "MY"): 60,
        ("BD3026", "BD2022"): 10,
        ("BD2022", "BD2022"): 10,
        ("", "MY"): 10,
        ("BD2022", "SEA-BOB"): 10,
        ("BD20", "IN"): 10,
        ("BD", "IN"): 10,
    }
    ends = {str(name) for name in found.table.column("from")}
    assert {"Chattogram, district not told", "Bangladesh, division not told", "Not known"} < ends
    assert left(found) == {NOT_RECORDED: "a few", "Within one district": "a few"}
    assert found.title == "The largest flow is from Cox's Bazar to Malaysia: about 60 legs"


def test_an_end_that_is_known_by_its_area_stands_there_with_a_line_of_its_own(
    tmp_path: Path,
) -> None:
    made = release_of(tmp_path, [
        *[leg("BD20", "MY")] * 3, *[leg("BD20", "BD2022")] * 2, leg("BD20", "BD20"),
        *[leg("BD2022", "MY")] * 4,
    ])  # fmt: skip
    found = render("routes.map", reading(whole(made), level="district"), made)
    assert lines(found, faint=False) == [("BD2022", "MY"), ("in:BD20", "MY")]
    # No line leads from an area to what lies in it, which may be the same place.
    assert left(found) == {"District not told": "30"}
    coarse = render("routes.map", reading(whole(made), level="division"), made)
    assert lines(coarse, faint=False) == [("BD20", "MY")]
    assert left(coarse) == {"Within one division": "30"}


def test_what_cannot_be_drawn_is_said_with_its_number(tmp_path: Path) -> None:
    made = release_of(
        tmp_path, [*[leg("BD2022", "MY")] * 3, *[leg("BD2022", "BD2022")] * 3, leg(None, "MY"),
                   leg(None, None)]
    )  # fmt: skip
    found = render("routes.map", reading(whole(made)), made)
    assert "Lines join the centres of areas; they are not paths travelled." in found.notes
    assert left(found) == {NOT_RECORDED: "20", "Within one district": "30"}
    said = f"Legs without a line: Within one district (about 30), {NOT_RECORDED} (about 20)."
    assert said in found.notes


@given(data=st.data())
def test_nobody_is_lost_between_flows_and_total(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(few_filters(protected))
    found = render("routes.map", reading(filters), protected)
    if found.figure:
        period = filters.period or protected.default_period
        counted = next(fact for fact in (JOURNEYS, LEGS) if fact.unit_in("en") == found.unit)
        assert sum(flows(found).values()) == queries.total(protected, counted, filters, period)
        layers = {layer["kind"]: layer for layer in drawn(found)["layers"]}
        ends = {tuple(flow[end]) for flow in layers["flows"]["flows"] for end in ("start", "end")}
        assert ends <= {tuple(node["point"]) for node in layers["nodes"]["nodes"]}


def test_only_the_largest_flows_are_drawn_and_the_note_says_how_many(unprotected: Release) -> None:
    found = render("routes.map", reading(whole(unprotected)), unprotected)
    n = len(drawn(found)["layers"][0]["flows"])
    between = [pair for pair in flows(found) if "" not in pair and pair[0] != pair[1]]
    assert n == min(60, len(between))
    assert found.note.startswith(f"{n} of {len(between)} flows")


def test_people_are_counted_once_by_where_their_journey_begins_and_ends(tmp_path: Path) -> None:
    stops = {"origin": "CXB-201", "transit": ["BD3026"], "destination": "MY"}
    own = {"quarter": day("2026-07"), "class_group": "smuggling", "corridor": "naf_river"}
    units = {
        "journeys": [{**own, **stops, "mode": "sea", "size": 10}] * 3,
        "legs": [leg("CXB-201", "BD3026"), leg("BD3026", "MY")] * 3,
    }
    made = built(tmp_path, units=units)
    found = render("routes.map", reading(whole(made), level="district"), made)
    assert (flows(found), found.unit) == ({("BD2022", "MY"): 30}, "people")
    legs = render("routes.map", reading(whole(made), level="district", measure=LEGS.id), made)
    assert flows(legs) == {("BD2022", "BD3026"): 30, ("BD3026", "MY"): 30}
    (look,) = drawn(found)["layers"][0]["groups"]
    assert look == "all"
    chosen = render("routes.map", reading(whole(made, corridor=("naf_river",))), made)
    assert set(drawn(chosen)["layers"][0]["groups"]) == {"chosen"}


def test_trafficking_and_smuggling_never_share_hue_or_line(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 3,
        *[leg("BD3026", "IN", class_group="trafficking_labour")] * 3,
    ])  # fmt: skip
    found = render("routes.map", reading(whole(made), colour="class"), made)
    looks = {look["line"]: look["dash"] for look in drawn(found)["layers"][0]["groups"].values()}
    assert looks["#5F2C82"] == []
    assert looks["#1F8F7B"] != []


def test_a_click_on_a_place_gives_its_code(tmp_path: Path) -> None:
    made = release_of(tmp_path, [leg("BD2022", "MY")] * 3)
    found = render("routes.map", reading(whole(made)), made)
    nodes = drawn(found)["layers"][-1]["nodes"]
    assert drawn(found)["click"] == "place"
    assert [node["code"] for node in nodes] == ["BD2022", "MY"]
    assert nodes[0]["lines"][0] == "Cox's Bazar"
    assert [node["edges"] for node in nodes] == [
        [["", ""], ["from Cox's Bazar", "30"]], [["to Malaysia", "30"], ["", ""]]
    ]  # fmt: skip


def test_a_corridor_lights_its_flows_and_the_others_stay_faint(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY", corridor="bay_of_bengal_andaman")] * 3,
        *[leg("BD2022", "MM", corridor="naf_river")] * 4,
        *[leg("BD2022", "MY", corridor="other")] * 5,
    ])  # fmt: skip
    chosen = whole(made, corridor=("bay_of_bengal_andaman",))
    found = render("routes.map", reading(chosen, level="district"), made)
    assert flows(found) == {("BD2022", "MY"): 30}
    assert lines(found, faint=False) == [("BD2022", "MY")]
    assert lines(found, faint=True) == [("BD2022", "MM")]
    all_ = render("routes.map", reading(whole(made), level="district"), made)
    assert lines(all_, faint=True) == []


def test_a_corridor_without_a_line_does_not_empty_the_map(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "BD2022", corridor="camp_internal")] * 3, *[leg("BD2022", "MY")] * 4,
    ])  # fmt: skip
    chosen = whole(made, corridor=("camp_internal",))
    found = render("routes.map", reading(chosen, level="district"), made)
    assert found.title == "Within Cox's Bazar: about 30 legs"
    assert lines(found, faint=True) == [("BD2022", "MY")]
    assert left(found) == {"Within one district": "30"}


def test_a_place_isolates_its_flows_and_lists_them(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 3, leg("BD3026", "BD2022"), *[leg("BD3026", "IN")] * 2,
        leg("BD2022", None), leg("BD2022", "BD2022"),
    ])  # fmt: skip
    found = render("routes.map", reading(whole(made), level="district", place="BD2022"), made)
    assert found.title == "Cox's Bazar: about 50 legs from here, about 20 to here"
    assert set(lines(found, faint=False)) == {("BD2022", "MY"), ("BD3026", "BD2022")}
    assert lines(found, faint=True) == [("BD3026", "IN")]
    assert flows(found) == {
        ("BD2022", "MY"): 30, ("BD3026", "BD2022"): 10, ("BD2022", ""): 10,
        ("BD2022", "BD2022"): 10,
    }  # fmt: skip
    assert drawn(found)["chosen"] == "BD2022"


@pytest.mark.parametrize(
    ("place", "total"), [("unknown", 20), ("in:BD20", 10), ("BD20", 40), ("BD10", 0)]
)
def test_an_end_that_is_no_place_is_chosen_like_one(tmp_path: Path, place: str, total: int) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 3, leg("BD20", "IN"), leg(None, "MY"), leg(None, None),
    ])  # fmt: skip
    found = render("routes.map", reading(whole(made), level="district", place=place), made)
    assert sum(flows(found).values()) == total
    lit = set(lines(found, faint=False))
    assert set(lines(found, faint=True)) == {("BD2022", "MY"), ("in:BD20", "IN")} - lit


def test_journeys_of_a_few_have_no_line_and_are_smaller_flows(
    protected: Release,
) -> None:
    asked = replace(
        question_of(whole(protected), protected), options={"level": "district", "place": "any"}
    )
    step = flow_step(asked, JOURNEYS)
    choice = flow_choice(asked, step.counted, step.level)
    few = {pair for pair in choice.pairs if step.counted.sizes[pair] < 2 * JOURNEYS.base}
    assert few
    assert choice.lit
    assert not few & set(choice.lit)
    apart = {pair for pair in few if all(map(is_place, pair)) and pair[0] != pair[1]}
    assert {step.counted.without_line(pair) for pair in apart} == {REST}


def test_the_margin_and_the_lines_sum_to_every_leg(unprotected: Release) -> None:
    for counted in (JOURNEYS, LEGS):
        for query in ({}, {"place": "BD2022"}, {"level": "division"}):
            question = question_of(whole(unprotected), unprotected)
            asked = replace(question, options={"level": "auto", "place": "any", **query})
            step = flow_step(asked, counted)
            choice = flow_choice(asked, step.counted, step.level)
            lit = sum(step.counted.sizes[pair] for pair in choice.lit)
            assert lit + sum(choice.without_line.values()) == choice.total
            if "place" not in query:
                total = queries.total(unprotected, counted, asked.filters, question.period)
                assert choice.total == total


@pytest.mark.parametrize(
    ("legs", "title"),
    [([leg("BD2022", "MY", size=7)], "Too few legs to say which flow is largest"),
     ([*[leg("BD2022", "MY")] * 2, leg("BD3026", "IN")],  # a few are no second
      "Too few legs to say which flow is largest"),
     ([leg("BD2022", "MY")] * 4,
      "The largest flow is from Cox's Bazar to Malaysia: about 40 legs")],
)  # fmt: skip
def test_a_flow_of_a_few_legs_is_not_called_the_largest(
    tmp_path: Path, legs: list[Mapping[str, object]], title: str
) -> None:
    made = release_of(tmp_path, legs)
    found = render("routes.map", reading(whole(made), level="district"), made)
    assert found.title == title


def test_each_transport_has_a_hue_and_a_dash_of_its_own(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY", mode="sea")] * 5, *[leg("BD3026", "IN", mode="land")] * 3,
    ])  # fmt: skip
    found = render("routes.map", reading(whole(made), colour="transport", level="district"), made)
    assert set(drawn(found)["layers"][0]["groups"]) == {"sea", "land"}
    assert found.table.column("main_transport") == ("Sea", "Land")
    looks = list(TRANSPORT_LOOK.values())
    assert len({look.colour for look in looks}) == len({look.dash for look in looks}) == len(looks)
    hues = {CLASS_LOOK[part].colour for part in ("trafficking", "smuggling")}
    assert hues.isdisjoint(look.colour for look in looks)


@pytest.mark.parametrize(
    ("end", "view"),
    [
        ("BD3026", "bangladesh"),
        ("MM", "neighbours"),
        ("MY", "region"),
        ("IN", "region"),
        ("IT", "far"),
    ],
)
def test_the_map_shows_as_much_of_the_world_as_the_flows_need(
    tmp_path: Path, end: str, view: str
) -> None:
    made = release_of(tmp_path, [leg("BD2022", end)] * 2)
    found = render("routes.map", reading(whole(made)), made)
    assert drawn(found)["view"] == view


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
    assert found.detail.rung == found.options["level"] == level
    assert (" · " in found.subtitle) == (level != "district")
    if level == "division":
        assert found.subtitle.endswith(f" · by division: too few {LEGS.unit} for districts")
    forced = render("routes.map", reading(Filters(), level="district"), made)
    assert forced.detail.is_chosen
    assert forced.detail.is_rough == (level != "district")
    assert sum(flows(forced).values()) == sum(expected.values())


def test_flows_and_corridors_have_the_ranges_of_their_numbers(protected: Release) -> None:
    for exhibit_id in ("routes.map", "routes.corridors"):
        found = render(exhibit_id, reading(whole(protected)), protected)
        names = ("low", JOURNEYS.unit, "high")
        columns = (found.table.column(name) for name in names)
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
        assert set(said) <= set(found.table.column(JOURNEYS.unit))


@pytest.mark.parametrize(
    ("chosen", "name"), [({}, "All corridors"), ({"corridor": ("naf_river",)}, "What you chose")]
)
def test_lines_that_are_all_alike_are_named(
    tmp_path: Path, chosen: dict[str, tuple[str, ...]], name: str
) -> None:
    made = release_of(tmp_path, [leg("BD2022", "MY")] * 3)
    found = render("routes.map", reading(whole(made, **chosen)), made)
    assert [entry["label"] for entry in drawn(found)["legend"][0]["entries"]] == [name]
