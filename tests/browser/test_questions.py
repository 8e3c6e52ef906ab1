"""Questions that readers bring to the product, each answered from the first page on: the brief.

A question is one journey in the smaller of two windows of a desk and on a phone: at most four
clicks and 20 seconds of waiting, whatever they are spent on. Its answer is read from the page, the
clipboard or a file, and equals one that plain SQL gives over the release. What a page does beside
answering belongs to the tests of its parts, which open the larger window.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, settled
from tests.browser.steps import card, in_sight
from tests.browser.test_print import LYING, printed

Ask = Callable[..., list[tuple[Any, ...]]]

SIZES = ((1280, 720), (390, 844))
MOST_CLICKS, LONGEST = 4, 20
#: What queries below call by name: referrals that are open are those asked for less those ended.
#: Quarters of the sample: 2026-Q3 is the last that is closed.
NAMED = """
    CREATE TEMP MACRO in_quarter(month) AS year(month) || '-Q' || quarter(month);
    CREATE TEMP MACRO on_maps(role) AS role IN ('recruitment', 'exploitation', 'transit');
    CREATE TEMP VIEW open_referrals AS
      SELECT service, size AS n, month AS asked FROM requests
      UNION ALL
      SELECT service, -size, date_trunc('quarter', month) - to_months(
        CASE lag_quarters WHEN '0' THEN 0 WHEN '1' THEN 3 ELSE 6 END) FROM endings;
"""


class Journey:
    """A reader on the way from the first page: what was pressed, and how long answers took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.is_phone = page.viewport_size["width"] < 700
        self.clicks = 0
        self.waited = 0.0

    def begin_on(self, path: str) -> None:
        """Begin on another page than the first, as by a bookmark."""
        self.page.goto(path)
        settled(self.page)

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

    def open_sentence(self, text: str = "") -> None:
        """Open the figure of a sentence of the brief; the first, of all incidents, without one."""
        sentences = self.page.locator(".brief-link")
        self.press(sentences.filter(has_text=text) if text else sentences.first)

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
    way = Journey(visit("/", {"width": width, "height": height}))
    yield way
    assert way.clicks <= MOST_CLICKS
    assert way.waited <= LONGEST


@pytest.fixture(scope="module")
def ask(copy_of_release: duckdb.DuckDBPyConnection) -> Ask:
    """Ask the release that is served, in SQL."""
    copy_of_release.execute(NAMED)
    return lambda sql, *values: copy_of_release.execute(sql, values).fetchall()


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


def is_usual(shown: str, counted: float, *, alone: bool = False) -> bool:
    """Whether a page says as usual what was counted before, less what is still to come."""
    noticed = "$" if alone else r", noticed (?:from|at) \d+"
    match = re.search(r"usual (?:so far )?(\d+)" + noticed, shown)
    return match is not None and 0.8 * counted - 1 <= int(match[1]) <= counted + 1


def is_share(shown: str, number: int, whole: int) -> bool:
    """Whether a page says the share of a number, which it rounds where that is all it can tell."""
    match = re.search(r"(\d+) %", shown)
    return match is not None and abs(int(match[1]) - 100 * number / whole) <= 2.5


def last_quarter(page: Page) -> Locator:
    """The way to the last closed quarter from the sheet."""
    return page.get_by_role("link", name="Last closed quarter")


def sheet(page: Page) -> Locator:
    """The way to the sheet from the brief."""
    return page.locator(".brief-actions").get_by_role("link", name="A4 sheet")


