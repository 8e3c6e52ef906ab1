"""Light and dark: the system's choice until the reader chooses, and figures that follow.

A dark page asks the server for nothing that a light one does not have.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, settled, until

THEME = "() => document.documentElement.dataset.theme"
SWITCH = "[data-theme-switch]"
#: The colour of the first line of the trend as it is drawn, and as it is kept for files.
DRAWN = """() => {
  const card = document.querySelector('[data-exhibit="overview.trend"]');
  const lines = [...card.querySelectorAll('.js-plotly-plot .scatterlayer .js-line')]
    .map((one) => getComputedStyle(one));
  return lines.find(({ strokeWidth }) => strokeWidth === "2.5px").stroke;
}"""
KEPT = """() => document.querySelector('[data-exhibit="overview.trend"]')
  .latest.data.find(({ line }) => line.width === 2.5).line.color"""
BLUE, PALE = "rgb(44, 96, 204)", "rgb(79, 123, 219)"


def dark(page: Page) -> Page:
    """The page on a system that is dark."""
    page.emulate_media(color_scheme="dark")
    return page


def test_a_page_follows_the_system_until_its_reader_chooses(visit: Visit) -> None:
    page = visit("/quality")
    assert page.evaluate(THEME) == "light"
    dark(page)
    until(page, f"() => ({THEME})() === 'dark'")
    page.locator(SWITCH).click()
    assert page.evaluate(THEME) == "light"
    page.emulate_media(color_scheme="light")
    dark(page)
    assert page.evaluate(THEME) == "light"


def test_the_choice_is_remembered_and_holds_before_the_first_paint(visit: Visit) -> None:
    page = visit("/quality")
    page.locator(SWITCH).click()
    page.reload(wait_until="commit")
    until(page, "() => document.body !== null")
    assert page.evaluate(THEME) == "dark"
    settled(page)
    head = page.evaluate(
        "() => [...document.head.querySelectorAll('script[src], link[rel=stylesheet]')]"
        ".map((node) => node.src || node.href)"
    )
    assert "/assets/js/theme.js" in head[0]
    scripts = page.evaluate("() => [...document.scripts].map((script) => script.src)")
    assert sum("/assets/js/theme.js" in source for source in scripts) == 1


def test_the_switch_says_what_it_does(visit: Visit) -> None:
    page = visit("/quality")
    page.get_by_role("button", name="Use dark colours").click()
    page.get_by_role("button", name="Use light colours").click()
    assert page.evaluate(THEME) == "light"


def test_figures_change_colour_where_they_stand_and_nobody_is_asked(visit: Visit) -> None:
    page = visit("/overview")
    assert page.evaluate(DRAWN) == BLUE
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(SWITCH).click()
    until(page, f"(colour) => ({DRAWN})() === colour", PALE)
    settled(page)
    assert page.evaluate(KEPT) == "#2C60CC"  # files are made of it
    page.locator(SWITCH).click()
    until(page, f"(colour) => ({DRAWN})() === colour", BLUE)
    assert [url for url in asked if "_dash-update-component" in url] == []


def test_a_dark_map_keeps_the_view_of_its_reader_and_gives_it_back(visit: Visit) -> None:
    page = visit("/hotspots")
    page.locator('[data-card-zoom="farther"]').first.click()
    view = """() => {
      const { view, canvas } = document.querySelector('[data-exhibit="hotspots.map"]').map;
      const [x, y] = window.atlas.map.onPlane([91.75, 20.6]);
      const at = [x * view.k + view.x, y * view.k + view.y].map(Math.floor);
      const bay = [...canvas.getContext("2d").getImageData(...at, 1, 1).data];
      return [view.k, view.x, view.y, bay.slice(0, 3).join(" ")];
    }"""
    painted = f"(colour) => ({view})().at(-1) === colour"  # with the next frame
    light, dark_blue = "233 241 247", "16 26 38"
    until(page, painted, light)
    *before, _ = page.evaluate(view)
    page.locator(SWITCH).click()
    until(page, painted, dark_blue)
    assert page.evaluate(view) == [*before, dark_blue]
    page.locator(SWITCH).click()
    until(page, painted, light)
    assert page.evaluate(view) == [*before, light]


def test_a_dark_system_gets_a_dark_first_figure(visit: Visit) -> None:
    page = visit("/overview", color_scheme="dark")
    assert page.evaluate(DRAWN) == PALE


def test_colours_forced_by_the_system_hide_the_switch_and_keep_what_was_chosen_visible(
    visit: Visit,
) -> None:
    page = visit("/overview")
    page.locator(SWITCH).click()
    page.emulate_media(forced_colors="active", color_scheme="light")
    until(page, f"() => ({THEME})() === 'light'")
    expect(page.locator(SWITCH)).to_be_hidden()
    table = page.locator(".card-tools > [data-card-show]").filter(visible=True).first
    table.click()
    ground = "(node) => getComputedStyle(node).backgroundColor"
    for look, chosen in ((".segment", "[aria-current]"), (".icon-button", '[aria-pressed="true"]')):
        pressed = page.locator(f".card {look}{chosen}").first
        idle = page.locator(f".card {look}:not({chosen})").first
        assert pressed.evaluate(ground) != idle.evaluate(ground)
    table.click()
    assert page.evaluate(DRAWN) == BLUE
    mark = page.locator(".rank-part, .card-graph").first
    assert mark.evaluate("(node) => getComputedStyle(node).forcedColorAdjust") == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_asked_for_more_contrast_gets_no_quiet_words(visit: Visit, scheme: str) -> None:
    page = visit("/quality")
    page.emulate_media(color_scheme=scheme, contrast="more")  # pyright: ignore[reportArgumentType]
    until(page, f"() => ({THEME})() === '{scheme}'")
    quiet, text = (
        page.evaluate(
            f"() => getComputedStyle(document.documentElement).getPropertyValue('{name}')"
        )
        for name in ("--sa-text-3", "--sa-text")
    )
    assert quiet == text


def test_nothing_moves_for_a_reader_who_wants_no_motion(visit: Visit) -> None:
    page = visit("/quality")
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate("""() => [...document.querySelectorAll('body *')].filter((node) => {
      const style = getComputedStyle(node);
      return style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0)
        || (style.animationName !== 'none' && parseFloat(style.animationDuration) > 0.01);
    }).map((node) => node.className)""")
    assert moving == []
