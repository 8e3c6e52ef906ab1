"""Months and periods in words."""

from __future__ import annotations

import pytest

from dashboard.model.periods import Span
from dashboard.words import dates


@pytest.mark.parametrize(
    ("span", "text"),
    [
        ("2025-10..2026-09", "Oct 2025 – Sep 2026"),
        ("2026-07..2026-09", "Jul – Sep 2026"),
        ("2020-11", "Nov 2020"),
    ],
)
def test_a_period_is_said_as_briefly_as_it_can(span: str, text: str) -> None:
    assert dates.period(Span.parse(span), "en") == text


def test_every_month_has_a_name() -> None:
    names = [dates.month(month, "en") for month in Span.parse("2026-01..2026-12")]
    assert names[0] == "Jan 2026"
    assert len(set(names)) == 12
