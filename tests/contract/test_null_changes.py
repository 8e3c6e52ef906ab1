"""Where nothing changed, nothing is said to have: a register without a trend, through protection.

Two years of equal months are closed and released by the product itself. What differs between the
years is chance and protection alone, so no change may be called more than that.
"""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import numpy as np
import pytest

from dashboard import exhibits
from dashboard.exhibits.overview.changes import look_through
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.attack.events import Ints
from tests.attack.invented import population as invented
from tests.attack.invented.aftermath import population
from tests.attack.invented.draws import Draws
from tests.attack.invented.published import publisher
from tests.support.readings import reading

exhibits.load()
PER_MONTH, YEARS, SEED = 50, 2, 5


def equal_months(draws: Draws, per_month: int, months: int) -> Ints:
    return np.maximum(1, draws.random.poisson(per_month, months))


@pytest.fixture(scope="module")
def unchanged() -> Iterator[Release]:
    with patch.object(invented, "_wanted", equal_months):
        told = population(PER_MONTH, YEARS, SEED).only(PEOPLE.id, INCIDENTS.id)
    with publisher(told) as store:
        store.close_all()
        release = Release(store.release(echoed=True))
        yield release
        release.close()


def periods(release: Release) -> list[Filters]:
    """The last year, and months and quarters of it; the second year is held against the first."""
    ends = [release.span.end.plus(-back) for back in (0, 3, 6)]
    spans = [Span.last(months, until=end) for end in ends for months in (1, 3)]
    return [Filters(), *(Filters(period=span) for span in spans)]


def test_hardly_anything_is_called(unchanged: Release) -> None:
    found = [look_through(question_of(filters, unchanged)) for filters in periods(unchanged)]
    assert sum(each.value_count for each in found) > 200
    # Chance alone calls something on one level in twenty: here are some eighty.
    assert sum(len(each.called) for each in found) <= 3


def test_no_indicator_and_no_headline_rises_or_falls(unchanged: Release) -> None:
    for filters in periods(unchanged):
        figure = render("overview.indicators", reading(filters), unchanged).figure
        assert figure is not None
        assert [item["direction"] for item in figure["items"][:2]] == ["none", "none"]
