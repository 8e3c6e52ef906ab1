"""Questions that readers bring to the product, each answered from the first page on.

A question is one journey at three sizes of window: at most four clicks and 20 seconds of waiting,
whatever they are spent on. Its answer is read from the page, the clipboard or a file, and equals
one that plain SQL gives over the release. What a page does beside answering belongs to the tests of
its parts.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settled
from tests.browser.test_print import LYING, printed
from tests.support.sample import sample_folder

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
Ask = Callable[..., list[tuple[Any, ...]]]

SIZES = ((1440, 900), (1280, 720), (390, 844))
MOST_CLICKS, LONGEST = 4, 20
#: What queries below call by name. Quarters of the sample: 2026-Q3 is the last that is closed.
MACROS = """
    CREATE TEMP MACRO in_quarter(month) AS year(month) || '-Q' || quarter(month);
    CREATE TEMP MACRO on_maps(role) AS role IN ('recruitment', 'exploitation', 'transit');
"""


class Journey:
    """A reader on the way from the first page: what was pressed, and how long answers took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.is_phone = page.viewport_size["width"] < 700
        self.clicks = 0
        self.waited = 0.0

    def press(self, target: Locator) -> None:
        """Press what is in sight, and wait for the page to answer."""
        self.act(target.filter(visible=True).click)

    def act(self, act: Callable[[], object]) -> None:
        """Do what takes one click or one key, and wait."""
        began = time.monotonic()
        act()
        settled(self.page)
        self.waited += time.monotonic() - began
        self.clicks += 1

    def press_in(self, card: Locator, name: str) -> None:
        """Press a button or link at the head of a card, or in its menu where it stands there."""
        tools = card.locator(".card-tools")
        wanted = tools.get_by_role("button", name=name).or_(tools.get_by_role("link", name=name))
        if not wanted.count():
            self.press(tools.locator(".more > summary"))
        self.press(wanted.first)

    def choose(self, menu: str, choice: str) -> None:
        """Make one choice in a menu of the filters, which a phone has in a sheet."""
        if self.is_phone:
            self.press(self.page.get_by_role("button", name="Filters"))
        entry = self.page.locator(f'[data-filter="{menu}"]')
        self.press(entry.locator("summary"))
        self.press(entry.locator(".form-check").filter(has_text=choice))
        if self.is_phone:
            self.press(self.page.get_by_role("button", name="Show the figures"))

    def go(self, path: str) -> None:
        """Go to another page."""
        self.press(self.page.locator(f'nav a[data-nav="{path}"]'))

    def point_at(self, exhibit: str, degrees: list[float]) -> None:
        """Press a place on a map where it lies."""
        where = """([id, degrees]) => {
          const { view, canvas } = document.querySelector(`[data-exhibit="${id}"]`).map;
          canvas.scrollIntoView({ block: "center" });
          const [x, y] = window.atlas.map.onPlane(degrees);
          const box = canvas.getBoundingClientRect();
          return [box.left + x * view.k + view.x, box.top + y * view.k + view.y];
        }"""
        drawn = card(self.page, exhibit)
        drawn.locator(".map-room").scroll_into_view_if_needed()  # only then it is drawn
        expect(drawn.locator("canvas")).to_be_visible()
        settled(self.page)
        x, y = self.page.evaluate(where, [exhibit, degrees])
        hand = self.page.touchscreen.tap if self.is_phone else self.page.mouse.click
        self.act(lambda: hand(x, y))


