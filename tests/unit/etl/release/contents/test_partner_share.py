"""A partner that stops or begins is told by a band, and nothing of it by a number."""

from __future__ import annotations

from datetime import date
from typing import get_args

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.partner_share import BANDS, Band
from dashboard.model.periods import Month, Span
from etl.release.contents.partner_share import (
    Reports,
    bands,
    new_share,
    read_reports,
    share_rows,
    silent_share,
)

FIRST = Month(2023, 1)
BASE = 5
NONE = ("none", "none")


def reports(*partners: list[int]) -> Reports:
    """Reports of partners, each by itself, with so many events a month."""
    whole = np.array(partners, dtype=np.int64)
    return Reports(FIRST, whole, whole.astype(float))


def told(own: Reports, at: int) -> tuple[Band, Band]:
    return bands(own, FIRST.plus(at), BASE)


def stopping(events: int, months: int = 24, since: int = 20) -> list[int]:
    return [events] * since + [0] * (months - since)


@pytest.mark.parametrize(
    ("share", "band"), [(2, "none"), (30, "under_third"), (34, "more"), (50, "more")]
)
def test_a_partner_that_stops_is_told_at_once_by_its_share(share: int, band: Band) -> None:
    rest = (100 - share) // 2
    own = reports(stopping(share), [rest] * 24, [100 - share - rest] * 24)
    assert told(own, 19) == NONE
    assert told(own, 20) == (band, "none")
    assert (told(own, 23)[0] == "none") == (band == "none")


def test_one_that_comes_back_is_neither_silent_nor_new() -> None:
    own = reports([30] * 20 + [0] * 2 + [30] * 2, [35] * 24, [35] * 24)
    assert [told(own, at)[0] for at in range(19, 24)] == [
        "none", "under_third", "under_third", "none", "none",
    ]  # fmt: skip
    assert told(own, 23)[1] == "none"


@pytest.mark.parametrize(
    # Of 60 in a hundred the band would leave seven numbers to whoever told the others.
    ("share", "band"),
    [(2, "none"), (30, "under_third"), (50, "more"), (60, "untold")],
)
def test_a_partner_that_begins_is_new(share: int, band: Band) -> None:
    rest = (100 - share) // 2
    own = reports([0] * 22 + [share] * 2, [rest] * 24, [100 - share - rest] * 24)
    assert told(own, 21) == NONE
    # Of three months in one of which it reports, it has a part of the events that is small enough.
    assert told(own, 23) == ("none", band)


def test_what_was_new_ages() -> None:
    own = reports([0] * 13 + [60] * 47, [70] * 60, [70] * 60)
    found = [told(own, at)[1] for at in (13, 30, 59)]
    assert found == ["under_third", "under_third", "none"]


def test_who_is_heard_in_the_first_months_was_there_before() -> None:
    early = reports([0, 0] + [50] * 22, [25] * 24, [25] * 24)
    assert told(early, 12) == NONE
    later = reports([0] * 3 + [50] * 21, [25] * 24, [25] * 24)
    assert told(later, 12) == ("none", "under_third")


def test_single_quiet_months_of_a_small_partner_say_nothing() -> None:
    small = [1, 0, 1, 1, 0, 0] * 6
    own = reports(small, [10] * 36, [8] * 36)
    assert {told(own, at) for at in range(36)} == {NONE}


def test_a_partner_that_comes_and_goes_is_silent_when_three_events_are_missing() -> None:
    own = reports(([6, 0, 0] * 6) + [0] * 6, [10] * 24, [10] * 24)
    # It told two a month: the second quiet month misses four.
    assert [told(own, at)[0] for at in (15, 16, 17)] == ["none", "none", "under_third"]
    assert told(own, 23) == ("under_third", "none")


def test_where_two_partners_report_a_change_is_untold() -> None:
    assert told(reports(stopping(30), [70] * 24), 20) == ("untold", "none")
    assert told(reports([0] * 22 + [30] * 2, [70] * 24), 23) == ("none", "untold")
    assert told(reports([30] * 24, [70] * 24), 20) == NONE


def test_a_third_partner_counts_in_the_three_months_to_the_one_that_is_told() -> None:
    steady, new = [40] * 25, [0] * 22 + [20] * 3
    assert told(reports(steady, new, [30] * 22 + [0] * 3), 23)[1] == "under_third"
    assert told(reports(steady, new, [0] * 24 + [30]), 23)[1] == "untold"


def test_where_one_partner_has_most_a_change_is_untold() -> None:
    own = reports(stopping(72), [20] * 24, [8] * 24)
    assert told(own, 20)[0] == "untold"


