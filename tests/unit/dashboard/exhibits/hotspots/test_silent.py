"""Areas from which no agency reported: dotted on maps and tiles, said in tables and the list."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from dashboard import exhibits
from dashboard.exhibits.counts.reporting import silent_areas
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exports.geo_frame import geo_frame
from dashboard.exports.map_layer import map_layer
from dashboard.exports.qgis_style import qgis_style
from dashboard.figures import theme
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.releases import built
from tests.support.sources import source
from tests.support.usual import QUARTER, TEKNAF, UKHIA, opened, units
from tests.unit.dashboard.exhibits.hotspots.test_camps import tiles
from tests.unit.dashboard.exhibits.hotspots.test_unusual import asked, people

exhibits.load()
RAMU, PEKUA, KUTUBDIA = "BD20220066", "BD20220056", "BD20220045"
SAID = "No agency reporting"
#: Somebody reports from Ukhia and Teknaf all along, from Pekua until the last quarter.
REPORTING = [(UKHIA, "2023-10", None), (TEKNAF, "2023-10", None), (PEKUA, "2023-10", "2026-07")]


def release_of(folder: Path, **more: object) -> AbstractContextManager[Release]:
    return opened(
        folder,
        units(UKHIA, 20),
        units(RAMU, 10),
        units(TEKNAF, 10, until=33),
        **{"reporting": REPORTING, **more},
    )


def look(found: Exhibit, code: str) -> dict[str, object]:
    layer = (found.figure or {})["layers"][0]
    (area,) = [area for area in layer["areas"] if area["code"] == code]
    return {**layer["classes"][area["class"]], "lines": area["lines"]}


def told(found: Exhibit, code: str, *columns: str) -> list[object]:
    """Cells of an area in its table."""
    at = [column.code for column in found.table.columns]
    (row,) = [row for row in found.table.rows if code in row]
    return [row[at.index(column)] for column in columns]


@pytest.mark.parametrize("show", ["number", "share", "usual"])
def test_an_area_without_reporting_is_dotted_whatever_is_shown(tmp_path: Path, show: str) -> None:
    with release_of(tmp_path) as release:
        found = asked(release, "hotspots.map", show=show)
        for code in (PEKUA, KUTUBDIA):
            assert look(found, code)["dots"] == theme.BORDER_STRONG
            assert look(found, code)["lines"] == [release.place_name(code), SAID]
        # Its number is drawn although nobody is said to work there; where one may, none is none.
        assert look(found, RAMU)["dots"] == look(found, TEKNAF)["dots"] == ""
        (legend,) = (found.figure or {})["legend"]
        assert [entry["label"] for entry in legend["entries"] if entry["dots"]] == [SAID]
        assert told(found, PEKUA, "incidents", "reporting", "in_words") == [None, SAID, ""]
        few = "Incidents: none or very few" if show == "share" else "none or very few"
        assert told(found, TEKNAF, "incidents", "reporting", "in_words") == [0, None, few]
        assert any("No agency reported from 6 upazilas" in note for note in found.notes)


def test_rates_of_others_do_not_count_them_as_none(tmp_path: Path) -> None:
    rates: list[object] = []
    for codes in ((UKHIA, RAMU), (UKHIA, RAMU, PEKUA)):
        counts = [people(code, 300_000) for code in codes]
        with release_of(tmp_path / str(len(codes)), populations=counts) as release:
            found = asked(release, "hotspots.map", show="rate", level="upazila", view="country")
            rates += told(found, UKHIA, "rate")
    assert rates[0] == rates[1] is not None


def test_a_layer_for_gis_holds_every_area_and_marks_them(tmp_path: Path) -> None:
    with release_of(tmp_path) as release:
        of = source("hotspots.map", release, f"level=upazila&show=number&period={QUARTER}")
        layer = map_layer(of)
        held = {feature["id"]: feature["properties"] for feature in layer.features}
        areas = {code for code, place in release.places.items() if place.level == "upazila"}
        assert held.keys() == areas
        silent, none = held[PEKUA], held[TEKNAF]
        assert (silent["incidents"], silent["incidents_words"]) == (None, "")
        assert (silent["reporting"], none["reporting"]) == (SAID, None)
        assert none["incidents"] == 0
        assert (silent["district_code"], silent["division_code"]) == ("BD2022", "BD20")
        assert len(layer.sizes) == len(areas) - sum(
            one["reporting"] == SAID for one in held.values()
        )
        style = ET.fromstring(qgis_style(layer, "en").removeprefix("<!DOCTYPE qgis>\n"))  # noqa: S314
        renderer = style.find("renderer-v2")
        assert renderer.get("attr") == 'coalesce("incidents", -1)'
        (dots,) = (entry for entry in renderer.iter("range") if entry.get("lower") == "-1")
        assert (dots.get("upper"), dots.get("label")) == ("-1", SAID)
        frame = geo_frame(layer.features, layer.schema)
        assert frame.loc[frame["code"] == PEKUA, "incidents"].isna().all()


def test_a_period_in_which_anybody_reported_is_not_silent(tmp_path: Path) -> None:
    with release_of(tmp_path) as release:
        year = Span.last(12, until=QUARTER.end)
        assert silent_areas(release, [PEKUA, KUTUBDIA], QUARTER) == {PEKUA, KUTUBDIA}
        assert silent_areas(release, [PEKUA, KUTUBDIA], year) == {KUTUBDIA}
        assert silent_areas(release, [KUTUBDIA], Span.parse("2019-01..2019-03")) == frozenset()
        # What holds an area that reports reports; what lies in one that does not does not.
        assert silent_areas(release, ["BD2022", "BD2015", "CXB-201"], QUARTER) == {"BD2015"}
        assert silent_areas(release, ["MY", "nowhere"], QUARTER) == frozenset()


def test_nothing_is_dotted_where_a_release_does_not_say(tmp_path: Path) -> None:
    with release_of(tmp_path, reporting=[]) as release:
        found = asked(release, "hotspots.map")
        assert look(found, KUTUBDIA)["dots"] == ""
        assert SAID not in str(found.figure)
        assert "reporting" not in [column.code for column in found.table.columns]


def test_the_list_names_a_few_or_counts_them(tmp_path: Path) -> None:
    with release_of(tmp_path) as release:
        found = asked(release, "hotspots.ranking", level="upazila")
        *_, last = (found.figure or {})["rows"]
        assert (last["label"], last["known"], last["rank"]) == ("6 upazilas", False, None)
        assert [mark["label"] for mark in last["marks"]] == [SAID]
        assert last["value_text"] == last["share"] == last["range"] == ""
        one = asked(release, "hotspots.ranking", level="upazila", area=(KUTUBDIA, UKHIA))
        assert [row["code"] for row in (one.figure or {})["rows"] if not row["known"]] == [KUTUBDIA]
        assert told(one, KUTUBDIA, "incidents", "said", "in_words") == [None, SAID, ""]


def test_a_chosen_area_without_reporting_says_so_instead_of_none(tmp_path: Path) -> None:
    with release_of(tmp_path) as release:
        for exhibit in ("hotspots.map", "hotspots.ranking", "hotspots.area"):
            found = asked(release, exhibit, area=(KUTUBDIA,))
            assert found.title.startswith("No agency reported from here"), exhibit
        assert not asked(release, "hotspots.map", area=(TEKNAF,)).title.startswith("No agency")


def test_nothing_is_fewer_than_usual_where_nobody_reports_any_more(tmp_path: Path) -> None:
    gone = [(UKHIA, "2023-10", None), (TEKNAF, "2023-10", "2026-07")]
    # Nothing is late in what was published, so that fewer may be said.
    with release_of(tmp_path, reporting=gone, kind="published") as release:
        found = asked(release, "hotspots.map", show="usual")
        assert "Teknaf" not in found.title
        assert look(found, TEKNAF)["lines"] == ["Teknaf", SAID]
    with release_of(tmp_path / "still", kind="published") as release:
        found = asked(release, "hotspots.map", show="usual")
        assert found.title == "Fewer than usual, Jul – Sep 2026: Teknaf"
        assert "fewer than usual" in str(look(found, TEKNAF)["lines"])


def test_tiles_of_an_upazila_without_reporting_are_dotted_too(tmp_path: Path) -> None:
    gone = [(UKHIA, "2023-10", None), (TEKNAF, "2023-10", "2026-07")]
    with release_of(tmp_path, reporting=gone) as release:
        found = asked(release, "hotspots.camps")
        classes = (found.figure or {})["layers"][0]["classes"]
        dotted = {code for code, tile in tiles(found).items() if classes[tile["class"]]["dots"]}
        assert dotted == {code for code in tiles(found) if release.parent(code, "upazila") != UKHIA}
        assert tiles(found)["CXB-025"]["lines"] == ["Camp 26", SAID]
        rows = {str(row[0]): row for row in found.table.rows}
        assert rows["CXB-025"][3] is None
        assert SAID in rows["CXB-025"]


def test_the_public_reads_it_by_district(tmp_path: Path) -> None:
    release = built(
        tmp_path, months=12, audience="public", units={}, reporting=[("BD2022", "2025-10", None)]
    )
    assert silent_areas(release, ["BD2022", "BD2015", "BD20", "BD30"], release.span) == {
        "BD2015", "BD30",
    }  # fmt: skip
