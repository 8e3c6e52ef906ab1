"""Trends: months by class, trafficking and smuggling never in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard import queries
from dashboard.exhibits.counts.comparisons import compare_total
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words import numbers
from tests.support.readings import drawn, reading
from tests.support.releases import built, day, in_bands
from tests.support.steady import Unit, steady

SEPTEMBER = Filters(period=Span(Month(2026, 9), Month(2026, 9)))
SPLIT = {"split": "class"}


def incidents(month: str, trafficking: int, smuggling: int) -> list[Mapping[str, object]]:
    units = [{"month": day(month), "class_group": "trafficking_labour", "size": 5}] * trafficking
    return [*units, *([{"month": day(month), "class_group": "smuggling", "size": 5}] * smuggling)]


@pytest.mark.parametrize("measure", ["incidents", "people"])
def test_the_lines_of_two_years_sum_to_all_that_was_reported(
    protected: Release, measure: str
) -> None:
    found = render(
        "overview.trend", reading(Filters(), **SPLIT, measure=measure, steps="month"), protected
    )
    assert len(found.table.rows) == 24
    assert found.table.rows[-1][0] == "2026-09"
    parts = [column.code for column in found.table.on_page.columns[1:] if column.unit]
    total = sum(sum(found.table.column(part)) for part in parts)
    fact = {"incidents": INCIDENTS, "people": PEOPLE}[measure]
    two_years = Span(Month(2024, 10), Month(2026, 9))
    assert total == queries.total(protected, fact, Filters(), two_years)
    assert {"trafficking", "smuggling"} <= set(parts)
    assert ("mixed" in parts) == (measure == "incidents")


def test_trafficking_is_its_three_purposes(protected: Release) -> None:
    found = render("overview.trend", reading(Filters(), **SPLIT), protected)
    rows = queries.counts(
        protected, INCIDENTS, Filters(class_=("trafficking",)),
        Span(Month(2024, 10), Month(2026, 9)), ("class_group",),
    )  # fmt: skip
    purposes = sum(size for group, size in rows if group.startswith("trafficking_"))
    assert sum(found.table.column("trafficking")) == purposes


def test_a_period_longer_than_two_years_is_drawn_whole(protected: Release) -> None:
    found = render("overview.trend", reading(Filters(period=protected.span)), protected)
    assert len(found.table.rows) == 36


def by_class(trafficking: tuple[int, int], smuggling: tuple[int, int]) -> list[Unit]:
    """Units a month before and in the last quarter, of two classes."""
    return [
        *steady(*trafficking, class_group="trafficking_labour"),
        *steady(*smuggling, class_group="smuggling"),
    ]


def titled(folder: Path, fact: str, units: Sequence[Unit], **filters: Any) -> str:
    release = built(folder, months=36, units={fact: units})
    quarter = Filters(period=Span(Month(2026, 7), Month(2026, 9)), **filters)
    title = render("overview.trend", reading(quarter, **SPLIT, measure=fact), release).title
    release.close()
    return title


@pytest.mark.parametrize(
    ("trafficking", "smuggling", "title"),
    [
        ((5, 15), (5, 15), "Trafficking and smuggling, each by itself: more {unit} than usual"),
        ((5, 15), (5, 5), "Trafficking: more {unit} than usual; smuggling: no clear change"),
        ((5, 5), (0, 9), "Trafficking: no clear change; smuggling: new {unit}, none before"),
        ((5, 6), (6, 5), "Trafficking and smuggling, each by itself: no clear change"),
        # Late reports are still expected of the last quarter.
        ((20, 2), (5, 15), "Trafficking: cannot be said; smuggling: more {unit} than usual"),
    ],
)
@pytest.mark.parametrize("fact", ["incidents", "people"])
def test_the_title_says_class_by_class_what_is_off_usual(
    tmp_path: Path, fact: str, trafficking: tuple[int, int], smuggling: tuple[int, int], title: str
) -> None:
    found = titled(tmp_path, fact, by_class(trafficking, smuggling))
    assert found == title.format(unit=fact)


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        ("trafficking", "Trafficking: more incidents than usual"),
        ("smuggling", "Smuggling of migrants: no clear change"),
    ],
)
def test_a_class_that_was_filtered_out_is_not_said_to_stand_still(
    tmp_path: Path, chosen: str, title: str
) -> None:
    units = by_class((5, 15), (5, 5))
    assert titled(tmp_path, "incidents", units, class_=(chosen,)) == title


def test_without_comparison_a_title_says_the_numbers(tmp_path: Path) -> None:
    found = titled(tmp_path, "incidents", by_class((5, 15), (5, 5)), compare="none")
    assert found.startswith("Jul – Sep 2026: about 225 incidents for trafficking and about 75")


def test_months_that_fill_up_are_drawn_with_what_they_will_come_to(tmp_path: Path) -> None:
    months = list(Span(Month(2023, 10), Month(2026, 9)))
    series = [
        ("incidents", str(edition), str(month), 40 if month == edition else 50)
        for edition in months
        for month in months
        if 0 <= edition.minus(month) < 15
    ]
    units = {"incidents": steady(10, 8, window=1)}
    release = built(tmp_path, months=36, units=units, series=series)
    september = reading(Filters(period=Span.parse("2026-09")))
    sheet = render("sheet.months", september, release)
    found = render("overview.trend", september, release)
    assert sheet.table.column("expected") == (*[None] * 11, 50)
    (low,), (high,) = (found.table.column(f"expected_{end}")[-1:] for end in ("low", "high"))
    assert 40 <= int(low or 0) < 50 < int(high or 0)
    assert found.title == "Sep 2026: 40 so far, about 50 expected"
    for each in (sheet, found):
        (line,) = each.plot.series
        assert line.numbers[-1] is not None and line.numbers[-1].text == "40 so far"
        assert line.expected[-1] is not None and line.expected[-1].value == 50


def test_the_band_and_the_words_are_those_of_the_judge(tmp_path: Path) -> None:
    """A month has the range that the page has which looks at that month."""
    units = [*steady(10, 10), *steady(0, 9, window=4, class_group="smuggling")]
    release = built(tmp_path, months=36, units={"incidents": units})
    filters = Filters(period=Span.parse("2025-10..2026-09"))
    found = render("overview.trend", reading(filters), release)
    usual = dict(zip(found.table.column("month"), found.plot.usual, strict=True))
    for month in ("2025-12", "2026-06", "2026-09"):
        one = compare_total(
            question_of(replace(filters, period=Span.parse(month)), release), INCIDENTS
        )
        band = usual[month]
        assert one is not None and band is not None
        assert (band.low, band.high, band.value) == (one.fewest, one.most, round(one.usual))
    assert found.table.column("usual_low")[-1] == usual["2026-09"].low  # type: ignore[union-attr]
    last = usual["2026-09"]
    assert last is not None
    assert found.plot.usual_name == f"usual, Sep 26: {last.hover}"
    assert found.note.startswith("Jul – Sep 2026: 285, more than usual (usual ")
    assert found.note.endswith("Smuggling of migrants: more than usual.")
    alone = render("overview.trend", reading(replace(filters, compare="none")), release)
    assert alone.plot is not None and not alone.plot.usual and not alone.note


def test_by_class_each_panel_has_its_own_band_and_word(tmp_path: Path) -> None:
    units = by_class((5, 15), (5, 5))
    release = built(tmp_path, months=36, units={"incidents": units})
    filters = Filters(period=Span.parse("2026-07..2026-09"))
    found = render("overview.trend", reading(filters, **SPLIT), release)
    assert found.plot is not None and found.plot.form == "panels"
    trafficking, smuggling = found.plot.series
    assert trafficking.subtitle == "225 · usual 75\nmore than usual"
    assert smuggling.subtitle == "75 · usual 75\nno clear change"
    bands = [(band.low, band.high) for band in trafficking.usual if band]
    ends = ("trafficking_usual_low", "trafficking_usual_high")
    assert bands[-1] == tuple(found.table.column(name)[-1] for name in ends)
    assert found.detail is not None and found.detail.rung == "quarter"


def test_months_that_are_too_small_are_shown_by_quarter(tmp_path: Path) -> None:
    units = [
        unit
        for month in Span(Month(2025, 10), Month(2026, 9))
        if month.month % 3 == 0
        for unit in incidents(str(month), 3, 3)
    ]
    release = built(tmp_path, months=12, units={"incidents": units})
    found = render("overview.trend", reading(Filters(), **SPLIT), release)
    assert [row[:3] for row in found.table.on_page.rows] == [
        (quarter, 15, 15) for quarter in ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
    ]
    late = ["Provisional" in str(state) for state in found.table.column("state")]
    assert late == [False, False, False, True]
    assert found.table.columns[0].code == "quarter"
    assert found.subtitle.endswith(" · by quarter: too few incidents for single months")
    assert "Oct 2025 – Sep 2026" in found.subtitle  # the range stays


def test_months_that_could_only_be_drawn_roughly_are_shown_by_quarter_too(tmp_path: Path) -> None:
    units = [
        unit
        for month in Span(Month(2025, 10), Month(2026, 9))
        for unit in incidents(str(month), 1, 1)
    ]
    release = built(tmp_path, months=12, units={"incidents": units})
    found = render("overview.trend", reading(Filters(), **SPLIT), release)
    assert [row[1:3] for row in found.table.on_page.rows] == [(15, 15)] * 4
    assert found.table.columns[0].code == "quarter"


def test_a_trend_that_is_too_small_even_by_quarter_is_drawn_as_rough(tmp_path: Path) -> None:
    units = incidents("2026-09", 1, 1)
    release = built(tmp_path, months=12, units={"incidents": units})
    found = render("overview.trend", reading(Filters(), **SPLIT), release)
    assert found.offer is None
    assert (found.detail.rung, found.detail.is_rough) == ("quarter", True)
    assert found.subtitle.endswith(" · by quarter; rough, since there are few incidents")
    assert found.table.column("quarter")[-1] == "2026-Q3"
    assert found.table.on_page.rows[-1][1:3] == (5, 5)
    assert 0 < drawn(found)["data"][0]["opacity"] < 1


def test_few_events_are_shown_by_rough_quarters_and_not_by_two_years(tmp_path: Path) -> None:
    """Two points hide when anything happened; of a few in each quarter years tell more."""
    for number, level in ((3, "quarter"), (1, "year")):
        units = [
            unit
            for month in ("2025-11", "2026-02", "2026-05")
            for unit in incidents(month, number, 0)
        ]
        release = built(tmp_path, months=24, units={"incidents": units})
        found = render("overview.trend", reading(Filters()), release)
        assert (found.detail.rung, found.detail.is_rough) == (level, True)
        years = render("overview.trend", reading(Filters(), steps="year"), release)
        assert len(years.table.rows) == 2


def test_a_trend_of_nothing_offers_the_next_wider_view(tmp_path: Path) -> None:
    units = incidents("2024-11", 4, 4)
    release = built(tmp_path, months=36, units={"incidents": units})
    period = Span(Month(2024, 9), Month(2024, 10))
    found = render("sheet.months", reading(Filters(period=period)), release)
    assert found.figure is None
    assert found.table.rows == ()
    assert found.offer.action == "In Oct 2023 – Sep 2026: about 40"


@pytest.mark.parametrize(
    ("months", "rungs"),
    [(24, ("month", "quarter", "year")), (23, ("month", "quarter")), (5, ("month",))],
)
def test_steps_are_those_of_which_a_range_holds_two(
    tmp_path: Path, months: int, rungs: tuple[str, ...]
) -> None:
    units = incidents("2026-08", 8, 8)
    release = built(tmp_path, months=months, units={"incidents": units})
    found = render("overview.trend", reading(Filters()), release)
    assert found.detail.rungs == rungs


@pytest.mark.parametrize("months", [6, 7, 8])
def test_a_line_has_two_steps_at_least(tmp_path: Path, months: int) -> None:
    """Whole quarters of the calendar, however a range lies in them."""
    units = incidents("2026-07", 1, 1)
    release = built(tmp_path, months=months, last_month=Month(2026, 8), units={"incidents": units})
    found = render("overview.trend", reading(Filters()), release)
    assert len(found.table.rows) >= 2


def test_a_trend_goes_to_people_where_incidents_are_not_kept(protected: Release) -> None:
    women = Filters(sex=("female",))
    for exhibit_id, months in (("overview.trend", 24), ("sheet.months", 12)):
        found = render(exhibit_id, reading(women, measure="incidents", steps="month"), protected)
        assert found.unit == "people"
        span = Span.last(months, until=Month(2026, 9))
        names = [c.code for c in found.table.columns[1:] if c.code in ALL_PARTS]
        assert sum(sum(found.table.column(name)) for name in names) == queries.total(
            protected, PEOPLE, women, span
        )


ALL_PARTS = ("trafficking", "smuggling", "mixed", "other", "all")


def test_a_single_line_of_protected_numbers_has_its_range(protected: Release) -> None:
    found = render("sheet.months", reading(Filters(sex=("female",)), steps="month"), protected)
    assert [c.code for c in found.table.columns] == [
        "month", "all", "low", "high", "state", "in_words",
    ]  # fmt: skip
    rows = [row[1:4] for row in found.table.rows]
    assert all(low <= size <= high for size, low, high in rows)
    assert any(low < high for _, low, high in rows)
    assert "error_y" in drawn(found)["data"][0]


def test_a_month_is_said_beside_the_usual_one(protected: Release) -> None:
    found = render("sheet.months", reading(Filters()), protected)  # the last month
    assert "mean of twelve months: " in found.subtitle


def test_the_sheets_months_are_those_of_the_period(protected: Release) -> None:
    found = render("sheet.months", reading(Filters()), protected)
    assert len(found.table.rows) == 12
    assert [column.code for column in found.table.columns] == ["month", "all", "state"]
    most = max(found.table.column("all"))
    assert numbers.about(most, protected.base("incidents"), "en") in found.title


def test_months_whose_late_reports_are_expected_are_marked_everywhere(protected: Release) -> None:
    found = render("overview.trend", reading(Filters()), protected)
    states = [str(state).split("; ") for state in found.table.column("state")]
    assert ["Provisional" in state for state in states] == [*[False] * 21, *[True] * 3]
    assert "Provisional from Jul 2026 on." in found.description
    assert any(note.startswith("Jul – Sep 2026 is provisional") for note in found.notes)
    (shade,) = (one for one in drawn(found)["layout"]["shapes"] if one["yref"] == "paper"
                and one["type"] == "rect" and "ysizemode" not in one)  # fmt: skip
    assert shade["x0"] == 20.5


def test_settled_months_and_published_figures_are_not_marked(
    protected: Release, sheet: Release
) -> None:
    settled = Filters(period=Span(Month(2025, 7), Month(2026, 6)))
    for release, filters in ((protected, settled), (sheet, Filters())):
        found = render("sheet.months", reading(filters), release)
        assert not any("Provisional" in str(cell) for row in found.table.rows for cell in row)
        assert "Provisional" not in found.description


def test_a_lasting_change_in_coverage_is_marked_at_its_month(tmp_path: Path) -> None:
    units = [unit for month in Span(Month(2025, 10), Month(2026, 9))
             for unit in incidents(str(month), 20, 20)]  # fmt: skip
    release = in_bands(tmp_path, ["1_2"] * 5 + ["3_5"] * 7, units={"incidents": units})
    found = render("overview.trend", reading(Filters()), release)
    figure = drawn(found)
    (mark,) = (shape for shape in figure["layout"]["shapes"] if shape["type"] == "line")
    assert mark["x0"] == 4.5  # before March, the sixth month
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert "More partners report from Mar 2026" in texts
    assert "marks" not in figure["layout"]["meta"]
    assert "More partners report from Mar 2026." in found.description
    states = dict(zip(found.table.column("month"), found.table.column("state"), strict=True))
    assert states["2025-10"] == "Fewer partners report"
    assert states["2026-04"] == ""
    assert states["2026-09"] == "Provisional"
