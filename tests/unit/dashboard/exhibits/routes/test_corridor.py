"""Routes: one corridor opened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits, queries
from dashboard.components.corridor_card import corridor_card
from dashboard.components.markup import markup
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters, Reading
from dashboard.model.facts import JOURNEYS
from dashboard.release.open_release import Release
from tests.support.legs import leg, whole
from tests.support.readings import few_filters, reading
from tests.support.releases import build_release, day

exhibits.load()


def journey(
    origin: str | None, transit: list[str] | None, destination: str | None, **more: object
) -> Mapping[str, object]:
    own = {"quarter": day("2026-07"), "class_group": "smuggling", "corridor": "air_gulf"}
    stops = {"origin": origin, "transit": transit, "destination": destination}
    return {**own, "mode": "air", **stops, "size": 10} | more


@pytest.fixture
def made(tmp_path: Path) -> Release:
    """Two corridors by journeys, with legs, people and incidents of the first."""
    path = build_release(
        tmp_path / "made.duckdb",
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
                {"month": day("2026-09"), "corridor": "air_gulf", "sex": "male", "is_child": "no",
                 "age_band": "19_24", "population_group": "host_community",
                 "class_group": "smuggling", "identified_by": "police", "size": 10},
            ] * 5,
            "incidents": [
                {"month": day("2026-09"), "corridor": "air_gulf", "dead_or_missing_band": "1_4",
                 "class_group": "smuggling", "size": 10},
            ] * 3,
        },
        base=1,
    )  # fmt: skip
    return Release(path)


def card(release: Release, *codes: str, **more: Any) -> Exhibit:
    return render("routes.corridor", reading(whole(release, corridor=codes, **more)), release)


def strip(found: Exhibit) -> list[tuple[str, Any]]:
    return [
        (part["title"], {row["label"]: row["value"] for row in part["rows"]})
        if part["kind"] == "stop"
        else ("way", part["text"])
        for part in (found.figure or {})["strip"]
    ]


def group(found: Exhibit, name: str) -> dict[str, int]:
    (one,) = (each for each in (found.figure or {})["groups"] if each["id"] == name)
    return {row["label"]: row["value"] for row in one["rows"]}


def test_stops_stand_in_order_with_their_numbers_and_the_transport_between(made: Release) -> None:
    found = card(made, "air_gulf")
    assert found.title == "By air to the Gulf: 120 people, 75 % of all"
    assert strip(found) == [
        ("From", {"Jashore": 90, "Chattogram, district not told": 20, "Not known": 10}),
        ("way", "Land"),
        ("On the way", {"Dhaka": 90, "No place recorded": 30}),
        ("way", "Air"),
        ("To", {"Saudi Arabia": 60, "United Arab Emirates": 50, "Not known": 10}),
    ]


def test_a_corridor_without_places_on_the_way_has_two_stops(made: Release) -> None:
    found = strip(card(made, "naf_river"))
    assert found == [("From", {"Cox's Bazar": 40}), ("way", "Sea"), ("To", {"Malaysia": 40})]


def test_who_travels_how_legs_ended_and_the_dead_stand_under_the_stops(made: Release) -> None:
    found = card(made, "air_gulf")
    assert group(found, "class") == {"Smuggling of migrants": 90, "Trafficking": 30}
    assert group(found, "people") == {"Men": 50}
    assert group(found, "ended") == {"Completed": 40, "Unknown": 20}
    assert group(found, "dead") == {"1–4": 30}
    assert group(found, "mode") == {"Air": 120}


def test_without_a_choice_the_largest_is_open_and_leads_to_others(made: Release) -> None:
    found = card(made)
    figure = found.figure or {}
    assert figure["code"] == "air_gulf"
    assert figure["said"].startswith("No corridor is chosen: this is the largest.")
    said = markup(corridor_card(figure, Reading(whole(made), {}, ())))
    assert "corridor=naf_river" in said
    assert 'aria-current="true"' not in said


def test_of_several_the_largest_is_open_and_each_can_be_opened(made: Release) -> None:
    found = card(made, "naf_river", "air_gulf")
    figure = found.figure or {}
    assert figure["code"] == "air_gulf"
    assert figure["said"].startswith("You chose 2 corridors: this is the largest of them.")
    assert [way["code"] for way in figure["ways"]] == ["naf_river", "air_gulf"]
    one = card(made, "naf_river").figure or {}
    assert (one["code"], one["said"]) == ("naf_river", "")
    assert [way["code"] for way in one["ways"] if way["is_now"]] == ["naf_river"]


def test_stops_that_are_not_kept_by_a_filter_are_left_out_and_said(made: Release) -> None:
    found = card(made, "air_gulf", identified_by=("police",))
    figure = found.figure or {}
    assert figure["strip"] is None
    said = "Places on the way are left out: they are not kept by identifying agency."
    assert figure["strip_said"] == said
    assert {each["id"] for each in figure["groups"]} == {"class", "people", "ages", "group"}
    assert "How legs ended: left out, since it is not kept by identifying agency." in found.notes


@given(data=st.data(), level=st.sampled_from(["auto", "district", "division", "country"]))
def test_every_stop_sums_to_the_journeys_of_the_corridor(
    protected: Release, data: st.DataObject, level: str
) -> None:
    filters = data.draw(few_filters(protected))
    found = render("routes.corridor", reading(filters, level=level), protected)
    assert (found.figure is None) == (found.offer is not None)
    if found.figure is None or not found.figure["strip"]:
        return
    code = found.figure["code"]
    one = filters.with_codes("corridor", (code,) if code else ())
    period = (filters.period or protected.default_period).snapped("quarter")
    total = queries.total(protected, JOURNEYS, one, period)
    for part in found.figure["strip"]:
        if part["kind"] == "stop":
            assert sum(row["value"] for row in part["rows"]) == total
    drawn = [row["value"] for part in found.figure["strip"] if part["kind"] == "stop"
             for row in part["rows"]]  # fmt: skip
    drawn += [row["value"] for each in found.figure["groups"] for row in each["rows"]]
    assert drawn == list(found.table.column("value"))
    for *_, value, low, high, _unit in found.table.rows:
        assert low <= value <= high  # pyright: ignore[reportOperatorIssue]


def test_a_corridor_that_holds_nothing_offers_the_next_wider_view(made: Release) -> None:
    found = card(made, "bd_nepal")
    assert found.offer is not None
    assert "corridor" not in found.offer.query.replace("corridor=&", "")
    assert Filters(period=made.span).to_query() in found.offer.query
