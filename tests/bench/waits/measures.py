"""What the page says of a register's time to a service, and whether the law of it is inside.

Told as a reader sees it, from the table of ``referrals.bottlenecks``: the interval of the median in
bands of days, and of the share in time. Beside it the shares served by the end of each band, from
which the median follows, with their interval before anything is rounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dashboard.analysis.survival import incidence
from dashboard.exhibits.counts.referral_times import BANDS, DUE, count_times
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import render
from dashboard.filters import Filters, Reading
from dashboard.model.facts import ENDINGS
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from tests.bench.waits.registers import PRIORITIES, SERVICES, Law, Told, band, law, released

NEVER = len(BANDS)
#: What is measured only for comparison.
CONTROL = "the same, were protection left out of its error"
_OF = {"all": "all referrals", "priority": "a priority", "service": "a service"}


@dataclass
class Share:
    """How many of some intervals hold what is true, and how wide those in bands are."""

    number: int = 0
    of: int = 0
    wide: int = 0

    def add(self, *, holds: bool, wide: int = 0) -> None:
        """One interval."""
        self.number += holds
        self.of += 1
        self.wide += wide

    @property
    def value(self) -> float:
        """The share; not a number where there are none."""
        return self.number / self.of if self.of else float("nan")


#: What was measured, by name; figures of several registers are added up.
Found = defaultdict[str, Share]


def measured(seed: int, *, at_an_end: bool) -> Found:
    """Figures of the register of a seed, by what was measured."""
    found = Found(Share)
    told = law(seed, at_an_end=at_an_end)
    with released(told, seed) as release:
        _measure(told, release, found)
    return found


def _measure(told: Law, release: Release, found: Found) -> None:
    many = told.many()
    shown = render("referrals.bottlenecks", Reading(Filters(), {"kinds": "service"}, ()), release)
    for kind, code, low, high, in_time in _rows(shown):
        own = _of(many, kind, code)
        if own is None:
            continue
        step = median_step(own)
        name = f"median, {_OF[kind]}"
        found[name].add(holds=low <= step <= high, wide=high - low + 1)
        if in_time:
            true = 100 * share_in_time(own)
            found[f"in time, {_OF[kind]}"].add(holds=in_time[0] <= true <= in_time[1])
    _measure_shares(many, release, found)


def _measure_shares(many: Told, release: Release, found: Found) -> None:
    """Shares of all referrals that are served by the end of each band, before rounding."""
    question = Question(release, Filters(), release.default_period.snapped("quarter"), {})
    times = count_times(question).everyone
    breakdown = breakdowns.breakdown_of(
        question, ENDINGS, ("priority", "service_band"), (times.referrals,)
    )
    spread = breakdown.error.typical
    late = incidence(times.late, "end", spread=spread)
    early = incidence(times.early, "begin", spread=spread)
    bare = incidence(times.late, "end"), incidence(times.early, "begin")
    true = shares(many)
    for step in range(NEVER):
        found["share by the end of a band, all referrals"].add(
            holds=bool(late.low[step] <= true[step] <= early.high[step])
        )
        found[CONTROL].add(holds=bool(bare[0].low[step] <= true[step] <= bare[1].high[step]))


def _rows(shown: Exhibit) -> Iterator[tuple[str, str, int, int, tuple[float, float] | None]]:
    """Kind, code, first and last step of the median, and the interval in time, of each row."""
    table = shown.table
    took = {
        translate(
            f"referrals.bottlenecks.took_{'never' if step == NEVER else BANDS[step]}", "en"
        ): step
        for step in range(NEVER + 1)
    }
    kinds = {translate(f"referrals.bottlenecks.part_{kind}", "en"): kind for kind in _OF}
    for part, code, low, high, least, most in zip(
        *(
            table.column(name)
            for name in ("part", "code", "median_low", "median_high", "in_time_low", "in_time_high")
        ),
        strict=True,
    ):
        told = None if least is None or most is None else (float(least), float(most))
        yield kinds[str(part)], str(code), took[str(low)], took[str(high)], told


def _of(many: Told, kind: str, code: str) -> Told | None:
    """The referrals of a row; None of what several services share."""
    if kind == "all":
        return many
    listed, values = (SERVICES, many.service) if kind == "service" else (PRIORITIES, many.priority)
    return many.where(values == listed.index(code)) if code in listed else None


def shares(of: Told) -> list[float]:
    """The true share served by the end of each band."""
    bands = band(np.floor(of.served))
    return [float((of.is_served & (bands <= step)).mean()) for step in range(NEVER)]


def median_step(of: Told) -> int:
    """The band by whose end half are served; ``NEVER`` where fewer ever are."""
    half = 1 / 2
    return next((step for step, share in enumerate(shares(of)) if share >= half), NEVER)


def share_in_time(of: Told) -> float:
    """The true share that is served by the standard of its priority."""
    due = np.array([DUE[priority] for priority in PRIORITIES])[of.priority]
    return float((of.is_served & (band(np.floor(of.served)) <= due)).mean())
