"""Data and quality: coverage, completeness, errors, protection in words, and the headline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from dashboard.analysis.expected_error import FEW
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.quality import completeness
from dashboard.exhibits.quality.accuracy import cut_in_words
from dashboard.exhibits.registry import question_of, render
from dashboard.figures import theme
from dashboard.filters import Filters
from dashboard.model.cuts import CUTS, Cut
from dashboard.model.facts import PEOPLE, fact
from dashboard.model.languages import Language
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words import numbers
from dashboard.words.catalogue import in_sentence
from tests.support.readings import drawn, reading
from tests.support.releases import LAST_MONTH, build_release, built, day, in_bands


def shown(release: Release, exhibit_id: str, filters: Filters = Filters()) -> Exhibit:  # noqa: B008
    return render(exhibit_id, reading(filters), release)


def test_all_errors_are_listed_in_words_and_the_leading_ones_drawn(protected: Release) -> None:
    found = render("quality.accuracy", reading(), protected)
    assert len(found.table.rows) == len(CUTS)
    views = found.table.column("view")
    assert "From: district × from: country × to: district × to: country" in views
    names = list(zip(found.table.column("fact"), views, strict=True))
    assert names == sorted(names)
    errors = dict(zip(names, found.table.column("year"), strict=True))
    rows = [((row["group"], row["label"]), row["at"]) for row in drawn(found)["rows"]]
    assert rows == [(name, errors[name]) for name, _ in rows]
    assert rows[0] == (("Incidents reported", "Total"), 0)
    assert drawn(found)["rows"][0]["text"] == "0, exact"
    people = max(int(n or 0) for (of, _), n in errors.items() if of == "People identified")
    referrals = max(int(n or 0) for (of, _), n in errors.items() if of == "Referrals requested")
    assert found.title == (
        f"Two in three numbers are right to {people} people or {referrals} referrals"
    )


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_which_cut_is_furthest_off_is_said(protected: Release, lang: Language) -> None:
    year = Span.last(12, until=protected.span.end)

    def error(cut: Cut) -> int:
        if not cut.dimensions:
            return 0  # totals are as reported
        return numbers.up(
            error_of(protected, fact(cut.fact), Filters(), year, cut.dimensions).typical
        )

    furthest = max(CUTS, key=error)
    found = render("quality.accuracy", reading(Filters(lang=lang)), protected)
    assert in_sentence(cut_in_words(furthest, lang)) in found.description


def test_a_quarterly_fact_has_no_error_for_a_month(protected: Release) -> None:
    found = render("quality.accuracy", reading(), protected)
    months = dict(zip(found.table.column("view"), found.table.column("month"), strict=True))
    assert months["Corridor"] is None


@pytest.mark.parametrize("fact_id", ["incidents", "legs"])
def test_an_edition_of_one_fact_states_its_errors(tmp_path: Path, fact_id: str) -> None:
    units = {fact_id: [{"month": day("2026-09"), "quarter": day("2026-07"), "size": 5}] * 20}
    release = built(tmp_path, units=units, echoes=2)
    assert fact_id in shown(release, "quality.accuracy").title


def test_where_nothing_is_protected_there_is_nothing_to_state(sheet: Release) -> None:
    found = shown(sheet, "quality.accuracy")
    assert found.offer is not None
    assert found.title.startswith("Nothing is protected here")


def test_coverage_is_shown_in_bands_month_by_month(protected: Release) -> None:
    found = shown(protected, "quality.coverage")
    assert len(found.table.rows) == 12
    assert set(found.table.column("band")) <= {"None", "1–2", "3–5", "6 or more"}
    assert found.title == "Fewest reporting partners: 1–2, in Oct 2025 and other months"
    first, second = drawn(found)["months"][:2]
    assert (first["name"], first["text"], first["step"]) == ("Oct", "1–2", 1)
    assert (second["name"], second["text"], second["step"]) == ("Nov", "3–5", 2)
    assert drawn(found)["said"] == []


def with_partners(folder: Path, bands: Sequence[str], *explained: str) -> Release:
    """A release of so many partners, and what who stopped and who began could explain of all."""
    span = Span.last(len(bands), until=LAST_MONTH)
    shares = [("incidents", str(month), *(explained or ("none", "none"))) for month in span]
    return in_bands(folder, bands, per_month=20, shares=shares)


@pytest.mark.parametrize(
    ("silent", "care", "sentence"),
    [
        ("none", "Partners who stopped (under 5 % of incidents) hardly explain a fall.",
         "Partners now silent had reported under 5 %"),
        ("under_third", "Read a fall since then with care: who stopped had reported up to a third",
         "Partners now silent had reported under a third"),
        ("untold", "Read a fall since then with care: it may be missing reports.",
         "What partners now silent had reported may not be told."),
    ],
)  # fmt: skip
def test_a_lasting_change_of_partners_is_the_headline_and_what_it_means_is_under_it(
    tmp_path: Path, silent: str, care: str, sentence: str
) -> None:
    release = with_partners(tmp_path, ["6_plus"] * 6 + ["3_5"] * 6, silent, "none")
    found = headline("quality", question_of(Filters(period=release.span), release))
    assert found.title == "Fewer partners report since Apr 2026"
    assert found.lead[0].startswith(care)
    coverage = shown(release, "quality.coverage")
    assert coverage.title == "3–5 partners a month since Apr 2026, 6 or more before"
    assert drawn(coverage)["said"][0].startswith(sentence)
    assert drawn(coverage)["said"][1] == "New partners report under 5 % of incidents."


def test_more_partners_make_a_rise_doubtful(tmp_path: Path) -> None:
    release = with_partners(tmp_path, ["1_2"] * 6 + ["3_5"] * 6, "none", "more")
    found = headline("quality", question_of(Filters(period=release.span), release))
    assert found.title == "More partners report since Apr 2026"
    assert found.lead[0].startswith("Read a rise since then with care")


def test_partners_that_came_back_are_no_lasting_change(tmp_path: Path) -> None:
    release = with_partners(tmp_path, ["6_plus"] * 6 + ["3_5"] * 4 + ["6_plus"] * 2)
    found = headline("quality", question_of(Filters(period=release.span), release))
    assert found.title.startswith("Fewest partners: 3–5, first in Apr 2026")
    assert found.lead == ("Data to Sep 2026.",)


def test_one_month_of_coverage_is_seen_against_its_year(protected: Release) -> None:
    august = Filters(period=Span(Month(2026, 8), Month(2026, 8)))
    found = shown(protected, "quality.coverage", august)
    assert found.table.column("month")[0] == "2025-09"
    assert found.subtitle.endswith("Sep 2025 – Aug 2026")


@pytest.mark.parametrize(
    ("period", "title"),
    [
        (Span(Month(2026, 8), Month(2026, 8)), "Aug 2026: 3–5 partners reported"),
        (Span(Month(2026, 7), Month(2026, 9)), "Fewest partners: 1–2, in Jul 2026"),
        (Span(Month(2040, 1), Month(2040, 2)), "There are no data for these months"),
    ],
)
def test_the_headline_names_coverage(protected: Release, period: Span, title: str) -> None:
    found = headline("quality", question_of(Filters(period=period), protected))
    assert found.title == title
    assert found.lead == ("Data to Sep 2026.",)


def test_coverage_says_that_no_filter_applies(protected: Release) -> None:
    found = shown(protected, "quality.coverage", Filters(sex=("female",)))
    assert any("no filter but the period applies" in note for note in found.notes)


def test_coverage_outside_the_release_offers_to_reset(protected: Release) -> None:
    later = Filters(period=Span(Month(2040, 1), Month(2040, 2)))
    assert shown(protected, "quality.coverage", later).offer is not None


def test_completeness_is_the_share_of_people_with_an_answer(tmp_path: Path) -> None:
    answers = [{"month": day("2026-09"), "sex": "female", "mode": "land"}] * 30
    unknown = [{"month": day("2026-09"), "sex": "unknown", "mode": "land"}] * 10
    release = built(tmp_path, base=1, months=1, units={"people": [*answers, *unknown]})
    found = shown(release, "quality.completeness")
    shares = dict(zip(found.table.column("field"), found.table.column("share"), strict=True))
    assert (shares["sex"], shares["mode"], shares["place"]) == (75, 100, 0)
    assert found.table.rows[0][0] == "mode"
    track, bar = drawn(found)["data"]
    assert set(track["x"]) == {100}
    assert list(bar["x"]) == list(found.table.column("share"))
    assert list(track["text"]) == ["all", "75 %", *["0 %"] * (len(track["text"]) - 2)]


def test_completeness_of_fewer_than_twenty_protected_people_is_said_in_numbers(
    tmp_path: Path,
) -> None:
    people = [{"month": day("2026-09"), "sex": sex, "size": 5} for sex in ("female", "male")]
    release = built(
        tmp_path,
        months=1,
        units={"people": [*people, {"month": day("2026-09"), "sex": "unknown", "size": 5}]},
    )
    found = shown(release, "quality.completeness")
    assert found.offer is None
    fields = found.table.column("field")
    assert set(found.table.column("share")) == {None}
    answers = dict(zip(fields, found.table.column("known"), strict=True))
    assert (answers["sex"], answers["mode"]) == (10, 0)
    track, bar = drawn(found)["data"]
    assert dict(zip(fields, track["text"], strict=True))["sex"] == "10 of 15"
    lengths = dict(zip(fields, bar["x"], strict=True))
    assert (lengths["sex"], lengths["mode"]) == (75, 0)  # in quarters: no finer is known
    assert "10 of 15" in found.description


@pytest.mark.parametrize(("fewer", "off", "is_named"), [(10, 1, True), (15, 20, False)])
def test_which_field_is_filled_in_least_is_said_as_surely_as_the_echoes_allow(
    tmp_path: Path, fewer: int, off: int, is_named: bool
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
                row = full | {"replicate": replicate, "size": size}
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                connection.execute(
                    f"INSERT INTO echo_people ({names}) VALUES ({marks})",  # noqa: S608
                    [*row.values()],
                )
    release = Release(path)
    found = shown(release, "quality.completeness")
    assert found.title.startswith("Least known: transport, for") is is_named
    least, low, known, high = (found.table.column(c)[-1] for c in ("field", "low", "known", "high"))
    assert least == "mode"
    assert (low, high) == pytest.approx((known - 2.2 * off, known + 2.2 * off), abs=1)  # pyright: ignore


def test_what_rounds_to_all_people_is_nearly_all_and_weak_fields_have_their_colour(
    tmp_path: Path,
) -> None:
    month = {"month": day("2026-09"), "size": 5}
    people = [month | {"sex": "male", "mode": "land"}] * 18 + [month | {"sex": "male"}] * 12
    release = built(tmp_path, months=1, units={"people": people})
    found = shown(release, "quality.completeness")
    assert found.description.startswith("Sex nearly all; Transport 60 %")
    assert drawn(found)["data"][1]["marker"]["color"][:2] == [theme.BLUE, theme.AMBER]


def test_protection_is_told_with_the_numbers_of_the_release(
    protected: Release, sheet: Release
) -> None:
    text = shown(protected, "quality.protection").description
    assert "about 5 people, about 10 for referrals" in text
    assert "“A few” is under 10" in text
    assert "{" not in text
    assert len(text.split()) < 95
    headings = shown(sheet, "quality.protection").table.column("heading")
    assert "These numbers are not protected" in headings
