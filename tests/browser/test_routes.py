"""The page on routes: each corridor opened with one press, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, WIDE, settled

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def card(page: Page, exhibit: str) -> Locator:
    return page.locator(f'[data-exhibit="{exhibit}"]')


def seen(page: Page, exhibit: str) -> Locator:
    """A card that was brought into sight and shows what the address asks for."""
    found = card(page, exhibit)
    found.scroll_into_view_if_needed()
    settled(page)
    return found


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_each_corridor_opens_in_one_press_with_stops_transport_and_season(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit("/routes", size)
    names = seen(page, "routes.corridors").locator("a.rank-link .rank-name").all_inner_texts()
    assert len(names) > 9
    for at, name in enumerate(names):
        links = seen(page, "routes.corridors").locator("a.rank-link")
        expect(links).to_have_count(len(names))  # whichever is chosen, all others stay
        links.nth(at).click()
        settled(page)
        opened = seen(page, "routes.corridor")
        short = name.split(",")[0]
        expect(opened.locator(".card-title")).to_contain_text(f"{short}: ")
        stops = opened.locator(".strip-stop")
        assert stops.count() >= 2
        expect(stops.first.locator(".strip-title")).to_have_text("From")
        expect(stops.last.locator(".strip-title")).to_have_text("To")
        expect(opened.locator(".strip-transport").last).not_to_be_empty()
        expect(opened.locator(".area-group--ended")).to_be_visible()
        seasons = seen(page, "routes.seasons")
        expect(seasons.locator(".card-title")).to_contain_text(f"{short}: ")
        expect(seasons.locator(".card-graph")).to_be_visible()


def test_stops_stand_beside_each_other_at_a_desk_and_below_each_other_on_a_phone(
    visit: Visit,
) -> None:
    for size, along in ((WIDE, "x"), (PHONE, "y")):
        page = visit("/routes?corridor=air_gulf", size)
        boxes = [
            stop.bounding_box()
            for stop in seen(page, "routes.corridor").locator(".strip-stop").all()
        ]
        places = [box[along] for box in boxes if box]
        assert len(places) == 3
        assert places == sorted(set(places))
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_corridor_that_is_open_leads_to_others_and_its_row_is_marked(visit: Visit) -> None:
    page = visit("/routes?corridor=air_gulf")
    seen(page, "routes.corridor").get_by_role("link", name="Inside Bangladesh").click()
    settled(page)
    assert page.url.endswith("/routes?corridor=bd_internal")
    row = card(page, "routes.corridors").locator("tr.is-chosen a.rank-link")
    expect(row).to_contain_text("Inside Bangladesh")
