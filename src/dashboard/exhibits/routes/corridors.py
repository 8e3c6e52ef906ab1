"""Corridors as a ranked list: people, transport, classes, season, outcome. Id: routes.corridors.

All corridors stand in it, also where some are chosen: these are marked, so that a reader can go on
to another one. Their order is that of ``counts.corridor_counts``, by people once each or by legs.
How corridors grew is told in ``growth``, one corridor in ``corridor``; flows between areas stand in
``map``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.corridor_counts import (
    COUNTING,
    UNNAMED,
    CorridorCount,
    corridor_count,
)
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, rankings
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.offers import leading, nothing, offered
from dashboard.exhibits.parts.rankings import Aside, Beside
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.exhibits.routes import growth
from dashboard.exhibits.routes.growth import Growth
from dashboard.model.codes import COMPLETED, CORRIDOR, MODE
from dashboard.model.codes.code_list import UNKNOWN
from dashboard.model.facts import JOURNEYS, LEGS, PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers

#: What is counted: people once each by their journey, or its legs.
COUNTED = Option("measure", (JOURNEYS.id, LEGS.id))
#: How many corridors a description names.
_DESCRIBED = 5
#: Modes named for a corridor: at most two, each with at least a fifth of its people.
_MODES, _LEAST_MODE = 2, 0.2
#: Quarters of the small bars of a row, and months of each.
_QUARTERS, _QUARTER = 8, 3
#: The way a leg ended that has a column of its own on the page.
_INTERCEPTED = "intercepted"
#: How wide the range of a share may be, as a part of all, so that it tells anything.
_WIDEST = 0.5


@dataclass(frozen=True)
class _Corridors:
    """All corridors of a view.

    Attributes:
        count: What is counted, by corridor.
        drawn: The same as a cut.
        quarters: The last quarters up to the end of the period.
        by_quarter: The same number in each of these.
        is_rough: Whether these tell little.
        ended: Legs by corridor and how they ended, and the same as a cut; None where that tells
            little or is not kept.
    """

    count: CorridorCount
    drawn: Drawn
    quarters: tuple[Span, ...]
    by_quarter: Mapping[str, tuple[int, ...]]
    is_rough: bool
    ended: tuple[Mapping[str, Mapping[str, int]], Drawn] | None


@exhibit("routes.corridors", facts=("journeys", "people", "legs"), options=(COUNTED,))
def routes_corridors(question: Question) -> Exhibit:
    """Corridors by people, with transport, split by class and change; a row filters the pages."""
    everywhere = replace(question, filters=question.filters.with_codes("corridor", ()))
    asked = (LEGS,) if question.options[COUNTED.name] == LEGS.id else ()
    fact = leading(everywhere, *dict.fromkeys((*asked, *COUNTING))) or PEOPLE
    whole = replace(everywhere, period=question.period.snapped(fact.grain))
    compared = whole.compared_span
    found = _count(everywhere, fact)
    grown = growth.growth(everywhere, found.drawn, found.count, compared) if compared else None
    rows = _rows(question, everywhere, found, grown)
    around = frame(
        everywhere,
        fact,
        drawn=(found.drawn,),
        what=question.say(f"routes.what_{fact.id}"),
        note=count_note(question, fact),
        notes=[*_notes(question, found), *rankings.notes(whole, compared)],
        options={"measure": fact.id},
    )
    if not rows:
        return offered("routes.corridors", around, nothing(everywhere, fact))
    label = question.say("routes.column_corridor")
    lead = growth.said(everywhere, found.drawn, found.count, grown) if grown else ""
    return made(
        "routes.corridors",
        around,
        title=_title(question, rows, found.drawn),
        figure=rankings.figure(
            everywhere, found.drawn, rows, label=label, beside=_beside(question, found, lead)
        ),
        table=_table(everywhere, found, rows, compared),
        description=_description(question, fact, rows, lead),
    )


def count_note(question: Question, fact: Fact) -> str:
    """How often a journey is counted, where journeys are."""
    return question.say(f"routes.note_per_{fact.id}") if fact in (JOURNEYS, LEGS) else ""


def _count(everywhere: Question, fact: Fact) -> _Corridors:
    """Counts of all corridors: in the period, by quarter, and by how legs ended."""
    count = corridor_count(everywhere, fact)
    quarters = last_quarters(everywhere)
    each = [corridor_count(everywhere, fact, quarter).sizes for quarter in quarters]
    by_quarter = {code: tuple(own.get(code, 0) for own in each) for code in count.sizes}
    cells = [size for code in count.named for size in by_quarter[code]]
    rough = not display_rule.drawn(everywhere, fact, ("corridor",), cells, months=_QUARTER).holds
    return _Corridors(
        count,
        display_rule.drawn(
            everywhere, fact, ("corridor",), [count.sizes[code] for code in count.named]
        ),
        quarters,
        by_quarter,
        rough,
        _ended(everywhere) if fact is LEGS else None,
    )


def last_quarters(question: Question) -> tuple[Span, ...]:
    """The last quarters of the release up to the end of the period, in order of time."""
    known = question.period.snapped("quarter").clipped(question.release.span)
    last = (known or question.release.span).end.quarter_start
    starts = (last.plus(-_QUARTER * back) for back in reversed(range(_QUARTERS)))
    spans = (Span(start, start.plus(_QUARTER - 1)) for start in starts)
    return tuple(span for span in spans if span.within(question.release.span))


def _ended(everywhere: Question) -> tuple[Mapping[str, Mapping[str, int]], Drawn] | None:
    """Legs by corridor and how they ended, where these numbers tell something."""
    ended: dict[str, Counter[str]] = {}
    by = ("corridor", "completed")
    for corridor, how, size in queries.counts(
        everywhere.release, LEGS, everywhere.filters, everywhere.period, by
    ):
        own = ended.setdefault(corridor or UNKNOWN.code, Counter())
        own[how or UNKNOWN.code] += size
    cells = [size for own in ended.values() for size in own.values()]
    drawn = display_rule.drawn(everywhere, LEGS, by, cells)
    return (ended, drawn) if drawn.holds else None


def _rows(
    question: Question, everywhere: Question, found: _Corridors, grown: Growth | None
) -> list[rankings.Row]:
    """Every corridor as a row."""
    fact = found.drawn.fact
    rows = queries.counts(
        everywhere.release,
        fact,
        everywhere.filters,
        everywhere.period,
        ("corridor", "mode", "class_group"),
    )
    modes: dict[str, Counter[str | None]] = {}
    for corridor, mode, _, size in rows:
        modes.setdefault(corridor or UNKNOWN.code, Counter())[mode] += size
    split = _split(everywhere, fact, [(row[0] or UNKNOWN.code, row[2], row[3]) for row in rows])
    by_mode = display_rule.drawn(
        everywhere,
        fact,
        ("corridor", "mode"),
        [size for own in modes.values() for size in own.values()],
    )
    return [
        rankings.Row(
            code,
            everywhere.release.label(CORRIDOR.id, code, everywhere.lang),
            found.count.sizes[code],
            split[code] if split else None,
            grown.before.get(code) if grown else None,
            _link(question, code),
            note=_modes_in_words(question, modes[code]) if by_mode.holds else "",
            is_ranked=code not in UNNAMED,
            is_new=grown is not None and grown.news.get(code) == "new",
            is_back=grown is not None and grown.news.get(code) == "back",
            grew=growth.mode_label(question, grown, code) if grown else "",
            steps=found.by_quarter[code],
            aside=_aside(question, found, code),
        )
        for code in found.count.sizes
    ]


def _link(question: Question, code: str) -> str:
    """The view of a corridor; '' for what is not known, some of which was never recorded."""
    if code == UNKNOWN.code:
        return ""
    filters = question.filters.with_codes("corridor", (code,))
    return rankings.query(question, filters, keep=(COUNTED,))


def _split(
    question: Question, fact: Fact, rows: Sequence[tuple[str | None, str | None, int]]
) -> dict[Any, dict[str, int]] | None:
    parts = splits.split(rows)
    cells = [size for own in parts.values() for size in own.values() if size]
    drawn = display_rule.drawn(question, fact, ("corridor", splits.by_part()), cells)
    return parts if drawn.holds else None


def _aside(question: Question, found: _Corridors, code: str) -> Aside | None:
    """The share of a corridor's legs that were intercepted, and in words how all ended."""
    if found.ended is None:
        return None
    by_corridor, drawn = found.ended
    ended, lang = by_corridor.get(code, {}), question.lang
    total, number = sum(ended.values()), ended.get(_INTERCEPTED, 0)
    told = "; ".join(
        question.say(
            "shared.named",
            name=question.release.label(COMPLETED.id, how, lang),
            number=question.about(ended[how], LEGS),
        )
        for how in COMPLETED.values
        if ended.get(how)
    )
    low, high = drawn.error.interval(number)
    percent = numbers.percent(number, total, drawn.base)
    if not number or percent is None or high - low > _WIDEST * total:
        return Aside("", 0, told)
    return Aside(question.say("numbers.percent", number=percent), percent, told)