def test_what_must_the_meeting_know_this_month(journey: Journey, ask: Ask) -> None:
    page = journey.page
    told = page.locator(".brief-link")
    leads = told.locator(".brief-lead").all_inner_texts()
    texts = told.locator(".brief-said").all_inner_texts()
    assert 2 < len(leads) <= 5

    # All incidents: a quarter since a month alone holds little, and the month beside it.
    (country,) = ask("""
        SELECT sum(size) FILTER (in_quarter(month) = '2026-Q3'),
          sum(size) FILTER (month < '2026-07-01') / 11,
          sum(size) FILTER (in_quarter(month) = '2025-Q3'),
          sum(size) FILTER (month = '2026-09-01') FROM incidents""")
    quarter, usual, year_before, month = country
    assert leads[0].startswith(f"{quarter} incidents, usual ")
    assert is_usual(leads[0], usual, alone=True)
    assert texts[0].startswith(f"More than usual in Jul – Sep, last year about {year_before}. ")
    assert f" Sep: {month} so far, " in texts[0]
    assert re.match(
        "More incidents than usual( since Jul)?; more: ", page.locator("h1").inner_text()
    )

    # The row that is clearest off usual, with what it stands for at least and at most.
    ((name, code, now, before, last_year),) = ask("""
        SELECT name_en, code, sum(size) FILTER (in_quarter(month) = '2026-Q3') AS now,
          coalesce(sum(size) FILTER (month < '2026-07-01'), 0) / 11 AS usual,
          sum(size) FILTER (in_quarter(month) = '2025-Q3')
        FROM incidents JOIN place ON upazila = code WHERE on_maps(place_role)
        GROUP BY ALL ORDER BY (now - usual) / sqrt(greatest(usual, 5)) DESC NULLS LAST LIMIT 1""")
    at = next(n for n, lead in enumerate(leads) if lead.startswith(f"{name}: "))
    assert at in (1, 2)  # among the first: corridors may be clearer still
    assert leads[at].startswith(f"{name}: {about(now)} incidents, usual ")
    assert is_usual(leads[at], before, alone=True)
    said = r"More than usual in Jul – Sep, range (\d+) to (\d+), last year (.+)\."
    clearest = re.fullmatch(said, texts[at])
    assert clearest, texts[at]
    low, high, last = clearest.groups()
    ((off,),) = ask("""SELECT sqrt(avg(e ** 2)) FROM (
      SELECT sum(size) AS e FROM echo_incidents WHERE upazila = ? AND on_maps(place_role)
      GROUP BY replicate, in_quarter(month))""", code)  # fmt: skip
    assert before < int(low) <= now - 2 * off < now + 2 * off - 1 <= int(high)
    assert last == about(last_year)
    # The title has room for the clearest, whose name begins it or not.
    clearest_name = leads[1].partition(": ")[0]
    assert clearest_name[1:] in page.locator("h1").inner_text()

    # What is open, and for how long.
    ((every, recent),) = ask(
        "SELECT sum(n), sum(n) FILTER (asked >= '2025-10-01') FROM open_referrals"
    )
    assert leads[-1] == f"About {every:,} referrals open"
    old = every - recent
    ends = re.match(rf"About {old:,} \((\d+) to (\d+)\) asked for over a year ago: ", texts[-1])
    assert ends, texts[-1]
    assert int(ends[1]) < old < int(ends[2])

    # Each opens its figure, with the same number.
    journey.open_sentence(name)
    assert title(page, "hotspots.ranking") == f"{name}: {about(now)} incidents"


def test_which_upazila_has_most_this_quarter_and_is_that_new(journey: Journey, ask: Ask) -> None:
    journey.open_sentence()  # of the last closed quarter, all areas
    leading = """
        SELECT name_en, sum(size) FILTER (in_quarter(month) = '2026-Q3'),
          coalesce(sum(size) FILTER (month < '2026-07-01'), 0) / 11,
          (SELECT sum(size) FROM incidents
            WHERE in_quarter(month) = '2026-Q3' AND on_maps(place_role))
        FROM incidents JOIN place ON upazila = code WHERE on_maps(place_role)
        GROUP BY ALL ORDER BY 2 DESC NULLS LAST LIMIT 1"""
    ((name, now, usual, whole),) = ask(leading)  # of the eleven quarters before
    text = title(journey.page, "overview.map")
    assert re.fullmatch(
        rf"{name} comes first, with \d+ % of {whole} incidents, more than usual", text
    ), text
    assert is_share(text, now, whole)
    told = f"{name}: {about(now)} incidents in Jul – Sep 2026, more than usual"
    assert changes(journey.page)[0].startswith(f"{told}; usual ")
    assert is_usual(changes(journey.page)[0], usual)
    assert re.search(rf"(most|above all) in {name}$", journey.page.locator("h1").inner_text())


