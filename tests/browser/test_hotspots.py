"""The page on hotspots: the same ways down by list, map menu, breadcrumb, tile and keys."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, settled
from tests.browser.steps import back, card, in_sight, press

WIDE = {"width": 1280, "height": 900}


def title(page: Page, exhibit: str) -> Locator:
    return card(page, exhibit).locator(".card-title")


def test_a_row_leads_into_an_upazila_and_its_camps_and_the_way_leads_up(visit: Visit) -> None:
    page = visit("/hotspots", WIDE)
    press(card(page, "hotspots.ranking").get_by_role("link", name="Ukhia").first)
    expect(title(page, "hotspots.area")).to_contain_text("Ukhia: ")
    expect(title(page, "hotspots.area-line")).to_contain_text("Ukhia: ")
    heads = card(page, "hotspots.ranking").locator(".areas-ranked thead tr").last.locator("th")
    expect(heads.nth(1)).to_contain_text("Camp")
    way = card(page, "hotspots.map").locator(".way")
    expect(way.locator("[aria-current]")).to_have_text("Ukhia")
    press(way.get_by_role("link", name="Bangladesh"))
    assert "view=country" in page.url
    assert "area=BD20220094" in page.url  # a view is no filter


def test_the_choices_of_the_map_change_what_it_shows_and_stands_in_the_address(
    visit: Visit,
) -> None:
    page = visit("/hotspots?period=2026-07..2026-09", WIDE)
    drawn = card(page, "hotspots.map")
    expect(title(page, "hotspots.map")).to_contain_text("usual")  # what stands out
    for shown, name in (("Against usual", "Number"), ("Number", "Against usual")):
        expect(drawn.get_by_role("link", name=shown)).to_have_attribute("aria-current", "true")
        press(drawn.get_by_role("link", name=name))
        expect(drawn.get_by_role("link", name=name)).to_have_attribute("aria-current", "true")
    assert "show=usual" in page.url
    drawn.get_by_role("button", name="Table").click()
    expect(drawn.locator("thead")).to_contain_text("Noticed from")
    page.reload()
    settled(page)
    expect(title(page, "hotspots.map")).to_contain_text("usual")


def test_a_row_of_a_signal_says_what_followed(visit: Visit) -> None:
    page = visit("/hotspots", WIDE)
    signals = card(page, "hotspots.signals")
    in_sight(signals)
    earlier = signals.locator("h3", has_text="Earlier").locator("xpath=following-sibling::ul")
    words = earlier.locator("li .watch-word").all_inner_texts()
    assert 0 < len(words) == earlier.locator("li").count()
    known = r"(more|fewer)(, then \w+|; what followed is not known yet)"
    assert all(re.fullmatch(known, word) for word in words), words
    signals.get_by_role("button", name="Table").click()
    expect(signals.locator("thead")).to_contain_text("What followed")
    assert signals.locator("tbody tr").count() >= len(words)


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
    in_sight(area)
    for name, path in (("Routes of this area", "/routes"), ("Overview of this area", "/overview")):
        press(area.get_by_role("link", name=name))
        assert urlsplit(page.url).path == path
        assert "area=BD20220094" in page.url
        back(page)
