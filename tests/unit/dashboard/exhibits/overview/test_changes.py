"""What changed: beyond protection error, strongest first, each with its doubt and its link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.overview.changes import TOP, leader, look_through
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
    units = [*some(BEFORE, 12, place="BD2022"), *some(NOW, 40, place="BD2022")]
    with released(tmp_path, units={"incidents": units}) as release:
        found = shown(release)
        (item,) = items(found)
        assert found.title == "Cox's Bazar rose most clearly, from about 60 to about 200 incidents"
        assert item["sentence"] == "Cox's Bazar rose from about 60 to about 200 incidents."
        assert (item["direction"], item["doubts"]) == ("up", [])
        assert item["sure"] == "More than chance"
        assert (item["filter"], item["code"]) == ("area", "BD2022")
        assert found.table.rows == (
            ("Area", "BD2022", "Cox's Bazar", "incidents", 200, 60, 140, "More than chance"),
        )
        assert found.description == (
            "Cox's Bazar rose from about 60 to about 200 incidents. (More than chance)"
        )


def test_corridors_classes_and_promises_are_looked_through_too(tmp_path: Path) -> None:
    incidents = [
        *some(BEFORE, 12, corridor="naf_river", class_group="smuggling"),
        *some(NOW, 40, corridor="naf_river", class_group="smuggling"),
    ]
    people = [*some(BEFORE, 40, promise=["job"]), *some(NOW, 12, promise=["job"])]
    with released(tmp_path, units={"incidents": incidents, "people": people}) as release:
        found = {item["group"]: item for item in items(shown(release))}
        assert set(found) == {"corridor", "class", "promise"}
        assert found["corridor"]["sentence"].startswith("The corridor Naf River rose")
        assert found["class"]["code"] == "smuggling"
        assert found["promise"]["direction"] == "down"
        assert (found["promise"]["filter"], found["promise"]["panel"]) == ("", "sheet.promises")


def test_what_protection_could_make_is_not_listed(tmp_path: Path) -> None:
    units = [*some(BEFORE, 10, place="BD2022"), *some(NOW, 12, place="BD2022")]
    with released(tmp_path, units={"incidents": units}) as release:
        found = shown(release)
        assert found.figure is None
        assert found.title.startswith("Nothing changed clearly against Oct – Dec 2025")
        assert found.offer is not None
        assert found.table.rows == ()


@pytest.mark.parametrize(
    ("before", "now", "doubts"),
    [((1, "3_5"), (4, "3_5"), ["few"]), ((40, "3_5"), (44, "3_5"), ["chance"]),
     ((12, "1_2"), (40, "3_5"), ["reporting"]), ((12, "6_plus"), (40, "3_5"), []),
     ((40, "6_plus"), (12, "3_5"), ["reporting"])],
)  # fmt: skip
def test_each_change_says_its_own_doubt(
    tmp_path: Path, before: tuple[int, str], now: tuple[int, str], doubts: list[str]
) -> None:
    units = [*some(BEFORE, before[0], place="BD2022"), *some(NOW, now[0], place="BD2022")]
    with released(tmp_path, units={"incidents": units}, bands={BEFORE: before[1]}) as release:
        (item,) = items(shown(release))
        assert [doubt["id"] for doubt in item["doubts"]] == doubts


def test_without_a_change_beyond_doubt_the_title_claims_none(tmp_path: Path) -> None:
    units = [*some(BEFORE, 40, place="BD2022"), *some(NOW, 44, place="BD2022")]
    with released(tmp_path, units={"incidents": units}) as release:
        assert shown(release).title == "One change stands out, and it is open to doubt"


def test_a_fall_in_provisional_months_may_be_late_reports(tmp_path: Path) -> None:
    units = [*some("2026-05", 40, place="BD2022"), *some("2026-08", 12, place="BD2022")]
    filters = Filters(period=Span(Month(2026, 7), Month(2026, 9)))
    with released(tmp_path, units={"incidents": units}) as release:
        found = shown(release, filters)
        assert [doubt["id"] for doubt in items(found)[0]["doubts"]] == ["late"]
        assert any(note.startswith("Jul – Sep 2026 is provisional") for note in found.notes)


def test_at_most_five_are_drawn_and_the_table_has_all(tmp_path: Path) -> None:
    districts = ("BD2022", "BD2015", "BD3026", "BD1004", "BD4041", "BD5081", "BD6091")
    units = [unit for code in districts for unit in some(NOW, 20, place=code)]
    units += some(BEFORE, 60, place="BD4087")
    with released(tmp_path, units={"incidents": units}) as release:
        found = shown(release)
        assert len(items(found)) == TOP
        assert found.figure is not None
        assert found.figure["left_out"] == len(found.table.rows) - TOP > 0


def test_a_change_beyond_doubt_is_drawn_though_five_doubtful_ones_are_stronger(
    tmp_path: Path,
) -> None:
    districts = ("BD2022", "BD2015", "BD3026", "BD1004", "BD4041", "BD5081")
    units = [unit for code in districts for unit in some(NOW, 40, place=code)]
    units += some(BEFORE, 30, place="BD4087") + some(NOW, 12, place="BD4087")
    with released(tmp_path, units={"incidents": units}, bands={BEFORE: "1_2"}) as release:
        found = shown(release)
        assert found.title.startswith("Satkhira fell most clearly, from about 150 to about 60")
        *stronger, last = items(found)
        assert [item["doubts"][0]["id"] for item in stronger] == ["reporting"] * (TOP - 1)
        assert (last["label"], last["doubts"]) == ("Satkhira", [])


def test_none_leads_a_rise_that_another_of_its_kind_rose_further_than(tmp_path: Path) -> None:
    units = [*some(BEFORE, 8, place="BD2015"), *some(NOW, 28, place="BD2015")]
    units += some(BEFORE, 400, place="BD2022") + some(NOW, 422, place="BD2022")
    with released(tmp_path, units={"incidents": units}) as release:
        view = Question(release, SECOND, Span(Month(2026, 1), Month(2026, 3)), {})
        surest, furthest = look_through(view, Span(Month(2025, 10), Month(2025, 12))).ranked[:2]
        assert (surest.counted.code, surest.doubts) == ("BD2015", ())
        assert (furthest.counted.code, furthest.doubts) == ("BD2022", ("chance",))
        assert leader(view, Span(Month(2025, 10), Month(2025, 12)), 1) is None


def test_a_code_that_was_folded_in_one_of_the_periods_is_not_compared(tmp_path: Path) -> None:
    units = [*some(BEFORE, 30, promise=["other", "job"]), *some(NOW, 30, promise=["loan", "job"])]
    folds = [
        ("people", "promise", "loan", "other", "2025-10"),
        ("people", "promise", "loan", "loan", "2026-01"),
    ]
    with released(tmp_path, units={"people": units}, folds=folds) as release:
        assert shown(release).figure is None


def test_what_the_reader_has_chosen_is_not_compared_with_itself(tmp_path: Path) -> None:
    units = [*some(BEFORE, 12, class_group="smuggling"), *some(NOW, 40, class_group="smuggling")]
    with released(tmp_path, units={"incidents": units}) as release:
        assert items(shown(release))[0]["group"] == "class"
        assert shown(release, SECOND.with_codes("class", ("smuggling",))).figure is None


def test_a_period_without_one_before_it_offers_a_shorter_one(tmp_path: Path) -> None:
    units = some(NOW, 40, place="BD2022")
    with released(tmp_path, units={"incidents": units}) as release:
        found = shown(release, Filters(period=release.span))
        assert found.title.startswith("There are no data for the whole of Oct 2024 – Sep 2025")
        assert found.offer is not None
        read = read_query(found.offer.query, is_place=release.is_place)
        assert str(read.filters.period) == "2026-04..2026-09"


def test_without_comparison_nothing_is_claimed_and_one_is_offered(protected: Release) -> None:
    found = shown(protected, Filters(compare="none"))
    assert found.title == "Nothing is compared with an earlier period."
    assert found.offer is not None
    assert found.offer.query == ""


def test_the_description_is_true_to_the_table(protected: Release) -> None:
    found = shown(protected, Filters())
    for item, row in zip(items(found), found.table.rows, strict=False):
        assert (item["now"], item["before"]) == row[4:6]
        assert item["sentence"] in found.description
        assert row[6] == row[4] - row[5]


def test_records_that_did_not_change_are_said_to_be_the_same(tmp_path: Path) -> None:
    units = [*some(BEFORE, 7, place="BD2022"), *some(NOW, 7, place="BD2022")]
    with released(tmp_path, base=1, units={"incidents": units}) as release:
        assert shown(release).title.startswith("Nothing changed against Oct – Dec 2025")
