"""Time: the strip of months, what is chosen and played on it, and areas by quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits, queries
from dashboard.exhibits.counts import windows
from dashboard.exhibits.counts.area_counts import area_step, count_areas
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import available_options, definition, question_of, render
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import few_filters, reading
from tests.support.releases import built, day

exhibits.load()
TIME, MAP, QUARTERS = "hotspots.time", "hotspots.map", "hotspots.quarters"


def unit(month: str, place: str = "BD2022", size: int = 5) -> Mapping[str, object]:
    return {
        "month": day(month), "place": place, "class_group": "trafficking_labour",
        "place_role": "recruitment", "size": size,
    }  # fmt: skip


def release_of(folder: Path, units: Sequence[Mapping[str, object]], base: int = 5) -> Release:
    made = {"incidents": units}
    return built(folder, units=made, base=base, months=30)


def months_of(found: Exhibit) -> list[dict[str, Any]]:
    return list(found.figure["months"])


def marked(found: Exhibit, name: str) -> list[str]:
    return [month["month"] for month in months_of(found) if month[name]]


def span(text: str) -> list[str]:
    return [str(month) for month in Span.parse(text)]


def test_the_strip_has_every_month_of_the_release_whatever_is_chosen(protected: Release) -> None:
    asked = [None, Span.parse("2026-02..2026-04"), protected.span]
    found = [
        render(TIME, reading(Filters(period=period, compare="previous")), protected)
        for period in asked
    ]
    assert [m["month"] for m in months_of(found[0])] == [str(month) for month in protected.span]
    tables = {(f.table.column("month"), f.table.column("incidents")) for f in found}
    assert len(tables) == 1
    assert marked(found[1], "chosen") == span("2026-02..2026-04")
    assert marked(found[1], "compared") == span("2025-11..2026-01")
    assert marked(found[2], "compared") == []  # there are no months before
    usual = render(TIME, reading(Filters(period=asked[1])), protected)
    assert marked(usual, "compared") == []
    assert len({f.title for f in found}) == 1


def test_months_outside_the_release_are_not_chosen(protected: Release) -> None:
    found = render(TIME, reading(Filters(period=Span.parse("2031-01..2031-03"))), protected)
    assert marked(found, "chosen") == []
    assert found.figure["chosen"] is None


@given(data=st.data())
def test_the_strip_counts_what_the_map_counts(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(few_filters(protected))
    measure = data.draw(st.sampled_from(("incidents", "people")))
    strip = render(TIME, reading(filters, measure=measure), protected)
    drawn = render(MAP, reading(filters, measure=measure), protected)
    assert strip.unit == drawn.unit or strip.figure is None or drawn.figure is None
    if strip.figure is None or drawn.figure is None:
        return
    held = sum(month["value"] for month in months_of(strip) if month["chosen"])
    assert held == sum(size for size in drawn.table.column(drawn.table.columns[3].code) if size)  # pyright: ignore


def test_the_title_names_a_month_only_where_it_leads(tmp_path: Path) -> None:
    even = [unit(month, size=20) for month in span("2024-04..2026-09")]
    found = render(TIME, reading(), release_of(tmp_path, [*even, unit("2025-05", size=400)]))
    assert found.title == "Most incidents were reported in May 2025: about 420"
    (tmp_path / "even").mkdir()
    alike = render(TIME, reading(), release_of(tmp_path / "even", [*even, unit("2025-05")]))
    assert alike.title == "Incidents in a month: from about 20 to about 25"
    (tmp_path / "same").mkdir()
    same = render(TIME, reading(), release_of(tmp_path / "same", even))
    assert same.title == "Incidents in each month: about 20"


def test_few_numbers_are_drawn_rough_and_a_quarter_or_year_is_spoken_of(tmp_path: Path) -> None:
    few = [unit(month) for month in span("2024-04..2026-09")]
    found = render(TIME, reading(), release_of(tmp_path, few))
    assert found.figure["rough"]
    assert len(months_of(found)) == 30  # months stay the steps of the strip
    assert (found.detail.rung, found.detail.is_rough) == ("month", True)
    assert "month:" not in found.title
    assert any("Rough" in note for note in found.notes)


def test_what_is_played_are_whole_quarters_and_twelve_months_up_to_each(protected: Release) -> None:
    found = render(TIME, reading(Filters(period=Span.parse("2026-04..2026-06"))), protected)
    plays = found.figure["plays"]
    assert plays["quarter"][-2:] == ["2026-04..2026-06", "2026-07..2026-09"]
    assert plays["year"][-2:] == ["2025-09..2026-08", "2025-10..2026-09"]
    assert found.figure["before"]["period"] == "2026-01..2026-03"
    assert found.figure["after"]["period"] == "2026-07..2026-09"
    assert found.figure["nearest"] == {
        "off": "2026-04..2026-06", "quarter": "2026-04..2026-06", "year": "2025-07..2026-06",
    }  # fmt: skip


def test_a_release_too_short_to_play_offers_nothing_to_play(tmp_path: Path) -> None:
    short = built(tmp_path, months=4)
    (play,) = [o for o in available_options(definition(TIME), short) if o.name == "play"]
    assert play.values == ("off",)
    found = render(TIME, reading(play="quarter"), short)
    assert found.figure["plays"] == {}


def classes_of(found: Exhibit) -> list[tuple[str, str]]:
    return [
        (entry["label"], entry["fillcolor"])
        for part in found.figure["legend"]
        for entry in part["entries"]
    ]


@pytest.mark.parametrize("kind", ["quarter", "year"])
@pytest.mark.parametrize("area", [(), ("BD20",)])
def test_while_time_is_played_a_map_keeps_its_classes_its_level_and_its_view(
    protected: Release, kind: str, area: tuple[str, ...]
) -> None:
    frames = []
    for period in windows.windows(kind, protected.span):
        view = reading(Filters(period=period, area=area), play=kind, measure="people")
        frames.append(render(MAP, view, protected))
        ranked = render("hotspots.ranking", view, protected)
        assert ranked.options["level"] == frames[-1].options["level"]
    assert len(frames) > 2
    assert len({str(classes_of(found)) for found in frames}) == 1
    assert len({(found.figure or {})["view"] for found in frames}) == 1
    assert len({str((found.figure or {})["box"]) for found in frames}) == 1
    assert len({found.options["level"] for found in frames}) == 1
    assert len({found.title for found in frames}) > 1
    for found in frames:
        assert any("Colours mean the same" in note for note in found.notes)


def test_classes_serve_the_largest_number_of_any_window(tmp_path: Path) -> None:
    quiet = [unit(month, "BD3026", 40) for month in span("2024-04..2026-09")]
    made = release_of(tmp_path, [*quiet, unit("2025-02", size=2000)])
    filters = Filters(period=Span.parse("2026-07..2026-09"))
    alone = render(MAP, reading(filters, level="district"), made)
    played = render(MAP, reading(filters, level="district", play="quarter"), made)
    assert "1,000 or more" in [label for label, _ in classes_of(played)]
    assert classes_of(alone) != classes_of(played)
    asked = question_of(filters, made)
    assert windows.largest(asked, INCIDENTS, "district", "quarter") == 2000
    assert windows.largest(asked, INCIDENTS, "district", "off") == 0


@given(data=st.data())
def test_the_largest_number_is_that_of_the_windows_one_by_one(
    protected: Release, data: st.DataObject
) -> None:
    asked = question_of(data.draw(few_filters(protected)), protected)
    kind = data.draw(st.sampled_from(("quarter", "year")))
    level = data.draw(st.sampled_from(("division", "district")))
    counts = [
        max(count_areas(asked, PEOPLE, level, window).sizes.values(), default=0)
        for window in windows.windows(kind, protected.span)
    ]
    assert windows.largest(asked, PEOPLE, level, kind) == max(counts)


def test_a_page_that_plays_nothing_is_as_it_was(protected: Release) -> None:
    filters = Filters(period=Span.parse("2026-01..2026-03"))
    drawn = render("overview.map", reading(filters, play="quarter"), protected)
    assert drawn.figure == render("overview.map", reading(filters), protected).figure
    level = area_step(question_of(filters, protected), INCIDENTS).counted.level
    assert drawn.options["level"] == level


def test_months_that_are_no_window_are_shown_as_if_nothing_was_played(protected: Release) -> None:
    filters = Filters(period=Span.parse("2026-02..2026-06"))
    for exhibit_id in (TIME, MAP):
        asked = render(exhibit_id, reading(filters, play="quarter"), protected)
        assert asked == render(exhibit_id, reading(filters), protected)


def test_areas_by_quarter_add_up_to_the_whole_and_ignore_the_period(protected: Release) -> None:
    found = render(QUARTERS, reading(measure="people"), protected)
    quarters = list(dict.fromkeys(found.table.column("quarter")))
    assert len(quarters) == 8
    assert quarters[-1] == "2026-Q3"
    filters = queries.shown_roles(Filters())
    for quarter in quarters:
        rows = [row for row in found.table.rows if row[2] == quarter]
        whole = queries.total(protected, PEOPLE, filters, Span.named(str(quarter)))
        assert sum(int(row[4] or 0) for row in rows) == whole
    other = render(
        QUARTERS,
        reading(Filters(period=Span.parse("2025-01..2025-02")), measure="people"),
        protected,
    )
    assert other.table == found.table
    assert other.figure == found.figure


def test_the_title_says_which_area_is_off_usual_and_none_by_chance(tmp_path: Path) -> None:
    even = [
        unit(month, place, 40)
        for month in span("2024-10..2026-09")
        for place in ("BD2022", "BD3026")
    ]
    alike = render(QUARTERS, reading(level="district"), release_of(tmp_path, even))
    assert alike.title == "No district has clearly more or fewer than usual"
    (tmp_path / "more").mkdir()
    more = [unit(month, "BD3026", 80) for month in span("2026-04..2026-09")]
    found = render(
        QUARTERS, reading(level="district"), release_of(tmp_path / "more", [*even, *more])
    )
    assert found.title == "Dhaka: more incidents than usual in Apr – Sep 2026"


def test_areas_of_one_name_have_a_strip_each_and_are_told_apart(tmp_path: Path) -> None:
    made = release_of(
        tmp_path, [unit("2026-08", place, 80) for place in ("BD30330034", "BD40440033")]
    )
    found = render(QUARTERS, reading(level="upazila"), made)
    one, other = (series.name for series in found.plot.series)
    assert (one, other) == ("Kaliganj (Gazipur)", "Kaliganj (Jhenaidah)")
    assert {one, other} < {row[1] for row in found.table.rows}
    assert one in found.title
    assert one in found.description
    title = render(MAP, reading(level="upazila", show="number"), made).title
    assert title == f"{one} and {other} come first, too close to rank"


@pytest.mark.parametrize("exhibit_id", [TIME, QUARTERS])
def test_where_nothing_was_counted_a_wider_view_is_offered(tmp_path: Path, exhibit_id: str) -> None:
    made = release_of(tmp_path, [unit("2026-08", size=20)])
    found = render(exhibit_id, reading(Filters(area=("BD60",))), made)
    assert found.figure is None
    assert found.offer.action == "In Bangladesh, all months: about 20"
    held = render(exhibit_id, reading(Filters(area=("BD2022",))), made)
    assert held.figure is not None
