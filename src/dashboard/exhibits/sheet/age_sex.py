"""Age by sex: the panel of the monthly sheet on who the people are.

Id: sheet.age-sex.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.exhibits.exhibit import Exhibit, Table
from dashboard.exhibits.parts import breakdown, display_rule, usual
from dashboard.exhibits.parts.breakdown import Cross
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format, total_in_words
from dashboard.exhibits.parts.ladder import Ladder, Rung, Step, climb
from dashboard.exhibits.parts.offers import nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.bars import Group, mirrored_bars
from dashboard.figures.theme import Figure
from dashboard.model.counted_by import By, Gathered, column_of
from dashboard.model.facts import PEOPLE
from dashboard.words import numbers
from dashboard.words.catalogue import begin, in_sentence, say

_ID = "sheet.age-sex"
#: The only age of a rung that tells none apart.
_ALL = "all"
_GROUPS = {
    "under_15": "to_18",
    "15_18": "to_18",
    "25_49": "25_and_over",
    "50_60": "25_and_over",
    "over_60": "25_and_over",
}
#: Ages from fine to coarse, each by sex.
AGES = Ladder(
    "ages",
    (
        Rung("bands", ("age_band", "sex")),
        Rung("groups", (Gathered("age_band", _GROUPS), "sex")),
        Rung("child", ("is_child", "sex")),
        Rung("sex", ("sex",)),
    ),
)
#: Groups that two filters choose together, and one press of this panel: sex, child or adult.
_ONLY = {
    "girls": ("female", "yes"),
    "boys": ("male", "yes"),
    "women": ("female", "no"),
    "men": ("male", "no"),
}


@dataclass(frozen=True)
class _People:
    """People by age, in the column or groups of a rung, and sex; None for all ages together."""

    age: By | None
    cells: Cross

    def label(self, question: Question, code: str) -> str:
        """An age in words."""
        if self.age is None:
            return question.say("sheet.age-sex.all_ages")
        return breakdown.label_of(question, PEOPLE, column_of(self.age), code)


@exhibit(_ID, facts=("people",), options=(AGES.option,), by_month=True)
def age_sex(question: Question) -> Exhibit:
    """People by age, women and girls against men and boys."""
    step = climb(question, AGES, lambda rung: _count(question, rung))
    people, cells = step.counted, step.counted.cells
    if not cells.total:
        return offered(_ID, frame(question, PEOPLE), nothing(question, PEOPLE))
    said = number_format(question, PEOPLE, error=step.drawn.error, rough=step.is_rough)
    return made(
        _ID,
        frame(
            question,
            PEOPLE,
            drawn=(step.drawn,),
            what=usual.what(question, PEOPLE),
            notes=_notes(question, people),
            detail=step.detail(question),
        ),
        title=_title(question, step),
        figure=_with_groups(
            question,
            mirrored_bars(
                [people.label(question, code) for code in cells.rows],
                _side(question, cells, "female"),
                _side(question, cells, "male"),
                number_format=said,
                clicks=breakdown.clicks(question, PEOPLE, people.age, cells.rows)
                if people.age is not None
                else None,
            ),
        ),
        table=_table(question, step),
        description=_description(question, people),
    )


def _count(question: Question, rung: Rung) -> tuple[_People, Drawn]:
    """People on one rung, and what it would draw."""
    if len(rung.by) == 1:
        by_sex = breakdown.break_down(question, PEOPLE, "sex", in_order=True)
        held = [part for part in by_sex.parts if part.size]
        sizes = {(_ALL, part.code): part.size for part in held}
        people = _People(None, Cross((_ALL,), tuple(part.code for part in held), sizes))
    else:
        age, sex = rung.by
        people = _People(age, breakdown.cross(question, PEOPLE, age, sex, in_order=True))
    return people, display_rule.drawn(question, PEOPLE, rung.by, people.cells.known)


def _with_groups(question: Question, figure: Figure) -> Figure:
    """The figure with the groups that its card leads to: in ``only``, name and codes by filter."""
    figure["layout"]["meta"]["only"] = [
        {
            "name": question.say(f"sheet.age-sex.only_{group}"),
            "codes": {"sex": [sex], "child": [child]},
        }
        for group, (sex, child) in _ONLY.items()
    ]
    return figure


def _side(question: Question, cells: Cross, sex: str) -> Group:
    label = breakdown.label_of(question, PEOPLE, "sex", sex)
    sizes = [cells.size(age, sex) for age in cells.rows]
    return Group(label, sizes, theme.SEX_COLOUR[sex])


def _notes(question: Question, people: _People) -> list[str]:
    """Who is not drawn, and that a band is no age of majority."""
    cells, notes = people.cells, []
    others = cells.total - cells.column_total("female") - cells.column_total("male")
    if others:
        number = begin(question.about(others, PEOPLE))
        notes.append(question.say("sheet.age-sex.others", number=number))
    if people.age is not None and column_of(people.age) == "age_band":
        notes.append(question.say("sheet.age-sex.child_of_18"))
    return notes


def _title(question: Question, step: Step[_People]) -> str:
    """Which sex and age is largest, unless another is as large within protection's error."""
    lang, base = question.lang, question.base(PEOPLE)
    people, cells = step.counted, step.counted.cells
    if not cells.column_total("female") + cells.column_total("male"):
        return say("sheet.age-sex.only_others", lang)
    ranked = sorted(
        ((cells.size(age, sex), age, sex) for age in cells.rows for sex in ("female", "male")
         if age != breakdown.UNKNOWN),
        reverse=True,
    )  # fmt: skip
    size, age, sex = ranked[0]
    if people.age is None or not step.drawn.leads([size for size, *_ in ranked]):
        return _sexes_title(question, cells)
    who = say(f"sheet.age-sex.{sex}", lang)
    band = in_sentence(people.label(question, age))
    key = "child" if column_of(people.age) == "is_child" else "largest"
    share = numbers.share(size, cells.total, base, lang)
    if key == "child":
        key, who = f"{sex}_{'children' if age == 'yes' else 'adults'}", ""
    if share is None:
        return say(f"sheet.age-sex.{key}_unshared", lang, people=who, age=band)
    return say(f"sheet.age-sex.{key}", lang, people=who, age=band, share=share)