def _beside(question: Question, found: _Corridors, lead: str) -> Beside:
    lang = question.lang
    return Beside(
        lead=lead,
        steps=tuple(dates.quarter(span.start.first_day, lang) for span in found.quarters),
        steps_label=question.say("routes.quarters_label", n=len(found.quarters)),
        is_rough=found.is_rough,
        aside_label=question.release.label(COMPLETED.id, _INTERCEPTED, lang) if found.ended else "",
    )


def _notes(question: Question, found: _Corridors) -> list[str]:
    """What the small bars are, where there are any."""
    if not found.quarters:
        return []
    first, last = (
        dates.quarter(found.quarters[at].start.first_day, question.lang) for at in (0, -1)
    )
    name = "rough" if found.is_rough else "steps"
    return [question.say(f"routes.note_{name}", first=first, last=last)]


def _table(
    everywhere: Question, found: _Corridors, rows: Sequence[rankings.Row], compared: Span | None
) -> Table:
    """The list, how legs ended, and in files the quarters of the small bars."""
    lang, fact = everywhere.lang, found.drawn.fact
    unit = fact.unit_in(lang)
    listed = rankings.table(
        everywhere,
        found.drawn,
        rows,
        column="corridor",
        label=everywhere.say("routes.column_corridor"),
        note_label=everywhere.say("routes.transport"),
        compared=compared,
    )
    hows = COMPLETED.values if found.ended is not None else ()
    ended = found.ended[0] if found.ended is not None else {}
    return Table(
        (
            *listed.columns,
            *(Column(how, COMPLETED.label_of(how, lang), unit) for how in hows),
            *(
                Column(
                    span.start.quarter,
                    dates.quarter(span.start.first_day, lang),
                    unit,
                    period=str(span),
                    in_files=True,
                )
                for span in found.quarters
            ),
        ),
        tuple(
            (
                *line,
                *(ended.get(code, {}).get(how, 0) for how in hows),
                *found.by_quarter[code],
            )
            for line, code in zip(listed.rows, found.count.sizes, strict=True)
        ),
    )


