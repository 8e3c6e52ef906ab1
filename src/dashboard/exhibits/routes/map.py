"""Flows between areas on a map: legs per pair of ends, in five widths. Id: routes.map.

A person's journey counts once for each of its legs. A chosen corridor or place is lit and the rest
stays faint, so that no choice empties the map. Corridors have exhibits of their own.
"""

from __future__ import annotations

from functools import cache, partial

from dashboard.exhibits.counts.leg_choice import PLACE, Choice, leg_choice
from dashboard.exhibits.counts.leg_counts import ENDS, Pair, leg_step
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import flow_ends, leg_map, ranges
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.model import hxl
from dashboard.model.facts import LEGS
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin

#: How many flows are drawn at most.
_TOP = Option("top", ("50", "100", "200", "20"))
#: How many flows a description names.
_DESCRIBED = 5


@exhibit(
    "routes.map",
    facts=("legs",),
    options=(ENDS.option, _TOP, leg_map.COLOUR, PLACE),
    geometry="flows",
)
def routes_map(question: Question) -> Exhibit:
    """Flows in five width classes; a click on a place lights the flows that touch it."""
    if unkept(question, LEGS):
        return offered("routes.map", frame(question, LEGS), not_kept(question, LEGS))
    step = leg_step(question)
    choice = leg_choice(question, step.counted, step.rung, int(question.options["top"]))
    around = frame(
        question,
        LEGS,
        drawn=(step.counted.drawn,),
        what=_what(question, choice),
        note=_note(question, choice),
        notes=_notes(question, choice),
        detail=step.detail(question),
        options={"level": step.counted.level},
    )
    if not step.counted.total:
        return offered("routes.map", around, nothing(question, LEGS))
    return made(
        "routes.map",
        around,
        title=_title(question, choice),
        figure=leg_map.figure(question, choice),
        table=_table(question, choice),
        description=_description(question, choice),
    )


def _what(question: Question, choice: Choice) -> str:
    if choice.place is None:
        return question.say("routes.what_legs")
    place = leg_map.place_name(question, choice.place)
    return question.say("routes.what_legs_of", place=place)


def _table(question: Question, choice: Choice) -> Table:
    lang, unit, count = question.lang, LEGS.unit_in(question.lang), choice.count
    ends = ranges.columns(question, LEGS, count.drawn)
    columns = (
        *flow_ends.columns(question),
        Column(LEGS.unit, begin(unit), unit),
        *ends,
        Column(
            "main_class", question.say("routes.legend_class"), hxl=hxl.name_of("class_group", lang)
        ),
        Column("main_transport", question.say("routes.transport"), hxl=hxl.name_of("mode", lang)),
    )

    end = cache(partial(flow_ends.cells, question))
    interval = cache(count.drawn.error.interval)

    def row(pair: Pair) -> tuple[Cell, ...]:
        return (
            *end(pair[0]),
            *end(pair[1]),
            count.sizes[pair],
            *(interval(count.sizes[pair]) if ends else ()),
            leg_map.main_class(question, count, pair),
            leg_map.main_transport(question, count, pair),
        )

    return Table(columns, tuple(map(row, choice.pairs)))


def _title(question: Question, choice: Choice) -> str:
    if choice.place is not None:
        return _title_of_place(question, choice)
    count, lit = choice.count, choice.lit
    if not lit:
        within = next((pair[0] for pair in choice.pairs if choice.within(pair[0])), None)
        if within is None:
            return question.say("routes.title_none")
        place, number = leg_map.place_name(question, within), choice.within(within)
        return question.say("routes.title_within", place=place, number=question.about(number, LEGS))
    largest = count.sizes[lit[0]]
    if is_few(largest, question.base(LEGS)):
        return question.say("routes.title_map_few")
    if not count.drawn.leads([count.sizes[pair] for pair in lit]):
        first, second = (leg_map.flow_name(question, pair) for pair in lit[:2])
        return question.say("routes.title_map_close", first=first, second=second)
    start, end = (leg_map.place_name(question, code) for code in lit[0])
    number = question.about(largest, LEGS)
    return question.say("routes.title_map", start=start, end=end, number=number)


def _title_of_place(question: Question, choice: Choice) -> str:
    """How many legs lead out of the chosen place and into it, or have an end that is not known."""
    place = leg_map.place_name(question, choice.place or "")
    if choice.ends:
        out, into = (question.about(size, LEGS) for size in (choice.out, choice.into))
        return question.say("routes.title_place", place=place, out=out, into=into)
    number = question.about(choice.total, LEGS)
    return question.say("routes.title_around", place=place, number=number)


def _description(question: Question, choice: Choice) -> str:
    period = dates.period(question.period.snapped(LEGS.grain), question.lang)
    sizes = choice.count.sizes
    named = ", ".join(
        question.say("shared.named", name=leg_map.flow_name(question, pair),
            number=question.about(sizes[pair], LEGS),
        )
        for pair in choice.lit[:_DESCRIBED]
        if not is_few(sizes[pair], question.base(LEGS))
    )  # fmt: skip
    text = question.say("routes.description_map", period=period)
    return f"{text} {question.say('routes.described', names=named)}" if named else text


def _note(question: Question, choice: Choice) -> str:
    """How many flows are drawn, how many legs they are, and what is faint."""
    shown = sum(choice.count.sizes[pair] for pair in choice.lit)
    share = numbers.share(shown, choice.total, question.base(LEGS), question.lang)
    said = []
    if share and choice.lit:
        said.append(
            question.say(
                "routes.note_drawn", drawn=len(choice.lit), n=len(choice.between), share=share
            )
        )
    if choice.place is not None:
        place = leg_map.place_name(question, choice.place)
        said.append(question.say("routes.note_place", place=place))
    elif choice.faint:
        said.append(question.say("routes.note_corridor"))
    return " ".join(said)


def _notes(question: Question, choice: Choice) -> list[str]:
    """What a reader of the map alone must know: what lines are, and which legs have none."""
    left = [
        question.say(
            "shared.named",
            name=leg_map.left_name(question, choice, kind),
            number=question.about(size, LEGS),
        )
        for kind, size in choice.left.items()
    ]
    notes = [question.say("routes.note_lines"), question.say("routes.note_per_legs")]
    if left:
        notes.append(question.say("routes.note_left", names=", ".join(left)))
    return notes