def _sexes_title(question: Question, cells: Cross) -> str:
    lang, base = question.lang, question.base(PEOPLE)
    female, male = cells.column_total("female"), cells.column_total("male")
    by_sex = display_rule.drawn(question, PEOPLE, ("sex",), (female, male))
    if not by_sex.leads(sorted((female, male), reverse=True)):
        return say("sheet.age-sex.close", lang)
    sex = "female" if female > male else "male"
    share = numbers.share(max(female, male), cells.total, base, lang)
    if share is None:
        return say(f"sheet.age-sex.more_{sex}_unshared", lang)
    return say(f"sheet.age-sex.more_{sex}", lang, share=share)


def _table(question: Question, step: Step[_People]) -> Table:
    age, cells = step.counted.age, step.counted.cells
    if age is not None:
        return breakdown.cross_table(question, PEOPLE, age, "sex", cells, step.drawn)
    by_sex = breakdown.break_down(question, PEOPLE, "sex", in_order=True)
    return breakdown.table_of(question, PEOPLE, by_sex, step.drawn)


def _description(question: Question, people: _People) -> str:
    lang, cells = question.lang, people.cells
    rows = "; ".join(_row(question, people, age) for age in cells.rows if cells.row_total(age))
    total = begin(total_in_words(question, PEOPLE, cells.total))
    return say("sheet.age-sex.description", lang, total=total, rows=rows)


def _row(question: Question, people: _People, age: str) -> str:
    """One age in words; people of other or unknown sex are said where there are any."""
    lang, base, cells = question.lang, question.base(PEOPLE), people.cells
    female, male = cells.size(age, "female"), cells.size(age, "male")
    others = cells.row_total(age) - female - male
    return say(
        "sheet.age-sex.row_others" if others else "sheet.age-sex.row",
        lang,
        age=people.label(question, age),
        female=numbers.about(female, base, lang),
        male=numbers.about(male, base, lang),
        others=numbers.about(others, base, lang),
    )
