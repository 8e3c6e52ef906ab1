"""How long referrals of a period took to a service, in bands of days; who left, and who waits.

Counting only. Requests and endings are never matched: a request of a quarter that has not ended
is only known to wait, and since about when. All open referrals stand in ``open_referrals``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from dashboard.analysis.survival import Waits
from dashboard.exhibits.counts.referral_counts import OTHER, endings_of_requests
from dashboard.exhibits.question import Question
from dashboard.model.codes import DELAY_BAND, SERVICE_DUE
from dashboard.model.facts import REQUESTS
from dashboard.model.periods import Month

#: Bands of days in order, without that of who still waits.
BANDS = tuple(takewhile(lambda band: band != "pending", DELAY_BAND.values))
#: Last day of each band but the last, which is open.
DAYS = tuple(int(band.rpartition("_")[2]) for band in BANDS[:-1])
#: The band by whose end a service is due, by priority.
DUE = {priority: BANDS.index(band) for priority, band in SERVICE_DUE.items()}


@dataclass(frozen=True)
class Times:
    """How long some referrals took, under either assumption about those still waiting.

    Attributes:
        late: All who wait have waited beyond every band: the fewest are served in time.
        early: Who may have been requested in the last month has waited no day yet.
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


class _Part(NamedTuple):
    """Referrals that are alike: requested since a month, or ended.

    Attributes:
        service, priority: What they are of; "other" and None where that is not known.
        since: Month of the request; of an ending the first one of its quarter.
        size: How many they are.
        is_served: Whether they ended with a service; None of requests.
        step: When they ended, as a step of time.
    """

    service: str
    priority: str | None
    since: Month
    size: int
    is_served: bool | None = None
    step: int = 0


@dataclass(frozen=True)
class AllTimes:
    """Times of what a view's period requested: of all, by service and by priority."""

    everyone: Times
    services: Mapping[str, Times]
    priorities: Mapping[str, Times]


def count_times(question: Question) -> AllTimes:
    """Times of what a view's period requested, which is whole quarters.

    Who left without a service counts as leaving when the referral was answered; without a known
    answer, after all bands. Who was served after an unknown time counts after all bands, too.

    Args:
        question: What the reader looks at, in whole quarters.
    """
    end = question.release.span.end
    requests = question.counts(REQUESTS, "month", "service", "priority")
    endings = endings_of_requests(
        question, "service", "priority", "status", "service_band", "response_band"
    )
    parts = [
        *(_Part(code or OTHER, priority, Month.of(start), size)
          for start, code, priority, size in requests),
        *(_Part(code or OTHER, priority, quarter, size, status == "done",
                _band(served if status == "done" else answered))
          for quarter, code, priority, status, served, answered, size in endings),
    ]  # fmt: skip

    def times_by(code_of: Callable[[_Part], str | None]) -> dict[str, Times]:
        by_code = defaultdict[str, list[_Part]](list)
        for part in parts:
            if code := code_of(part):
                by_code[code].append(part)
        times = {code: _times(alike, end) for code, alike in by_code.items()}
        return dict(sorted(times.items(), key=lambda entry: -entry[1].referrals))

    services, priorities = times_by(attrgetter("service")), times_by(attrgetter("priority"))
    return AllTimes(_times(parts, end), services, priorities)


def _times(parts: Sequence[_Part], end: Month) -> Times:
    """How long some referrals took, as known at the end of the last month of a release."""
    until_due = [
        part._replace(step=int(part.step > DUE[part.priority]))
        for part in parts
        if part.priority in DUE
    ]
    return Times(*_waits(parts, len(BANDS), end), *_waits(until_due, 2, end))


def _waits(parts: Sequence[_Part], steps: int, end: Month) -> tuple[Waits, Waits]:
    """What became of referrals in steps of time, under either assumption about those who wait.

    First where all of them have waited beyond every step (``Times.late``), then where those that
    may be of the last month have waited no day yet (``Times.early``). Who waits are the
    requests less the endings, of the last quarter and month as well.

    Args:
        parts: The referrals, requests and endings.
        steps: How many steps of time there are.
        end: Last month of the release.
    """
    served, unserved, late, early = np.zeros((4, steps))
    waiting = waiting_of_quarter = requests_of_month = 0
    for part in parts:
        if part.is_served is None:
            more = part.size
            requests_of_month += more if part.since == end else 0
        else:
            more = -part.size
            (served if part.is_served else unserved)[part.step] += part.size
        waiting += more
        waiting_of_quarter += more if part.since.quarter_start == end.quarter_start else 0
    late[-1] = max(waiting, 0)
    early[0] = min(late[-1], max(waiting_of_quarter, 0), requests_of_month)
    early[-1] += late[-1] - early[0]
    return Waits(served, unserved, late), Waits(served, unserved, early)


def _band(code: str | None) -> int:
    """The index of a band of days; of an unknown time the last."""
    return BANDS.index(code) if code in BANDS else len(BANDS) - 1
