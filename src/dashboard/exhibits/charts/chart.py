"""A chart: measures, levels of detail from fine to coarse, a form, a title, and hooks.

``Chart.declare`` registers one as an exhibit; ``show`` answers a question with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Generic, TypeVar, cast

from dashboard.exhibits.charts import counts, sentences, tables
from dashboard.exhibits.charts.counts import Counted, Counts
from dashboard.exhibits.exhibit import Exhibit, Table
from dashboard.exhibits.parts import empty_state, usual
from dashboard.exhibits.parts.frame import frame, make_exhibit, snapped_note
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder, choose_detail
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.drawing import draw
from dashboard.figures.heatmap import has_silent_none
from dashboard.figures.plot import Plot
from dashboard.model.counted_by import splits
from dashboard.model.facts import Fact

#: What a chart counts: ``Counts``, or an exhibit's own kind of ``Counted``.
Own = TypeVar("Own", bound=Counted)
#: Maps, lists and bands are described by their exhibits; all other figures are plots.
Figure = Plot | Mapping[str, Any]


@dataclass(frozen=True)
class Chart(Generic[Own]):
    """An exhibit as a declaration.

    Attributes:
        id: Public id.
        measures: Facts that it may count: the first that all filters apply to and that has events.
        details: By what, from fine to coarse: the finest whose numbers tell something is shown.
        form: From what was counted to the figure.
        title: From what was counted to the title.
        count: How a fact is counted at one level of detail; a level may count another fact.
        table: The figure's table.
        description: What the figure shows, in words.
        what: From question and fact to the first words of the subtitle; where this is None, or the
            words are '', it begins with the label of the measure.
        note: Phrase of the note that changes how the figure is read, or ''.
        notes: Further notes.
        beside: Facts that are counted beside the measure.
        view: The question as it is counted, where that is not as the reader asked it.
        options: The options that are shown, where these are not those that the reader asked for.
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
        """Register it as an exhibit.

        Args:
            by_month: Whether it is of the last closed month where a reader chose no period, as in
                ``registry.Definition``.
        """
        facts = tuple(fact.id for fact in (*self.measures, *self.beside))
        options = (self.details.option,) if self.has_choice else ()
        register = exhibit(self.id, facts=facts, options=options, by_month=by_month)
        register(lambda question: show(self, question))

    @property
    def has_choice(self) -> bool:
        """Whether it has several levels of detail."""
        return len(self.details.levels) > 1


def show(chart: Chart[Own], original: Question) -> Exhibit:
    """The exhibit that answers a question with a chart; an empty one where there is nothing.

    The first measure with events is counted at the finest level of detail that tells something.
    """
    question = chart.view(original)
    fact = empty_state.leading(question, *chart.measures)
    if fact is None:
        return empty_state.not_recorded_exhibit(original, chart.measures[0])
    chosen = choose_detail(question, chart.details, partial(chart.count, question, fact))
    result = replace(chosen.counted, is_rough=chosen.is_rough and chart.has_choice)
    common = {
        "what": chart.what(question, result.fact) if chart.what else "",
        "note": question.translate(chart.note) if chart.note else "",
        "options": chart.options(result),
    }
    if not result.total:
        empty_frame = frame(question, result.fact, *chart.beside, **common)
        offer = empty_state.nothing(original, result.fact)
        return empty_state.empty_exhibit(empty_frame, offer)
    # One event may count under several codes.
    has_sets = isinstance(result, Counts) and any(splits(result.fact, by) for by in result.by)
    set_notes = [result.translate("breakdown.many", unit=result.unit)] if has_sets else []
    figure = chart.form(result)
    is_silent = isinstance(figure, Plot) and has_silent_none(figure)
    cell_notes = [question.translate("shared.note.grey")] if is_silent else []
    full_frame = frame(
        question,
        result.fact,
        *chart.beside,
        cuts=(result.breakdown,),
        notes=[*chart.notes(result), *snapped_note(original, question), *set_notes, *cell_notes],
        detail=chosen.detail(question) if chart.has_choice else None,
        **common,
    )
    return make_exhibit(
        full_frame,
        title=chart.title(result),
        plot=figure if isinstance(figure, Plot) else None,
        figure=chart.draw(figure) if isinstance(figure, Plot) else figure,
        table=chart.table(result),
        description=chart.description(result),
    )
