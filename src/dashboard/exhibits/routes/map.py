"""Flows between areas on a map: people from origin to destination, in four widths. Id: routes.map.

People are counted once each by their journey, as in the list of corridors, or by legs where a
reader asks for these. A chosen corridor or place is lit and the rest stays faint, so that no choice
empties the map. Corridors have exhibits of their own.
"""

from __future__ import annotations

from dashboard.exhibits.counts.leg_choice import PLACE, Choice, flow_choice
from dashboard.exhibits.counts.leg_counts import ENDS, flow_step
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import empty_state, flow_ends, leg_map
from dashboard.exhibits.parts.flow_ends import flow_name, place_name
from dashboard.exhibits.parts.frame import frame, make_exhibit
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.exhibits.routes.corridors import COUNTED, count_note
from dashboard.model import hxl
from dashboard.model.facts import JOURNEYS, LEGS
from dashboard.words import numbers
from dashboard.words.catalogue import begin

_ID = "routes.map"


@exhibit(
    _ID,
    facts=("journeys", "legs"),
    options=(ENDS.option, COUNTED, leg_map.COLOUR, PLACE),
    geometry="flows",
)
def routes_map(question: Question) -> Exhibit:
    """Flows in four width classes; a click on a place lights the flows that touch it."""
    chosen = question.options[COUNTED.name]
    facts = sorted((JOURNEYS, LEGS), key=lambda fact: fact.id != chosen)
    fact = empty_state.leading(question, *facts) or JOURNEYS
    if empty_state.unkept(question, fact):
        return empty_state.not_recorded_exhibit(question, fact)
    step = flow_step(question, fact)
    choice = flow_choice(question, step.counted, step.level)
    around = frame(
        question,
        fact,
        cuts=(choice.breakdown,),
        what=_what(choice),
        note=_note(choice),
        notes=_notes(choice),
        detail=step.detail(question),
        options={"level": step.counted.level, COUNTED.name: fact.id},
    )
    if not step.counted.total:
        return empty_state.empty_exhibit(around, empty_state.nothing(question, fact))
    sizes = ((flow_name(question, pair), choice.count.sizes[pair]) for pair in choice.lit)
    return make_exhibit(
        around,
        title=_title(choice),
        figure=leg_map.figure(choice),
        table=_table(choice),
        description=flow_ends.description(choice, "routes.description_map", sizes),
    )


def _what(choice: Choice) -> str:
    """What is counted, for the subtitle: all flows, or those of the chosen place."""
    if choice.place is None:
        return choice.translate(f"routes.what_flows_{choice.fact.id}")
    place = place_name(choice.question, choice.place)
    return choice.translate(f"routes.what_flows_{choice.fact.id}_of", place=place)


def _table(choice: Choice) -> Table:
    """Every chosen pair of ends with its number, main class and main transport."""
    columns = (
        Column("main_class", choice.translate("routes.legend_class"),
               hxl=hxl.name_of("class_group", choice.lang)),
        Column("main_transport", choice.translate("routes.transport"),
               hxl=hxl.name_of("mode", choice.lang)),
    )  # fmt: skip
    more = zip(columns, (flow_ends.main_class, flow_ends.main_transport), strict=True)
    return flow_ends.table(choice.count, choice.pairs, [*more])


def _title(choice: Choice) -> str:
    """The largest flow; or that the first have a few, or are close; of a place what touches it.

    Where no flow leads elsewhere it is how many stay within the first place that has any.
    """
    if choice.place is not None:
        return _title_of_place(choice, choice.place)
    question, count, flows = choice.question, choice.count, choice.between
    if not flows:
        for start, _ in choice.pairs:
            if within := choice.within(start):
                place, number = place_name(question, start), choice.about(within)
                key = "routes.title_within"
                return choice.translate(key, place=place, number=number, unit=choice.unit)
        return choice.translate("routes.title_none", unit=begin(choice.unit))
    largest, is_few = count.sizes[flows[0]], choice.breakdown.is_few
    is_close = not count.breakdown.leads([count.sizes[pair] for pair in flows])
    if is_few(largest) or (is_close and is_few(count.sizes[flows[1]])):
        return choice.translate("routes.title_map_few", unit=choice.unit)
    if is_close:
        first, second = (flow_name(question, pair) for pair in flows[:2])
        return choice.translate("routes.title_map_close", first=first, second=second)
    start, end = (place_name(question, code) for code in flows[0])
    number, unit = choice.about(largest), choice.unit
    return choice.translate("routes.title_map", start=start, end=end, number=number, unit=unit)


def _title_of_place(choice: Choice, place: str) -> str:
    """How many begin in the chosen place and how many end there.

    Where the place is "not known": how many have an end that is not known.
    """
    name, unit = place_name(choice.question, place), choice.unit
    if choice.ends:
        out, into = (choice.about(choice.at_end(end)) for end in (0, 1))  # beginning, ending
        return choice.translate("routes.title_place", place=name, out=out, into=into, unit=unit)
    number = choice.about(choice.total)
    return choice.translate("routes.title_around", place=name, number=number, unit=unit)


def _note(choice: Choice) -> str:
    """The note under the title: how many flows are drawn, their share of all, and what is faint."""
    lit, drawn, faint = choice.lit, "", ""
    if lit:
        lit_size, n = sum(choice.count.sizes[pair] for pair in lit), len(choice.between)
        share = numbers.share_of(lit_size, choice.total, choice.breakdown.base, choice.lang)
        values = {"drawn": len(lit), "n": n, "share": share, "unit": choice.unit}
        drawn = choice.translate("routes.note_drawn", **values)
    if choice.place is not None:
        place = place_name(choice.question, choice.place)
        faint = choice.translate("routes.note_place", place=place)
    elif choice.faint:
        faint = choice.translate("routes.note_corridor")
    return f"{drawn} {faint}".strip()


def _notes(choice: Choice) -> list[str]:
    """Notes: what lines are, how often a journey counts, and how many have no line, by reason."""
    without_line = (
        (flow_ends.left_name(choice.count, kind), size)
        for kind, size in choice.without_line.items()
    )
    notes = [choice.translate("routes.note_lines"), count_note(choice.question, choice.fact)]
    if names := choice.question.named(without_line, choice.fact):
        notes.append(choice.translate("routes.note_left", names=names, unit=begin(choice.unit)))
    return notes