def _modes_in_words(question: Question, modes: Counter[str | None]) -> str:
    least = _LEAST_MODE * modes.total()
    named = [
        question.release.label(MODE.id, mode, question.lang)
        for mode, size in modes.most_common(_MODES)
        if size >= least and mode is not None
    ]
    return ", ".join(named)


def _title(question: Question, rows: Sequence[rankings.Row], drawn: Drawn) -> str:
    fact = drawn.fact
    unit = fact.unit_in(question.lang)
    known = [row for row in rows if row.code not in UNNAMED]
    if not known:
        return question.say("routes.title_no_corridor")
    first = known[0]
    if len(known) > 1 and is_few(first.value, question.base(fact)):
        return question.say("routes.title_few", unit=unit)
    if len(known) > 1 and not drawn.leads([row.value for row in known]):
        return question.say("routes.title_close", first=first.label, second=known[1].label)
    total = sum(row.value for row in rows)
    share = numbers.share(first.value, total, question.base(fact), question.lang)
    if share is None:
        number = question.about(first.value, fact)
        return question.say("routes.title_first", corridor=first.label, number=number, unit=unit)
    return question.say(f"routes.title_corridors_{fact.id}", corridor=first.label, share=share)


def _description(question: Question, fact: Fact, rows: Sequence[rankings.Row], lead: str) -> str:
    period = dates.period(question.period.snapped(fact.grain), question.lang)
    named = ", ".join(
        question.say("shared.named", name=row.label, number=question.about(row.value, fact))
        for at, row in enumerate(([r for r in rows if r.code not in UNNAMED] or rows)[:_DESCRIBED])
        if at == 0 or not is_few(row.value, question.base(fact))
    )
    unit = fact.unit_in(question.lang)
    text = question.say("routes.description_corridors", unit=unit, period=period)
    told = question.say("routes.described", names=named) if named else ""
    return " ".join(filter(None, [text, told, lead]))
