"""What the bar says is what the address says."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.components.filter_panels import area_options, presets
from dashboard.components.filter_status import Count, count_in_words, status, summaries
from dashboard.filters import Filters, Reading, Unknown
from dashboard.model.facts import INCIDENTS, PEOPLE, REQUESTS
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from tests.support import fragments

COUNTS = {"people": Count(1285, "about 1,285"), "incidents": Count(1, "1")}


def reading(*, ignored: tuple[Unknown, ...] = (), **filters: Any) -> Reading:
    return Reading(Filters(**filters), {"level": "upazila"}, ignored)


def test_without_filters_each_menu_says_that_all_is_shown(protected: Release) -> None:
    said = summaries(protected, reading())
    assert said["area"] == "All areas"
    assert said["people"] == "Everybody"
    assert said["active"] == ""


def test_one_choice_is_named_and_several_are_counted(protected: Release) -> None:
    said = summaries(protected, reading(sex=("female",), mode=("land", "sea")))
    assert said["people"] == "Female"
    assert said["mode"] == "2 chosen"
    assert said["active"] == "· 2 active"


@pytest.mark.parametrize(
    ("compare", "said"),
    [("usual", "What is usual"), ("previous", "Apr – Jun 2026"), ("last-year", "Jul – Sep 2025"),
     ("none", "Nothing")],
)  # fmt: skip
def test_what_numbers_are_held_against_is_named(
    protected: Release, compare: str, said: str
) -> None:
    period = Span(Month(2026, 7), Month(2026, 9))
    assert summaries(protected, reading(period=period, compare=compare))["compare"] == said


def test_months_that_are_not_compared_are_not_named(protected: Release) -> None:
    unfinished = reading(period=Span(Month(2026, 1), Month(2026, 12)), compare="previous")
    assert summaries(protected, unfinished)["compare"] == "No equal months"
    said = "A part is not compared with a whole period."
    assert said in fragments.said(status(protected, unfinished, COUNTS))
    usual = reading(period=unfinished.filters.period)
    assert said not in fragments.said(status(protected, usual, COUNTS))


def test_a_page_that_does_not_show_the_months_compared_with_says_so(protected: Release) -> None:
    compared = reading(period=Span.parse("2026-07..2026-09"), compare="last-year")
    said = "No card of this page shows the months compared with, Jul – Sep 2025."
    assert said in fragments.said(status(protected, compared, COUNTS, [PEOPLE]))
    assert said not in fragments.said(status(protected, compared, COUNTS, [PEOPLE], compares=True))


def test_a_chip_takes_only_itself_away(protected: Release) -> None:
    found = status(protected, reading(sex=("female", "male"), area=("BD20",)), COUNTS)
    assert fragments.values(found, "href") == [
        "?level=upazila&sex=female,male",
        "?area=BD20&level=upazila&sex=male",
        "?area=BD20&level=upazila&sex=female",
    ]


def test_the_chip_of_a_period_leads_back_to_the_default(protected: Release) -> None:
    period = Span(Month(2026, 7), Month(2026, 9))
    found = status(protected, reading(period=period), COUNTS)
    assert fragments.values(found, "href") == ["?level=upazila"]


def test_numbers_are_said_with_thousands_and_in_singular(protected: Release) -> None:
    assert count_in_words(COUNTS, "en") == "About 1,285 people · 1 incident"
    assert "about 1,285 people · 1 incident" in fragments.said(status(protected, reading(), COUNTS))


def test_freshness_names_the_last_day_of_the_data_and_the_release(protected: Release) -> None:
    line = status(protected, reading(), COUNTS)
    assert "Data to 30 Sep 2026" in fragments.said(line)
    assert fragments.values(line, "data-release") == [protected.id]


@pytest.mark.parametrize(
    ("compare", "said"),
    [("previous", "Beside the months before"), ("last-year", "Against a year earlier"),
     ("none", "Without comparison")],
)  # fmt: skip
def test_a_comparison_of_choice_has_a_chip_that_leads_back(
    protected: Release, compare: str, said: str
) -> None:
    found = status(protected, reading(compare=compare), COUNTS)
    assert fragments.values(found, "href") == ["?level=upazila"]
    assert said in fragments.said(found)


def test_counts_that_the_filters_do_not_reach_are_named(protected: Release) -> None:
    chosen = reading(sex=("female",), status=("refugee",), area=("BD20",))
    said = fragments.said(status(protected, chosen, COUNTS, (PEOPLE, INCIDENTS, REQUESTS)))
    assert "Not kept by sex, so not shown: incidents reported." in said
    assert "by legal status, so not shown: incidents reported, referrals requested." in said
    assert "so not shown" not in fragments.said(status(protected, chosen, COUNTS, (PEOPLE,)))


def test_what_was_ignored_is_said_in_words(protected: Release) -> None:
    found = reading(ignored=(Unknown("sex", "foo"),))
    assert "“foo” is not known" in fragments.said(status(protected, found, COUNTS))


def test_presets_lie_within_the_release_and_quarters_are_closed() -> None:
    whole = Span(Month(2025, 3), Month(2026, 8))
    named = presets(whole, Span.last(12, until=whole.end))
    assert named["this_quarter"] == Span(Month(2026, 4), Month(2026, 6))
    assert named["this_year"] == Span(Month(2026, 1), Month(2026, 8))
    assert "last_year" not in named
    assert named["last_month"] == Span(Month(2026, 8), Month(2026, 8))
    assert all(entry.within(whole) for entry in named.values())


def test_two_names_of_one_period_are_offered_once() -> None:
    month = Span(Month(2020, 11), Month(2020, 11))
    assert presets(month, month) == {"last_12": month}


def test_areas_are_found_by_both_names(protected: Release) -> None:
    found = next(o for o in area_options(protected, "en") if o["value"] == "BD2022")
    assert found["label"].startswith("Cox's Bazar · district")
    assert found["search"].split("\n") == ["Cox's Bazar", protected.places["BD2022"].name_local]
