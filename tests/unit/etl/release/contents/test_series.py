"""What editions showed of their latest months, and what stands in for editions that never were."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dashboard.model.periods import Month, Span
from etl.release.contents.series import (
    AGES,
    EDITIONS,
    Ints,
    Lateness,
    carried_rows,
    in_steps,
    own_rows,
    pseudo_rows,
    scaled_rows,
    shares_reported,
)

FIRST = Month(2023, 1)
MAY = Month(2023, 5)


def lateness(reported: list[list[int]], *, undated: int = 0, tells: bool = True) -> Lateness:
    """Reports by month of the record and of the report, the last column for later ones."""
    months = len(reported)
    return Lateness(
        FIRST,
        np.array(reported, dtype=np.int64),
        np.full(months, undated, dtype=np.int64),
        np.full(months, tells),
    )


#: Of a hundred, sixty are reported in the month itself, twenty in the next, ten in the one after.
LATE = lateness([[60, 20, 10, 10], [0, 60, 20, 20], [0, 0, 60, 40]])


def test_half_of_what_is_reported_in_the_month_after_is_there_when_an_edition_closes() -> None:
    shares = shares_reported(LATE)
    # 60 and half of 20; 80 and half of 10; 90 and half of 10.
    assert [int(shares[edition, 0]) for edition in range(3)] == [14, 17, 19]
    assert int(shares[1, 1]) == 14


def test_shares_are_told_under_the_rule_and_where_nine_in_ten_say_when() -> None:
    assert (shares_reported(lateness([[90, 0]], undated=10)) == 20).all()
    assert (shares_reported(lateness([[89, 0]], undated=11)) == -1).all()
    assert (shares_reported(lateness([[90, 0]], tells=False)) == -1).all()
    assert (shares_reported(lateness([[0, 0]])) == -1).all()


@given(arrays.arrays(np.int64, (6, 7), elements=st.integers(0, 50)), arrays.arrays(np.bool_, 6))
def test_a_share_grows_with_editions_and_is_a_step_or_nothing(reported: Ints, tells) -> None:
    shares = shares_reported(Lateness(FIRST, reported, np.zeros(6, dtype=np.int64), tells))
    assert set(shares.ravel().tolist()) <= {-1, *range(21)}
    assert (np.diff(shares, axis=0) >= 0).all()
    assert (shares[:, ~tells] == -1).all()


def test_pseudo_editions_tell_the_shown_total_in_shares() -> None:
    shown = {FIRST: 200, FIRST.plus(1): 50}
    rows = pseudo_rows("people", LATE, shown, FIRST.plus(2))
    january, february = FIRST.first_day, FIRST.plus(1).first_day
    assert rows == [
        ("people", january, january, 140),
        ("people", february, january, 170),
        ("people", february, february, 35),
    ]


def test_pseudo_editions_are_those_of_three_years_with_fifteen_months_each() -> None:
    months = 60
    reported = np.zeros((months, months + 1), dtype=np.int64)
    reported[np.arange(months), np.arange(months)] = 30
    own = Lateness(FIRST, reported, np.zeros(months, dtype=np.int64), np.ones(months, dtype=bool))
    last = FIRST.plus(months - 1)
    rows = pseudo_rows("people", own, {month: 30 for month in Span(FIRST, last)}, last)
    assert {Month.of(row[1]) for row in rows} == set(Span(last.plus(-EDITIONS), last.plus(-1)))
    assert {Month.of(e).minus(Month.of(m)) for _, e, m, _ in rows} == set(range(AGES))
    assert len(rows) == EDITIONS * AGES
    assert {row[3] for row in rows} == {30}


def test_an_edition_tells_its_last_fifteen_months_and_no_fact_that_it_does_not_hold() -> None:
    span = Span(FIRST, FIRST.plus(19))
    rows = own_rows({"people": {FIRST: 9, FIRST.plus(6): 20}, "requests": {}}, span)
    assert {row[0] for row in rows} == {"people"}
    assert {row[1] for row in rows} == {span.end.first_day}
    assert [row[3] for row in rows] == [0, 20, *[0] * 13]


def test_a_newer_edition_of_the_same_month_takes_the_place_of_the_older() -> None:
    own = [("people", MAY.first_day, MAY.first_day, 10)]
    april, long_ago = Month(2023, 4).first_day, MAY.plus(-EDITIONS - 1).first_day
    kept = [("people", april, april, 7)]
    gone = [("people", MAY.first_day, MAY.first_day, 9), ("people", long_ago, long_ago, 5)]
    assert carried_rows(own, [*kept, *gone], MAY) == [*kept, *own]
    later = date(2023, 6, 1)
    assert carried_rows(own, [("people", later, later, 1)], MAY) == own


def test_the_public_has_the_shares_of_the_members() -> None:
    january, february, march = (FIRST.plus(step).first_day for step in range(3))
    told = [
        ("people", january, january, 70),
        ("people", february, january, 85),
        ("people", february, february, 40),
        ("people", march, january, 100),
        ("incidents", january, january, 3),
    ]
    members = {"people": {FIRST: 100, FIRST.plus(1): 50, FIRST.plus(2): 10}, "incidents": {}}
    shown = {"people": {FIRST: 120}, "incidents": {}}
    assert scaled_rows(told, members, shown, FIRST.plus(2)) == [
        ("people", january, january, 84),
        ("people", february, january, 102),
    ]


@given(st.integers(0, 10_000), st.integers(0, 20))
def test_a_part_is_the_nearest_whole_number(total: int, step: int) -> None:
    assert abs(in_steps(total, step) - total * step / 20) <= 0.5
