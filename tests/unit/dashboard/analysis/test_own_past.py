"""Over which months places are compared: whole windows, a year at least."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.own_past import (
    ByMonth,
    Spreads,
    Window,
    noticed_in,
    told,
)

SPREADS = Spreads(2.6, 3.5)


@pytest.mark.parametrize(
    ("start", "length", "history"),
    [(11, 3, 0), (12, 3, 12), (16, 3, 15), (60, 3, 24), (12, 12, 12), (35, 12, 24), (120, 12, 96)],
)
def test_a_history_is_whole_windows_eight_at_most_and_a_year_at_least(
    start: int, length: int, history: int
) -> None:
    assert Window.of(start, length).history == history


def table(sizes: np.ndarray, together: float = 1.0, least: float = 0.0) -> ByMonth:
    codes = [f"P{n}" for n in range(len(sizes))]
    return ByMonth(codes, sizes, sizes.sum(axis=0) + 50.0, together, least)


def test_nothing_is_called_that_is_hardly_off_after_what_protection_does() -> None:
    sizes = np.random.default_rng(1).poisson(8, (6, 39)).astype(float)
    sizes[0] = 0
    sizes[0, 38] = 9
    window = Window.of(36, 3)
    assert told(table(sizes), window, SPREADS).judgements[0].verdict == "more"
    reach = 5.0 + 2 * SPREADS.now
    assert reach > 9
    hardly = told(table(sizes, least=5.0), window, SPREADS)
    assert hardly.judgements[0].verdict == "none"
    sizes[0, 38] = reach + 1
    assert told(table(sizes, least=5.0), window, SPREADS).judgements[0].verdict == "more"
    rises = noticed_in(hardly)
    for number, judged in hardly.judgements.items():
        assert rises[number] is None or (rises[number] - 1) * judged.expected >= reach


def test_a_place_is_compared_over_each_month_of_the_history_and_no_other() -> None:
    window = Window.of(36, 3)
    for month, counts in ((11, False), (12, True), (35, True)):
        sizes = np.full((3, 39), 6.0)
        sizes[0, month] = 40
        rows = table(sizes)
        before, whole = sizes[0, 12:36].sum(), rows.totals[12:36].sum()
        assert (before == 144) is not counts
        expected = told(rows, window, SPREADS).judgements[0].expected
        assert expected == pytest.approx(before / whole * rows.totals[36:].sum())


def test_a_place_that_begins_in_the_window_has_more_than_usual() -> None:
    sizes = np.random.default_rng(1).poisson(8, (6, 39)).astype(float)
    sizes[0, :36] = 0
    judged = told(table(sizes), Window.of(36, 3), SPREADS).judgements
    assert sorted(judged) == [0, 1, 2, 3, 4, 5]
    assert judged[0].verdict == "more"


def test_a_place_without_anything_yet_is_not_looked_at() -> None:
    sizes = np.full((3, 42), 6.0)
    sizes[0, :39] = 0
    assert sorted(told(table(sizes), Window.of(36, 3), SPREADS).judgements) == [1, 2]


def test_nothing_is_told_of_a_month_that_comes_later() -> None:
    draws = np.random.default_rng(2)
    sizes = draws.poisson(8, (6, 48)).astype(float)
    early = told(table(sizes[:, :39]), Window.of(36, 3), SPREADS)
    sizes[:, 39:] *= 9
    late = told(table(sizes), Window.of(36, 3), SPREADS)
    assert early.judgements == late.judgements


def test_people_that_come_together_alarm_too_often_until_it_is_told() -> None:
    draws = np.random.default_rng(3)
    alarms = {1.0: 0, 3.0: 0}
    for _ in range(150):
        groups = draws.poisson(5, (8, 27))
        sizes = draws.poisson(2.0 * groups) + groups  # three people a group, and its variance
        for together in alarms:
            found = told(table(sizes.astype(float), together=together), Window.of(24, 3), SPREADS)
            alarms[together] += any(one.verdict != "none" for one in found.judgements.values())
    assert alarms[1.0] > 25
    assert alarms[3.0] < 15


def test_what_would_have_been_noticed_is_told_of_every_place_that_is_judged() -> None:
    sizes = np.repeat([[1.0], [4.0], [20.0]], 27, axis=1)
    found = told(table(sizes), Window.of(24, 3), SPREADS)
    rises = noticed_in(found)
    assert sorted(rises) == sorted(found.judgements)
    assert rises[2] == 1.5 or rises[2] == 2
    assert rises[0] is None or rises[0] == 5


def test_an_empty_table_tells_nothing() -> None:
    none = ByMonth((), np.zeros((0, 30)), np.ones(30))
    found = told(none, Window.of(27, 3), SPREADS)
    assert (found.judgements, noticed_in(found)) == ({}, {})
