"""The card of the area that a reader looks at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits
from dashboard.components.forms import as_html
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters, Reading
from dashboard.release.open_release import Release
from tests.support.readings import few_filters, reading
from tests.support.releases import built, day

exhibits.load()


def unit(place: str, **more: object) -> dict[str, object]:
    return {"month": day("2026-09"), "place": place, "size": 5} | more


def incident(place: str, group: str = "trafficking_labour") -> dict[str, object]:
    return unit(place, place_role="transit", class_group=group)


def person(place: str, sex: str, child: str, corridor: str) -> dict[str, object]:
    return unit(
        place, place_role="transit", class_group="smuggling", sex=sex, is_child=child,
        corridor=corridor,
    )  # fmt: skip


def request(place: str) -> dict[str, object]:
    return unit(place, service="shelter", size=10)


@pytest.fixture
def made(tmp_path: Path) -> Release:
    """Ukhia and Teknaf; referrals are kept by district alone."""
    return built(
        tmp_path,
        units={
            "incidents": [
                *[incident("BD20220094")] * 9,
                *[incident("CXB-201", "smuggling")] * 3,
                *[incident("BD20220090")] * 4,
                *[incident("MY")] * 4,
            ],
            "people": [
                *[person("BD20220094", "female", "yes", "bay_of_bengal_andaman")] * 6,
                *[person("CXB-201", "male", "no", "camp_internal")] * 5,
            ],
            "requests": [request("BD2022")] * 4,
        },
    )


def card(release: Release, *areas: str, **more: Any) -> Exhibit:
    filters = Filters(period=release.span, area=areas, **more)
    return render("hotspots.area", reading(filters), release)


def groups(found: Exhibit) -> dict[str, dict[str, Any]]:
    return {group["id"]: group for group in (found.figure or {})["groups"]}


def numbers(found: Exhibit, group: str) -> dict[str, int]:
    return {row["label"]: row["value"] for row in groups(found)[group]["rows"]}


def test_an_area_has_its_number_and_share_of_all_events(made: Release) -> None:
    found = card(made, "BD20220094")
    assert found.title == "Ukhia: about 60 incidents, 60 % of all"
    assert numbers(found, "class") == {"Trafficking": 45, "Smuggling of migrants": 15}
    assert numbers(found, "people") == {"Girls": 30, "Men": 25}
    assert sum(numbers(found, "corridors").values()) == 55


def test_all_others_have_the_error_of_all_and_of_what_is_named(tmp_path: Path) -> None:
    kinds = (("female", "yes", 6), ("male", "no", 5), ("unknown", "unknown", 4))
    people = [[person("BD20220094", sex, child, "x")] * n for sex, child, n in kinds]
    found = card(built(tmp_path, units={"people": sum(people, [])}), "BD20220094")
    ends = {row[2]: row[3:6] for row in found.table.rows}
    # Of each an error of a unit, 5, adds in squares.
    assert (ends["Girls"], ends["All others and unknown"]) == ((30, 20, 40), (20, 2, 38))


def test_without_a_chosen_area_it_is_the_home(made: Release) -> None:
    assert card(made).title == "Cox's Bazar: about 80 incidents, 80 % of all"


def test_several_areas_are_named_and_counted_together(made: Release) -> None:
    found = card(made, "BD20220094", "BD20220090")
    assert found.title == "Ukhia, Teknaf: about 80 incidents, 80 % of all"


def test_referrals_kept_by_district_are_those_of_the_district_and_say_so(made: Release) -> None:
    services = groups(card(made, "BD20220094"))["services"]
    assert services["title"] == "Services asked for in Cox's Bazar"
    assert services["rows"][0]["value"] == 40
    assert groups(card(made, "BD2022"))["services"]["title"] == "Services asked for here"


def test_referrals_of_a_camp_are_those_of_its_upazila_where_that_stands(tmp_path: Path) -> None:
    units = {
        "incidents": [incident("CXB-201")] * 9,
        "requests": [*[request("BD20220094")] * 3, request("BD2022")],
    }
    found = card(built(tmp_path, units=units), "CXB-201")
    (services,) = [group for group in groups(found).values() if group["id"] == "services"]
    assert services["title"] == "Services asked for in Ukhia"
    assert [row["value"] for row in services["rows"]] == [30]


def test_what_is_not_kept_by_a_filter_is_left_out_and_said(made: Release) -> None:
    found = card(made, "BD20220094", role=("transit",))
    assert "services" not in groups(found)
    assert any(note.startswith("Services asked for are left out") for note in found.notes)


def test_rows_lead_to_what_they_count(made: Release) -> None:
    found = card(made, "BD20220094")
    figure = found.figure or {}
    said = as_html(figure, Reading(Filters(period=made.span), {}, ()))
    assert "area=BD20220094" in said
    assert "sex=female" in said and "child=yes" in said
    assert 'href="/routes?' in said and 'href="/referrals?' in said
    girls = Filters(period=made.span, area=("BD20220094",), sex=("female",), child=("yes",))
    looked = render("hotspots.area", reading(girls), made)
    assert looked.title.startswith("Ukhia: about 30 people")


@given(data=st.data())
def test_the_table_has_every_number_of_the_card(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(few_filters(protected))
    found = render("hotspots.area", reading(filters), protected)
    assert (found.figure is None) == (found.offer is not None)
    if found.figure is None:
        return
    drawn = [row for group in found.figure["groups"] for row in group["rows"]]
    assert [row["value"] for row in drawn] == list(found.table.column("value"))
    for *_, value, low, high, _unit in found.table.rows:
        assert low <= value <= high  # pyright: ignore[reportOperatorIssue]
