"""The answer to a question of a reader's own. Id: explore.answer."""

from __future__ import annotations

from dashboard.exhibits.charts.chart import Chart, show
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.explore import forms, wording
from dashboard.exhibits.explore.crossing import answered, largest_of
from dashboard.exhibits.explore.reader_question import OPTIONS
from dashboard.exhibits.parts.ladder import Ladder
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.facts import MEMBER_FACTS

_ID = "explore.answer"


@exhibit(_ID, facts=tuple(fact.id for fact in MEMBER_FACTS), options=OPTIONS, geometry="areas")
def answer(question: Question) -> Exhibit:
    """What was asked as the chart that it comes to, titled by the rules of all charts."""
    found = answered(question)
    shown = largest_of(found)
    return show(
        Chart(
            _ID,
            (found.fact,),
            Ladder.of("asked", asked=found.by),
            lambda _: forms.figure(shown),
            wording.title,
            count=lambda *_: found,
            table=wording.table,
            note="explore.note_direction" if found.is_direction else "",
            notes=lambda _: wording.notes(found, shown, question),
            what=lambda *_: wording.what(found),
            view=lambda _: found.question,
            options=lambda _: found.reader_question.options,
            draw=forms.plotly_figure,
        ),
        question,
    )
