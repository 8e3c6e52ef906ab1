"""A coordinator with a deadline: every page, filter, drill, back and download, wide and on a phone.

Each journey also fails when the console held an error or another host was asked (``visit``).
"""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, WIDE, Visit, more
from tests.browser.steps import back, card, press
from tests.support.pages import PAGES

PATHS = [page.path for page in PAGES]
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])


def choose(page: Page, menu: str, label: str) -> None:
    """Open a menu of the filter bar (in the sheet on a phone), tick one entry, close it."""
    phone = page.viewport_size["width"] < 700
    if phone:
        page.get_by_role("button", name="Filters").click()
    disclosure = page.locator(f'[data-filter="{menu}"]')
    disclosure.locator("summary").click()
    press(disclosure.get_by_text(label, exact=True))
    if phone:
        page.locator(".sheet-foot [data-sheet-close]").click()
    else:
        page.keyboard.press("Escape")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_shows_its_exhibits_and_fits_the_screen(visit: Visit, path: str) -> None:
    shown_whole(visit, path, WIDE)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_fits_a_phone(visit: Visit, path: str) -> None:
    shown_whole(visit, path, PHONE)


def shown_whole(visit: Visit, path: str, size: dict[str, int]) -> None:
    page = visit(path, size)
    expect(page.locator("h1")).to_have_count(1)
    exhibits = {slot.exhibit for one in PAGES if one.path == path for slot in one.slots}
    assert page.locator("[data-exhibit]").count() >= len(exhibits)
    for title in page.locator(".card-title").all_inner_texts():
        assert len(title.split()) >= 3, title
    expect(page.get_by_text("INVENTED DATA").first).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size["width"]


@SIZES
def test_a_filter_changes_the_figures_and_back_undoes_it(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit("/overview", size)
    before = card(page, "overview.exploitation").locator(".card-subtitle").inner_text()
    choose(page, "mode", "Sea")
    assert "mode=sea" in page.url
    after = card(page, "overview.exploitation").locator(".card-subtitle").inner_text()
    assert after != before
    assert "sea" in after.lower()
    back(page)
    assert "mode" not in page.url
    assert card(page, "overview.exploitation").locator(".card-subtitle").inner_text() == before


def test_filters_travel_between_pages_and_reset_can_be_undone(visit: Visit) -> None:
    page = visit("/overview?group=rohingya_refugee")
    press(page.get_by_role("link", name="Referrals", exact=True).first)
    assert page.url.endswith("/referrals?group=rohingya_refugee")
    press(page.get_by_role("button", name="Reset").first)
    assert "group" not in page.url
    press(page.get_by_role("button", name="Undo"))
    assert "group=rohingya_refugee" in page.url


def test_a_chip_takes_its_filter_away(visit: Visit) -> None:
    page = visit("/overview?mode=land&sex=female")
    press(page.get_by_role("link", name=re.compile("Land")).first)
    assert "mode" not in page.url
    assert "sex=female" in page.url


def test_an_unknown_code_is_ignored_and_said(visit: Visit) -> None:
    page = visit("/overview?mode=teleport&area=NOWHERE")
    said = page.locator("#filter-status").inner_text()
    assert "teleport" in said
    assert "NOWHERE" in said


def test_a_filter_that_does_not_apply_is_said_on_the_exhibit(visit: Visit) -> None:
    page = visit("/routes?identified_by=police")
    said = card(page, "routes.map").locator(".card-title").inner_text()
    assert re.search("not kept by identifying agency", said, re.IGNORECASE)


@SIZES
def test_a_ranked_row_drills_into_the_area_and_back_comes_out(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit("/hotspots?view=country", size)
    ranking = card(page, "hotspots.ranking")
    press(ranking.get_by_role("link", name="Cox's Bazar").first)
    assert "area=BD2022" in page.url
    expect(ranking.get_by_role("columnheader", name="Upazila", exact=True)).to_be_visible()
    back(page)
    assert "area" not in page.url
    expect(ranking.get_by_role("columnheader", name="District", exact=True)).to_be_visible()


def test_the_table_twin_holds_the_numbers_of_the_csv_and_the_json(
    visit: Visit, address: str
) -> None:
    page = visit("/hotspots?mode=land")
    ranking = card(page, "hotspots.ranking")
    ranking.get_by_role("button", name="Table").click()
    expect(ranking.locator(".card-table tbody tr").first).to_be_visible()
    shown = [
        [cell.strip().replace(",", "") for cell in row.locator("th,td").all_inner_texts()]
        for row in ranking.locator(".card-table tbody tr").all()
    ]
    with urllib.request.urlopen(f"{address}/exhibit/hotspots.ranking.json?mode=land") as answer:  # noqa: S310
        table = json.load(answer)["table"]
    assert len(shown) == len(table["rows"]) > 0
    numbers = [[str(cell) for cell in row if isinstance(cell, int)] for row in table["rows"]]
    for seen, asked in zip(shown, numbers, strict=True):
        # An area from which nobody reported has no number.
        assert not asked or [c for c in seen if c in asked and c.lstrip("-").isdigit()]
    assert sum(map(bool, numbers)) > len(numbers) // 2
    with urllib.request.urlopen(f"{address}/exhibit/hotspots.ranking.csv?mode=land") as answer:  # noqa: S310
        text = answer.read().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    for row in table["rows"]:
        assert ["" if cell is None else str(cell) for cell in row] in rows


@SIZES
def test_csv_and_png_are_two_clicks_away_and_three_on_a_phone(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit("/overview", size)
    trend = card(page, "overview.trend")
    to_files(trend, size)
    with page.expect_download() as waiting:
        trend.get_by_role("link", name="CSV, with notes").click()
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    assert trend.locator(".card-title").inner_text() in text.replace('""', '"')
    assert "INVENTED DATA" in text
    to_files(trend, size)
    with page.expect_download() as waiting:
        trend.get_by_role("button", name="PNG").click()
    picture = Path(waiting.value.path()).read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (3200, 1920)


def to_files(of: Locator, size: dict[str, int]) -> None:
    """Open the files of a card; on a phone its one menu leads to them."""
    if size == PHONE:
        more(of).get_by_role("button", name="Download").click()
    else:
        of.locator("summary", has_text="Download").click()


def test_a_subset_too_small_to_draw_says_so_and_offers_a_wider_one(visit: Visit) -> None:
    page = visit("/overview?mode=air&period=2026-09..2026-09&sex=hijra_or_other&age=over_60")
    room = card(page, "overview.trend")
    offer = room.locator(".card-body a").first
    expect(offer).to_be_visible()
    before = page.url
    press(offer)
    assert page.url != before


def test_a_phone_has_its_pages_at_the_bottom(visit: Visit) -> None:
    page = visit("/overview", PHONE)
    press(page.get_by_role("link", name="Hotspots").last)
    assert "/hotspots" in page.url
    height = page.viewport_size["height"]
    box = page.get_by_role("link", name="Hotspots").last.bounding_box()
    assert box["y"] > height - 120
    assert box["height"] >= 44


def test_an_address_that_no_page_has_is_told_so(visit: Visit) -> None:
    page = visit("/nowhere", missing=True)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_role("link", name="Overview").first).to_be_visible()
