"""Indicators: four numbers at a glance, and the headline that the meeting opens with.

Id: overview.indicators. The figure is drawn as HTML: each of ``items`` has id, label, value, text
(the value, or why there is none), unit, before, before_text, change (text), interval (text), low
and high (percent by which it may have changed), word, direction (rose, fell, none or None), kind
(direction, but level where it is about the same), arrow (up, down, level or None), periods and
series.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Any

from dashboard import queries
from dashboard.analysis.compare import Comparison
from dashboard.analysis.expected_error import NO_ERROR
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.overview import changes
from dashboard.exhibits.parts import display_rule, lateness, reporting
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, total_in_words
from dashboard.exhibits.parts.noticed import would_show
from dashboard.exhibits.parts.offers import is_told, leading, not_reported, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.facts import ENDINGS, INCIDENTS, PEOPLE, REQUESTS, UNITS, Fact
from dashboard.model.periods import Span
from dashboard.model.protection import FEWEST_FOR_SHARE, is_protected
from dashboard.words import dates, numbers
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import begin, in_sentence, say


@dataclass(frozen=True)
class _Indicator:
    """What one indicator counts: a fact, and where only a part of it, a column and its code.

    A person's first referral counts that person, so its unit is people.
    """

    id: str
    fact: Fact
    column: str = ""
    code: str = ""
    unit: str = ""

    def by_month(self, question: Question, span: Span) -> dict[date, int]:
        """Sizes by month of a span, in order of time; months outside the release are missing."""
        by = (self.column,) if self.column else ()
        rows = queries.series(question.release, self.fact, question.filters, span, by)
        sizes = dict.fromkeys((row[0] for row in rows), 0)
        return sizes | {row[0]: row[-1] for row in rows if not self.column or row[1] == self.code}

    def drawn(self, question: Question, size: int) -> Drawn:
        """Its number as one of the cut that it is read from."""
        by = (self.column,) if self.column else ()
        return display_rule.drawn(question, self.fact, by, (size,))

    def in_words(self, question: Question, size: int, span: Span) -> str:
        """Its number: exact where it is a reported total, else about."""
        if not self.column:
            return total_in_words(question, self.fact, size, span)
        return question.about(size, self.fact)

    def exact(self, question: Question, *spans: Span) -> bool:
        """Whether its numbers of some spans are those that were reported."""
        release = question.release
        return (not self.column or not is_protected(release.base(self.fact.id))) and all(
            display_rule.is_exact_total(release, self.fact, question.filters, span)
            for span in spans
        )


_INDICATORS = (
    _Indicator("incidents", INCIDENTS),
    _Indicator("people", PEOPLE),
    _Indicator("first_referrals", REQUESTS, "step", "first", "people"),
    _Indicator("services", ENDINGS, "status", "done"),
)
#: Months of a sparkline.
_SPARK = 12
#: Percent above which an interval says no more than that little is known.
_WIDEST = 200
#: Percent in whose steps an interval of protected numbers is said.
_COARSE = 5


@exhibit("overview.indicators", facts=("incidents", "people", "requests", "endings"))
def indicators(question: Question) -> Exhibit:
    """Four numbers, each with its change and the line of its last twelve months."""
    lang = question.lang
    before = question.compared_span
    items = [_item(question, indicator, before) for indicator in _INDICATORS]
    drawn = [
        entry.drawn(question, item["value"])
        for entry, item in zip(_INDICATORS, items, strict=True)
        if item["value"] is not None
    ]
    notes = lateness.notes(question.release, question.period, lang)
    if before:
        notes += reporting.notes(question, before)
    elif question.filters.compare != "none":
        notes.insert(0, _no_comparison(question))
    kept = [entry.fact for entry in _INDICATORS if is_told(question, entry.fact)]
    return made(
        "overview.indicators",
        frame(question, *(kept or [INCIDENTS]), drawn=drawn, notes=notes),
        title=headline(question),
        figure={"form": "indicators", "items": items},
        table=_table(question, items, before),
        description=" ".join(_described(question, item) for item in items),
    )


def headline(question: Question) -> str:
    """What incidents did, by which numbers, and what led where that is beyond doubt.

    It is about people where incidents are not kept by what the reader chose.
    """
    lang, before = question.lang, question.compared_span
    lead = _leading(question)
    if not question.release.holds(lead.fact):
        return not_reported(question, lead.fact).reason
    item = _item(question, lead, before)
    if before is None:
        period = dates.period(question.period, lang)
        sentence = say(
            f"overview.headline_{lead.id}", lang, n=item["value"], number=item["text"],
            period=period,
        )  # fmt: skip
        return begin(sentence)
    direction = item["direction"]
    moved = {"rose": 1, "fell": -1}.get(direction)
    led = changes.leader(question, before, moved) if moved else None
    name = changes.label(question, led.counted.group, led.counted.code) if led else ""
    return begin(
        say(
            f"overview.headline_{item['kind']}" + (f"_{led.counted.group}" if led else ""),
            lang,
            what=say(f"overview.what_{lead.id}", lang),
            now=item["text"],
            before=item["before_text"],
            period=dates.period(before, lang),
            leader=in_sentence(name) if led and led.counted.group == "class" else name,
        )
    )


def interval(question: Question) -> str:
    """By how much the number of the headline may have changed, or '' where nothing is compared."""
    before, lead = question.compared_span, _leading(question)
    compared = before is not None and question.release.holds(lead.fact)
    return _item(question, lead, before)["interval"] if compared else ""


def noticed(question: Question) -> str:
    """What change of the headline's number would have shown, where none did; '' elsewhere."""
    before, lead = question.compared_span, _leading(question)
    if before is None or not question.release.holds(lead.fact):
        return ""
    item = _item(question, lead, before)
    if item["kind"] != "none":
        return ""
    exact = lead.exact(question, question.period, before)
    error = NO_ERROR if exact else lead.drawn(question, item["before"]).error
    return would_show(item["before"], error, question.lang)


