"""Paper: light, A4, figures in the room they have there, and the monthly sheet on one page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit, settled
from tests.browser.steps import box_of, press

#: A4 in points, upright and lying.
UPRIGHT, LYING = (595, 842), (842, 595)


def printed(page: Page) -> list[tuple[int, int]]:
    """The pages of a print, as their widths and heights in points."""
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def on_paper(page: Page) -> Page:
    """The page as it is laid out for a printer, width of the sheet and all."""
    page.bring_to_front()  # no other is told that it is to be printed
    page.set_viewport_size({"width": 718, "height": 1047})
    page.emulate_media(media="print")
    expect(page.locator("html")).to_have_class(re.compile("on-paper"), timeout=60_000)
    return page


def test_the_overview_prints_upright_and_the_sheet_is_one_lying_page(visit: Visit) -> None:
    assert set(printed(visit("/overview"))) == {UPRIGHT}
    assert printed(visit("/sheet")) == [LYING]


def test_what_changed_and_the_purpose_stand_on_the_first_page_of_the_overview(visit: Visit) -> None:
    page = on_paper(visit("/overview"))
    for name in ("changes", "exploitation"):
        box = box_of(page.locator(f'[data-exhibit="overview.{name}"]'))
        assert box["y"] + box["height"] <= 1047, name


def test_the_sheet_has_a_button_that_prints_it(visit: Visit) -> None:
    page = visit("/sheet")
    page.evaluate("() => { window.print = () => { window.asked = true; }; }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.asked") is True


def test_every_panel_of_the_sheet_is_whole_on_its_page(visit: Visit) -> None:
    page = on_paper(visit("/sheet"))
    cut = page.evaluate("""() => {
      const sheet = document.querySelector('.section--sheet').getBoundingClientRect();
      return [...document.querySelectorAll('.section--sheet .card')].filter((card) => {
        const box = card.getBoundingClientRect();
        const room = card.querySelector('.card-graph').getBoundingClientRect();
        const plot = card.querySelector('.main-svg').getBoundingClientRect();
        return box.bottom > sheet.bottom + 1 || box.right > sheet.right + 1
          || plot.bottom > room.bottom + 1 || plot.right > room.right + 1 || plot.height < 60;
      }).map((card) => card.dataset.exhibit);
    }""")
    assert cut == []
    assert page.locator(".section--sheet .card").count() == 8
    # A subtitle of two lines in letters of 8.7 px.
    heights = page.locator(".section--sheet .card-under").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().height)"
    )
    assert 18 < max(heights) < 25
    head, lead = (
        box_of(page.locator(f".section--sheet {part}")) for part in (".header-row", ".lead")
    )
    assert head["y"] + head["height"] <= lead["y"] + 1


def test_the_months_of_the_sheet_can_be_read_and_its_source_is_named(visit: Visit) -> None:
    page = on_paper(visit("/sheet?period=2026-09..2026-09"))
    tops, heights = page.evaluate("""() => {
      const card = document.querySelector('[data-exhibit="sheet.months"]');
      const box = (node) => node.getBoundingClientRect();
      const top = box(card.querySelector('.card-graph')).top;
      return [[...card.querySelectorAll('.annotation')].map((node) => box(node).top - top),
        [...card.querySelectorAll('.nsewdrag')].map((node) => box(node).height)];
    }""")
    assert min(tops) >= 0
    assert min(heights) >= 90
    expect(page.locator(".section--sheet > .footer .page-origin")).to_contain_text("release")


def test_a_long_list_begins_under_the_title_of_its_page(visit: Visit) -> None:
    page = on_paper(visit("/routes"))
    expect(page.locator('[data-exhibit="routes.corridors"]')).to_have_css("break-inside", "auto")


def test_a_legend_stands_above_its_bars_whatever_window_is_printed(visit: Visit) -> None:
    page = on_paper(visit("/sheet", PHONE))
    over = page.evaluate("""() => {
      const box = (node) => node.getBoundingClientRect();
      const cards = [...document.querySelectorAll('.section--sheet .card:has(.legend)')];
      return cards.filter((card) => {
        const tops = [...card.querySelectorAll('.bars path')].map((bar) => box(bar).top);
        return box(card.querySelector('.legend .bg')).bottom > Math.min(...tops);
      }).map((card) => card.dataset.exhibit);
    }""")
    assert page.locator(".section--sheet .legend").count() == 2
    assert over == []


def test_the_sheet_can_be_passed_on_alone(visit: Visit) -> None:
    page = on_paper(visit("/sheet"))
    sheet = page.locator(".section--sheet")
    for said in ("Situation Atlas", "INVENTED DATA", "not prevalence", "do not forward"):
        expect(sheet.get_by_text(said).filter(visible=True).first).to_be_visible()
    page.emulate_media(media="screen")
    expect(page.locator(".header")).to_have_count(1)
    expect(page.locator(".footer")).to_have_count(1)


def test_paper_is_light_whatever_the_screen_is_and_the_screen_is_as_before(visit: Visit) -> None:
    page = visit("/overview")
    press(page.locator("[data-theme-switch]"))
    stroke = """() => [...document.querySelectorAll(
      '[data-exhibit="overview.trend"] .scatterlayer .js-line')].map((one) => getComputedStyle(one))
      .find(({ strokeWidth }) => strokeWidth === "2.5px").stroke"""
    ground = "() => getComputedStyle(document.body).color"
    dark = page.evaluate(ground)
    on_paper(page)
    assert page.evaluate(stroke) == "rgb(44, 96, 204)"
    assert page.evaluate(ground) == "rgb(18, 32, 46)"
    page.emulate_media(media="screen")
    expect(page.locator("html")).not_to_have_class(re.compile("on-paper"))
    settled(page)
    assert page.evaluate(ground) == dark
    assert page.evaluate(stroke) == "rgb(79, 123, 219)"


@pytest.mark.parametrize(
    "path", ["/", "/overview", "/hotspots", "/routes", "/referrals", "/quality"]
)
def test_no_page_is_wider_than_the_paper(visit: Visit, path: str) -> None:
    page = on_paper(visit(path))
    wide = page.evaluate("""() => [...document.querySelectorAll('.main *:not(.section--sheet, .section--sheet *)')]
      .filter((node) => !node.closest('.sr-only, .card-graph'))
      .filter((node) => node.getBoundingClientRect().right > 719)
      .map((node) => node.className).slice(0, 5)""")  # noqa: E501
    assert wide == []


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/routes", (".rank-step", ".strip-block", ".season-cell")),
        ("/referrals", (".open-bar > span", ".scale-dot", ".bullet-bar")),
    ],
)
def test_marks_are_printed_where_a_browser_leaves_backgrounds_out(
    visit: Visit, path: str, marks: tuple[str, ...]
) -> None:
    page = on_paper(visit(path))
    for mark in marks:
        here = page.locator(f".card-figure {mark}").first
        expect(here).to_have_css("print-color-adjust", "exact")


def test_notes_are_whole_on_paper(visit: Visit) -> None:
    page = on_paper(visit("/hotspots"))
    cut = page.evaluate(
        "() => [...document.querySelectorAll('.card-note')]"
        ".filter((note) => note.scrollHeight > note.clientHeight + 1).length"
    )
    assert cut == 0


def test_the_table_of_a_map_that_nobody_came_near_stands_in_for_it(visit: Visit) -> None:
    page = visit("/overview", PHONE)
    card = page.locator('[data-exhibit="overview.map"]')
    expect(card.locator("canvas")).to_have_count(0)
    page.emulate_media(media="print")
    expect(card.locator(".card-table table")).to_be_visible(timeout=60_000)
    expect(card.locator(".card-graph")).to_be_hidden()


def test_what_was_looked_for_stands_above_its_rows_and_an_empty_field_does_not(
    visit: Visit,
) -> None:
    page = visit("/hotspots?compare=none")
    card = page.locator('[data-exhibit="hotspots.map"]')
    press(card.get_by_role("button", name="Table"))
    field = card.get_by_role("searchbox", name="Find a row")
    for typed in ("", "ukhia"):
        field.fill(typed)
        page.emulate_media(media="print")
        expect(page.locator("html")).to_have_class(re.compile("on-paper"), timeout=60_000)
        assert field.is_visible() == bool(typed)
        page.emulate_media(media="screen")
        expect(page.locator("html")).not_to_have_class(re.compile("on-paper"), timeout=60_000)
