"""The head of the monthly sheet."""

from __future__ import annotations

from dashboard.components.sheet_head import sheet_head
from dashboard.filters import Filters, Reading
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from tests.support import fragments


def test_it_says_what_the_sheet_shows_and_leads_to_its_usual_periods(protected: Release) -> None:
    found = sheet_head(protected, Reading(Filters(area=("BD2022",)), {"measure": "people"}, ()))
    assert "Sep 2026, Cox's Bazar" in fragments.said(found)  # the month of the meeting
    assert "2025" not in fragments.said(fragments.parsed(found)[:1])
    assert fragments.values(found, "href") == [
        "?area=BD2022&measure=people&period=2026-09..2026-09",
        "?area=BD2022&measure=people&period=2026-07..2026-09",
        "?area=BD2022&measure=people&period=2025-10..2026-09",
    ]


def marked(head: str) -> list[str | None]:
    links = fragments.named(head, "segment")
    return [link.attributes.get("aria-current") for link in links]


def test_where_none_is_chosen_the_last_month_is_marked(protected: Release) -> None:
    assert marked(sheet_head(protected, Reading(Filters(), {}, ()))) == ["true", None, None]


def test_the_chosen_period_is_marked(protected: Release) -> None:
    month = Filters(period=Span(Month(2026, 9), Month(2026, 9)))
    assert marked(sheet_head(protected, Reading(month, {}, ()))) == ["true", None, None]


def test_a_release_of_one_month_offers_each_period_once(sheet: Release) -> None:
    assert len(fragments.values(sheet_head(sheet, Reading(Filters(), {}, ())), "href")) == 1


def test_a_sheet_that_is_passed_on_says_what_its_marks_are(
    protected: Release, sheet: Release
) -> None:
    def lead(release: Release, *period: str) -> str:
        filters = Filters(period=Span.parse(period[0])) if period else Filters()
        return fragments.said(fragments.parsed(sheet_head(release, Reading(filters, {}, ())))[:1])

    assert "A ring marks the mean of the twelve months" in lead(protected)
    assert "Thin lines" in lead(protected)
    assert "ring" not in lead(protected, "2026-07..2026-09")
    assert "Thin lines" not in lead(sheet)  # numbers as reported
