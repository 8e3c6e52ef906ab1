"""The pathway of referrals: requests by agency and service, and what came of them.

Counting only. How it is drawn and worded stands in ``referrals``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import queries
from dashboard.analysis.flows import fold
from dashboard.exhibits.registry import View
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.periods import Month, Span

#: Codes kept in a column besides "other".
KEPT = 9
OTHER = "other"
#: Outcomes from top to bottom: waiting is what has not ended, declined is a valid outcome.
OUTCOMES = ("done", "waiting", "declined", "rejected", "revoked")
_DECLINED = "declined_by_person"
#: Quarters from a request to its ending; "later" is taken as the second quarter after.
_LAGS = {"0": 0, "1": 1, "2_plus": 2}

Pair = tuple[str, str]


@dataclass(frozen=True)
class Pathway:
    """Referrals of a period, folded to the columns that are drawn.

    Attributes:
        requests: Referrals by (agency, service).
        outcomes: Referrals by (service, outcome).
        by_agency: Whether there are enough to tell agencies apart.
        agencies, services: Codes in the order drawn, the largest first and "other" last.
        folded: Whether smaller services were put into "other".
    """

    requests: Counter[Pair]
    outcomes: Counter[Pair]
    by_agency: bool
    agencies: tuple[str, ...]
    services: tuple[str, ...]
    folded: bool

    @property
    def total(self) -> int:
        """Referrals requested."""
        return self.requests.total()

    def sums(self, side: int) -> Counter[str]:
        """Requests by agency (0) or service (1)."""
        found: Counter[str] = Counter()
        for pair, size in self.requests.items():
            found[pair[side]] += size
        return found

    def ended(self) -> Counter[str]:
        """Referrals by outcome."""
        found: Counter[str] = Counter()
        for (_, outcome), size in self.outcomes.items():
            found[outcome] += size
        return found


def count_requests(view: View) -> Counter[Pair]:
    """Requests by (agency, service)."""
    by = ("from_agency_type", "service")
    found: Counter[Pair] = Counter()
    for agency, service, size in queries.counts(
        view.release, REQUESTS, view.filters, view.period, by
    ):
        found[agency or OTHER, service or OTHER] += size
    return found


def count_pathway(view: View, *, by_agency: bool) -> Pathway:
    """Referrals requested in a view's period, which is whole quarters, and what came of them."""
    requests, outcomes = count_requests(view), _endings(view)
    waiting: Counter[str] = Counter()
    for (_, service), size in requests.items():
        waiting[service] += size
    for (service, _), size in outcomes.items():
        waiting[service] -= size
    for service, size in waiting.items():
        if size > 0:
            outcomes[service, "waiting"] = size
    return folded(requests, outcomes, by_agency=by_agency)


def _endings(view: View) -> Counter[Pair]:
    """Endings by (service, outcome) of the period's requests, whenever they ended."""
    release = view.release
    until = max(view.period.end, release.span.end)
    by = ("month", "lag_quarters", "service", "status", "no_service_reason")
    outcomes: Counter[Pair] = Counter()
    for month, lag, service, status, reason, size in queries.counts(
        release, ENDINGS, view.filters, Span(view.period.start, until), by
    ):
        requested = Month.of(month).quarter_start.plus(-3 * _LAGS.get(lag, 0))
        if view.period.start <= requested <= view.period.end:
            outcome = "declined" if reason == _DECLINED and status != "done" else status
            outcomes[service or OTHER, outcome] += size
    return outcomes


def folded(
    requests: Mapping[Pair, int], outcomes: Mapping[Pair, int], *, by_agency: bool
) -> Pathway:
    """Requests and outcomes with the smaller agencies and services put into "other"."""
    agencies: Counter[str] = Counter()
    services: Counter[str] = Counter()
    for (agency, service), size in requests.items():
        agencies[agency] += size
        services[service] += size
    kept_agencies, kept_services = fold(agencies, KEPT, OTHER), fold(services, KEPT, OTHER)

    def kept(code: str, among: Mapping[str, int]) -> str:
        return code if code in among else OTHER

    asked: Counter[Pair] = Counter()
    for (agency, service), size in requests.items():
        asked[kept(agency, kept_agencies), kept(service, kept_services)] += size
    ended: Counter[Pair] = Counter()
    for (service, outcome), size in outcomes.items():
        ended[kept(service, kept_services), outcome] += size
    return Pathway(
        asked,
        ended,
        by_agency,
        tuple(kept_agencies),
        tuple(kept_services),
        folded=len(kept_services) < len(services),
    )
