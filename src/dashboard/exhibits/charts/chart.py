"""A chart: measures, levels of detail from fine to coarse, a form, a title, and hooks.

``declare`` registers one as an exhibit; ``show`` answers a question with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.exhibits.charts import descriptions, tables
from dashboard.exhibits.charts.counts import Counts, count
from dashboard.exhibits.charts.forms import Form
from dashboard.exhibits.exhibit import Exhibit, Table
from dashboard.exhibits.parts import usual
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.ladder import Ladder, Rung, climb
from dashboard.exhibits.parts.offers import leading, not_kept, nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures.drawing import draw
from dashboard.figures.plot import Plot
from dashboard.figures.theme import Figure
from dashboard.model.counted_by import column_of
from dashboard.model.facts import Fact


@dataclass(frozen=True)
class Chart:
    """An exhibit as a declaration.

    Attributes:
        id: Public id.
        measures: What may be counted: the first that is kept by all filters and holds anything is.
        details: By what, from fine to coarse: the finest whose numbers tell something is shown.
        form: How counts become a neutral figure.
        title: How they become a sentence.
        count: How it counts at one level of detail.
        table: The figure's table.
        description: What the figure shows, in words.
        what: First words of the subtitle; the measure's label where this is None, or they are ''.
        note: Phrase of the note that changes how the figure is read, or ''.
        notes: Further notes.
        figure: How the neutral figure is drawn.
    """

    id: str
    measures: tuple[Fact, ...]
    details: Ladder
    form: Form
    title: Callable[[Counts], str]
    count: Callable[[Question, Fact, Rung], Counts] = count
    table: Callable[[Counts], Table] = tables.table
    description: Callable[[Counts], str] = descriptions.parts
    what: Callable[[Question, Fact], str] | None = usual.what
    note: str = ""
    notes: Callable[[Counts], Sequence[str]] = lambda _: ()
    figure: Callable[[Plot, Counts], Figure] = lambda plot, _: draw(plot)


def declare(chart: Chart, *, options: tuple[Option, ...] = (), **entry: Any) -> Chart:
    """Register a chart as an exhibit.

    Args:
        chart: The chart.
        options: Options beside the choice of its detail.
        **entry: What else ``registry.exhibit`` takes.
    """
    facts = tuple(fact.id for fact in chart.measures)
    own = (chart.details.option,) if len(chart.details.rungs) > 1 else ()
    exhibit(chart.id, **{"facts": facts, "options": (*options, *own)} | entry)(
        lambda question: show(chart, question)
    )
    return chart


def show(chart: Chart, question: Question) -> Exhibit:
    """Answer a question with a chart."""
    fact = leading(question, *chart.measures)
    if fact is None:
        measure = chart.measures[0]
        return offered(chart.id, frame(question, measure), not_kept(question, measure))

    def counted(rung: Rung) -> tuple[Counts, Drawn]:
        counts = chart.count(question, fact, rung)
        return counts, counts.drawn

    step = climb(question, chart.details, counted)
    # What has no coarser form is drawn as it is.
    has_choice = len(chart.details.rungs) > 1
    counts = replace(step.counted, is_rough=step.is_rough and has_choice)
    what = chart.what(question, fact) if chart.what else ""
    note = question.say(chart.note) if chart.note else ""
    if not counts.total:
        around = frame(question, fact, what=what, note=note)
        return offered(chart.id, around, nothing(question, fact))
    many = fact[column_of(counts.by[0])].kind.many
    around = frame(
        question,
        fact,
        drawn=(counts.drawn,),
        what=what,
        note=note,
        notes=[
            *chart.notes(counts),
            *([question.say("breakdown.many", unit=fact.unit_in(question.lang))] if many else []),
        ],
        detail=step.detail(question) if has_choice else None,
    )
    plot = chart.form(counts)
    return made(
        chart.id,
        around,
        title=chart.title(counts),
        plot=plot,
        figure=chart.figure(plot, counts),
        table=chart.table(counts),
        description=chart.description(counts),
    )
