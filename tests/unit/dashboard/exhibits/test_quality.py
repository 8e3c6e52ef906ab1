"""Data and quality: editions, coverage, completeness, protection in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.periods import Month, Span
from dashboard.model.views import VIEWS
from dashboard.releases import Release, Releases
from tests.support.releases import build_release, day, point_to
from tests.support.views import reading

exhibits.load()


def shown(release: Release, exhibit_id: str, filters: Filters = Filters()) -> Exhibit:  # noqa: B008
    return render(exhibit_id, reading(filters), release)


def test_every_edition_is_listed_and_the_open_one_is_marked(tmp_path: Path) -> None:
    for release_id in ("2026-08-a", "2026-09-a"):
        build_release(tmp_path / f"{release_id}.duckdb", months=2)
    point_to(tmp_path, "2026-09-a")
    found = shown(Releases(tmp_path).open("2026-08-a"), "quality.editions")
    assert found.table.column("release") == ("2026-09-a", "2026-08-a")
    assert found.table.column("shown") == ("", "Yes")
    assert found.title.startswith("2 editions have been published")


def test_a_damaged_file_is_named_in_the_list(tmp_path: Path) -> None:
    build_release(tmp_path / "2026-09-a.duckdb", months=2)
    (tmp_path / "2026-08-a.duckdb").write_bytes(b"no release")
    point_to(tmp_path, "2026-09-a")
    found = shown(Releases(tmp_path).current(), "quality.editions")
    assert found.table.column("release") == ("2026-09-a", "2026-08-a")
    assert found.table.column("name")[1] == "Damaged file: cannot be shown"
    assert any("2026-08-a is damaged" in note for note in found.notes)
    assert found.title.startswith("1 edition has been published")


def test_expected_errors_are_listed_in_words_and_sorted_as_asked(protected: Release) -> None:
    found = render("quality.accuracy", reading(), protected)
    assert len(found.table.rows) == len(VIEWS)
    assert "Age × sex" in found.table.column("view")
    assert "From: district × from: country × to: district × to: country" in (
        found.table.column("view")
    )
    years = [float(error or 0) for error in found.table.column("year")]
    assert years == sorted(years, reverse=True)
    assert f"At most {years[0]:g} " in found.title
    by_name = render("quality.accuracy", reading(sort="view"), protected)
    names = list(zip(by_name.table.column("fact"), by_name.table.column("view"), strict=True))
    assert names == sorted(names)


def test_a_quarterly_fact_has_no_error_for_a_month(protected: Release) -> None:
    found = render("quality.accuracy", reading(), protected)
    months = dict(zip(found.table.column("view"), found.table.column("month"), strict=True))
    assert months["Corridor"] is None


@pytest.mark.parametrize("exhibit_id", ["quality.accuracy", "quality.folded"])
def test_where_nothing_is_protected_there_is_nothing_to_state(
    sheet: Release, exhibit_id: str
) -> None:
    found = shown(sheet, exhibit_id)
    assert found.offer is not None
    assert found.title.startswith("Nothing is protected here")


def test_folded_codes_are_listed_with_the_months_in_which_they_were(tmp_path: Path) -> None:
    folds = [
        ("people", "exploitation", "organ_removal", "other", "2026-03"),
        ("people", "exploitation", "organ_removal", "organ_removal", "2026-07"),
        ("people", "promise", "visa", "other", "2026-01"),
    ]
    release = Release(build_release(tmp_path / "f.duckdb", months=12, folds=folds))
    found = shown(release, "quality.folded")
    assert found.title == "1 code with few cases stands under another one now"
    assert list(zip(found.table.column("code"), found.table.column("start"),
                    found.table.column("end"), strict=True)) == [
        ("organ_removal", "Mar 2026", "Jun 2026"), ("visa", "Jan 2026", "Still"),
    ]  # fmt: skip
    release.close()


def test_coverage_is_shown_in_bands_month_by_month(protected: Release) -> None:
    found = shown(protected, "quality.coverage")
    assert len(found.table.rows) == 12
    assert set(found.table.column("band")) <= {"None", "1–2", "3–5", "6 or more"}
    assert found.title == "The fewest partners reported in Oct 2025: 1–2"


def test_coverage_says_that_no_filter_applies(protected: Release) -> None:
    found = shown(protected, "quality.coverage", Filters(sex=("female",)))
    assert any("no filter but the period applies" in note for note in found.notes)


def test_coverage_outside_the_release_offers_to_reset(protected: Release) -> None:
    later = Filters(period=Span(Month(2040, 1), Month(2040, 2)))
    found = shown(protected, "quality.coverage", later)
    assert found.offer is not None


def test_completeness_is_the_share_of_people_with_an_answer(tmp_path: Path) -> None:
    known = [{"month": day("2026-09"), "sex": "female", "mode": "land"}] * 30
    unknown = [{"month": day("2026-09"), "sex": "unknown", "mode": "land"}] * 10
    path = build_release(
        tmp_path / "known.duckdb", base=1, months=1, units={"people": [*known, *unknown]}
    )
    release = Release(path)
    found = shown(release, "quality.completeness")
    shares = dict(zip(found.table.column("field"), found.table.column("share"), strict=True))
    assert (shares["sex"], shares["mode"], shares["place"]) == (75, 100, 0)
    assert found.table.rows[0][0] == "mode"
    release.close()


def test_completeness_is_not_said_of_fewer_than_twenty_protected_people(tmp_path: Path) -> None:
    people = [{"month": day("2026-09"), "sex": "female", "size": 5}] * 3
    path = build_release(tmp_path / "few.duckdb", months=1, units={"people": people})
    release = Release(path)
    found = shown(release, "quality.completeness")
    assert found.offer is not None
    assert found.table.rows == ()
    release.close()


def test_protection_is_told_with_the_numbers_of_the_release(
    protected: Release, sheet: Release
) -> None:
    told = " ".join(shown(protected, "quality.protection").figure["paragraphs"])
    assert "about 5 of them" in told
    assert "not differential privacy" in told
    assert "{" not in told
    assert "not protected" in shown(sheet, "quality.protection").description + " ".join(
        shown(sheet, "quality.protection").figure["paragraphs"]
    )
