"""Who works without a mouse reaches everything, in the order in which it is read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit, settled
from tests.browser.steps import change, go_to, press_keys


def test_the_skip_link_comes_first_and_leads_past_the_filters(visit: Visit) -> None:
    page = visit("/referrals")
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    press_keys(page, "Enter", "Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_the_order_of_tabs_is_that_of_reading(visit: Visit) -> None:
    page = visit("/quality")
    parts: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        part = page.evaluate("""() => {
            const at = document.activeElement.closest(
                '.skip-link, .header, .filter-bar, main, .footer');
            return at ? (at.tagName === 'MAIN' ? 'main' : at.classList[0]) : '';
        }""")
        if part and (not parts or parts[-1] != part):
            parts.append(part)
        if part == "footer":
            break
    assert parts == ["skip-link", "header", "filter-bar", "main", "footer"]


def test_what_has_the_focus_is_seen_and_not_under_the_filter_bar(visit: Visit) -> None:
    page = visit("/referrals")
    page.evaluate("() => document.querySelector('.footer a').focus()")
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate("""() => {
            const at = document.activeElement;
            if (!at.closest('main')) return null;
            const box = at.getBoundingClientRect();
            const bar = document.querySelector('.filter-bar').getBoundingClientRect();
            const style = getComputedStyle(at);
            const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            const under = box.bottom <= bar.bottom && bar.top < 10;
            return (!ring || under) ? at.outerHTML.slice(0, 120) : null;
        }""")
        assert hidden is None


def test_letters_lead_to_pages_and_keep_the_filters(visit: Visit) -> None:
    page = visit("/overview?sex=female")
    pages = {"h": "hotspots", "f": "referrals", "d": "quality", "e": "explore", "o": "overview"}
    for letter, path in pages.items():
        page.keyboard.press("g")
        page.keyboard.press(letter)
        page.wait_for_url(re.compile(rf"/{path}\?sex=female$"))
    settled(page)
    press_keys(page, "g", "b")
    page.wait_for_url(re.compile(r"/$"))  # the brief has none
    settled(page)


def test_a_letter_turns_a_figure_into_its_table(visit: Visit) -> None:
    page = visit("/referrals")
    card = page.locator('[data-exhibit="referrals.waiting"]')
    page.keyboard.press("t")
    expect(card).to_have_attribute("data-show", "table")
    expect(card.locator(".card-table table")).to_be_visible()
    page.keyboard.press("t")
    expect(card).to_have_attribute("data-show", "figure")


def test_the_link_is_copied_and_the_filters_are_reached(visit: Visit) -> None:
    page = visit("/referrals?sex=female")
    page.keyboard.press("c")
    expect(page.locator("#toast")).to_contain_text("copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    page.keyboard.press("/")
    expect(page.locator('[data-filter="period"] summary')).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('[data-filter="period"]')).to_have_attribute("open", "")


def test_a_link_keeps_the_edition_only_where_that_is_asked_for(visit: Visit) -> None:
    page = visit("/referrals?sex=female")
    release = page.locator(".filter-status [data-release]").get_attribute("data-release")
    menu = page.get_by_label("Share view")
    copied = "() => navigator.clipboard.readText()"
    menu.press("Enter")
    page.get_by_role("button", name="this view as of today").press("Enter")
    expect(page.locator("#toast")).to_contain_text("copied")
    expect(menu).to_be_focused()
    pinned = page.evaluate(copied)
    assert pinned.endswith(f"/referrals?edition={release}&sex=female")
    go_to(page, pinned)
    expect(page.locator(".notices")).to_have_count(0)
    menu.click()
    page.get_by_role("button", name="always current").click()
    expect(page.locator("#toast")).to_contain_text("copied")
    assert page.evaluate(copied).endswith("/referrals?sex=female")


def test_on_a_phone_the_key_opens_the_sheet(visit: Visit) -> None:
    page = visit("/referrals", PHONE)
    page.keyboard.press("/")
    expect(page.locator(".filter-menus.is-open")).to_be_visible()


def test_the_list_names_every_key_and_can_switch_them_off(visit: Visit) -> None:
    page = visit("/referrals")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keyboard keys")
    expect(keys).to_be_visible()
    listed = " ".join(keys.locator("kbd").all_text_contents())
    assert listed == "/ t p c ? Esc g b g o g h g r g f g d g e g w"
    keys.get_by_role("switch").click()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("t")
    expect(page.locator('[data-exhibit="referrals.pathway"]')).to_have_attribute(
        "data-show", "figure"
    )
    page.reload()
    settled(page)
    page.get_by_role("button", name="Keyboard keys").click()
    expect(keys.get_by_role("switch")).to_have_attribute("aria-checked", "false")


def test_keys_are_silent_while_something_is_typed(visit: Visit) -> None:
    page = visit("/glossary")
    field = page.get_by_role("searchbox").or_(page.locator("input[type='text']")).first
    field.click()
    page.keyboard.type("gh?t/")
    assert page.url.endswith("/glossary")
    expect(page.locator("#keys")).to_be_hidden()
    expect(field).to_have_value("gh?t/")


def test_the_hint_of_a_first_visit_goes_with_whatever_is_done_and_stays_away(visit: Visit) -> None:
    page = visit("/referrals")
    hint = page.locator("#hint")
    expect(hint).to_be_visible()
    page.keyboard.press("Tab")
    expect(hint).to_be_hidden()
    page.reload()
    settled(page)
    expect(hint).to_be_hidden()


@pytest.mark.parametrize("path", ["/methods", "/glossary"])
def test_a_page_without_filters_gives_no_hint_about_them(visit: Visit, path: str) -> None:
    page = visit(path)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#hint")).to_be_hidden()


def test_a_change_of_filters_is_told_once(visit: Visit) -> None:
    page = visit("/referrals")
    change(page, "?sex=female")
    expect(page.locator("#live")).to_contain_text("Figures updated.")
