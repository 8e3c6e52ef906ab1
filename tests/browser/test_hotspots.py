"""The page on hotspots: the same ways down by list, map menu, breadcrumb, tile and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settled

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
WIDE = {"width": 1280, "height": 900}


def card(page: Page, exhibit: str) -> Locator:
    return page.locator(f'[data-exhibit="{exhibit}"]')


def title(page: Page, exhibit: str) -> Locator:
    return card(page, exhibit).locator(".card-title")


def test_a_row_leads_into_an_upazila_and_its_camps_and_the_way_leads_up(visit: Visit) -> None:
    page = visit("/hotspots", WIDE)
    card(page, "hotspots.ranking").get_by_role("link", name="Ukhia").first.click()
    settled(page)
    expect(title(page, "hotspots.area")).to_contain_text("Ukhia: ")
    expect(title(page, "hotspots.area-line")).to_contain_text("Ukhia: ")
    level = card(page, "hotspots.ranking").locator("thead th").nth(1)
    expect(level).to_contain_text("Camp")
    way = card(page, "hotspots.map").locator(".way")
    expect(way.locator("[aria-current]")).to_have_text("Ukhia")
    way.get_by_role("link", name="Bangladesh").click()
    settled(page)
    assert "view=country" in page.url
    assert "area=BD20220094" in page.url  # a view is no filter


def test_the_menu_of_the_map_changes_what_it_shows_and_stands_in_the_address(visit: Visit) -> None:
    page = visit("/hotspots?period=2026-07..2026-09", WIDE)
    drawn = card(page, "hotspots.map")
    expect(title(page, "hotspots.map")).to_contain_text("usual")  # what stands out
    for shown, name in (("Against usual", "Number"), ("Number", "Against usual")):
        drawn.locator(".detail-menu summary", has_text=shown).click()
        drawn.get_by_role("link", name=name).click()
        settled(page)
        expect(drawn.locator(".detail-menu summary", has_text=name)).to_be_visible()
    assert "show=usual" in page.url
    drawn.get_by_role("button", name="Table").click()
    expect(drawn.locator("thead")).to_contain_text("Noticed from")
    page.reload()
    settled(page)
    expect(title(page, "hotspots.map")).to_contain_text("usual")


def test_a_row_of_a_signal_says_what_followed(visit: Visit) -> None:
    page = visit("/hotspots", WIDE)
    signals = card(page, "hotspots.signals")
    signals.scroll_into_view_if_needed()
    settled(page)
    expect(signals.locator("thead")).to_contain_text("What followed")
    assert signals.locator("tbody tr").count() > 0


def test_the_list_goes_on_to_camps_by_its_menu_and_keys(visit: Visit) -> None:
    page = visit("/hotspots", WIDE)
    mapped = title(page, "hotspots.map").inner_text()
    listed = card(page, "hotspots.ranking")
    listed.locator(".more > summary").focus()
    page.keyboard.press("Enter")
    listed.get_by_role("link", name="By camp region").press("Enter")
    settled(page)
    assert "level=camp_region" in page.url
    expect(listed).to_contain_text("Kutupalong-Balukhali")
    expect(title(page, "hotspots.map")).to_have_text(mapped)  # maps end at upazilas


def test_numbers_of_the_card_lead_to_what_they_count(visit: Visit) -> None:
    page = visit("/hotspots?area=BD20220094", WIDE)
    area = card(page, "hotspots.area")
    area.scroll_into_view_if_needed()
    settled(page)
    area.get_by_role("link", name="Routes of this area").click()
    settled(page)
    assert page.url.split("?")[0].endswith("/routes")
    assert "area=BD20220094" in page.url
