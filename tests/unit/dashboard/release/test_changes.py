"""A release says what editions showed, and how much came from partners that stopped or began."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from dashboard.model.periods import Month
from dashboard.release.open_release import Release
from tests.support.releases import build_release


def test_a_release_tells_what_editions_showed(tmp_path: Path) -> None:
    series = [("people", "2026-08", "2026-07", 50), ("people", "2026-08", "2026-08", 40),
              ("people", "2026-09", "2026-08", 45),
              ("incidents", "2026-08", "2026-08", 10)]  # fmt: skip
    path = build_release(tmp_path / "made.duckdb", months=2, units={}, series=series)
    july, august, september = Month(2026, 7), Month(2026, 8), Month(2026, 9)
    with closing(Release(path)) as release:
        people = release.edition_series("people")
        assert people == {august: {july: 50, august: 40}, september: {august: 45}}
        assert release.edition_series("people") is people
        assert release.edition_series("requests") == {}


def test_a_release_tells_who_stopped_and_who_began_by_a_band(tmp_path: Path) -> None:
    shares = [("people", "2026-08", "none", "untold"), ("people", "2026-09", "under_third", "more")]
    path = build_release(tmp_path / "made.duckdb", months=2, units={}, shares=shares)
    with closing(Release(path)) as release:
        assert release.partner_share("people") == {
            Month(2026, 8): ("none", "untold"),
            Month(2026, 9): ("under_third", "more"),
        }
        assert release.partner_share("endings") == {}
