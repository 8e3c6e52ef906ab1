"""How long referrals of a period took to a service, in bands of days, with who left and who waits.

Counting only. Requests and endings are never matched: of what a quarter requested and has not ended
it is known only that it waits, and since about when. What is open in all stands in
``open_referrals``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from dashboard.analysis.survival import Floats, Waits
from dashboard.exhibits.counts.referral_counts import OTHER, endings_of_requests
from dashboard.exhibits.question import Question
from dashboard.model.codes import DELAY_BAND, SERVICE_DUE
from dashboard.model.facts import REQUESTS
from dashboard.model.periods import Month

#: Bands of days in order; who waits is in none of them yet.
BANDS = tuple(takewhile(lambda band: band != "pending", DELAY_BAND.values))
#: Last day of each band but the last, which has none.
DAYS = tuple(int(band.rpartition("_")[2]) for band in BANDS[:-1])
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

    def waits(self, *, are_young: bool) -> Waits:
        """What became of them; who may be of the last month has waited no day yet if so asked."""
        waiting = max(self.requested - self.ended, 0)
        young = min(waiting, max(self.requested_late - self.ended_late, 0), self.last_month)
        censored = np.zeros(len(self.served))
        censored[0] = young if are_young else 0
        censored[-1] += waiting - censored[0]
        return Waits(self.served, self.left, censored)


#: Of which kind some referrals are, and under which code.
_Name = tuple[str, str]
_ALL: _Name = ("all", "")


class _Tallies:
    """Tallies of all referrals, by service and by priority, in bands and until due and later."""

    def __init__(self) -> None:
        self.bands: defaultdict[_Name, _Tally] = defaultdict(lambda: _empty(len(BANDS)))
        self.due: defaultdict[_Name, _Tally] = defaultdict(lambda: _empty(2))

    def of(self, code: str | None, priority: str | None) -> Iterator[tuple[_Tally, int | None]]:
        """Tallies that count a referral, with the last band of the first of two steps."""
        names = [_ALL, ("service", code or OTHER), *([("priority", priority)] if priority else [])]
        for name in names:
            yield self.bands[name], None
            if priority in DUE:
                yield self.due[name], DUE[priority]

    def times(self, name: _Name) -> Times:
        """Times of some referrals."""
        bands, due = self.bands[name], self.due[name]
        return Times(
            bands.waits(are_young=False), bands.waits(are_young=True),
            due.waits(are_young=False), due.waits(are_young=True),
        )  # fmt: skip


def _empty(steps: int) -> _Tally:
    return _Tally(np.zeros(steps), np.zeros(steps))


@dataclass(frozen=True)
class AllTimes:
    """Times of what a view's period requested: of all, by service and by priority."""

    everyone: Times
    services: Mapping[str, Times]
    priorities: Mapping[str, Times]


def count_times(question: Question) -> AllTimes:
    """Times of what a view's period requested, which is whole quarters.

    Who left without a service did so when the referral was answered, or after all bands where no
    answer is known; so is served who is served after an unknown time.

    Args:
        question: What the reader looks at, in whole quarters.
    """
    end, tallies = question.release.span.end, _Tallies()
    for start, code, priority, size in question.counts(REQUESTS, "month", "service", "priority"):
        month = Month.of(start)
        for tally, _ in tallies.of(code, priority):
            tally.requested += size
            tally.last_month += size if month == end else 0
            tally.requested_late += size if month.quarter_start == end.quarter_start else 0
    for quarter, code, priority, status, served, answered, size in endings_of_requests(
        question, "service", "priority", "status", "service_band", "response_band"
    ):
        band = _band(served if status == "done" else answered)
        for tally, due in tallies.of(code, priority):
            step = band if due is None else int(band > due)
            tally.ended += size
            tally.ended_late += size if quarter == end.quarter_start else 0
            (tally.served if status == "done" else tally.left)[step] += size

    def of(kind: str) -> dict[str, Times]:
        own = {code: tallies.times((side, code)) for side, code in [*tallies.bands] if side == kind}
        return dict(sorted(own.items(), key=lambda entry: -entry[1].referrals))

    return AllTimes(tallies.times(_ALL), of("service"), of("priority"))


def _band(code: str | None) -> int:
    return BANDS.index(code) if code in BANDS else len(BANDS) - 1
