"""One figure a screen: arrows turn, Escape leaves, and nothing is asked for any more."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit, settled, until
from tests.browser.test_enlarged import AT_HOME

SHOWN = "() => document.querySelector('dialog:modal')?.closest('[data-exhibit]').dataset.exhibit"
#: Whether a figure is shown; between two of them a slow machine shows none for a moment.
SHOWS = f"(exhibit) => ({SHOWN})() === exhibit"


def test_arrows_turn_through_all_figures_also_after_the_link_dropped(visit: Visit) -> None:
    page = visit("/hotspots?area=BD2022")
    page.keyboard.press("p")
    bar = page.get_by_role("group", name="Present the figures")
    expect(bar).to_contain_text("1 of 7")
    until(page, "() => document.querySelector('.present-bar.is-ready') !== null")
    page.context.set_offline(True)
    page.keyboard.press("ArrowRight")
    expect(bar).to_contain_text("2 of 7")
    until(page, SHOWS, "hotspots.ranking")
    page.keyboard.press("t")
    expect(page.locator("dialog:modal .table")).to_be_visible()
    page.keyboard.press("ArrowRight")
    until(page, SHOWS, "hotspots.time")
    expect(page.locator("dialog:modal [data-brush]")).to_be_visible()
    page.keyboard.press("ArrowRight")
    until(page, SHOWS, "hotspots.camps")
    expect(page.locator("dialog:modal canvas")).to_be_visible()
    for number in (5, 6, 7):
        page.keyboard.press("ArrowRight")
        expect(bar).to_contain_text(f"{number} of 7")
    until(page, SHOWS, "hotspots.area-line")
    expect(bar.get_by_role("button", name="Next figure")).to_be_disabled()
    for number in (6, 5, 4, 3, 2, 1):
        page.keyboard.press("PageUp")
        expect(bar).to_contain_text(f"{number} of 7")
    until(page, SHOWS, "hotspots.map")
    expect(page.locator("dialog:modal canvas")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    until(page, AT_HOME)
    page.context.set_offline(False)
    settled(page)


def test_type_is_large(visit: Visit) -> None:
    page = visit("/quality")
    title = page.locator('[data-exhibit="quality.coverage"] .card-title')
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    before = title.evaluate(size)
    title.scroll_into_view_if_needed()
    page.get_by_role("button", name="Present the figures").press("Enter")
    while page.evaluate(SHOWN) != "quality.coverage":
        page.keyboard.press("ArrowLeft")
    assert title.evaluate(size) >= 1.5 * before
    page.keyboard.press("p")
    until(page, AT_HOME)


def test_a_phone_presents_by_its_buttons(visit: Visit) -> None:
    page = visit("/referrals", PHONE)
    page.get_by_role("button", name="Present the figures").tap()
    page.get_by_role("button", name="Figure before").tap()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Leave the presentation").tap()
    until(page, AT_HOME)
