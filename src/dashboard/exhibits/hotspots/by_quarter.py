"""By quarter: the last quarters of a release, whatever period is chosen, and how these are told.

What is drawn of them stands in ``quarters`` and ``area_line``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts import windows
from dashboard.exhibits.exhibit import Column
from dashboard.exhibits.parts import lateness
from dashboard.exhibits.question import Question
from dashboard.model.periods import Span
from dashboard.words import dates


@dataclass(frozen=True, kw_only=True)
class ByQuarter(Counted):
    """Something by quarter; the question is about all of these.

    Attributes:
        spans: The quarters, in order of time.
    """

    spans: tuple[Span, ...]

    @property
    def ticks(self) -> tuple[str, ...]:
        """The quarters as they stand below a figure."""
        return tuple(dates.quarter_at_tick(s.start.first_day, self.lang) for s in self.spans)

    @property
    def late(self) -> int:
        """How many of the last quarters hold a provisional month."""
        late = lateness.provisional(self.question.release, self.question.period)
        return sum(1 for span in self.spans if late and span.end >= late.start)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns of a quarter and of its number; the cells of the former are ``named``."""
        code = self.translate("hotspots.quarters.column_code")
        return (
            # Not a date as HXL has it: files give each row's first and last day beside it.
            Column("quarter", code, hxl="#x_quarter+code", in_files=True),
            Column("quarter_name", self.translate("trend.of_3")),
            tables.number(self),
        )

    def named(self, span: Span) -> tuple[str, str]:
        """Code and name of a quarter."""
        return span.start.quarter, self.quarter(span.start)


def last_quarters(question: Question, most: int) -> tuple[tuple[Span, ...], Question]:
    """The last quarters of the release, at most so many, and the question about these months."""
    spans = windows.windows(windows.QUARTER, question.release.span)[-most:]
    within = Span(spans[0].start, spans[-1].end) if spans else question.release.span
    return spans, replace(question, period=within)
