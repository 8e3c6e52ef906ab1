"""Lateness: what is there when a month closes and later, and what months that fill up come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.exhibits.headlines import headline
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import drawn, reading
from tests.support.releases import LAST_MONTH, built, day

SPAN = Span.last(36, until=LAST_MONTH)
#: What editions show of forty incidents of a month by their age; later all.
SHOWN = (32, 36, 38)


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """Three years of months with forty incidents, of which a fifth comes late."""
    series = [
        ("incidents", str(edition), str(month), (*SHOWN, *[40] * 15)[edition.minus(month)])
        for edition in SPAN
        for month in Span.last(15, until=edition)
    ]
    young = {LAST_MONTH.plus(-age): shown for age, shown in enumerate(SHOWN)}
    units = [
        {"month": day(str(month)), "size": size}
        for month in SPAN
        for size in [young.get(month, 40) - 5 * 5, *[5] * 5]
    ]
    return built(tmp_path, months=36, units={"incidents": units}, series=series)


def test_bars_say_how_much_was_there_by_time_and_full_ones_say_nearly_all(
    release: Release,
) -> None:
    found = render("quality.lateness", reading(), release)
    assert found.title == "80 of 100 incidents are in when a month closes"
    assert [(bar["label"], bar["share"], bar["text"]) for bar in drawn(found)["bars"]] == [
        ("When it closes", 80, "80"), ("1 month later", 90, "90"),
        ("2 months later", 95, "95"), ("3 months later", 100, "nearly all"),
    ]  # fmt: skip
    assert found.table.rows[0] == ("When it closes", 80, None, None, 80, 80)


def test_months_that_fill_up_say_what_they_come_to_as_the_trend_does(release: Release) -> None:
    found = render("quality.lateness", reading(Filters().with_codes("sex", ("male",))), release)
    rows = drawn(found)["filling"]
    assert [row["month"] for row in rows] == ["Jul 2026", "Aug 2026", "Sep 2026"]
    trend = render("sheet.months", reading(Filters(period=SPAN)), release)
    expected = dict(zip(trend.table.column("month"), trend.table.column("expected"), strict=True))
    at = [found.table.column(name)[-3:] for name in ("when", "so_far", "expected")]
    for when, so_far, comes_to in zip(*at, strict=True):
        assert expected[when] == comes_to == 40
        assert isinstance(so_far, int)
        assert so_far < 40


def test_a_description_sets_ranges_in_brackets_and_says_where_nearly_all_is_in(
    release: Release,
) -> None:
    told = render("quality.lateness", reading(), release).description
    assert told.endswith(")")
    assert "expected about 40 (" in told
    assert " ;" not in told


def test_the_headline_says_how_many_come_late(release: Release) -> None:
    found = headline("quality", question_of(Filters(), release))
    assert found.title.endswith("; 20 % of incidents come late")


def test_where_no_edition_tells_the_card_says_so(protected: Release) -> None:
    found = render("quality.lateness", reading(), protected)
    assert found.offer is not None
    assert found.title == "This edition does not tell how late reports come."
