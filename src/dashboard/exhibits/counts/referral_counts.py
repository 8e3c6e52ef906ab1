"""The pathway of referrals: requests by agency and service, and what came of them.

Counting only. How it is drawn and worded stands in ``referrals``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard import queries
from dashboard.analysis.flows import keep_largest
from dashboard.exhibits.question import Question
from dashboard.model.codes import SERVICE_GROUPS
from dashboard.model.counted_by import By, Gathered
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.periods import Month, Span
from dashboard.queries import summed

#: Codes kept in a column besides "other": of a matrix, and of the pathway.
KEPT, KEPT_ON_PATHWAY = 9, 5
#: Bands of a pathway: more of them cross and cannot be followed.
MOST_BANDS = 20
OTHER = "other"
#: Agencies of which no type is recorded: apart from "other", which holds types that are known.
NOT_RECORDED = "not_recorded"
#: Outcomes from top to bottom: waiting is what has not ended, declined is a valid outcome.
OUTCOMES = ("done", "waiting", "declined", "rejected", "revoked")
DECLINED = "declined_by_person"
#: What becomes of those that end, each a part of its own; all other ends are rejections.
ENDS = ("done", "declined", "unavailable", "lost", "rejected")
_REASONS = {DECLINED: "declined", "service_unavailable": "unavailable", "lost_contact": "lost"}
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
        return summed(self.requests.items(), lambda pair: pair[side])

    def shown(self) -> list[tuple[Pair, int]]:
        """Requests as they are drawn: without their agency where agencies are not told apart."""
        if not self.by_agency:
            return [((OTHER, service), size) for service, size in self.sums(1).most_common()]
        return sorted(self.requests.items(), key=lambda entry: (-entry[1], entry[0]))

    def ended(self) -> Counter[str]:
        """Referrals by outcome."""
        return summed(self.outcomes.items(), lambda pair: pair[1])


def whole_quarters(question: Question) -> Question:
    """A view in whole quarters, since endings know the quarter of their request only."""
    return replace(question, period=question.period.snapped("quarter"))


def count_requests(question: Question, service: By = "service") -> Counter[Pair]:
    """Requests by (agency, service); services may be groups of them."""
    return question.sums(
        REQUESTS, "from_agency_type", service,
        under=lambda agency, code: (agency or NOT_RECORDED, code or OTHER),
    )  # fmt: skip


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
    requests: Counter[Pair] = summed(
        count_requests(question, service).items(),
        lambda pair: (OTHER if pair[0] == NOT_RECORDED else pair[0], pair[1]),
    )
    outcomes: Counter[Pair] = summed(
        endings_of_requests(question, service, "status", "no_service_reason"),
        lambda _, code, status, reason: (
            code or OTHER, "declined" if reason == DECLINED and status != "done" else status,
        ),
    )  # fmt: skip
    if only:
        requests = Counter({pair: n for pair, n in requests.items() if pair[1] in only})
        outcomes = Counter({pair: n for pair, n in outcomes.items() if pair[0] in only})
    ended = summed(outcomes.items(), lambda pair: pair[0])
    for code, size in summed(requests.items(), lambda pair: pair[1]).items():
        if size > ended[code]:
            outcomes[code, "waiting"] = size - ended[code]
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


def endings_of_requests(question: Question, *by: By) -> Iterator[queries.Row]:
    """Endings of the period's requests, whenever they ended.

    Yields:
        The quarter of the request, one value per column of ``by``, and the size.
    """
    period = question.period
    later = Span(period.start, max(period.end, question.release.span.end))
    columns = ("month", "lag_quarters", *by)
    for month, lag, *values in replace(question, period=later).counts(ENDINGS, *columns):
        requested = quarter_requested(month, lag)
        if period.start <= requested <= period.end:
            yield requested, *values


def count_ends(question: Question, service: By = "service") -> Counter[Pair]:
    """Endings of a view's period by (service, end)."""
    return question.sums(
        ENDINGS, service, "status", "no_service_reason",
        under=lambda code, status, reason: (
            code or OTHER, "done" if status == "done" else _REASONS.get(reason, "rejected"),
        ),
    )  # fmt: skip


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
    by_sender = summed(requests.items(), lambda pair: pair[0])
    by_service = summed(requests.items(), lambda pair: pair[1])
    nobody = by_sender.pop(NOT_RECORDED, 0)
    kept_agencies = keep_largest(by_sender, agencies, OTHER)
    kept_services = keep_largest(by_service, keep, OTHER)
    small_agencies = by_agency and not kept_agencies.keys() >= by_sender.keys()
    if nobody:
        kept_agencies[NOT_RECORDED] = nobody

    if any(code not in kept_services for code, _ in outcomes):
        # What ended of services that nothing is shown to be requested of is told as well.
        kept_services.setdefault(OTHER, 0)

    def agency(code: str) -> str:
        return code if code in kept_agencies else OTHER

    def service(code: str) -> str:
        return code if code in kept_services else OTHER

    return Pathway(
        summed(requests.items(), lambda pair: (agency(pair[0]), service(pair[1]))),
        summed(outcomes.items(), lambda pair: (service(pair[0]), pair[1])),
        by_agency,
        tuple(kept_agencies),
        tuple(kept_services),
        small_agencies=small_agencies,
        small_services=not kept_services.keys() >= by_service.keys(),
    )
