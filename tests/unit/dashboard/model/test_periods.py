"""Months and spans: what the whole product counts time by."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.periods import Month, Span

months = st.builds(Month, st.integers(2000, 2049), st.integers(1, 12))
spans = st.tuples(months, months).map(sorted).map(lambda ends: Span(*ends))


@given(months, st.integers(-600, 600))
def test_moving_and_counting_months_agree(month: Month, step: int) -> None:
    assert month.plus(step).minus(month) == step
    assert month.plus(step).plus(-step) == month


@given(spans)
def test_a_span_reads_back_from_its_text_and_holds_its_months(span: Span) -> None:
    assert Span.parse(str(span)) == span
    assert len(list(span)) == span.months
    assert [month for month in span if not Span(month, month).within(span)] == []


@given(spans)
def test_the_span_before_ends_where_this_one_starts(span: Span) -> None:
    before = span.previous()
    assert before.months == span.months
    assert before.end.plus(1) == span.start
    assert span.last_year().end.plus(12) == span.end


@given(spans)
def test_quarters_hold_the_span_and_start_in_january_april_july_or_october(span: Span) -> None:
    quarters = span.snapped("quarter")
    assert span.within(quarters)
    assert quarters.months % 3 == 0
    assert quarters.start.month in (1, 4, 7, 10)
    assert quarters.months - span.months <= 4
    assert span.snapped("month") is span
    assert quarters.ends_quarter
    assert span.ends_quarter == (span.end == quarters.end)


@given(spans, spans)
def test_clipping_keeps_exactly_the_months_of_both(first: Span, second: Span) -> None:
    clipped = first.clipped(second)
    shared = [month for month in first if second.start <= month <= second.end]
    assert list(clipped or ()) == shared


@pytest.mark.parametrize(
    "text", ["2026", "2026-13", "2026-00", "26-01", "2026-01-05", "", "٢٠٢٦-٠١"]
)
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Span.parse("2026-02..2026-01")


def test_days_fall_into_their_month() -> None:
    assert Month.of(date(2026, 9, 30)) == Month(2026, 9)
    assert Month(2026, 9).first_day == date(2026, 9, 1)
