"""A chart: measures, levels of detail from fine to coarse, a form, a title, and hooks.

``Chart.declare`` registers one as an exhibit; ``show`` answers a question with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar, cast

from dashboard.exhibits.charts import counts, sentences, tables
from dashboard.exhibits.charts.counts import Counted, Counts
from dashboard.exhibits.exhibit import Exhibit, Table
from dashboard.exhibits.parts import usual
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.empty_state import (
    empty_exhibit,
    leading,
    not_recorded_exhibit,
    nothing,
)
from dashboard.exhibits.parts.frame import frame, made, snapped_note
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder, choose_detail
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.drawing import draw
from dashboard.figures.plot import Plot
from dashboard.model.counted_by import splits
from dashboard.model.facts import Fact

#: What a chart counts: ``Counts``, or what an exhibit has of its own.
Own = TypeVar("Own", bound=Counted)
#: Maps, lists and bands are described by their exhibits; all other figures are plots.
Figure = Plot | Mapping[str, Any]


@dataclass(frozen=True)
class Chart(Generic[Own]):
    """An exhibit as a declaration.

    Attributes:
        id: Public id.
        measures: What may be counted: the first that is kept by all filters and holds anything is.
        details: By what, from fine to coarse: the finest whose numbers tell something is shown.
        form: How what was counted becomes a figure.
        title: How it becomes a sentence.
        count: How it is counted at one level of detail; a level may count another fact.
        table: The figure's table.
        description: What the figure shows, in words.
        what: First words of the subtitle; the measure's label where this is None, or they are ''.
        note: Phrase of the note that changes how the figure is read, or ''.
        notes: Further notes.
        beside: Facts that are counted beside the measure.
        view: The question as it is counted and told, where that is not what the reader asked.
        options: What its options came to, where that is not what was asked for.
        draw: How a plot is drawn.
    """

    id: str
    measures: tuple[Fact, ...]
    details: Ladder
    form: Callable[[Own], Figure]
    title: Callable[[Own], str]
    count: Callable[[Question, Fact, DetailLevel], Own] = cast(Any, counts.count)
    table: Callable[[Own], Table] = cast(Any, tables.table)
    description: Callable[[Own], str] = cast(Any, sentences.described)
    what: Callable[[Question, Fact], str] | None = usual.what
    note: str = ""
    notes: Callable[[Own], Sequence[str]] = lambda _: ()
    beside: tuple[Fact, ...] = ()
    view: Callable[[Question], Question] = lambda question: question
    options: Callable[[Own], Mapping[str, str]] = lambda _: {}
    draw: Callable[[Plot], Mapping[str, Any]] = field(default=draw)

    def declare(self, *, by_month: bool = False) -> None:
        """Register it as an exhibit; ``by_month`` as ``registry.Definition`` has it."""
        facts = tuple(fact.id for fact in (*self.measures, *self.beside))
        options = (self.details.option,) if self.has_choice else ()
        register = exhibit(self.id, facts=facts, options=options, by_month=by_month)
        register(lambda question: show(self, question))

    @property
    def has_choice(self) -> bool:
        """Whether there is a coarser form of it; what has none is drawn as it is."""
        return len(self.details.levels) > 1


def show(chart: Chart[Own], asked: Question) -> Exhibit:
    """Answer a question with a chart."""
    question = chart.view(asked)
    fact = leading(question, *chart.measures)
    if fact is None:
        return not_recorded_exhibit(chart.id, asked, chart.measures[0])

    def counted(rung: DetailLevel) -> tuple[Own, Breakdown]:
        found = chart.count(question, fact, rung)
        return found, found.breakdown

    step = choose_detail(question, chart.details, counted)
    found = replace(step.counted, is_rough=step.is_rough and chart.has_choice)
    said = {
        "what": chart.what(question, found.fact) if chart.what else "",
        "note": question.translate(chart.note) if chart.note else "",
        "options": chart.options(found),
    }
    if not found.total:
        around = frame(question, found.fact, *chart.beside, **said)
        return empty_exhibit(chart.id, around, nothing(asked, found.fact))
    around = frame(
        question,
        found.fact,
        *chart.beside,
        drawn=(found.breakdown,),
        notes=[*chart.notes(found), *snapped_note(asked, question), *_of_sets(found)],
        detail=step.detail(question) if chart.has_choice else None,
        **said,
    )
    figure = chart.form(found)
    return made(
        chart.id,
        around,
        title=chart.title(found),
        plot=figure if isinstance(figure, Plot) else None,
        figure=chart.draw(figure) if isinstance(figure, Plot) else figure,
        table=chart.table(found),
        description=chart.description(found),
    )


def _of_sets(found: Counted) -> list[str]:
    """That one event may count under several codes."""
    if not isinstance(found, Counts) or not any(splits(found.fact, by) for by in found.by):
        return []
    return [found.translate("breakdown.many", unit=found.unit)]
