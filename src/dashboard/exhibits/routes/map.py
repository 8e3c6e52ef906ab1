"""Flows between areas on a map: people per pair of ends, in five widths. Id: routes.map.

People are counted once per leg of their journey. Corridors have exhibits of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exhibits.counts.leg_counts import ENDS, LegCount, Pair, is_place, leg_step
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import leg_map, ranges
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.model import hxl
from dashboard.model.facts import LEGS
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin

_TOP = Option("top", ("50", "100", "20"))
#: How many flows a description names.
_DESCRIBED = 5


@exhibit("routes.map", facts=("legs",), options=(ENDS.option, _TOP), geometry="flows")
def routes_map(question: Question) -> Exhibit:
    """Flows in five width classes; a click on a place gives its code."""
    if unkept(question, LEGS):
        return offered("routes.map", frame(question, LEGS), not_kept(question, LEGS))
    step = leg_step(question)
    count = step.counted
    drawn = count.drawable[: int(question.options["top"])]
    around = frame(
        question,
        LEGS,
        drawn=(count.drawn,),
        what=question.say("routes.what_legs"),
        note=question.say("routes.note_per_leg"),
        notes=_notes(question, count, drawn),
        detail=step.detail(question),
        options={"level": count.level},
    )
    if not count.total:
        return offered("routes.map", around, nothing(question, LEGS))
    return made(
        "routes.map",
        around,
        title=_title(question, count, drawn),
        figure=leg_map.figure(question, count, drawn),
        table=_table(question, count),
        description=_description(question, count, drawn),
    )


def _table(question: Question, count: LegCount) -> Table:
    lang, unit = question.lang, LEGS.unit_in(question.lang)
    ends = ranges.columns(question, LEGS, count.drawn)
    return Table(
        (
            *_end_columns(question, "from", "+origin"),
            *_end_columns(question, "to", "+dest"),
            Column("people", begin(unit), unit),
            *ends,
            Column(
                "main_class",
                question.say("routes.legend_class"),
                hxl=hxl.name_of("class_group", lang),
            ),
        ),
        tuple(
            (
                pair[0] if is_place(pair[0]) else "",
                leg_map.place_name(question, pair[0]),
                pair[1] if is_place(pair[1]) else "",
                leg_map.place_name(question, pair[1]),
                count.sizes[pair],
                *(count.drawn.error.interval(count.sizes[pair]) if ends else ()),
                leg_map.main_class(question, count, pair),
            )
            for pair in count.ranked
        ),
    )


def _end_columns(question: Question, end: str, about: str) -> tuple[Column, Column]:
    """Code and name of one end of a leg, which may be an area, a country or a part of the sea."""
    return (
        Column(
            f"{end}_code",
            question.say(f"routes.column_{end}_code"),
            hxl=hxl.code_of("place", about),
        ),
        Column(
            end,
            question.say(f"routes.column_{end}"),
            hxl=hxl.name_of("place", question.lang, about),
        ),
    )


def _title(question: Question, count: LegCount, drawn: Sequence[Pair]) -> str:
    if not drawn:
        return question.say("routes.title_none")
    sizes = [count.sizes[pair] for pair in drawn]
    if len(sizes) > 1 and not count.drawn.leads(sizes):
        first, second = (leg_map.flow_name(question, pair) for pair in drawn[:2])
        return question.say("routes.title_map_close", first=first, second=second)
    start, end = (leg_map.place_name(question, code) for code in drawn[0])
    number = question.about(count.sizes[drawn[0]], LEGS)
    return question.say("routes.title_map", start=start, end=end, number=number)


def _description(question: Question, count: LegCount, drawn: Sequence[Pair]) -> str:
    period = dates.period(question.period.snapped(LEGS.grain), question.lang)
    named = ", ".join(
        question.say("routes.named", name=leg_map.flow_name(question, pair),
            number=question.about(count.sizes[pair], LEGS),
        )
        for pair in drawn[:_DESCRIBED]
        if not is_few(count.sizes[pair], question.base(LEGS))
    )  # fmt: skip
    text = question.say("routes.description_map", period=period)
    return f"{text} {question.say('routes.described', names=named)}" if named else text


def _notes(question: Question, count: LegCount, drawn: Sequence[Pair]) -> list[str]:
    lang, base = question.lang, question.base(LEGS)
    between = sum(count.sizes[pair] for pair in count.drawable)
    shown = sum(count.sizes[pair] for pair in drawn)
    share = numbers.share(shown, between, base, lang)
    notes = [question.say("routes.note_lines")]
    if share:
        notes.append(
            question.say("routes.note_drawn", drawn=len(drawn), n=len(count.drawable), share=share)
        )
    if count.inside:
        level = question.say(f"routes.level_{count.level}")
        notes.append(
            question.say(
                "routes.note_inside", number=question.about(count.inside, LEGS), level=level
            )
        )
    if count.elsewhere:
        notes.append(
            question.say("routes.note_elsewhere", number=question.about(count.elsewhere, LEGS))
        )
    if count.unknown:
        notes.append(
            question.say("routes.note_unknown", number=question.about(count.unknown, LEGS))
        )
    return notes
