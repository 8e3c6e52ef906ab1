"""Routes: one corridor opened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import queries
from dashboard.components.forms import as_html
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters, Reading
from dashboard.model.facts import JOURNEYS
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.legs import leg, whole
from tests.support.readings import drawn, few_filters, reading
from tests.support.releases import built, day
from tests.support.steady import steady


def journey(
    origin: str | None, transit: list[str] | None, destination: str | None, **more: object
) -> Mapping[str, object]:
    own = {"quarter": day("2026-07"), "class_group": "smuggling", "corridor": "air_gulf"}
    stops = {"origin": origin, "transit": transit, "destination": destination}
    return {**own, "mode": "air", **stops, "size": 10} | more


@pytest.fixture
def made(tmp_path: Path) -> Release:
    """Two corridors by journeys, with legs, people and incidents of the first."""
    return built(
        tmp_path,
        units={
            "journeys": [
                *[journey("BD4041", ["BD3026"], "SA")] * 6,
                *[journey("BD4041", ["BD3026"], "AE", class_group="trafficking_labour")] * 3,
                *[journey("BD20", None, "AE")] * 2,
                journey(None, None, None),
                *[journey("BD2022", None, "MY", corridor="naf_river", mode="sea")] * 4,
            ],
            "legs": [
                *[leg("BD4041", "BD3026", corridor="bd_internal", mode="land")] * 5,
                *[leg("BD3026", "SA", corridor="air_gulf", completed="completed")] * 4,
                *[leg("BD3026", "SA", corridor="air_gulf", completed=None)] * 2,
            ],
            "people": [
                {
                    "month": day("2026-09"),
                    "corridor": "air_gulf",
                    "sex": "male",
                    "is_child": "no",
                    "age_band": "19_24",
                    "population_group": "host_community",
                    "class_group": "smuggling",
                    "identified_by": "police",
                    "size": 10,
                },
            ]
            * 5,
            "incidents": [
                {
                    "month": day("2026-09"),
                    "corridor": "air_gulf",
                    "dead_or_missing_band": "1_4",
                    "class_group": "smuggling",
                    "size": 10,
                },
            ]
            * 3,
        },
        base=1,
    )


def card(release: Release, *codes: str, **more: Any) -> Exhibit:
    return render("routes.corridor", reading(whole(release, corridor=codes, **more)), release)


def strip(found: Exhibit) -> dict[str, dict[str, int]]:
    return {
        stop["title"]: {row["label"]: row["value"] for row in stop["rows"]}
        for stop in drawn(found)["strip"]
    }


def group(found: Exhibit, name: str) -> dict[str, int]:
    (one,) = (each for each in drawn(found)["groups"] if each["id"] == name)
    return {row["label"]: row["value"] for row in one["rows"]}


def test_from_way_and_to_stand_in_order_and_what_is_not_recorded_is_told(made: Release) -> None:
    found = card(made, "air_gulf")
    assert found.title == "By air to the Gulf: 120 people, 75 % of all"
    assert strip(found) == {
        "From": {"Jashore": 90, "Chattogram, district not told": 20, "Not known": 10},
        "Way, 90 of 120 recorded": {"Dhaka": 90, "Way not recorded": 30},
        "To": {"Saudi Arabia": 60, "United Arab Emirates": 50, "Not known": 10},
    }
    stops = drawn(found)["strip"]
    assert stops[1]["rows"][-1]["text"] == "30 of 120"
    pale = [row["label"] for stop in stops for row in stop["rows"] if not row["is_told"]]
    assert pale == ["Not known", "Way not recorded", "Not known"]


def test_a_corridor_without_places_on_the_way_says_so(made: Release) -> None:
    assert strip(card(made, "naf_river")) == {
        "From": {"Cox's Bazar": 40}, "Way": {"Way not recorded": 40}, "To": {"Malaysia": 40},
    }  # fmt: skip


def test_a_few_are_not_told_as_a_part_of_a_few(tmp_path: Path) -> None:
    few = journey("BD2022", None, "MY", corridor="naf_river", mode="sea", size=5)
    found = card(built(tmp_path, units={"journeys": [few]}), "naf_river")
    assert drawn(found)["strip"][1]["rows"][0]["text"] == "a few"


def test_a_way_is_as_it_was_recorded_whatever_ends_its_units_have(tmp_path: Path) -> None:
    sea = {"corridor": "naf_river", "mode": "sea"}
    made = built(
        tmp_path,
        units={
            "journeys": [
                journey("CXB-201", ["CXB-201"], "MY", **sea),
                *[journey("CXB-201", ["BD20220090", "BD3026"], "MY", **sea)] * 2,
                *[journey("CXB-201", ["BD2022"], "MY", **sea)] * 3,
                *[journey("BD4041", ["BD2022"], "MY", **sea)] * 4,
                journey("BD4041", None, "MY", **sea),
            ]
        },
        base=1,
    )
    assert strip(card(made, "naf_river"))["Way, 100 of 110 recorded"] == {
        "Cox's Bazar": 70, "Teknaf → Dhaka": 20, "Camp 01E": 10,
        "Way not recorded": 10,
    }  # fmt: skip


def test_class_transport_and_how_legs_ended_stand_under_the_stops(made: Release) -> None:
    found = card(made, "air_gulf")
    assert group(found, "class") == {"Smuggling of migrants": 90, "Trafficking": 30}
    assert group(found, "ended") == {"Completed": 40, "Unknown": 20}
    assert group(found, "mode") == {"Air": 120}
    said = as_html(drawn(found), Reading(whole(made), {}, ()))
    assert "Outcome<span" in said
    assert "(legs)" in said


def test_the_last_years_stand_by_quarter_with_their_season(tmp_path: Path) -> None:
    winter = [
        journey("BD2022", None, "MY", corridor="naf_river", quarter=day(month))
        for month in ("2023-10", "2024-01", "2024-10", "2025-01", "2025-10", "2026-01")
        for _ in range(3)
    ]
    people = [
        {"month": day(month), "corridor": "naf_river", "size": 10}
        for month in ("2023-11", "2024-02", "2024-11", "2025-02", "2025-11", "2026-02")
        for _ in range(6)
    ]
    units = {"journeys": winter, "people": people}
    made = built(tmp_path, months=36, units=units, base=1)
    season = drawn(card(made, "naf_river"))["season"]
    assert season["columns"] == ["Oct – Dec", "Jan – Mar", "Apr – Jun", "Jul – Sep"]
    cells = [[cell["text"] for cell in row["cells"]] for row in season["rows"]]
    assert cells == [["30", "30", "·", "·"]] * 3
    assert season["said"] == "Nearly all from Nov to Feb, in all years."
    assert [cell["level"] for cell in season["rows"][0]["cells"]] == [4, 4, 0, 0]


@pytest.mark.parametrize(("fact", "ids"), [("incidents", []), ("people", ["class"])])
def test_what_a_release_does_not_report_is_not_shown_as_none(
    tmp_path: Path, fact: str, ids: list[str]
) -> None:
    one = {"month": day("2026-09"), "corridor": "air_gulf", "class_group": "smuggling", "size": 10}
    units = {fact: [one] * 4}
    made = built(tmp_path, months=24, units=units, base=1)
    figure = drawn(card(made, "air_gulf"))
    assert [each["id"] for each in figure["groups"]] == ids
    assert (figure["season"] is None) == (fact == "incidents")


def test_without_a_choice_the_one_that_rose_is_open_else_the_largest_that_leads_abroad(
    made: Release, tmp_path: Path
) -> None:
    figure = drawn(card(made))
    assert figure["code"] == "air_gulf"
    why = "No corridor is chosen: this is the largest that leads abroad."
    assert figure["said"].endswith(why)
    people = [*steady(20, 20, corridor="bd_internal"), *steady(3, 12, corridor="naf_river"),
              *steady(9, 9, corridor="bd_nepal")]  # fmt: skip
    rose = built(tmp_path, months=36, units={"people": people})
    quarter = Filters(period=Span.parse("2026-07..2026-09"))
    opened = drawn(render("routes.corridor", reading(quarter), rose))
    assert opened["code"] == "naf_river"
    assert opened["said"].startswith("More than usual; usual 45, noticed from ")
    assert opened["said"].endswith("No corridor is chosen: this one rose most clearly.")


def test_of_several_the_largest_is_open(made: Release) -> None:
    figure = drawn(card(made, "naf_river", "air_gulf"))
    assert figure["code"] == "air_gulf"
    assert figure["said"].endswith("You chose 2 corridors: this is the largest of them.")
    one = drawn(card(made, "naf_river"))
    assert (one["code"], "chose" in one["said"]) == ("naf_river", False)


def test_stops_that_are_not_kept_by_a_filter_are_left_out_and_said(made: Release) -> None:
    found = card(made, "air_gulf", identified_by=("police",))
    figure = drawn(found)
    assert figure["strip"] is None
    said = "Places on the way are left out: they are not kept by identifying agency."
    assert figure["strip_said"] == said
    assert {each["id"] for each in figure["groups"]} == {"class"}
    assert "Outcome: left out, since it is not kept by identifying agency." in found.notes


@given(data=st.data(), level=st.sampled_from(["auto", "district", "division", "country"]))
def test_every_stop_sums_to_the_journeys_of_the_corridor(
    protected: Release, data: st.DataObject, level: str
) -> None:
    filters = data.draw(few_filters(protected))
    found = render("routes.corridor", reading(filters, level=level), protected)
    if found.figure is None or not drawn(found)["strip"]:
        return
    code = drawn(found)["code"]
    one = filters.with_codes("corridor", (code,) if code else ())
    period = (filters.period or protected.default_period).snapped("quarter")
    total = queries.total(protected, JOURNEYS, one, period)
    for stop in drawn(found)["strip"]:
        assert sum(row["value"] for row in stop["rows"]) == total
    stops, shown = drawn(found)["strip"], drawn(found)["groups"]
    values = [row["value"] for part in (*stops, *shown) for row in part["rows"]]
    columns = (found.table.column(name) for name in ("part", "value"))
    told = [value for part, value in zip(*columns, strict=True) if part != "By quarter"]
    assert values == told
    for *_, value, low, high, _unit in found.table.rows:
        assert low <= value <= high  # pyright: ignore[reportOperatorIssue]


def test_a_corridor_that_holds_nothing_offers_the_next_wider_view(made: Release) -> None:
    found = card(made, "bd_nepal")
    assert "corridor" not in found.offer.query.replace("corridor=&", "")
    assert Filters(period=made.span).to_query() in found.offer.query


@pytest.mark.parametrize(
    ("corridor", "title", "said"),
    [
        ("bd_internal", "Inside Bangladesh: about 10 people", "this is the largest. None or very"),
        (None, "No corridor is recorded", ""),
    ],
)
def test_without_a_corridor_that_leads_abroad_none_is_called_so(
    tmp_path: Path, corridor: str | None, title: str, said: str
) -> None:
    units = {"journeys": [journey("BD4041", None, "BD3026", corridor=corridor)]}
    found = render("routes.corridor", reading(Filters()), built(tmp_path, units=units))
    assert found.title == title
    assert said in (found.figure or {"said": ""})["said"]
