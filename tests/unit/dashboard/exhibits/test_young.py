"""What a group reads whose data began a few months ago."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dashboard.components.forms import as_html
from dashboard.components.sheet_head import sheet_head
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.release.open_release import Release
from tests.support.readings import drawn, reading
from tests.support.releases import build_release
from tests.support.steady import steady

UKHIA, TEKNAF, DHAKA = "BD20220094", "BD20220090", "BD3026"
WHY = "Too little data lies before these months to know what is usual."


@pytest.fixture(scope="module")
def young(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """Four months, as a group has them that began in June."""
    places = (UKHIA, 6), (TEKNAF, 6), (DHAKA, 1)
    events = [unit for place, each in places for unit in steady(each, each, months=4, place=place)]
    forms = [{**unit, "exploitation": ["forced_labour"]} for unit in events]
    requests = steady(3, 3, months=4, service="cash")
    units = {"incidents": events, "people": forms, "requests": requests, "journeys": []}
    path = tmp_path_factory.mktemp("young") / "young.duckdb"
    release = Release(build_release(path, months=4, units=units))
    yield release
    release.close()


def shown(release: Release, name: str) -> Exhibit:
    return render(name, reading(Filters()), release)


def test_why_nothing_is_usual_yet_is_said_once_and_not_in_each_tile(young: Release) -> None:
    found = shown(young, "overview.indicators")
    assert [item["change"] for item in drawn(found)["items"]] == [""] * 4
    assert WHY in found.notes


@pytest.mark.parametrize("name", ["overview.changes", "hotspots.signals"])
def test_what_cannot_be_compared_leaves_its_page_and_is_not_called_nothing_to_flag(
    young: Release, name: str
) -> None:
    found = shown(young, name)
    assert found.title == WHY
    assert found.offer


def test_rings_are_explained_only_where_there_are_any(young: Release, protected: Release) -> None:
    ring, now = "A ring marks", reading(Filters())
    assert "ring" not in shown(young, "overview.exploitation").subtitle
    assert ring not in str(sheet_head(young, now))
    assert ring in str(sheet_head(protected, now))


def test_nothing_is_open_since_before_the_data_begin(young: Release, protected: Release) -> None:
    for release, parts in ((young, ["half_year"]), (protected, ["half_year", "year", "older"])):
        figure = drawn(shown(release, "referrals.waiting"))
        assert [age["code"] for age in figure["ages"]] == parts
        assert {len(row["parts"]) for row in figure["rows"]} == {len(parts)}
        assert as_html(figure, reading(Filters()))


def test_areas_too_close_to_rank_are_not_called_most(young: Release) -> None:
    assert shown(young, "hotspots.quarters").title == (
        "Teknaf and Ukhia come first, too close to rank"
    )


def test_each_of_few_months_has_its_name_below_the_strip(young: Release) -> None:
    strip = as_html(drawn(shown(young, "hotspots.time")), reading(Filters()))
    assert re.findall(r"brush-tick[^>]*>([^<]+)<", str(strip)) == ["Jun 26", "Jul", "Aug", "Sep"]
