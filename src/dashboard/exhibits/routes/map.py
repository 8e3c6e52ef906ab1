"""Flows between areas on a map: legs per pair of ends, in five widths. Id: routes.map.

A person's journey counts once for each of its legs. A chosen corridor or place is lit and the rest
stays faint, so that no choice empties the map. Corridors have exhibits of their own.
"""

from __future__ import annotations

from dashboard.exhibits.counts.leg_choice import PLACE, Choice, leg_choice
from dashboard.exhibits.counts.leg_counts import ENDS, leg_step
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import flow_ends, leg_map
from dashboard.exhibits.parts.flow_ends import flow_name, place_name
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.model import hxl
from dashboard.model.facts import LEGS
from dashboard.model.protection import is_few
from dashboard.words import numbers

_ID = "routes.map"
#: How many flows are drawn at most.
_TOP = Option("top", ("50", "100", "200", "20"))


@exhibit(_ID, facts=("legs",), options=(ENDS.option, _TOP, leg_map.COLOUR, PLACE), geometry="flows")
def routes_map(question: Question) -> Exhibit:
    """Flows in five width classes; a click on a place lights the flows that touch it."""
    if unkept(question, LEGS):
        return offered(_ID, frame(question, LEGS), not_kept(question, LEGS))
    step = leg_step(question)
    choice = leg_choice(question, step.counted, step.rung, int(question.options["top"]))
    around = frame(
        question,
        LEGS,
        drawn=(choice.drawn,),
        what=_what(choice),
        note=_note(choice),
        notes=_notes(choice),
        detail=step.detail(question),
        options={"level": step.counted.level},
    )
    if not step.counted.total:
        return offered(_ID, around, nothing(question, LEGS))
    sizes = ((flow_name(question, pair), choice.count.sizes[pair]) for pair in choice.lit)
    return made(
        _ID,
        around,
        title=_title(choice),
        figure=leg_map.figure(choice),
        table=_table(choice),
        description=flow_ends.description(choice, "routes.description_map", sizes),
    )


def _what(choice: Choice) -> str:
    if choice.place is None:
        return choice.say("routes.what_legs")
    return choice.say("routes.what_legs_of", place=place_name(choice.question, choice.place))


def _table(choice: Choice) -> Table:
    columns = (
        Column("main_class", choice.say("routes.legend_class"),
               hxl=hxl.name_of("class_group", choice.lang)),
        Column("main_transport", choice.say("routes.transport"),
               hxl=hxl.name_of("mode", choice.lang)),
    )  # fmt: skip
    more = zip(columns, (flow_ends.main_class, flow_ends.main_transport), strict=True)
    return flow_ends.table(choice.count, choice.pairs, [*more])


def _title(choice: Choice) -> str:
    if choice.place is not None:
        return _title_of_place(choice, choice.place)
    question, count, lit = choice.question, choice.count, choice.lit
    if not lit:
        within = next((pair[0] for pair in choice.pairs if choice.within(pair[0])), None)
        if within is None:
            return choice.say("routes.title_none")
        number = choice.about(choice.within(within))
        return choice.say("routes.title_within", place=place_name(question, within), number=number)
    largest = count.sizes[lit[0]]
    if is_few(largest, choice.drawn.base):
        return choice.say("routes.title_map_few")
    if not count.drawn.leads([count.sizes[pair] for pair in lit]):
        first, second = (flow_name(question, pair) for pair in lit[:2])
        return choice.say("routes.title_map_close", first=first, second=second)
    start, end = (place_name(question, code) for code in lit[0])
    return choice.say("routes.title_map", start=start, end=end, number=choice.about(largest))


def _title_of_place(choice: Choice, place: str) -> str:
    """How many legs lead out of the chosen place and into it, or have an end that is not known."""
    name = place_name(choice.question, place)
    if choice.ends:
        out, into = (choice.about(choice.crossing(inside)) for inside in (0, 1))
        return choice.say("routes.title_place", place=name, out=out, into=into)
    return choice.say("routes.title_around", place=name, number=choice.about(choice.total))


def _note(choice: Choice) -> str:
    """How many flows are drawn, how many legs they are, and what is faint."""
    lit, n = choice.lit, len(choice.between)
    shown = sum(choice.count.sizes[pair] for pair in lit)
    said = []
    if lit:
        share = numbers.share_of(shown, choice.total, choice.drawn.base, choice.lang)
        said.append(choice.say("routes.note_drawn", drawn=len(lit), n=n, share=share))
    if choice.place is not None:
        place = place_name(choice.question, choice.place)
        said.append(choice.say("routes.note_place", place=place))
    elif choice.faint:
        said.append(choice.say("routes.note_corridor"))
    return " ".join(said)


def _notes(choice: Choice) -> list[str]:
    """What a reader of the map alone must know: what lines are, and which legs have none."""
    left = ((flow_ends.left_name(choice.count, kind), size) for kind, size in choice.left.items())
    notes = [choice.say("routes.note_lines"), choice.say("routes.note_per_legs")]
    if names := choice.question.named(left, LEGS):
        notes.append(choice.say("routes.note_left", names=names))
    return notes
