"""Overview: who the people are: women, men, boys and girls. Id: overview.people.

Ages by sex stand in the monthly sheet. Where these groups have too few people, sexes are told.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.exhibits.charts.chart import Chart, show
from dashboard.exhibits.charts.counts import ALL, Counts, count
from dashboard.exhibits.charts.dimensions import UNKNOWN
from dashboard.exhibits.charts.forms import bars
from dashboard.exhibits.charts.sentences import leader
from dashboard.exhibits.counts import splits
from dashboard.exhibits.exhibit import EmptyState, Exhibit
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.model.facts import PEOPLE, Fact
from dashboard.queries import summed
from dashboard.words.catalogue import begin

_ID = "overview.people"
_PEOPLE = Ladder.of("who", groups=("sex", "is_child"), sex=("sex",))
_ADULTS, _CHILDREN = ("women", "men"), ("girls", "boys")


def _count(question: Question, fact: Fact, level: DetailLevel) -> Counts:
    """People by group; who is of another sex, or of unknown sex or age, is one row."""
    counted = count(question, fact, level, ordered=True)
    if len(level.by) == 1:
        return counted
    cells = summed(counted.cells.items(), lambda key: (splits.WHO.get(key, UNKNOWN), ALL))
    groups = (*_ADULTS, *_CHILDREN, UNKNOWN)
    return replace(
        counted,
        rows=tuple(group for group in groups if cells[group, ALL]),
        columns=(ALL,),
        cells=cells,
        row_name=lambda group: question.translate(f"{_ID}.{group}"),
        # Nothing is judged by both.
        usual_values={},
    )


def _title(counts: Counts) -> str:
    """Which part adults are, or children, where either is more; else which group leads.

    Of a group that is everybody, such as one that was chosen, how many they are.
    """
    if len(counts.rows) == 1 and counts.answered_rows:
        (group,) = counts.rows
        number = counts.about(counts.by_row[group])
        return counts.translate(f"{_ID}.only", label=counts.row_name(group), number=number)
    adults, children = (
        sum(counts.by_row.get(group, 0) for group in groups) for groups in (_ADULTS, _CHILDREN)
    )
    sizes = sorted((adults, children), reverse=True)
    breakdown = breakdowns.breakdown_of(counts.question, counts.fact, ("is_child",), sizes)
    if not all(sizes) or not breakdown.leads(sizes):
        return leader(_ID)(counts)
    who = "adults" if adults > children else "children"
    return begin(counts.translate(f"{_ID}.{who}", share=counts.share_of(sizes[0])))


_CHART = Chart(_ID, (PEOPLE,), _PEOPLE, bars({UNKNOWN: theme.NEUTRAL}), _title, count=_count)


@exhibit(_ID, facts=("people",), options=(_PEOPLE.option,))
def people(question: Question) -> Exhibit:
    """Women, men, boys and girls; nothing where a reader chose one of them, who is everybody."""
    found = show(_CHART, question)
    is_fixed = all(map(question.filters.codes_of, ("sex", "child")))
    if found.offer or not (is_fixed and len(found.table.rows) == 1):
        return found
    table = replace(found.table, rows=())
    return replace(found, figure=None, table=table, offer=EmptyState(found.title))
