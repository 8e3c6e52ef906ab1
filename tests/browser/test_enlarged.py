"""A card is enlarged: a dialog that keeps the focus, gives it back, and outlasts whatever changes.

``visit`` fails each of these tests on any error in the console, React's own included.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, WIDE, Visit, more, settled, until
from tests.browser.steps import back, box_of, change, press
from tests.support.axe import violations

#: Where the focus is: in the dialog, beside it, or with the browser's own buttons (no element).
WHERE = """() => {
  const at = document.activeElement;
  if (at === document.body) return "browser";
  return document.querySelector("dialog:modal").contains(at) ? "inside" : at.outerHTML;
}"""
#: All that a card holds stands in the card itself, in its order, and what speaks is in the page.
AT_HOME = """() => document.querySelectorAll(".enlarged > *").length === 0
  && [...document.querySelectorAll("[data-exhibit]")].every((card) =>
    card.lastElementChild.className === "card-inside" && card.style.minHeight === "")
  && ["definition", "live", "said", "toast"].every((id) =>
    document.getElementById(id).parentElement.className === "app")"""


def enlarged(page: Page, exhibit: str) -> Locator:
    """The dialog of a card, opened by its menu."""
    card = page.locator(f'[data-exhibit="{exhibit}"]')
    more(card).get_by_role("button", name="Enlarge").click()
    dialog = page.get_by_role("dialog", name=card.locator(".card-title").text_content())
    expect(dialog).to_be_visible()
    settled(page)
    return dialog


def menu_of(page: Page, exhibit: str) -> Locator:
    """The button of the menu that enlarges a card."""
    return page.locator(f'[data-exhibit="{exhibit}"] .more > summary')


def test_the_page_behind_stands_still_until_the_dialog_is_closed(visit: Visit) -> None:
    page = visit("/overview")
    scrolls = "() => getComputedStyle(document.documentElement).overflowY"
    before = page.evaluate(scrolls)
    enlarged(page, "overview.trend")
    assert page.evaluate(scrolls) == "hidden" != before
    page.keyboard.press("Escape")
    until(page, f"(before) => ({scrolls})() === before", before)


@pytest.mark.parametrize(
    ("exhibit", "size"),
    [("overview.trend", WIDE), ("hotspots.map", WIDE),
     ("referrals.pathway", PHONE), ("hotspots.map", PHONE)],
)  # fmt: skip
def test_the_focus_stays_inside_and_escape_gives_it_back(
    visit: Visit, exhibit: str, size: dict[str, int]
) -> None:
    page = visit(f"/{exhibit.partition('.')[0]}", size)
    dialog = enlarged(page, exhibit)
    expect(dialog.get_by_role("button", name="Shrink")).to_be_focused()
    box = box_of(dialog)
    edge = 0 if size is PHONE else 12
    assert (box["x"], box["y"]) == (edge, edge)
    assert (box["width"], box["height"]) == (size["width"] - 2 * edge, size["height"] - 2 * edge)
    graph = box_of(dialog.locator(".card-graph"))
    assert graph["width"] > 0.85 * box["width"]
    places = []
    for key in ["Tab"] * 30 + ["Shift+Tab"] * 30:
        page.keyboard.press(key)
        places.append(page.evaluate(WHERE))
    assert set(places) <= {"inside", "browser"}
    assert places.count("inside") > 40
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(menu_of(page, exhibit)).to_be_focused()
    assert page.evaluate(AT_HOME)
    settled(page)


def test_its_button_and_a_press_beside_it_put_it_back(visit: Visit) -> None:
    page = visit("/overview")
    dialog = enlarged(page, "overview.trend")
    dialog.get_by_role("button", name="Shrink").click()
    expect(dialog).to_be_hidden()
    dialog = enlarged(page, "overview.trend")
    dialog.locator(".card-subtitle").click()
    expect(dialog).to_be_visible()
    page.mouse.click(5, 450)
    expect(dialog).to_be_hidden()
    expect(menu_of(page, "overview.trend")).to_be_focused()
    assert page.evaluate(AT_HOME)


def test_the_room_of_an_enlarged_card_is_kept_and_it_comes_back_as_it_was(visit: Visit) -> None:
    page = visit("/overview")
    size = """(part) => {
      const box = document.querySelector(`[data-exhibit="overview.trend"]${part}`)
        .getBoundingClientRect();
      return [box.x, box.y, box.width, box.height].map(Math.round).join(" ");
    }"""
    room, drawing = page.evaluate(size, ""), page.evaluate(size, " .main-svg")
    enlarged(page, "overview.trend")
    assert page.evaluate(size, "") == room
    until(page, f"(small) => ({size})(' .main-svg') !== small", drawing)
    page.keyboard.press("Escape")
    until(page, f"(small) => ({size})(' .main-svg') === small", drawing)
    assert page.evaluate(size, "") == room


def test_escape_closes_what_is_open_inside_first(visit: Visit) -> None:
    page = visit("/overview")
    dialog = enlarged(page, "overview.trend")
    menu = dialog.locator(".downloads")
    menu.locator("summary").click()
    expect(menu.get_by_role("button", name="SVG")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="SVG")).to_be_hidden()
    dialog.locator(".card-under .term-mark").click()
    definition = page.locator("#definition")
    expect(definition).to_be_visible()
    definition.get_by_role("link").first.focus()  # what lies beside a dialog cannot be focused
    expect(definition.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(definition).to_be_hidden()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_table_of_an_enlarged_figure_is_a_letter_away(visit: Visit) -> None:
    page = visit("/referrals")
    dialog = enlarged(page, "referrals.pathway")
    page.keyboard.press("t")
    expect(dialog.get_by_role("table")).to_be_visible()
    page.keyboard.press("/")
    assert page.evaluate(WHERE) == "inside"
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keyboard keys")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(dialog.get_by_role("table")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator('[data-exhibit="referrals.pathway"]').get_by_role("table")).to_be_visible()


def test_a_view_changes_and_changes_back_while_the_card_is_large(visit: Visit) -> None:
    page = visit("/overview")
    enlarged(page, "overview.trend")
    # By its card: its name is the finding, which is another one for people.
    dialog = page.locator('[data-exhibit="overview.trend"] dialog')
    subtitle = dialog.locator(".card-subtitle")
    expect(subtitle).to_contain_text("Incidents")
    press(dialog.get_by_role("link", name="People"))
    assert page.url.endswith("?measure=people")
    expect(subtitle).to_contain_text("People")
    change(page, "?measure=people&sex=female")
    expect(subtitle).to_contain_text("female")
    expect(dialog.locator("#live")).to_contain_text("Figures updated.")
    back(page)
    back(page)
    expect(dialog).to_be_visible()
    expect(subtitle).to_contain_text("Incidents")
    page.keyboard.press("Escape")
    assert page.evaluate(AT_HOME)
    expect(page.locator('[data-exhibit="overview.trend"] .main-svg').first).to_be_visible()


def test_the_page_is_left_by_back_while_a_card_is_large_and_comes_whole_again(visit: Visit) -> None:
    page = visit("/overview")
    press(page.locator(".nav").get_by_role("link", name="Hotspots"))
    enlarged(page, "hotspots.map")
    back(page)
    expect(page.locator("dialog:modal")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("eported incidents")
    assert page.evaluate(AT_HOME)
    page.go_forward()
    settled(page)
    expect(page.locator('[data-exhibit="hotspots.map"] .card-graph')).to_be_visible()
    assert page.evaluate(AT_HOME)
    dialog = enlarged(page, "hotspots.map")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_link_inside_leads_to_its_page(visit: Visit) -> None:
    page = visit("/overview")
    dialog = enlarged(page, "overview.trend")
    menu = more(dialog)
    menu.locator("summary", has_text="Notes").click()
    menu.locator("a[data-nav]").click()
    expect(page.locator("dialog:modal")).to_have_count(0)
    settled(page)
    assert not page.url.endswith("/overview")
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate(AT_HOME)


def test_paper_shows_the_page_and_the_screen_shows_the_large_card_again(visit: Visit) -> None:
    page = visit("/overview")
    dialog = enlarged(page, "overview.trend")
    page.emulate_media(media="print")
    until(page, "() => document.documentElement.classList.contains('on-paper')")
    assert page.evaluate(AT_HOME)
    assert page.locator("dialog:modal").count() == 0
    page.emulate_media(media="screen")
    expect(dialog).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    assert page.evaluate(AT_HOME)


def test_axe_finds_nothing_in_an_enlarged_card(visit: Visit) -> None:
    page = visit("/overview")
    for exhibit, size in (("overview.trend", WIDE), ("overview.map", PHONE)):
        page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
        enlarged(page, exhibit)
        for _ in ("table", "figure"):
            page.keyboard.press("t")
            settled(page)
            found = violations(page)
            assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found] == []
        page.keyboard.press("Escape")
