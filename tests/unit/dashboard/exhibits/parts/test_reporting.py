"""Whatever shows a change says beside it that fewer, or more, partners reported."""

from __future__ import annotations

from collections.abc import Iterator

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


@pytest.mark.parametrize(
    ("exhibit_id", "options"),
    [
        ("overview.indicators", {}),
        ("overview.changes", {}),
        ("routes.corridors", {}),
        ("hotspots.ranking", {}),
        ("hotspots.map", {"show": "change"}),
    ],
)
def test_each_change_says_that_fewer_partners_reported(
    fewer: Release, exhibit_id: str, options: dict[str, str]
) -> None:
    notes = " ".join(render(exhibit_id, reading(PERIOD, **options), fewer).notes)
    assert "fewer partners report" in notes.lower()
    alone = Filters(period=PERIOD.period, compare="none")
    notes = " ".join(render(exhibit_id, reading(alone, **options), fewer).notes)
    assert "fewer partners report" not in notes.lower()


@pytest.mark.parametrize("exhibit_id", ["overview.trend", "sheet.months", "hotspots.area-line"])
def test_each_line_over_time_marks_its_months(fewer: Release, exhibit_id: str) -> None:
    found = render(exhibit_id, reading(PERIOD), fewer)
    assert found.figure is not None
    marks = found.figure["layout"]["meta"]["marks"]
    assert "lacking" in {mark["kind"] for mark in marks}
    assert any(NOTE in str(cell) for row in found.table.rows for cell in row)


def test_the_time_strip_marks_them_too(fewer: Release) -> None:
    strip = render("hotspots.time", reading(PERIOD), fewer).figure
    assert strip is not None
    months = {month["month"]: month["fewer"] for month in strip["months"]}
    assert months["2026-01"] and not months["2025-01"]
