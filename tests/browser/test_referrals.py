"""Referrals by need: forms that fit a phone, names that cover nothing, and what has no answer."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, Visit, settled, until
from tests.browser.steps import go_to, in_sight, press

LOW = {"width": 1280, "height": 720}
CARD = '[data-exhibit="referrals.pathway"]'
#: Views with many referrals and few, and in other letters.
VIEWS = ("", "period=2023-10..2026-09", "sex=female&child=yes", "lang=bn-beng")
NAMES = f"{CARD} .node-label"
BOXES = """(names) => [...document.querySelectorAll(names)].map((name) => {
  const { left, right, top, bottom } = name.getBoundingClientRect();
  return { said: name.textContent, left, right, top, bottom };
})"""
DRAWN = "(names) => document.querySelectorAll(names).length > 1"
#: Words that are seen, without numbers.
WORDS = """() => {
  const seen = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let words = 0;
  while (seen.nextNode()) {
    const within = seen.currentNode.parentElement;
    const hidden = within.closest(".sr-only, .card-description") || !within.checkVisibility();
    if (!hidden) words += (seen.currentNode.textContent.match(/[A-Za-z]+/g) || []).length;
  }
  return words;
}"""
HIGH = "() => document.documentElement.scrollHeight"
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def covered(boxes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of names whose boxes share more than an edge."""
    return [
        (one["said"], other["said"])
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    ]


@pytest.mark.parametrize("size", [WIDE, LOW, PHONE], ids=lambda size: str(size["width"]))
def test_nodes_are_few_and_no_name_covers_another(visit: Visit, size: dict[str, int]) -> None:
    page = visit("/referrals", size)
    for view in VIEWS:
        go_to(page, f"/referrals?{view}")
        in_sight(page.locator(CARD))
        until(page, DRAWN, NAMES)
        boxes = page.evaluate(BOXES, NAMES)
        assert covered(boxes) == [], view
        assert 2 <= len(boxes) <= 8, view


def test_the_page_is_short_in_words_and_on_a_phone(visit: Visit) -> None:
    page = visit("/referrals", WIDE)
    assert page.evaluate(WORDS) <= 600
    page.set_viewport_size(PHONE)
    settled(page)
    assert page.evaluate(HIGH) <= 6000
    assert not page.evaluate(WIDER)


def test_where_nothing_is_told_one_card_says_so_and_leads_on(visit: Visit) -> None:
    page = visit("/referrals?age=15_18")
    cards = page.locator("[data-exhibit]:visible")
    expect(cards).to_have_count(1 + page.locator('[data-exhibit="referrals.targets"]').count())
    first = page.locator('[data-exhibit="referrals.waiting"]')
    expect(first).to_contain_text("not kept by age")
    first.get_by_role("link", name="Show without age").click()
    until(page, "() => !window.location.search.includes('age')")
    settled(page)
    expect(page.locator('[data-exhibit="referrals.coverage"]')).to_be_visible()


def test_where_few_are_referred_only_what_is_open_and_targets_stand(visit: Visit) -> None:
    page = visit("/referrals?area=BD60")
    stand = ["referrals.waiting", "referrals.targets"]
    shown = page.locator("[data-exhibit]:visible")
    assert shown.evaluate_all("(cards) => cards.map((card) => card.dataset.exhibit)") == stand
    assert page.locator("main").inner_text().count("None or very few") <= 2


@pytest.mark.parametrize("view", ["", "period=2026-07", "lang=bn-beng&period=2026-07"])
def test_what_the_ages_are_called_stays_within_the_card(visit: Visit, view: str) -> None:
    page = visit(f"/referrals?{view}", LOW)
    expect(page.locator(".open-ages li")).to_have_count(3)
    assert page.evaluate("""() => [...document.querySelectorAll(".open-ages li")].every((age) => {
      const within = age.parentElement.getBoundingClientRect();
      return age.getBoundingClientRect().right <= within.right + 1;
    })""")


def test_who_is_referred_is_told_by_group_and_by_area(visit: Visit) -> None:
    page = visit("/referrals", PHONE)
    card = page.locator('[data-exhibit="referrals.coverage"]')
    card.scroll_into_view_if_needed()
    expect(card).to_contain_text("Girls")
    press(card.get_by_role("link", name="By area"))
    expect(card).to_contain_text("Ukhia")
    assert not page.evaluate(WIDER)
