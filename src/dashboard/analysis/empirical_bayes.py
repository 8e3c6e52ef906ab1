"""Empirical Bayes: rates of areas of unlike population, each shrunk to the rate of all (Marshall).

A rate of few people moves most, so that extreme colours and ranks do not go to the smallest areas.
Callers decide which population belongs to a number.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def smoothed_rates(events: Floats, population: Floats) -> Floats:
    """Marshall's global smoothed rates (1991, Applied Statistics 40), events per person.

    Where areas vary by no more than chance, all get the rate of all; so does an area without
    people.

    Args:
        events: Events of each area, at least 0; shape (areas,).
        population: People in each area, at least 0, same shape.

    Returns:
        Rates, same shape; all 0 where there are no people at all.

    >>> smoothed_rates(np.array([1.0, 90.0]), np.array([100.0, 300.0])).round(4).tolist()
    [0.0393, 0.2964]
    """
    people = float(population.sum())
    if not people:
        return np.zeros(len(events))
    mean = float(events.sum()) / people
    lived_in = population > 0
    rates = np.where(lived_in, events / np.where(lived_in, population, 1), mean)
    between = float((population * (rates - mean) ** 2).sum()) / people
    between = max(between - mean / (people / len(population)), 0.0)
    if not between:
        return np.full(len(events), mean)
    by_chance = mean / np.where(lived_in, population, 1)
    return mean + between / (between + by_chance) * (rates - mean)
