"""What changed: beyond protection error, strongest first, each with its doubt and its link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.overview.changes import ALL, TOP, leader, look_through
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import render
from dashboard.filters import Filters, read_query
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import build_release, day

exhibits.load()
SECOND = Filters(period=Span(Month(2026, 1), Month(2026, 3)))
BEFORE, NOW = "2025-11", "2026-02"


def some(month: str, units: int, **values: object) -> list[Mapping[str, object]]:
    return [{"month": day(month), "size": 5, "place_role": "exploitation", **values}] * units


@contextmanager
def released(
    folder: Path, *, bands: Mapping[str, str] | None = None, **rest: Any
) -> Iterator[Release]:
    """A year to September 2026, so that its first two quarters are settled."""
    path = build_release(folder / "changes.duckdb", months=12, **rest)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE coverage SET reporting_band = '3_5'")
        for month, band in (bands or {}).items():
            connection.execute(
                "UPDATE coverage SET reporting_band = ? WHERE month = ?", [band, day(month)]
            )
    release = Release(path)
    yield release
    release.close()


def shown(release: Release, filters: Filters = SECOND) -> Exhibit:
    return render("overview.changes", reading(filters), release)


def items(found: Exhibit) -> list[dict[str, Any]]:
    assert found.figure is not None
    return found.figure["items"]


def test_a_place_that_rose_is_said_with_both_numbers_and_links_to_itself(tmp_path: Path) -> None:
    units = [*some(BEFORE, 12, place="BD20220094"), *some(NOW, 40, place="BD20220094")]
    with released(tmp_path, units={"incidents": units}) as release:
        found = shown(release)
        (item,) = items(found)
        assert found.title == "Ukhia: clearest rise, about 60 to about 200 incidents"
        assert item["sentence"] == "Ukhia rose from about 60 to about 200 incidents."
        assert (item["direction"], item["doubts"]) == ("up", [])
        assert item["sure"] == "More than chance"
        assert (item["filter"], item["code"]) == ("area", "BD20220094")
        assert found.table.rows == (
            ("Area", "BD20220094", "Ukhia", "incidents", 200, 60, 140, "More than chance"),
        )
        assert found.description == (
            "Ukhia rose from about 60 to about 200 incidents. (More than chance)"
        )


def rose(column: str, code: object, **more: object) -> list[Mapping[str, object]]:
    return [*some(BEFORE, 12, **{column: code}, **more), *some(NOW, 40, **{column: code}, **more)]


def test_every_grouping_is_looked_through_and_leads_to_where_it_is_seen(tmp_path: Path) -> None:
    incidents = rose("class_group", "smuggling", place="BD20220094", mode="sea")
    people = [
        *rose("exploitation", ["forced_labour"], corridor="naf_river"),
        *some(BEFORE, 40, promise=["job"]), *some(NOW, 12, promise=["job"]),
    ]  # fmt: skip
    requests = rose("service", "health", step="first")
    units = {"incidents": incidents, "people": people, "requests": requests}
    with released(tmp_path, units=units) as release:
        view = Question(release, SECOND, SECOND.period or release.span, {})
        ranked = look_through(view, Span(Month(2025, 10), Month(2025, 12))).ranked
        assert {change.counted.group for change in ranked} == set(ALL)
        found = shown(release)
        rows = {row[1]: row for row in found.table.rows}
        assert rows["naf_river"][0] == "Corridor"
        assert rows["sea"][:4] == ("Transport", "sea", "Sea", "incidents")
        assert rows["health"][:4] == ("Service", "health", "Health care", "referrals")
        assert rows["job"][6] == -140


@pytest.mark.parametrize(
    ("fact", "units", "sentence", "leads"),
    [
        ("people", rose("corridor", "naf_river"),
         "The corridor Naf River rose from about 60 to about 200 people.",
         ("corridor", "", "")),
        ("incidents", rose("class_group", "smuggling"),
         "Smuggling of migrants rose from about 60 to about 200 incidents.", ("class", "", "")),
        ("people", rose("mode", "sea"),
         "Transport: Sea rose from about 60 to about 200 people.", ("mode", "", "")),
        ("people", rose("exploitation", ["forced_labour"]),
         "Forced labour rose from about 60 to about 200 people.",
         ("", "overview.exploitation", "")),
        ("people", rose("promise", ["job"]),
         "Job as a promise rose from about 60 to about 200 people.", ("", "sheet.promises", "")),
        ("requests", rose("service", "health"),
         "Requests for Health care rose from about 60 to about 200 referrals.",
         ("", "referrals.matrix", "/referrals")),
    ],
)  # fmt: skip
def test_a_change_names_its_kind_and_leads_to_a_filter_or_a_panel(
    tmp_path: Path, fact: str, units: Any, sentence: str, leads: tuple[str, str, str]
) -> None:
    with released(tmp_path, units={fact: units}) as release:
        (item,) = items(shown(release))
        assert item["sentence"] == sentence
        assert item["label"] in item["sentence"]
        assert (item["filter"], item["panel"], item["page"]) == leads


def test_what_was_not_there_before_is_called_new(tmp_path: Path) -> None:
    with released(tmp_path, units={"incidents": some(NOW, 40, place="BD20220094")}) as release:
        found = shown(release)
        assert found.title == "Ukhia is new: about 200 incidents, none or very few before"
        assert items(found)[0]["sentence"] == (
            "Ukhia is new: about 200 incidents, none or very few before."
        )
        assert items(found)[0]["direction"] == "up"


def test_what_an_earlier_year_had_is_back_and_not_new(tmp_path: Path) -> None:
    units = [*some("2024-11", 6, place="BD20220094"), *some(NOW, 40, place="BD20220094")]
    path = build_release(tmp_path / "back.duckdb", months=24, units={"incidents": units})
    release = Release(path)
    assert items(shown(release))[0]["sentence"] == (
        "Ukhia is back: about 200 incidents, none or very few just before, more in an earlier year."
    )
    release.close()


def test_a_district_is_told_where_no_area_in_it_holds_half_of_what_changed(
    tmp_path: Path,
) -> None:
    few = ("BD60910008", "BD60910017", "BD60910020", "BD60910027", "BD60910031")
    units = [unit for code in few for unit in some(NOW, 2, place=code)]
    units += [*some(NOW, 4, place="BD6058"), *rose("place", "BD20220094")]
    with released(tmp_path, units={"incidents": units}) as release:
        codes = shown(release).table.column("code")
        assert set(codes) == {"BD6091", "BD6058", "BD20220094"}


def test_places_and_classes_are_those_of_people_where_incidents_are_not_kept(
    tmp_path: Path,
) -> None:
    people = rose("place", "BD20220094", sex="female")
    units = {"people": people, "incidents": rose("place", "BD20220016")}
    with released(tmp_path, units=units) as release:
        found = shown(release, SECOND.with_codes("sex", ("female",)))
        (item,) = items(found)
        assert item["sentence"] == "Ukhia rose from about 60 to about 200 people."
        assert found.table.column("unit") == ("people",)


def test_places_are_compared_at_the_finest_level_at_which_they_stand(tmp_path: Path) -> None:
    """Events that are known by their district only are compared by district."""
    units = [*some(BEFORE, 12, place="BD2022"), *some(NOW, 40, place="BD2022")]
    with released(tmp_path, units={"incidents": units}) as release:
        (item,) = items(shown(release))
        assert item["sentence"] == "Cox's Bazar rose from about 60 to about 200 incidents."


def test_what_protection_could_make_is_not_listed_and_what_would_have_shown_is_said(
    tmp_path: Path,
) -> None:
    units = [*some(BEFORE, 10, place="BD20220094"), *some(NOW, 12, place="BD20220094")]
    with released(tmp_path, units={"incidents": units}) as release:
        found = shown(release)
        assert found.offer is None
        assert items(found) == []
        # The upazila, its district and its division.
        assert found.title == (
            "Nothing changed clearly against Oct – Dec 2025, in 3 values compared"
        )
        assert found.table.rows == ()
        assert found.figure is not None
        assert found.figure["said"] == (
            "Of something with about 50 incidents before: "
            "A doubling would have shown; a rise by half might not."
        )
        assert found.figure["said"] in found.description
        assert found.figure["query"] == found.figure["action"] == ""  # no year to compare with


def test_where_nothing_changed_the_same_months_a_year_earlier_are_offered(
    tmp_path: Path,
) -> None:
    units = [*some("2026-05", 10, place="BD20220094"), *some("2026-08", 11, place="BD20220094")]
    path = build_release(tmp_path / "two.duckdb", months=24, units={"incidents": units})
    release = Release(path)
    found = shown(release, Filters(period=Span(Month(2026, 7), Month(2026, 9))))
    assert found.figure is not None
    assert found.figure["items"] == []
    read = read_query(found.figure["query"], is_place=release.is_place)
    assert (read.filters.compare, str(read.filters.period)) == ("last-year", "2026-07..2026-09")
    release.close()


def test_what_changed_leads_to_the_same_season_unless_it_is_compared_with(tmp_path: Path) -> None:
    units = [*some("2026-05", 10, place="BD20220094"), *some("2026-08", 40, place="BD20220094")]
    path = build_release(tmp_path / "two.duckdb", months=24, units={"incidents": units})
    release = Release(path)
    quarter = Filters(period=Span(Month(2026, 7), Month(2026, 9)))
    found = shown(release, quarter)
    assert items(found)
    assert found.figure is not None
    assert found.figure["action"] == "Compare with the same months a year earlier"
    read = read_query(found.figure["query"], is_place=release.is_place)
    assert read.filters == replace(quarter, compare="last-year")
    for compared in (read.filters, Filters()):  # a year is compared with its season as it is
        same = shown(release, compared).figure
        assert same is not None
        assert same["action"] == same["query"] == ""
    release.close()


@pytest.mark.parametrize(
    ("before", "now", "doubts"),
    [((0, "3_5"), (5, "3_5"), ["few"]), ((40, "3_5"), (44, "3_5"), ["chance"]),
     ((12, "1_2"), (40, "3_5"), ["reporting"]), ((12, "6_plus"), (40, "3_5"), []),
     ((40, "6_plus"), (12, "3_5"), ["reporting"])],
)  # fmt: skip
def test_each_change_says_its_own_doubt(
    tmp_path: Path, before: tuple[int, str], now: tuple[int, str], doubts: list[str]
) -> None:
    units = [*some(BEFORE, before[0], place="BD20220094"), *some(NOW, now[0], place="BD20220094")]
    with released(tmp_path, units={"incidents": units}, bands={BEFORE: before[1]}) as release:
        (item,) = items(shown(release))
        assert [doubt["id"] for doubt in item["doubts"]] == doubts


def test_without_a_change_beyond_doubt_the_title_claims_none(tmp_path: Path) -> None:
    units = [*some(BEFORE, 40, place="BD20220094"), *some(NOW, 44, place="BD20220094")]
    with released(tmp_path, units={"incidents": units}) as release:
        assert shown(release).title == "One change stands out, and it is open to doubt"


def test_a_fall_in_provisional_months_may_be_late_reports(tmp_path: Path) -> None:
    units = [*some("2026-05", 40, place="BD20220094"), *some("2026-08", 12, place="BD20220094")]
    filters = Filters(period=Span(Month(2026, 7), Month(2026, 9)))
    with released(tmp_path, units={"incidents": units}) as release:
        found = shown(release, filters)
        assert [doubt["id"] for doubt in items(found)[0]["doubts"]] == ["late"]
        assert any(note.startswith("Jul – Sep 2026 is provisional") for note in found.notes)


def test_at_most_five_are_drawn_and_the_table_has_all(tmp_path: Path) -> None:
    upazilas = (
        "BD20220094",
        "BD20150004",
        "BD30260014",
        "BD10040009",
        "BD40410004",
        "BD50810010",
        "BD60910008",
    )
    units = [unit for code in upazilas for unit in some(NOW, 20, place=code)]
    units += some(BEFORE, 60, place="BD40870004")
    with released(tmp_path, units={"incidents": units}) as release:
        found = shown(release)
        assert len(items(found)) == TOP
        assert found.figure is not None
        assert found.figure["left_out"] == len(found.table.rows) - TOP > 0


def test_a_change_beyond_doubt_is_drawn_though_five_doubtful_ones_are_stronger(
    tmp_path: Path,
) -> None:
    upazilas = ("BD20220094", "BD20150004", "BD30260014", "BD10040009", "BD40410004", "BD50810010")
    units = [unit for code in upazilas for unit in some(NOW, 40, place=code)]
    units += some(BEFORE, 30, place="BD40870004") + some(NOW, 12, place="BD40870004")
    with released(tmp_path, units={"incidents": units}, bands={BEFORE: "1_2"}) as release:
        found = shown(release)
        assert found.title.startswith("Satkhira: clearest fall, about 150 to about 60")
        *stronger, last = items(found)
        assert [item["doubts"][0]["id"] for item in stronger] == ["reporting"] * (TOP - 1)
        assert (last["label"], last["doubts"]) == ("Satkhira", [])


def test_none_leads_a_rise_that_another_of_its_kind_rose_further_than(tmp_path: Path) -> None:
    units = [*some(BEFORE, 8, place="BD20150004"), *some(NOW, 28, place="BD20150004")]
    units += some(BEFORE, 400, place="BD20220094") + some(NOW, 422, place="BD20220094")
    with released(tmp_path, units={"incidents": units}) as release:
        view = Question(release, SECOND, Span(Month(2026, 1), Month(2026, 3)), {})
        surest, furthest = look_through(view, Span(Month(2025, 10), Month(2025, 12))).ranked[:2]
        assert (surest.counted.code, surest.doubts) == ("BD20150004", ())
        assert (furthest.counted.code, furthest.doubts) == ("BD20220094", ("chance",))
        assert leader(view, Span(Month(2025, 10), Month(2025, 12)), 1) is None


def test_what_the_reader_has_chosen_is_not_compared_with_itself(tmp_path: Path) -> None:
    units = [*some(BEFORE, 12, class_group="smuggling"), *some(NOW, 40, class_group="smuggling")]
    with released(tmp_path, units={"incidents": units}) as release:
        assert items(shown(release))[0]["group"] == "class"
        assert items(shown(release, SECOND.with_codes("class", ("smuggling",)))) == []


def test_a_period_without_one_before_it_offers_a_shorter_one(tmp_path: Path) -> None:
    units = some(NOW, 40, place="BD20220094")
    with released(tmp_path, units={"incidents": units}) as release:
        found = shown(release, Filters(period=release.span))
        assert found.title.startswith("There are no data for all of Oct 2024 – Sep 2025")
        assert found.figure is not None
        assert found.figure["action"] == "Show Apr – Sep 2026"
        read = read_query(found.figure["query"], is_place=release.is_place)
        assert str(read.filters.period) == "2026-04..2026-09"


def test_without_comparison_nothing_is_claimed_and_one_is_offered(protected: Release) -> None:
    found = shown(protected, Filters(compare="none"))
    assert found.title == "Nothing is compared with an earlier period."
    assert found.offer is None
    assert items(found) == []
    assert found.figure is not None
    assert (found.figure["action"], found.figure["query"]) == (
        "Compare with the months before", "",
    )  # fmt: skip
    assert found.figure["said"] == ""


def test_the_description_is_true_to_the_table(protected: Release) -> None:
    found = shown(protected, Filters())
    for item, row in zip(items(found), found.table.rows, strict=False):
        assert (item["now"], item["before"]) == row[4:6]
        assert item["sentence"] in found.description
        assert row[6] == row[4] - row[5]


def test_records_that_did_not_change_are_said_to_be_the_same(tmp_path: Path) -> None:
    units = [*some(BEFORE, 7, place="BD20220094"), *some(NOW, 7, place="BD20220094")]
    with released(tmp_path, base=1, units={"incidents": units}) as release:
        found = shown(release)
        assert found.title.startswith("Nothing changed clearly against Oct – Dec 2025")
        assert items(found) == []


def test_a_transport_that_moved_as_a_corridor_did_stands_in_the_table_alone(
    tmp_path: Path,
) -> None:
    people = rose("corridor", "naf_river", mode="sea")
    with released(tmp_path, units={"people": people}) as release:
        found = shown(release)
        assert {row[1] for row in found.table.rows} >= {"naf_river", "sea"}
        assert [item["code"] for item in items(found)] == ["naf_river"]
