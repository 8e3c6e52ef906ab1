"""Explore as its readers use it: questions asked at three widths, and the ways in and out."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit, more, settled
from tests.browser.steps import arrived, back, press
from tests.support.questions import QUESTIONS, Ask, told

SIZES = ((1440, 900), (1280, 720), (390, 844))
CARD = '[data-exhibit="explore.answer"]'
#: Numbers under two units are told in words: of what is counted, the smallest that is told.
TOLD_FROM = {"requests": 20, "endings": 20, "legs": 20}
LEVELS = ("upazila", "district", "division")


@pytest.fixture(scope="module")
def ask(copy_of_release: duckdb.DuckDBPyConnection) -> Ask:
    """Ask the release that is served, in SQL."""
    return lambda sql: copy_of_release.execute(sql).fetchall()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_thirty_questions_are_answered_as_sql_answers_them(
    visit: Visit, ask: Ask, size: tuple[int, int]
) -> None:
    page = visit("/explore", {"width": size[0], "height": size[1]})
    page.keyboard.press("t")
    answered = 0
    for asked in QUESTIONS:
        query = re.sub("value=[a-z]+", "value=number", asked.query)
        page.evaluate("query => window.atlas.go(`?${query}`)", query)
        settled(page)
        expected = told(ask, asked)
        total = expected.pop(("", ""))
        rows = page.locator(f"{CARD} .card-table tbody tr")
        found = rows.evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
        )
        # Without an area of the level rows are told by the wider area that is known, one by one.
        left = "unknown" if asked.rows in LEVELS else None
        least = TOLD_FROM.get(asked.count, 10)
        held = (size for (row, _), size in expected.items() if row != left and size >= least)
        numbers = Counter(text.replace(",", "") for row in found for text in row)
        if numbers["cannot be told"]:
            continue  # units are not fitted to such cells, so Explore tells a direction only
        answered += 1
        assert not Counter(map(str, held)) - numbers, asked.query
        assert len(found) >= len({row for row, _ in expected}) or not asked.columns, asked.query
        assert total
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert answered >= len(QUESTIONS) - 6


def test_a_question_is_made_of_menus_and_undone_by_going_back(visit: Visit) -> None:
    page = visit("/explore")
    choose(page, "what", "Referrals requested")
    expect(page).to_have_url(re.compile(r"\?count=requests$"))
    choose(page, "rows", "Service")
    choose(page, "columns or time", "Sex")
    expect(page.locator(f"{CARD} .card-subtitle")).to_contain_text("by service and sex")
    press(page.get_by_role("link", name="Swap rows and columns"))
    expect(page.locator(f"{CARD} .card-subtitle")).to_contain_text("by sex and service")
    back(page)
    expect(page.locator(f"{CARD} .card-subtitle")).to_contain_text("by service and sex")


def choose(page: Page, menu: str, entry: str) -> None:
    """Make one choice of the question."""
    page.locator(".question-menu").filter(has_text=menu).locator("summary").click()
    press(page.locator(".question-menu[open]").get_by_role("link", name=entry, exact=True))


def test_the_forms_follow_each_other_in_one_card(visit: Visit) -> None:
    page = visit("/explore?rows=district&columns=none")
    forms = page.get_by_role("navigation", name="Draw as")
    expect(page.locator(f"{CARD} .js-plotly-plot")).to_be_visible()
    press(forms.get_by_role("link", name="Map"))
    expect(page.locator(f"{CARD} canvas")).to_be_visible()
    expect(page.locator(f"{CARD} .js-plotly-plot")).to_be_hidden()
    press(forms.get_by_role("link", name="Bars"))
    expect(page.locator(f"{CARD} .js-plotly-plot")).to_be_visible()
    expect(page.locator(f"{CARD} canvas.map-canvas")).to_have_count(0)
    press(forms.get_by_role("link", name="List"))
    expect(page.locator(f"{CARD} .ranking")).to_be_visible()
    lines = forms.get_by_text("Lines")
    expect(lines).to_have_attribute("aria-disabled", "true")
    assert "time" in str(lines.get_attribute("title"))
    show = page.get_by_role("navigation", name="Show")
    press(show.get_by_role("link", name="Against usual"))
    expect(page.locator(f"{CARD} .card-subtitle")).to_contain_text("by district, against usual,")
    expect(page.locator(f"{CARD} .ranking")).to_contain_text("noticed from")


@pytest.mark.parametrize(
    ("path", "exhibit", "asked"),
    [
        ("/hotspots", "hotspots.map", {"count": "incidents", "rows": "upazila"}),
        ("/overview?sex=female", "overview.trend", {"count": "people", "sex": "female"}),
        ("/referrals", "referrals.waiting", {"count": "requests"}),
    ],
)
def test_ask_on_leads_from_a_figure_to_its_question(
    visit: Visit, path: str, exhibit: str, asked: dict[str, str]
) -> None:
    page = visit(path)
    more(page.locator(f'[data-exhibit="{exhibit}"]')).get_by_role("link", name="Ask on").click()
    arrived(page, re.compile("/explore"))
    query: dict[str, Any] = page.evaluate("() => window.atlas.parse(location.search)")
    assert {name: query.get(name) for name in asked} == asked
    expect(page.locator(f"{CARD} .card-title")).not_to_be_empty()


def test_the_address_is_the_question_on_a_phone_too(visit: Visit) -> None:
    page = visit("/", PHONE)
    page.locator(".footer").get_by_role("link", name="Ask a question of your own").click()
    page.wait_for_url(re.compile("/explore"))
    page.evaluate("window.atlas.go('?count=legs&rows=corridor&columns=quarter&value=usual')")
    settled(page)
    expect(page.locator(".question-now").nth(1)).to_have_text("corridor")
    said = page.locator(f"{CARD} .card-subtitle")
    expect(said).to_contain_text("Numbers, not against usual: legs of journeys by corridor")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_is_asked_goes_into_the_report_and_into_files(visit: Visit) -> None:
    page = visit("/explore?rows=sex&columns=age_band")
    menu = more(page.locator(CARD))
    figure = menu.locator("[data-report]").get_attribute("data-report")
    assert figure == "explore.answer?columns=age_band&rows=sex"
    csv = page.locator(f"{CARD} a[href*='.csv?']").first.get_attribute("href")
    given = page.request.get(str(csv))
    assert given.status == 200
    assert "age_band" in given.text() or "Age" in given.text()


def test_a_matrix_that_scrolls_fades_where_more_of_it_is(visit: Visit) -> None:
    page = visit("/explore?rows=class&columns=corridor", PHONE)
    room = page.locator(f"{CARD} .card-graph")
    faded = re.compile("has-more")
    expect(room).to_have_class(faded)
    room.evaluate("(room) => { room.scrollLeft = room.scrollWidth; }")
    expect(room).not_to_have_class(faded)
