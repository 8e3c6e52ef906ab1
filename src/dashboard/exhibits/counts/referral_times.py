"""How long referrals of a period took to a service, in bands of days, with who left and who waits.

Counting only. Requests and endings are never matched: of what a quarter requested and has not ended
it is known only that it waits, and since about when. What is open in all stands in
``open_referrals``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np

from dashboard import queries
from dashboard.analysis.survival import Floats, Waits
from dashboard.exhibits.counts.referral_counts import OTHER, quarter_requested
from dashboard.exhibits.question import Question
from dashboard.model.codes import DELAY_BAND, SERVICE_DUE
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.periods import Month, Span

#: Bands of days in order; who waits is in none of them yet.
BANDS = tuple(takewhile(lambda band: band != "pending", DELAY_BAND.values))
#: The band by whose end a service is due, by priority.
DUE = {priority: BANDS.index(band) for priority, band in SERVICE_DUE.items()}


@dataclass(frozen=True)
class Times:
    """How long some referrals took, both ways in which those still waiting may count.

    Attributes:
        late: All who wait have done so beyond every band: the fewest are served in time.
        early: Those who may have been requested in the last month have waited no day yet.
        late_due, early_due: The same in two steps, until the service is due and later, of those
            that have a priority.
    """

    late: Waits
    early: Waits
    late_due: Waits
    early_due: Waits

    @property
    def referrals(self) -> int:
        """How many they are."""
        return int(self.late.at_risk)

    def __add__(self, other: Times) -> Times:
        return Times(
            self.late + other.late, self.early + other.early,
            self.late_due + other.late_due, self.early_due + other.early_due,
        )  # fmt: skip


@dataclass
class _Tally:
    """What became of some requests so far, in steps of time."""

    served: Floats
    left: Floats
    requested: int = 0
    ended: int = 0
    requested_late: int = 0
    ended_late: int = 0
    last_month: int = 0

    @classmethod
    def of_steps(cls, steps: int) -> _Tally:
        return cls(np.zeros(steps), np.zeros(steps))

    def waits(self, *, are_young: bool) -> Waits:
        """What became of them; who may be of the last month has waited no day yet if so asked."""
        waiting = max(self.requested - self.ended, 0)
        young = min(waiting, max(self.requested_late - self.ended_late, 0), self.last_month)
        censored = np.zeros(len(self.served))
        censored[0] = young if are_young else 0
        censored[-1] += waiting - censored[0]
        return Waits(self.served, self.left, censored)


@dataclass
class _Tallies:
    """The requests of one service or priority in bands, and until due and later."""

    bands: _Tally = field(default_factory=lambda: _Tally.of_steps(len(BANDS)))
    due: _Tally = field(default_factory=lambda: _Tally.of_steps(2))

    def times(self) -> Times:
        return Times(
            self.bands.waits(are_young=False), self.bands.waits(are_young=True),
            self.due.waits(are_young=False), self.due.waits(are_young=True),
        )  # fmt: skip

    def told(self, priority: str | None) -> list[tuple[_Tally, int | None]]:
        """Tallies that count a referral of a priority, with the last band of a first step."""
        if priority not in DUE:
            return [(self.bands, None)]
        return [(self.bands, None), (self.due, DUE[priority])]


@dataclass(frozen=True)
class AllTimes:
    """Times of what a view's period requested: of all, by service and by priority."""

    everyone: Times
    services: Mapping[str, Times]
    priorities: Mapping[str, Times]


def count_times(question: Question, service: By = "service") -> AllTimes:
    """Times of what a view's period requested, which is whole quarters.

    Who left without a service did so when the referral was answered, or after all bands where no
    answer is known; so is served who is served after an unknown time.

    Args:
        question: What the reader looks at, in whole quarters.
        service: The service, or groups of services.
    """
    tallies: defaultdict[tuple[str, str], _Tallies] = defaultdict(_Tallies)
    _add_requests(question, service, tallies)
    _add_endings(question, service, tallies)
    times = {name: own.times() for name, own in tallies.items()}

    def of(kind: str) -> dict[str, Times]:
        own = {code: told for (side, code), told in times.items() if side == kind}
        return dict(sorted(own.items(), key=lambda entry: -entry[1].referrals))

    everyone = times.get(_ALL) or _Tallies().times()
    return AllTimes(everyone, of("service"), of("priority"))


_ALL = ("all", "")


def _names(code: str | None, priority: str | None) -> list[tuple[str, str]]:
    """What a referral counts under."""
    names = [_ALL, ("service", code or OTHER)]
    return [*names, ("priority", priority)] if priority else names


def _add_requests(
    question: Question, service: By, tallies: defaultdict[tuple[str, str], _Tallies]
) -> None:
    end = question.release.span.end
    for start, code, priority, size in queries.counts(
        question.release,
        REQUESTS,
        question.filters,
        question.period,
        ("month", service, "priority"),
    ):
        month = Month.of(start)
        for name in _names(code, priority):
            for tally, _ in tallies[name].told(priority):
                tally.requested += size
                tally.last_month += size if month == end else 0
                tally.requested_late += size if month.quarter_start == end.quarter_start else 0


def _add_endings(
    question: Question, service: By, tallies: defaultdict[tuple[str, str], _Tallies]
) -> None:
    period, end = question.period, question.release.span.end
    by = ("month", "lag_quarters", service, "priority", "status", "service_band", "response_band")
    within = Span(period.start, max(period.end, end))
    for month, lag, code, priority, status, served, answered, size in queries.counts(
        question.release, ENDINGS, question.filters, within, by
    ):
        requested = quarter_requested(month, lag)
        if not period.start <= requested <= period.end:
            continue
        band = _band(served if status == "done" else answered)
        for name in _names(code, priority):
            for tally, due in tallies[name].told(priority):
                step = band if due is None else int(band > due)
                tally.ended += size
                tally.ended_late += size if requested == end.quarter_start else 0
                (tally.served if status == "done" else tally.left)[step] += size


def _band(code: str | None) -> int:
    return BANDS.index(code) if code in BANDS else len(BANDS) - 1
