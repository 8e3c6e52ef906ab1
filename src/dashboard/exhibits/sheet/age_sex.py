"""Age by sex: the panel of the monthly sheet on who the people are.

Id: sheet.age-sex.
"""

from __future__ import annotations

from collections.abc import Hashable

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts import breakdown, display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format, total_in_words
from dashboard.exhibits.parts.offers import offered, too_small
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.bars import Group, mirrored_bars
from dashboard.model.facts import PEOPLE
from dashboard.queries import Row
from dashboard.words import numbers
from dashboard.words.catalogue import begin, in_sentence, say

_ID = "sheet.age-sex"


@exhibit(_ID, facts=("people",))
def age_sex(question: Question) -> Exhibit:
    """People by age band, women and girls against men and boys."""
    lang = question.lang
    people = breakdown.cross(question, PEOPLE, "age_band", "sex", in_order=True)
    drawn = display_rule.drawn(question, PEOPLE, ("age_band", "sex"), people.total)
    others = people.total - people.column_total("female") - people.column_total("male")
    number = begin(question.about(others, PEOPLE))
    notes = [say("sheet.age-sex.others", lang, number=number)] if others else []
    around = frame(question, PEOPLE, drawn=(drawn,), notes=notes)
    table = breakdown.cross_table(question, PEOPLE, "age_band", "sex", people)
    offer = too_small(question, drawn)
    if offer:
        return offered(_ID, around, offer, table)
    return made(
        _ID,
        around,
        title=_title(question, drawn, people),
        figure=mirrored_bars(
            [breakdown.label_of(question, PEOPLE, "age_band", code) for code in people.rows],
            _side(question, people, "female"),
            _side(question, people, "male"),
            number_format=number_format(question, PEOPLE),
        ),
        table=table,
        description=_description(question, people),
    )


def _side(question: Question, people: breakdown.Cross, sex: str) -> Group:
    label = breakdown.label_of(question, PEOPLE, "sex", sex)
    sizes = [people.size(age, sex) for age in people.rows]
    return Group(label, sizes, theme.SEX_COLOUR[sex])


def _title(question: Question, drawn: Drawn, people: breakdown.Cross) -> str:
    """Which sex and age is largest, unless another is as large within protection's error."""
    lang, base = question.lang, question.base(PEOPLE)
    if not people.column_total("female") + people.column_total("male"):
        return say("sheet.age-sex.only_others", lang)
    ranked = sorted(
        ((people.size(age, sex), age, sex) for age in people.rows for sex in ("female", "male")
         if age != breakdown.UNKNOWN),
        reverse=True,
    )  # fmt: skip
    size, age, sex = ranked[0]
    if not drawn.leads([size for size, *_ in ranked]):
        return _sexes_title(question, people)
    who = say(f"sheet.age-sex.{sex}", lang)
    band = in_sentence(breakdown.label_of(question, PEOPLE, "age_band", age))
    share = numbers.share(size, people.total, base, lang)
    if share is None:
        return say("sheet.age-sex.largest_unshared", lang, people=who, age=band)
    return say("sheet.age-sex.largest", lang, people=who, age=band, share=share)


def _sex(values: Row) -> Hashable:
    """The sex of a cell by age and sex."""
    return values[1]


def _sexes_title(question: Question, people: breakdown.Cross) -> str:
    lang, base = question.lang, question.base(PEOPLE)
    female, male = people.column_total("female"), people.column_total("male")
    by_sex = display_rule.drawn(question, PEOPLE, ("age_band", "sex"), people.total, cell=_sex)
    if not by_sex.leads(sorted((female, male), reverse=True)):
        return say("sheet.age-sex.close", lang)
    sex = "female" if female > male else "male"
    share = numbers.share(max(female, male), people.total, base, lang)
    if share is None:
        return say(f"sheet.age-sex.more_{sex}_unshared", lang)
    return say(f"sheet.age-sex.more_{sex}", lang, share=share)


def _description(question: Question, people: breakdown.Cross) -> str:
    lang = question.lang
    rows = "; ".join(_row(question, people, age) for age in people.rows if people.row_total(age))
    total = begin(total_in_words(question, PEOPLE, people.total))
    return say("sheet.age-sex.description", lang, total=total, rows=rows)


def _row(question: Question, people: breakdown.Cross, age: str) -> str:
    """One age band in words; people of other or unknown sex are said where there are any."""
    lang, base = question.lang, question.base(PEOPLE)
    female, male = people.size(age, "female"), people.size(age, "male")
    others = people.row_total(age) - female - male
    return say(
        "sheet.age-sex.row_others" if others else "sheet.age-sex.row",
        lang,
        age=breakdown.label_of(question, PEOPLE, "age_band", age),
        female=numbers.about(female, base, lang),
        male=numbers.about(male, base, lang),
        others=numbers.about(others, base, lang),
    )