def test_what_is_rising_that_the_meeting_should_talk_about(journey: Journey, ask: Ask) -> None:
    journey.go("/overview")
    corridors = """
        SELECT label_en, coalesce(sum(size) FILTER (month >= '2025-10-01'), 0) AS now,
          coalesce(sum(size) FILTER (month < '2025-10-01'), 0) / 2 AS usual,
          (SELECT sum(size) FROM journeys AS listed
           WHERE listed.corridor = code AND quarter >= '2025-10-01') AS shown
        FROM people JOIN code ON code_list = 'corridor' AND corridor = code
        WHERE code NOT IN ('unknown', 'other')
        GROUP BY ALL HAVING now > 2.5 * usual AND now > 60"""
    rising = ask(corridors)
    assert {"North-east border to India", "By air to the Gulf"} <= {name for name, *_ in rising}
    said = changes(journey.page)
    for name, _, usual, shown in rising:
        (told,) = [sentence for sentence in said if name in sentence]  # or what tells the same
        if told.startswith(f"The corridor {name}"):
            assert f"{about(shown)} people in Oct 2025 – Sep 2026, more than" in told
            assert is_usual(told, usual)
    assert re.search(r", \d+ rose", title(journey.page, "overview.changes"))


def test_where_is_smuggling(journey: Journey, ask: Ask) -> None:
    # On a phone a choice is four presses: this reader begins at the menus.
    journey.begin_on("/overview")
    journey.choose("class", "Smuggling of migrants")
    text = title(journey.page, "overview.map")
    first, second = ask("""
        SELECT name_en, sum(size), sum(sum(size)) OVER ()
        FROM incidents LEFT JOIN place ON code = district
        WHERE class_group = 'smuggling' AND month >= '2025-10-01' AND on_maps(place_role)
        GROUP BY ALL ORDER BY 2 DESC LIMIT 2""")
    name, number, whole = first
    if number > 2 * second[1]:  # so that one is clearly ahead
        assert re.fullmatch(rf"{name} comes first, with \d+ % of {whole} incidents", text), text
        assert is_share(text, number, whole)
    else:
        divisions = ask("""
            SELECT division FROM incidents
            WHERE class_group = 'smuggling' AND month >= '2025-10-01' AND on_maps(place_role)
            GROUP BY ALL HAVING sum(size) >= 10""")
        if many := re.fullmatch(r"(\d+) divisions lead, too close to rank", text):
            assert 2 < int(many[1]) <= len(divisions)
        else:
            assert text == f"{name} and {second[0]} come first, too close to rank"


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
    journey.open_sentence()  # of the last quarter
    journey.point_at("overview.map", degrees)
    journey.go("/sheet")
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
    journey.press(sheet(page))
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


def test_the_numbers_of_a_figure_are_ready_to_paste(journey: Journey, ask: Ask) -> None:
    page = journey.page
    journey.go("/overview")
    journey.press_in(card(page, "overview.trend"), "Table, to paste elsewhere")
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


def test_the_sheet_of_the_month_is_one_page(journey: Journey, ask: Ask) -> None:
    page = journey.page
    journey.press(sheet(page))  # of the month that the brief tells
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
    page = journey.page
    found = ask("SELECT in_quarter(month) AS q, sum(size) FROM people GROUP BY q ORDER BY q DESC")
    journey.open_sentence()
    tiles = card(page, "overview.indicators")
    tile = tiles.locator(".tile", has_text="People identified")
    quarters = ("Jul – Sep 2026", "Apr – Jun 2026", "Jan – Mar 2026", "Oct – Dec 2025")
    for quarter, (_, number) in zip(quarters, found, strict=False):
        if quarter != quarters[0]:
            journey.press(page.locator(".period-step--earlier"))
        expect(tiles.locator(".card-subtitle")).to_contain_text(quarter)
        assert tile.locator("strong").inner_text() == f"{number}"


