"""Editions as rows, and the banner of one that is shown as known then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboard.components.banner import banners
from dashboard.components.forms import as_html
from dashboard.filters import Filters, Reading
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from tests.support import fragments
from tests.support.releases import build_release

CELLS = dict.fromkeys(("period", "as_of", "built_at", "approved_by", "changed"), "Told")
ITEMS = [
    {"id": "2026-09-a", "title": "Data to Sep 2026", "cells": CELLS, "shown": True},
    {"id": "2026-08-a", "title": "Data to Aug 2026", "cells": CELLS, "shown": False},
]
PERIOD = Span(Month(2026, 7), Month(2026, 9))


def test_an_older_edition_is_opened_with_the_filters_and_its_own_months() -> None:
    reading = Reading(Filters(period=PERIOD, sex=("female",)), {}, ())
    found = as_html({"form": "editions", "items": ITEMS, "damaged": []}, reading)
    assert fragments.values(found, "href") == ["?edition=2026-08-a&sex=female"]
    assert fragments.values(found, "aria-label") == ["Open as known then: Data to Aug 2026"]
    assert "Shown now" in fragments.said(found)


def test_a_damaged_file_is_named_and_leads_nowhere() -> None:
    reading = Reading(Filters(), {}, ())
    found = as_html({"form": "editions", "items": ITEMS[:1], "damaged": ["2026-07-a"]}, reading)
    assert "2026-07-aDamaged file: cannot be shown" in fragments.said(found)
    assert fragments.values(found, "href") == []


def test_a_banner_says_as_known_then_and_leads_back_to_now(tmp_path: Path) -> None:
    files = [build_release(tmp_path / f"{name}.duckdb", months=2) for name in ("old", "now")]
    old, now = map(Release, files)

    def banner_of(shown: Release, **filters: Any) -> str:
        reading = Reading(Filters(**filters), {}, ())
        return banners(reading, shown, now, None, now.id, "/", answered=True)

    banner = banner_of(old, edition="old", sex=("female",), period=PERIOD)
    assert "as known then" in fragments.said(banner)
    assert "closed on 1 Oct 2026" in fragments.said(banner)
    assert fragments.values(banner, "href") == ["?sex=female"]
    assert fragments.values(banner, "role") == ["status"]
    assert banner_of(now, edition="now") == ""
    # a page that was loaded before a publication is told so by another banner
    assert banner_of(old) == ""
    old.close()
    now.close()
