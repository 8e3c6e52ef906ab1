"""Indicators: four numbers at a glance, and the headline that the meeting opens with.

Id: overview.indicators. The figure is drawn as HTML: each of ``items`` is a tile (``parts.tiles``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from dashboard import queries
from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts.comparisons import compare_codes, compare_total, with_history
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.overview import changes
from dashboard.exhibits.parts import against_usual, breakdowns, lateness, reporting, tiles
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.empty_state import (
    empty_exhibit,
    is_reported,
    is_without_data,
    leading,
    not_reported,
    nothing,
    unkept,
)
from dashboard.exhibits.parts.frame import frame, make_exhibit, total_in_words
from dashboard.exhibits.parts.tiles import Tile
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.facts import ENDINGS, INCIDENTS, PEOPLE, REQUESTS, UNITS, Fact
from dashboard.model.periods import Month, Span
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import begin, in_sentence


@dataclass(frozen=True)
class _Indicator:
    """What one indicator counts: a fact, or the part of it with a code in a column.

    ``unit`` replaces that of the fact: a person's first referral counts that person.
    """

    id: str
    fact: Fact
    column: str = ""
    code: str = ""
    unit: str = ""

    @property
    def by(self) -> tuple[str, ...]:
        """The column that it counts a part by; () where it counts the whole fact."""
        return (self.column,) if self.column else ()

    def by_month(self, question: Question, span: Span) -> dict[Month, int]:
        """Sizes by month of a span, in order of time; months outside the release are missing."""
        rows = queries.series(question.release, self.fact, question.filters, span, self.by)
        sizes = dict.fromkeys((Month.of(start) for start, *_ in rows), 0)
        # A row has no code where the whole fact is counted.
        own = {Month.of(start): size for start, *code, size in rows if code in ([], [self.code])}
        return sizes | own

    def comparison(self, question: Question) -> Comparison | None:
        """What the judge of change says of it; None where a reader wants no comparison."""
        if not self.column:
            return compare_total(question, self.fact)
        comparisons = compare_codes(question, self.fact, self.column)
        return comparisons.rows.get(self.code) if comparisons else None


_INDICATORS = (
    _Indicator("incidents", INCIDENTS),
    _Indicator("people", PEOPLE),
    _Indicator("first_referrals", REQUESTS, "step", "first", "people"),
    _Indicator("services", ENDINGS, "status", "done"),
)
#: Months of a sparkline.
_SPARK = 12


@exhibit("overview.indicators", facts=("incidents", "people", "requests", "endings"), compares=True)
def indicators(question: Question) -> Exhibit:
    """Four numbers, each with its change and the line of its last twelve months."""
    if is_without_data(question):
        lead = _leading(question).fact
        return empty_exhibit(frame(question, lead), nothing(question, lead))
    before = question.compared_span
    early = _why_too_early(question)
    items = [_item(question, indicator, before, said=early) for indicator in _INDICATORS]
    cuts: list[Breakdown] = []
    for entry, item in zip(_INDICATORS, items, strict=True):
        if (value := item["value"]) is not None:
            cut = breakdowns.breakdown_of(question, entry.fact, entry.by, (value,))
            item["low"], item["high"] = cut.error.interval(value)
            cuts.append(cut)
    notes = [*reporting.not_compared(question), *lateness.notes(question)]
    notes += [early] if early else []
    facts = [entry.fact for entry in _INDICATORS if is_reported(question, entry.fact)]
    return make_exhibit(
        frame(question, *(facts or [INCIDENTS]), cuts=cuts, notes=notes),
        title=headline(question),
        figure={"form": "indicators", "items": items},
        table=tiles.table(question, items, is_judged=question.is_compared),
        description=" ".join(_described(question, item) for item in items),
    )


def _why_too_early(question: Question) -> str:
    """Why nothing is usual yet, which is said once for all numbers; '' where something is."""
    _, comparison = headline_comparison(question)
    if comparison is None or comparison.has_usual:
        return ""
    return against_usual.why(question, comparison)


def headline(question: Question) -> str:
    """How incidents compare with usual, and which place or class leads where that is clear.

    It is about people where some chosen filter does not apply to incidents.
    """
    lead = _leading(question)
    if not question.release.has(lead.fact):
        return not_reported(question, lead.fact).reason
    if is_without_data(question):
        return nothing(question, lead.fact).reason
    item, comparison = _item(question, lead, None), with_history(lead.comparison(question))
    if comparison is None:
        sentence = question.translate(
            f"overview.headline_{lead.id}", n=item["value"], number=item["text"],
            period=question.period_in_words
        )  # fmt: skip
        return begin(sentence)
    leader = changes.leader(question, comparison.direction) if comparison.direction else None
    name = leader.label(question) if leader else ""
    return begin(
        question.translate(
            f"overview.headline{'_led' if leader else ''}",
            what=question.translate(f"overview.what_{lead.id}"),
            number=item["text"],
            word=against_usual.word(question, comparison),
            range=against_usual.usual_range(question, comparison),
            leader=in_sentence(name) if leader and leader.group == "class" else name,
        )
    )


def headline_comparison(question: Question) -> tuple[Fact, Comparison | None]:
    """What the headline counts, and its comparison with what is usual, if any."""
    lead = _leading(question)
    return lead.fact, lead.comparison(question) if question.release.has(lead.fact) else None


def earlier(question: Question, before: Span) -> str:
    """The number of the headline in another period, in words; '' of what is not reported.

    Args:
        question: What the reader looks at.
        before: The period that the reader compares with.
    """
    lead = _leading(question)
    if not question.release.has(lead.fact):
        return ""
    text = _item(question, lead, before)["before_text"]
    return question.translate("overview.before", number=text, period=question.dated(before))


def _leading(question: Question) -> _Indicator:
    """The indicator that the headline is about: incidents where filters apply, else people."""
    incidents, people, *_ = _INDICATORS
    return incidents if leading(question, INCIDENTS, PEOPLE) is INCIDENTS else people


def _item(
    question: Question, indicator: _Indicator, before: Span | None, *, said: str = ""
) -> Tile:
    """The tile of an indicator; where its fact is not reported or filters do not apply, that.

    Args:
        question: What the reader looks at.
        indicator: The indicator.
        before: The compared period, whose number stands beside, or None.
        said: A reason for having no usual number that stands elsewhere already.
    """
    fact, lang = indicator.fact, question.lang
    tile = partial(
        tiles.tile,
        question,
        indicator.id,
        question.translate(f"overview.indicators.{indicator.id}"),
        UNITS.label_of(indicator.unit or fact.unit, lang),
    )
    if not question.release.has(fact):
        return tile(text=question.translate("overview.indicators.not_reported"))
    if names := unkept(question, fact):
        filters = filter_words.names_in_words(names, lang)
        return tile(text=question.translate("overview.indicators.not_kept", filters=filters))
    release_span = question.release.span
    end = max(min(question.period.end, release_span.end), release_span.start)
    start = min(end.plus(1 - _SPARK), question.period.start, *([before.start] if before else []))
    sizes = indicator.by_month(question, Span(start, end))

    def number_in(span: Span) -> tuple[int, str]:
        """The number in a span, and the same in words."""
        size = sum(size for month, size in sizes.items() if span.start <= month <= span.end)
        if indicator.column:
            return size, question.about(size, fact)
        return size, total_in_words(question, fact, size, span)

    value, text = number_in(question.period)
    return tile(
        text=text,
        value=value,
        line=sizes,
        comparison=indicator.comparison(question),
        said=said,
        before=number_in(before) if before else None,
    )


def _described(question: Question, item: Mapping[str, Any]) -> str:
    """A tile in a sentence: its name, its number or why it has none, and how that compares."""
    values = {name: item[name] for name in ("label", "text", "change")}
    form = "_untold" if item["value"] is None else "" if item["change"] else "_uncompared"
    return question.translate(f"overview.indicators.item{form}", **values)
