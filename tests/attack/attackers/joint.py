"""Joint attack: people, requests, endings and legs of one person put together.

The attacker knows month, district, sex, group and whether a person is a child, maybe the way as
well, and looks into the units of all the facts around that month. What each fact tells alone is the
measure.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

from tests.attack.events import GRAINS, Events, Floats, Ints

_PEOPLE = 1200
_TREES = 200
KNOWN = ("district", "sex", "is_child", "population_group")
#: The same of somebody who knows where in her district a person lives.
KNOWN_WITH_UPAZILA = (*KNOWN[:1], "upazila", *KNOWN[1:])
#: The same of somebody who knows how a person went.
KNOWN_WITH_WAY = (*KNOWN, "mode", "corridor")
#: Where a fact has an attribute of people under another name.
_NAMED = {"district": "from_district"}
_CLASS = "class_group"
#: Months after a person's own in which her referrals may stand.
_MONTHS = 3


def membership_gain(
    inside: Events, outside: Events, facts: Sequence[Events], seed: int,
    known: Sequence[str] = KNOWN,
) -> float:  # fmt: skip
    """Gain in the area under the curve of telling members, above the best single fact."""
    random = np.random.default_rng(seed)
    size = min(len(inside), len(outside), _PEOPLE)
    chosen = [part.where(random.permutation(len(part))[:size]) for part in (inside, outside)]
    member = np.r_[np.ones(size), np.zeros(size)]
    order = random.permutation(2 * size)
    features = [
        np.concatenate([_agreeing(part, units, known) for part in chosen]) for units in facts
    ]
    alone = [_auc(part, member, order) for part in features]
    return _auc(np.hstack(features), member, order) - max(alone)


def class_gain(
    inside: Events, facts: Sequence[Events], seed: int, known: Sequence[str] = KNOWN
) -> float:
    """Gain in the share of classes read right, above the best single fact."""
    random = np.random.default_rng(seed)
    people = inside.where(random.permutation(len(inside))[: 2 * _PEOPLE])
    order = random.permutation(len(people))
    features = [_by_class(people, units, known) for units in facts]
    truth = people.columns[_CLASS]
    alone = [_accuracy(part, truth, order) for part in features]
    return _accuracy(np.hstack(features), truth, order) - max(alone)


def _matches(people: Events, units: Events, names: Sequence[str]) -> list[Floats]:
    """Agreement on one column more each time, within the months, each (people, units).

    Columns that a fact does not have are left out.
    """
    lag = _lag(people, units)
    agree = (lag >= 0) & (lag <= _MONTHS)
    found = [agree.astype(np.float64)]
    for name in names:
        own = name if name in units.columns else _NAMED.get(name, name)
        if own in units.columns:
            agree = agree & (people.columns[name][:, None] == units.columns[own][None, :])
            found.append(agree.astype(np.float64))
    return found


def _lag(people: Events, units: Events) -> Ints:
    """Months from a person's month, or its quarter, to that of each unit."""
    own = people.months
    if units.fact.grain == "quarter":
        own = own - own % GRAINS["quarter"]
    return units.months[None, :] - own[:, None]


def _agreeing(people: Events, units: Events, known: Sequence[str]) -> Floats:
    """How many units agree on ever more columns, and on the person without her district."""
    near = _matches(people, units, (*known, _CLASS))
    anywhere = _matches(people, units, (*known[1:], _CLASS))[-1]
    exact = near[-2] * (_lag(people, units) == 0)
    return np.stack([part.sum(axis=1) for part in (*near, anywhere, exact)], axis=1)


def _by_class(people: Events, units: Events, known: Sequence[str]) -> Floats:
    """People of each class among the units that agree with a person."""
    near = _matches(people, units, known)
    classes = np.eye(units.cells(_CLASS))[units.columns[_CLASS]] * units.sizes[:, None]
    own_month = _lag(people, units) == 0
    return np.hstack([part @ classes for part in (near[2], near[-1], near[-1] * own_month)])


def _auc(features: Floats, member: Floats, order: Ints) -> float:
    forest, asked = _learned(features, member, order)
    said = np.array(forest.predict_proba(features[asked]))[:, 1]
    return float(roc_auc_score(member[asked], said))


def _accuracy(features: Floats, truth: Ints, order: Ints) -> float:
    forest, asked = _learned(features, truth, order)
    return float(np.mean(forest.predict(features[asked]) == truth[asked]))


def _learned(
    features: Floats, wanted: Floats | Ints, order: Ints
) -> tuple[RandomForestClassifier, Ints]:
    """A forest that learned from half of the people, and the others, who are asked about."""
    known, asked = order[: len(order) // 2], order[len(order) // 2 :]
    forest = RandomForestClassifier(_TREES, min_samples_leaf=5, random_state=0, n_jobs=1)
    return forest.fit(features[known], wanted[known]), asked
