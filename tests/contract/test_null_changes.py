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
from dashboard.analysis.compare import compared
from dashboard.exhibits.overview.changes import look_through
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import render
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
    """The last year, and settled quarters of it against the same months a year earlier."""
    ends = [release.span.end.plus(-back) for back in (3, 6, 9)]
    quarters = [Filters(period=Span.last(3, until=end), compare="last-year") for end in ends]
    return [Filters(), *quarters]


def test_no_change_is_called_more_than_chance(unchanged: Release) -> None:
    looked = 0
    for filters in periods(unchanged):
        view = Question(unchanged, filters, filters.period or unchanged.default_period, {})
        before = view.compared_span
        assert before is not None
        changes = look_through(view, before)
        looked += len(changes.counted)
        assert [change for change in changes.ranked if not change.doubts] == []
    assert looked > 20


def test_no_indicator_is_said_to_have_changed_by_a_unit_more_or_less(unchanged: Release) -> None:
    for filters in periods(unchanged):
        figure = render("overview.indicators", reading(filters), unchanged).figure
        assert figure is not None
        for item in figure["items"]:
            if item["direction"] in ("rose", "fell"):
                assert compared(item["value"], item["before"]).direction == item["direction"]
