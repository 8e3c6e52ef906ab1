"""The pathway of referrals: few bands, names that cover nothing, clicks, and phones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, more, settled, until

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]

WHOLE = "period=2023-10..2026-09"
LOW = {"width": 1280, "height": 720}
CARD = '[data-exhibit="referrals.pathway"]'
#: Views with many bands and few, with agencies and without, and in other letters.
VIEWS = (
    "", WHOLE, "services=service", "services=group", f"services=agency_service&{WHOLE}",
    "services=agency_service&period=2026-07..2026-09", "through=case_management",
    f"through=safe_shelter&services=agency_service&{WHOLE}", "lang=bn", f"lang=bn-beng&{WHOLE}",
)  # fmt: skip
NAMES = f"{CARD} .node-label, {CARD} .yaxislayer-above text"
BOXES = """(names) => [...document.querySelectorAll(names)].map((name) => {
  const { left, right, top, bottom } = name.getBoundingClientRect();
  return { said: name.textContent, left, right, top, bottom };
})"""
BANDS = "(card) => document.querySelectorAll(`${card} .sankey-link`).length"
DRAWN = "(names) => document.querySelectorAll(names).length > 1"


def shown(page: Page) -> None:
    page.locator(CARD).scroll_into_view_if_needed()
    settled(page)
    until(page, DRAWN, NAMES)


def covered(boxes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of names whose boxes share more than an edge."""
    return [
        (one["said"], other["said"])
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    ]


@pytest.mark.parametrize("size", [WIDE, LOW], ids=lambda size: str(size["width"]))
def test_bands_are_few_and_no_name_covers_another(visit: Visit, size: dict[str, int]) -> None:
    page = visit("/referrals", size)
    names = 0
    for view in VIEWS:
        page.goto(f"/referrals?{view}")
        settled(page)
        shown(page)
        boxes = page.evaluate(BOXES, NAMES)
        assert covered(boxes) == [], view
        assert page.evaluate(BANDS, CARD) <= 20, view
        names += len(boxes)
    assert names > 6 * len(VIEWS)


def test_a_click_follows_one_service_and_another_shows_all(visit: Visit) -> None:
    page = visit("/referrals?services=service")
    shown(page)
    page.locator(f"{CARD} .sankey-node").first.locator("rect").last.click()
    until(page, "() => window.location.search.includes('through=')")
    settled(page)
    shown(page)
    expect(page.locator(f"{CARD} .card-heading")).to_contain_text("Referrals requested: ")
    page.locator(f"{CARD} .sankey-node").first.locator("rect").last.click()
    until(page, "() => !window.location.search.includes('through=')")


def test_a_menu_follows_one_service_without_a_pointer(visit: Visit) -> None:
    page = visit("/referrals")
    shown(page)
    page.locator(f"{CARD} summary", has_text="All services").press("Enter")
    page.get_by_role("link", name="Legal aid", exact=True).press("Enter")
    until(page, "() => window.location.search.includes('through=legal_aid')")
    settled(page)
    expect(page.locator(f"{CARD} .card-heading")).to_contain_text("Legal aid: ")


def test_a_phone_opens_on_the_list_and_keeps_what_its_reader_chose(visit: Visit) -> None:
    page = visit("/referrals", PHONE)
    card = page.locator(CARD)
    card.scroll_into_view_if_needed()
    expect(card).to_have_attribute("data-show", "table")
    settled(page)
    expect(card.locator("tbody tr").first).to_be_visible()
    more(card).get_by_role("button", name="Figure").click()
    page.evaluate("() => window.atlas.go('?services=group')")
    settled(page)
    expect(card).to_have_attribute("data-show", "figure")
