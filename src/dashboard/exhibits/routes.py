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
from dashboard.exhibits.counts.leg_counts import LegCount, Pair, count_legs, is_place
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, leg_map, rankings
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import Frame, frame, made
from dashboard.exhibits.parts.offers import offered, too_small
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.model import hxl
from dashboard.model.codes import CORRIDOR, MODE
from dashboard.model.facts import LEGS
from dashboard.model.periods import Span
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin

_LEVEL = Option("level", ("auto", "division", "district"))
_TOP = Option("top", ("50", "100", "20"))
#: How many flows or corridors a description names.
_DESCRIBED = 5
#: Modes named for a corridor: at most two, each with at least a fifth of its people.
_MODES, _LEAST_MODE = 2, 0.2


@exhibit("routes.map", facts=("legs",), options=(_LEVEL, _TOP), geometry="flows")
def routes_map(question: Question) -> Exhibit:
    """Flows in five width classes; a click on a place gives its code."""
    count = count_legs(question, question.options["level"])
    drawn = count.drawable[: int(question.options["top"])]
    offer = too_small(question, count.drawn)
    if offer:
        return offered("routes.map", _frame(question, count.drawn), offer)
    return made(
        "routes.map",
        _frame(question, count.drawn, _map_notes(question, count, drawn)),
        title=_map_title(question, count, drawn),
        figure=leg_map.figure(question, count, drawn),
        table=_map_table(question, count),
        description=_map_description(question, count, drawn),
    )


@exhibit("routes.corridors", facts=("legs",))
def routes_corridors(question: Question) -> Exhibit:
    """Corridors by people, with transport, split by class and change; a row filters the pages."""
    compared = _whole_quarters(question).compared_span
    rows = _corridor_rows(question, compared)
    total = sum(row.value for row in rows)
    drawn = display_rule.drawn(question, LEGS, ("corridor",), total)
    label = question.say("routes.corridor")
    offer = too_small(question, drawn)
    if offer:
        return offered("routes.corridors", _frame(question, drawn), offer)
    notes = [
        question.say("routes.note_per_leg"),
        *([] if any(row.split for row in rows) else [question.say("routes.note_unsplit")]),
        *rankings.notes(_whole_quarters(question), compared),
    ]
    return made(
        "routes.corridors",
        _frame(question, drawn, notes),
        title=_corridor_title(question, rows, drawn),
        figure=rankings.figure(question, drawn, rows, label=label),
        table=rankings.table(
            question,
            LEGS,
            rows,
            column="corridor",
            label=label,
            note_label=question.say("routes.transport"),
            compared=compared,
        ),
        description=_corridor_description(question, rows),
    )


def _whole_quarters(question: Question) -> Question:
    """The view as legs are counted, so that a compared period never overlaps with it."""
    return replace(question, period=question.period.snapped(LEGS.grain))


def _frame(question: Question, drawn: Drawn, notes: Sequence[str] = ()) -> Frame:
    return frame(question, LEGS, drawn=(drawn,), what=question.say("routes.what"), notes=notes)


def _map_table(question: Question, count: LegCount) -> Table:
    lang, unit = question.lang, LEGS.unit_in(question.lang)
    return Table(
        (
            *_end_columns(question, "from", "+origin"),
            *_end_columns(question, "to", "+dest"),
            Column("people", begin(unit), unit),
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
    notes = [question.say("routes.note_lines"), question.say("routes.note_per_leg")]
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


def _corridor_rows(question: Question, compared: Span | None) -> list[rankings.Row]:
    """Every corridor, the largest first; what is not known comes last."""
    release, lang = question.release, question.lang
    rows = queries.counts(
        release, LEGS, question.filters, question.period, ("corridor", "mode", "class_group")
    )
    sizes: Counter[str | None] = Counter()
    modes: dict[str | None, Counter[str | None]] = {}
    for corridor, mode, _, size in rows:
        sizes[corridor] += size
        modes.setdefault(corridor, Counter())[mode] += size
    split = _corridor_split(question, [(row[0], row[2], row[3]) for row in rows])
    by_mode = display_rule.drawn(question, LEGS, ("corridor", "mode"), sizes.total())
    before = _corridors_before(question, compared)
    ranked = sorted(sizes, key=lambda code: (code in (None, "unknown"), -sizes[code]))
    return [
        rankings.Row(
            code or "",
            release.label(CORRIDOR.id, code, lang),
            sizes[code],
            split[code] if split else None,
            before.get(code, 0) if before is not None else None,
            rankings.query(question, question.filters.with_codes("corridor", (code,)))
            if code
            else "",
            note=_modes_in_words(question, modes[code]) if by_mode.may_be_drawn else "",
        )
        for code in ranked
    ]


def _corridor_split(
    question: Question, rows: Sequence[tuple[str | None, str | None, int]]
) -> dict[Any, dict[str, int]] | None:
    total = sum(row[-1] for row in rows)
    drawn = display_rule.drawn(question, LEGS, ("corridor", "class_group"), total)
    return splits.split(rows) if drawn.may_be_drawn else None


def _corridors_before(question: Question, compared: Span | None) -> dict[str | None, int] | None:
    if compared is None:
        return None
    return dict(queries.counts(question.release, LEGS, question.filters, compared, ("corridor",)))


def _modes_in_words(question: Question, modes: Counter[str | None]) -> str:
    least = _LEAST_MODE * modes.total()
    named = [
        question.release.label(MODE.id, mode, question.lang)
        for mode, size in modes.most_common(_MODES)
        if size >= least and mode is not None
    ]
    return ", ".join(named)


def _corridor_title(question: Question, rows: Sequence[rankings.Row], drawn: Drawn) -> str:
    known = [row for row in rows if row.code not in ("", "unknown")]
    if not known:
        return question.say("routes.title_no_corridor")
    first = known[0]
    if len(known) > 1 and not drawn.leads([row.value for row in known]):
        return question.say("routes.title_close", first=first.label, second=known[1].label)
    share = numbers.share(first.value, drawn.total, question.base(LEGS), question.lang)
    if share is None:
        return question.say(
            "routes.title_first", corridor=first.label, number=question.about(first.value, LEGS)
        )
    return question.say("routes.title_corridors", corridor=first.label, share=share)


def _corridor_description(question: Question, rows: Sequence[rankings.Row]) -> str:
    period = dates.period(question.period.snapped(LEGS.grain), question.lang)
    known = [row for row in rows if row.code not in ("", "unknown")]
    named = ", ".join(
        question.say("routes.named", name=row.label, number=question.about(row.value, LEGS))
        for row in known[:_DESCRIBED]
        if not is_few(row.value, question.base(LEGS))
    )
    text = question.say("routes.description_corridors", period=period)
    return f"{text} {question.say('routes.described', names=named)}" if named else text
