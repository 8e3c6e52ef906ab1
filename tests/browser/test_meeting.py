"""The monthly meeting: it opens with the finding, looks into a change, prints the sheet, and asks
what was known a month ago."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from dashboard.model.periods import Month
from tests.browser.conftest import PHONE, WIDE, Visit
from tests.browser.steps import back, card, go_to, press
from tests.support.releases import build_release, point_to
from tests.support.served import served

OLD, NEW = "2026-08-20260920T094000-0a1b2c3d", "2026-09-20261016T094000-0a1b2c3d"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
def test_the_page_opens_with_its_finding_and_what_speaks_for_care(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit("/overview", size)
    expect(page.locator("h1")).to_contain_text("eported incidents")
    expect(page.locator(".page-heading .lead")).to_contain_text("Sep 2026, all areas")
    expect(page.get_by_text("not prevalence").filter(visible=True).first).to_be_visible()
    expect(page.locator(".tile")).to_have_count(4)
    expect(card(page, "overview.trend").get_by_text("Provisional").first).to_be_attached()
    assert 1 <= page.locator(".change").count() <= 5
    assert page.locator(".change-word").count() == page.locator(".change").count()


def test_a_change_leads_to_the_view_that_looks_into_it_and_back_undoes_it(visit: Visit) -> None:
    page = visit("/overview")
    press(page.locator(".change a[data-view]").first)
    assert any(f"{name}=" in page.url for name in ("area", "corridor", "class"))
    back(page)
    assert page.url.endswith("/overview")


def test_the_sheet_of_the_last_closed_month_is_one_click_away(visit: Visit) -> None:
    page = visit("/overview")
    press(page.get_by_role("link", name="A4 sheet"))
    sheet = page.locator(".section--sheet")
    expect(sheet.locator("[data-exhibit]")).to_have_count(8)
    press(sheet.get_by_role("link", name="Last closed month"))
    assert page.url.endswith("?period=2026-09..2026-09")
    expect(sheet.locator(".section-head")).to_contain_text("Sep 2026")
    expect(card(page, "sheet.people").locator(".card-title")).to_contain_text("Sep 2026")


def test_a_page_that_is_gone_to_is_read_from_its_heading_on(visit: Visit) -> None:
    page = visit("/quality")
    press(page.locator(".nav").get_by_role("link", name="Overview"))
    expect(page.locator("h1")).to_contain_text("eported incidents")
    expect(page.locator("h1")).to_be_focused()


def test_filters_say_what_they_do_not_reach(visit: Visit) -> None:
    page = visit("/overview?sex=female")
    said = "Not kept by sex, so not shown: incidents reported."
    expect(page.locator(".unreached")).to_have_text(said)


@pytest.fixture(scope="module")
def two_editions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a product whose folder holds the editions of two months."""
    folder = tmp_path_factory.mktemp("editions")
    releases = folder / "store" / "releases"
    for name, month in ((OLD, Month(2026, 8)), (NEW, Month(2026, 9))):
        build_release(releases / f"{name}.duckdb", seed=11, months=36, last_month=month)
    point_to(releases, NEW)
    with served(folder) as address:
        yield address


def test_an_earlier_edition_opens_as_known_then_and_one_click_leads_back(
    browser: Browser, two_editions: str
) -> None:
    page = browser.new_page(base_url=two_editions)
    go_to(page, "/quality?sex=female")
    press(page.get_by_role("link", name="Open as known then: Data to Aug 2026"))
    assert page.url.endswith(f"/quality?edition={OLD}&sex=female")
    expect(page.locator(".banner")).to_contain_text("as known then")
    expect(page.locator(".freshness")).to_contain_text("31 Aug 2026")
    expect(page.locator("#summary-period")).to_have_text("Sep 2025 – Aug 2026")
    page.locator('[data-filter="period"] summary').click()
    expect(page.get_by_label("Months of my choice")).to_be_checked()
    page.keyboard.press("Escape")
    press(page.get_by_role("link", name="Back to now"))
    assert page.url.endswith("/quality?sex=female")
    expect(page.locator(".banner")).to_have_count(0)
