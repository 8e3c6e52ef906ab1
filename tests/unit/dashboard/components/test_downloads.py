"""The menu of a card: every format is two clicks away, under a name that says what is in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dash import html

from dashboard.components.downloads import downloads, messages, query_of
from dashboard.model.languages import LANGUAGES
from tests.unit.dashboard.components.test_exhibit_card import READING, VALUE, walk
from tests.unit.dashboard.components.test_filter_status import props, texts

ASKED = query_of(VALUE, READING)
MENU = downloads(VALUE, ASKED, "overview-trend_2025-10_release-x", "en")


def test_pictures_and_tables_stand_in_one_menu() -> None:
    made = props(MENU, "data-export")
    sent = props(MENU, "data-file")
    assert made == ["png", "svg"]
    assert sent == ["xlsx", "csv", "tidy", "hxl", "zip", "json"]
    assert sum(isinstance(node, html.Summary) for node in walk(MENU)) == 1


def test_groups_of_files_are_marked_for_roles_that_may_save_none_of_them_or_csv_alone() -> None:
    drawn = replace(VALUE, figure={"form": "map"})
    marked: dict[str, set[str]] = {}
    for group in downloads(drawn, ASKED, "x", "en").children[1].children:
        for kind in props(group, "data-file") or ["none"]:
            marked[kind] = set((getattr(group, "className", None) or "").split())
    assert marked.pop("none") == set()
    both = {"menu-files", "has-csv"}
    table, analysis = (
        dict.fromkeys(("xlsx", "csv"), both),
        dict.fromkeys(("tidy", "hxl", "zip", "json"), both),
    )
    assert marked == {**table, **analysis, "geojson": {"menu-files"}, "gpkg": {"menu-files"}}


def test_a_file_has_the_name_of_its_view() -> None:
    assert props(MENU, "download") == [
        f"overview-trend_2025-10_release-x{kind}"
        for kind in (".xlsx", ".csv", "_tidy.csv", "_hxl.csv", ".zip", ".json")
    ]
    assert props(MENU, "data-name") == ["overview-trend_2025-10_release-x"]


def test_a_map_that_is_drawn_also_comes_as_a_layer() -> None:
    drawn = replace(VALUE, figure={"form": "map"})
    assert props(downloads(drawn, ASKED, "x", "en"), "data-file")[-2:] == ["geojson", "gpkg"]


def test_a_file_keeps_to_the_release_of_its_figure() -> None:
    assert all("edition=2026-09-x" in link for link in props(MENU, "href"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_said_in_the_language_of_the_page(lang: str) -> None:
    said = messages(lang)
    assert "{file}" in said["data-made"]
    assert len(set(said.values())) == len(said)
    assert (texts(downloads(VALUE, ASKED, "x", lang)) == texts(MENU)) == (lang == "en")
