"""Quarters: the leading areas over the last eight quarters, each as a strip of bars on one scale.

Strips and not eight maps: with some fifty people a month most areas of one quarter hold none or
very few, so eight maps would show the noise of protection as movement, and a map draws no ranges.
Bars of one area beside each other, with their ranges, show whether it moved at all. Id:
hotspots.quarters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.analysis.changes import Change, Counted, strongest
from dashboard.analysis.expected_error import TELLING
from dashboard.exhibits.counts import coverage, windows
from dashboard.exhibits.counts.area_counts import level_ladder
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.hotspots.said import (
    LEVEL,
    MEASURE,
    VIEW,
    counted_fact,
    nothing_counted,
    refused,
)
from dashboard.exhibits.parts import display_rule, lateness, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.ladder import Rung, climb
from dashboard.exhibits.parts.offers import offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.plot import Plot, Series
from dashboard.model import hxl
from dashboard.model.facts import Fact
from dashboard.model.periods import Month, Span
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, say

#: Quarters that are drawn, and areas; the table has all others together.
_QUARTERS, _AREAS = 8, 8
#: Quarters of a year, which is compared with the year before.
_YEAR = 4
#: How many areas a description names.
_DESCRIBED = 3


@dataclass(frozen=True)
class _Moves:
    """Areas by quarter.

    Attributes:
        level: Level of the areas.
        spans: The quarters.
        sizes: One number a quarter for each area that holds anything, the largest first.
        leading: The areas that are drawn.
        rest: What stands in none of these, by quarter.
        drawn: The largest areas as a cut of one quarter.
    """

    level: str
    spans: tuple[Span, ...]
    sizes: Mapping[str, tuple[int, ...]]
    leading: tuple[str, ...]
    rest: tuple[int, ...]
    drawn: Drawn

    @property
    def whole(self) -> Span:
        """All quarters."""
        return Span(self.spans[0].start, self.spans[-1].end)


@exhibit("hotspots.quarters", facts=("incidents", "people"), options=(MEASURE, LEVEL, VIEW))
def hotspots_quarters(question: Question) -> Exhibit:
    """The largest areas of the last two years by quarter, whatever period is chosen."""
    spans = windows.windows(windows.QUARTER, question.release.span)[-_QUARTERS:]
    within = Span(spans[0].start, spans[-1].end) if spans else question.release.span
    fact = counted_fact(replace(question, period=within))
    if fact is None:
        return refused(question, "hotspots.quarters")
    filters = queries.shown_roles(question.filters)
    whole = replace(question, filters=filters, period=within)
    total = queries.total(question.release, fact, filters, within)
    step = climb(
        whole,
        level_ladder(question),
        lambda rung: _count(whole, fact, rung, spans),
        # Areas that hold little of all would not tell where it was.
        stands=lambda drawn: drawn.total >= TELLING * total > 0,
    )
    moves = step.counted
    options = {"measure": fact.id, "level": moves.level}
    if not spans or not (moves.sizes or any(moves.rest)):
        empty = frame(whole, fact, options=options)
        # Of these quarters it is said, whatever period was chosen.
        nothing = nothing_counted(replace(question, period=within), fact)
        return offered("hotspots.quarters", empty, nothing)
    late = _late(whole, spans)
    said = number_format(whole, fact, error=moves.drawn.error, rough=step.is_rough)
    rows = tuple(
        Series(question.place_name(code), said.numbers(moves.sizes[code])) for code in moves.leading
    )
    return made(
        "hotspots.quarters",
        frame(
            whole,
            fact,
            drawn=(moves.drawn,),
            notes=_notes(whole, fact, moves),
            detail=step.detail(whole),
            options=options,
        ),
        title=_title(whole, fact, moves),
        plot=Plot(
            "strips",
            tuple(dates.quarter_at_tick(span.start.first_day, question.lang) for span in spans),
            rows or (Series(question.say("hotspots.quarters.rest"), said.numbers(moves.rest)),),
            is_rough=step.is_rough,
            provisional=late,
            provisional_name=question.say("trend.provisional"),
        ),
        table=_table(whole, fact, moves, late),
        description=_description(whole, fact, moves),
    )


def _count(whole: Question, fact: Fact, rung: Rung, spans: Sequence[Span]) -> tuple[_Moves, Drawn]:
    release = whole.release
    areas = windows.by_month(whole, fact, rung.id, whole.period)
    found = {code: tuple(windows.summed(own, spans)) for code, own in areas.items()}
    ranked = sorted(
        (code for code, sizes in found.items() if any(sizes)),
        key=lambda code: (-sum(found[code]), code),
    )
    largest = ranked[:_AREAS]
    cells = [size for code in largest for size in found[code] if size]
    filters = whole.filters
    drawn = display_rule.drawn(whole, fact, (rung.id,), cells, months=3, filters=filters)
    leading = _telling(largest, found, drawn)
    everything = [queries.total(release, fact, filters, span) for span in spans]
    rest = tuple(
        total - sum(found[code][at] for code in leading) for at, total in enumerate(everything)
    )
    sizes = {code: found[code] for code in ranked}
    return _Moves(rung.id, tuple(spans), sizes, leading, rest, drawn), drawn


def _telling(
    codes: Sequence[str], found: Mapping[str, Sequence[int]], drawn: Drawn
) -> tuple[str, ...]:
    """Areas that stand above nothing in some quarter; all of them where none does."""
    above = (c for c in codes if any(drawn.error.interval(size)[0] > 0 for size in found[c]))
    return tuple(above) or tuple(codes)


def _late(whole: Question, spans: Sequence[Span]) -> int:
    """How many of the last quarters hold a provisional month."""
    late = lateness.provisional(whole.release, whole.period)
    return sum(1 for span in spans if late and span.end >= late.start)


def _changed(whole: Question, fact: Fact, moves: _Moves) -> tuple[Change, ...] | None:
    """Areas with clearly more or fewer than in the year before; None where no year is before."""
    if len(moves.spans) < _QUARTERS:
        return None
    release, lately = whole.release, moves.spans[-_YEAR:]
    now = Span(lately[0].start, lately[-1].end)
    before = now.previous()
    error = display_rule.drawn(
        whole, fact, (moves.level,), (), months=now.months, filters=whole.filters
    ).error
    base = release.base(fact.id)
    found = strongest(
        (
            Counted(moves.level, code, sum(sizes[-_YEAR:]), sum(sizes[:_YEAR]), base, error)
            for code, sizes in moves.sizes.items()
        ),
        partners=coverage.moved(release, now, before),
        late=lateness.waits(release, now, before),
    )
    return tuple(change for change in found if not change.doubts)


def _title(whole: Question, fact: Fact, moves: _Moves) -> str:
    lang = whole.lang
    unit, level = fact.unit_in(lang), say(f"hotspots.level_{moves.level}", lang, n=1).lower()
    if not moves.leading:
        return say("hotspots.map.title_none", lang, level=level, unit=unit)
    changed = _changed(whole, fact, moves)
    if changed is None:
        area = whole.place_name(moves.leading[0])
        total = whole.about(sum(moves.sizes[moves.leading[0]]), fact)
        return say("hotspots.quarters.first", lang, area=area, number=total, unit=unit)
    if not changed:
        return say("hotspots.quarters.same", lang, level=level)
    one = changed[0].counted
    return begin(
        say(
            f"hotspots.quarters.{'rose' if one.difference > 0 else 'fell'}",
            lang,
            area=whole.place_name(one.code),
            unit=unit,
            now=whole.about(one.now, fact),
            before=whole.about(one.before, fact),
        )
    )


def _notes(whole: Question, fact: Fact, moves: _Moves) -> list[str]:
    lang = whole.lang
    notes = lateness.notes(whole.release, moves.whole, lang)
    left = len(moves.sizes) - len(moves.leading)
    if left:
        levels = say(f"hotspots.level_{moves.level}", lang, n=2).lower()
        notes.append(
            say("hotspots.quarters.left_out", lang, n=len(moves.leading), levels=levels, left=left)
        )
    return notes


def _table(whole: Question, fact: Fact, moves: _Moves, late: int) -> Table:
    """One row an area and quarter; what stands in no area that is drawn comes last."""
    lang, unit = whole.lang, fact.unit_in(whole.lang)
    ends = ranges.columns(whole, fact, moves.drawn)
    settled, word = len(moves.spans) - late, say("trend.provisional", lang)
    entries = [(code, whole.place_name(code), moves.sizes[code]) for code in moves.leading]
    entries.append(("", say("hotspots.quarters.rest", lang), moves.rest))
    rows: list[tuple[Cell, ...]] = []
    for code, name, sizes in entries:
        for at, (span, size) in enumerate(zip(moves.spans, sizes, strict=True)):
            between = moves.drawn.error.interval(size) if code else (None, None)
            state = (word if at >= settled else "",) if late else ()
            when = (span.start.quarter, dates.quarter(span.start, lang))
            rows.append((code, name, *when, size, *(between if ends else ()), *state))
    return Table(
        (
            Column("code", say("hotspots.column_code", lang), hxl=hxl.code_of(moves.level)),
            Column(
                "area",
                say(f"hotspots.level_{moves.level}", lang, n=1),
                hxl=hxl.name_of(moves.level, lang),
            ),
            # Not a date as HXL has it: files give each row's first and last day beside it.
            Column(
                "quarter",
                say("hotspots.quarters.column_code", lang),
                hxl="#x_quarter+code",
                in_files=True,
            ),
            Column("quarter_name", say("trend.of_3", lang)),
            Column(fact.unit, begin(unit), unit),
            *ends,
            *((Column("state", say("trend.state", lang)),) if late else ()),
        ),
        tuple(rows),
    )


def _description(whole: Question, fact: Fact, moves: _Moves) -> str:
    lang = whole.lang
    areas = [
        say(
            "hotspots.quarters.described",
            lang,
            area=whole.place_name(code),
            last=numbers.about(moves.sizes[code][-1], whole.base(fact), lang),
            highest=whole.about(max(moves.sizes[code]), fact),
            quarter=dates.quarter(_highest(moves, code), lang),
        )
        for at, code in enumerate(moves.leading[:_DESCRIBED])
        if at == 0 or not is_few(max(moves.sizes[code]), whole.base(fact))
    ]
    first = say(
        "hotspots.quarters.description",
        lang,
        unit=fact.unit_in(lang),
        level=say(f"hotspots.level_{moves.level}", lang, n=1).lower(),
        period=dates.period(moves.whole, lang),
    )
    return " ".join([first, *areas])


def _highest(moves: _Moves, code: str) -> Month:
    sizes = moves.sizes[code]
    return moves.spans[max(range(len(sizes)), key=sizes.__getitem__)].start
