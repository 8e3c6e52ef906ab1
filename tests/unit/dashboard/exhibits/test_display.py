"""The display rule and what is offered when a view is not drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.exhibits import making
from dashboard.exhibits.display import grade
from dashboard.exhibits.registry import View
from dashboard.filters import Filters, read_query
from dashboard.model.facts import ENDINGS, LEGS, PEOPLE
from dashboard.model.periods import Month, Span
from dashboard.releases import Release
from tests.support.releases import build_release


def view(release: Release, filters: Filters = Filters(), **options: str) -> View:  # noqa: B008
    return View(release, filters, filters.period or release.default_period, options)


@pytest.mark.parametrize(
    ("shown", "cells", "base", "expected"),
    [
        (49, 10, 5, "refused"), (50, 10, 5, "rough"), (99, 10, 5, "rough"),
        (100, 10, 5, "plain"), (1, 1000, 1, "plain"), (19, 2, 10, "refused"), (5, 0, 5, "rough"),
    ],
)  # fmt: skip
def test_a_view_is_judged_by_its_mean_cell(
    shown: int, cells: int, base: int, expected: str
) -> None:
    assert grade(shown, cells, base) == expected


def test_an_empty_view_offers_to_reset(protected: Release) -> None:
    offer = making.too_small(view(protected, Filters(sex=("male",))), PEOPLE, 0, 3)
    assert offer is not None
    assert offer.reason.startswith("No people match these filters")
    assert offer.query == ""


def test_a_small_view_offers_the_year_then_the_whole_release_then_the_area_around(
    protected: Release,
) -> None:
    filters = Filters(period=Span(Month(2026, 9), Month(2026, 9)), area=("BD20220094",))
    found = []
    for _ in range(4):
        offer = making.too_small(view(protected, filters, top="15"), PEOPLE, 10, 99)
        assert offer is not None
        reading = read_query(offer.query, is_place=protected.is_place, options=("top",))
        assert reading.ignored == ()
        assert reading.options == {"top": "15"}
        filters = reading.filters
        found.append((str(filters.period), filters.area))
    assert found == [
        ("2025-10..2026-09", ("BD20220094",)),
        ("2023-10..2026-09", ("BD20220094",)),
        ("2023-10..2026-09", ("BD2022",)),
        ("2023-10..2026-09", ("BD20",)),
    ]


def test_at_the_widest_view_nothing_is_offered(protected: Release) -> None:
    offer = making.too_small(view(protected, Filters(period=protected.span)), PEOPLE, 10, 99)
    assert offer is not None
    assert (offer.action, offer.query) == ("", "")


def test_a_longer_period_is_not_offered_where_each_month_is_drawn(protected: Release) -> None:
    filters = Filters(area=("BD2022",))
    offer = making.too_small(view(protected, filters), PEOPLE, 10, 99, longer=False)
    assert offer is not None
    assert offer.query == "area=BD20"


def test_records_are_shown_however_few(unprotected: Release) -> None:
    assert making.too_small(view(unprotected), PEOPLE, 1, 99) is None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), "2024-10..2025-09"),
        (Filters(compare="last-year"), "2024-10..2025-09"),
        (Filters(period=Span(Month(2026, 4), Month(2026, 6))), "2026-01..2026-03"),
        (Filters(period=Span(Month(2026, 4), Month(2026, 6)), compare="last-year"),
         "2025-04..2025-06"),
        (Filters(compare="none"), "None"),
        (Filters(period=Span(Month(2023, 10), Month(2023, 12))), "None"),
        (Filters(period=Span(Month(2026, 8), Month(2026, 12))), "None"),
    ],
)  # fmt: skip
def test_a_change_is_measured_only_against_months_that_have_data(
    protected: Release, filters: Filters, expected: str
) -> None:
    assert str(making.compared_span(view(protected, filters))) == expected


def test_the_frame_says_unit_period_filters_and_what_does_not_apply(protected: Release) -> None:
    filters = Filters(
        period=Span(Month(2026, 2), Month(2026, 4)), area=("BD2022",), sex=("female",)
    )
    frame = making.frame(view(protected, filters), LEGS)
    assert frame.subtitle == "Legs of journeys, Jan – Jun 2026, Cox's Bazar"
    notes = " ".join(frame.notes)
    assert "Not filtered by sex" in notes
    assert "whole quarters" in notes
    assert "right to about 10 people, sometimes 20" in notes
    assert "not prevalence" in notes
    assert frame.release.label == "INVENTED DATA"
    assert frame.release.data_until == "Sep 2026"


def test_each_fact_of_an_exhibit_says_its_own_protection(protected: Release) -> None:
    notes = " ".join(making.frame(view(protected), PEOPLE, ENDINGS).notes)
    assert "about 5 people, sometimes 10; about 10 referrals, sometimes 20" in notes


def test_records_say_that_they_are_not_protected(sheet: Release) -> None:
    frame = making.frame(view(sheet), PEOPLE)
    assert "already published" in " ".join(frame.notes)
    assert frame.release.label == "PUBLISHED FIGURES"


def test_real_data_carry_the_label_of_their_audience(tmp_path: Path) -> None:
    path = build_release(tmp_path / "real.duckdb", months=2, kind="real")
    release = Release(path)
    shown = view(release)
    assert making.frame(shown, PEOPLE).release.label == "For the working group"
    public = replace(shown, filters=Filters(audience="public"))
    assert making.frame(public, PEOPLE).release.label == "Public"
    release.close()
