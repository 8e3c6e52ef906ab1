"""An editor makes the month's report: from the brief to a deck, and from any card."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browser.conftest import PHONE, Visit, settled
from tests.browser.steps import go_to

WORDS = "The group asks partners to check late reports."


def wait(page: Page, holds: Callable[[], bool]) -> None:
    """Look again until something holds."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came to that")


def titles(page: Page) -> list[str]:
    """Findings of the figures of the report, in order."""
    return page.locator(".report-item strong").all_inner_texts()


def downloaded(page: Page) -> tuple[str, bytes]:
    """What the button of the page saves: its name and its bytes."""
    with page.expect_download(timeout=90_000) as waited:
        page.locator("[data-report-file]").click()
    return waited.value.suggested_filename, Path(waited.value.path()).read_bytes()


def test_from_the_brief_to_a_deck_in_five_clicks(visit: Visit) -> None:
    page = visit("/")
    page.locator('.nav [data-nav="/report"]').click()  # 1
    settled(page)
    begun = titles(page)
    assert len(begun) == 8
    page.locator(".report-own textarea").fill(WORDS)
    page.get_by_role("link", name="Move down").nth(3).click()  # 2
    wait(page, lambda: titles(page) == [*begun[:3], begun[4], begun[3], *begun[5:]])
    settled(page)
    page.get_by_role("button", name="Undo").click()  # 3
    wait(page, lambda: titles(page) == begun)
    settled(page)
    page.locator(".report-look").nth(3).click()  # 4
    settled(page)
    expect(page.locator(".report-finding")).to_have_text(begun[3])
    name, content = downloaded(page)  # 5
    assert name.startswith("monthly_")
    assert name.endswith("_en.pptx")
    deck = Presentation(io.BytesIO(content))
    said = ["\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
            for slide in deck.slides]  # fmt: skip
    assert f"The group adds: {WORDS}" in said[0]
    assert all(title in "\n".join(said) for title in begun)
    assert sum(shape.has_chart for slide in deck.slides for shape in slide.shapes) >= 4
    assert WORDS not in page.url
    expect(page.locator("#toast")).to_contain_text("Saved as monthly_")


def test_a_figure_of_a_filtered_view_joins_the_report(visit: Visit) -> None:
    page = visit("/routes?period=2026-01..2026-06")
    card = page.locator('[data-exhibit="routes.corridors"]')
    card.locator(".more > summary").click()
    card.get_by_text("To report").click()
    expect(page.locator("#toast")).to_contain_text("It has 1 figures")
    page.locator("#toast button").click()
    wait(page, lambda: len(titles(page)) == 1)
    settled(page)
    expect(page.locator(".report-shows")).to_contain_text("Jan – Jun 2026")
    go_to(page, "/report?template=monthly&month=2026-08")
    assert len(titles(page)) == 8
    page.goto("/report")  # who comes back finds what was left
    settled(page)
    wait(page, lambda: "Aug 2026" in page.locator(".report-title").inner_text())


def test_words_that_nobody_may_write_come_back_with_a_sentence(visit: Visit) -> None:
    page = visit("/report?form=png")
    page.locator(".report-own textarea").fill("Call 01712 345678")
    page.route(
        "/report/file",
        lambda route: route.fulfill(
            status=200,
            content_type="text/plain",
            body=route.fetch().text(),
            headers={"Content-Disposition": 'filename="x.txt"'},
        ),
    )  # fmt: skip -- a browser writes each 400 into the console, which `visit` forbids
    _, content = downloaded(page)
    assert content == b"This looks like a phone number. Take it out.\n"
    assert page.locator(".report-own textarea").input_value() == "Call 01712 345678"


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_the_page_fits_a_phone(lang: str, visit: Visit) -> None:
    page = visit(f"/report?at=4&lang={lang}", PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.locator("[data-report-file]")).to_be_enabled()
