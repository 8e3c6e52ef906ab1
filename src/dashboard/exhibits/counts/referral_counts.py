"""The pathway of referrals: requests by agency and service, and what came of them.

Counting only. How it is drawn and worded stands in ``referrals``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import queries
from dashboard.analysis.flows import keep_largest
from dashboard.exhibits.question import Question
from dashboard.model.codes import SERVICE_GROUPS
from dashboard.model.counted_by import By, Gathered
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.periods import Month, Span

#: Codes kept in a column besides "other": of a matrix, and of the pathway.
KEPT, KEPT_ON_PATHWAY = 9, 5
#: Bands of a pathway: more of them cross and cannot be followed.
MOST_BANDS = 20
OTHER = "other"
#: Agencies of which no type is recorded: apart from "other", which holds types that are known.
NOT_RECORDED = "not_recorded"
#: Outcomes from top to bottom: waiting is what has not ended, declined is a valid outcome.
OUTCOMES = ("done", "waiting", "declined", "rejected", "revoked")
_DECLINED = "declined_by_person"
#: What becomes of those that end, each a part of its own; all other ends are rejections.
ENDS = ("done", "declined", "unavailable", "lost", "rejected")
_REASONS = {_DECLINED: "declined", "service_unavailable": "unavailable", "lost_contact": "lost"}
#: Quarters from a request to its ending; "later" is taken as the second quarter after.
_LAGS = {"0": 0, "1": 1, "2_plus": 2}

Pair = tuple[str, str]
#: Services by kind, where single ones are too few.
IN_GROUPS = Gathered(
    "service",
    {code: group for group, services in SERVICE_GROUPS.items() for code in services},
    rest=OTHER,
)


def is_named(codes: Sequence[str]) -> bool:
    """Whether each of some agencies and services stands for itself."""
    return not {OTHER, NOT_RECORDED}.intersection(codes)


@dataclass(frozen=True)
class Pathway:
    """Referrals of a period, grouped to the columns that are drawn.

    Attributes:
        requests: Referrals by (agency, service).
        outcomes: Referrals by (service, outcome).
        by_agency: Whether agencies are told apart.
        agencies, services: Codes in the order drawn, the largest first and "other" last; agencies
            of no recorded type after that.
        small_agencies, small_services: Whether "other" also holds smaller ones, so that it is not
            the code alone that records hold.
    """

    requests: Counter[Pair]
    outcomes: Counter[Pair]
    by_agency: bool
    agencies: tuple[str, ...]
    services: tuple[str, ...]
    small_agencies: bool
    small_services: bool

    @property
    def total(self) -> int:
        """Referrals requested."""
        return self.requests.total()

    @property
    def bands(self) -> int:
        """Bands that are drawn of it."""
        asked = sum(map(bool, self.requests.values())) if self.by_agency else 0
        return asked + sum(map(bool, self.outcomes.values()))

    @property
    def told(self) -> int:
        """Referrals that stand under a name of their own, on both sides where both are drawn."""
        sides = slice(0 if self.by_agency else 1, 2)
        return sum(size for pair, size in self.requests.items() if is_named(pair[sides]))

    def sums(self, side: int) -> Counter[str]:
        """Requests by agency (0) or service (1)."""
        sums: Counter[str] = Counter()
        for pair, size in self.requests.items():
            sums[pair[side]] += size
        return sums

    def shown(self) -> list[tuple[Pair, int]]:
        """Requests as they are drawn: without their agency where agencies are not told apart."""
        if not self.by_agency:
            return [((OTHER, service), size) for service, size in self.sums(1).most_common()]
        return sorted(self.requests.items(), key=lambda entry: (-entry[1], entry[0]))

    def ended(self) -> Counter[str]:
        """Referrals by outcome."""
        ended: Counter[str] = Counter()
        for (_, outcome), size in self.outcomes.items():
            ended[outcome] += size
        return ended


def count_requests(question: Question, service: By = "service") -> Counter[Pair]:
    """Requests by (agency, service); services may be groups of them."""
    by = ("from_agency_type", service)
    requests: Counter[Pair] = Counter()
    for agency, code, size in queries.counts(
        question.release, REQUESTS, question.filters, question.period, by
    ):
        requests[agency or NOT_RECORDED, code or OTHER] += size
    return requests


def count_pathway(
    question: Question, *, by_agency: bool, service: By = "service", only: Collection[str] = ()
) -> Pathway:
    """Referrals requested in a view's period, which is whole quarters, and what came of them.

    Args:
        question: What the reader looks at.
        by_agency: Whether agencies are told apart.
        service: The services, or groups of them.
        only: Services or groups to count; all of them where empty.

    Returns:
        Of all ways to put smaller ones into "other" that leave at most ``MOST_BANDS`` bands, the
        one that tells most; agencies of no recorded type are in it too. Where that would leave half
        of the referrals of agencies without both names it is as of a matrix, with more bands than
        can be drawn.
    """
    requests, outcomes = Counter[Pair](), _endings(question, service)
    for (agency, code), size in count_requests(question, service).items():
        requests[OTHER if agency == NOT_RECORDED else agency, code] += size
    if only:
        requests = Counter({pair: n for pair, n in requests.items() if pair[1] in only})
        outcomes = Counter({pair: n for pair, n in outcomes.items() if pair[0] in only})
    waiting: Counter[str] = Counter()
    for (_, code), size in requests.items():
        waiting[code] += size
    for (code, _), size in outcomes.items():
        waiting[code] -= size
    for code, size in waiting.items():
        if size > 0:
            outcomes[code, "waiting"] = size
    kept = range(1, KEPT_ON_PATHWAY + 1)
    ways = (
        grouped(requests, outcomes, by_agency=by_agency, keep=services, agencies=agencies)
        for services in kept
        for agencies in (kept if by_agency else kept[-1:])
    )
    best = max((way for way in ways if way.bands <= MOST_BANDS), key=lambda way: way.told)
    if by_agency and 2 * best.told <= best.total:
        return grouped(requests, outcomes, by_agency=True)
    return best


def _endings(question: Question, service: By) -> Counter[Pair]:
    """Endings by (service, outcome) of the period's requests, whenever they ended."""
    release = question.release
    until = max(question.period.end, release.span.end)
    by = ("month", "lag_quarters", service, "status", "no_service_reason")
    outcomes: Counter[Pair] = Counter()
    for month, lag, code, status, reason, size in queries.counts(
        release, ENDINGS, question.filters, Span(question.period.start, until), by
    ):
        if question.period.start <= quarter_requested(month, lag) <= question.period.end:
            outcome = "declined" if reason == _DECLINED and status != "done" else status
            outcomes[code or OTHER, outcome] += size
    return outcomes


