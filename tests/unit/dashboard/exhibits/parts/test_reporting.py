"""Whatever shows another period beside says that fewer, or more, partners reported then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest

from dashboard import exhibits
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import build_release

exhibits.load()
PERIOD = Filters(period=Span.parse("2025-10..2026-09"))
BESIDE = Filters(period=PERIOD.period, compare="previous")
NOTE = "Fewer partners report"


@pytest.fixture(scope="module")
def fewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """A year in which fewer partners report than in the year before."""
    path = build_release(tmp_path_factory.mktemp("reporting") / "fewer.duckdb", months=24)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """UPDATE coverage SET reporting_band =
            CASE WHEN month < DATE '2025-10-01' THEN '6_plus' ELSE '3_5' END"""
        )
    release = Release(path)
    yield release
    release.close()


@pytest.mark.parametrize("exhibit_id", ["routes.corridors", "hotspots.ranking"])
def test_numbers_of_another_period_are_shown_with_who_reported_then(
    fewer: Release, exhibit_id: str
) -> None:
    beside = render(exhibit_id, reading(BESIDE), fewer)
    assert any(note.startswith(NOTE) for note in beside.notes)
    # What is held against usual takes account of partners who stopped, with or without that note.
    for compare in ("usual", "none"):
        alone = render(exhibit_id, reading(replace(BESIDE, compare=compare)), fewer)
        assert not any(note.startswith(NOTE) for note in alone.notes)


def test_the_trend_names_the_month_since_when_fewer_report(fewer: Release) -> None:
    found = render("overview.trend", reading(PERIOD), fewer)
    assert f"{NOTE} from Oct 2025." in found.description
    assert any(NOTE in str(cell) for row in found.table.rows for cell in row)


@pytest.mark.parametrize("exhibit_id", ["sheet.months", "hotspots.area-line"])
def test_each_line_over_time_marks_its_months(fewer: Release, exhibit_id: str) -> None:
    found = render(exhibit_id, reading(PERIOD), fewer)
    marks = found.figure["layout"]["meta"]["marks"]
    assert "lacking" in {mark["kind"] for mark in marks}
    assert any(NOTE in str(cell) for row in found.table.rows for cell in row)


def test_the_time_strip_marks_them_too(fewer: Release) -> None:
    strip = render("hotspots.time", reading(PERIOD), fewer).figure
    months = {month["month"]: month["fewer"] for month in strip["months"]}
    assert months["2026-01"] and not months["2025-01"]
