"""The answer to a reader's own question. Id: explore.answer."""

from __future__ import annotations

from dashboard.exhibits.charts.chart import Chart, show
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.explore import forms, wording
from dashboard.exhibits.explore.crosstab import crosstab_of, largest_of
from dashboard.exhibits.explore.reader_question import OPTIONS
from dashboard.exhibits.parts.ladder import Ladder
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.facts import MEMBER_FACTS

_ID = "explore.answer"


@exhibit(_ID, facts=tuple(fact.id for fact in MEMBER_FACTS), options=OPTIONS, geometry="areas")
def answer(question: Question) -> Exhibit:
    """What the reader asked, as a chart that is titled by the rules of all charts."""
    crosstab = crosstab_of(question)
    drawn = largest_of(crosstab)
    return show(
        Chart(
            _ID,
            (crosstab.fact,),
            Ladder.of("crossing", crossing=crosstab.by),
            lambda _: forms.figure(drawn),
            wording.title,
            count=lambda *_: crosstab,
            table=wording.table,
            note="explore.note_direction" if crosstab.is_direction else "",
            notes=lambda _: wording.notes(crosstab, drawn, question),
            what=lambda *_: wording.what(crosstab),
            view=lambda _: crosstab.question,
            options=lambda _: crosstab.reader_question.options,
            draw=forms.plotly_figure,
        ),
        question,
    )
