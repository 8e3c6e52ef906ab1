"""Data and quality: coverage, completeness, protection in words, and the headline."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard import exhibits
from dashboard.analysis.expected_error import FEW
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.quality import completeness
from dashboard.exhibits.quality.accuracy import cut_in_words
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import render
from dashboard.figures import theme
from dashboard.filters import Filters
from dashboard.model.cuts import CUTS, Cut
from dashboard.model.facts import PEOPLE, fact
from dashboard.model.languages import Language
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words import numbers
from dashboard.words.catalogue import in_sentence
from tests.support.readings import reading
from tests.support.releases import build_release, day

exhibits.load()


def shown(release: Release, exhibit_id: str, filters: Filters = Filters()) -> Exhibit:  # noqa: B008
    return render(exhibit_id, reading(filters), release)


def test_expected_errors_are_listed_in_words_and_sorted_as_asked(protected: Release) -> None:
    found = render("quality.accuracy", reading(), protected)
    assert len(found.table.rows) == len(CUTS)
    assert "Age × sex" in found.table.column("view")
    assert "From: district × from: country × to: district × to: country" in (
        found.table.column("view")
    )
    years = [float(error or 0) for error in found.table.column("year")]
    assert years == sorted(years, reverse=True)
    assert f"at most {years[0]:g} " in found.title
    by_name = render("quality.accuracy", reading(sort="view"), protected)
    names = list(zip(by_name.table.column("fact"), by_name.table.column("view"), strict=True))
    assert names == sorted(names)


@pytest.mark.parametrize("lang", ["en", "bn"])
@pytest.mark.parametrize("sort", ["year", "view", "all"])
def test_the_same_cut_is_furthest_off_in_every_order_and_language(
    protected: Release, lang: Language, sort: str
) -> None:
    year = Span.last(12, until=protected.span.end)

    def error(cut: Cut) -> int:
        if not cut.dimensions:
            return 0  # totals are as reported
        return numbers.up(
            error_of(protected, fact(cut.fact), Filters(), year, cut.dimensions).error
        )

    furthest = max(CUTS, key=error)
    found = render("quality.accuracy", reading(Filters(lang=lang), sort=sort), protected)
    assert in_sentence(cut_in_words(furthest, lang)) in found.description


def test_a_quarterly_fact_has_no_error_for_a_month(protected: Release) -> None:
    found = render("quality.accuracy", reading(), protected)
    months = dict(zip(found.table.column("view"), found.table.column("month"), strict=True))
    assert months["Corridor"] is None


def test_where_nothing_is_protected_there_is_nothing_to_state(sheet: Release) -> None:
    found = shown(sheet, "quality.accuracy")
    assert found.offer is not None
    assert found.title.startswith("Nothing is protected here")


def test_coverage_is_shown_in_bands_month_by_month(protected: Release) -> None:
    found = shown(protected, "quality.coverage")
    assert len(found.table.rows) == 12
    assert set(found.table.column("band")) <= {"None", "1–2", "3–5", "6 or more"}
    assert found.title == "Fewest reporting partners: 1–2, in Oct 2025 and other months"
    assert found.figure is not None
    filled = [colour == theme.BLUE for colour in found.figure["data"][0]["marker"]["color"]]
    assert filled[:3] == [True, False, False]  # October: 1–2, and neither of the higher bands
    assert filled[3:6] == [True, True, False]  # November: 3–5


def test_one_month_of_coverage_is_seen_against_its_year(protected: Release) -> None:
    august = Filters(period=Span(Month(2026, 8), Month(2026, 8)))
    found = shown(protected, "quality.coverage", august)
    assert found.table.column("month")[0] == "2025-09"
    assert found.subtitle.endswith("Sep 2025 – Aug 2026")


@pytest.mark.parametrize(
    ("period", "title"),
    [
        (Span(Month(2026, 8), Month(2026, 8)), "Aug 2026: 3–5 partners sent reports"),
        (Span(Month(2026, 7), Month(2026, 9)), "Fewest reporting partners: 1–2, in Jul 2026"),
        (Span(Month(2040, 1), Month(2040, 2)), "There are no data for these months"),
    ],
)
def test_the_headline_names_coverage_and_the_weakest_fields(
    protected: Release, period: Span, title: str
) -> None:
    found = headline("quality", Question(protected, Filters(period=period), period, {}))
    assert found.title == title
    named = found.lead[0].startswith("Known least often: ")
    assert named == ("partners" in title)


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
    assert found.figure is not None
    track, bar = found.figure["data"]
    assert set(track["x"]) == {100}
    assert list(bar["x"]) == list(found.table.column("share"))
    assert track["text"][0] == "100 %"
    release.close()


def test_completeness_of_fewer_than_twenty_protected_people_is_said_in_quarters(
    tmp_path: Path,
) -> None:
    people = [{"month": day("2026-09"), "sex": sex, "size": 5} for sex in ("female", "male")]
    path = build_release(
        tmp_path / "few.duckdb",
        months=1,
        units={"people": [*people, {"month": day("2026-09"), "sex": "unknown", "size": 5}]},
    )
    release = Release(path)
    found = shown(release, "quality.completeness")
    assert found.offer is None
    shares = dict(zip(found.table.column("field"), found.table.column("share"), strict=True))
    assert shares["sex"] == 75  # 10 of 15
    assert shares["mode"] == 0
    release.close()


@pytest.mark.parametrize(("fewer", "off", "named"), [(10, 1, True), (15, 20, False)])
def test_which_field_is_filled_in_least_is_said_as_surely_as_the_echoes_allow(
    tmp_path: Path, fewer: int, off: int, named: bool
) -> None:
    """An error of a unit, as it is where there are no echoes, would say the opposite of both."""
    month = {"month": day("2026-09"), "size": 5}
    full = month | {
        name: ["other"] if PEOPLE[name].kind.many else "other" for name in completeness._FIELDS
    }
    without = [full | {"sex": None}] * 4 + [full | {"mode": None}] * (4 + fewer // 5)
    path = build_release(
        tmp_path / "2026-09-a.duckdb", months=1, echoes=0, units={"people": [*without, *[full] * 9]}
    )
    with duckdb.connect(str(path)) as connection:
        for replicate in range(1, FEW + 1):  # fewer would borrow of the error of a unit
            for size in (30, *[-1] * (30 + (off if replicate % 2 else -off))):
                told = full | {"replicate": replicate, "size": size}
                names, marks = ", ".join(told), ", ".join("?" * len(told))
                connection.execute(
                    f"INSERT INTO echo_people ({names}) VALUES ({marks})",  # noqa: S608
                    [*told.values()],
                )
    release = Release(path)
    found = shown(release, "quality.completeness")
    assert found.title.startswith("Known least often: Transport, for") is named
    least, low, known, high = (found.table.column(c)[-1] for c in ("field", "low", "known", "high"))
    assert least == "mode"
    assert (low, high) == pytest.approx((known - 2.2 * off, known + 2.2 * off), abs=1)  # pyright: ignore
    release.close()


def test_completeness_of_nobody_offers_a_wider_view(tmp_path: Path) -> None:
    people = [{"month": day("2026-05"), "sex": "female", "size": 5}] * 4
    path = build_release(tmp_path / "nobody.duckdb", months=12, units={"people": people})
    release = Release(path)
    september = Filters(period=Span(Month(2026, 9), Month(2026, 9)))
    found = shown(release, "quality.completeness", september)
    assert found.offer is not None
    assert found.table.rows == ()
    assert "about 20" in found.offer.action
    release.close()


def test_protection_turns_on_the_numbers_of_the_release(protected: Release) -> None:
    statements = shown(protected, "quality.protection").figure["statements"]
    assert [entry["number"] for entry in statements] == ["5", "3", "0", "20", "", "", ""]
    assert all(entry["heading"] and entry["text"] for entry in statements)


def test_protection_is_told_with_the_numbers_of_the_release(
    protected: Release, sheet: Release
) -> None:
    told = shown(protected, "quality.protection").description
    assert "about 5 of them" in told
    assert "not differential privacy" in told
    assert "{" not in told
    assert "not protected" in " ".join(shown(sheet, "quality.protection").table.column("heading"))
