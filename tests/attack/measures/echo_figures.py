"""Figures of releases with echoes, counted so that those of several seeds can be added up.

A figure is a view under filters at a grain. What it shares with the same figure of another register
is sums and counts; errors and shares follow from them once all registers are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

import duckdb
import numpy as np

from dashboard.analysis.compare import compared
from dashboard.analysis.expected_error import ExpectedError, Sums, drift, expected_error, leads
from dashboard.analysis.judge import LEVEL
from dashboard.model.codes import TRAFFICKING_GROUPS
from dashboard.model.edition import Audience
from dashboard.model.facts import Fact
from dashboard.model.protection import PUBLIC_FACTOR
from dashboard.model.release import echo_table
from tests.attack.events import GRAINS, Events, Flags, Floats, read_release
from tests.attack.invented.country import UPAZILAS

#: Facts to the views that are looked at, and to the filters under which they are.
VIEWS: Mapping[str, Sequence[str]] = {
    "people": (
        "", "class_group", "class", "sex", "sex age_band", "promise", "exploitation",
        "rescuing_authority", "corridor", "district", "upazila", "place", "recruitment_place sex",
        "mode destination_country",
    ),
    "incidents": ("", "class_group", "corridor", "district", "upazila", "place", "mode"),
    "legs": ("", "corridor", "mode", "class_group", "from_district to_district"),
    "journeys": ("", "corridor", "mode", "class_group", "origin_district"),
    "requests": (
        "", "service", "step", "service step", "to_agency_type", "from_agency_type service",
        "district", "upazila", "upazila service", "class_group", "sex",
    ),
    "endings": (
        "", "status", "service", "service status", "district", "upazila", "class_group",
        "service_band",
    ),
}  # fmt: skip
FILTERS: Mapping[str, Sequence[str]] = {
    "people": ("none", "trafficking", "female", "area", "trafficking female"),
    "incidents": ("none", "trafficking", "area"), "legs": ("none", "trafficking"),
    "journeys": ("none", "trafficking"), "requests": ("none", "trafficking", "female"),
    "endings": ("none", "trafficking", "female"),
}  # fmt: skip
_FILTERED: Mapping[str, tuple[str, Sequence[str]]] = {
    "trafficking": ("class_group", TRAFFICKING_GROUPS),
    "female": ("sex", ("female",)),
    "area": ("upazila", UPAZILAS[:1]),
}
#: Fewest values, and events among them, of which a title names the largest.
_RANKED, _TITLED = 3, 15
#: Least mean of a true error that is compared with an expected one.
_EXACT = 1e-9
#: Events before and after of a change that must not go unseen, and its share of those before.
_MUCH, _CHANGE = 200, 0.30


@dataclass
class Figure:
    """One view under filters at a grain, in all registers that were counted.

    Attributes:
        true: Squares of the true errors of numbers above 0, summed.
        expected: Squares of the expected errors of the same numbers, summed.
        shown, hit: Numbers above 0, and those of them right to twice the expected error.
        none, spared: Numbers of 0, and those of them right to twice their own spread.
        named, false: Periods in which a largest value is named, and those in which another is
            as large or larger.
        changed, unseen, outside, denied, level: Neighbouring periods that truly differ by much
            where there is much; those of them without a clear change in a sentence, those whose
            change lies outside the range told beside, those of which both is true, and those that
            are called about the same.
    """

    true: float = 0.0
    expected: float = 0.0
    shown: int = 0
    hit: int = 0
    none: int = 0
    spared: int = 0
    named: int = 0
    false: int = 0
    changed: int = 0
    unseen: int = 0
    outside: int = 0
    denied: int = 0
    level: int = 0

    @property
    def ratio(self) -> float:
        """Expected over true error, no number where there is no true error."""
        if not self.shown or self.true / self.shown < _EXACT:
            return float("nan")
        return float(np.sqrt(self.expected / self.true))

    def add(self, true: Floats, shown: Floats, expected: ExpectedError) -> None:
        """The numbers of one release."""
        seen, off = shown > 0, shown - true
        weight = int(seen.sum())
        self.true += float((off[seen] ** 2).sum())
        self.expected += expected.typical**2 * weight
        self.shown += weight
        self.hit += int((np.abs(off[seen]) <= 2 * expected.typical).sum())
        nothing = expected.at(0)
        self.none += int((~seen).sum())
        self.spared += int((np.abs(off[~seen] - nothing.shift) <= 2 * nothing.spread).sum())

    def name(self, true: Floats, shown: Floats, expected: ExpectedError) -> None:
        """Whether a title would name the largest value of each period, and whether it is."""
        for own, seen in zip(true.T, shown.T, strict=True):
            order = np.argsort(-seen, kind="stable")
            ranked = seen[order].tolist()
            if len(ranked) >= _RANKED and sum(ranked) >= _TITLED and leads(ranked, expected):
                self.named += 1
                self.false += int((own[order[1:]] >= own[order[0]]).any())

    def change(self, true: Floats, shown: Floats, expected: ExpectedError) -> None:
        """Whether real changes between neighbouring periods are called changes."""
        for own, seen in zip(true, shown, strict=True):
            for at in range(1, len(own)):
                before, now = own[at - 1], own[at]
                if min(before, now) >= _MUCH and abs(now - before) >= _CHANGE * before:
                    self.changed += 1
                    comparison = compared(int(seen[at]), int(seen[at - 1]), expected)
                    unseen = comparison.direction == "none"
                    outside = not comparison.low <= now / before <= comparison.high
                    self.unseen += unseen
                    self.outside += outside
                    self.denied += unseen and outside
                    self.level += comparison.low >= 1 / LEVEL and comparison.high <= LEVEL


#: Fact, view, filters and grain.
Name = tuple[str, str, str, str]


def count(found: dict[Name, Figure], path: Path, truth: Events, audience: Audience) -> None:
    """Add what one release makes of each figure; the public's truth is as coarse as its units."""
    shown = read_release(path, truth)
    both = [*zip(*read_echoes(path, truth), strict=True)]
    base = truth.fact.base * (PUBLIC_FACTOR if audience == "public" else 1)
    for view, filters in _asked(truth.fact, audience):
        columns = {*view.split(), *(column for column, _ in _filtered(filters))}
        parts = [[part.where(_chosen(part, filters)) for part in each]
                 for each in ([truth], [shown], *both)]  # fmt: skip
        for grain in _grains(truth.fact):
            ask = partial(_numbers, shown=parts[1][0], names=tuple(view.split()), grain=grain)
            true, seen, units, errors = ([ask(p) for p in own] for own in parts)
            if seen[0].size:
                told = (np.concatenate(own, axis=None) for own in (units, errors))
                moved = drift(audience, columns)
                expected = expected_error(Sums.of(*told), base=base, drift=moved)
                figure = found[truth.fact.id, view, filters, grain]
                figure.add(true[0].ravel(), seen[0].ravel(), expected)
                figure.name(true[0], seen[0], expected)
                figure.change(true[0], seen[0], expected)


