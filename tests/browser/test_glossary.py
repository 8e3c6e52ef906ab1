"""Definitions open in place and give the focus back; the glossary finds what is looked for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, Visit, until
from tests.browser.steps import arrived, box_of

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
OPEN = "#definition:popover-open"
#: How much slower than a desk a machine that tests is allowed to be.
SLOW = 5
FOCUSED = "(id) => document.activeElement.id === id"


@SIZES
def test_a_definition_opens_in_place_and_gives_the_focus_back(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit("/referrals", size)
    mark = page.locator('[data-exhibit="referrals.pathway"] .term-mark')
    smallest = 44 if size is PHONE else 24
    box = box_of(mark)
    assert min(box["width"], box["height"]) >= smallest
    mark.press("Enter")
    definition = page.locator(OPEN)
    expect(definition).to_contain_text("valid outcome")
    until(page, FOCUSED, "definition")
    expect(mark).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(definition).to_have_count(0)
    expect(mark).to_be_focused()
    expect(mark).to_have_attribute("aria-expanded", "false")


#: Pixels of the title that the open definition covers, and whether it is seen whole.
COVERS = """(title) => {
    const [a, b] = [document.getElementById('definition'), title]
        .map((node) => node.getBoundingClientRect());
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return {
        pixels: Math.max(0, wide) * Math.max(0, high),
        whole: a.left >= 0 && a.top >= 0 && a.right <= innerWidth && a.bottom <= innerHeight + 1,
    };
}"""


@pytest.mark.parametrize("size", [WIDE, {"width": 1280, "height": 720}, PHONE])
def test_a_definition_does_not_cover_the_title_that_it_explains(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit("/hotspots", size)
    for exhibit in ("hotspots.map", "hotspots.ranking"):
        card = page.locator(f'[data-exhibit="{exhibit}"]')
        card.locator(".term-mark").click()
        expect(page.locator(OPEN)).to_be_visible()
        assert card.locator(".card-title").evaluate(COVERS) == {"pixels": 0, "whole": True}
        page.keyboard.press("Escape")


def test_a_definition_leads_to_its_entry_which_no_other_page_is_told_of(visit: Visit) -> None:
    page = visit("/referrals?sex=female")
    page.locator('[data-exhibit="referrals.pathway"] .term-mark').click()
    page.locator(OPEN).get_by_role("link", name="Person declined").click()
    page.wait_for_url(re.compile(r"/glossary\?sex=female#person-declined$"))
    until(page, FOCUSED, "person-declined")
    expect(page.locator("#person-declined")).to_be_in_viewport()
    page.get_by_role("link", name="Data & quality").first.click()
    arrived(page, re.compile(r"/quality\?sex=female$"))


def test_a_definition_inside_a_menu_closes_before_the_menu(visit: Visit) -> None:
    page = visit("/referrals")
    menu = page.locator('[data-filter="class"]')
    menu.locator("summary").click()
    menu.locator(".term-mark").first.click()
    definition = page.locator(OPEN)
    expect(definition).to_contain_text("Smuggling of migrants")
    definition.get_by_role("button", name="Close").click()
    expect(definition).to_have_count(0)
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")


def test_the_glossary_finds_words_and_the_keyboard_goes_on_to_them(visit: Visit) -> None:
    page = visit("/glossary")
    every = page.locator(".entry").count()
    expect(page.locator(".entry:visible")).to_have_count(0)
    field = page.get_by_role("searchbox", name="Search")
    field.fill("stateless rohingya")
    expect(page.locator("#rohingya-refugees")).to_be_visible()
    expect(page.locator("#corridor")).to_be_hidden()
    found = page.locator(".entry:visible").count()
    assert 0 < found < every
    assert page.locator(".glossary-found").inner_text() in (f"{found} terms", "1 term")
    field.press("Enter")
    expect(page.locator(".entry:visible").first).to_be_focused()
    field.press("Escape")
    expect(field).to_have_value("")
    expect(page.locator(".entry:visible")).to_have_count(0)
    expect(page.locator("[data-letter-group]:visible")).not_to_have_count(1)
    page.locator('[data-letter-group="C"] > summary').press("Enter")
    expect(page.locator("#corridor")).to_be_visible()


def test_a_link_to_a_term_arrives_at_it(visit: Visit) -> None:
    page = visit("/glossary#smuggling-of-migrants")
    until(page, FOCUSED, "smuggling-of-migrants")
    expect(page.locator("#smuggling-of-migrants")).to_be_in_viewport()


def test_the_glossary_is_there_within_a_second_of_going_to_it(visit: Visit) -> None:
    page = visit("/methods")
    took = page.evaluate("""async () => {
        const begun = performance.now();
        document.querySelector('.footer a[data-nav="/glossary"]').click();
        while (!document.querySelector('.letter-group')) {
            await new Promise((resolve) => { setTimeout(resolve, 5); });
        }
        await new Promise((resolve) => {
            requestAnimationFrame(() => setTimeout(resolve, 0));
        });
        return performance.now() - begun;
    }""")
    assert took < 1000 * SLOW
    assert page.locator(".entry:visible").count() == 0
