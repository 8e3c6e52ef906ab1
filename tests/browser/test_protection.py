"""A protection officer reads how the numbers are protected: by mouse, by keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.model.release import TAKEN_BACK_SUFFIX
from tests.browser.conftest import PHONE, WIDE, settled
from tests.support.releases import build_release, point_to
from tests.support.served import served

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
STEPS = ("people", "drawn", "units", "totals")
OLDER, NEWER = "2026-08-20260916t094000-0a1b2c3d", "2026-09-20261016t094000-0a1b2c3d"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a release of random units, which states errors and folded codes."""
    folder = tmp_path_factory.mktemp("protection")
    releases = folder / "store" / "releases"
    folds = [("people", "exploitation", "organ_removal", "other", "2026-01")]
    build_release(releases / f"{NEWER}.duckdb", months=14, per_month=120, folds=folds)
    point_to(releases, NEWER)
    with served(folder) as at:
        yield at


def visible_steps(page: Page) -> list[str]:
    """Names of the steps that can be seen."""
    return [name for name in STEPS if page.locator(f'[data-step-of="{name}"]').is_visible()]


@SIZES
def test_the_note_of_a_figure_leads_to_the_methods(visit: Visit, size: dict[str, int]) -> None:
    page = visit("/quality?mode=sea", size)
    page.get_by_role("link", name="How the numbers are protected").first.click()
    settled(page)
    assert page.url.endswith("/methods?mode=sea")
    expect(page.locator("h1")).to_have_text("How the numbers are protected")
    expect(page.locator(".filter-bar")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@SIZES
def test_the_example_is_walked_step_by_step_and_a_unit_finds_nobody(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit("/methods", size)
    for number, name in enumerate(STEPS):
        assert visible_steps(page) == [name]
        expect(page.locator("[aria-current=step]")).to_contain_text(str(number + 1))
        if name == "units":
            unit = page.locator("[data-unit='2']")
            unit.click()
            expect(unit).to_have_attribute("aria-pressed", "true")
            expect(page.get_by_text("Nobody among the 23 is unit 2.")).to_be_visible()
            same = page.evaluate(
                "[...document.querySelectorAll('[data-person]')]"
                ".map((row) => row.querySelectorAll('.is-same').length)"
            )
            assert len(same) == 23
            assert 0 < max(same) < 3
        if name != STEPS[-1]:
            page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("button", name="Next")).to_be_hidden()
    page.get_by_role("button", name="Back").click()
    assert visible_steps(page) == ["units"]


def test_the_example_works_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/methods")
    page.locator("[data-step-to=people]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert visible_steps(page) == ["units"]
    assert page.evaluate("document.activeElement.id") == "step-units"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_text("Nobody among the 23 is unit 1.")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_text("Nobody among the 23 is unit 1.")).to_be_hidden()


def test_paper_shows_every_step_and_every_result(visit: Visit) -> None:
    page = visit("/methods")
    page.emulate_media(media="print")
    assert visible_steps(page) == list(STEPS)
    for number in range(1, 5):
        expect(page.get_by_text(f"Nobody among the 23 is unit {number}.")).to_be_visible()


def test_errors_are_sorted_by_the_header_that_is_pressed(visit: Visit) -> None:
    page = visit("/quality")
    table = page.locator('[data-exhibit="quality.accuracy"] .card-body table')
    table.get_by_role("link", name="View").click()
    settled(page)
    assert "sort=view" in page.url
    expect(table.locator("th[aria-sort=ascending]")).to_have_text(re.compile("View"))


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
    page.goto(f"{address}/quality")
    settled(page)
    expect(page.locator(".banner")).to_have_count(0)
    (releases / f"{NEWER}.duckdb{TAKEN_BACK_SUFFIX}").touch()
    point_to(releases, OLDER)
    page.wait_for_timeout(1100)  # a pointer is followed within a second
    page.get_by_role("link", name="Referrals").first.click()
    settled(page)
    expect(page.locator(".banner")).to_contain_text("was taken back")
    shown = page.locator("[data-release]").evaluate_all("all => all.map((n) => n.dataset.release)")
    assert set(shown) == {OLDER}
    page.get_by_role("link", name="Load the current edition").click()
    settled(page)
    expect(page.locator(".banner")).to_have_count(0)
    page.goto(f"{address}/referrals?edition={NEWER}")
    settled(page)
    expect(page.locator(".notices")).to_contain_text("cannot be opened: it was taken back")
    expect(page.locator(".banner")).to_have_count(0)
    shown = page.locator("[data-release]").evaluate_all("all => all.map((n) => n.dataset.release)")
    assert set(shown) == {OLDER}
    (releases / "2026-10-x.duckdb").write_bytes(b"half of a file")
    point_to(releases, "2026-10-x")
    page.wait_for_timeout(1100)
    for path in ("/", "/methods"):
        page.goto(f"{address}{path}")
        settled(page)
        expect(page.locator(".banner")).to_contain_text("its file is damaged")
    page.close()