def _leading(question: Question) -> _Indicator:
    """The indicator that the headline is about: incidents, or people where those tell more."""
    incidents, people, *_ = _INDICATORS
    return incidents if leading(question, INCIDENTS, PEOPLE) is INCIDENTS else people


def _item(question: Question, indicator: _Indicator, before: Span | None) -> dict[str, Any]:
    lang = question.lang
    if not question.release.holds(indicator.fact):
        return _without(question, indicator, say("overview.indicators.not_reported", lang))
    if names := unkept(question, indicator.fact):
        filters = filter_words.names_in_words(names, lang)
        said = say("overview.indicators.not_kept", lang, filters=filters)
        return _without(question, indicator, said)
    known = question.release.span
    end = max(min(question.period.end, known.end), known.start)
    start = min(end.plus(1 - _SPARK), question.period.start, *([before.start] if before else []))
    sizes = indicator.by_month(question, Span(start, end))
    value = _sum(sizes, question.period)
    line = list(sizes.items())[-_SPARK:]
    item: dict[str, Any] = {
        "id": indicator.id,
        "label": say(f"overview.indicators.{indicator.id}", lang),
        "value": value,
        "text": indicator.in_words(question, value, question.period),
        "unit": UNITS.label_of(indicator.unit or indicator.fact.unit, lang),
        "periods": [str(start)[:7] for start, _ in line],
        "series": [size for _, size in line],
    }
    if before is None:
        return item | _UNCOMPARED
    return item | _change(question, indicator, value, _sum(sizes, before), before)


def _without(question: Question, indicator: _Indicator, why: str) -> dict[str, Any]:
    """An indicator of a fact that the release does not report, or not by a chosen filter."""
    lang = question.lang
    return {
        "id": indicator.id,
        "label": say(f"overview.indicators.{indicator.id}", lang),
        "value": None,
        "text": why,
        "unit": UNITS.label_of(indicator.unit or indicator.fact.unit, lang),
        "periods": [],
        "series": [],
    } | _UNCOMPARED


