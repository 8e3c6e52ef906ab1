"""Who was given another class: from what, to what, and how long after. Id: referrals.reclassified.

Decisions of the period, told apart by crime. Figures of people show the class at identification,
so nothing here is subtracted from them.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts import splits
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format, total_in_words
from dashboard.exhibits.parts.ladder import Ladder, Rung, Step, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.heatmap import heatmap
from dashboard.model.codes import (
    CLASS,
    DECISION_BAND,
    OTHER_CLASSES,
    SMUGGLING,
    SMUGGLING_CLASSES,
    TRAFFICKING_CLASSES,
)
from dashboard.model.counted_by import Gathered
from dashboard.model.facts import RECLASSIFICATIONS
from dashboard.words import dates
from dashboard.words.catalogue import begin, in_sentence

#: The crime of each class; all others stand together.
_CRIME = {
    **dict.fromkeys(TRAFFICKING_CLASSES, "trafficking"),
    **dict.fromkeys(SMUGGLING_CLASSES, SMUGGLING.code),
}
_OTHER = OTHER_CLASSES.code
_FROM, _TO = (
    Gathered(column, _CRIME, rest=_OTHER, missing=_OTHER) for column in ("from_class", "to_class")
)
_CHANGES = Ladder(
    "changes",
    (
        Rung("classes", ("from_class", "to_class")),
        Rung("crimes", (_FROM, _TO)),
        Rung("crime", (_TO,)),
    ),
)
#: Class before and after; the first is empty where classes before are not told apart.
_Change = tuple[str, str]
#: Changes that a description names.
_DESCRIBED = 3


@exhibit("referrals.reclassified", facts=("reclassifications",), options=(_CHANGES.option,))
def referrals_reclassified(question: Question) -> Exhibit:
    """A matrix of classes before and after."""
    fact = RECLASSIFICATIONS
    if unkept(question, fact):
        around = frame(question, fact)
        return offered("referrals.reclassified", around, not_kept(question, fact))
    step = climb(question, _CHANGES, lambda rung: _count(question, rung))
    around = frame(
        question,
        fact,
        drawn=(step.drawn,),
        what=question.say("referrals.reclassified.what"),
        note=question.say("referrals.reclassified.note"),
        detail=step.detail(question),
    )
    if not step.counted:
        return offered("referrals.reclassified", around, nothing(question, fact))
    return made(
        "referrals.reclassified",
        around,
        title=_title(question, step.counted),
        figure=_figure(question, step),
        table=_table(question, step),
        description=_description(question, step.counted),
    )


def _count(question: Question, rung: Rung) -> tuple[Counter[_Change], Drawn]:
    changes = Counter[_Change]()
    for *before, after, size in queries.counts(
        question.release, RECLASSIFICATIONS, question.filters, question.period, rung.by
    ):
        changes[(before[0] or _OTHER) if before else "", after or _OTHER] += size
    drawn = display_rule.drawn(question, RECLASSIFICATIONS, rung.by, tuple(changes.values()))
    return changes, drawn


def _class(question: Question, code: str) -> str:
    """Name of a class, or of a crime."""
    if code in CLASS:
        return question.release.label(CLASS.id, code, question.lang)
    return splits.label(code, question.lang)


def _crime(code: str) -> str:
    """The crime of a class, or a crime itself."""
    return code if code in _CRIME.values() else _CRIME.get(code, _OTHER)


def _name(question: Question, change: _Change) -> str:
    before, after = change
    if not before:
        return _class(question, after)
    return question.say(
        "referrals.reclassified.change",
        before=_class(question, before),
        after=in_sentence(_class(question, after)),
    )


def _figure(question: Question, step: Step[Counter[_Change]]) -> dict[str, Any]:
    """Classes before by classes after, in the order of their list."""
    befores, afters = (
        sorted({change[side] for change in step.counted}, key=_ORDER.index) for side in (0, 1)
    )
    every = question.say("referrals.part_all")
    return heatmap(
        [_class(question, code) if code else every for code in befores],
        [_class(question, code) for code in afters],
        [[step.counted[before, after] for after in afters] for before in befores],
        number_format=number_format(
            question, RECLASSIFICATIONS, error=step.drawn.error, rough=step.is_rough
        ),
    )


#: Classes and crimes in the order drawn, after all classes together.
_ORDER = ("", *CLASS.values, "trafficking", _OTHER)


def _title(question: Question, changes: Counter[_Change]) -> str:
    number = total_in_words(question, RECLASSIFICATIONS, changes.total())
    crimes = Counter[str]()
    for (_, after), size in changes.items():
        crimes[_crime(after)] += size
    (leader, _), *_ = ranked = crimes.most_common()
    sizes = [size for _, size in ranked]
    drawn = display_rule.drawn(question, RECLASSIFICATIONS, (_TO,), sizes)
    if not drawn.leads(sizes):
        return begin(question.say("referrals.reclassified.title", number=number))
    crime = in_sentence(splits.label(leader, question.lang))
    return begin(question.say("referrals.reclassified.title_most", number=number, crime=crime))


def _table(question: Question, step: Step[Counter[_Change]]) -> Table:
    """Every change, the most frequent first, then all of them by the months to the decision."""
    fact, every = RECLASSIFICATIONS, question.say("referrals.part_all")
    bands = _bands(question)
    by_band = display_rule.drawn(question, fact, ("decision_band",), tuple(bands.values()))
    ends = ranges.columns(question, fact, step.drawn)
    rows: list[tuple[Cell, ...]] = []

    def add(before: str, after: str, months: str, size: int, drawn: Drawn) -> None:
        rows.append((before, after, months, size, *(drawn.error.interval(size) if ends else ())))

    for (before, after), size in step.counted.most_common():
        named = _class(question, before) if before else every
        add(named, _class(question, after), every, size, step.drawn)
    for band, size in bands.items():
        label = question.release.label(DECISION_BAND.id, band, question.lang)
        add(every, every, label, size, by_band)
    named = (fact[name].label_in(question.lang) for name in _DIMENSIONS)
    unit = fact.unit_in(question.lang)
    columns = map(Column, ("before", "after", "months"), named)
    return Table((*columns, Column("people", begin(unit), unit), *ends), tuple(rows))


_DIMENSIONS = ("from_class", "to_class", "decision_band")


def _bands(question: Question) -> dict[str, int]:
    """Changes by the months to the decision, in order, those that hold any."""
    counted = dict(
        queries.counts(
            question.release, RECLASSIFICATIONS, question.filters, question.period,
            ("decision_band",),
        )
    )  # fmt: skip
    unknown = counted.pop(None, 0)
    if unknown:
        counted["unknown"] = counted.get("unknown", 0) + unknown
    return {code: counted[code] for code in DECISION_BAND.values if counted.get(code)}


def _description(question: Question, changes: Counter[_Change]) -> str:
    def listed(named: list[tuple[str, int]]) -> str:
        return "; ".join(
            question.say(
                "referrals.named", name=name, number=question.about(size, RECLASSIFICATIONS)
            )
            for name, size in named
        )

    largest = changes.most_common(_DESCRIBED)
    return question.say(
        "referrals.reclassified.description",
        period=dates.period(question.period.snapped(RECLASSIFICATIONS.grain), question.lang),
        names=listed([(_name(question, change), size) for change, size in largest]),
        months=listed(
            [
                (question.release.label(DECISION_BAND.id, band, question.lang), size)
                for band, size in _bands(question).items()
            ]
        ),
    )
