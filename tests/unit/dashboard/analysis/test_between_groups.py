"""A group is called different where it is, and on invented registers without difference seldom."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.between_groups import limit, scores

#: Girls, boys, women and men, as many as in a year of the sample; services and how often one is
#: asked for.
PEOPLE = np.array([100.0, 100.0, 380.0, 360.0])
RATES = np.array([0.32, 0.24, 0.18, 0.17, 0.13, 0.12, 0.1, 0.09])
#: What protection does to a number of referrals and of people, and how large a group of people is.
SPREAD, PEOPLE_SPREAD, TOGETHER = 11.0, 8.5, 1.84
FIGURES = 2000


def figures(rng: np.random.Generator, rates: np.ndarray) -> np.ndarray:
    """Scores of many figures, shape (figures, services, groups), of people who come together."""
    tables = []
    for _ in range(FIGURES):
        lengths = [1, 2, 3, 6]
        counts = np.zeros(rates.shape)
        for at, people in enumerate(PEOPLE.astype(int)):
            sizes = rng.choice(lengths, size=people, p=[0.72, 0.16, 0.09, 0.03])
            sizes = sizes[sizes.cumsum() <= people]
            # Half of those who come together have the need of one of them.
            needs = rng.random((len(sizes), len(rates))) < rates[:, at]
            own = rng.binomial(np.maximum(sizes - 1, 0)[:, None], rates[:, at])
            shared = rng.random((len(sizes), len(rates))) < 0.5
            more = np.where(shared, needs * (sizes - 1)[:, None], own)
            counts[:, at] = (needs + more).sum(axis=0)
        noisy = np.maximum(counts + rng.normal(0, SPREAD, counts.shape), 0)
        people = PEOPLE + rng.normal(0, PEOPLE_SPREAD, PEOPLE.shape)
        tables.append(scores(noisy, people, np.full(noisy.shape, SPREAD), PEOPLE_SPREAD, TOGETHER))
    return np.array(tables)


def called(tables: np.ndarray) -> np.ndarray:
    return np.abs(tables) > limit(tables[0].size)


def test_where_all_groups_have_the_same_rates_chance_calls_a_cell_in_few_figures() -> None:
    same = np.repeat(RATES[:, None], len(PEOPLE), axis=1)
    rate = called(figures(np.random.default_rng(1), same)).any(axis=(1, 2)).mean()
    assert 0.0 < rate < 0.05


def test_a_plain_difference_is_called_and_on_its_own_side() -> None:
    planted = np.repeat(RATES[:, None], len(PEOPLE), axis=1)
    planted[2, 2], planted[2, 3] = 0.36, 0.05
    tables = figures(np.random.default_rng(2), planted)
    assert called(tables)[:, 2, 2].mean() > 0.8
    assert (tables[:, 2, 2] > 0).mean() > 0.99
    assert called(tables)[:, 3].mean() < 0.01


@pytest.mark.parametrize("counts", [np.zeros((2, 3)), np.array([[12.0, 12.0, 24.0]])])
def test_nothing_and_equal_rates_have_no_score(counts: np.ndarray) -> None:
    result = scores(counts, np.array([50.0, 50.0, 100.0]), np.zeros(counts.shape), 0, 1)
    assert not result.any()


def test_what_others_are_told_by_widens_the_error() -> None:
    counts, people = np.array([[40.0, 20.0]]), np.array([100.0, 100.0])
    result = [
        scores(counts, people, np.full((1, 2), own), of_people, together)[0, 0]
        for own, of_people, together in ((0.0, 0, 1), (5.0, 0, 1), (0.0, 10, 1), (0.0, 0, 1.8))
    ]
    # 10 more than expected, with a variance of 15; and of 12.5, 4.5 and 12 more.
    assert np.round(result, 2).tolist() == [2.58, 1.91, 2.26, 1.92]
