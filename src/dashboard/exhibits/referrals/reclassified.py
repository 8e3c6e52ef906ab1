"""Who was given another class: from what, to what, and how long after. Id: referrals.reclassified.

Decisions of the period, told apart by crime. Figures of people show the class at identification,
so nothing here is subtracted from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dashboard.exhibits.charts import counts as counting
from dashboard.exhibits.charts import forms, tables
from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.counts import Counts
from dashboard.exhibits.counts import splits
from dashboard.exhibits.exhibit import Cell, Column, Table
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.frame import total_in_words
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
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
from dashboard.queries import summed
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
_CHANGES = Ladder.of(
    "changes", classes=("from_class", "to_class"), crimes=(_FROM, _TO), crime=(_TO,)
)
#: Class before and after.
_Change = tuple[str, str]
#: Changes that a description names.
_DESCRIBED = 3


#: Classes and crimes in the order drawn, after "", which is all classes together.
_ORDER = ("", *CLASS.values, "trafficking", _OTHER)


def _count(question: Question, fact: Fact, level: DetailLevel) -> Counts:
    """Changes by class before and after; counted by the class after alone, the one before is ""."""

    def change(*classes: str | None) -> _Change:
        """The class before and after of a row's codes, the last of which is the class after."""
        *before, after = (code or _OTHER for code in classes)
        return before[0] if before else "", after

    changes = question.sums(fact, *level.by, key=change)
    befores = sorted({before for before, _ in changes}, key=_ORDER.index)
    afters = sorted({after for _, after in changes}, key=_ORDER.index)

    def name(code: str) -> str:
        """Name of a class, a crime, or all classes together."""
        if not code:
            return question.translate("referrals.part_all")
        return question.label(CLASS, code) if code in CLASS else splits.label(code, question.lang)

    return counting.as_counted(
        question, fact, level.by, changes, befores, afters, row_name=name, column_name=name
    )


def _ranked(counts: Counts) -> list[tuple[_Change, int]]:
    """Every change, the most frequent first."""
    return Counter(counts.cells).most_common()


def _crime(code: str) -> str:
    """The crime of a class; of the code of a crime that itself."""
    return code if code in _CRIME.values() else _CRIME.get(code, _OTHER)


def _in_words(counts: Counts, change: _Change) -> str:
    """A change in words: both classes, or the one after where the one before is not counted by."""
    before, after = change
    name = counts.column_name(after)
    if not before:
        return name
    values = {"before": counts.column_name(before), "after": in_sentence(name)}
    return counts.translate("referrals.reclassified.change", **values)


def _title(counts: Counts) -> str:
    """How many were given another class, and which crime most of them have now, if clear."""
    question, fact = counts.question, counts.fact
    crimes = summed(counts.by_column.items(), _crime).most_common()
    sizes = [size for _, size in crimes]
    most = breakdowns.breakdown_of(question, fact, (_TO,), sizes).leads(sizes)
    title = counts.translate(
        f"referrals.reclassified.title{'_most' if most else ''}",
        number=total_in_words(question, fact, counts.total),
        crime=in_sentence(splits.label(crimes[0][0], counts.lang)),
    )
    return begin(title)


def _table(counts: Counts) -> Table:
    """Every change, the most frequent first, then all of them by the months to the decision."""
    question, fact = counts.question, counts.fact
    every, bands = question.translate("referrals.part_all"), _by_months(question)
    sizes = [size for _, size in bands]
    by_band = breakdowns.breakdown_of(question, fact, ("decision_band",), sizes)

    def rows() -> Iterator[tuple[tuple[Cell, ...], Breakdown]]:
        """Classes, months and number of each row, and the breakdown that it is one of."""
        for (before, after), size in _ranked(counts):
            cells = counts.row_name(before), counts.column_name(after), every, size
            yield cells, counts.breakdown
        for band in bands:
            yield (every, every, *band), by_band

    dimensions = {"before": "from_class", "after": "to_class", "months": "decision_band"}
    about = (Column(code, fact[of].label_in(question.lang)) for code, of in dimensions.items())
    return tables.of_cuts(question, fact, about, rows())


def _by_months(question: Question) -> list[tuple[str, int]]:
    """Changes by the months to the decision, in bands in words; without bands of none."""
    sizes = question.sums(RECLASSIFICATIONS, "decision_band", key=lambda band: band or "unknown")
    codes = (code for code in DECISION_BAND.values if sizes[code])
    return [(question.label(DECISION_BAND, code), sizes[code]) for code in codes]


def _description(counts: Counts) -> str:
    """The most frequent changes, and how many months they took, in words."""
    question = counts.question

    def listed(sizes: Iterable[tuple[str, int]]) -> str:
        return "; ".join(question.named([entry], RECLASSIFICATIONS) for entry in sizes)

    changes = ((_in_words(counts, change), size) for change, size in _ranked(counts)[:_DESCRIBED])
    return counts.translate(
        "referrals.reclassified.description",
        period=question.dated(question.counted_span(RECLASSIFICATIONS.grain)),
        names=listed(changes),
        months=listed(_by_months(question)),
    )


Chart(
    "referrals.reclassified",
    (RECLASSIFICATIONS,),
    _CHANGES,
    forms.matrix,
    _title,
    count=_count,
    table=_table,
    description=_description,
    what=lambda question, _: question.translate("referrals.reclassified.what"),
    note="referrals.reclassified.note",
).declare()
