"""Measures: what is told of a register whose truth is known, counted under names of the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dashboard.analysis.expected_error import AMONG_FIRST, likelihood_among_first
from dashboard.analysis.judge import Spreads
from tests.attack.events import Floats
from tests.attack.invented.country import CAMPS, UPAZILAS
from tests.bench.judge import judging
from tests.bench.judge.invented import JUMP, MONTHS, PEOPLED, RISE, TURN, risen_camps
from tests.bench.judge.registers import Register

WINDOWS = (judging.MONTH, judging.QUARTER, judging.HALF)
YEAR = 12
#: Months that are judged after two years of history, and those with one to two years.
_SETTLED, _SHORT = 29, 17
#: Events that a row is expected to have had before a window, or its range is not asked about.
_KNOWN = 10
#: Usual events of a window from which a rise is to be found.
USUAL = 8
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

    def add(self, hit: float | bool, of: int = 1) -> None:
        """Count one more, or several."""
        self.hits += float(hit)
        self.of += of

    @property
    def value(self) -> float:
        """The share; not a number where there is none."""
        return self.hits / self.of if self.of else float("nan")


@dataclass
class Found:
    """Shares and means by name."""

    shares: dict[str, Share] = field(default_factory=dict[str, Share])

    def __getitem__(self, name: str) -> Share:
        return self.shares.setdefault(name, Share())

    def add(self, other: Found) -> None:
        """Count what was found elsewhere."""
        for name, share in other.shares.items():
            self[name].add(share.hits, share.of)

    def kept(self) -> dict[str, Any]:
        """As it is kept in a file."""
        return {name: [share.hits, share.of] for name, share in self.shares.items()}

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Found:
        """What was kept."""
        return cls({name: Share(*pair) for name, pair in kept.items()})


def measured(register: Register) -> Found:
    """Everything that is told of a register."""
    found, change = Found(), register.kind.change
    if change in ("camp", "corridor", "camps"):
        _power(found, register)
    elif change in ("stopped", "started"):
        _partners(found, register)
    else:
        first = JUMP if register.kind.late == "jump" else _SETTLED
        _false(found, register, range(first, MONTHS))
        if change == "none":
            _without_editions(found, register)
            _top_three(found, register)
        if change == "none" and register.kind.late == "ten":
            _short(found, register)
    if register.echoes:
        _by_echoes(found, register)
        _likely(found, register)
        _intervals(found, register)
    return found


def _false(
    found: Found, register: Register, months: Iterable[int], spreads: Spreads = judging.ASSUMED,
    by: str = "",
) -> None:  # fmt: skip
    """Words and ranges where nothing changed, or all did alike."""
    rates = {
        level: judging.expected(level, register) for level, _ in (*judging.MAPS, ("country", 0))
    }
    standing: dict[tuple[judging.Level, int], set[int]] = {}
    for at in months:
        edition, risen, ended, begun = judging.Edition.of(register, at), False, False, False
        for window in WINDOWS:
            one = edition.judged("country", window, spreads)[0]
            found[f"{by}headline {window}: more"].add(one.direction > 0)
            if at % judging.QUARTER == judging.QUARTER - 1:
                found[f"{by}headline {window}: at the end of a quarter"].add(one.direction != 0)
            found[f"{by}headline {window}: fewer"].add(one.direction < 0)
            ratio = judging.true_ratio(rates["country"][0], at, window, one)
            found[f"{by}headline {window}: range"].add(one.low <= ratio <= one.high)
        for level, window in judging.MAPS:
            told = edition.judged(level, window, spreads)
            ways = {one.direction for one in told}
            called = {row for row, one in enumerate(told) if one.direction > 0}
            risen |= bool(called)
            ended |= bool(called) and (at + 1) % window == 0
            begun |= bool(called - standing.get((level, window), called))
            standing[level, window] = called
            found[f"{by}{level} {window}: more"].add(1 in ways)
            found[f"{by}{level} {window}: fewer"].add(-1 in ways)
            for row, one in zip(rates[level], told, strict=True):
                if row[max(0, at - window - 35) : at - window + 1].sum() >= _KNOWN:
                    ratio = judging.true_ratio(row, at, window, one)
                    found[f"{by}{level}: range"].add(one.low <= ratio <= one.high)
        found[f"{by}any more: windows up to each month"].add(risen)
        found[f"{by}any more: windows of the calendar"].add(ended)
        found[f"{by}any more: that was not called the month before"].add(begun)


def _short(found: Found, register: Register) -> None:
    """The same with one to two years of history, told apart."""
    own = Found()
    _false(own, register, range(_SHORT, _SETTLED))
    for name, share in own.shares.items():
        found[f"short {name}"].add(share.hits, share.of)


def _without_editions(found: Found, register: Register) -> None:
    """Whether anything is called fewer where nobody knows how late reports are."""
    for at in range(_SETTLED, MONTHS):
        edition = judging.Edition.of(register, at, tells_late=False)
        for level, window in (*(("country", window) for window in WINDOWS), *judging.MAPS):
            told = edition.judged(level, window)
            found["without editions: fewer"].add(any(one.direction < 0 for one in told))


def _partners(found: Found, register: Register) -> None:
    """What is called after a partner stopped or began: within a year, and later."""
    for at in range(TURN, MONTHS):
        when = "within a year" if at < TURN + YEAR else "later"
        edition = judging.Edition.of(register, at)
        for window in WINDOWS:
            way = edition.judged("country", window)[0].direction
            found[f"{when}: headline {window}: more"].add(way > 0)
            found[f"{when}: headline {window}: fewer"].add(way < 0)
        ways = [{one.direction for one in edition.judged(*map_)} for map_ in judging.MAPS]
        found[f"{when}: maps: more"].add(any(1 in own for own in ways))
        found[f"{when}: maps: fewer"].add(any(-1 in own for own in ways))


def _power(found: Found, register: Register) -> None:
    """Whether rows that rose are called more in the first windows that lie within the rise."""
    camp, district, new, corridor = register.drawn.risen.tolist()
    rows: list[tuple[str, judging.Level, int]] = []
    if register.kind.change == "camp":
        own = district - len(CAMPS) - len(UPAZILAS)
        rows = [("first camp x3", "camp", camp), ("second district x5", "district", own)]
        _called_by(found, register, "new place", new)
        _called_by(found, register, "first camp x3", camp)
    elif register.kind.change == "corridor":
        rows = [("first camp x5", "camp", camp), ("corridor x3", "corridor", corridor)]
    else:
        risen = risen_camps(register.drawn.rates).tolist()
        rows = [("first camp x3", "camp", camp)] if camp in risen else []
        rows += [("camp x3", "camp", row) for row in risen]
    for window in WINDOWS:
        edition = judging.Edition.of(register, RISE + window - 1)
        for name, level, row in rows:
            one, rates = edition.judged(level, window)[row], judging.expected(level, register)[row]
            usual = float(rates[RISE - YEAR : RISE].mean() * window)
            found[f"{name} {window}"].add(one.direction > 0)
            found[f"usual: {name} {window}"].add(usual)
            if "x3" in name and window > judging.MONTH:
                found[_band(usual)].add(one.direction > 0)
                if usual >= USUAL:
                    found["usual of 8 and more x3"].add(one.direction > 0)


BANDS = {"x3, usual 2 to 4": 4.0, "x3, usual 4 to 8": 8.0, "x3, usual 8 to 16": 16.0,
         "x3, usual 16 to 32": 32.0, "x3, usual 32 and more": np.inf}  # fmt: skip


def _band(usual: float) -> str:
    return next(name for name, most in BANDS.items() if usual < most)


def _called_by(found: Found, register: Register, name: str, camp: int) -> None:
    """By which month of a rise a camp is called new or more, in the windows of pages."""
    called = False
    for months in range(1, judging.HALF + 1):
        edition = judging.Edition.of(register, RISE + months - 1)
        called |= edition.judged("camp", judging.HALF)[camp].direction > 0
        found[f"{name} by month {months}"].add(called)


def _by_echoes(found: Found, register: Register) -> None:
    """Words and ranges with what echoes tell of protection beside those with what is assumed."""
    spreads = judging.spreads_by_echoes(register)
    _false(found, register, range(_SETTLED, MONTHS), spreads, "echoes ")
    _false(found, register, range(_SETTLED, MONTHS), judging.ASSUMED, "assumed ")
    for name in ("total", "cell", "stretch", "window", "whole"):
        found[f"spread {name}"].add(getattr(spreads, name))
    for most, spread in spreads.base:
        found[f"spread base {most}"].add(spread)


def _camps(register: Register) -> tuple[Floats, Floats]:
    """What is shown of camps, and what went into blocks."""
    shown, truth = (
        judging.of_level("camp", one.table(one.place, PEOPLED))
        for one in (register.shown, register.truth)
    )
    return shown, truth


def _top_three(found: Found, register: Register) -> None:
    """How many of the three camps with the highest rates the shown ones hold."""
    largest = set(np.argsort(-register.drawn.shares[: len(CAMPS)])[:_TOP].tolist())
    shown, _ = _camps(register)
    for stop in range(24, MONTHS + 1, judging.QUARTER):
        for name, months in (("last twelve months", YEAR), ("the quarter alone", judging.QUARTER)):
            sizes = shown[:, stop - months : stop].sum(axis=1)
            first = set(np.argsort(-sizes, kind="stable")[:_TOP].tolist())
            found[f"top three: {name}"].add(len(largest & first) / _TOP)


def _likely(found: Found, register: Register) -> None:
    """Camps said to be likely among the first three, and whether they were, as reported."""
    shown, truth = _camps(register)
    for name, months in (("quarter", judging.QUARTER), ("year", YEAR)):
        error = judging.error_of("camp", register, months)
        for start in range(YEAR, MONTHS - months + 1, months):
            own, held = (table[:, start : start + months].sum(axis=1) for table in (shown, truth))
            third = np.sort(held)[-_TOP]
            chances = likelihood_among_first(own.tolist(), error, _TOP)
            said = [camp for camp, chance in enumerate(chances) if chance >= AMONG_FIRST]
            for camp in said:
                found[f"likely: {name}"].add(held[camp] >= third)
            found[f"likely: said a {name}"].add(len(said))


def _intervals(found: Found, register: Register) -> None:
    """Whether the truth of areas lies in their intervals."""
    every = [one.table(one.place, PEOPLED) for one in (register.shown, register.truth)]
    for level in ("camp", "upazila"):
        shown, truth = (judging.of_level(level, table) for table in every)
        for name, months in (("quarter", judging.QUARTER), ("year", YEAR)):
            error = judging.error_of(level, register, months)
            for start in range(YEAR, MONTHS - months + 1, months):
                within = slice(start, start + months)
                own, held = shown[:, within].sum(axis=1), truth[:, within].sum(axis=1)
                for number, true in zip(own.tolist(), held.tolist(), strict=True):
                    if number:
                        spread = error.at(number)
                        away = abs(number - spread.shift - true)
                        found[f"90: {level}s by {name}"].add(away <= _NINETY * spread.spread)
                        low, high = error.interval(round(number))
                        found[f"95: {level}s by {name}"].add(low <= true <= high)
