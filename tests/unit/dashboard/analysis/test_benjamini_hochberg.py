"""The step-up finds what the published procedure finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from dashboard.analysis.benjamini_hochberg import FALSE_DISCOVERIES, found

CHANCES = st.lists(st.floats(0, 1), max_size=60)


@given(CHANCES)
def test_what_is_found_is_what_adjusted_chances_say(chances: list[float]) -> None:
    if not chances:
        assert found(chances) == []
        return
    adjusted = false_discovery_control(chances)
    edge = np.isclose(adjusted, FALSE_DISCOVERIES, rtol=1e-9)
    told = np.array(found(chances))
    assert (told == (adjusted <= FALSE_DISCOVERIES))[~edge].all()


@given(CHANCES.filter(bool), st.data())
def test_a_smaller_chance_is_found_where_a_larger_one_is(
    chances: list[float], data: st.DataObject
) -> None:
    told = found(chances)
    one, other = (data.draw(st.integers(0, len(chances) - 1)) for _ in range(2))
    if chances[one] <= chances[other] and told[other]:
        assert told[one]


def test_a_chance_is_small_among_few_and_not_among_many() -> None:
    assert found([0.01]) == [True]
    assert found([0.01, *[0.5] * 20])[0] is False


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2])
def test_where_nothing_is_there_something_is_found_as_often_as_said(share: float) -> None:
    draws = np.random.default_rng(11).random((4000, 12))
    alarms = np.mean([any(found(row.tolist(), share)) for row in draws])
    assert alarms == pytest.approx(share, abs=3 * (share / 4000) ** 0.5)
