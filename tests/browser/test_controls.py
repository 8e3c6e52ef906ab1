"""The controls of the filter bar, as readers meet them: by pointer, keys, thumb, in any colours."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PHONE, WIDE, Visit, settled, until
from tests.browser.steps import arrived, box_of, go_to, press_keys

MENUS = ("period", "compare", "corridor", "area", "class", "people", "mode")


def opened(page: Page, menu: str) -> Locator:
    """A menu of the bar, opened."""
    disclosure = page.locator(f'[data-filter="{menu}"]')
    disclosure.locator("summary").click()
    return disclosure


def test_the_list_of_places_takes_the_focus_itself(visit: Visit) -> None:
    page = visit("/hotspots")
    places = opened(page, "area").locator("button.dash-dropdown")
    expect(places).to_be_visible()  # it is fetched when a reader comes near
    page.locator('[data-filter="area"] summary').focus()
    for _ in range(3):  # the "?" of the control stands before it
        page.keyboard.press("Tab")
        if places.evaluate("(button) => button === document.activeElement"):
            break
    expect(places).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".dash-dropdown-content")).to_be_visible()


def test_the_list_of_places_comes_when_a_reader_comes_near(visit: Visit) -> None:
    page = visit("/hotspots?area=BD20")
    settled(page)
    fetched = """() => performance.getEntriesByType('resource')
        .filter((entry) => entry.name.includes('list-atlas')).length"""
    assert page.evaluate(fetched) == 0
    page.locator('[data-filter="class"] summary').hover()
    until(page, f"() => ({fetched})() === 1")
    assert "area=BD20" in page.url
    expect(opened(page, "area").locator("button.dash-dropdown")).to_contain_text("Chattogram")
    assert page.evaluate(fetched) == 1


def test_a_list_of_places_that_did_not_come_is_fetched_again(
    visit: Visit, browser: Browser
) -> None:
    address = visit("/hotspots").url
    page = browser.new_page()  # of its own, since the browser logs what did not come
    go_to(page, address)
    page.route("**/list-atlas*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        opened(page, "area")
    page.unroute("**/list-atlas*")
    page.locator('[data-filter="class"] summary').hover()
    expect(page.locator('[data-filter="area"] button.dash-dropdown')).to_be_attached()


#: What is typed, and what is offered first.
TYPED = {
    **dict.fromkeys(("Camp 4", "4", "০৪", "ক্যাম্প ৪"), ["Camp 04", "Camp 04 Extension"]),
    "4 ext": ["Camp 04 Extension"], "CXB-206": ["Camp 04"], "1e": ["Camp 01E"],
    "coxs": ["Cox's Bazar"], "bd2022": ["Cox's Bazar"], "tek": ["Teknaf"], "zzz": [],
}  # fmt: skip


def test_places_are_found_by_what_begins_so_in_either_language_and_by_code(visit: Visit) -> None:
    page = visit("/hotspots")
    opened(page, "area").locator("button.dash-dropdown").click()
    field = page.locator(".dash-dropdown-search")
    names = page.locator(".dash-dropdown-content label")
    for typed, first in TYPED.items():
        field.fill(typed)
        for index, name in enumerate(first):
            expect(names.nth(index)).to_have_text(re.compile(rf"^{name} ·"))
    expect(page.locator(".dash-dropdown-content")).to_contain_text("Nothing found")


def test_a_place_that_was_looked_for_is_added_to_those_chosen(visit: Visit) -> None:
    page = visit("/referrals?area=BD20")
    opened(page, "area").locator("button.dash-dropdown").click()
    page.locator(".dash-dropdown-search").fill("camp 4")
    expect(page.locator(".dash-dropdown-content label").first).to_contain_text("Camp 04")
    page.locator(".dash-dropdown-search").press("Enter")
    arrived(page, re.compile(r"\?area=BD20,CXB-206$"))


def test_arrow_keys_walk_through_one_of_several(visit: Visit) -> None:
    page = visit("/referrals")
    menu = opened(page, "compare")
    menu.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    arrived(page, re.compile(r"\?compare=previous$"))
    expect(menu.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("ArrowUp")
    arrived(page, re.compile(r"/referrals$"))


def test_a_choice_is_hit_anywhere_in_its_row(visit: Visit) -> None:
    page = visit("/referrals")
    row = opened(page, "mode").locator(".form-check").first
    box = box_of(row)
    for x in (4, box["width"] - 4):
        before = row.locator("input").is_checked()
        page.mouse.click(box["x"] + x, box["y"] + box["height"] - 3)
        settled(page)
        assert row.locator("input").is_checked() is not before


def test_a_box_stands_beside_the_first_line_of_its_label(visit: Visit) -> None:
    page = visit("/referrals")
    rows = opened(page, "people").locator(".form-check")
    long = rows.filter(has_text="District counter-trafficking committee")
    short, both = box_of(rows.first), box_of(long)
    assert both["height"] > short["height"], "no label takes two lines, so nothing is tried"
    tops = [box_of(row.locator("input")) for row in (rows.first, long)]
    assert abs(tops[0]["y"] - short["y"] - (tops[1]["y"] - both["y"])) < 1


def test_the_periods_of_the_monthly_sheet_fit_a_phone(visit: Visit) -> None:
    page = visit("/sheet", size=PHONE)
    fits = "(e) => e.scrollWidth <= e.clientWidth && e.getBoundingClientRect().right <= innerWidth"
    assert page.locator(".section-head .segmented").evaluate(fits)


def test_months_are_chosen_from_two_lists(visit: Visit) -> None:
    page = visit("/referrals")
    menu = opened(page, "period")
    menu.get_by_label("From").select_option("2026-08")
    arrived(page, re.compile(r"\?period=2026-08\.\.2026-09$"))
    expect(menu.get_by_role("radio", name="Months of my choice")).to_be_checked()


def test_months_that_the_release_does_not_have_are_not_shown_as_others(visit: Visit) -> None:
    page = visit("/referrals?period=2010-01..2010-02")
    menu = opened(page, "period")
    expect(menu.get_by_label("From")).to_have_value("")
    menu.get_by_label("To").select_option("2026-08")
    arrived(page, re.compile(r"\?period=2026-08$"))
    expect(menu.get_by_label("From")).to_have_value("2026-08")


def test_steps_go_through_the_months_by_keyboard_and_stop_at_the_end(visit: Visit) -> None:
    page = visit("/referrals?period=2026-08&sex=female")
    later = page.get_by_role("link", name="Later: Sep 2026")
    later.press("Enter")
    arrived(page, re.compile(r"\?period=2026-09\.\.2026-09&sex=female$"))
    end = page.get_by_role("link", name="There are no later data")
    expect(end).to_be_focused()
    expect(end).to_be_disabled()
    end.press("Enter")
    press_keys(page, "Shift+Tab", "Enter")
    arrived(page, re.compile(r"\?period=2026-08\.\.2026-08&sex=female$"))


def test_an_unfinished_year_says_so_and_leads_to_equal_months(visit: Visit) -> None:
    page = visit("/referrals?compare=last-year&period=2026-01..2026-12", PHONE)
    expect(page.locator("#summary-compare")).to_have_text("No equal months")
    page.get_by_role("link", name="Show Jan – Sep 2026 against Jan – Sep 2025").click()
    arrived(page, re.compile(r"\?compare=last-year&period=2026-01\.\.2026-09$"))
    expect(page.locator("#summary-compare")).to_have_text("Jan – Sep 2025")
    expect(page.locator(".uncompared")).to_have_count(0)


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_every_menu_is_seen_whole(visit: Visit, lang: str) -> None:
    page = visit(f"/referrals?lang={lang}")
    cut = []
    for width in (WIDE["width"], 1280, 1100, 800, PHONE["width"]):
        page.set_viewport_size({"width": width, "height": 900})
        if width == PHONE["width"]:
            page.locator("[data-sheet-open]").click()
        for menu in MENUS:
            opened(page, menu)
            panel = page.locator(f".filter-panel--{menu}")
            box = box_of(panel)
            scrolled = panel.evaluate("(node) => node.scrollHeight > node.clientHeight + 1")
            if box["x"] < 0 or box["x"] + box["width"] > width or scrolled:
                cut.append((width, menu, box))
            opened(page, menu)
    assert cut == []


def test_controls_are_large_enough_for_a_thumb(visit: Visit) -> None:
    page = visit("/referrals", PHONE)
    page.get_by_role("button", name="Filters").click()
    small = []
    for menu in MENUS:
        found = opened(page, menu).locator(".form-check, .form-select")
        for one in found.all():
            box = box_of(one)
            if min(box["height"], box["width"]) < 44:
                small.append((menu, one.inner_text(), box))
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_choice_is_seen_in_colours_that_the_system_forces(visit: Visit, scheme: str) -> None:
    page = visit("/referrals?mode=sea")
    page.emulate_media(forced_colors="active", color_scheme=scheme)  # pyright: ignore
    boxes = opened(page, "mode").get_by_role("checkbox")
    page.mouse.move(0, 0)
    chosen, free = (
        [box for box in boxes.all() if box.is_checked() is state][0] for state in (True, False)
    )
    assert chosen.screenshot() != free.screenshot()
