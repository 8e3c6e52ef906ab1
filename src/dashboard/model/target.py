"""Target: what a plan wants of an indicator, in some months, an area and a group of people.

An operator writes it (``etl.operator_tables``), a release carries it as a row of ``target``. It is
no number about people: what was reached is counted where it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dashboard.model.facts import ENDINGS, INCIDENTS, PEOPLE, REQUESTS, Fact
from dashboard.model.periods import Month, Span


@dataclass(frozen=True)
class Measured:
    """What an indicator with targets counts.

    Attributes:
        fact: The fact of its events.
        by_service: Whether it may be of one service, as ``services.legal_aid`` is.
        is_share: Whether it is a share in percent.
        at_most: Whether the target is a limit that it should not exceed.
    """

    fact: Fact
    by_service: bool = False
    is_share: bool = False
    at_most: bool = False


#: Indicators that may have targets. Who declined has none: a person's "no" is never a failure.
MEASURED: Mapping[str, Measured] = MappingProxyType(
    {
        "incidents": Measured(INCIDENTS),
        "people": Measured(PEOPLE),
        "first_referrals": Measured(REQUESTS),
        "referrals": Measured(REQUESTS, by_service=True),
        "services": Measured(ENDINGS, by_service=True),
        "in_time": Measured(REQUESTS, is_share=True),
        "open": Measured(REQUESTS, at_most=True),
    }
)


@dataclass(frozen=True, slots=True)
class Target:
    """A target.

    Attributes:
        indicator: A key of ``MEASURED``, with a dot and a service where it is of one.
        area: Code of the place, '' for all of them.
        group: Whom it is of, a code of ``sex_age_group``.
        span: Its months.
        number: The target, at least 1; of a share in percent.
        source: Whose plan says so, in words.
    """

    indicator: str
    area: str
    group: str
    span: Span
    number: int
    source: str

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Target:
        """The target of a row in the contract's order."""
        indicator, area, group, first, last, number, source = row
        return cls(
            indicator, area or "", group, Span(Month.of(first), Month.of(last)), number, source
        )

    @property
    def row(self) -> tuple[object, ...]:
        """Its row, in the contract's order."""
        first, last = self.span.start.first_day, self.span.end.first_day
        return (self.indicator, self.area or None, self.group, first, last, self.number,
                self.source)  # fmt: skip

    @property
    def name(self) -> str:
        """Its indicator without the service."""
        return self.indicator.partition(".")[0]

    @property
    def service(self) -> str:
        """The service that it is of, '' for all of them."""
        return self.indicator.partition(".")[2]

    @property
    def measured(self) -> Measured:
        """What its indicator counts."""
        return MEASURED[self.name]

    def meets(self, span: Span) -> bool:
        """Whether it is about any of some months."""
        return self.span.meets(span)
