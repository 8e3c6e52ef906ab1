"""What the map of areas shows beside numbers: shares; ``test_unusual`` has what is usual."""

from __future__ import annotations

from pathlib import Path

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.figures import theme
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import built, day

exhibits.load()
NOW = Span.parse("2026-01..2026-03")


def units(place: str, month: str, number: int) -> list[dict[str, object]]:
    one = {"month": day(month), "place": place, "place_role": "transit", "size": 5}
    return [one | {"class_group": "smuggling"}] * number


def release_of(folder: Path, made: list[dict[str, object]]) -> Release:
    return built(folder, units={"incidents": made})


def shown(release: Release, show: str) -> Exhibit:
    return render("hotspots.map", reading(Filters(period=NOW), show=show), release)


def painted(found: Exhibit) -> dict[str, str]:
    """Label of the class of each area that is not white."""
    layer = found.figure["layers"][0]
    (legend,) = found.figure["legend"]
    labels = {entry["fillcolor"]: entry["label"] for entry in legend["entries"]}
    fills = [look["fillcolor"] for look in layer["classes"]]
    return {
        area["code"]: labels[fills[area["class"]]]
        for area in layer["areas"]
        if fills[area["class"]] not in ("#FFFFFF", theme.LAND)
    }


def test_shares_are_of_all_events_those_without_an_area_too(tmp_path: Path) -> None:
    made = release_of(tmp_path, [*units("BD20220094", "2026-02", 12), *units("MY", "2026-02", 8)])
    found = shown(made, "share")
    assert found.title == "Ukhia comes first, with 60 % of 100 incidents"
    shares = dict(zip(found.table.column("code"), found.table.column("share"), strict=True))
    assert shares["BD20220094"] == 60
    (share,) = (column for column in found.table.columns if column.code == "share")
    assert share.unit == "%"
    numbers = shown(made, "number")
    assert (found.figure or {})["layers"][0]["areas"][0]["class"] == (
        (numbers.figure or {})["layers"][0]["areas"][0]["class"]
    )
