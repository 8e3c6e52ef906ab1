"""Open referrals: all that were requested until a month less all that ended until then.

Counting only, of requests and endings that are never matched one by one. How long requests of a
period took stands in ``referral_times``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.exhibits.counts.referral_counts import OTHER, quarter_requested
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.periods import Month, Span

#: Cohorts by quarter of request: before the last quarter, in it, and in the one that is counted to.
COHORTS = ("earlier", "last", "this")


@dataclass(frozen=True)
class Open:
    """Open referrals of one service, or of all.

    Attributes:
        cohorts: How many wait by quarter of request, in the order of ``COHORTS``.
        requested, ended: How many were requested and how many ended in the period.
    """

    cohorts: tuple[int, int, int]
    requested: int
    ended: int

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(self.cohorts)

    @property
    def earlier(self) -> int:
        """How many of them since before the last quarter."""
        return self.cohorts[0]


def until(question: Question) -> Question | None:
    """A view over all months of the release until the end of its period, None where it has none."""
    known = question.release.span
    within = question.period.clipped(known)
    return replace(question, period=Span(known.start, within.end)) if within else None


def count_open(question: Question, by: By | None = None) -> dict[str, Open]:
    """Open referrals at the end of a view's period, by service, or all under "other".

    What of a quarter ended counts against what that quarter requested; none is below 0, and they
    sum to what is open.

    Args:
        question: What the reader looks at.
        by: The service, or groups of services; all together where it is left out.
    """
    whole = until(question)
    if whole is None:
        return {}
    this = whole.period.end.quarter_start
    asked, ended = _requested(whole, by), _ended(whole, by)
    within, by_columns = question.period, (by,) if by else ()
    flows = [
        _by_service(queries.counts(question.release, fact, question.filters, within, by_columns))
        for fact in (REQUESTS, ENDINGS)
    ]
    codes = dict.fromkeys([*(code for code, _ in asked), *(code for code, _ in ended)])
    return {
        code: Open(
            _cohorts({m: n for (c, m), n in asked.items() if c == code},
                     {m: n for (c, m), n in ended.items() if c == code}, this),
            flows[0][code], flows[1][code],
        )
        for code in codes
    }  # fmt: skip


def _cohorts(
    asked: Mapping[Month, int], ended: Mapping[Month, int], this: Month
) -> tuple[int, int, int]:
    waiting = max(sum(asked.values()) - sum(ended.values()), 0)
    now, last = (
        max(asked.get(start, 0) - ended.get(start, 0), 0) for start in (this, this.plus(-3))
    )
    now = min(now, waiting)
    last = min(last, waiting - now)
    return waiting - now - last, last, now


def _requested(whole: Question, by: By | None) -> Counter[tuple[str, Month]]:
    """Requests by service and quarter."""
    sizes: Counter[tuple[str, Month]] = Counter()
    columns = ("month", *((by,) if by else ()))
    rows = queries.counts(whole.release, REQUESTS, whole.filters, whole.period, columns)
    for month, *code, size in rows:
        sizes[_service(code), Month.of(month).quarter_start] += size
    return sizes


def _ended(whole: Question, by: By | None) -> Counter[tuple[str, Month]]:
    """Endings by service and quarter of their request."""
    sizes: Counter[tuple[str, Month]] = Counter()
    columns = ("month", "lag_quarters", *((by,) if by else ()))
    rows = queries.counts(whole.release, ENDINGS, whole.filters, whole.period, columns)
    for month, lag, *code, size in rows:
        sizes[_service(code), quarter_requested(month, lag)] += size
    return sizes


def _by_service(rows: list[queries.Row]) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for *code, size in rows:
        sizes[_service(code)] += size
    return sizes


def _service(code: list[str | None]) -> str:
    return (code[0] if code else OTHER) or OTHER