def test_which_corridor_grew_against_the_same_season_and_how(journey: Journey, ask: Ask) -> None:
    page = journey.page
    journey.open_sentence()  # of the last quarter
    journey.go("/routes")
    grown = """
        SELECT label_en, sum(size) FILTER (in_quarter(month) = '2026-Q3') AS now,
          coalesce(sum(size) FILTER (month < '2026-07-01'), 0) / 11 AS usual,
          mode(mode) FILTER (in_quarter(month) = '2026-Q3'), corridor
        FROM people JOIN code ON code_list = 'corridor' AND corridor = code
        WHERE corridor NOT IN ('other', 'unknown')
        GROUP BY ALL ORDER BY now / greatest(usual, 5) DESC NULLS LAST LIMIT 1"""
    ((name, _, usual, mode, corridor),) = ask(grown)
    ((way,),) = ask("SELECT label_en FROM code WHERE code_list = 'mode' AND code = ?", mode)
    assert page.locator("#headline").inner_text() == f"More people than usual: {name}"
    row = card(page, "routes.corridors").locator(".ranking tbody tr").filter(has_text=name)
    assert "more than usual" in row.locator(".rank-change").inner_text()
    opened = card(page, "routes.corridor")
    in_sight(opened)
    said = opened.locator(".corridor-said").inner_text()
    assert said.startswith(f"More than usual, above all by {way.lower()}; usual ")
    assert is_usual(said, usual)
    quarters = dict(ask("SELECT in_quarter(quarter), sum(size) FROM journeys WHERE corridor = ? "
                        "GROUP BY ALL", corridor))  # fmt: skip
    shown = [row[-1].split("\n")[0] for row in rows_of(opened.locator(".season"))[-2:]]
    assert shown == [in_cell(quarters.get(f"{year}-Q3", 0)) for year in (2025, 2026)]


def in_cell(number: int) -> str:
    """A number as a strip of quarters has it."""
    return about(number).removeprefix("about ") if number else "·"


SEA = "bay_of_bengal_andaman"


def sea_corridor(journey: Journey) -> Locator:
    """The corridor by sea, opened from the list."""
    journey.go("/routes")
    listed = card(journey.page, "routes.corridors")
    journey.press(listed.locator("a.rank-link").filter(has_text="Bay of Bengal"))
    opened = card(journey.page, "routes.corridor")
    in_sight(opened)
    return opened


def test_what_are_the_places_on_the_way_of_a_corridor(journey: Journey, ask: Ask) -> None:
    opened = sea_corridor(journey)
    period = "FROM journeys WHERE corridor = ? AND quarter >= '2025-10-01'"
    ((every, told),) = ask(f"SELECT sum(size), sum(size) FILTER (len(transit) > 0) {period}", SEA)
    way = opened.locator(".strip-stop--transit")
    assert way.locator(".strip-title").inner_text() == f"Way, {told} of {every} recorded"
    ((place, number),) = ask("""SELECT name_en, sum(size) FROM journeys
    JOIN place ON transit = [code] AND level = 'upazila'
    WHERE corridor = ? AND quarter >= '2025-10-01' GROUP BY ALL ORDER BY 2 DESC LIMIT 1""", SEA)  # noqa: E501  # fmt: skip
    assert re.match(rf"{place}\s+{number}\b", way.locator(".strip-block").first.inner_text())
    assert f"{every - told} of {every}" in way.locator(".strip-block--rest").inner_text()


def test_when_do_boats_leave(journey: Journey, ask: Ask) -> None:
    opened = sea_corridor(journey)
    said = opened.locator(".season-said").inner_text()
    # Units may put a few into April, which then belong to the season.
    found = re.fullmatch(r"Nearly all from Oct to (Mar|Apr): (\d+) % in all years\.", said)
    assert found, said
    ((share,),) = ask(
        """SELECT 100 * sum(size) FILTER (month(month) >= 10 OR month(month) <= ?)
        / sum(size) FROM people WHERE corridor = ?""",
        3 + (found[1] == "Apr"),
        SEA,
    )
    assert round(share) == int(found[2])


def test_where_do_journeys_start(journey: Journey, ask: Ask) -> None:
    journey.go("/routes")
    flows = card(journey.page, "routes.map")
    in_sight(flows)
    expect(flows.locator("canvas")).to_be_visible()
    named = """() => document.querySelector('[data-exhibit="routes.map"]').map.drawn.labels
        .map(({ lines }) => lines[0].runs.map(({ said }) => said))"""
    labels = {runs[0]: runs[1] for runs in journey.page.evaluate(named) if len(runs) > 1}
    ((name, number),) = ask("""SELECT name_en, sum(size) FROM journeys
        JOIN place ON origin_district = code WHERE quarter >= '2025-10-01'
        GROUP BY ALL ORDER BY 2 DESC LIMIT 1""")
    assert labels[name] == f"{number:,}"


