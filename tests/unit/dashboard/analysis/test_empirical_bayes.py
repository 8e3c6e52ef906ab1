"""Smoothed rates are those of the reference, and stay between an area's own and that of all."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.empirical_bayes import smoothed_rates

CASE = Path(__file__).parents[3] / "cases" / "nc-sids-smoothed.csv"


def test_the_counties_of_north_carolina_get_the_rates_of_the_reference() -> None:
    with CASE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    births, deaths, expected = (
        np.array([float(row[name]) for row in rows]) for name in ("BIR74", "SID74", "eb_est")
    )
    assert len(rows) == 100
    assert np.abs(smoothed_rates(deaths, births) - expected).max() < 1e-10


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 100_000)), min_size=1, max_size=30))
def test_each_rate_lies_between_its_own_and_that_of_all(areas: list[tuple[int, int]]) -> None:
    events, people = (np.array(column, dtype=float) for column in zip(*areas, strict=True))
    rates = smoothed_rates(events, people)
    assert np.isfinite(rates).all()
    mean = events.sum() / people.sum() if people.sum() else 0.0
    own = np.divide(events, people, out=np.full(len(events), mean), where=people > 0)
    within = (rates >= np.minimum(own, mean) - 1e-12) & (rates <= np.maximum(own, mean) + 1e-12)
    assert within.all() or not people.sum()


def test_equal_rates_stay_and_no_people_no_rate() -> None:
    assert smoothed_rates(np.array([2.0, 4.0]), np.array([100.0, 200.0])) == pytest.approx(0.02)
    assert smoothed_rates(np.array([2.0, 4.0]), np.zeros(2)).tolist() == [0, 0]
