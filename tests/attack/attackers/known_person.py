"""Attacks on a known person: is she in the data, was she reported late, what happened to her?

The attacker knows a person as the register does, or only month, place, sex and age band. People
of the same country who are not in the data are the measure: what can be said of them is no leak.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

from tests.attack.events import GRAINS, Events, Flags, Floats, Ints

_PEOPLE = 1200
_TREES = 200
#: What a neighbour knows of a person beside the month.
KNOWN = ("place", "sex", "age_band")


@dataclass(frozen=True)
class Inference:
    """How well an attribute of known people is read.

    Attributes:
        coverage: Share of the people in the data of whom the release says anything: of whom any
            unit of their own place agrees with them on all that is known.
        precision: Share of those of whom it says the truth.
        above_others: Precision above that for people who are not in the data.
    """

    coverage: float
    precision: float
    above_others: float


def attribute(inside: Events, outside: Events, shown: Events, target: str) -> Inference:
    """Read an attribute off the units that agree with a person on all that is known of her.

    The guess is what most of them say.

    Args:
        inside: People in the data.
        outside: People who are not.
        shown: Units of the release.
        target: Column to read.
    """
    coverage, precision = _read(inside, shown, target)
    _, others = _read(outside, shown, target)
    return Inference(coverage, precision, precision - others)


def _read(people: Events, shown: Events, target: str) -> tuple[float, float]:
    """Coverage and precision."""
    said = shown.where(shown.first(target) >= 0)
    value = np.eye(shown.cells(target))[said.first(target)]
    guesses = np.full(len(people), -1)
    for month in np.unique(people.months):
        rows, near = np.flatnonzero(people.months == month), np.flatnonzero(said.months == month)
        same = [
            people.first(name)[rows][:, None] == said.first(name)[near][None, :] for name in KNOWN
        ]
        agree = np.all(same, axis=0)
        guess = (agree @ value[near]).argmax(axis=1)
        guesses[rows] = np.where(agree.any(axis=1), guess, -1)
    truth = people.first(target)
    asked = (guesses >= 0) & (truth >= 0)
    if not asked.any():
        return 0.0, 0.0
    return float(asked.mean()), float((guesses == truth)[asked].mean())


def membership(
    inside: Events, outside: Events, shown: Events, seed: int, *, grain: str = "month"
) -> float:
    """Area under the curve of the best of two ways to tell members from others.

    One looks for the unit that shares most with the person, the other is a random forest that
    learned from half of the people.
    """
    random = np.random.default_rng(seed)
    size = min(len(inside), len(outside), _PEOPLE)
    chosen = [part.where(random.permutation(len(part))[:size]) for part in (inside, outside)]
    windows = [part.months // GRAINS[grain] for part in chosen]
    features = np.concatenate(
        [
            closeness(part, window, shown, shown.months // GRAINS[grain])
            for part, window in zip(chosen, windows, strict=True)
        ]
    )
    member = np.r_[np.ones(size), np.zeros(size)]
    return best_auc(features, member, random)


def late_person(
    late: Events, seen: Ints, others: Events, would_be_seen: Ints, added: Events, added_in: Ints,
    seed: int,
) -> float:  # fmt: skip
    """Tell who came with late records from the units that a new edition added to old months.

    Args:
        late: People who came late.
        seen: Number of the edition that added each of them, shape (late,).
        others: People who are not in the data.
        would_be_seen: Edition that would have added each of them, had they come late.
        added: Units that editions added to months closed before.
        added_in: Edition that added each unit.
        seed: Seed of the attacker's draws.
    """
    features = np.concatenate(
        [closeness(late, seen, added, added_in), closeness(others, would_be_seen, added, added_in)]
    )
    member = np.r_[np.ones(len(late)), np.zeros(len(others))]
    return best_auc(features, member, np.random.default_rng(seed))


def best_auc(features: Floats, member: Floats, random: np.random.Generator) -> float:
    """Area under the curve of the first feature alone, or of a forest if that is better."""
    alone = float(roc_auc_score(member, features[:, 0]))
    order = random.permutation(len(member))
    known, asked = order[: len(order) // 2], order[len(order) // 2 :]
    forest = RandomForestClassifier(_TREES, min_samples_leaf=5, random_state=0, n_jobs=1)
    forest.fit(features[known], member[known])
    learned = roc_auc_score(member[asked], np.array(forest.predict_proba(features[asked]))[:, 1])
    return max(alone, float(learned))


def closeness(people: Events, window: Ints, units: Events, unit_window: Ints) -> Floats:
    """How near the units of a person's window come to the person, shape (people, 6).

    The first number is how many bundles the nearest unit shares; then follow units that agree on
    place, sex and age; on place; on place, sex, age and class; bundles shared with the nearest
    three; and units that agree on place and class.
    """
    mine, theirs = _bundles(people, units)
    found = np.zeros((len(people), 6))
    place, who, crime = (
        _agreement(people, units, names) for names in (("place",), KNOWN[1:], ("class_group",))
    )
    for period in np.unique(window):
        rows, near = np.flatnonzero(window == period), np.flatnonzero(unit_window == period)
        if not len(near):
            continue
        shared = (mine[rows][:, None, :] == theirs[near][None, :, :]).sum(axis=2)
        at, same, of = (part.between(rows, near) for part in (place, who, crime))
        best = np.sort(shared, axis=1)[:, -3:]
        found[rows] = np.stack(
            [
                best[:, -1], (at & same).sum(axis=1), at.sum(axis=1), (at & same & of).sum(axis=1),
                best.mean(axis=1), (at & of).sum(axis=1),
            ],
            axis=1,
        )  # fmt: skip
    return found


def _bundles(people: Events, units: Events) -> tuple[Ints, Ints]:
    """A number for what each bundle of a person and of a unit says, shape (rows, bundles)."""
    found = []
    for bundle in people.fact.bundles:
        stacked = [np.concatenate([people.columns[name], units.columns[name]]) for name in bundle]
        flat = np.column_stack(
            [np.sort(part, axis=1) if part.ndim > 1 else part for part in stacked]
        )
        found.append(np.unique(flat, axis=0, return_inverse=True)[1].ravel())
    numbers = np.stack(found, axis=1)
    return numbers[: len(people)], numbers[len(people) :]


@dataclass(frozen=True)
class _Agreement:
    """Which units agree with which people on some columns."""

    mine: Ints
    theirs: Ints

    def between(self, rows: Ints, near: Ints) -> Flags:
        """Shape (rows, near)."""
        return (self.mine[rows][:, None, :] == self.theirs[near][None, :, :]).all(axis=2)


def _agreement(people: Events, units: Events, names: tuple[str, ...]) -> _Agreement:
    return _Agreement(
        *(np.stack([part.first(name) for name in names], axis=1) for part in (people, units))
    )