def test_which_camps_lead_and_how_sure_is_that(journey: Journey, ask: Ask) -> None:
    journey.go("/hotspots")
    drawn = card(journey.page, "hotspots.camps")
    in_sight(drawn)
    camps = ask("""
        SELECT name_en, sum(size) FROM incidents JOIN place ON place = code AND level = 'camp'
        WHERE month >= '2025-10-01' AND on_maps(place_role)
        GROUP BY ALL ORDER BY 2 DESC, 1""")
    first, second, *_ = camps
    text = title(journey.page, "hotspots.camps")
    if many := re.fullmatch(r"(\d+) camps lead, too close to rank", text):
        # They are named beside the tiles, each with a number of ten at least.
        assert 2 < int(many[1]) <= sum(size >= 10 for _, size in camps)
    elif "too close to rank" in text:
        assert first[0] in text
    elif not text.startswith("No camp is clearly off usual; maybe more: "):  # that goes before
        assert text.startswith(f"{first[0]} comes first")
        assert first[1] > second[1]
    journey.press_in(drawn, "Table")
    rows = rows_of(drawn.locator(".card-table table"))
    (row,) = [row for row in rows if first[0] in row]
    assert str(first[1]) in row
    assert row == rows[0]


def test_where_is_more_than_usual_this_quarter(journey: Journey, ask: Ask) -> None:
    journey.go("/hotspots")
    flags = card(journey.page, "hotspots.signals")
    in_sight(flags)
    now = flags.locator(".watch-rows").first.locator("li", has_text="more than usual")
    assert all("Sep 2026" in row for row in now.all_inner_texts())
    said = {*now.locator(".watch-name a").all_inner_texts()}
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
    """What is open and how old it is; a service is called the slowest only where that is clear."""
    journey.go("/referrals")
    expect(journey.page.locator("#headline")).to_contain_text("referrals are open")
    ages = """
        SELECT label_en, sum(n), coalesce(sum(n) FILTER (asked >= '2025-10-01'), 0)
        FROM open_referrals
        JOIN code ON code_list = 'service' AND service = code
        GROUP BY ALL ORDER BY 3 DESC"""
    services = ask(ages)
    every, recent = (sum(row[at] for row in services) for at in (1, 2))
    old = f"{about(every)} referrals are open, {about(every - recent)} asked for over a year ago"
    assert journey.page.locator("#headline").inner_text() == old[:1].upper() + old[1:]
    shown = card(journey.page, "referrals.waiting")
    for name, total, own in services[:5]:
        row = shown.locator("tr", has_text=name)
        expect(row.locator("td").first).to_have_text(f"{own}")
        expect(row.locator("td").last).to_contain_text(f"{total:,}")


def test_where_are_people_identified_and_nobody_referred_to_safe_shelter(
    journey: Journey, ask: Ask
) -> None:
    journey.go("/referrals")
    gaps = card(journey.page, "referrals.coverage")
    gaps.scroll_into_view_if_needed()
    journey.press(gaps.get_by_role("link", name="By area"))
    journey.press_in(gaps, "Table")
    expect(gaps.get_by_role("table")).to_be_visible()
    head = gaps.locator(".card-table thead th").all_inner_texts()
    rows = rows_of(gaps.get_by_role("table"))
    (shelter,) = (row for row in rows if "Safe shelter" in row)
    (people,) = (row for row in rows if "People identified" in row)
    found = {
        name
        for name, cell, known in zip(head, shelter, people, strict=True)
        if "none or very few" in cell and re.search("[1-9]|a few", known)
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
    # The title names those of them whose people are enough to tell.
    _, _, named = title(journey.page, "referrals.coverage").partition(" referred in ")
    gaps = shown - {name for (name,) in ask(a_few)}
    told = re.fullmatch(r"(\d+) upazilas", named)
    assert int(told[1]) <= len(gaps) if told else set(filter(None, named.split(" or "))) <= gaps
