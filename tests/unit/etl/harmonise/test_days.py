from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.codes import AGE_BAND
from dashboard.model.country import PACK
from etl.declaration.source import Column
from etl.harmonise.days import Day, age, child_of_band, day, days_between, in_english, month

TODAY = date(2026, 6, 15)
EUROPEAN = Column("Date", "derive", "month", formats=("%d/%m/%Y",), missing=frozenset({"na"}))
YEARS = Column("Age", "derive", "age_band", missing=frozenset({"na"}))
DAYS = st.dates(date(2000, 1, 1), TODAY)


@given(DAYS)
def test_a_written_day_becomes_the_first_of_its_month(written: date) -> None:
    found = day(EUROPEAN, (written.strftime("%d/%m/%Y"),), TODAY).value
    assert month(found) == f"{written:%Y-%m}-01"
    assert found == day(EUROPEAN, (written,), TODAY).value


@given(DAYS)
def test_a_day_in_another_format_is_never_guessed(written: date) -> None:
    for text in (written.isoformat(), f"{written:%d.%m.%Y}", f"{written:%d/%m/%y}"):
        assert day(EUROPEAN, (text,), TODAY).rule == "bad_month"


def test_months_come_before_days_only_where_declared() -> None:
    assert day(EUROPEAN, ("03/25/2025",), TODAY).rule == "bad_month"


def test_the_future_and_the_last_century_are_refused() -> None:
    assert day(EUROPEAN, (TODAY + timedelta(days=1),), TODAY).rule == "future_month"
    assert day(EUROPEAN, ("31/12/1999",), TODAY).rule == "old_month"
    assert day(EUROPEAN, (TODAY,), TODAY).rule is None


def test_an_empty_or_missing_cell_says_nothing() -> None:
    assert day(EUROPEAN, ("",), TODAY).value is None
    assert day(EUROPEAN, ("NA",), TODAY).rule is None


def test_a_year_alone_is_known_to_the_year() -> None:
    column = Column("Year", "derive", "month", formats=("%Y %B", "%Y"), joined="Month")
    assert day(column, ("2025", "March"), TODAY).value == Day(date(2025, 3, 1), "month")
    assert day(column, ("2025", ""), TODAY).value == Day(date(2025, 1, 1), "year")


@given(DAYS, DAYS)
def test_days_between_add_up_or_are_refused(start: date, end: date) -> None:
    answer = days_between((Day(start, "month"), Day(end, "month")))
    if end < start:
        assert answer.rule == "negative_days"
    else:
        assert start + timedelta(days=int(answer.value or "")) == end


@pytest.mark.parametrize(
    ("years", "band", "child"),
    [
        ("0", "under_15", "yes"),
        ("14", "under_15", "yes"),
        ("15", "15_18", "yes"),
        ("17.0", "15_18", "yes"),
        ("18", "15_18", "no"),
        ("19", "19_24", "no"),
        ("24", "19_24", "no"),
        ("25", "25_49", "no"),
        ("49", "25_49", "no"),
        ("50", "50_60", "no"),
        ("60", "50_60", "no"),
        ("61", "over_60", "no"),
        ("", "unknown", "unknown"),
        ("NA", "unknown", "unknown"),
    ],
)
def test_ages_fall_into_the_working_groups_bands(years: str, band: str, child: str) -> None:
    assert age(YEARS, years).value == (band, child)


@pytest.mark.parametrize("text", ["-1", "17.5", "17 years", "121", "seventeen", "1e1", "9" * 5000])
def test_what_is_no_age_is_refused(text: str) -> None:
    assert age(YEARS, text).rule == "bad_age"


def test_a_band_alone_tells_child_or_adult_except_at_the_edge() -> None:
    told = {band: child_of_band(band) for band in AGE_BAND.values}
    assert told == {
        "under_15": "yes",
        "15_18": "unknown",
        "19_24": "no",
        "25_49": "no",
        "50_60": "no",
        "over_60": "no",
        "unknown": "unknown",
    }


def test_names_of_months_may_have_plain_letters_in_any_case() -> None:
    months = (("enero",), ("febrero",), ("marzo", "marso"), *PACK.languages["bn"].months[3:])
    own = replace(PACK.languages["bn"], months=months)
    assert in_english("3 MARSO 2026", own) == "3 March 2026"
    assert in_english("3 marzo 2026; 12 de Enero", own) == "3 March 2026; 12 de January"
    assert in_english("marzos 2026", own) == "marzos 2026"