@pytest.fixture(params=SIZES, ids=lambda size: str(size[0]))
def journey(visit: Visit, request: pytest.FixtureRequest) -> Iterator[Journey]:
    """A journey that begins on the first page, and was short."""
    width, height = request.param
    way = Journey(visit("/overview", {"width": width, "height": height}))
    yield way
    assert way.clicks <= MOST_CLICKS
    assert way.waited <= LONGEST


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask the release that is served, in SQL."""
    releases = sample_folder() / "store" / "releases"
    name = (releases / "current").read_text().strip()
    # A process opens a file with one set of options; other tests have theirs.
    copied = tmp_path_factory.mktemp("asked") / "release.duckdb"
    shutil.copyfile(releases / f"{name}.duckdb", copied)
    with duckdb.connect(str(copied), read_only=True) as connection:
        connection.execute(MACROS)
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def card(page: Page, exhibit: str) -> Locator:
    """The card of an exhibit."""
    return page.locator(f'[data-exhibit="{exhibit}"]')


def title(page: Page, exhibit: str) -> str:
    """The finding of a card."""
    return card(page, exhibit).locator(".card-title").inner_text()


def changes(page: Page) -> list[str]:
    """Sentences of what changed, from the strongest on."""
    return page.locator(".change .change-link .sr-only").all_inner_texts()


def rows_of(table: Locator) -> list[list[str]]:
    """Cells of a table without its head."""
    return [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]


def about(number: int) -> str:
    """A part as pages say it: close, a few below ten, and never nothing."""
    if number < 10:
        return "a few" if number else "none or very few"
    return f"about {number:,}"


def is_usual(shown: str, counted: float) -> bool:
    """Whether a page says as usual what was counted before, less what is still to come."""
    found = re.search(r"usual (?:so far )?(\d+), noticed (?:from|at) \d+", shown)
    return found is not None and 0.8 * counted - 1 <= int(found[1]) <= counted + 1


def last_quarter(page: Page) -> Locator:
    """The way to the last closed quarter from the sheet."""
    return page.get_by_role("link", name="Last closed quarter")


def test_which_upazila_has_most_this_quarter_and_is_that_new(journey: Journey, ask: Ask) -> None:
    journey.choose("period", "Last closed quarter")
    leading = """
        SELECT name_en, sum(size) FILTER (in_quarter(month) = '2026-Q3'),
          coalesce(sum(size) FILTER (month < '2026-07-01'), 0) / 11
        FROM incidents JOIN place ON upazila = code WHERE on_maps(place_role)
        GROUP BY ALL ORDER BY 2 DESC NULLS LAST LIMIT 1"""
    ((name, now, usual),) = ask(leading)  # of the eleven quarters before
    said = title(journey.page, "overview.map")
    assert re.fullmatch(rf"{name} comes first, with \d+ % .+; more than usual: {name}", said), said
    told = f"{name}: {about(now)} incidents in Jul – Sep 2026, more than usual"
    assert changes(journey.page)[0].startswith(f"{told}; usual ")
    assert is_usual(changes(journey.page)[0], usual)
    assert re.search(rf"(most|above all) in {name}$", journey.page.locator("h1").inner_text())


def test_what_is_rising_that_the_meeting_should_talk_about(journey: Journey, ask: Ask) -> None:
    corridors = """
        SELECT label_en, coalesce(sum(size) FILTER (month >= '2025-10-01'), 0) AS now,
          coalesce(sum(size) FILTER (month < '2025-10-01'), 0) / 2 AS usual
        FROM people JOIN code ON code_list = 'corridor' AND corridor = code
        WHERE code NOT IN ('unknown', 'other')
        GROUP BY ALL HAVING now > 2.5 * usual AND now > 60"""
    rising = ask(corridors)
    assert {"North-east border to India", "By air to the Gulf"} <= {name for name, *_ in rising}
    said = changes(journey.page)
    for name, now, usual in rising:
        (told,) = [sentence for sentence in said if name in sentence]  # or what tells the same
        if told.startswith(f"The corridor {name}"):
            assert f"{about(now)} people identified in Oct 2025 – Sep 2026, more than" in told
            assert is_usual(told, usual)
    assert re.match(r"\d+ rose", title(journey.page, "overview.changes"))


def test_where_is_smuggling(journey: Journey, ask: Ask) -> None:
    journey.choose("class", "Smuggling of migrants")
    said = title(journey.page, "overview.map")
    leading = """
        SELECT name_en FROM incidents JOIN place ON code = division
        WHERE class_group = 'smuggling' AND month >= '2025-10-01' AND on_maps(place_role)
        GROUP BY ALL ORDER BY sum(size) DESC LIMIT 2"""
    ((first,), (second,)) = ask(leading)
    assert said in (
        f"{one} and {other} come first, too close to rank"
        for one, other in ((first, second), (second, first))
    )


def test_who_reported(journey: Journey, ask: Ask) -> None:
    journey.go("/quality")
    coverage = card(journey.page, "quality.coverage")
    journey.press_in(coverage, "Table")
    bands = """
        SELECT strftime(month, '%Y-%m'), label_en FROM coverage
        JOIN code ON code_list = 'reporting_band' AND reporting_band = code
        WHERE month >= '2025-10-01' ORDER BY month"""
    found = ask(bands)
    assert len({band for _, band in found}) == 2  # one partner falls silent in the story
    assert rows_of(coverage.locator(".card-table")) == [list(row) for row in found]


def test_what_about_girls_in_ukhia_last_quarter(journey: Journey, ask: Ask) -> None:
    ((ukhia, *degrees),) = ask("SELECT code, lon, lat FROM place WHERE name_en = 'Ukhia'")
    journey.point_at("overview.map", degrees)
    journey.go("/sheet")
    journey.press(last_quarter(journey.page))
    journey.press(card(journey.page, "sheet.age-sex").get_by_role("link", name="Girls"))
    girls = """
        SELECT sum(size) FROM people WHERE in_quarter(month) = '2026-Q3'
          AND upazila = ? AND sex = 'female' AND is_child = 'yes'"""
    ((number,),) = ask(girls, ukhia)
    assert title(journey.page, "sheet.people").lower().startswith(f"{about(number)} ")
    expect(card(journey.page, "sheet.people").locator(".card-subtitle")).to_contain_text(
        "Jul – Sep 2026, Ukhia, sex: female, child under 18"
    )


def test_a_link_shows_a_colleague_exactly_this(journey: Journey, ask: Ask, visit: Visit) -> None:
    page = journey.page
    journey.go("/sheet")
    journey.press(last_quarter(page))
    journey.press(page.locator(".share summary"))
    journey.press(page.get_by_role("button", name="Copy a link: this view as of today"))
    expect(page.locator("#toast")).to_contain_text("Link copied")
    other = visit(page.evaluate("() => navigator.clipboard.readText()"), page.viewport_size)

    def seen(by: Page) -> list[list[str]]:
        parts = ("h1", ".card-title", ".card-subtitle", ".section-head")
        return [by.locator(part).all_inner_texts() for part in parts]

    assert seen(other) == seen(page)
    ((people,),) = ask("SELECT sum(size) FROM people WHERE in_quarter(month) = '2026-Q3'")
    assert title(other, "sheet.people").startswith(f"{people} people were identified")


def test_a_figure_and_its_numbers_are_ready_to_paste(journey: Journey, ask: Ask) -> None:
    page, trend = journey.page, card(journey.page, "overview.trend")
    journey.press_in(trend, "Table, to paste elsewhere")
    expect(page.locator("#toast")).to_contain_text("Table copied")
    lines = page.evaluate("() => navigator.clipboard.readText()").splitlines()
    found = ask(
        "SELECT strftime(month, '%Y-%m') AS m, sum(size) FROM incidents GROUP BY m ORDER BY m"
    )
    assert lines[0] == title(page, "overview.trend")
    cells = [line.split("\t") for line in lines if re.match(r"\d{4}-\d{2}\t", line)]
    assert [(month, int(number)) for month, number, *_ in cells] == found[-24:]
    heads = next(line for line in lines if line.startswith("Month\t")).split("\t")
    usual = [heads.index(f"Usual, at {end}") for end in ("least", "most")]
    assert all(int(row[usual[0]]) < int(row[usual[1]]) for row in cells)
    journey.press_in(trend, "Picture, to paste elsewhere")
    expect(page.locator("#toast")).to_contain_text("Picture copied", timeout=60_000)
    size = """async () => {
      const [item] = await navigator.clipboard.read();
      const { width, height } = await createImageBitmap(await item.getType("image/png"));
      return [width, height];
    }"""
    assert page.evaluate(size) == [3200, 1920]


def test_the_sheet_of_the_month_is_one_page(journey: Journey, ask: Ask) -> None:
    page = journey.page
    journey.go("/sheet")
    journey.press(page.get_by_role("link", name="Last closed month"))
    ((people,),) = ask("SELECT sum(size) FROM people WHERE month = '2026-09-01'")
    assert title(page, "sheet.people") == f"{people} people were identified, Sep 2026"
    papers: list[tuple[int, int]] = []
    journey.act(lambda: papers.extend(printed(page)))
    assert papers == [LYING]
    panels = page.locator(".section--sheet [data-exhibit] .card-graph")
    drawn = panels.evaluate_all(
        "(all) => all.map((one) => [...one.querySelectorAll('text')].map((t) => t.textContent))"
    )
    assert [any(re.search(r"\d", text) for text in texts) for texts in drawn] == [True] * 8


def test_the_same_figure_for_the_last_four_quarters(journey: Journey, ask: Ask) -> None:
    trend = card(journey.page, "overview.trend")
    journey.press(trend.get_by_role("link", name="People"))
    journey.press_in(trend, "By quarter")
    journey.press_in(trend, "Table")
    found = ask("SELECT in_quarter(month) AS q, sum(size) FROM people GROUP BY q ORDER BY q")
    rows = rows_of(trend.locator(".card-table"))[-4:]
    assert [row[0] for row in rows] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert [int(row[1]) for row in rows] == [number for _, number in found[-4:]]


def test_which_corridor_grew_against_the_same_season_and_how(journey: Journey, ask: Ask) -> None:
    page = journey.page
    journey.press(last_quarter(page))
    journey.press(page.get_by_role("link", name="Show the same months a year earlier beside it"))
    grown = """
        SELECT label_en, sum(size) FILTER (in_quarter(month) = '2026-Q3') AS now,
          coalesce(sum(size) FILTER (month < '2026-07-01'), 0) / 11 AS usual,
          mode(mode) FILTER (in_quarter(month) = '2026-Q3'), corridor
        FROM people JOIN code ON code_list = 'corridor' AND corridor = code
        WHERE corridor NOT IN ('other', 'unknown')
        GROUP BY ALL ORDER BY now / greatest(usual, 5) DESC NULLS LAST LIMIT 1"""
    ((name, now, usual, mode, corridor),) = ask(grown)
    journey.go("/routes")
    listed = card(page, "routes.corridors")
    lead = listed.locator(".rank-lead").inner_text()
    assert lead.startswith(f"{name}: {about(now)} people in Jul – Sep 2026, more than usual")
    ((way,),) = ask("SELECT label_en FROM code WHERE code_list = 'mode' AND code = ?", mode)
    assert f"above all by {way.lower()}" in lead
    row = listed.locator(".ranking tbody tr").filter(has_text=name)
    assert "more than usual" in row.locator(".rank-change").inner_text()
    assert is_usual(row.locator(".rank-change").inner_text(), usual)
    journey.press_in(listed, "Table")
    season = """SELECT coalesce(sum(size), 0) FROM journeys
        WHERE corridor = ? AND in_quarter(quarter) = '2025-Q3'"""
    ((before,),) = ask(season, corridor)
    (cells,) = [row for row in rows_of(listed.locator(".card-table table")) if name in row]
    at = listed.locator(".card-table thead th").all_inner_texts().index("Jul – Sep 2025 (people)")
    assert cells[at] == str(before)


def test_which_camps_lead_and_how_sure_is_that(journey: Journey, ask: Ask) -> None:
    journey.go("/hotspots")
    drawn = card(journey.page, "hotspots.camps")
    drawn.scroll_into_view_if_needed()
    settled(journey.page)
    first, second = ask("""
        SELECT name_en, sum(size) FROM incidents JOIN place ON place = code AND level = 'camp'
        WHERE month >= '2025-10-01' AND on_maps(place_role)
        GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT 2""")
    said = title(journey.page, "hotspots.camps")
    if "too close to rank" in said:
        assert first[0] in said
    else:
        assert said.startswith(f"{first[0]} comes first")
        assert first[1] > second[1]
    journey.press_in(drawn, "Table")
    rows = rows_of(drawn.locator(".card-table table"))
    (row,) = [row for row in rows if first[0] in row]
    assert str(first[1]) in row


def test_where_is_more_than_usual_this_quarter(journey: Journey, ask: Ask) -> None:
    journey.go("/hotspots")
    flags = card(journey.page, "hotspots.signals")
    flags.scroll_into_view_if_needed()
    settled(journey.page)
    said = {
        row[0]
        for row in rows_of(flags.locator(".card-body table"))
        if "more than usual" in row and "Sep 2026" in row
    }
    clearly = ask("""
        SELECT name_en, sum(size) FILTER (in_quarter(month) = '2026-Q3') AS now,
          sum(size) FILTER (month < '2026-07-01') / 11 AS usual
        FROM incidents JOIN place ON upazila = code WHERE on_maps(place_role)
        GROUP BY ALL HAVING now > 2.5 * usual AND now >= 30""")
    # Districts are judged over half a year.
    more = ask("""
        SELECT name_en FROM incidents
        JOIN place ON code IN (upazila, district, division, place) WHERE on_maps(place_role)
        GROUP BY ALL HAVING
          sum(size) FILTER (month >= '2026-04-01') > 1.5 * sum(size) / 6""")
    assert set() != {name for name, *_ in clearly} <= said <= {name for (name,) in more}


def test_where_do_people_wait_longest(journey: Journey, ask: Ask) -> None:
    journey.go("/referrals")
    found = journey.page.locator('[data-exhibit="referrals.waiting"] .card-title')
    expect(found).to_contain_text("wait")
    longest = """
        SELECT label_en, sum(n), sum(n) FILTER (asked < '2026-04-01') FROM (
          SELECT service, size AS n, month AS asked FROM requests
          UNION ALL
          SELECT service, -size, date_trunc('quarter', month) - to_months(
            CASE lag_quarters WHEN '0' THEN 0 WHEN '1' THEN 3 ELSE 6 END) FROM endings
        ) JOIN code ON code_list = 'service' AND service = code
        GROUP BY ALL ORDER BY 3 DESC"""
    ((service, waiting, earlier), *others) = ask(longest)
    told = f"{service}: {about(waiting)} wait, {about(earlier)} of them since before Apr 2026"
    every, old = (sum(row[at] for row in ((service, waiting, earlier), *others)) for at in (1, 2))
    close = f"{about(every)} referrals wait, {about(old)} of them since before Apr 2026"
    assert title(journey.page, "referrals.waiting") in (told, close[:1].upper() + close[1:])


def test_where_are_people_identified_and_nobody_referred_to_safe_shelter(
    journey: Journey, ask: Ask
) -> None:
    journey.go("/referrals")
    gaps = card(journey.page, "referrals.coverage")
    gaps.scroll_into_view_if_needed()
    journey.press(gaps.get_by_role("link", name="By area"))
    journey.press_in(gaps, "Table")
    expect(gaps.get_by_role("table")).to_be_visible()
    head = gaps.locator("thead th").all_inner_texts()
    rows = rows_of(gaps.get_by_role("table"))
    (shelter,) = (row for row in rows if "Safe shelter" in row)
    (people,) = (row for row in rows if "People identified" in row)
    found = {
        name
        for name, cell, known in zip(head, shelter, people, strict=True)
        if not re.search("[A-Za-z1-9]", cell) and re.search("[1-9]", known)
    }
    nobody = """
        SELECT name_en FROM place WHERE level = 'upazila'
          AND code IN (SELECT upazila FROM people WHERE month >= '2025-10-01')
          AND code NOT IN (SELECT upazila FROM requests
            WHERE service = 'safe_shelter' AND month >= '2025-10-01' AND upazila IS NOT NULL)"""
    shown = {name for (name,) in ask(nobody)} & set(head)
    places = {name for (name,) in ask("SELECT name_en FROM place")}
    assert found & places == shown != set()  # what is in no known place stands beside them
    a_few = """
        SELECT name_en FROM place JOIN people ON upazila = code WHERE month >= '2025-10-01'
        GROUP BY ALL HAVING sum(size) < 10"""
    _, named = title(journey.page, "referrals.coverage").split(" referred in ")
    gaps = shown - {name for (name,) in ask(a_few)}
    assert named == f"{len(gaps)} upazilas" if len(gaps) > 2 else set(named.split(" or ")) == gaps
