"""axe-core finds nothing to mend: every page, both languages, both themes, on a desk and a phone.

A page is loaded once for each language and then resized and recoloured, as its reader would. In
the second theme only colours are looked at, and of the second language not these, which it shares.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, WIDE, Visit, settled, until
from tests.support.axe import ALL_RULES, violations
from tests.support.pages import PAGES

SIZES = (WIDE, PHONE)
THEMES = {"en": ("light", "dark"), "bn": ("light",)}
#: What alone can differ between two themes of a page.
COLOURS = {**ALL_RULES, "runOnly": ["color-contrast", "link-in-text-block"]}
#: Lists of Dash's own, whose labels have the role of options and hold what is chosen: not ours to
#: mend, and only seen while a menu is open.
DASHS_OWN = [[".dash-options-list"]]


@pytest.mark.parametrize("lang", ["en", "bn"])
@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_axe_finds_nothing(visit: Visit, path: str, lang: str) -> None:
    page = visit(path if lang == "en" else f"{path}?lang={lang}")
    found = {}
    for size in SIZES:
        page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
        for theme in THEMES[lang]:
            choose(page, theme)
            settled(page)
            for violation in violations(page, ALL_RULES if theme == "light" else COLOURS):
                where = f"{size['width']} {theme} {violation['id']}"
                found[where] = [node["html"][:160] for node in violation["nodes"][:3]]
    assert found == {}


def test_axe_would_find_something(visit: Visit) -> None:
    page = visit("/methods")
    page.evaluate(
        "() => document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"\">')"
    )
    found = [v["id"] for v in violations(page)]
    assert "image-alt" in found


@pytest.mark.parametrize("path", ["/", "/overview"])
def test_dialogs_and_menus_are_clean_while_they_are_open(visit: Visit, path: str) -> None:
    page = visit(path)
    found = []
    filters = [f'[data-filter="{menu}"] summary' for menu in ("period", "area", "people")]
    for menu in [*(filters if path != "/" else []), ".more > summary"]:  # the brief has no filters
        page.locator(menu).first.click()
        found += violations(page, without=DASHS_OWN)
        page.keyboard.press("Escape")
    page.keyboard.press("?")
    found += violations(page, without=DASHS_OWN)
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found] == []


def choose(page: Page, theme: str) -> None:
    """Press the switch when the page has the other theme, and wait for its colours."""
    if page.evaluate("() => document.documentElement.dataset.theme") != theme:
        page.evaluate("() => document.querySelector('[data-theme-switch]').click()")
    until(page, "(theme) => document.documentElement.dataset.theme === theme", theme)
    until(page, "() => document.getAnimations().every((one) => one.playState === 'finished')")
