"""Rows of tables and lists are ordered and looked through, and stay so; nothing lies over them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE, WIDE, Visit, settled
from tests.browser.steps import arrived, box_of, change, in_sight, press


def column(card: Locator, kind: str, at: int) -> list[str]:
    """Cells of a column of a table or list, in order."""
    return card.locator(f".{kind} tbody tr:not([hidden]) > :nth-child({at})").all_inner_texts()


def is_rest(name: str) -> bool:
    return name.endswith(" not told") or name in ("At sea", "Abroad")


def test_a_table_is_sorted_by_keyboard_and_what_is_elsewhere_stays_last(visit: Visit) -> None:
    page = visit("/hotspots")
    card = page.locator('[data-exhibit="hotspots.map"]')
    press(card.get_by_role("button", name="Table"))
    number = card.locator('[data-sort="incidents"]')
    header = card.locator('th:has([data-sort="incidents"])')
    as_it_came = column(card, "table", 2)
    number.press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")
    number.press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    cells = card.locator(".table tbody tr:not([hidden]) > :nth-child(4)")
    values = cells.evaluate_all("(all) => all.map(({ dataset }) => dataset.value ?? null)")
    told = zip(values, column(card, "table", 4), column(card, "table", 2), strict=True)
    known = [(int(value), *said) for value, *said in told if value]  # else nobody reported there
    numbers = [number for number, *_ in known]
    few = ("a few", "none or very few")
    assert all((text in few) == (number < 10) for number, text, _ in known)
    rest = [is_rest(name) for *_, name in known]
    placed = numbers[: rest.index(True)]
    assert placed == sorted(placed)
    assert max(placed) > 99
    assert all(rest[len(placed) :])
    number.press("Enter")
    expect(header).to_have_attribute("aria-sort", "none")
    assert column(card, "table", 2) == as_it_came


def test_rows_are_found_and_order_and_words_outlive_an_answer(visit: Visit) -> None:
    page = visit("/hotspots?compare=none")
    card = page.locator('[data-exhibit="hotspots.map"]')
    press(card.get_by_role("button", name="Table"))
    card.locator('[data-sort="area"]').click()
    field = card.get_by_role("searchbox", name="Find a row")
    field.fill("ukhia")
    expect(card.locator(".table tbody tr:visible")).to_have_count(1)
    expect(card.locator(".row-search").get_by_role("status")).to_have_text(
        re.compile(r"^1 of \d+ rows$")
    )
    change(page, "?compare=none&period=2026-01..2026-09")
    expect(field).to_have_value("ukhia")
    expect(card.locator(".table tbody tr:visible")).to_have_count(1)
    expect(card.locator('th:has([data-sort="area"])')).to_have_attribute("aria-sort", "ascending")
    field.press("Escape")
    names = column(card, "table", 2)
    placed = [name for name in names if not is_rest(name)]
    assert len(placed) > 60
    assert names[: len(placed)] == sorted(placed, key=str.casefold)


def test_a_ranked_list_is_sorted_by_name_with_what_is_unknown_last(visit: Visit) -> None:
    page = visit("/routes")
    card = page.locator('[data-exhibit="routes.corridors"]')
    card.locator('[data-sort="name"]').click()
    names = [name.split("\n")[0] for name in column(card, "ranking", 2)]
    assert names[:-1] == sorted(names[:-1])
    assert names[-1] == "Unknown"


def test_several_rows_are_shown_together_by_keyboard(visit: Visit) -> None:
    page = visit("/hotspots?area=BD2022&level=upazila")
    card = page.locator('[data-exhibit="hotspots.ranking"]')
    boxes = card.get_by_role("checkbox")
    boxes.nth(0).press("Space")
    boxes.nth(1).press("Space")
    tray = page.get_by_role("region", name="Chosen together")
    expect(tray).to_contain_text("2 chosen: Ukhia, Teknaf")
    expect(boxes.nth(1)).to_be_checked()
    tray.get_by_role("button", name="Show").press("Enter")
    arrived(page, re.compile(r"\?area=BD20220094,BD20220090&level=upazila$"))
    expect(tray).to_be_hidden()
    expect(boxes).to_have_count(2)


def test_a_press_with_a_key_adds_a_row_and_escape_lets_all_go(visit: Visit) -> None:
    page = visit("/routes")
    rows = page.locator('[data-exhibit="routes.corridors"] a.rank-link')
    names = rows.locator(".rank-name").all_inner_texts()
    rows.nth(1).click(modifiers=["Control"])
    rows.nth(0).click(modifiers=["Shift"])
    tray = page.get_by_role("region", name="Chosen together")
    expect(tray).to_contain_text(f"2 chosen: {names[1]}, {names[0]}")
    page.keyboard.press("Escape")
    expect(tray).to_be_hidden()
    expect(rows.nth(0)).to_be_focused()
    assert page.url.endswith("/routes")


def test_places_of_a_map_are_taken_together_too(visit: Visit) -> None:
    page = visit("/hotspots?area=BD2022&level=upazila")
    page.evaluate("""() => [...document.querySelectorAll('.map-places button')].slice(0, 2).forEach((place) =>
        place.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true })))""")  # noqa: E501
    tray = page.get_by_role("region", name="Chosen together")
    expect(tray).to_contain_text("2 chosen: ")
    expect(page.locator('[data-pick][aria-checked="true"]')).to_have_count(2)
    tray.get_by_role("button", name="Cancel").click()
    expect(page.locator('[data-pick][aria-checked="true"]')).to_have_count(0)


BARS = '[data-exhibit="sheet.transport-destination"]'


def test_a_bar_chooses_and_several_are_taken_together_by_their_names(visit: Visit) -> None:
    page = visit("/sheet")
    card = page.locator(BARS)
    in_sight(card)
    choices = card.evaluate("(card) => card.querySelector('.js-plotly-plot').layout.meta.choices")
    codes = [code for code in ("land", "river") if code in choices]
    assert len(codes) == 2
    for code in codes:
        at = card.evaluate(MIDDLE_OF, code)
        page.mouse.move(*at)
        # Plotly reads what lies under the pointer at most every 50 ms, and a press acts on what it
        # read last; no hand is as fast as a test.
        expect(card.locator(".hoverlayer .hovertext")).to_contain_text(choices[code]["label"])
        page.keyboard.down("Control")
        page.mouse.click(*at)
        page.keyboard.up("Control")
    said = page.locator("#picked p")
    expect(said).to_contain_text(f"{choices['land']['label']}, {choices['river']['label']}")
    page.locator("[data-picked-show]").click()
    arrived(page, re.compile(r"\?mode=land,river$"))


#: Where the first bar of a code is on the screen.
MIDDLE_OF = """(card, code) => {
  const plot = card.querySelector('.js-plotly-plot');
  const at = plot.data[0].customdata.indexOf(code);
  const box = [...plot.querySelectorAll('.trace.bars')].map((trace) =>
    trace.querySelectorAll('.point path')[at]?.getBoundingClientRect()).find((b) => b?.width > 4);
  return [box.left + box.width / 2, box.top + box.height / 2];
}"""


@pytest.mark.parametrize("size", [WIDE, {"width": 1280, "height": 720}, PHONE])
def test_tools_of_the_brief_stand_at_the_top_right_and_over_no_sentence(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit("/", size)
    card = page.locator('[data-exhibit="brief.sentences"]')
    settled(page)
    tools, whole = box_of(card.locator(".card-tools")), box_of(card)
    compared = box_of(card.locator(".brief-compared"))
    assert whole["y"] <= tools["y"] <= whole["y"] + 16
    assert 0 <= whole["x"] + whole["width"] - tools["x"] - tools["width"] <= 24
    # What was compared stands beside them, also on a phone.
    assert compared["width"] > 100
    assert compared["x"] + compared["width"] <= tools["x"]
    for row in card.locator(".brief-link").all():
        box, arrow = box_of(row), box_of(row.locator("> .icon"))
        assert box["y"] >= tools["y"] + tools["height"]
        assert arrow["width"] > 0
