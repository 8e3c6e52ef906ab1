"""Pages name exhibits that exist, each once, and leave none without a place."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import dash
import pytest
from flask import Flask

from dashboard import exhibits
from dashboard.exhibits.registry import definitions
from dashboard.model.languages import LANGUAGES
from dashboard.pages import by_name, entries, figure_number, find, is_view, path_of
from dashboard.pages.arrange import arranged
from dashboard.pages.page import Page, Slot
from dashboard.words.catalogue import translate
from tests.support.pages import ALONE, PAGES

exhibits.load()


def test_every_exhibit_stands_on_a_page() -> None:
    placed = {slot.exhibit for page in (*PAGES, *ALONE) for slot in page.slots}
    assert placed == {entry.id for entry in definitions()}


def test_an_exhibit_of_several_pages_is_linked_on_its_own() -> None:
    assert path_of("overview.changes") == "/overview"
    assert path_of("sheet.people") == "/sheet"


def test_dash_knows_every_page_in_its_order_and_no_path_twice() -> None:
    found = [entry["path"] for entry in dash.page_registry.values()]
    assert found == [page.path for page in (*PAGES, *ALONE)]
    assert len(set(found)) == len(found)
    assert found[:3] == ["/", "/overview", "/hotspots"]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["path"])
def test_dash_is_told_what_a_page_is_in_the_language_of_who_asks(entry: Mapping[str, Any]) -> None:
    name = entry["page"].name
    for lang in LANGUAGES:
        with Flask(__name__).test_request_context(f"{entry['path']}?lang={lang}&sex=female"):
            title, lead = entry["title"](), entry["description"]()
        assert translate(f"shell.page.{name}.name", lang) in title
        assert lead == translate(f"shell.page.{name}.lead", lang)
        # As Dash calls a layout: with every parameter of the address.
        laid_out = entry["layout"](lang=lang, sex="female")
        assert laid_out == arranged(entry["page"], lang)
    assert entry["name"] == name
    assert entry["module"].startswith(f"dashboard.pages.{name}")


_A_COMMAND = """
import sys
from dashboard import exhibits
from dashboard.pages import path_of
exhibits.load()
print(path_of("routes.chains"), path_of("overview.trend"), "dashboard.application" in sys.modules)
"""


def test_a_command_without_an_app_knows_the_pages_too() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _A_COMMAND], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["/routes/chains", "/overview", "False"]


@pytest.mark.parametrize("page", ALONE, ids=lambda page: page.path)
def test_what_left_a_page_opens_alone_and_leads_back(page: Page) -> None:
    (slot,) = page.slots
    assert find(page.path) is page
    assert path_of(slot.exhibit) == page.path
    assert [by_name(name).name for name in page.links] == [page.name]


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [("/", "", False), ("/", "lang=bn&edition=2026-09", False), ("/", "month=2026-08", False),
     ("/", "lang=bn&sex=female", True), ("/", "period=2026-08..2026-08", True),
     ("/", "top=50", True), ("/", "sex=", False), ("/overview", "sex=female", False)],
)  # fmt: skip
def test_the_first_page_shows_no_view(path: str, query: str, *, expected: bool) -> None:
    assert is_view(path, query) is expected


def test_the_eight_panels_of_the_sheet_stand_together() -> None:
    (sheet,) = (section for page in PAGES for section in page.sections if section.name == "sheet")
    assert [slot.exhibit for slot in sheet.slots] == [
        "sheet.people", "sheet.age-sex", "sheet.months", "sheet.types",
        "sheet.transport-destination", "sheet.rescuing-authority", "sheet.promises",
        "sheet.recruitment-place",
    ]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_rows_of_a_page_fill_the_twelve_columns(page: Page) -> None:
    for section in page.sections:
        taken = [[False] * 12 for _ in range(2 * len(section.slots) + 1)]
        beside = [Slot("", "text", 3)] if section.beside else []
        for slot in (
            *section.slots,
            *beside,
        ):  # as a grid places them: where there is room, never before
            row = next(index for index, cells in enumerate(taken) if not all(cells))
            start = taken[row].index(False)
            assert start + slot.width <= 12, slot.exhibit
            for below in range(slot.rows):
                cells = taken[row + below][start : start + slot.width]
                assert not any(cells), slot.exhibit
                taken[row + below][start : start + slot.width] = [True] * slot.width
        assert all(all(row) or not any(row) for row in taken), section


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_found_by_its_path_and_has_its_words(page: Page) -> None:
    assert find(page.path) is page
    assert find(f"{page.path}/") is page
    for word in ("name", "short", "title", "lead"):
        assert translate(f"shell.page.{page.name}.{word}", "en")
    for slot in page.slots:
        assert translate(f"{slot.exhibit}.kicker", "en")


@pytest.mark.parametrize("path", ["/none", "//hotspots", "/Hotspots", "hotspots"])
def test_another_path_leads_to_no_page(path: str) -> None:
    assert find(path) is None


def test_figures_are_numbered_from_one_without_gaps() -> None:
    shown = dict.fromkeys(slot.exhibit for page in PAGES for slot in page.slots)
    given = [number for number in map(figure_number, shown) if number is not None]
    assert given == list(range(1, len(given) + 1))


def test_tiles_text_and_panels_of_the_sheet_carry_no_number() -> None:
    assert figure_number("overview.indicators") is None
    assert figure_number("sheet.types") is None
    assert figure_number("quality.protection") is None


def test_a_page_holds_at_most_four_live_maps() -> None:
    for page in PAGES:
        assert sum(slot.shape == "map" for slot in page.slots) <= 4
