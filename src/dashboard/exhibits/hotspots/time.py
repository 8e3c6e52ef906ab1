"""Time: all months of the release under the filters, as the strip that a period is chosen on.

It counts what the map counts, whatever period is chosen. How the strip is pressed, dragged and
played stands in ``components/brush.py`` and ``assets/js/brush.js``. Id: hotspots.time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts import coverage, windows
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.hotspots.said import MEASURE, PLAY, counted_fact, played, refused
from dashboard.exhibits.parts import display_rule, event_notes, in_time, lateness, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.in_time import Trend
from dashboard.exhibits.parts.ladder import Ladder, Rung, Step, climb
from dashboard.exhibits.parts.offers import nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.words import dates
from dashboard.words.catalogue import begin, say

_ALL = "all"
#: Steps that a sentence may speak of; the strip itself keeps its months.
_SAID = Ladder("steps", (Rung("month"), Rung("quarter"), Rung("year")))
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DRAWN = Ladder("steps", (Rung("month"),))


@dataclass(frozen=True)
class _Strip:
    """The months of the strip: what each holds, and which of them are something more."""

    by_month: Trend
    months: tuple[Month, ...]
    sizes: tuple[int, ...]
    drawn: Drawn
    chosen: Span | None
    compared: Span | None
    provisional: Span | None
    fewer: frozenset[Month]


def _all(_: Span, known: Span) -> Span:
    """The strip runs along every month of its release."""
    return known


@exhibit("hotspots.time", facts=("incidents", "people"), options=(MEASURE, PLAY), along=_all)
def hotspots_time(question: Question) -> Exhibit:
    """Events by month over the whole release, with the months that are chosen and compared."""
    fact = counted_fact(question, shown=question.release.span)
    if fact is None:
        return refused(question, "hotspots.time")
    filters = queries.shown_roles(question.filters)
    whole = replace(question, filters=filters, period=question.release.span)
    strip = _strip(question, whole, fact)
    options = {"measure": fact.id}
    if not strip.by_month.total:
        empty = frame(whole, fact, options=options)
        return offered("hotspots.time", empty, nothing(question, fact, counted=queries.shown_roles))
    shown = Step(_DRAWN, _DRAWN.rungs[0], strip, strip.drawn, is_chosen=False)
    return made(
        "hotspots.time",
        frame(
            whole,
            fact,
            drawn=(strip.drawn,),
            notes=_notes(whole, strip),
            detail=shown.detail(whole),
            options=options,
        ),
        title=begin(_title(whole, strip.by_month)),
        figure=_figure(question, fact, strip, is_rough=shown.is_rough),
        table=_table(whole, fact, strip),
        description=_description(question, fact, strip),
    )


def _strip(question: Question, whole: Question, fact: Fact) -> _Strip:
    release, span = question.release, question.release.span
    rows = queries.series(release, fact, whole.filters, span)
    sizes = tuple(int(size) for _, size in rows)
    by_month = Trend(fact, 1, tuple(start for start, _ in rows), {_ALL: sizes})
    return _Strip(
        by_month,
        tuple(Month.of(start) for start, _ in rows),
        sizes,
        _drawn(whole, by_month),
        question.period.clipped(span),
        question.compared_span,
        lateness.provisional(release, span),
        frozenset(coverage.fewer(release, span)),
    )


def _drawn(whole: Question, trend: Trend) -> Drawn:
    """What the numbers of a line are, in steps of some months."""
    (line,) = trend.sizes.values()
    return display_rule.drawn(whole, trend.fact, (), line, months=trend.months, are_alike=True)


def _title(whole: Question, by_month: Trend) -> str:
    """The month that held most, or the quarter or year where months tell too little."""

    def count(rung: Rung) -> tuple[Trend, Drawn]:
        shown = in_time.in_steps(by_month, _MONTHS[rung.id])
        return shown, _drawn(whole, shown)

    finest, *coarser = _SAID.rungs
    kept = [r for r in coarser if len(in_time.in_steps(by_month, _MONTHS[r.id]).starts) > 1]
    step = climb(whole, Ladder(_SAID.name, (finest, *kept)), count)
    return in_time.highest(whole, step.counted, step.drawn)


def _figure(question: Question, fact: Fact, strip: _Strip, *, is_rough: bool) -> dict[str, Any]:
    """The strip for ``components/brush.py`` and for who reads it as JSON.

    ``months`` from the first to the last; ``notes`` are dated events, each with its ``month``,
    ``label`` and ``text``; ``plays`` has the periods that are played, by what they are played by.
    """
    lang, span = question.lang, question.release.span
    error = strip.drawn.error
    hover = number_format(question, fact, error=error).hover
    usual = str(question.release.default_period)
    before, after = windows.around(played(question), question.period, span)
    return {
        "form": "brush",
        "unit": fact.unit_in(lang),
        "rough": is_rough,
        "largest": max(error.interval(size)[1] for size in strip.sizes),
        "months": [
            _month(strip, month, size, lang, hover(size))
            for month, size in zip(strip.months, strip.sizes, strict=True)
        ],
        "chosen": _period(strip.chosen, lang),
        "compared": _period(strip.compared, lang),
        "notes": [
            {
                "month": str(max(note.month, span.start)),
                "label": f"{dates.period(note.span, lang)}, "
                f"{event_notes.label(question.release, note, lang)}:",
                "text": note.text(lang),
            }
            for note in event_notes.notes_in(question, span)
        ],
        "play": played(question),
        "plays": {
            kind: [str(window) for window in windows.windows(kind, span)]
            for kind in windows.kinds_offered(question.release)
            if kind != windows.OFF
        },
        "nearest": {
            kind: str(windows.nearest(kind, question.period, span) or question.period)
            for kind in windows.kinds_offered(question.release)
        },
        "before": _period(before, lang),
        "after": _period(after, lang),
        "usual": usual,
    }


def _month(strip: _Strip, month: Month, size: int, lang: str, text: str) -> dict[str, Any]:
    low, high = strip.drawn.error.interval(size)
    return {
        "month": str(month),
        "label": dates.month(month, lang),
        "name": say(f"dates.month_{month.month:02d}", lang),
        "tick": say(f"dates.short_{month.month:02d}", lang),
        "first_tick": dates.month_at_tick(month.first_day, lang),
        "value": size,
        "low": low,
        "high": high,
        "text": text,
        "chosen": _holds(strip.chosen, month),
        "compared": _holds(strip.compared, month),
        "provisional": _holds(strip.provisional, month),
        "fewer": month in strip.fewer,
    }


def _holds(span: Span | None, month: Month) -> bool:
    return span is not None and span.start <= month <= span.end


def _period(span: Span | None, lang: str) -> Mapping[str, str] | None:
    return {"period": str(span), "label": dates.period(span, lang)} if span else None


def _state(strip: _Strip, month: Month, lang: str) -> str:
    """What must be known of a month beside its number."""
    kinds = (
        ("trend.provisional", _holds(strip.provisional, month)),
        ("trend.partners_fewer", month in strip.fewer),
    )
    return "; ".join(say(key, lang) for key, holds in kinds if holds)


def _table(whole: Question, fact: Fact, strip: _Strip) -> Table:
    lang = whole.lang
    unit = fact.unit_in(lang)
    ends = ranges.columns(whole, fact, strip.drawn)
    states = [_state(strip, month, lang) for month in strip.months]
    rows: list[tuple[Cell, ...]] = [
        (
            str(month),
            size,
            *(strip.drawn.error.interval(size) if ends else ()),
            *((state,) if any(states) else ()),
        )
        for month, size, state in zip(strip.months, strip.sizes, states, strict=True)
    ]
    return Table(
        (
            Column("month", say("trend.of_1", lang)),
            Column(fact.unit, begin(unit), unit),
            *ends,
            *((Column("state", say("trend.state", lang)),) if any(states) else ()),
        ),
        tuple(rows),
    )


def _notes(whole: Question, strip: _Strip) -> Sequence[str]:
    release, lang = whole.release, whole.lang
    notes = lateness.notes(release, release.span, lang)
    if strip.fewer:
        first, last = min(strip.fewer), max(strip.fewer)
        key = "fewer" if last.minus(first) + 1 == len(strip.fewer) else "fewer_some"
        period = dates.period(Span(first, last), lang)
        notes.append(say(f"hotspots.time.{key}", lang, period=period, n=len(strip.fewer)))
    told = event_notes.notes_in(whole, release.span)
    return [*notes, *(event_notes.sentence(whole, note) for note in told)]


def _description(question: Question, fact: Fact, strip: _Strip) -> str:
    """What the strip shows, for who does not see it."""
    lang, sizes = question.lang, strip.sizes
    highest = max(range(len(sizes)), key=sizes.__getitem__)
    parts = [
        say(
            "hotspots.time.description",
            lang,
            unit=fact.unit_in(lang),
            period=dates.period(question.release.span, lang),
            highest=question.about(sizes[highest], fact),
            month=dates.month(strip.months[highest], lang),
            last=question.about(sizes[-1], fact),
        )
    ]
    if strip.chosen:
        period = dates.period(strip.chosen, lang)
        held = sum(
            size
            for month, size in zip(strip.months, sizes, strict=True)
            if _holds(strip.chosen, month)
        )
        number = question.about(held, fact)
        parts.append(say("hotspots.time.described_chosen", lang, period=period, number=number))
    if strip.provisional:
        since = dates.month(strip.provisional.start, lang)
        parts.append(say("trend.provisional_since", lang, period=since))
    return " ".join(parts)
