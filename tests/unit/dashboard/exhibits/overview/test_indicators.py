"""Indicators and the headline: what was reported, how it changed, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard import exhibits, queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.facts import ENDINGS, INCIDENTS, PEOPLE, REQUESTS
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import build_release, day

exhibits.load()
SEPTEMBER = Filters(period=Span(Month(2026, 9), Month(2026, 9)))


def shown(release: Release, filters: Filters = Filters()) -> Exhibit:  # noqa: B008
    return render("overview.indicators", reading(filters), release)


def items(found: Exhibit) -> list[dict[str, Any]]:
    assert found.figure is not None
    return found.figure["items"]


def made_of(path: Path, base: int, *, exact: bool = True, **units: Any) -> Release:
    """Two months: August and September 2026."""
    return Release(build_release(path, base=base, months=2, exact=exact, units=units))


def units(month: str, count: int, size: int = 5, **values: object) -> list[Mapping[str, object]]:
    return [{"month": day(month), "size": size, "place_role": "exploitation", **values}] * count


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


def test_indicators_carry_the_period_before_and_the_last_twelve_months(protected: Release) -> None:
    filters = Filters(period=Span(Month(2026, 7), Month(2026, 9)))
    item = items(shown(protected, filters))[1]
    before = Span(Month(2026, 4), Month(2026, 6))
    assert item["before"] == queries.total(protected, PEOPLE, filters, before)
    assert item["periods"][0] == "2025-10"
    assert len(item["series"]) == 12
    assert sum(item["series"][-3:]) == item["value"]
    assert "Apr – Jun 2026" in item["change"]


@pytest.mark.parametrize(
    ("now", "exact", "direction", "arrow", "words"),
    [
        (20, True, "rose", "up", "rose: 50 more than in Aug 2026"),
        (12, True, "none", None, "no clear change: 50 in Aug 2026"),
        (12, False, "none", None, "no clear change: about 50 in Aug 2026"),
        (10, True, "none", None, "no clear change: 50 in Aug 2026"),
        (20, False, "rose", "up", "rose: about 50 more than in Aug 2026"),
        (4, True, "fell", "down", "fell: 30 fewer than in Aug 2026"),
    ],
)
def test_a_change_needs_more_than_protection_and_chance_could_make(
    tmp_path: Path, now: int, exact: bool, direction: str, arrow: str | None, words: str
) -> None:
    people = [*units("2026-08", 10), *units("2026-09", now)]
    release = made_of(tmp_path / "change.duckdb", 5, exact=exact, people=people)
    item = items(shown(release, SEPTEMBER))[1]
    assert (item["direction"], item["arrow"], item["change"]) == (direction, arrow, words)
    release.close()


@pytest.mark.parametrize(
    ("last", "word"), [("2026-06", "about the same"), ("2026-09", "no clear change")]
)
def test_nothing_is_about_the_same_while_its_reports_are_awaited(
    tmp_path: Path, last: str, word: str
) -> None:
    end = Month.of(day(last))
    period = Span(end.plus(-2), end)
    people = [*units(str(end.plus(-3)), 100), *units(str(end), 102)]
    path = build_release(tmp_path / "late.duckdb", months=12, units={"people": people})
    release = Release(path)
    item = items(shown(release, Filters(period=period)))[1]
    assert (item["direction"], item["word"]) == ("none", word)
    release.close()


def test_what_hardly_changed_is_about_the_same(tmp_path: Path) -> None:
    people = [*units("2026-08", 100), *units("2026-09", 102)]
    release = made_of(tmp_path / "level.duckdb", 5, people=people)
    found = shown(release, SEPTEMBER)
    item = items(found)[1]
    assert (item["direction"], item["kind"], item["arrow"]) == ("none", "level", "level")
    assert (item["word"], item["change"]) == ("about the same", "about the same: 500 in Aug 2026")
    assert found.title == "People identified, about the same: 510, after 500 in Aug 2026"
    release.close()


def test_how_far_a_change_may_go_is_said_in_percent(tmp_path: Path) -> None:
    people = [*units("2026-08", 10), *units("2026-09", 12)]
    release = made_of(tmp_path / "interval.duckdb", 1, people=people)
    found = shown(release, SEPTEMBER)
    assert items(found)[1]["interval"] == "between 18 % fewer and 75 % more"
    assert (found.table.column("low")[1], found.table.column("high")[1]) == (-18, 75)
    assert "People identified: 60, no clear change: 50 in Aug 2026 (between 18 %" in (
        found.description
    )
    release.close()


@pytest.mark.parametrize(
    ("exact", "words"),
    [(False, "in a range too wide to say"), (True, "between 74 % and 100 % fewer")],
)
def test_no_percentage_is_said_of_a_protected_number_below_twenty(
    tmp_path: Path, exact: bool, words: str
) -> None:
    people = units("2026-08", 3)
    release = made_of(tmp_path / "small.duckdb", 5, exact=exact, people=people)
    assert items(shown(release, SEPTEMBER))[1]["interval"] == words
    release.close()


def test_a_fall_while_late_reports_are_expected_says_so(tmp_path: Path) -> None:
    people = [*units("2026-06", 30), *units("2026-09", 8)]
    path = build_release(tmp_path / "late.duckdb", months=12, units={"people": people})
    release = Release(path)
    filters = Filters(period=Span(Month(2026, 7), Month(2026, 9)))
    assert items(shown(release, filters))[1]["change"] == (
        "fell: 110 fewer than in Apr – Jun 2026; late reports still expected"
    )
    release.close()


def test_without_data_to_compare_with_no_change_is_claimed(protected: Release) -> None:
    found = shown(protected, Filters(period=protected.span))
    assert all(item["arrow"] is None and not item["change"] for item in items(found))
    assert any("no change is shown" in note for note in found.notes)
    assert found.title.endswith("incidents were reported, Oct 2023 – Sep 2026")
    assert "low" not in {column.code for column in found.table.columns}


@pytest.mark.parametrize(
    ("august", "september", "title"),
    [
        # September had more reporting partners, so nothing leads a rise beyond doubt
        (10, 20, "Reported incidents rose to 100 from 50 in Aug 2026"),
        (20, 10, "Reported incidents fell to 50 from 100 in Aug 2026, most in Chattogram"),
        (10, 12, "Reported incidents, no clear change: 60, after 50 in Aug 2026"),
    ],
)
def test_the_headline_says_what_incidents_did_and_what_led(
    tmp_path: Path, august: int, september: int, title: str
) -> None:
    incidents = [
        *units("2026-08", august, place="BD20150004"),
        *units("2026-09", september, place="BD20220094"),
    ]
    release = made_of(tmp_path / "headline.duckdb", 5, incidents=incidents)
    assert shown(release, SEPTEMBER).title == title
    release.close()


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [("3_5", "1_2", "more"), ("1_2", "3_5", "fewer"), ("3_5", "3_5", "")],
)
def test_the_lead_says_whether_as_many_partners_reported(
    tmp_path: Path, now: str, before: str, said: str
) -> None:
    path = build_release(tmp_path / "lead.duckdb", months=2)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "UPDATE coverage SET reporting_band = if(month = DATE '2026-09-01', ?, ?)",
            [now, before],
        )
    release = Release(path)
    lead = headline(
        "overview", Question(release, SEPTEMBER, Span(Month(2026, 9), Month(2026, 9)), {})
    ).lead
    assert lead[0].startswith("Sep 2026 compared with Aug 2026")
    partners = [sentence for sentence in lead if "partners" in sentence]
    assert partners == (
        [f"Across the country, {said} partners reported than in Aug 2026."] * bool(said)
    )
    release.close()


def test_what_is_not_kept_by_a_filter_says_so_in_place_of_a_number(protected: Release) -> None:
    found = shown(protected, Filters(sex=("female",), age=("15_18",)))
    said = {item["id"]: (item["value"], item["text"], item["series"]) for item in items(found)}
    assert said["incidents"] == (None, "not kept by sex and age", [])
    assert said["first_referrals"] == (None, "not kept by age", [])
    assert said["people"][0]
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
    people = [*units("2026-08", 10, sex="female"), *units("2026-09", 20, sex="female")]
    incidents = [*units("2026-08", 40), *units("2026-09", 10)]
    release = made_of(tmp_path / "women.duckdb", 5, people=people, incidents=incidents)
    found = shown(release, SEPTEMBER.with_codes("sex", ("female",)))
    assert found.title == "People identified rose to about 100 from about 50 in Aug 2026"
    assert shown(release, SEPTEMBER).title.startswith("Reported incidents fell to 50 from 200")
    release.close()


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (11, "Three times as many would have shown; a doubling might not."),
        (40, ""),
    ],
)
def test_the_lead_says_what_would_have_shown_where_nothing_did(
    tmp_path: Path, now: int, said: str
) -> None:
    people = [*units("2026-08", 8, sex="female"), *units("2026-09", now, sex="female")]
    release = made_of(tmp_path / "lead.duckdb", 5, people=people)
    filters = SEPTEMBER.with_codes("sex", ("female",))
    lead = headline("overview", Question(release, filters, Span.parse("2026-09"), {})).lead
    assert ("would have shown" in " ".join(lead)) == bool(said)
    assert said == "" or said in lead
    release.close()
