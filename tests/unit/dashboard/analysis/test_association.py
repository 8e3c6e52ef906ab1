"""Association: no attribute for one table of chance, the same whatever is empty or swapped."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.association import association


@pytest.mark.parametrize("chance", [0.0, 0.2, 0.5, 0.8])
def test_values_that_follow_in_some_units_go_together_as_often(chance: float) -> None:
    draws = np.random.default_rng(1)
    one, other = draws.integers(0, 4, (2, 4000))
    table = np.zeros((4, 4), dtype=np.int64)
    np.add.at(table, (one, np.where(draws.random(4000) < chance, one, other)), 5)
    assert association(table, 5) == pytest.approx(chance, abs=0.03)


def test_few_units_that_scatter_by_chance_do_not_go_together() -> None:
    draws = np.random.default_rng(2)
    associations = []
    for _ in range(50):
        table = np.zeros((8, 9), dtype=np.int64)
        np.add.at(table, (draws.integers(0, 8, 120), draws.integers(0, 9, 120)), 5)
        associations.append(association(table, 5))
        assert association(table, 1) > 0.15  # as if each event spoke for itself
    assert np.mean(associations) < 0.05


def test_empty_values_and_the_order_of_the_two_change_nothing() -> None:
    table = np.array([[40, 10, 0], [10, 40, 0], [0, 0, 0]])
    assert association(table, 5) == association(table[:2, :2], 5) == association(table.T, 5) > 0.5


@pytest.mark.parametrize("table", [np.zeros((0, 0)), np.zeros((2, 3)), [[5, 0], [9, 0]], [[1, 2]]])
def test_where_there_is_one_value_or_nothing_nothing_goes_together(table: object) -> None:
    assert association(np.array(table, dtype=np.int64), 5) == 0
