"""The answer to a question of a reader's own. Id: explore.answer."""

from __future__ import annotations

from dashboard.exhibits.charts.chart import Chart, show
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.explore import forms, said
from dashboard.exhibits.explore.asked import OPTIONS
from dashboard.exhibits.explore.crossing import answered, drawn_of
from dashboard.exhibits.parts.ladder import Ladder
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.facts import MEMBER_FACTS

_ID = "explore.answer"


@exhibit(_ID, facts=tuple(fact.id for fact in MEMBER_FACTS), options=OPTIONS, geometry="areas")
def answer(question: Question) -> Exhibit:
    """What was asked as the chart that it comes to, titled by the rules of all charts."""
    found = answered(question)
    shown = drawn_of(found)
    return show(
        Chart(
            _ID,
            (found.fact,),
            Ladder.of("asked", asked=found.by),
            lambda _: forms.figure(shown),
            said.title,
            count=lambda *_: found,
            table=said.table,
            note="explore.note_direction" if found.is_direction else "",
            notes=lambda _: said.notes(found, shown, question),
            what=lambda *_: said.what(found),
            view=lambda _: found.question,
            options=lambda _: found.asked.options,
            draw=forms.drawn,
        ),
        question,
    )
