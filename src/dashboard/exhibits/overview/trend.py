"""Trend: incidents or people by month and class, for the overview and the monthly sheet.

Ids: overview.trend, sheet.months. Trafficking is the sum of its three purposes and stands beside
smuggling; the two are never one line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard import queries
from dashboard.exhibits.counts import coverage, splits
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, lateness
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.offers import offered, too_small
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import theme
from dashboard.figures.lines import Series, Unsettled, lines
from dashboard.model.facts import INCIDENTS, PEOPLE, Fact
from dashboard.model.periods import Month, Span
from dashboard.queries import Row
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, in_sentence, say

_FACTS = {"incidents": INCIDENTS, "people": PEOPLE}
#: Months drawn at least, so that a short period is seen against its year.
_CONTEXT, _YEAR = 24, 12
#: The one line of a trend that is not split by class.
_ALL = "all"


@dataclass(frozen=True)
class Trend:
    """Sizes per period and part. ``months`` is the length of a period: 1 or 3."""

    fact: Fact
    months: int
    starts: tuple[date, ...]
    sizes: Mapping[str, tuple[int, ...]]

    @property
    def total(self) -> int:
        """Sum of everything drawn."""
        return sum(map(sum, self.sizes.values()))


@exhibit(
    "overview.trend",
    facts=("incidents", "people"),
    options=(Option("measure", ("incidents", "people")),),
)
def trend(question: Question) -> Exhibit:
    """Lines by class over two years, or over the period where that is longer."""
    fact = _FACTS[question.options["measure"]]
    return _trend(question, "overview.trend", fact, _seen(question, _CONTEXT))


@exhibit("sheet.months", facts=("incidents",))
def months(question: Question) -> Exhibit:
    """Incidents by month, all classes together: a year, or the period where that is longer."""
    return _trend(question, "sheet.months", INCIDENTS, _seen(question, _YEAR), split=False)


def _seen(question: Question, months: int) -> Span:
    """The period, with months before it where it is shorter than it should be seen."""
    known = question.release.span
    span = question.period.clipped(known)
    if span is None:
        return question.period
    return Span(min(span.start, span.end.plus(1 - months)), span.end).clipped(known) or span


def _trend(
    question: Question, exhibit_id: str, fact: Fact, span: Span, *, split: bool = True
) -> Exhibit:
    whole = replace(question, period=span)
    lines_by_month = _monthly(whole, fact, split=split)
    drawn = _drawn(whole, lines_by_month, split=split)
    if lines_by_month.total and drawn.grade != "plain":
        # Lines of rough months show more protection than reports: quarters read better.
        lines_by_month = quarterly(lines_by_month)
        drawn = _drawn(whole, lines_by_month, split=split)
    offer = too_small(whole, drawn, longer=False)
    late = _unsettled(whole, lines_by_month)
    table = _table(question, lines_by_month, late)
    if offer:
        return offered(exhibit_id, frame(whole, fact, drawn=(drawn,)), offer, table)
    word = question.say("trend.provisional")
    return made(
        exhibit_id,
        frame(whole, fact, drawn=(drawn,), notes=_notes(whole, lines_by_month)),
        title=begin(_title(question, fact) if split else _highest(question, lines_by_month)),
        figure=lines(
            [_tick(lines_by_month, start, question.lang) for start in lines_by_month.starts],
            [_line(question, part, sizes) for part, sizes in lines_by_month.sizes.items()],
            number_format=number_format(question, fact),
            unsettled=Unsettled(late, word) if late else None,
            marks=_marks(whole, lines_by_month),
        ),
        table=table,
        description=_description(question, lines_by_month, late),
    )


def _unsettled(question: Question, trend: Trend) -> int:
    """How many of the last periods hold a provisional month."""
    late = lateness.provisional(question.release, question.period)
    if late is None:
        return 0
    ends = (Month.of(start).plus(trend.months - 1) for start in trend.starts)
    return sum(1 for end in ends if end >= late.start)


def _marks(question: Question, trend: Trend) -> dict[int, str]:
    """Periods from which lastingly more or fewer partners report, in words."""
    firsts = [Month.of(start) for start in trend.starts]
    marks: dict[int, str] = {}
    for step in coverage.steps(question.release, question.period):
        at = sum(1 for first in firsts if first <= step.month) - 1
        if at > 0:
            kind = "more" if step.sign > 0 else "fewer"
            marks[at] = question.say(f"trend.partners_{kind}")
    return marks


def _monthly(question: Question, fact: Fact, *, split: bool) -> Trend:
    by = ("class_group",) if split else ()
    rows = queries.series(question.release, fact, question.filters, question.period, by)
    starts = tuple(dict.fromkeys(row[0] for row in rows))
    at = {start: index for index, start in enumerate(starts)}
    sizes = {part: [0] * len(starts) for part in (splits.parts_of(fact) if split else (_ALL,))}
    for start, *group, size in rows:
        sizes[splits.part_of(group[0]) if split else _ALL][at[start]] += size
    return Trend(fact, 1, starts, {p: tuple(line) for p, line in sizes.items() if any(line)})


def quarterly(trend: Trend) -> Trend:
    """The same sizes by whole quarters; months of a quarter that is cut off are left out."""
    groups: dict[date, list[int]] = {}
    for index, start in enumerate(trend.starts):
        groups.setdefault(Month.of(start).quarter_start.first_day, []).append(index)
    whole = {start: indices for start, indices in groups.items() if len(indices) == 3}  # noqa: PLR2004
    return Trend(
        trend.fact,
        3,
        tuple(whole),
        {
            part: tuple(sum(line[index] for index in indices) for indices in whole.values())
            for part, line in trend.sizes.items()
        },
    )


def _drawn(question: Question, trend: Trend, *, split: bool) -> Drawn:
    """Each line in each period is a cell; a class that has nothing has no line."""
    return display_rule.drawn(
        question,
        trend.fact,
        ("class_group",) if split else (),
        trend.total,
        cells=max(len(trend.sizes), 1) * max(len(trend.starts), 1),
        months=trend.months,
        cell=_part if split else None,
    )


def _part(values: Row) -> str:
    """The part that a class group belongs to."""
    return splits.part_of(values[0])


def _notes(question: Question, trend: Trend) -> list[str]:
    lang = question.lang
    by_quarter = [] if trend.months == 1 else [say("trend.by_quarter", lang)]
    return [*by_quarter, *lateness.notes(question.release, question.period, lang)]


def _line(question: Question, part: str, sizes: tuple[int, ...]) -> Series:
    look = theme.CLASS_LOOK[part]
    name = splits.label(part, question.lang)
    return Series(name, sizes, look.colour, look.dash)


def _title(question: Question, fact: Fact) -> str:
    """What moved between the chosen period and the compared one, said class by class."""
    lang = question.lang
    now = _by_part(question, fact, question.period)
    compared = question.compared_span
    if compared is None:
        return _plain_title(question, fact, now)
    before = _by_part(question, fact, compared)
    moved = {part: _moved(question, fact, now[part], before[part]) for part in splits.PARTS}
    period = dates.period(compared, lang)
    only = _only_part(question, now)
    if only:
        part = in_sentence(splits.label(only, lang))
        kind = f"{fact.id}_one_{moved[only]}"
        return say(f"trend.{kind}{_late(question, compared, kind)}", lang, part=part, period=period)
    kind = f"{moved['trafficking']}_{moved['smuggling']}"
    if kind == "same_same":
        return say("trend.same_same", lang, period=period)
    return say(f"trend.{fact.id}_{kind}{_late(question, compared, kind)}", lang, period=period)


def _late(question: Question, compared: Span, kind: str) -> str:
    """What is added to the key of a phrase that says a fall which late reports may undo."""
    waits = "fell" in kind and lateness.waits(question.release, question.period, compared)
    return "_late" if waits else ""


def _highest(question: Question, trend: Trend) -> str:
    """Which month or quarter held most; the range where the next one is as high."""
    lang, base = question.lang, question.base(trend.fact)
    (line,) = trend.sizes.values()
    ranked = sorted(range(len(line)), key=line.__getitem__, reverse=True)
    top = ranked[0]
    values = {
        "unit": trend.fact.unit_in(lang),
        "number": numbers.about(line[top], base, lang),
        "least": numbers.about(line[ranked[-1]], base, lang),
        "each": say(f"trend.each_{trend.months}", lang),
    }
    sizes = [line[index] for index in ranked]
    if len(sizes) > 1 and not _drawn(question, trend, split=False).leads(sizes):
        return say("trend.between", lang, **values)
    when = trend.starts[top]
    return say("trend.highest", lang, when=_name(trend, when, lang), **values)


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
        unit=begin(fact.unit_in(lang)),
        period=dates.period(question.period, lang),
        trafficking=numbers.about(now["trafficking"], base, lang),
        smuggling=numbers.about(now["smuggling"], base, lang),
    )


def _by_part(question: Question, fact: Fact, span: Span) -> dict[str, int]:
    sizes: dict[str, int] = dict.fromkeys(splits.PARTS, 0)
    for group, size in queries.counts(
        question.release, fact, question.filters, span, ("class_group",)
    ):
        sizes[splits.part_of(group)] += size
    return sizes


def _moved(question: Question, fact: Fact, now: int, before: int) -> str:
    """What one class did: ``rose``, ``fell`` or ``same``."""
    drawn = display_rule.drawn(question, fact, ("class_group",), now, cells=1, cell=_part)
    direction = display_rule.comparison(drawn, before).direction
    return "same" if direction == "none" else direction


def _name(trend: Trend, start: date, lang: str) -> str:
    """A period in words."""
    return dates.month(start, lang) if trend.months == 1 else dates.quarter(start, lang)


def _code(trend: Trend, start: date) -> str:
    """A period in a file: "2026-07", or "2026-Q3"."""
    month = Month.of(start)
    return str(month) if trend.months == 1 else month.quarter


def _tick(trend: Trend, start: date, lang: str) -> str:
    """A period beside the axis."""
    if trend.months == 1:
        return dates.month_at_tick(start, lang)
    return dates.quarter_at_tick(start, lang)


def _table(question: Question, trend: Trend, late: int) -> Table:
    """Periods by class; where some are provisional, the last column says which."""
    lang, settled = question.lang, len(trend.starts) - late
    word = say("trend.provisional", lang)
    return Table(
        (
            Column(
                "month" if trend.months == 1 else "quarter", say(f"trend.of_{trend.months}", lang)
            ),
            *(
                Column(part, splits.label(part, lang), trend.fact.unit_in(lang))
                for part in trend.sizes
            ),
            *([Column("state", say("trend.state", lang))] if late else []),
        ),
        tuple(
            (
                _code(trend, start),
                *(sizes[index] for sizes in trend.sizes.values()),
                *([word if index >= settled else ""] if late else []),
            )
            for index, start in enumerate(trend.starts)
        ),
    )


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
                month=_name(trend, trend.starts[highest], lang),
            )
        )
    if late:
        since = _name(trend, trend.starts[-late], lang)
        parts.append(say("trend.provisional_since", lang, period=since))
    return " ".join(parts)
