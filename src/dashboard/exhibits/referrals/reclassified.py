"""Who was given another class: from what, to what, and how long after. Id: referrals.reclassified.

Decisions of the period, told apart by crime. Figures of people show the class at identification,
so nothing here is subtracted from them.
"""

from __future__ import annotations

from collections import Counter

from dashboard import queries
from dashboard.exhibits.charts import counts as counting
from dashboard.exhibits.charts import forms
from dashboard.exhibits.charts.chart import Chart, declare
from dashboard.exhibits.charts.counts import Counts
from dashboard.exhibits.counts import splits
from dashboard.exhibits.exhibit import Cell, Column, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import total_in_words
from dashboard.exhibits.parts.ladder import Ladder, Rung
from dashboard.exhibits.question import Question
from dashboard.model.codes import (
    CLASS,
    DECISION_BAND,
    OTHER_CLASSES,
    SMUGGLING,
    SMUGGLING_CLASSES,
    TRAFFICKING_CLASSES,
)
from dashboard.model.counted_by import Gathered
from dashboard.model.facts import RECLASSIFICATIONS, Fact
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
#: Class before and after.
_Change = tuple[str, str]
#: Changes that a description names.
_DESCRIBED = 3


#: Classes and crimes in the order drawn, after all classes together.
_ORDER = ("", *CLASS.values, "trafficking", _OTHER)


def _count(question: Question, fact: Fact, rung: Rung) -> Counts:
    """Changes by class before and after; the first is empty where it is not told apart."""
    changes = Counter[_Change]()
    for *before, after, size in queries.counts(
        question.release, fact, question.filters, question.period, rung.by
    ):
        changes[(before[0] or _OTHER) if before else "", after or _OTHER] += size
    befores, afters = (
        sorted({change[side] for change in changes}, key=_ORDER.index) for side in (0, 1)
    )

    def name(code: str) -> str:
        return _class(question, code) if code else question.say("referrals.part_all")

    return counting.as_counted(
        question, fact, rung.by, changes, befores, afters, row_name=name, column_name=name
    )


def _ranked(counts: Counts) -> list[tuple[_Change, int]]:
    """Every change, the most frequent first."""
    return Counter(counts.cells).most_common()


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


def _title(counts: Counts) -> str:
    question = counts.question
    number = total_in_words(question, RECLASSIFICATIONS, counts.total)
    crimes = Counter[str]()
    for after, size in counts.by_column.items():
        crimes[_crime(after)] += size
    ranked = crimes.most_common()
    sizes = [size for _, size in ranked]
    if not display_rule.drawn(question, RECLASSIFICATIONS, (_TO,), sizes).leads(sizes):
        return begin(question.say("referrals.reclassified.title", number=number))
    crime = in_sentence(splits.label(ranked[0][0], question.lang))
    return begin(question.say("referrals.reclassified.title_most", number=number, crime=crime))


def _table(counts: Counts) -> Table:
    """Every change, the most frequent first, then all of them by the months to the decision."""
    question, fact = counts.question, counts.fact
    every = question.say("referrals.part_all")
    bands = _bands(question)
    by_band = display_rule.drawn(question, fact, ("decision_band",), tuple(bands.values()))
    ends = ranges.columns(question, fact, counts.drawn)
    rows: list[tuple[Cell, ...]] = []

    def add(before: str, after: str, months: str, size: int, drawn: Drawn) -> None:
        rows.append((before, after, months, size, *(drawn.error.interval(size) if ends else ())))

    for (before, after), size in _ranked(counts):
        add(counts.row_name(before), counts.column_name(after), every, size, counts.drawn)
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


def _description(counts: Counts) -> str:
    question = counts.question

    def listed(named: list[tuple[str, int]]) -> str:
        return "; ".join(
            question.say("shared.named", name=name, number=question.about(size, RECLASSIFICATIONS))
            for name, size in named
        )

    largest = _ranked(counts)[:_DESCRIBED]
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


declare(
    Chart(
        "referrals.reclassified",
        (RECLASSIFICATIONS,),
        _CHANGES,
        forms.matrix,
        _title,
        count=_count,
        table=_table,
        description=_description,
        what=lambda question, _: question.say("referrals.reclassified.what"),
        note="referrals.reclassified.note",
    )
)
