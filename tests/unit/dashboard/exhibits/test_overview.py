"""The overview: indicators, exploitation, age by sex."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dashboard import exhibits, queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.facts import ENDINGS, INCIDENTS, PEOPLE, REQUESTS
from dashboard.model.periods import Month, Span
from dashboard.releases import Release
from tests.support.releases import build_release, day
from tests.support.views import reading

exhibits.load()


def shown(release: Release, exhibit_id: str, filters: Filters = Filters()) -> Exhibit:  # noqa: B008
    return render(exhibit_id, reading(filters), release)


def made_of(path: Path, base: int, **units: list[Mapping[str, object]]) -> Release:
    """Two months: August and September 2026."""
    return Release(build_release(path, base=base, months=2, units=units))


def units(month: str, count: int, size: int = 5, **values: object) -> list[Mapping[str, object]]:
    return [{"month": day(month), "size": size, **values}] * count


def test_indicators_are_the_totals_of_their_facts(protected: Release) -> None:
    period = protected.default_period
    items = {item["id"]: item for item in shown(protected, "overview.indicators").figure["items"]}
    filters = Filters()
    for name, fact in (("incidents", INCIDENTS), ("people", PEOPLE)):
        assert items[name]["value"] == queries.total(protected, fact, filters, period)
    first = dict(queries.counts(protected, REQUESTS, filters, period, ("step",)))["first"]
    done = dict(queries.counts(protected, ENDINGS, filters, period, ("status",)))["done"]
    assert items["first_referrals"]["value"] == first
    assert items["services"]["value"] == done


def test_indicators_carry_the_period_before_and_the_last_twelve_months(protected: Release) -> None:
    filters = Filters(period=Span(Month(2026, 7), Month(2026, 9)))
    item = shown(protected, "overview.indicators", filters).figure["items"][1]
    before = Span(Month(2026, 4), Month(2026, 6))
    assert item["before"] == queries.total(protected, PEOPLE, filters, before)
    assert item["periods"][0] == "2025-10"
    assert len(item["series"]) == 12
    assert sum(item["series"][-3:]) == item["value"]
    assert "from Apr – Jun 2026" in item["change"] or "than in Apr – Jun 2026" in item["change"]


@pytest.mark.parametrize(
    ("now", "base", "direction", "arrow", "words"),
    [
        (13, 5, "rose", "up", "rose: 15 more than in Aug 2026"),
        (12, 5, "none", None, "no clear change from Aug 2026"),
        (7, 5, "fell", "down", "fell: 15 fewer than in Aug 2026"),
    ],
)
def test_an_arrow_needs_more_than_protection_could_make(
    tmp_path: Path, now: int, base: int, direction: str, arrow: str | None, words: str
) -> None:
    people = [*units("2026-08", 10), *units("2026-09", now)]
    release = made_of(tmp_path / "change.duckdb", base, people=people)
    filters = Filters(period=Span(Month(2026, 9), Month(2026, 9)))
    item = shown(release, "overview.indicators", filters).figure["items"][1]
    assert (item["direction"], item["arrow"], item["change"]) == (direction, arrow, words)
    release.close()


def test_without_data_to_compare_with_no_change_is_claimed(protected: Release) -> None:
    found = shown(protected, "overview.indicators", Filters(period=protected.span))
    assert all(item["arrow"] is None and not item["change"] for item in found.figure["items"])
    assert any("no change is shown" in note for note in found.notes)
    assert found.title.endswith("incidents were reported, Oct 2023 – Sep 2026")


def test_the_headline_says_what_incidents_did(tmp_path: Path) -> None:
    incidents = [*units("2026-08", 10), *units("2026-09", 14)]
    release = made_of(tmp_path / "headline.duckdb", 5, incidents=incidents)
    filters = Filters(period=Span(Month(2026, 9), Month(2026, 9)))
    title = shown(release, "overview.indicators", filters).title
    assert title == "Reported incidents rose to 70 from 50 in Aug 2026"
    release.close()


def test_exploitation_is_a_share_of_people_with_any_answer(tmp_path: Path) -> None:
    people = [
        *units("2026-09", 6, exploitation=["forced_labour"]),
        *units("2026-09", 2, exploitation=["forced_labour", "sexual_exploitation"]),
        *units("2026-09", 4, exploitation=["sexual_exploitation"]),
        *units("2026-09", 8, exploitation=[]),
    ]
    release = made_of(tmp_path / "ctdc.duckdb", 1, people=people)
    found = shown(release, "overview.exploitation")
    assert found.title == "Forced labour is reported for 67 % of people whose exploitation is known"
    assert found.table.rows == (
        ("forced_labour", "Forced labour", 40, 67),
        ("sexual_exploitation", "Sexual exploitation", 30, 50),
    )
    assert any("more than 100 %" in note for note in found.notes)
    assert found.description.startswith("100 people in all.")
    release.close()


def test_two_forms_within_protections_error_are_called_close(tmp_path: Path) -> None:
    people = [
        *units("2026-09", 10, exploitation=["forced_labour"]),
        *units("2026-09", 9, exploitation=["sexual_exploitation"]),
    ]
    release = made_of(tmp_path / "close.duckdb", 5, people=people)
    assert shown(release, "overview.exploitation").title == (
        "Forced labour and sexual exploitation are reported about equally often"
    )
    release.close()


def test_a_field_that_was_never_recorded_is_not_called_empty(tmp_path: Path) -> None:
    release = made_of(tmp_path / "none.duckdb", 5, people=units("2026-09", 10))
    found = shown(release, "overview.exploitation")
    assert found.figure is None
    assert found.title == "Of 50 people in Aug – Sep 2026, none has this recorded."
    release.close()


def test_age_by_sex_names_the_largest_group(tmp_path: Path) -> None:
    people = [
        *units("2026-09", 20, sex="female", age_band="25_49"),
        *units("2026-09", 10, sex="male", age_band="under_15"),
        *units("2026-09", 2, sex="unknown", age_band="unknown"),
    ]
    release = made_of(tmp_path / "ages.duckdb", 5, people=people)
    found = shown(release, "overview.age-sex")
    assert found.title == (
        "The largest group is women and girls aged 25–49: 63 % of people identified"
    )
    assert found.table.column("female") == (0, 0, 0, 100, 0, 0, 0)
    assert found.table.column("male") == (50, 0, 0, 0, 0, 0, 0)
    assert found.table.column("unknown") == (0, 0, 0, 0, 0, 0, 10)
    assert any(note.startswith("About 10 people of other or unknown sex") for note in found.notes)
    release.close()
