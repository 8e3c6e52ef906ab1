"""Indicators and the headline: what was reported, how it changed, and how sure that is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard import queries
from dashboard.exhibits.counts.comparisons import compare_codes
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.facts import ENDINGS, INCIDENTS, PEOPLE, REQUESTS
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from tests.support.readings import drawn, reading
from tests.support.referrals import request
from tests.support.releases import built
from tests.support.steady import steady

LAST_QUARTER = Filters(period=Span(Month(2026, 7), Month(2026, 9)))
#: A quarter for which no reports are expected any more.
SETTLED = Filters(period=Span(Month(2026, 1), Month(2026, 3)))


def shown(release: Release, filters: Filters = Filters()) -> Exhibit:  # noqa: B008
    return render("overview.indicators", reading(filters), release)


def items(found: Exhibit) -> list[dict[str, Any]]:
    return drawn(found)["items"]


def made_of(folder: Path, **rest: Any) -> Release:
    """Three years to September 2026 of units by fact."""
    contents = {name: rest.pop(name) for name in ("series", "shares") if name in rest}
    return built(folder, months=36, units=rest, **contents)


def test_indicators_are_the_totals_of_their_facts(protected: Release) -> None:
    period = protected.default_period
    found = {item["id"]: item for item in items(shown(protected))}
    filters = Filters()
    for name, fact in (("incidents", INCIDENTS), ("people", PEOPLE)):
        assert found[name]["value"] == queries.total(protected, fact, filters, period)
    first = dict(queries.counts(protected, REQUESTS, filters, period, ("step",)))["first"]
    done = dict(queries.counts(protected, ENDINGS, filters, period, ("status",)))["done"]
    assert found["first_referrals"]["value"] == first
    assert found["services"]["value"] == done


def test_a_file_says_each_number_in_words_and_with_its_ends(protected: Release) -> None:
    few = Filters(period=Span(Month(2026, 9), Month(2026, 9)), area=("BD20220056",))
    for name in ("overview.indicators", "referrals.indicators"):
        for filters in (Filters(), few, replace(few, compare="previous")):
            found = render(name, reading(filters), protected)
            columns = map(found.table.column, ("value", "low", "high", "in_words"))
            for item, (value, low, high, words) in zip(
                items(found), zip(*columns, strict=True), strict=True
            ):
                assert item["text"] in str(words)
                assert item["before_text"] in str(words)
                assert value is None or low <= value <= high
        assert not {"low", "high", "in_words"} & {c.code for c in found.table.on_page.columns}


def test_where_nobody_was_referred_for_the_first_time_the_line_is_nought(tmp_path: Path) -> None:
    release = made_of(tmp_path, requests=[request(step="second")])
    assert set(items(shown(release))[2]["series"]) == {0}


def test_indicators_carry_the_last_twelve_months_and_the_other_period(protected: Release) -> None:
    filters = Filters(period=Span(Month(2026, 7), Month(2026, 9)), compare="previous")
    item = items(shown(protected, filters))[1]
    before = Span(Month(2026, 4), Month(2026, 6))
    assert item["before"] == queries.total(protected, PEOPLE, filters, before)
    assert item["periods"][0] == "2025-10"
    assert len(item["series"]) == 12
    assert sum(item["series"][-3:]) == item["value"]
    assert f"Beside it Apr – Jun 2026: {item['before_text']}." in item["change"]
    alone = items(shown(protected, replace(filters, compare="usual")))[1]
    assert (alone["before"], alone["word"]) == (None, item["word"])


@pytest.mark.parametrize(
    ("now", "word", "direction", "arrow"),
    [
        (20, "more", "rose", "up"),
        (11, "unclear", "none", None),
        (10, "same", "none", "level"),
        (2, "fewer", "fell", "down"),
    ],
)
def test_a_number_has_the_word_of_the_judge(
    tmp_path: Path, now: int, word: str, direction: str, arrow: str | None
) -> None:
    people = steady(10, now, last=Month(2026, 3))
    release = made_of(tmp_path, people=people)
    item = items(shown(release, SETTLED))[1]
    assert (item["word"], item["direction"], item["arrow"]) == (word, direction, arrow)
    assert item["fewest"] < item["usual"] == 150 < item["most"]
    assert (item["fewest"] <= 15 * now <= item["most"]) == (direction == "none")
    text = translate(f"judge.{word}", "en")
    assert item["change"] == f"Usual {item['fewest']} to {item['most']} · {text}."


def test_what_hardly_changed_is_about_as_usual(tmp_path: Path) -> None:
    people = steady(100, 101, last=Month(2026, 3))
    release = made_of(tmp_path, people=people)
    found = shown(release, SETTLED)
    item = items(found)[1]
    assert (item["word"], item["direction"], item["arrow"]) == ("same", "none", "level")
    assert found.title.startswith("People identified: 1,515, about as usual (usual 1,")


def test_fewer_of_months_that_still_fill_up_cannot_be_said(tmp_path: Path) -> None:
    release = made_of(tmp_path, people=steady(20, 2))
    item = items(shown(release, LAST_QUARTER))[1]
    assert (item["word"], item["direction"]) == ("unsaid", "none")
    assert "· cannot be said. " in item["change"]
    assert item["change"].endswith(translate("judge.why_late", "en"))


def late_series(complete: float) -> list[tuple[str, str, str, int]]:
    """Editions that showed so much of their last month, and all of it three months later."""
    months = list(Span(Month(2023, 10), Month(2026, 9)))
    return [
        ("people", str(edition), str(month), round(50 * (complete if month == edition else 1)))
        for edition in months
        for month in months
        if 0 <= edition.minus(month) < 15
    ]


def test_months_that_fill_up_are_completed_where_editions_tell(tmp_path: Path) -> None:
    people = steady(10, 8, window=1)
    release = made_of(tmp_path, people=people, series=late_series(0.8))
    found = shown(release, Filters(period=Span.parse("2026-09")))
    item = items(found)[1]
    assert item["value"] == 40
    assert "sual so far " in item["change"]
    assert ", about 50 expected · " in item["change"]
    assert item["fewest"] <= 40 <= item["most"]
    lead = headline("overview", question_of(Filters(period=Span.parse("2026-09")), release)).lead
    assert "Reports still come in: about 50 in all are expected." in lead


def test_the_lead_says_what_the_last_quarter_is_where_the_period_is_as_usual(
    tmp_path: Path,
) -> None:
    release = made_of(tmp_path, incidents=steady(10, 14))
    year = Filters(period=Span.parse("2025-10..2026-09"))
    finding = headline("overview", question_of(year, release))
    assert finding.title.startswith("Reported incidents: 660, ")
    assert finding.lead[1].startswith("Jul – Sep 2026: 210, more than usual (usual ")
    quarter = replace(year, period=Span.parse("2026-07..2026-09"))
    assert len(headline("overview", question_of(quarter, release)).lead) == 1  # its title says so


@pytest.mark.parametrize(("band", "word"), [("none", "fewer"), ("more", "unsaid")])
def test_a_fall_that_a_partner_who_stopped_explains_cannot_be_said(
    tmp_path: Path, band: str, word: str
) -> None:
    shares = [("people", "2026-02", band, "none")]
    people = steady(10, 5, last=Month(2026, 3))
    release = made_of(tmp_path, people=people, shares=shares)
    item = items(shown(release, SETTLED))[1]
    assert item["word"] == word
    assert (translate("judge.why_partner", "en") in item["change"]) == (word == "unsaid")


def test_before_a_year_of_data_no_change_is_claimed(protected: Release) -> None:
    found = shown(protected, Filters(period=protected.span))
    assert {item["change"] for item in items(found)} == {""}
    assert translate("judge.why_history", "en") in found.notes
    assert all(item["arrow"] is None for item in items(found))
    assert found.title.endswith("incidents were reported, Oct 2023 – Sep 2026")


def test_who_wants_no_comparison_gets_none(protected: Release) -> None:
    found = shown(protected, Filters(compare="none"))
    assert all(not item["change"] and item["usual"] is None for item in items(found))
    assert "usual" not in {column.code for column in found.table.columns}


def test_the_headline_names_what_led(tmp_path: Path) -> None:
    incidents = [*steady(10, 10, place="BD20150004"), *steady(10, 30, place="BD20220094")]
    release = made_of(tmp_path, incidents=incidents)
    title = shown(release, LAST_QUARTER).title
    assert title.startswith("Reported incidents: 600, more than usual (usual ")
    assert title.endswith("), above all in Ukhia")


def test_what_is_not_kept_by_a_filter_says_so_in_place_of_a_number(protected: Release) -> None:
    found = shown(protected, Filters(sex=("female",), age=("15_18",)))
    tiles = {item["id"]: (item["value"], item["text"], item["series"]) for item in items(found)}
    assert tiles["incidents"] == (None, "not kept by sex and age", [])
    assert tiles["first_referrals"] == (None, "not kept by age", [])
    assert tiles["people"][0]
    assert found.unit == "people"
    rows = dict(zip(found.table.column("code"), found.table.column("value"), strict=True))
    assert rows["incidents"] is None
    assert "Incidents reported: not kept by sex and age" in found.description
    assert not any("are not kept by" in note for note in found.notes)


def test_a_number_under_a_filter_obeys_that_filter(protected: Release) -> None:
    women = Filters(sex=("female",))
    found = {item["id"]: item["value"] for item in items(shown(protected, women))}
    period = protected.default_period
    assert found["people"] == queries.total(protected, PEOPLE, women, period)
    by_step = dict(queries.counts(protected, REQUESTS, women, period, ("step",)))
    assert found["first_referrals"] == by_step["first"]


def test_the_headline_is_about_people_where_incidents_are_not_kept(tmp_path: Path) -> None:
    people = steady(10, 30, sex="female")
    release = made_of(tmp_path, people=people, incidents=steady(10, 10))
    found = shown(release, LAST_QUARTER.with_codes("sex", ("female",)))
    assert found.title.startswith("People identified: about 450, more than usual (usual ")
    assert shown(release, LAST_QUARTER).title.startswith("Reported incidents: 150, no clear")


def test_one_corridor_has_the_word_of_its_list(tmp_path: Path) -> None:
    """Alone a corridor would be called sooner than as one of many."""
    codes = ("bd_internal", "air_gulf", "bay_of_bengal_andaman", "camp_internal", "bd_nepal")
    incidents = [unit for code in codes for unit in steady(1, 1, corridor=code)]
    incidents += steady(1, 2, window=2, corridor="naf_river")
    release = made_of(tmp_path, incidents=incidents)
    chosen = LAST_QUARTER.with_codes("corridor", ("naf_river",))
    found = shown(release, chosen)
    (item, *_) = items(found)
    assert item["word"] == "unclear"
    # What is usual ends where "maybe more" begins.
    assert item["value"] > item["most"]
    reach = f"usual {item['fewest']} to {item['most']}"
    assert found.title.endswith(f"maybe more ({reach})")
    assert item["change"].startswith(f"U{reach[1:]} · maybe more.")
    assert (
        compare_codes(question_of(LAST_QUARTER, release), INCIDENTS, "corridor")
        .rows["naf_river"]
        .watched
    )
