"""The head of the monthly sheet."""

from __future__ import annotations

from dashboard.components.sheet_head import sheet_head
from dashboard.filters import Filters, Reading
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from tests.unit.dashboard.components.test_filter_status import props, texts


def test_it_says_what_the_sheet_shows_and_leads_to_its_usual_periods(protected: Release) -> None:
    found = sheet_head(protected, Reading(Filters(area=("BD2022",)), {"measure": "people"}, ()))
    assert "Sep 2026, Cox's Bazar" in texts(found)  # the month of the meeting
    assert "2025" not in texts(found[0])
    assert props(found, "href") == [
        "?area=BD2022&measure=people&period=2026-09..2026-09",
        "?area=BD2022&measure=people&period=2026-07..2026-09",
        "?area=BD2022&measure=people&period=2025-10..2026-09",
    ]


def test_where_none_is_chosen_the_last_month_is_marked(protected: Release) -> None:
    links = sheet_head(protected, Reading(Filters(), {}, ()))[1].children
    assert [link.to_plotly_json()["props"].get("aria-current") for link in links] == [
        "true", None, None,
    ]  # fmt: skip


def test_the_chosen_period_is_marked(protected: Release) -> None:
    month = Filters(period=Span(Month(2026, 9), Month(2026, 9)))
    links = sheet_head(protected, Reading(month, {}, ()))[1].children
    assert [link.to_plotly_json()["props"].get("aria-current") for link in links] == [
        "true", None, None,
    ]  # fmt: skip


def test_a_release_of_one_month_offers_each_period_once(sheet: Release) -> None:
    assert len(props(sheet_head(sheet, Reading(Filters(), {}, ())), "href")) == 1


def test_a_sheet_that_is_passed_on_says_what_its_marks_are(
    protected: Release, sheet: Release
) -> None:
    def lead(release: Release, *period: str) -> str:
        filters = Filters(period=Span.parse(period[0])) if period else Filters()
        return texts(sheet_head(release, Reading(filters, {}, ()))[0])

    assert "A ring marks the mean of the twelve months" in lead(protected)
    assert "Thin lines" in lead(protected)
    assert "ring" not in lead(protected, "2026-07..2026-09")
    assert "Thin lines" not in lead(sheet)  # numbers as reported
