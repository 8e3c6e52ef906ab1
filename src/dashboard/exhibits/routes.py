"""Routes: flows between areas on a map, and the corridors as a ranked list.

People are counted once per leg of their journey. Chains of legs, seasons and the matrix of
origins and destinations have exhibits of their own. Ids: routes.map, routes.corridors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.leg_counts import ENDS, LegCount, Pair, is_place, leg_step
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import breakdown, display_rule, folds, leg_map, ranges, rankings
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.offers import leading, not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.model import hxl
from dashboard.model.codes import MODE
from dashboard.model.facts import LEGS, PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin

_TOP = Option("top", ("50", "100", "20"))
#: How many flows or corridors a description names.
_DESCRIBED = 5
#: Modes named for a corridor: at most two, each with at least a fifth of its people.
_MODES, _LEAST_MODE = 2, 0.2
#: What is no corridor of its own: not recorded, not known, or several together.
_NO_CORRIDOR = (None, "", "unknown", "other")


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
        notes=_map_notes(question, count, drawn),
        detail=step.detail(question),
        options={"level": count.level},
    )
    if not count.total:
        return offered("routes.map", around, nothing(question, LEGS))
    return made(
        "routes.map",
        around,
        title=_map_title(question, count, drawn),
        figure=leg_map.figure(question, count, drawn),
        table=_map_table(question, count),
        description=_map_description(question, count, drawn),
    )


@exhibit("routes.corridors", facts=("legs", "people"))
def routes_corridors(question: Question) -> Exhibit:
    """Corridors by people, with transport, split by class and change; a row filters the pages.

    People are counted once for each leg; where legs are not kept by what the reader chose, such as
    sex, once each by the corridor of the whole journey.
    """
    fact = leading(question, LEGS, PEOPLE) or PEOPLE
    whole = replace(question, period=question.period.snapped(fact.grain))
    compared = whole.compared_span
    rows = _corridor_rows(question, fact, compared)
    known = [row.value for row in rows if row.code not in _NO_CORRIDOR]
    drawn = display_rule.drawn(question, fact, ("corridor",), known)
    per_leg = question.say("routes.note_per_leg") if fact is LEGS else ""
    around = frame(
        question,
        fact,
        drawn=(drawn,),
        what=question.say(f"routes.what_{fact.id}"),
        note=per_leg,
        notes=rankings.notes(whole, compared),
    )
    if not rows:
        return offered("routes.corridors", around, nothing(question, fact))
    label = question.say("routes.corridor")
    return made(
        "routes.corridors",
        around,
        title=_corridor_title(question, rows, drawn),
        figure=rankings.figure(question, drawn, rows, label=label),
        table=rankings.table(
            question,
            drawn,
            rows,
            column="corridor",
            label=label,
            note_label=question.say("routes.transport"),
            compared=compared,
        ),
        description=_corridor_description(question, fact, rows),
    )


def _map_table(question: Question, count: LegCount) -> Table:
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


def _map_title(question: Question, count: LegCount, drawn: Sequence[Pair]) -> str:
    if not drawn:
        return question.say("routes.title_none")
    sizes = [count.sizes[pair] for pair in drawn]
    if len(sizes) > 1 and not count.drawn.leads(sizes):
        first, second = (leg_map.flow_name(question, pair) for pair in drawn[:2])
        return question.say("routes.title_map_close", first=first, second=second)
    start, end = (leg_map.place_name(question, code) for code in drawn[0])
    number = question.about(count.sizes[drawn[0]], LEGS)
    return question.say("routes.title_map", start=start, end=end, number=number)


def _map_description(question: Question, count: LegCount, drawn: Sequence[Pair]) -> str:
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


def _map_notes(question: Question, count: LegCount, drawn: Sequence[Pair]) -> list[str]:
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


def _corridor_rows(question: Question, fact: Fact, compared: Span | None) -> list[rankings.Row]:
    """Every corridor, the largest first; what is not known comes last."""
    release = question.release
    rows = queries.counts(
        release, fact, question.filters, question.period, ("corridor", "mode", "class_group")
    )
    sizes: Counter[str | None] = Counter()
    modes: dict[str | None, Counter[str | None]] = {}
    for corridor, mode, _, size in rows:
        sizes[corridor] += size
        modes.setdefault(corridor, Counter())[mode] += size
    split = _corridor_split(question, fact, [(row[0], row[2], row[3]) for row in rows])
    by_mode = display_rule.drawn(
        question,
        fact,
        ("corridor", "mode"),
        [size for own in modes.values() for size in own.values()],
    )
    before = _corridors_before(question, fact, compared)
    moved = _moved(question, fact, compared)
    ranked = sorted(sizes, key=lambda code: (code in (None, "unknown"), -sizes[code]))
    return [
        rankings.Row(
            code or "",
            breakdown.label_in_table(question, fact, "corridor", code or breakdown.UNKNOWN),
            sizes[code],
            split[code] if split else None,
            before.get(code, 0) if before is not None and code not in moved else None,
            rankings.query(question, question.filters.with_codes("corridor", (code,)))
            if code
            else "",
            note=_modes_in_words(question, modes[code]) if by_mode.holds else "",
            is_ranked=code not in (None, "unknown"),
        )
        for code in ranked
    ]


def _moved(question: Question, fact: Fact, compared: Span | None) -> frozenset[str]:
    """Corridors whose change may be one of folding."""
    if compared is None:
        return frozenset()
    period = question.period.snapped(fact.grain)
    return folds.moves(question.release, fact, "corridor", period, compared)[1]


def _corridor_split(
    question: Question, fact: Fact, rows: Sequence[tuple[str | None, str | None, int]]
) -> dict[Any, dict[str, int]] | None:
    parts = splits.split(rows)
    cells = [size for own in parts.values() for size in own.values() if size]
    drawn = display_rule.drawn(question, fact, ("corridor", splits.by_part()), cells)
    return parts if drawn.holds else None


def _corridors_before(
    question: Question, fact: Fact, compared: Span | None
) -> dict[str | None, int] | None:
    if compared is None:
        return None
    return dict(queries.counts(question.release, fact, question.filters, compared, ("corridor",)))


def _modes_in_words(question: Question, modes: Counter[str | None]) -> str:
    least = _LEAST_MODE * modes.total()
    named = [
        question.release.label(MODE.id, mode, question.lang)
        for mode, size in modes.most_common(_MODES)
        if size >= least and mode is not None
    ]
    return ", ".join(named)


def _corridor_title(question: Question, rows: Sequence[rankings.Row], drawn: Drawn) -> str:
    fact = drawn.fact
    known = [row for row in rows if row.code not in _NO_CORRIDOR]
    if not known:
        return question.say("routes.title_no_corridor")
    first = known[0]
    if len(known) > 1 and not drawn.leads([row.value for row in known]):
        return question.say("routes.title_close", first=first.label, second=known[1].label)
    total = sum(row.value for row in rows)
    share = numbers.share(first.value, total, question.base(fact), question.lang)
    if share is None:
        number = question.about(first.value, fact)
        return question.say("routes.title_first", corridor=first.label, number=number)
    return question.say(f"routes.title_corridors_{fact.id}", corridor=first.label, share=share)


def _corridor_description(question: Question, fact: Fact, rows: Sequence[rankings.Row]) -> str:
    period = dates.period(question.period.snapped(fact.grain), question.lang)
    named = ", ".join(
        question.say("routes.named", name=row.label, number=question.about(row.value, fact))
        for at, row in enumerate(
            ([r for r in rows if r.code not in _NO_CORRIDOR] or rows)[:_DESCRIBED]
        )
        if at == 0 or not is_few(row.value, question.base(fact))
    )
    text = question.say("routes.description_corridors", period=period)
    return f"{text} {question.say('routes.described', names=named)}" if named else text
