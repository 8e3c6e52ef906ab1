"""A page and its answers: few requests, a focus that stays, tables on demand, changes of mind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import compress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser.conftest import PHONE, WIDE, Visit, as_told, settled, until
from tests.browser.steps import arrived, back, box_of, go_to
from tests.support.application import RELEASE
from tests.support.hostile import LABELS, NOTES, TARGETS, plant
from tests.support.pages import ALONE
from tests.support.releases import build_release, point_to
from tests.support.served import served

ASKING = "**/_dash-update-component*"
TREND = '[data-exhibit="overview.trend"]'
#: A window in which a part of the overview is out of sight.
LOW = {"width": 1280, "height": 720}
CHOICES = f"{TREND} .segmented--measure a"
#: Presses a choice of a menu as a finger would, whether its menu is open or not.
PRESS = """([menu, code]) =>
  document.querySelector(`[data-filter="${menu}"] input[value="${code}"]`).click()"""
#: Where the lines of a text end and how high each stands.
LINES = """(text) => {
  const range = document.createRange(); range.selectNodeContents(text);
  return [...range.getClientRects()].map(({ top, right }) => ({ top: top + scrollY, right }));
}"""
DIMMED = "() => document.querySelectorAll('[data-asked]').length"
#: The views that the cards of a page show, each once.
VIEWS_SHOWN = """() => [...new Set([...document.querySelectorAll('[data-exhibit]')]
  .map((card) => card.dataset.query))]"""
FOCUS = """() => [...document.querySelectorAll('[data-exhibit="overview.trend"] .card-options a')]
  .indexOf(document.activeElement)"""


def heard(page: Page) -> list[str]:
    """What the page asks the server for from now on: addresses with what is wanted of them."""
    asked: list[str] = []

    def hear(request: Request) -> None:
        if "/_dash-update-component" in request.url:
            asked.append(request.post_data_json["inputs"][0]["value"])

    page.on("request", hear)
    return asked


@contextmanager
def held(page: Page) -> Iterator[list[Route]]:
    """Requests for answers, none of which goes on by itself."""
    routes: list[Route] = []
    page.route(ASKING, lambda route: routes.append(route))
    yield routes
    page.unroute(ASKING)


def until_held(page: Page, routes: list[Route], count: int) -> None:
    """Wait until so many requests are held."""
    for _ in range(600):
        if len(routes) >= count:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{len(routes)} of {count} requests were made")


# --- few requests --------------------------------------------------------------------------------


PATHS = ("/overview", "/hotspots", "/hotspots?level=upazila", "/routes", "/referrals", "/quality")


@pytest.mark.parametrize("path", PATHS)
def test_a_change_of_filters_makes_at_most_two_requests(visit: Visit, path: str) -> None:
    page = visit(path)
    asked = heard(page)
    for menu, code in (("mode", "land"), ("mode", "land"), ("people", "female")):
        before = len(asked)
        page.evaluate(PRESS, [menu, code])
        settled(page)
        assert 1 <= len(asked) - before <= 2, asked[before:]
        assert page.evaluate(VIEWS_SHOWN) == [page.evaluate("window.location.search")]


@pytest.mark.parametrize("path", ["/", "/overview", "/hotspots", "/methods"])
def test_a_page_opens_with_its_first_cards_and_asks_for_the_others_at_most_once(
    browser: Browser, address: str, path: str
) -> None:
    page = browser.new_page(base_url=address, viewport=WIDE)  # pyright: ignore[reportArgumentType]
    asked = heard(page)
    go_to(page, path)
    assert len(asked) <= (1 if page.locator("[data-exhibit]").count() else 0)


def test_another_page_takes_at_most_two_requests(visit: Visit) -> None:
    page = visit("/methods")
    asked = heard(page)
    page.get_by_role("link", name="Overview").first.click()
    arrived(page, re.compile(r"/overview$"))
    assert 1 <= len(asked) <= 2


# --- the focus and the table ---------------------------------------------------------------------


def test_the_focus_stays_on_the_choice_of_a_card_that_was_made(visit: Visit) -> None:
    page = visit("/overview")
    page.locator(CHOICES).last.focus()
    at = page.evaluate(FOCUS)
    page.keyboard.press("Enter")
    arrived(page, re.compile(r"measure="))
    assert page.evaluate(FOCUS) == at
    expect(page.locator(CHOICES).last).to_have_attribute("aria-current", "true")
    page.locator(CHOICES).first.focus()
    page.keyboard.press("Enter")
    settled(page)
    assert page.evaluate(FOCUS) == 0


def test_a_table_is_fetched_when_a_reader_asks_for_it_and_is_always_that_of_the_view(
    visit: Visit,
) -> None:
    page = visit("/overview")
    table = page.locator(f"{TREND} .card-table table")
    expect(table).to_have_count(0)
    asked = heard(page)
    button = page.locator(TREND).get_by_role("button", name="Table")
    button.click()
    expect(table).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "true")
    settled(page)
    assert len([address for address in asked if "overview.trend" in address]) == 1
    seen = [rows_of(page)]
    for code in ("land", "sea"):
        page.evaluate(PRESS, ["mode", code])
        settled(page)
        expect(table).to_be_visible()
        seen.append(rows_of(page))
    assert len({str(rows) for rows in seen}) == len(seen)
    button.click()
    expect(table).to_be_hidden()
    expect(page.locator(f"{TREND} .card-graph")).to_be_visible()


def rows_of(page: Page) -> list[list[str]]:
    """The rows of the trend's table, which are those of its file for the same view."""
    rows: list[list[str]] = page.locator(f"{TREND} .card-table tbody tr").evaluate_all(
        "(all) => all.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    search = page.evaluate("window.location.search")
    answer = page.request.get(f"/exhibit/overview.trend.json{search}").json()
    columns = answer["table"]["columns"]
    on_page = [not column["in_files"] for column in columns]
    for row, told in zip(rows, answer["table"]["rows"], strict=True):
        assert row == [*compress(map(as_told, told, columns), on_page)]
    return rows


def test_the_title_stands_beside_the_menu_and_all_else_has_the_whole_width(visit: Visit) -> None:
    page = visit("/overview", PHONE)
    settled(page)
    card = page.locator(TREND)
    parts = (".card-title", ".more", ".card-under", ".card-options")
    title, menu, under, options = (box_of(card.locator(part)) for part in parts)
    # Its box has the whole width, its words run around the menu.
    lines = card.locator(".card-title").evaluate(LINES)
    low = menu["y"] + menu["height"]
    assert any(line["top"] < low for line in lines)
    assert all(line["right"] <= menu["x"] for line in lines if line["top"] < low)
    assert menu["width"] >= 44 <= menu["height"]
    assert menu["x"] < under["x"] + under["width"]
    assert under["y"] + under["height"] <= options["y"]
    assert card.get_by_role("button", name="Table").filter(visible=True).count() == 0


# --- changes of mind -----------------------------------------------------------------------------


def test_a_card_is_dimmed_only_once_its_answer_takes_a_moment(visit: Visit) -> None:
    page = visit("/overview")
    with held(page) as routes:
        at_once = f"(asked) => {{ ({PRESS})(asked); return ({DIMMED})(); }}"
        assert page.evaluate(at_once, ["mode", "land"]) == 0
        until_held(page, routes, 1)
        until(page, f"() => ({DIMMED})() > 0")
        routes[0].continue_()
    settled(page)
    assert page.evaluate(DIMMED) == 0


def test_a_card_that_waits_when_its_view_is_left_for_the_one_before_is_not_dimmed_for_ever(
    visit: Visit,
) -> None:
    page = visit("/overview", LOW)
    with held(page) as routes:
        page.evaluate(PRESS, ["mode", "land"])
        until_held(page, routes, 1)
        routes[0].continue_()
        until_held(page, routes, 2)  # what is out of sight, which stays away
        until(page, f"() => ({DIMMED})() > 0")
        page.evaluate(PRESS, ["mode", "land"])
        until_held(page, routes, 3)
        routes[2].continue_()
        settled(page)
        assert page.evaluate(DIMMED) == 0
        routes[1].continue_()
    settled(page)
    assert page.evaluate(VIEWS_SHOWN) == [""]


def test_a_page_that_was_asked_for_twice_is_put_in_place_once(visit: Visit) -> None:
    """An older answer would empty what its reader has opened since."""
    page = visit("/overview")
    page.evaluate(
        "() => { window.stood = 0; document.addEventListener('atlas:page', () => stood++) }"
    )
    with held(page) as routes:
        for times in (1, 2):
            page.locator('.nav a[data-nav="/routes"]').click()
            until_held(page, routes, times)
            if times == 1:
                page.locator('.nav a[data-nav="/overview"]').click()
                until(page, "() => window.location.pathname === '/overview'")
        routes[1].continue_()
        until(page, "() => window.stood === 1")
        with page.expect_response(ASKING):
            routes[0].continue_()
        page.wait_for_timeout(300)
        assert page.evaluate("window.stood") == 1
        for late in routes[2:]:
            late.continue_()
    settled(page)
    assert page.evaluate("window.stood") == 1


def test_going_back_before_an_answer_came_leaves_no_dimmed_card(visit: Visit) -> None:
    page = visit("/overview")
    with held(page) as routes:
        page.locator(CHOICES).last.click()
        until_held(page, routes, 1)
        until(page, f"() => ({DIMMED})() > 0")
        page.go_back()
        until(page, f"() => ({DIMMED})() === 0")
        settled(page)
        assert page.evaluate(VIEWS_SHOWN) == [""]
        routes[0].continue_()  # what comes late is of another view
        page.wait_for_timeout(500)
        assert page.evaluate(VIEWS_SHOWN) == [""]
    page.go_forward()
    settled(page)
    assert "measure=" in page.evaluate("window.location.search")
    assert page.evaluate(VIEWS_SHOWN) == [page.evaluate("window.location.search")]
    assert page.evaluate(DIMMED) == 0


def test_the_last_of_several_quick_changes_is_shown(visit: Visit) -> None:
    page = visit("/overview")
    with held(page) as routes:
        page.evaluate(PRESS, ["mode", "land"])
        until_held(page, routes, 1)
        page.evaluate(PRESS, ["people", "female"])
        until_held(page, routes, 2)
        routes[1].continue_()
        page.wait_for_timeout(300)
        routes[0].continue_()
    settled(page)
    (view,) = page.evaluate(VIEWS_SHOWN)
    assert view == page.evaluate("window.location.search")
    assert "mode=land" in view
    assert "sex=female" in view
    assert page.evaluate(DIMMED) == 0


def test_a_view_whose_answer_came_too_late_is_asked_for_at_once_when_it_is_back(
    visit: Visit,
) -> None:
    page = visit("/overview")
    with held(page) as routes:
        page.locator(CHOICES).last.click()
        until_held(page, routes, 1)
        back(page)
        with page.expect_response(ASKING):
            routes[0].continue_()
    # Long before a lost answer is asked for again.
    with page.expect_request(ASKING, timeout=5000):
        page.go_forward()
    settled(page)
    assert page.evaluate(VIEWS_SHOWN) == [page.evaluate("window.location.search")]


def test_a_view_is_asked_for_once_and_before_dash_hears_of_its_address(visit: Visit) -> None:
    page = visit("/overview", LOW)
    page.evaluate("""() => {
      window.told = [];
      window.set = new Set();
      const [store] = window.dash_stores;
      store.subscribe(() => {
        const { id } = store.getState().changed || {};
        if (id?.type === "filter") window.set.add(id.name);
      });
      const { atlas } = window.dash_clientside;
      const send = window.fetch;
      window.fetch = (...given) => { window.told.push("fetch"); return send(...given); };
      ["ask", "addressFromControls"].forEach((name) => {
        const own = atlas[name];
        atlas[name] = (...given) => { window.told.push(name); return own(...given); };
      });
    }""")
    asked = heard(page)
    page.evaluate(PRESS, ["mode", "land"])
    settled(page)
    # Controls that show the new address already are left alone, or they would be read once more.
    assert page.evaluate("window.told") == ["addressFromControls", "fetch", "ask", "fetch"]
    assert page.evaluate("[...window.set]") == ["mode"]
    assert ["want=view" in one for one in asked] == [True, False]
    back(page)
    assert not page.locator('[data-filter="mode"] input[value="land"]').is_checked()


def test_leaving_a_page_before_its_answer_came_shows_the_next_page(visit: Visit) -> None:
    page = visit("/overview")
    with held(page) as routes:
        page.evaluate(PRESS, ["mode", "land"])
        until_held(page, routes, 1)
        page.get_by_role("link", name="Referrals").first.click()
        until_held(page, routes, 2)
        for route in routes:
            route.continue_()
    arrived(page, re.compile("/referrals"))
    ids = page.locator("[data-exhibit]").evaluate_all("(all) => all.map((c) => c.dataset.exhibit)")
    assert {name.partition(".")[0] for name in ids} == {"referrals"}


# --- what a label could run ----------------------------------------------------------------------


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[str]:
    """The address of a release whose names are all written to be run."""
    releases = tmp_path / "store" / "releases"
    beside = {"notes": NOTES, "targets": TARGETS}
    made = {"seed": 11, "months": 30, "per_month": 120, **beside}
    plant(build_release(releases / f"{RELEASE}.duckdb", **made))
    point_to(releases, RELEASE)
    with served(tmp_path) as address:
        yield address


def test_no_name_in_a_release_runs_or_makes_an_element(browser: Browser, hostile: str) -> None:
    page = browser.new_page(base_url=hostile, viewport=WIDE)  # pyright: ignore[reportArgumentType]
    strangers: list[str] = []
    page.on("request", lambda sent: hostile in sent.url or strangers.append(sent.url))  # pyright: ignore
    seen: set[str] = set()
    for path in (
        "/", "/overview", "/hotspots?level=division", "/hotspots?area=BD20", "/routes?area=BD20",
        "/referrals", "/quality", "/sheet", *(page.path for page in ALONE),
    ):  # fmt: skip
        go_to(page, path)
        for button in page.locator(".card-tools > [data-card-show]").filter(visible=True).all():
            button.click()
        settled(page)
        found = page.evaluate("""() => ({
          hurt: window.hurt ?? null,
          foreign: document.querySelectorAll('#page :is(img:not([src^="data:"]), script,'
            + ' iframe, object, embed, form, video, math, marquee, base, link, meta, style,'
            + ' template, [onerror], [onload], [onfocus], [onmouseover],'
            + ' [href^="javascript:"])').length,
          text: document.body.textContent,
        })""")
        assert (found["hurt"], found["foreign"]) == (None, 0), path
        seen |= {label for label in LABELS if label in found["text"]}
    assert len(seen) > len(LABELS) / 2
    assert [url for url in strangers if not url.startswith(("data:", "blob:"))] == []


@pytest.mark.parametrize("status", [None, 500])
def test_an_answer_that_was_lost_is_asked_for_again(
    browser: Browser, address: str, status: int | None
) -> None:
    page = browser.new_page(base_url=address)
    go_to(page, "/quality")
    asked = heard(page)

    def lose(route: Route) -> None:
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, body="lost")

    page.route(ASKING, lose, times=1)
    page.evaluate(PRESS, ["mode", "land"])
    settled(page)
    assert "again=1" in asked[1]
    assert page.evaluate(DIMMED) == 0