def test_months_with_less_than_a_year_before_them_say_nothing() -> None:
    own = reports(stopping(50, since=6), [25] * 24, [25] * 24)
    assert told(own, 11) == NONE
    assert told(own, 12)[0] == "more"


def test_events_of_three_years_ago_are_forgotten() -> None:
    own = reports(stopping(50, 60, 20), [25] * 60, [25] * 60)
    # Of its last two months that still count it has a twentieth.
    assert told(own, 54)[0] == "under_third"
    assert told(own, 55) == NONE


def test_an_event_of_two_partners_counts_for_each_with_half() -> None:
    months = [FIRST.plus(at).first_day for at in range(13)]
    rows = [(day, partner, 2, 10) for day in months for partner in "ab"]
    rows += [(day, "c", 1, 10) for day in months[:12]]
    own = Reports.of(rows, FIRST.plus(12))
    assert own.parts.sum(axis=1).tolist() == [65, 65, 120]
    assert own.whole.sum(axis=1).tolist() == [130, 130, 120]
    assert silent_share(own.parts, 12) == 0.5
    assert new_share(own.parts, 12) == 0


def test_nobody_reports() -> None:
    assert bands(Reports.of([], FIRST), FIRST, BASE) == NONE
    assert bands(Reports.of([], FIRST), FIRST.plus(20), BASE) == NONE


SMALL = st.lists(st.lists(st.integers(0, 40), min_size=30, max_size=30), min_size=1, max_size=5)


@given(SMALL, st.integers(0, 29))
def test_only_bands_are_told_and_where_one_partner_could_tell_another_none(
    partners: list[list[int]], at: int
) -> None:
    own = reports(*partners)
    silent, new = told(own, at)
    assert {silent, new} <= set(get_args(Band)) == set(BANDS)
    named = ("under_third", "more")
    if len(partners) < 3:
        assert silent not in named
        assert new not in named
    assert 0 <= silent_share(own.parts, at) <= 1
    assert at == 0 or 0 <= new_share(own.parts, at) <= 1 + 1e-9


@given(SMALL, st.integers(0, 29), st.permutations(range(5)))
def test_bands_are_the_same_whoever_reports(
    partners: list[list[int]], at: int, order: list[int]
) -> None:
    shuffled = [partners[number] for number in order if number < len(partners)]
    assert told(reports(*partners), at) == told(reports(*shuffled), at)


def test_what_was_told_stays_and_other_months_are_counted() -> None:
    own = reports(stopping(50), [25] * 24, [25] * 24)
    span = Span(FIRST.plus(19), FIRST.plus(22))
    before = [("people", FIRST.plus(20).first_day, "untold", "more")]
    assert share_rows({"people": own}, {"people": BASE}, span, before) == [
        ("people", FIRST.plus(19).first_day, "none", "none"),
        ("people", FIRST.plus(20).first_day, "untold", "more"),
        ("people", FIRST.plus(21).first_day, "more", "none"),
        ("people", FIRST.plus(22).first_day, "more", "none"),
    ]


@pytest.mark.parametrize(("after", "months"), [(None, 2), (FIRST, 1)])
def test_only_events_that_are_published_count(after: Month | None, months: int) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            """CREATE SCHEMA events; CREATE SCHEMA units;
            CREATE TABLE events.people (record_key VARCHAR, month DATE, n BIGINT);
            INSERT INTO events.people VALUES ('one', DATE '2023-01-01', 2),
                ('both', DATE '2023-02-01', 3), ('waits', DATE '2023-02-01', 1),
                ('beyond', DATE '2023-03-01', 1);
            CREATE TABLE events.partner (fact VARCHAR, record_key VARCHAR, partner VARCHAR);
            INSERT INTO events.partner VALUES ('people', 'one', 'a'), ('people', 'both', 'a'),
                ('people', 'both', 'b'), ('people', 'waits', 'c'), ('people', 'beyond', 'd'),
                ('incidents', 'one', 'e');
            CREATE TABLE units.ledger AS SELECT DISTINCT fact, record_key FROM events.partner
                WHERE record_key <> 'waits'"""
        )
        own = read_reports(connection, "people", Month(2023, 2), after)
    assert own.first == Month(2023, 3 - months)
    assert own.whole.tolist() == [[2, 3][-months:], [0, 3][-months:]]
    assert own.parts.sum() == (5 if after is None else 3)
    assert own.first.first_day > (after.first_day if after else date.min)
