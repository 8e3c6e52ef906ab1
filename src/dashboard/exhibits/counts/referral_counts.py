"""Requests by agency and service, and what came of those of a period.

Counting only. How it is drawn and worded stands in ``referrals``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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

#: Codes of a column of a matrix besides "other", and services of the pathway besides all others.
KEPT, KEPT_ON_PATHWAY = 9, 3
OTHER = "other"
#: Agencies of which no type is recorded: apart from "other", which holds types that are known.
NOT_RECORDED = "not_recorded"
#: What becomes of requests, from top to bottom: open is what has not ended, declined is a valid
#: outcome.
OUTCOMES = ("done", "open", "rejected_or_revoked", "declined")
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
    """Referrals that a period requested, and what became of them.

    Attributes:
        requested: Requests by service, the largest first and all others last.
        outcomes: The same by (service, outcome), none below 0.
        ended: All of them by outcome. What is open is requested less ended of all together, as
            other exhibits have it; the sum of services where as many ended of all.
        has_others: Whether "other" holds smaller services, so that it is no code alone.
    """

    requested: Mapping[str, int]
    outcomes: Counter[Pair]
    ended: Mapping[str, int]
    has_others: bool

    @property
    def total(self) -> int:
        """Referrals requested."""
        return sum(self.requested.values())


@dataclass(frozen=True)
class Pairs:
    """Requests by agency and service, grouped to the rows and columns of a matrix.

    Attributes:
        requests: Referrals by (agency, service).
        agencies, services: Codes in the order drawn, the largest first and "other" last; agencies
            of no recorded type after that.
        small_agencies, small_services: Whether "other" also holds smaller ones, so that it is not
            the code alone that records hold.
    """

    requests: Counter[Pair]
    agencies: tuple[str, ...]
    services: tuple[str, ...]
    small_agencies: bool
    small_services: bool


def whole_quarters(question: Question) -> Question:
    """A view in whole quarters, since endings know the quarter of their request only."""
    return replace(question, period=question.period.snapped("quarter"))


def count_requests(question: Question, service: By = "service") -> Counter[Pair]:
    """Requests by (agency, service); services may be groups of them."""
    return question.sums(
        REQUESTS, "from_agency_type", service,
        under=lambda agency, code: (agency or NOT_RECORDED, code or OTHER),
    )  # fmt: skip


def count_pathway(question: Question) -> Pathway:
    """Referrals requested in a view's period, which is whole quarters, and what came of them."""
    requests = question.sums(REQUESTS, "service", under=lambda code: code or OTHER)
    kept = keep_largest(requests, KEPT_ON_PATHWAY, OTHER)

    def outcome(_: Month, code: str | None, status: str, reason: str | None) -> Pair:
        service = code if code in kept else OTHER
        if status == "done":
            return str(service), status
        return str(service), "declined" if reason == DECLINED else "rejected_or_revoked"

    outcomes: Counter[Pair] = summed(
        endings_of_requests(question, "service", "status", "no_service_reason"), outcome
    )
    if any(code not in kept for code, _ in outcomes):
        # What ended of services that nothing is shown to be requested of is told as well.
        kept.setdefault(OTHER, 0)
    left = summed(outcomes.items(), lambda pair: pair[0])
    outcomes.update({(code, "open"): max(size - left[code], 0) for code, size in kept.items()})
    ended = summed(outcomes.items(), lambda pair: pair[1])
    ended["open"] = max(sum(kept.values()) - left.total(), 0) or ended["open"]
    has_others = not kept.keys() >= requests.keys()
    return Pathway(kept, outcomes, {end: ended[end] for end in OUTCOMES if ended[end]}, has_others)


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


def grouped(requests: Mapping[Pair, int]) -> Pairs:
    """Requests by (agency, service) with the smaller services and agencies put into "other"."""
    by_sender = summed(requests.items(), lambda pair: pair[0])
    by_service = summed(requests.items(), lambda pair: pair[1])
    nobody = by_sender.pop(NOT_RECORDED, 0)
    agencies = keep_largest(by_sender, KEPT, OTHER)
    services = keep_largest(by_service, KEPT, OTHER)
    small_agencies = not agencies.keys() >= by_sender.keys()
    if nobody:
        agencies[NOT_RECORDED] = nobody
    return Pairs(
        summed(
            requests.items(),
            lambda pair: (
                pair[0] if pair[0] in agencies else OTHER,
                pair[1] if pair[1] in services else OTHER,
            ),
        ),
        tuple(agencies),
        tuple(services),
        small_agencies,
        small_services=not services.keys() >= by_service.keys(),
    )
