"""Echoes: whether the error that a release lets expect is the one that its figures have.

Registers of several seeds are released with echoes. A figure is a view under filters at a grain;
its true error is that of all its numbers above 0 over all seeds, against the records folded as its
units are. The expected one follows from each release alone. Beside it stands a control that must
fail: units expanded to equal records instead of records drawn from them.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path
from unittest.mock import patch

import duckdb
import numpy as np

from dashboard.analysis.compare import compared
from dashboard.analysis.expected_error import ExpectedError, Sums, expected_error, leads
from dashboard.model.codes import TRAFFICKING_GROUPS
from dashboard.model.edition import Audience
from dashboard.model.facts import PEOPLE, Fact
from dashboard.model.protection import PUBLIC_FACTOR
from dashboard.model.release import echo_table
from etl.protect.coding import Parents, Rows
from etl.protect.echoes import Repeat, Shown
from etl.release.contents.echoes import read_shown, released_areas
from tests.attack.events import GRAINS, Events, Flags, Floats, read_release
from tests.attack.invented.aftermath import population
from tests.attack.invented.country import UPAZILAS
from tests.attack.invented.published import publisher
from tests.attack.invented.truth import folded, for_public
from tests.attack.measures.bounds import ECHO, Figures, named

PER_MONTH = 50
SEEDS = 8
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
    "incidents": ("none", "trafficking", "area"),
    "legs": ("none", "trafficking"),
    "journeys": ("none", "trafficking"),
    "requests": ("none", "trafficking", "female"),
    "endings": ("none", "trafficking", "female"),
}
GRAIN_NAMES = {**dict(zip(GRAINS, GRAINS, strict=True)), "all": "all time"}
_BAND = (0.75, 1.33)
_HALF = 0.5
#: Filters and grain at which the control is looked at.
_CONTROL = ("none", "month")
NAIVE = "units expanded to equal records, expected over true error of a month"
#: Fewest values, and events among them, of which a title names the largest.
_RANKED, _TITLED = 3, 15
#: Least mean of a true error that is compared with an expected one.
_EXACT = 1e-9
#: Events before and after of a change that must not go unseen, and its share of those before.
_MUCH, _CHANGE = 200, 0.30
#: The view of flows between districts.
_FLOWS = ("legs", "from_district to_district")


@dataclass
class Figure:
    """One view under filters at a grain, over the seeds.

    Attributes:
        true, expected: Squares of the errors of numbers above 0, summed, with how many there are.
        shown, hit: Numbers above 0, and those of them right to twice the expected error.
        none, spared: Numbers of 0, and those of them right to twice their own spread.
        named, false: Periods in which a largest value is named, and those in which another is
            as large or larger.
        changed, unseen: Neighbouring periods that truly differ by much where there is much, and
            those of them that a sentence would call unchanged.
    """

    true: Floats = field(default_factory=lambda: np.zeros(2))
    expected: Floats = field(default_factory=lambda: np.zeros(2))
    shown: int = 0
    hit: int = 0
    none: int = 0
    spared: int = 0
    named: int = 0
    false: int = 0
    changed: int = 0
    unseen: int = 0

    @property
    def ratio(self) -> float:
        """Expected over true error, no number where there is no true error."""
        true = self.true[0] / max(self.true[1], 1)
        if true < _EXACT or not self.expected[1]:
            return float("nan")
        return float(np.sqrt(self.expected[0] / self.expected[1] / true))

    def add(self, true: Floats, shown: Floats, expected: ExpectedError) -> None:
        """The numbers of one release."""
        seen, off = shown > 0, shown - true
        weight = int(seen.sum())
        self.true += float((off[seen] ** 2).sum()), weight
        self.expected += expected.error**2 * weight, weight
        self.shown += weight
        self.hit += int((np.abs(off[seen]) <= 2 * expected.error).sum())
        nothing = expected.of(0)
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
                    told = compared(int(seen[at]), int(seen[at - 1]), expected)
                    self.unseen += told.direction == "none"


#: Fact, view, filters and grain.
Name = tuple[str, str, str, str]


def echoes(
    seed: int,
    *,
    seeds: int = SEEDS,
    years: int = 3,
    facts: Sequence[str] = tuple(VIEWS),
    public: Sequence[str] = ("people", "incidents", "requests"),
) -> Figures:
    """Figures of several seeds from one on, and what echoes cost.

    Args:
        seed: The first seed; it also gives the control and the cost, of people.
        seeds: How many seeds.
        years: Years of each register.
        facts: Facts that are released, each by itself.
        public: Those of them of which the public's release is looked at too.
    """
    found: dict[str, dict[Name, Figure]] = defaultdict(lambda: defaultdict(Figure))
    figures: Figures = {}
    for own, fact_id in product(range(seed, seed + seeds), facts):
        with publisher(population(PER_MONTH, years, own).only(fact_id)) as store:
            store.close_all()
            path = store.release(echoed=True)
            truth = folded(store.truth(fact_id), store.folds("member", fact_id))
            _compare(found["members"], path, truth, "member")
            if own == seed and fact_id == PEOPLE.id:
                figures |= _cost(path)
                with naive():
                    _compare(found["naive"], store.release(echoed=True), truth, "member")
            if fact_id in public:
                coarse = folded(for_public(truth), store.folds("public", fact_id))
                path = store.release("public", echoed=True)
                _compare(found["public"], path, coarse, "public")
    control = {name: figure for name, figure in found.pop("naive", {}).items()
               if name[2:] == _CONTROL}  # fmt: skip
    if control:
        figures[NAIVE] = float(np.median(_ratios(control)))
    flows = _share(
        (figure.false, figure.named)
        for name, figure in found["members"].items()
        if name[:2] == _FLOWS
    )
    figures["members: titles of flows that name a largest which is not, share"] = flows
    for section, own_figures in found.items():
        told = _told(own_figures)
        figures |= {f"{section}: {name}": float(value) for name, value in told.items()}
    return named(ECHO, figures)


def _compare(found: dict[Name, Figure], path: Path, truth: Events, audience: Audience) -> None:
    """Add the figures of one release."""
    shown = read_release(path, truth)
    both = [*zip(*_echoes(path, truth), strict=True)]
    base = truth.fact.base * (PUBLIC_FACTOR if audience == "public" else 1)
    for view, filters in _asked(truth.fact, audience):
        parts = [[part.where(_chosen(part, filters)) for part in each]
                 for each in ([truth], [shown], *both)]  # fmt: skip
        for grain in _grains(truth.fact):
            ask = partial(_numbers, shown=parts[1][0], names=tuple(view.split()), grain=grain)
            true, seen, units, errors = ([ask(p) for p in own] for own in parts)
            if seen[0].size:
                told = (np.concatenate(own, axis=None) for own in (units, errors))
                expected = expected_error(Sums.of(*told), base=base)
                figure = found[truth.fact.id, view, filters, grain]
                figure.add(true[0].ravel(), seen[0].ravel(), expected)
                figure.name(true[0], seen[0], expected)
                figure.change(true[0], seen[0], expected)


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


def _chosen(part: Events, filters: str) -> Flags:
    """Events that filters leave."""
    kept = np.ones(len(part), dtype=bool)
    for name in filters.split():
        column, codes = {
            "trafficking": ("class_group", TRAFFICKING_GROUPS),
            "female": ("sex", ("female",)),
            "area": ("upazila", UPAZILAS[:1]),
            "none": ("", ()),
        }[name]
        if column:
            domain = part.domains[column]
            kept &= np.isin(part.columns[column], [domain.index(code) for code in codes])
    return kept


def _echoes(path: Path, like: Events) -> Iterator[tuple[Events, Events]]:
    """The units of each echo, and its units with its records."""
    table = echo_table(like.fact)
    with duckdb.connect(str(path), read_only=True) as connection:
        held = connection.execute(f"SELECT DISTINCT replicate FROM {table} ORDER BY 1").fetchall()  # noqa: S608
    for (replicate,) in held:
        both = read_release(path, like, f"replicate = {replicate}", table=table)
        yield both.where(both.sizes > 0), both


def _told(found: Mapping[Name, Figure]) -> Figures:
    ratios = _ratios(found)
    low, high = _BAND
    figures = {
        "share of figures whose error is within .75 to 1.33": np.mean(
            (ratios >= low) & (ratios <= high)
        ),
        "share of figures whose error is below .75": np.mean(ratios < low),
        "share of figures whose error is below half": np.mean(ratios < _HALF),
        "median over figures of expected over true error": np.median(ratios),
        "how far that median is from 1.10": abs(np.median(ratios) - 1.10),
        "numbers shown as 0 right to twice their spread, share": _share(
            (figure.spared, figure.none) for figure in found.values()
        ),
        "titles that name a largest which is not, share": _share(
            (figure.false, figure.named) for figure in found.values()
        ),
        "changes of 30 % or more at 200 or more that are called none": sum(
            figure.unseen for figure in found.values()
        ),
        "changes of 30 % or more at 200 or more, number": sum(
            figure.changed for figure in found.values()
        ),
    }
    shares: Figures = {}
    for grain in GRAINS:
        share = _share((own.hit, own.shown) for name, own in found.items() if name[-1] == grain)
        shares[f"numbers by {GRAIN_NAMES[grain]} right to twice the error, share"] = share
    return figures | shares | {"the largest of these shares": max(shares.values())}


def _ratios(found: Mapping[Name, Figure]) -> Floats:
    """Expected over true error of every figure that has a true one."""
    ratios = [figure.ratio for figure in found.values()]
    return np.array([ratio for ratio in ratios if ratio == ratio])


def _share(counts: Iterable[tuple[int, int]]) -> float:
    hits, numbers = np.array([*counts, (0, 0)]).sum(axis=0)
    return float(hits / numbers) if numbers else float("nan")


def _cost(path: Path) -> Figures:
    """Time of one echo, and how much a file grows by all of a fact."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS release (READ_ONLY)")
        shown = read_shown(connection, PEOPLE, Parents(released_areas(connection)))
        started = time.process_time()
        Repeat(shown, 1).done()
        seconds = time.process_time() - started
        blocks = connection.execute(
            "SELECT count(DISTINCT block_id) FROM pragma_storage_info('release.echo_people') "
            "WHERE block_id >= 0"
        ).fetchone()
        size = connection.execute(
            "SELECT block_size FROM pragma_database_size() WHERE database_name = 'release'"
        ).fetchone()
    return {
        "three years of people, processor seconds an echo": seconds,
        "three years of people, megabytes": blocks[0] * size[0] / 1e6,
    }


@contextmanager
def naive() -> Iterator[None]:
    """Echoes of units expanded to equal records in time, which clump as no records do.

    All are made in this process, since another would make them as they are.
    """
    with (
        patch("etl.protect.echoes._drawn", _expanded),
        patch("etl.protect.echoes._late", _in_time),
        patch("etl.release.contents.echoes.is_worth", lambda *_: False),
    ):
        yield


def _expanded(
    shown: Shown,
    pool: Rows,
    periods: np.ndarray,
    period: np.datetime64,
    count: int,
    generator: np.random.Generator,
) -> Rows:
    return pool[periods == period]


def _in_time(
    shown: Shown, period: np.datetime64, count: int, generator: np.random.Generator
) -> np.ndarray:
    return np.full(count, np.datetime64("NaT"), dtype="datetime64[M]")
