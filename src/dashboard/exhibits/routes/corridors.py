"""Corridors as a ranked list: people, transport, classes, change. Id: routes.corridors.

People are counted once per leg of their journey. Flows between areas stand in ``map``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts import splits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts import breakdown, display_rule, folds, rankings
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.offers import leading, nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.codes import MODE
from dashboard.model.facts import LEGS, PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers

#: How many corridors a description names.
_DESCRIBED = 5
#: Modes named for a corridor: at most two, each with at least a fifth of its people.
_MODES, _LEAST_MODE = 2, 0.2
#: What is no corridor of its own: not recorded, not known, or several together.
_NO_CORRIDOR = (None, "", "unknown", "other")


@exhibit("routes.corridors", facts=("legs", "people"))
def routes_corridors(question: Question) -> Exhibit:
    """Corridors by people, with transport, split by class and change; a row filters the pages.

    People are counted once for each leg; where legs are not kept by what the reader chose, such as
    sex, once each by the corridor of the whole journey.
    """
    fact = leading(question, LEGS, PEOPLE) or PEOPLE
    whole = replace(question, period=question.period.snapped(fact.grain))
    compared = whole.compared_span
    rows = _rows(question, fact, compared)
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
        title=_title(question, rows, drawn),
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
        description=_description(question, fact, rows),
    )


def _rows(question: Question, fact: Fact, compared: Span | None) -> list[rankings.Row]:
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
    split = _split(question, fact, [(row[0], row[2], row[3]) for row in rows])
    by_mode = display_rule.drawn(
        question,
        fact,
        ("corridor", "mode"),
        [size for own in modes.values() for size in own.values()],
    )
    before = _before(question, fact, compared)
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


def _split(
    question: Question, fact: Fact, rows: Sequence[tuple[str | None, str | None, int]]
) -> dict[Any, dict[str, int]] | None:
    parts = splits.split(rows)
    cells = [size for own in parts.values() for size in own.values() if size]
    drawn = display_rule.drawn(question, fact, ("corridor", splits.by_part()), cells)
    return parts if drawn.holds else None


def _before(question: Question, fact: Fact, compared: Span | None) -> dict[str | None, int] | None:
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


def _title(question: Question, rows: Sequence[rankings.Row], drawn: Drawn) -> str:
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


def _description(question: Question, fact: Fact, rows: Sequence[rankings.Row]) -> str:
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
