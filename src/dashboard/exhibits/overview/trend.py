"""Trend: incidents or people by month and class, for the overview and the monthly sheet.

Ids: overview.trend, sheet.months. Trafficking is the sum of its three purposes and stands beside
smuggling; the two are never one line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from dashboard import queries
from dashboard.analysis.judge import Judgement
from dashboard.exhibits.counts import coverage, splits
from dashboard.exhibits.counts.judged import judged, judged_whole
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import (
    against_usual,
    display_rule,
    event_notes,
    in_time,
    lateness,
    ranges,
    usual,
)
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.goals import Goal, goal_of
from dashboard.exhibits.parts.in_time import Trend
from dashboard.exhibits.parts.ladder import Ladder, Rung, climb
from dashboard.exhibits.parts.offers import leading, not_kept, nothing, offered
from dashboard.exhibits.parts.time_marks import in_words, time_marks
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import theme
from dashboard.figures.plot import Number, Plot, Series
from dashboard.model.facts import INCIDENTS, PEOPLE, Fact
from dashboard.model.periods import Month, Span
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, say

_FACTS = (INCIDENTS, PEOPLE)
#: Months drawn at least, so that a short period is seen against its year.
_CONTEXT, _YEAR = 24, 12
#: The one line of a trend that is not split by class.
_ALL = "all"


#: Steps of a trend by the months that one holds; the range that is drawn stays.
_STEPS = Ladder("steps", (Rung("month"), Rung("quarter"), Rung("year")))
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
#: What is said of a class that never had anything.
_NOTHING = Judgement("unclear")
#: Steps of a line at least.
_FEWEST = 2


def _seen(period: Span, known: Span, months: int = _CONTEXT) -> Span:
    """The period, with months before it where it is shorter than it should be seen."""
    span = period.clipped(known)
    if span is None:
        return period
    return Span(min(span.start, span.end.plus(1 - months)), span.end).clipped(known) or span


@exhibit(
    "overview.trend",
    facts=("incidents", "people"),
    options=(Option("measure", ("incidents", "people")), _STEPS.option),
    along=_seen,
)
def trend(question: Question) -> Exhibit:
    """Lines by class over two years, or over the period where that is longer."""
    facts = _FACTS if question.options["measure"] == "incidents" else reversed(_FACTS)
    return _trend(
        question, "overview.trend", tuple(facts), _seen(question.period, question.release.span)
    )


@exhibit("sheet.months", facts=("incidents", "people"), options=(_STEPS.option,), by_month=True)
def months(question: Question) -> Exhibit:
    """Incidents by month, all classes together: a year, or the period where that is longer.

    Of people what incidents are not kept by, such as sex, can be chosen.
    """
    seen = _seen(question.period, question.release.span, _YEAR)
    return _trend(question, "sheet.months", _FACTS, seen, split=False)


def _trend(
    question: Question, exhibit_id: str, facts: Sequence[Fact], span: Span, *, split: bool = True
) -> Exhibit:
    whole = replace(question, period=span)
    fact = leading(question, *facts, shown=span)
    if fact is None:
        return offered(exhibit_id, frame(whole, facts[0]), not_kept(question, facts[0]))
    by_month = _monthly(whole, fact, split=split)
    step = climb(whole, _ladder(by_month), lambda rung: _count(whole, by_month, rung, split=split))
    shown, drawn = step.counted, step.drawn
    options = {"measure": fact.id}
    if not by_month.total:
        return offered(exhibit_id, frame(whole, fact, options=options), nothing(question, fact))
    late = _unsettled(whole, shown)
    word = question.say("trend.provisional")
    marks = time_marks(whole, _steps(shown))
    said = number_format(question, fact, error=drawn.error, rough=step.is_rough)
    goal = None if split else goal_of(whole, fact, _steps(shown))
    expected = () if split else _expected(whole, by_month, shown)
    return made(
        exhibit_id,
        frame(
            whole,
            fact,
            drawn=(drawn,),
            what=usual.what(question, fact),
            notes=[
                *lateness.notes(question.release, whole.period, question.lang),
                *(
                    event_notes.sentence(whole, note)
                    for note in event_notes.notes_in(whole, whole.period)
                ),
                *([question.say("trend.note_target", source=goal.target.source)] if goal else []),
            ],
            detail=step.detail(whole),
            options=options,
        ),
        title=begin(_title(question, fact) if split else in_time.highest(question, shown, drawn)),
        plot=Plot(
            "lines",
            tuple(_tick(shown, start, question.lang) for start in shown.starts),
            (
                *(_line(question, part, said.numbers(n)) for part, n in shown.sizes.items()),
                *lateness.line(question, expected),
                *([goal.line(question)] if goal else []),
            ),
            is_rough=step.is_rough,
            provisional=late,
            provisional_name=word,
            marks=marks,
            tick=said.tick,
        ),
        table=_with_expected(
            question,
            expected,
            _with_goal(
                question, goal, _table(question, shown, drawn, _states(question, shown, late))
            ),
        ),
        description=f"{_description(question, shown, late)} {in_words(question, marks)}".strip(),
    )


def _expected(question: Question, by_month: Trend, shown: Trend) -> tuple[Number | None, ...]:
    """What each period that is drawn will come to, where reports of it are still expected."""
    (line,) = by_month.sizes.values()
    sizes = dict(zip(map(Month.of, by_month.starts), line, strict=True))
    return lateness.expected(question, shown.fact, sizes, _steps(shown))


def _with_expected(question: Question, expected: Sequence[Number | None], table: Table) -> Table:
    """A table with what periods will come to, where any is not whole."""
    if not any(expected):
        return table
    names = ("expected", "expected_low", "expected_high")
    columns = (Column(name, question.say(f"trend.column_{name}"), number=True) for name in names)
    ends = ((one.value, one.low, one.high) if one else (None, None, None) for one in expected)
    rows = ((*row, *own) for row, own in zip(table.rows, ends, strict=True))
    return Table((*table.columns, *columns), tuple(rows))


def _unsettled(question: Question, trend: Trend) -> int:
    """How many of the last periods hold a provisional month."""
    late = lateness.provisional(question.release, question.period)
    if late is None:
        return 0
    ends = (Month.of(start).plus(trend.months - 1) for start in trend.starts)
    return sum(1 for end in ends if end >= late.start)


def _steps(trend: Trend) -> list[Span]:
    """The months of each period that is drawn."""
    firsts = (Month.of(start) for start in trend.starts)
    return [Span(first, first.plus(trend.months - 1)) for first in firsts]


def _monthly(question: Question, fact: Fact, *, split: bool) -> Trend:
    by = ("class_group",) if split else ()
    rows = queries.series(question.release, fact, question.filters, question.period, by)
    starts = tuple(dict.fromkeys(row[0] for row in rows))
    at = {start: index for index, start in enumerate(starts)}
    sizes = {part: [0] * len(starts) for part in (splits.parts_of(fact) if split else (_ALL,))}
    for start, *group, size in rows:
        sizes[splits.part_of(group[0]) if split else _ALL][at[start]] += size
    return Trend(fact, 1, starts, {p: tuple(line) for p, line in sizes.items() if any(line)})


def _ladder(by_month: Trend) -> Ladder:
    """The steps of which a range holds at least two, since one makes no line; months always."""
    finest, *coarser = _STEPS.rungs
    kept = [r for r in coarser if len(in_time.in_steps(by_month, _MONTHS[r.id]).starts) >= _FEWEST]
    return Ladder(_STEPS.name, (finest, *kept))


def _count(question: Question, by_month: Trend, rung: Rung, *, split: bool) -> tuple[Trend, Drawn]:
    """The trend in steps of a rung, and what it would draw: each line in each step is a number."""
    shown = in_time.in_steps(by_month, _MONTHS[rung.id])
    drawn = display_rule.drawn(
        question,
        shown.fact,
        (splits.by_part(),) if split else (),
        sum(shown.sizes.values(), ()),
        months=shown.months,
        are_alike=True,
    )
    return shown, drawn


def _line(question: Question, part: str, found: tuple[Number | None, ...]) -> Series:
    look = theme.CLASS_LOOK[part]
    return Series(splits.label(part, question.lang), found, look.colour, dash=look.dash)


def _title(question: Question, fact: Fact) -> str:
    """What each class did against usual, said class by class."""
    unit = fact.unit_in(question.lang)
    chosen = bool(question.filters.codes_of("class"))
    found = (
        judged(question, fact, splits.by_part(), keeps_own=chosen) if question.is_judged else None
    )
    now = _by_part(question, fact, question.period)
    if found is None:
        return _plain_title(question, fact, now)

    def word(part: str) -> str:
        return against_usual.said(question, found.of.get(part, _NOTHING), unit)

    if only := _only_part(question, now):
        # What is chosen may be a part of the class.
        one = judged_whole(question, fact) or _NOTHING
        said = against_usual.said(question, one, unit)
        return question.say("trend.title_one", part=splits.label(only, question.lang), word=said)
    trafficking, smuggling = word("trafficking"), word("smuggling")
    if trafficking == smuggling:
        return question.say("trend.title_same", word=trafficking)
    return question.say("trend.title", trafficking=trafficking, smuggling=smuggling)


def _only_part(question: Question, now: Mapping[str, int]) -> str | None:
    """The part a reader chose by class, where it is not both crimes; None without a choice."""
    if not question.filters.codes_of("class"):
        return None
    present = [part for part, size in now.items() if size]
    if {"trafficking", "smuggling"} <= set(present):
        return None
    return max(now, key=lambda part: now[part])


def _plain_title(question: Question, fact: Fact, now: Mapping[str, int]) -> str:
    base, lang = question.base(fact), question.lang
    return say(
        "trend.uncompared",
        lang,
        unit=fact.unit_in(lang),
        period=dates.period(question.period, lang),
        trafficking=numbers.about(now["trafficking"], base, lang),
        smuggling=numbers.about(now["smuggling"], base, lang),
    )


def _by_part(question: Question, fact: Fact, span: Span) -> dict[str, int]:
    sizes: dict[str, int] = dict.fromkeys(splits.PARTS, 0)
    for part, size in queries.counts(
        question.release, fact, question.filters, span, (splits.by_part(),)
    ):
        sizes[part] += size
    return sizes


def _code(trend: Trend, start: date) -> str:
    """A period in a file: "2026-07", "2026-Q3", or "2025-10..2026-09"."""
    month = Month.of(start)
    if trend.months == _YEAR:
        return str(Span(month, month.plus(_YEAR - 1)))
    return str(month) if trend.months == 1 else month.quarter


def _tick(trend: Trend, start: date, lang: str) -> str:
    """A period beside the axis."""
    if trend.months == 1:
        return dates.month_at_tick(start, lang)
    return dates.quarter_at_tick(start, lang) if trend.months < _YEAR else in_time.year(start, lang)


def _states(question: Question, trend: Trend, late: int) -> list[str]:
    """What must be known of each period beside its number, or ''."""
    whole, settled = question.release.span, len(trend.starts) - late
    lacking = set(coverage.fewer(question.release, whole))
    return [
        "; ".join(
            question.say(f"trend.{kind}")
            for kind, holds in (
                ("provisional", at >= settled),
                ("partners_fewer", not lacking.isdisjoint(months)),
            )
            if holds
        )
        for at, months in enumerate(_steps(trend))
    ]


def _table(question: Question, trend: Trend, drawn: Drawn, states: Sequence[str]) -> Table:
    """Periods by class; the last column says which are provisional or had fewer partners.

    A single line has the range of its numbers beside it; those of several stand in files.
    """
    lang = question.lang
    time = next(name for name, months in _MONTHS.items() if months == trend.months)
    table = Table(
        (
            Column(time, say(f"trend.of_{trend.months}", lang)),
            *(
                Column(part, splits.label(part, lang), trend.fact.unit_in(lang))
                for part in trend.sizes
            ),
            *([Column("state", say("trend.state", lang))] if any(states) else []),
        ),
        tuple(
            (
                _code(trend, start),
                *(sizes[index] for sizes in trend.sizes.values()),
                *([states[index]] if any(states) else []),
            )
            for index, start in enumerate(trend.starts)
        ),
    )
    if len(trend.sizes) == 1:
        return ranges.shown(table, table.columns[1].code, drawn.error, lang)
    return ranges.beside(table, trend.sizes, drawn.error, lang)


def _with_goal(question: Question, goal: Goal | None, table: Table) -> Table:
    """A table with what a plan wants of each period, where one wants anything."""
    if goal is None:
        return table
    column = Column("target", question.say("trend.target"), number=True)
    rows = ((*row, part) for row, part in zip(table.rows, goal.parts, strict=True))
    return Table((*table.columns, column), tuple(rows))


def _description(question: Question, trend: Trend, late: int) -> str:
    lang, base = question.lang, question.base(trend.fact)
    parts = []
    for part, sizes in trend.sizes.items():
        highest = max(range(len(sizes)), key=sizes.__getitem__)
        parts.append(
            say(
                "trend.line",
                lang,
                label=splits.label(part, lang),
                last=numbers.about(sizes[-1], base, lang),
                highest=numbers.about(sizes[highest], base, lang),
                month=in_time.name(trend, trend.starts[highest], lang),
            )
        )
    if late:
        since = in_time.name(trend, trend.starts[-late], lang)
        parts.append(say("trend.provisional_since", lang, period=since))
    return " ".join(parts)
