"""Joint attack: people, requests and endings of one person put together.

The attacker knows month, district, sex, group and whether a person is a child, and looks into the
units of all three facts around that month. What each fact tells alone is the measure.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

from tests.attack.events import Events, Floats, Ints

_PEOPLE = 1200
_TREES = 200
_KNOWN = ("district", "sex", "is_child", "population_group")
_CLASS = "class_group"
#: Months after a person's own in which her referrals may stand.
_MONTHS = 3


def membership_gain(inside: Events, outside: Events, facts: Sequence[Events], seed: int) -> float:
    """Gain in the area under the curve of telling members, above the best single fact."""
    random = np.random.default_rng(seed)
    size = min(len(inside), len(outside), _PEOPLE)
    chosen = [part.where(random.permutation(len(part))[:size]) for part in (inside, outside)]
    member = np.r_[np.ones(size), np.zeros(size)]
    order = random.permutation(2 * size)
    features = [np.concatenate([_agreeing(part, units) for part in chosen]) for units in facts]
    alone = [_auc(part, member, order) for part in features]
    return _auc(np.hstack(features), member, order) - max(alone)


def class_gain(inside: Events, facts: Sequence[Events], seed: int) -> float:
    """Gain in the share of classes read right, above the best single fact."""
    random = np.random.default_rng(seed)
    people = inside.where(random.permutation(len(inside))[: 2 * _PEOPLE])
    order = random.permutation(len(people))
    features = [_by_class(people, units) for units in facts]
    truth = people.columns[_CLASS]
    alone = [_accuracy(part, truth, order) for part in features]
    return _accuracy(np.hstack(features), truth, order) - max(alone)


def _matches(people: Events, units: Events, names: Sequence[str]) -> list[Floats]:
    """Agreement on one column more each time, within the months, each (people, units)."""
    lag = units.months[None, :] - people.months[:, None]
    agree = (lag >= 0) & (lag <= _MONTHS)
    found = [agree.astype(np.float64)]
    for name in names:
        agree = agree & (people.columns[name][:, None] == units.columns[name][None, :])
        found.append(agree.astype(np.float64))
    return found


def _agreeing(people: Events, units: Events) -> Floats:
    """How many units agree on ever more columns, and on the person without her district."""
    near = _matches(people, units, (*_KNOWN, _CLASS))
    anywhere = _matches(people, units, (*_KNOWN[1:], _CLASS))[-1]
    own_month = units.months[None, :] == people.months[:, None]
    exact = near[-2] * own_month
    return np.stack([part.sum(axis=1) for part in (*near, anywhere, exact)], axis=1)


def _by_class(people: Events, units: Events) -> Floats:
    """People of each class among the units that agree with a person."""
    near = _matches(people, units, _KNOWN)
    classes = np.eye(units.cells(_CLASS))[units.columns[_CLASS]] * units.sizes[:, None]
    own_month = units.months[None, :] == people.months[:, None]
    return np.hstack([part @ classes for part in (near[2], near[4], near[4] * own_month)])


def _split(order: Ints) -> tuple[Ints, Ints]:
    return order[: len(order) // 2], order[len(order) // 2 :]


def _auc(features: Floats, member: Floats, order: Ints) -> float:
    known, asked = _split(order)
    forest = RandomForestClassifier(_TREES, min_samples_leaf=5, random_state=0, n_jobs=1)
    forest.fit(features[known], member[known])
    return float(
        roc_auc_score(member[asked], np.array(forest.predict_proba(features[asked]))[:, 1])
    )


def _accuracy(features: Floats, truth: Ints, order: Ints) -> float:
    known, asked = _split(order)
    forest = RandomForestClassifier(_TREES, min_samples_leaf=5, random_state=0, n_jobs=1)
    forest.fit(features[known], truth[known])
    return float(np.mean(forest.predict(features[asked]) == truth[asked]))
