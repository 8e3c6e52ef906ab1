"""A reader switches between English and Bangla, and everything follows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.words.catalogue import phrases, translate
from tests.browser.conftest import PHONE, Visit, settled, until
from tests.support.pages import PAGES

#: English sentences and labels without a value in them, long enough to be told from a name.
SAID = sorted(
    text
    for phrase in phrases("en").values()
    for text in ([phrase] if isinstance(phrase, str) else phrase.values())
    if "{" not in text and len(text.split()) > 2
)

#: Milliseconds that a loaded machine may take to follow a link.
PATIENCE = 90_000


def chosen(page: Page, code: str) -> None:
    """Press a language; the page loads anew in it."""
    page.locator(f'a[data-language="{code}"]').last.click(timeout=PATIENCE)
    until(page, "code => location.search.includes(`lang=${code}`) && Boolean(window.atlas)", code)
    settled(page)


def read(page: Page) -> str:
    """What stands on the page, what only screen readers meet among it."""
    return str(page.evaluate("() => document.body.textContent"))


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_is_wholly_in_the_language_that_was_chosen(visit: Visit, path: str) -> None:
    page = visit(f"{path}?sex=female")
    assert page.evaluate("() => document.documentElement.lang") == "en"

    chosen(page, "bn")
    assert page.evaluate("() => document.documentElement.lang") == "bn"
    assert "sex=female" in page.url
    assert translate("shell.product", "bn") in page.title()
    text = read(page)
    assert [said for said in SAID if said in text] == []
    assert translate("shell.draft", "bn") in text

    chosen(page, "bn-beng")
    plain = re.sub(r"\s", " ", str(page.evaluate("() => document.querySelector('main').innerText")))
    assert re.search("[০-৯]", plain)

    inside = page.evaluate("""() => [...document.querySelectorAll("a[href]")]
        .filter((link) => link.dataset.language === undefined)
        .map((link) => new URL(link.href))
        .filter((url) => url.origin === location.origin && url.hash === "")
        .map((url) => url.pathname + url.search)""")
    assert inside
    assert [href for href in inside if "lang=bn-beng" not in href] == []


def test_going_on_keeps_the_language_and_english_is_one_press_away(visit: Visit) -> None:
    page = visit("/overview?lang=bn", PHONE)
    page.locator(".bottom-link[data-nav='/hotspots']").click(timeout=PATIENCE)
    until(page, "() => location.pathname === '/hotspots'")
    settled(page)
    assert "lang=bn" in page.url
    assert page.title() == translate(
        "shell.document_title", "bn", page=translate("shell.page.hotspots.name", "bn")
    )
    page.locator('a[data-language="en"]').click(timeout=PATIENCE)
    until(page, "() => document.documentElement.lang === 'en' && Boolean(window.atlas)")
    settled(page)
    assert page.url.endswith("/hotspots")
    name = translate("shell.page.hotspots.name", "en")
    assert page.title() == translate("shell.document_title", "en", page=name)


def test_the_axis_of_a_chart_has_the_readers_digits(visit: Visit) -> None:
    page = visit("/overview?lang=bn-beng")
    ticks = page.evaluate("""() => [...document.querySelectorAll('[data-exhibit="overview.trend"] .ytick text')]
        .map((node) => node.textContent)""")  # noqa: E501
    assert len(ticks) > 2
    assert all(re.fullmatch("[০-৯,]+", tick) for tick in ticks)


def test_a_map_is_called_by_its_finding(visit: Visit) -> None:
    page = visit("/hotspots?lang=bn")
    title = page.locator("#title-hotspots\\.map").inner_text()
    canvas = page.get_by_role("application")
    expect(canvas).to_have_count(1)
    expect(canvas).to_have_accessible_name(title)
    expect(canvas).to_have_accessible_description(translate("shell.card.map_keys", "bn"))


def test_a_definition_opens_in_the_language_of_the_page(visit: Visit) -> None:
    page = visit("/overview?lang=bn")
    page.locator("[data-terms]:visible").first.click()
    until(page, "() => document.querySelector('#definition').matches(':popover-open')")
    said = page.locator("#definition").inner_text()
    assert re.search("[\u0980-\u09ff]", said)
    assert translate("glossary.source", "bn") in said


FONTS = """() => performance.getEntriesByType('resource').map((entry) => entry.name)
    .filter((name) => name.includes('.woff2')).map((name) => name.split('/').at(-1)).sort()"""


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_in_english_asks_for_no_letters_that_hardly_any_page_has(
    visit: Visit, path: str
) -> None:
    page = visit(path)
    settled(page)
    page.evaluate("() => document.fonts.ready")
    asked = page.evaluate(FONTS)
    assert "NotoSans-Regular.woff2" in asked
    assert [name for name in asked if "Whole" in name] == []
    page.evaluate("() => document.fonts.load('400 16px \"Noto Sans\"', 'ñ')")
    assert "NotoSans-Regular-Whole.woff2" in page.evaluate(FONTS)


def test_a_header_of_long_words_takes_a_second_line(visit: Visit) -> None:
    page = visit("/overview")
    page.evaluate("""() => document.querySelectorAll('.nav-link')
        .forEach((link) => link.append(' ', link.textContent))""")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("document.querySelector('.header-row').offsetHeight > 80")