def ratios(found: Mapping[Name, Figure]) -> Floats:
    """Expected over true error of every figure that has a true one."""
    each = [figure.ratio for figure in found.values()]
    return np.array([ratio for ratio in each if ratio == ratio])


def _asked(of: Fact, audience: Audience) -> Iterator[tuple[str, str]]:
    """Views and filters of a fact that a release can show; the bare total is told as exact."""
    for view, filters in product(VIEWS[of.id], FILTERS[of.id]):
        hidden = audience == "public" and ("upazila" in view.split() or "area" in filters)
        if not hidden and (view or filters != "none"):
            yield view, filters


def _grains(of: Fact) -> list[str]:
    return [grain for grain in GRAINS if grain != "month" or of.grain == "month"]


def _numbers(part: Events, *, shown: Events, names: tuple[str, ...], grain: str) -> Floats:
    """Numbers of the values that a release ever shows, shape (values, periods)."""
    months = int(shown.months.max(initial=0)) + 1
    live = _flat(shown, names, "all", months)[:, 0] > 0
    return _flat(part, names, grain, months)[live]


def _flat(part: Events, names: tuple[str, ...], grain: str, months: int) -> Floats:
    table = part.table(names, grain, months)
    return table.reshape(-1, table.shape[-1])


def _filtered(filters: str) -> list[tuple[str, Sequence[str]]]:
    """Columns of filters, each with the codes that they leave."""
    return [_FILTERED[name] for name in filters.split() if name != "none"]


def _chosen(part: Events, filters: str) -> Flags:
    """Events that filters leave."""
    kept = np.ones(len(part), dtype=bool)
    for column, codes in _filtered(filters):
        domain = part.domains[column]
        kept &= np.isin(part.columns[column], [domain.index(code) for code in codes])
    return kept


def read_echoes(path: Path, like: Events) -> Iterator[tuple[Events, Events]]:
    """The units of each echo, and its units with its records."""
    table = echo_table(like.fact)
    with duckdb.connect(str(path), read_only=True) as connection:
        held = connection.execute(f"SELECT DISTINCT replicate FROM {table} ORDER BY 1").fetchall()  # noqa: S608
    for (replicate,) in held:
        both = read_release(path, like, f"replicate = {replicate}", table=table)
        yield both.where(both.sizes > 0), both
