"""Judging: what an edition of a register says of a level, by the product's own judge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from dashboard.analysis.completeness import Editions, completeness
from dashboard.analysis.expected_error import ExpectedError, Sums, expected_error
from dashboard.analysis.judge import HISTORY, Comparison, Reports, Spreads, Window, judge
from dashboard.exhibits.counts.reports import AT_MOST
from dashboard.model.codes import CORRIDOR
from dashboard.model.facts import INCIDENTS
from dashboard.model.protection import BASE
from etl.release.contents.partner_share import bands
from tests.attack.events import Floats
from tests.attack.invented.country import CAMPS, UPAZILAS
from tests.bench.judge.invented import MONTHS, PEOPLED
from tests.bench.judge.registers import Counts, Register, in_upazilas

Level = Literal["country", "camp", "upazila", "district", "corridor"]
MONTH, QUARTER, HALF = 1, 3, 6
#: Maps: levels with the windows in which pages judge them, in months. Areas have one each
#: (``judged.window_of``); of corridors a reader chooses.
MAPS: tuple[tuple[Level, int], ...] = (
    *(("corridor", months) for months in (MONTH, QUARTER, HALF)), ("upazila", QUARTER),
    ("camp", HALF), ("district", HALF),
)  # fmt: skip
ASSUMED = Spreads.of_base(BASE)
#: Months that may be late at most where no edition tells.
_LATE = 4


def of_level(level: Level, places: Floats) -> Floats:
    """A table by place as one by area of a level; what lies below an area is in it."""
    if level == "country":
        return places.sum(axis=-2, keepdims=True)
    if level == "upazila":
        return in_upazilas(places)
    first = {"camp": 0, "district": len(CAMPS) + len(UPAZILAS)}[level]
    return places[..., first : len(CAMPS) if level == "camp" else PEOPLED, :]


def expected(level: Level, register: Register) -> Floats:
    """Events that are expected by row of a level and month."""
    drawn = register.drawn
    return drawn.ways if level == "corridor" else of_level(level, drawn.rates)


@dataclass(frozen=True)
class Edition:
    """What one edition of a register shows.

    Attributes:
        register: The register.
        at: Last month of the edition.
        counts: Units of the fact that is judged.
        tells_late: Whether earlier editions tell how late reports are.
        support: The edition of the incidents, where people are judged.
    """

    register: Register
    at: int
    counts: Counts
    tells_late: bool = True
    support: Edition | None = None

    @classmethod
    def of(cls, register: Register, at: int, *, tells_late: bool = True) -> Edition:
        """The edition of a month."""
        incidents = cls(register, at, register.shown, tells_late)
        if register.people is None:
            return incidents
        return cls(register, at, register.people, tells_late, incidents)

    @cached_property
    def _places(self) -> Floats:
        return self.counts.table(self.counts.place, PEOPLED, self.at)

    @cached_property
    def _total(self) -> Floats:
        return self.counts.table(np.zeros_like(self.counts.month), 1, self.at)

    @cached_property
    def _ways(self) -> Floats:
        return self.counts.table(self.counts.corridor, len(CORRIDOR.values), self.at)

    @cached_property
    def _by_age(self) -> Reports:
        settled = (self.at + 1) // 3 * 3 - 1 - _LATE
        if not self.tells_late:
            return Reports(self.at, {}, settled)
        return Reports(self.at, completeness(editions(self.counts, self.at), self.at), settled)

    def rows(self, level: Level) -> Floats:
        """Events by row of a level and month."""
        if level == "country":
            return self._total
        return self._ways if level == "corridor" else of_level(level, self._places)

    def judged(
        self, level: Level, months: int, spreads: Spreads = ASSUMED
    ) -> tuple[Comparison, ...]:
        """All rows of a level in the window up to the month of the edition."""
        lost, gained = changed(self.register, self.at, months)
        known = self._by_age
        whole = level == "country"
        support = (
            self.support.judged(level, months, spreads) if self.support and not whole else None
        )
        return judge(
            self.rows(level), self._total[0], Window(self.at, months, (self.at + 1) % QUARTER > 0),
            Reports(known.last_month, known.by_age, known.settled, lost, gained), spreads,
            is_whole=whole, are_corridors=level == "corridor", incidents=support,
        )  # fmt: skip


def editions(counts: Counts, at: int) -> Editions:
    """What each edition up to one showed of the whole country, by month."""
    every = np.zeros((MONTHS, MONTHS))
    np.add.at(every, (counts.edition, counts.month), counts.size)
    shown = np.cumsum(every, axis=0)
    return {
        edition: dict(enumerate(shown[edition, : edition + 1].tolist()))
        for edition in range(at + 1)
    }


def changed(register: Register, at: int, months: int) -> tuple[float, float]:
    """Most of what is usual that partners who stopped reported, and of what is new those who began.

    Every month tells a band when it closes, as a release does. A window has its widest.

    Args:
        register: The register.
        at: Last month of the window.
        months: How many it has.
    """
    told = register.by_partner
    both = [bands(told, told.first.plus(month), BASE) for month in range(at - months + 1, at + 1)]
    lost, gained = (max(AT_MOST[band] for band in side) for side in zip(*both, strict=True))
    return lost, gained


def true_ratio(rates: Floats, at: int, months: int, judgement: Comparison) -> float:
    """A row's true rate in a window over that in the months with which it is compared.

    Not a number, which no range holds, where nothing was ever to come in those of its season.
    """
    now = np.arange(at - months + 1, at + 1)
    before = np.arange(max(0, now[0] - HISTORY), now[0])
    if judgement.by_season:
        before = np.array([m for year in (12, 24, 36) for m in now - year if m >= 0])
    usual = float(rates[before].mean())
    return float(rates[now].mean()) / usual if usual else float("nan")


def error_of(level: Level, register: Register, months: int) -> ExpectedError:
    """The expected error of counts of so many months by a register's echoes, as pages have it."""
    shown, errors = (
        np.stack([of_level(level, table) for table in tables])
        for tables in zip(*((echo.shown, echo.error) for echo in register.echoes), strict=True)
    )
    live = of_level(level, register.shown.table(register.shown.place, PEOPLED)).any(axis=1)
    sums = (stretched(table[:, live], months).ravel() for table in (shown, errors))
    return expected_error(Sums.of(*sums), base=INCIDENTS.base)


def stretched(table: Floats, months: int) -> Floats:
    """Sums over stretches of months from the last one back, shape (..., stretches)."""
    return table.reshape(*table.shape[:-1], -1, months).sum(axis=-1)


def spreads_by_echoes(register: Register) -> Spreads:
    """What protection does to counts by a register's echoes, in place of what is assumed."""
    whole = {months: error_of("country", register, months).typical for months in (1, HALF, 12)}
    own = {
        months: error_of("camp", register, months).typical for months in (1, QUARTER, HALF, 12, 24)
    }
    return Spreads(
        whole[1], own[QUARTER], own[HALF], own[QUARTER],
        ((6, own[HALF]), (12, own[12]), (24, own[24]), (HISTORY, own[24])), whole[12], BASE,
    )  # fmt: skip