def count_ends(question: Question, service: By = "service") -> Counter[Pair]:
    """Endings of a view's period by (service, end)."""
    ends: Counter[Pair] = Counter()
    for code, status, reason, size in queries.counts(
        question.release,
        ENDINGS,
        question.filters,
        question.period,
        (service, "status", "no_service_reason"),
    ):
        end = "done" if status == "done" else _REASONS.get(reason, "rejected")
        ends[code or OTHER, end] += size
    return ends


def quarter_requested(month: date, lag: str | None) -> Month:
    """First month of the quarter, at the latest, that requested what ended in a month.

    >>> str(quarter_requested(date(2026, 8, 1), "1")), str(quarter_requested(date(2026, 8, 1), "0"))
    ('2026-04', '2026-07')
    """
    return Month.of(month).quarter_start.plus(-3 * _LAGS.get(lag or "0", 0))


def grouped(
    requests: Mapping[Pair, int],
    outcomes: Mapping[Pair, int],
    *,
    by_agency: bool,
    keep: int = KEPT,
    agencies: int = KEPT,
) -> Pathway:
    """Requests and outcomes with the smaller services and agencies put into "other".

    Args:
        requests: Referrals by (agency, service).
        outcomes: Referrals by (service, outcome).
        by_agency: Whether agencies are told apart.
        keep: How many services stand for themselves.
        agencies: How many agencies do.
    """
    by_sender: Counter[str] = Counter()
    by_service: Counter[str] = Counter()
    for (agency, service), size in requests.items():
        by_sender[agency] += size
        by_service[service] += size
    nobody = by_sender.pop(NOT_RECORDED, 0)
    kept_agencies, kept_services = (
        keep_largest(by_sender, agencies, OTHER),
        keep_largest(by_service, keep, OTHER),
    )
    small_agencies = by_agency and not kept_agencies.keys() >= by_sender.keys()
    if nobody:
        kept_agencies[NOT_RECORDED] = nobody

    if any(service not in kept_services for service, _ in outcomes):
        # What ended of services that nothing is shown to be requested of is told as well.
        kept_services.setdefault(OTHER, 0)

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
        small_agencies=small_agencies,
        small_services=not kept_services.keys() >= by_service.keys(),
    )
