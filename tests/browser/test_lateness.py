"""A poor line: what a reader has while a figure is on its way, and when it does not come."""

from __future__ import annotations

from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import Visit, more, settled, until

MAP = '[data-exhibit="hotspots.map"]'


def test_a_map_that_is_late_is_preceded_by_its_table(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    held: list[Route] = []
    page.route("**/atlas-maps.js*", lambda route: held.append(route))
    page.goto("/hotspots")
    late = page.locator(f"{MAP} .card-late")
    expect(late).to_be_visible(timeout=60_000)
    expect(page.locator(f"{MAP} .card-table")).to_be_visible()
    assert len(held) == 1
    held[0].continue_()
    settled(page)
    expect(late).to_be_hidden()
    expect(page.locator(f"{MAP} .card-table")).to_be_hidden()


def test_a_map_whose_script_does_not_come_leaves_its_table(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.route("**/atlas-maps.js*", lambda route: route.abort())
    page.goto("/hotspots")
    until(page, f"() => document.querySelector('{MAP}')?.dataset.show === 'table'")
    expect(page.locator(f"{MAP} .card-table table")).to_be_visible()
    expect(page.locator(f"{MAP} .card-late")).to_be_hidden()


def test_the_old_figure_stays_dimmed_until_the_new_one_comes(visit: Visit) -> None:
    page = visit("/overview")
    held: list[Route] = []
    page.route("**/_dash-update-component*", lambda route: held.append(route))
    page.locator('[data-exhibit="overview.trend"] .segmented--measure a').last.click()
    figure = page.locator('[data-exhibit="overview.trend"] .card-figure')
    until(page, "() => document.querySelector('[data-asked]') !== null")
    assert figure.locator(".scatterlayer .trace").count() > 0
    until(page, """() => Number(getComputedStyle(document.querySelector(
      '[data-exhibit="overview.trend"] .card-figure')).opacity) < 0.6""")  # fmt: skip
    still = page.locator('[data-exhibit="overview.trend"] .card-still')
    expect(still).to_be_visible(timeout=30_000)
    page.unroute("**/_dash-update-component*")  # what was held goes on
    settled(page)
    assert float(figure.evaluate("(node) => getComputedStyle(node).opacity")) == 1


def test_all_notes_open_on_a_press_and_a_card_has_one_at_most(visit: Visit) -> None:
    page = visit("/quality")
    card = page.locator('[data-exhibit="quality.completeness"]')
    notes = card.locator(".card-notes")
    expect(notes).to_be_hidden()
    more(card).locator("summary", has_text="Notes").click()
    expect(notes).to_be_visible()
    page.keyboard.press("Escape")
    expect(notes).to_be_hidden()
    foots = page.locator(".card-foot").evaluate_all(
        "(all) => all.map((foot) => foot.querySelectorAll('.card-note').length)"
    )
    assert max(foots) <= 1


def test_a_page_is_not_settled_before_its_charts_follow_a_new_window(visit: Visit) -> None:
    page = visit("/sheet")
    page.evaluate("""() => {
      const { resize } = window.Plotly.Plots;
      window.Plotly.Plots.resize = async (plot) => {
        await new Promise((later) => { window.setTimeout(later, 1500); });
        return resize(plot);
      };
    }""")
    page.set_viewport_size({"width": 700, "height": 900})
    settled(page)
    apart = page.evaluate("""() => [...document.querySelectorAll(".js-plotly-plot")]
      .map((plot) => Math.abs(plot._fullLayout.width - plot.clientWidth))""")
    assert len(apart) > 3
    assert max(apart) <= 1


def test_a_page_is_not_settled_in_a_window_whose_new_size_no_event_has_told(visit: Visit) -> None:
    page = visit("/sheet")
    page.evaluate("() => Object.defineProperty(window, 'innerHeight', {value: 901})")
    assert not page.evaluate("() => window.atlas.settled()")
    page.evaluate("() => window.dispatchEvent(new Event('resize'))")
    settled(page)
