"""Hotspots: camps as a tile map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboard import exhibits, queries
from dashboard.exhibits.counts.camp_tiles import camp_tiles
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.figures import theme
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS
from dashboard.model.protection import is_few
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import built
from tests.unit.dashboard.exhibits.hotspots.test_areas import release_of, unit

exhibits.load()
ID = "hotspots.camps"
X4, W8, C19, UKHIA, TEKNAF = "CXB-232", "CXB-211", "CXB-219", "BD20220094", "BD20220090"


def shown(release: Release, **more: object) -> Exhibit:
    filters = Filters(period=release.span, **more)  # pyright: ignore[reportArgumentType]
    return render(ID, reading(filters, show="number"), release)


def tiles(found: Exhibit) -> dict[str, dict[str, Any]]:
    return {tile["code"]: tile for tile in found.figure["layers"][0]["tiles"]}


def look(found: Exhibit, code: str) -> dict[str, Any]:
    return found.figure["layers"][0]["classes"][tiles(found)[code]["class"]]


def rows(found: Exhibit) -> dict[str, tuple[Any, ...]]:
    return {str(row[0] or row[1]): row for row in found.table.rows}


UNITS = [*[unit(X4)] * 8, *[unit(UKHIA)] * 6, *[unit(TEKNAF)] * 3, unit("BD2022"), unit("MY")]


def test_camps_hold_what_lies_in_them_and_the_table_loses_nothing(tmp_path: Path) -> None:
    made = release_of(tmp_path, UNITS)
    found = shown(made)
    assert found.unit == "incidents"
    held = rows(found)
    assert held[X4][3] == 40
    assert held[W8][3] == 0
    away = "outside camps or camp not told"
    assert (held[f"Ukhia, {away}"][3], held[f"Cox's Bazar, {away}"][3]) == (30, 5)
    assert held["Anywhere else"][3] == 5
    whole = queries.total(made, INCIDENTS, queries.shown_roles(Filters()), made.span)
    assert sum(int(row[3] or 0) for row in found.table.rows) == whole


def test_a_number_stands_on_a_tile_where_it_says_more_than_a_few(tmp_path: Path) -> None:
    found = shown(release_of(tmp_path, [*UNITS, unit(W8)]))
    held = tiles(found)
    assert (held[X4]["number"], held[W8]["number"], held[C19]["number"]) == ("40", "", "")
    assert is_few(5, 5)
    assert held[W8]["lines"][1:] == ["a few incidents", "From 0–15"]
    assert look(found, C19)["fillcolor"] == theme.SURFACE
    assert look(found, X4)["fillcolor"] in theme.SEQUENTIAL["total"]


def test_a_single_further_camp_has_its_name(tmp_path: Path) -> None:
    camps = [tile.code for tile in camp_tiles() if tile.is_open][:8]
    for n, said in ((7, False), (8, True)):
        folder = tmp_path / str(n)
        folder.mkdir()
        units = [unit(code) for code in camps[:n] for _ in range(9)]
        assert ("2 more camps" in str(shown(release_of(folder, units)).figure)) == said
        assert "1 more camp" not in str(shown(release_of(folder, units)).figure)


def test_the_title_names_the_camp_that_leads_or_those_that_are_too_close(tmp_path: Path) -> None:
    leads = [*[unit(X4)] * 90, unit(W8)]
    near = [*[unit(X4)] * 9, *[unit(W8)] * 8]
    for name, units, title in (
        ("leads", leads, "Camp 04 Extension comes first of the camps, with about 450 incidents"),
        ("close", near, "Camp 04 Extension and Camp 08W come first, too close to rank"),
        ("band", [*near, *[unit(C19)] * 7], "3 camps lead, too close to rank"),
        ("one", [*[unit(X4)] * 3, unit(W8), unit(C19)], "3 camps lead, too close to rank"),
        ("few", [unit(X4), unit(W8)], "Camp 08W and Camp 04 Extension: a few incidents each"),
        ("none", [unit(UKHIA)] * 4, "None or very few incidents in each camp"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        assert shown(release_of(folder, units)).title == title


def test_other_tiles_stay_when_an_area_is_chosen(tmp_path: Path) -> None:
    made = release_of(tmp_path, UNITS)
    found = shown(made, area=(X4,))
    assert found.title == "Camp 04 Extension: about 40 incidents"
    assert found.figure["layers"][0]["outlined"] == [X4]
    assert len(tiles(found)) == 34
    assert tiles(found)[C19]["lines"] == ["Camp 19", "Outside the chosen area"]
    teknaf = shown(made, area=(TEKNAF,))
    assert {code for code in rows(teknaf) if code.startswith("CXB")} == {
        tile.code
        for tile in camp_tiles()
        if tile.is_open and made.parent(tile.code, "upazila") == TEKNAF
    }


def test_of_an_area_without_camps_nothing_is_drawn_and_that_is_said(tmp_path: Path) -> None:
    made = release_of(tmp_path, [*UNITS, *[unit("BD3026")] * 4])
    found = shown(made, area=("BD3026",))
    assert found.title == "No camp lies in the chosen area"
    assert found.figure is None
    assert found.offer is not None


def test_a_closed_camp_has_a_tile_only_where_it_holds_something(tmp_path: Path) -> None:
    closed, pointless = "CXB-032", "CXB-235"
    made = release_of(tmp_path, UNITS)
    assert closed not in tiles(shown(made))
    assert closed in tiles(shown(made, area=(closed, X4)))
    folder = tmp_path / "held"
    folder.mkdir()
    found = shown(release_of(folder, [*UNITS, *[unit(closed)] * 3, *[unit(pointless)] * 2]))
    assert tiles(found)[closed]["number"] == "15"
    assert pointless not in tiles(found)
    assert rows(found)[pointless][1:4] == ("Choukhali", "", 10)


def test_without_protection_every_camp_has_its_number(unprotected: Release) -> None:
    found = render(ID, reading(Filters(period=unprotected.span), show="number"), unprotected)
    assert [column.code for column in found.table.columns] == [
        "code", "camp", "region", "incidents",
    ]  # fmt: skip
    sizes = {row[0]: row[3] for row in found.table.rows if row[0]}
    assert None not in sizes.values()
    for code, tile in tiles(found).items():
        assert tile["number"] == (f"{sizes[code]:,}" if sizes[code] else ""), code


def test_the_public_is_told_that_camps_are_not_shown(tmp_path: Path) -> None:
    made = built(tmp_path, months=12, base=10, audience="public")
    found = shown(made)
    assert found.offer is not None
    assert found.title == "Camps are not shown in an edition for the public."
    assert found.table.rows == ()