_UNCOMPARED: dict[str, Any] = {
    **dict.fromkeys(("before_text", "change", "interval", "word"), ""),
    **dict.fromkeys(("before", "low", "high", "direction", "kind", "arrow")),
}


def _sum(sizes: Mapping[date, int], span: Span) -> int:
    first, last = span.start.first_day, span.end.first_day
    return sum(size for start, size in sizes.items() if first <= start <= last)


def _change(
    question: Question, indicator: _Indicator, value: int, before: int, compared: Span
) -> dict[str, Any]:
    lang, base = question.lang, question.base(indicator.fact)
    exact = indicator.exact(question, question.period, compared)
    drawn = indicator.drawn(question, value)
    comparison = display_rule.comparison(drawn, before, exact=exact)
    low, high = _percents(comparison, exact=exact)
    before_text = indicator.in_words(question, before, compared)
    late = lateness.waits(question.release, question.period, compared)
    # Of what is still reported nobody can say yet that it stays the same.
    kind = "level" if comparison.is_level and not late else comparison.direction
    waits = comparison.direction == "fell" and late
    return {
        "before": before,
        "before_text": before_text,
        "change": say(
            f"overview.change_{kind}{'_late' if waits else ''}",
            lang,
            difference=numbers.about(abs(value - before), 1 if exact else base, lang),
            before=before_text,
            period=dates.period(compared, lang),
        ),
        "interval": _interval(low, high, lang),
        "low": low,
        "high": high,
        "word": say(f"overview.word_{kind}", lang),
        "direction": comparison.direction,
        "kind": kind,
        "arrow": {"rose": "up", "fell": "down", "level": "level"}.get(kind),
    }


def _percents(comparison: Comparison, *, exact: bool) -> tuple[int | None, int | None]:
    """The ends of an interval in percent of change, None where too little is known.

    Like every percentage, none is said of a protected number that is too small for one.
    """
    small = not exact and comparison.before < FEWEST_FOR_SHARE
    if small or comparison.before == 0 or 100 * (comparison.high - 1) > _WIDEST:
        return None, None
    step = 1 if exact else _COARSE
    low, high = (100 * (end - 1) / step for end in (comparison.low, comparison.high))
    return step * floor(low), step * ceil(high)


def _interval(low: int | None, high: int | None, lang: str) -> str:
    if low is None or high is None:
        return say("overview.interval_open", lang)
    kind = "more" if low >= 0 else "fewer" if high <= 0 else "both"
    ends = sorted((abs(low), abs(high))) if kind != "both" else (abs(low), abs(high))
    first, second = (say("numbers.percent", lang, number=end) for end in ends)
    return say(f"overview.interval_{kind}", lang, low=first, high=second)


def _described(question: Question, item: Mapping[str, Any]) -> str:
    lang = question.lang
    values = {"label": item["label"], "text": item["text"]}
    if item["value"] is None:
        return say("overview.indicators.item_untold", lang, **values)
    if not item["change"]:
        return say("overview.indicators.item_uncompared", lang, **values)
    return say(
        "overview.indicators.item", lang, **values, change=item["change"], interval=item["interval"]
    )


def _no_comparison(question: Question) -> str:
    lang = question.lang
    span = question.compared_period or question.period
    return say("shared.note.no_comparison", lang, period=dates.period(span, lang))


def _table(question: Question, items: list[dict[str, Any]], before: Span | None) -> Table:
    lang = question.lang
    columns = [
        Column("code", say("breakdown.code", lang)),
        Column("label", say("overview.indicators.label", lang)),
        Column("unit", say("overview.changes.column_unit", lang)),
        Column("value", dates.period(question.period, lang), number=True),
    ]
    if before:
        columns += [
            Column("before", dates.period(before, lang), number=True, period=str(before)),
            Column("low", say("overview.indicators.low", lang), "%"),
            Column("high", say("overview.indicators.high", lang), "%"),
        ]
    kept = ("id", "label", "unit", "value", "before", "low", "high")[: len(columns)]
    return Table(tuple(columns), tuple(tuple(item[name] for name in kept) for item in items))
