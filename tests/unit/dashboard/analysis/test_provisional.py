"""Months whose late reports are still expected."""

from __future__ import annotations

import pytest

from dashboard.analysis.provisional import provisional_span
from dashboard.model.periods import Month, Span


@pytest.mark.parametrize(
    ("end", "first"),
    [
        (Month(2026, 9), Month(2026, 7)),  # the second quarter's late reports came with September
        (Month(2026, 10), Month(2026, 7)),
        (Month(2026, 11), Month(2026, 7)),
        (Month(2026, 12), Month(2026, 10)),
    ],
)
def test_a_month_is_settled_once_a_quarter_ended_three_months_after_it(
    end: Month, first: Month
) -> None:
    assert provisional_span(Span(Month(2024, 1), end)) == Span(first, end)


def test_a_release_of_a_few_months_is_provisional_as_a_whole() -> None:
    whole = Span(Month(2026, 9), Month(2026, 10))
    assert provisional_span(whole) == whole


def test_figures_that_were_final_when_published_never_are() -> None:
    assert provisional_span(Span(Month(2020, 11), Month(2020, 11)), final=True) is None
