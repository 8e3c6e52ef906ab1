"""Age by sex: the panel of the monthly sheet on who the people are.

Id: sheet.age-sex.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.exhibits.charts import forms, tables
from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.counts import ALL, Counts, count
from dashboard.exhibits.charts.dimensions import UNKNOWN
from dashboard.exhibits.exhibit import Table
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.frame import total_in_words
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.plot import Plot
from dashboard.model.codes import SEX_AND_CHILD_OF
from dashboard.model.counted_by import Gathered, column_of
from dashboard.model.facts import PEOPLE, Fact
from dashboard.words.catalogue import begin, in_sentence

_ID = "sheet.age-sex"
#: Groups of bands of age, for where single ones are too few.
_GROUPS = {
    "under_15": "to_18",
    "15_18": "to_18",
    "25_49": "25_and_over",
    "50_60": "25_and_over",
    "over_60": "25_and_over",
}
#: Ages from fine to coarse, each by sex.
AGES = Ladder.of(
    "ages",
    bands=("age_band", "sex"),
    groups=(Gathered("age_band", _GROUPS), "sex"),
    child=("is_child", "sex"),
    sex=("sex",),
)
_SIDES = ("female", "male")


def _count(question: Question, fact: Fact, level: DetailLevel) -> Counts:
    """People by age and sex; at the level of sex alone all ages are one row, ``ALL``."""
    counts = count(question, fact, level, ordered=True)
    if len(level.by) > 1:
        return counts
    return replace(
        counts,
        rows=(ALL,),
        columns=tuple(sex for sex in counts.rows if counts.by_row[sex]),
        cells={(ALL, sex): size for (sex, _), size in counts.cells.items()},
        row_name=lambda _: question.translate("sheet.age-sex.all_ages"),
        column_name=counts.row_name,
    )


def _title(counts: Counts) -> str:
    """Which sex and age are most people of; where that is not clear, which sex alone."""
    question = counts.question
    if not any(counts.by_column.get(sex) for sex in _SIDES):
        return question.translate("sheet.age-sex.only_others")
    ages = (age for age in counts.rows if age != UNKNOWN)
    ranked = sorted(((counts.size(a, sex), a, sex) for a in ages for sex in _SIDES), reverse=True)
    size, age, sex = ranked[0] if ranked else (0, ALL, "")
    if age == ALL or not counts.breakdown.leads([size for size, *_ in ranked]):
        return _sexes_title(counts)
    who, key = question.translate(f"sheet.age-sex.{sex}"), "largest"
    if column_of(counts.by[0]) == "is_child":
        key, who = f"{sex}_{'children' if age == 'yes' else 'adults'}", ""
    age = in_sentence(counts.row_name(age))
    return _with_share(counts, counts.breakdown, key, size, people=who, age=age)


def _sexes_title(counts: Counts) -> str:
    """Which sex more people are of, or that both are close; of a single chosen one how many."""
    if len(sides := _sides(counts.question)) == 1:
        label = begin(counts.translate(f"sheet.age-sex.{sides[0]}"))
        number = counts.about(counts.by_column[sides[0]])
        return counts.translate("overview.people.only", label=label, number=number)
    sizes = sorted((counts.by_column.get(sex, 0) for sex in _SIDES), reverse=True)
    breakdown = breakdowns.breakdown_of(counts.question, PEOPLE, ("sex",), sizes)
    if not breakdown.leads(sizes):
        return counts.question.translate("sheet.age-sex.close")
    sex = max(_SIDES, key=lambda sex: counts.by_column.get(sex, 0))
    return _with_share(counts, breakdown, f"more_{sex}", sizes[0])


def _sides(question: Question) -> list[str]:
    """The sides that the filters ask for."""
    chosen = question.filters.codes_of("sex") or _SIDES
    return [sex for sex in _SIDES if sex in chosen]


def _with_share(counts: Counts, breakdown: Breakdown, key: str, size: int, **words: str) -> str:
    """A title with a number's share of everybody.

    Args:
        counts: The counts.
        breakdown: The numbers that it is one of, with their error.
        key: End of the key of the title's phrase.
        size: The number.
        **words: What else the title says.
    """
    return counts.translate(f"sheet.age-sex.{key}", **words, share=counts.share_of(size, breakdown))


def _notes(counts: Counts) -> list[str]:
    """Notes: how many are not drawn, and that a band of age mixes children and adults of 18."""
    question, notes = counts.question, []
    if others := counts.total - sum(counts.by_column.get(sex, 0) for sex in _SIDES):
        number = begin(counts.about(others))
        notes.append(question.translate("sheet.age-sex.others", number=number))
    if column_of(counts.by[0]) == "age_band":
        notes.append(question.translate("sheet.age-sex.child_of_18"))
    return notes


def _table(counts: Counts) -> Table:
    """People by age and sex; at the level of sex alone a row a sex."""
    if len(counts.by) > 1:
        return tables.crossed(counts)
    return tables.parts(count(counts.question, PEOPLE, AGES.levels[-1], ordered=True))


def _description(counts: Counts) -> str:
    """Each age in words, with people of other or unknown sex where there are any."""
    question = counts.question

    def row(age: str) -> str:
        """An age with its numbers by sex, or with its number of the one that is asked for."""
        if len(_sides(question)) == 1:
            number = counts.about(counts.by_row[age])
            return question.translate(
                "sheet.age-sex.row_one", age=counts.row_name(age), number=number
            )
        sides = {sex: counts.about(counts.size(age, sex)) for sex in _SIDES}
        others = counts.by_row[age] - sum(counts.size(age, sex) for sex in _SIDES)
        key = "sheet.age-sex.row_others" if others else "sheet.age-sex.row"
        return question.translate(
            key, age=counts.row_name(age), **sides, others=counts.about(others)
        )

    rows = "; ".join(row(age) for age in counts.rows if counts.by_row[age])
    total = begin(total_in_words(question, PEOPLE, counts.total))
    return question.translate("sheet.age-sex.description", total=total, rows=rows)


def _plot(counts: Counts) -> Plot:
    """Bars to both sides; ``meta`` has the groups that a reader may choose beside them.

    These are ``only``, each with its name and codes by filter.
    """
    # Each of them takes two filters.
    only = [
        {
            "name": counts.translate(f"sheet.age-sex.only_{group}"),
            "codes": {"sex": [sex], "child": [child]},
        }
        for group, (sex, child) in SEX_AND_CHILD_OF.items()
    ]
    form = forms.mirrored(*_SIDES, theme.SEX_COLOUR)
    if len(_sides(counts.question)) == 1:
        form = forms.parts(forms.by_column(theme.SEX_COLOUR))
    return replace(form(counts), meta={"only": only})


Chart(
    _ID,
    (PEOPLE,),
    AGES,
    _plot,
    _title,
    count=_count,
    table=_table,
    description=_description,
    notes=_notes,
).declare(by_month=True)
