"""A protection officer reads how the numbers are protected: by mouse, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from dashboard.model.release import TAKEN_BACK_SUFFIX
from tests.browser.conftest import PHONE, WIDE, Visit
from tests.browser.steps import go_to, press
from tests.support.releases import build_release, point_to
from tests.support.served import served

SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
OLDER, NEWER = "2026-08-20260916t094000-0a1b2c3d", "2026-09-20261016t094000-0a1b2c3d"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a release of random units, which states errors."""
    folder = tmp_path_factory.mktemp("protection")
    releases = folder / "store" / "releases"
    build_release(releases / f"{NEWER}.duckdb", months=14, per_month=120)
    point_to(releases, NEWER)
    with served(folder) as at:
        yield at


@SIZES
def test_the_note_of_a_figure_leads_to_the_methods(visit: Visit, size: dict[str, int]) -> None:
    page = visit("/quality?mode=sea", size)
    press(page.get_by_role("link", name="How people are kept from being recognised").first)
    assert page.url.endswith("/methods?mode=sea")
    expect(page.locator("h1")).to_have_text("How people are kept from being recognised")
    expect(page.locator(".filter-bar")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@SIZES
@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_steps_of_the_example_follow_each_other_on_screen_and_paper(
    visit: Visit, size: dict[str, int], media: Literal["screen", "print"]
) -> None:
    page = visit("/methods", size)
    page.emulate_media(media=media)
    steps = page.locator("[data-step]")
    assert steps.evaluate_all("all => all.map((step) => step.dataset.step)") == [
        "people", "drawn", "units", "totals",
    ]  # fmt: skip
    for number in range(1, 5):
        expect(steps.nth(number - 1).locator("h3 > span")).to_have_text(f"{number}")
        expect(steps.nth(number - 1).locator("table").first).to_be_visible()
    expect(steps.first.locator("tbody tr")).to_have_count(23)
    cut = page.evaluate(
        "[...document.querySelectorAll('.example-steps > li')].filter((step) =>"
        " [...step.querySelectorAll('table')].some((table) => table.getBoundingClientRect().right"
        " > step.getBoundingClientRect().right + 1)).length"
    )
    assert cut == 0


def test_all_errors_stand_in_the_table_of_the_drawn_ones(visit: Visit) -> None:
    page = visit("/quality")
    card = page.locator('[data-exhibit="quality.accuracy"]')
    drawn = card.locator(".errors li").count()
    assert 8 < drawn < 15
    card.get_by_role("button", name="Table").click()
    expect(card.locator(".card-table table")).to_be_visible()
    assert card.locator(".card-table tbody tr").count() > 2 * drawn


@pytest.fixture
def two_editions(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A served folder of two whole editions, and its address."""
    releases = tmp_path / "store" / "releases"
    for release_id in (OLDER, NEWER):
        build_release(releases / f"{release_id}.duckdb", months=14, per_month=120)
    point_to(releases, NEWER)
    with served(tmp_path) as address:
        yield releases, address


def test_a_page_tells_that_its_edition_was_taken_back_and_of_a_damaged_one(
    browser: Browser, two_editions: tuple[Path, str]
) -> None:
    releases, address = two_editions
    page = browser.new_page(viewport=WIDE)  # pyright: ignore[reportArgumentType]
    go_to(page, f"{address}/quality")
    expect(page.locator(".banner")).to_have_count(0)
    (releases / f"{NEWER}.duckdb{TAKEN_BACK_SUFFIX}").touch()
    point_to(releases, OLDER)
    press(page.get_by_role("link", name="Referrals").first)
    expect(page.locator(".banner")).to_contain_text("was taken back")
    shown = page.locator("[data-release]").evaluate_all("all => all.map((n) => n.dataset.release)")
    assert set(shown) == {OLDER}
    press(page.get_by_role("link", name="Load the current edition"))
    expect(page.locator(".banner")).to_have_count(0)
    go_to(page, f"{address}/referrals?edition={NEWER}")
    expect(page.locator(".notices")).to_contain_text("cannot be opened: it was taken back")
    expect(page.locator(".banner")).to_have_count(0)
    shown = page.locator("[data-release]").evaluate_all("all => all.map((n) => n.dataset.release)")
    assert set(shown) == {OLDER}
    (releases / "2026-10-x.duckdb").write_bytes(b"half of a file")
    point_to(releases, "2026-10-x")
    for path in ("/overview", "/methods"):
        go_to(page, f"{address}{path}")
        expect(page.locator(".banner")).to_contain_text("its file is damaged")
