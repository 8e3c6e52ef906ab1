"""Measures: what is told of registers whose truth is known, counted into rows of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from scipy.stats import beta

from dashboard.analysis.expected_error import AMONG_FIRST, likelihood_among_first
from dashboard.analysis.more_than_usual import Observed, judge
from dashboard.analysis.own_past import Spreads, Told, Window
from dashboard.analysis.power import likelihoods
from dashboard.model.protection import BASE, SPREAD_OF_HISTORY, SPREAD_OF_WINDOW
from tests.bench.hotspots.judging import (
    LEVELS,
    Level,
    error_of,
    judged,
    mean_spreads,
    of_level,
    own,
    spreads_of,
)
from tests.bench.hotspots.plan import DOUBLED_YEAR, FIVEFOLD, NULL, THREEFOLD
from tests.bench.hotspots.registers import MONTHS, START, Kind, Register

QUARTER, YEAR = 3, 12
#: What a release without echoes takes for the error; maps of registers without them too.
ASSUMED = Spreads(SPREAD_OF_WINDOW * BASE, SPREAD_OF_HISTORY * BASE)
_HISTORY = {QUARTER: 24, YEAR: 24}
#: 5 % points of the normal to either side: an interval of 90 %.
_NINETY = 1.645
_TOP = 3


@dataclass
class Share:
    """How often something is so.

    Attributes:
        hits: In how many.
        of: Of how many.
    """

    hits: float = 0.0
    of: int = 0

    def add(self, hit: float | bool) -> None:
        """Count one more."""
        self.hits += float(hit)
        self.of += 1

    @property
    def value(self) -> float:
        """The share; not a number where there is none."""
        return self.hits / self.of if self.of else float("nan")

    @property
    def upper(self) -> float:
        """Upper end of the exact interval: with 95 % of certainty it is no more."""
        if self.hits >= self.of:
            return 1.0
        return float(beta.ppf(0.95, self.hits + 1, self.of - self.hits))

    @property
    def lower(self) -> float:
        """Lower end of the exact interval: with 95 % of certainty it is no less."""
        return float(beta.ppf(0.05, self.hits, self.of - self.hits + 1)) if self.hits else 0.0


@dataclass
class Found:
    """All shares by name, in the order in which they were first counted."""

    shares: dict[str, Share] = field(default_factory=dict)
    means: dict[str, list[float]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Share:
        return self.shares.setdefault(name, Share())

    def mean(self, name: str) -> float:
        """The mean of some numbers; not a number where there are none."""
        own_ = self.means.get(name, [])
        return float(np.mean(own_)) if own_ else float("nan")

    def note(self, name: str, value: float) -> None:
        """Count a number into a mean."""
        self.means.setdefault(name, []).append(value)


def measured(registers: Callable[[Kind], Iterator[Register]]) -> Found:
    """Every measure over the registers that there are.

    Args:
        registers: Gives the registers of a kind, read anew each time.
    """
    found = Found()
    blur = {
        (level, per_month, months): _blur(registers(kind), level, months)
        for per_month, kind in NULL.items()
        for level in LEVELS
        for months in (QUARTER, YEAR)
    }
    for per_month, kind in NULL.items():
        for register in registers(kind):
            if per_month != 25:
                for level in LEVELS:
                    for months in (QUARTER, YEAR):
                        spreads = blur[level, per_month, months]
                        _alarms(found, register, level, months, per_month, spreads)
            _top_three(found, register, per_month)
            if len(register.echo_shown):
                _likely(found, register, per_month)
                _intervals(found, register, per_month)
    for kind in (*FIVEFOLD.values(), THREEFOLD, DOUBLED_YEAR):
        for register in registers(kind):
            _power(found, register, kind, blur)
    return found


def _blur(registers: Iterator[Register], level: Level, months: int) -> Spreads:
    """The error by echoes, of every register that has them; the assumed one where none has."""
    each = [
        spreads_of(level, register, months, _HISTORY[months])
        for register in registers
        if len(register.echo_shown)
    ]
    return mean_spreads(each) if each else ASSUMED


def alarms(level: Level, months: int, per_month: int) -> str:
    """Name of a row of false alarms."""
    length = "quarter" if months == QUARTER else "year"
    return f"{level}s by {length}, {per_month} a month"


def _alarms(
    found: Found,
    register: Register,
    level: Level,
    months: int,
    per_month: int,
    spreads: Spreads,
) -> None:
    """Maps in which anything is called, where nothing changed and something can be judged."""
    if len(register.echo_shown):
        spreads = spreads_of(level, register, months, _HISTORY[months])
    for start in range(YEAR if months == QUARTER else START, MONTHS - months + 1, months):
        map_ = judged(level, register, start, months, spreads)
        if map_.judgements:
            name = alarms(level, months, per_month)
            verdicts = [one.verdict for one in map_.judgements.values()]
            found[f"alarm: {name}"].add(set(verdicts) != {"none"})
            found[f"rise: {name}"].add("more" in verdicts)
            found.note(f"places: {name}", len(verdicts))
            found.note(f"clustered: {name}", float(map_.setting.dispersion > 0))
            found.note(f"blur: {name}", map_.setting.spread_now)


def _top_three(found: Found, register: Register, per_month: int) -> None:
    """How many of the three camps with the highest rates the shown ones hold."""
    camps = own("camp")
    largest = set(np.argsort(-register.shares[camps])[:_TOP].tolist())
    shown = register.shown[camps]
    for stop in range(START, MONTHS + 1, QUARTER):
        for name, months in (("last twelve months", YEAR), ("the quarter alone", QUARTER)):
            sizes = shown[:, stop - months : stop].sum(axis=1)
            first = set(np.argsort(-sizes, kind="stable")[:_TOP].tolist())
            found[f"top three: {name}, {per_month} a month"].add(len(largest & first) / _TOP)


def _likely(found: Found, register: Register, per_month: int) -> None:
    """Camps said to be likely among the first three, and whether they were, as reported."""
    camps = own("camp")
    for name, months in (("quarter", QUARTER), ("year", YEAR)):
        error = error_of("camp", register, months)
        for start in range(YEAR, MONTHS - months + 1, months):
            shown, truth = (
                table[camps, start : start + months].sum(axis=1)
                for table in (register.shown, register.truth)
            )
            third = np.sort(truth)[-_TOP]
            chances = likelihood_among_first(shown.tolist(), error, _TOP)
            for camp, chance in enumerate(chances):
                if chance >= AMONG_FIRST:
                    found[f"likely: {name}"].add(truth[camp] >= third)
            said = sum(chance >= AMONG_FIRST for chance in chances)
            found.note(f"likely: said a {name}, {per_month} a month", said)


def _intervals(found: Found, register: Register, per_month: int) -> None:
    """Whether the truth of areas lies in their intervals."""
    for level in LEVELS:
        shown, truth = (of_level(level, table) for table in (register.shown, register.truth))
        for name, months in (("quarter", QUARTER), ("year", YEAR)):
            error = error_of(level, register, months)
            for start in range(YEAR, MONTHS - months + 1, months):
                within = slice(start, start + months)
                for area in range(len(shown)):
                    number = int(shown[area, within].sum())
                    held = float(truth[area, within].sum())
                    if number:
                        spread = error.of(number)
                        away = abs(number - spread.shift - held)
                        found[f"90: {level}s by {name}"].add(away <= _NINETY * spread.spread)
                        low, high = error.interval(number)
                        found[f"95: {level}s by {name}"].add(low <= held <= high)


def _power(
    found: Found,
    register: Register,
    kind: Kind,
    blur: Mapping[tuple[Level, int, int], Spreads],
) -> None:
    """Whether areas that rose and can be judged are called more, and how likely that was said."""
    for level in LEVELS:
        spreads = blur[level, kind.per_month, kind.window]
        for place, start, stop in register.rises.tolist():
            if place not in own(level):
                continue
            area = own(level).index(place)
            map_ = judged(level, register, start, stop - start, spreads)
            name = rise(level, kind)
            if _rose_before(register, place, map_.window):
                if area in map_.judgements:
                    found["power: risen before"].add(map_.judgements[area].verdict == "more")
                continue
            found[f"judged: {name}"].add(area in map_.judgements)
            if area not in map_.judgements:
                continue
            seen = map_.judgements[area].verdict == "more"
            found[f"power: {name}"].add(seen)
            stated, mean = _stated(map_, area, kind.rise)
            found.note(f"stated: {name}", stated)
            found.note(f"expected: {name}", mean)
            found.note(f"stated where {_bin(stated)}", stated)
            found[f"seen where {_bin(stated)}"].add(seen)


def _rose_before(register: Register, place: int, window: Window) -> bool:
    """Whether a place rose in its history already, so that what is usual there holds that rise."""
    first = window.start - window.history
    return any(
        (own_ == place and first < stop <= window.start)
        for own_, _, stop in register.rises.tolist()
    )


def rise(level: Level, kind: Kind) -> str:
    """Name of a row of power."""
    length = "quarter" if kind.window == QUARTER else "year"
    return f"{level} by {length}, {kind.rise:g} times, {kind.per_month} a month"


def _stated(map_: Told, area: int, rise_: float) -> tuple[float, float]:
    """How likely the rise was said to be found had it not come yet, and what was expected then.

    A page says it of the events that all other areas together have in the window. What rises in a
    register rises against its own number and not against its share of all, so the rise that is
    asked about is that one, less what all events have more or fewer of than in the history.
    """
    number = list(map_.judgements).index(area)
    one, past = map_.judgements[area], map_.past
    share = float(past.before[number] / past.history[number])
    usual = max(map_.setting.total_now - one.now, 0) / (1 - share)
    setting = replace(map_.setting, total_now=round(usual))
    windows = map_.window.history / map_.window.length
    risen = rise_ * float(past.history[number]) / windows / usual
    beside = np.full(len(past.before), _called_beside(map_, number, share * usual))
    return float(likelihoods(past, setting, beside, (risen,))[number, 0]), share * usual


def _called_beside(map_: Told, number: int, usual: float) -> int:
    """How many other areas would have been called, had one of them had what is usual there."""
    past = map_.past
    seen = [
        Observed(one.code, round(usual) if n == number else one.now, int(before))
        for n, (one, before) in enumerate(zip(map_.judgements.values(), past.before, strict=True))
    ]
    quiet = judge(seen, map_.setting)
    return sum(one.verdict != "none" for n, one in enumerate(quiet) if n != number)


Bin = Literal["under a third", "a third to two thirds", "two thirds to .95", "over .95"]
BINS: tuple[Bin, ...] = ("under a third", "a third to two thirds", "two thirds to .95", "over .95")
_EDGES = (1 / 3, 2 / 3, 0.95)


def _bin(stated: float) -> Bin:
    return BINS[int(np.searchsorted(_EDGES, stated, side="right"))]
