"""A few records count with the values of another of their period, for good; where stays."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.model.edition import Audience
from dashboard.model.facts import PEOPLE
from dashboard.model.protection import RANDOMISED_ONE_IN
from etl.protect.chance import Chance
from etl.protect.coding import Rows
from etl.protect.history import History, read_history
from etl.protect.randomise import randomised
from etl.protect.task import task_of
from tests.unit.etl.protect import invented
from tests.unit.etl.protect.store import SECRET, Store

SHARE = 0.2


def history_of(told: list[dict]) -> History:
    store = Store()
    store.arrive(told)
    return read_history(store.connection, PEOPLE, invented.parents())


@pytest.fixture(scope="module")
def history() -> History:
    return history_of(invented.people(50, 36, seed=3))


def others(history: History, rows: Rows) -> np.ndarray:
    """Which records count with other values than their own."""
    return (rows != history.rows).any(axis=1)


@pytest.mark.parametrize("share", [1 / RANDOMISED_ONE_IN, SHARE])
def test_about_the_share_counts_as_another(history: History, share: float) -> None:
    changed = others(history, randomised(history, share, SECRET)).mean()
    assert 0.7 * share < changed < 1.3 * share


def test_totals_of_the_public_are_blurred_by_more_instead(history: History) -> None:
    audiences: tuple[Audience, ...] = ("member", "public")
    tasks = [task_of(history, (), base=5, audience=a, chance=SECRET) for a in audiences]
    assert [task.randomise for task in tasks] == [1 / RANDOMISED_ONE_IN, 0]
    assert [task.always_exact for task in tasks] == [False, True]
    assert tasks[0].dither == 5 < tasks[1].dither


def test_none_does_without_a_share(history: History) -> None:
    assert not others(history, randomised(history, 0, SECRET)).any()


def test_where_stays_and_all_else_is_that_of_one_other_of_the_period(history: History) -> None:
    rows = randomised(history, SHARE, SECRET)
    where = history.coding.bundle_positions(PEOPLE.bundles[0])
    assert (rows[:, where] == history.rows[:, where]).all()
    rest = np.setdiff1d(np.arange(history.coding.width), where)
    for number in np.flatnonzero(others(history, rows)):
        own = history.periods == history.periods[number]
        assert (history.rows[own][:, rest] == rows[number, rest]).all(axis=1).any()


def test_no_share_moves_on_average(history: History) -> None:
    sex = history.coding.columns["sex"].positions
    moved = [
        (randomised(history, SHARE, Chance(bytes([n]) * 32))[:, sex] == 0).sum()
        - (history.rows[:, sex] == 0).sum()
        for n in range(40)
    ]
    # A fifth of 1,800 records is 360, half of whom another sex may take: 13 either way.
    assert abs(np.mean(moved)) < 3 * 13 / np.sqrt(40)
    assert np.std(moved) > 5


def test_it_follows_from_secret_and_key(history: History) -> None:
    once, again = (randomised(history, SHARE, SECRET) for _ in range(2))
    assert (once == again).all()
    assert (once != randomised(history, SHARE, Chance(b"another secret, 32 bytes long ok"))).any()


def test_a_later_period_changes_nothing_of_earlier_ones() -> None:
    told = invented.people(50, 4, seed=5)
    first = history_of([person for person in told if person["month"].month < 4])
    both = history_of(told)
    earlier = both.periods < np.datetime64("2023-04")
    names = [field.name for field in PEOPLE.dimensions]
    one = first.coding.decode(randomised(first, SHARE, SECRET))
    other = both.coding.decode(randomised(both, SHARE, SECRET)[earlier])
    assert all(list(one[name]) == list(other[name]) for name in names)


def test_a_record_of_several_events_stays() -> None:
    told = [person | {"n": 2} for person in invented.people(50, 6, seed=7)]
    groups = history_of(told)
    assert not others(groups, randomised(groups, 0.99, SECRET)).any()


def test_one_record_alone_in_its_period_stays() -> None:
    told = invented.people(1, 12, seed=6)
    alone = history_of([*{person["month"]: person for person in told}.values()])
    assert len(alone.keys) == 12
    assert not others(alone, randomised(alone, 0.99, SECRET)).any()
