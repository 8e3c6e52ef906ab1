"""The area that a reader looks at, by quarter over three years, before what would be usual.

Id: hotspots.area-line. Flags and what the operator noted stand above the quarters they are about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from dashboard import queries
from dashboard.exhibits.counts import coverage
from dashboard.exhibits.counts.area_months import Level
from dashboard.exhibits.counts.usual_quarters import QUARTERS, Usual, usual_quarters
from dashboard.exhibits.counts.windows import windows
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.hotspots.area import areas_of, name_of
from dashboard.exhibits.hotspots.said import MEASURE, counted_fact, refused
from dashboard.exhibits.parts import display_rule, event_notes, lateness, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.offers import nothing, offered
from dashboard.exhibits.parts.time_marks import in_words, time_marks
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.marks import Mark
from dashboard.figures.plot import Number, Plot, Series
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, say

_ID = "hotspots.area-line"


@dataclass(frozen=True)
class _Line:
    """An area by quarter."""

    name: str
    fact: Fact
    sizes: Mapping[Span, int]
    usual: Mapping[Span, Usual | None]
    drawn: Drawn
    late: int

    @property
    def spans(self) -> list[Span]:
        return list(self.sizes)


@exhibit(_ID, facts=("incidents", "people"), options=(MEASURE,))
def hotspots_area_line(question: Question) -> Exhibit:
    """One line over the last quarters; shaded what nine quarters in ten would hold as usual."""
    release = question.release
    spans = windows("quarter", release.span)[-QUARTERS:]
    within = Span(spans[0].start, spans[-1].end) if spans else release.span
    fact = counted_fact(replace(question, period=within))
    if fact is None:
        return refused(question, _ID)
    codes = areas_of(question, fact)
    filters = queries.shown_roles(question.filters.with_codes("area", codes))
    inside = replace(question, filters=filters, period=within)
    line = _line(question, inside, fact, codes, spans)
    options = {"measure": fact.id}
    if not sum(line.sizes.values()):
        empty = frame(inside, fact, options=options)
        asked = replace(question, period=inside.period)
        return offered(_ID, empty, nothing(asked, fact, counted=queries.shown_roles))
    noted = event_notes.notes_in(inside, inside.period)
    word = question.say("trend.provisional")
    marks = time_marks(inside, line.spans, _flags(question, line))
    said = number_format(question, fact, error=line.drawn.error)
    quarters = (dates.quarter_at_tick(span.start.first_day, question.lang) for span in line.spans)
    unit = begin(fact.unit_in(question.lang))
    plot = Plot(
        "lines",
        tuple(quarters),
        (Series(unit, said.numbers(line.sizes.values()), theme.BLUE),),
        usual=_usual(line),
        usual_name=question.say(f"{_ID}.band"),
        provisional=line.late,
        provisional_name=word,
        marks=marks,
        tick=said.tick,
        # For who holds two areas against each other.
        meta={"codes": list(codes)},
    )
    return made(
        _ID,
        frame(
            inside,
            fact,
            drawn=(line.drawn,),
            note=question.say(f"{_ID}.note") if any(line.usual.values()) else "",
            notes=[
                *lateness.notes(release, inside.period, question.lang),
                *(event_notes.sentence(inside, note) for note in noted),
            ],
            options=options,
        ),
        title=_title(question, line),
        plot=plot,
        table=_table(question, line),
        description=f"{_description(question, line)} {in_words(question, marks)}".strip(),
    )


def _line(
    question: Question, inside: Question, fact: Fact, codes: Sequence[str], spans: Sequence[Span]
) -> _Line:
    release = question.release
    rows = queries.series(release, fact, inside.filters, inside.period)
    by_month = {Month.of(start): int(size) for start, size in rows}
    sizes = {span: sum(by_month.get(month, 0) for month in span) for span in spans}
    usual: dict[Span, Usual | None] = dict.fromkeys(spans)
    if len(codes) == 1:
        level = cast(Level, release.places[codes[0]].level)
        usual |= usual_quarters(release, fact, question.filters, level, codes[0])
    drawn = display_rule.drawn(
        inside, fact, (), list(sizes.values()), months=3, filters=inside.filters, are_alike=True
    )
    late = lateness.provisional(release, inside.period)
    unsettled = sum(1 for span in spans if late and span.end >= late.start)
    return _Line(name_of(question, codes), fact, sizes, usual, drawn, unsettled)


def _usual(line: _Line) -> tuple[Number | None, ...]:
    """The range of each quarter that is usual; its middle is said nowhere."""
    ends = [usual and (usual.low, usual.high) for usual in line.usual.values()]
    return tuple(own and Number(sum(own) // 2, *own, "", "") for own in ends) if any(ends) else ()


def _flags(question: Question, line: _Line) -> list[Mark]:
    """Quarters in which the area had more or fewer than usual."""
    return [
        Mark(
            at,
            usual.verdict,
            dates.quarter(span.start, question.lang),
            question.say(f"hotspots.usual.{usual.verdict}"),
        )
        for at, (span, usual) in enumerate(line.usual.items())
        if usual and usual.verdict != "none"
    ]


def _title(question: Question, line: _Line) -> str:
    """The last quarter, with what would have been usual."""
    lang, span = question.lang, line.spans[-1]
    values = {
        "name": line.name,
        "number": question.about(line.sizes[span], line.fact),
        "quarter": dates.quarter(span.start, lang),
    }
    usual = line.usual[span]
    if usual is None:
        return question.say(f"{_ID}.title", **values, unit=line.fact.unit_in(lang))
    reach = numbers.span(usual.low, usual.high, lang)
    return question.say(f"{_ID}.title_usual", **values, range=reach)


def _table(question: Question, line: _Line) -> Table:
    lang, unit = question.lang, line.fact.unit_in(question.lang)
    ends = ranges.columns(question, line.fact, line.drawn)
    settled = len(line.spans) - line.late
    lacking = set(coverage.fewer(question.release, question.release.span))
    rows = []
    for at, (span, size) in enumerate(line.sizes.items()):
        usual = line.usual[span]
        verdict = usual and {"more": "more", "fewer": "fewer", "none": "as_usual"}[usual.verdict]
        rows.append(
            (
                span.start.quarter,
                dates.quarter(span.start, lang),
                size,
                *(line.drawn.error.interval(size) if ends else ()),
                usual and usual.low,
                usual and usual.high,
                say(f"hotspots.usual.{verdict}", lang) if verdict else "",
                _state(question, is_late=at >= settled, is_lacking=not lacking.isdisjoint(span)),
            )
        )
    return Table(
        (
            # Not a date as HXL has it: files give each row's first and last day beside it.
            Column(
                "quarter",
                say("hotspots.quarters.column_code", lang),
                hxl="#x_quarter+code",
                in_files=True,
            ),
            Column("quarter_name", say("trend.of_3", lang)),
            Column(line.fact.unit, begin(unit), unit),
            *ends,
            Column("usual_low", say(f"{_ID}.column_low", lang), unit),
            Column("usual_high", say(f"{_ID}.column_high", lang), unit),
            Column("verdict", say("hotspots.usual.column_verdict", lang)),
            Column("state", say("trend.state", lang)),
        ),
        tuple(rows),
    )


def _state(question: Question, *, is_late: bool, is_lacking: bool) -> str:
    """What must be known of a quarter beside its number, or ''."""
    kinds = (("provisional", is_late), ("partners_fewer", is_lacking))
    return "; ".join(question.say(f"trend.{kind}") for kind, holds in kinds if holds)


def _description(question: Question, line: _Line) -> str:
    lang = question.lang
    highest = max(line.sizes, key=lambda span: line.sizes[span])
    return say(
        f"{_ID}.description",
        lang,
        name=line.name,
        unit=line.fact.unit_in(lang),
        highest=question.about(line.sizes[highest], line.fact),
        quarter=dates.quarter(highest.start, lang),
    )
