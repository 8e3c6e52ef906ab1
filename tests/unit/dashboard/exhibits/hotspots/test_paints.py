"""What the map of areas shows beside numbers: shares and changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import build_release, day

exhibits.load()
NOW, BEFORE = Span.parse("2026-01..2026-03"), Span.parse("2025-10..2025-12")


def units(place: str, month: str, number: int) -> list[dict[str, object]]:
    one = {"month": day(month), "place": place, "place_role": "transit", "size": 5}
    return [one | {"class_group": "smuggling"}] * number


def release_of(folder: Path, made: list[dict[str, object]], **more: object) -> Release:
    path = build_release(
        folder / "made.duckdb",
        units={"incidents": made},
        **more,  # pyright: ignore[reportArgumentType]
    )
    return Release(path)


def shown(release: Release, show: str, **more: str) -> Exhibit:
    filters = Filters(period=NOW, compare=more.pop("compare", "previous"))  # pyright: ignore[reportArgumentType]
    return render("hotspots.map", reading(filters, show=show, **more), release)


def painted(found: Exhibit) -> dict[str, str]:
    """Label of the class of each area that is not white."""
    assert found.figure is not None
    layer = found.figure["layers"][0]
    (legend,) = found.figure["legend"]
    labels = [entry["label"] for entry in reversed(legend["entries"])]
    fills = [look["fillcolor"] for look in layer["classes"]]
    return {
        area["code"]: labels[area["class"]]
        for area in layer["areas"]
        if fills[area["class"]] != "#FFFFFF"
    }


def emphases(found: Exhibit) -> dict[str, str]:
    """What stands behind the name of each area that has anything there."""
    labels = (found.figure or {})["labels"]
    return {label["text"]: label["emphasis"] for label in labels if label["emphasis"]}


@pytest.fixture
def moved(tmp_path: Path) -> Release:
    """Ukhia rises from 20 to 120, Teknaf falls from 100 to 10, Ramu stays."""
    return release_of(
        tmp_path,
        [
            *units("BD20220094", "2026-02", 24), *units("BD20220094", "2025-11", 4),
            *units("BD20220090", "2026-02", 2), *units("BD20220090", "2025-11", 20),
            *units("BD20220066", "2026-02", 8), *units("BD20220066", "2025-11", 8),
        ],
    )  # fmt: skip


def test_areas_with_clearly_more_and_fewer_have_the_colours_of_both(moved: Release) -> None:
    found = shown(moved, "change")
    assert painted(found) == {"BD20220094": "More", "BD20220090": "Fewer"}
    assert found.title == "Clearly more in Ukhia; clearly fewer in Teknaf"
    rows = {row[0]: row[-2:] for row in found.table.rows}
    assert rows["BD20220094"] == (20, "about 100 more")
    assert rows["BD20220066"] == (40, "No clear change")
    assert emphases(found) == {"Ukhia": "+100", "Teknaf": "−90"}


def test_a_title_never_calls_clear_what_chance_could_make(tmp_path: Path) -> None:
    made = release_of(
        tmp_path, [*units("BD20220094", "2026-02", 9), *units("BD20220094", "2025-11", 5)]
    )
    found = shown(made, "change")
    assert painted(found) == {"BD20220094": "More, with a doubt"}
    assert found.title == "Ukhia: more than in Oct – Dec 2025, with a doubt"


@pytest.mark.parametrize(
    ("earlier", "said"), [([], "new"), (units("BD20220094", "2025-07", 4), "back")]
)
def test_what_grew_from_nothing_is_new_or_back_where_an_earlier_year_had_it(
    tmp_path: Path, earlier: list[dict[str, object]], said: str
) -> None:
    made = release_of(tmp_path, [*earlier, *units("BD20220094", "2026-02", 8)])
    assert emphases(shown(made, "change")) == {"Ukhia": f"+40 {said}"}
    numbered = shown(made, "number")
    assert emphases(numbered) == {"Ukhia": f"40 {said}"}
    (ukhia,) = [a for a in (numbered.figure or {})["layers"][0]["areas"] if a["class"]]
    assert ukhia["lines"][-1].lower().startswith(f"{said}: none or very few")
    filters = Filters(period=NOW)
    listed = render("hotspots.ranking", reading(filters, level="upazila"), made)
    (row,) = (listed.figure or {})["rows"]
    assert (row["change"], row["direction"]) == (f"{said}, about 40", "up")


def test_without_a_period_to_compare_with_the_map_has_numbers_and_says_so(moved: Release) -> None:
    found = shown(moved, "change", compare="none")
    assert found.options["show"] == "number"
    first = Span(moved.span.start, moved.span.start.plus(2))
    early = render("hotspots.map", reading(Filters(period=first), show="change"), moved)
    assert early.options.get("show", "number") == "number"


def test_shares_are_of_all_events_those_without_an_area_too(tmp_path: Path) -> None:
    made = release_of(tmp_path, [*units("BD20220094", "2026-02", 12), *units("MY", "2026-02", 8)])
    found = shown(made, "share")
    assert found.title == "Ukhia comes first, with 60 % of these incidents"
    assert {row[0]: row[-1] for row in found.table.rows}["BD20220094"] == 60
    assert [c.unit for c in found.table.columns][-1] == "%"
    numbers = shown(made, "number")
    assert (found.figure or {})["layers"][0]["areas"][0]["class"] == (
        (numbers.figure or {})["layers"][0]["areas"][0]["class"]
    )
