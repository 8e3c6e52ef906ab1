"""Overview: who the people are: women, men, boys and girls. Id: overview.people.

Ages by sex stand in the monthly sheet. Where these groups have too few people, sexes are drawn.
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
    """People by group: women, men, girls, boys, and a row for other or unknown sex or age.

    At the level of sex alone they are people by sex.
    """
    counts = count(question, fact, level, ordered=True)
    if len(level.by) == 1:
        return counts
    cells = summed(counts.cells.items(), lambda key: (splits.WHO.get(key, UNKNOWN), ALL))
    groups = (*_ADULTS, *_CHILDREN, UNKNOWN)
    return replace(
        counts,
        rows=tuple(group for group in groups if cells[group, ALL]),
        columns=(ALL,),
        cells=cells,
        row_name=lambda group: question.translate(f"{_ID}.{group}"),
        # The judge knows no rows by sex and age together.
        usual_values={},
    )


def _title(counts: Counts) -> str:
    """The share of adults, or of children, where either is clearly more; else which group leads.

    Where one group is everybody, as one that was chosen, it is how many they are.
    """
    if len(counts.rows) == 1 and counts.answered_rows:
        (group,) = counts.rows
        number = counts.about(counts.by_row[group])
        return counts.translate(f"{_ID}.only", label=counts.row_name(group), number=number)
    # Also those of another or unknown sex.
    of_all = dict(counts.question.counts(counts.fact, "is_child"))
    adults, children = of_all.get("no", 0), of_all.get("yes", 0)
    sizes = sorted((adults, children), reverse=True)
    breakdown = breakdowns.breakdown_of(counts.question, counts.fact, ("is_child",), sizes)
    if not all(sizes) or not breakdown.leads(sizes):
        return leader(_ID)(counts)
    who = "adults" if adults > children else "children"
    return begin(counts.translate(f"{_ID}.{who}", share=counts.share_of(sizes[0])))


_CHART = Chart(_ID, (PEOPLE,), _PEOPLE, bars({UNKNOWN: theme.NEUTRAL}), _title, count=_count)


@exhibit(_ID, facts=("people",), options=(_PEOPLE.option,))
def people(question: Question) -> Exhibit:
    """Women, men, boys and girls; a title without a figure where a reader chose one of these."""
    answer = show(_CHART, question)
    is_fixed = all(map(question.filters.codes_of, ("sex", "child")))
    if answer.offer or not (is_fixed and len(answer.table.rows) == 1):
        return answer
    table = replace(answer.table, rows=())
    return replace(answer, figure=None, table=table, offer=EmptyState(answer.title))
