"""Age by sex: the panel of the monthly sheet on who the people are.

Id: sheet.age-sex.
"""

from __future__ import annotations

from dashboard.exhibits import breakdown, display, making
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import View, exhibit
from dashboard.figures import theme
from dashboard.figures.bars import Group, mirrored_bars
from dashboard.model.facts import PEOPLE
from dashboard.words import numbers
from dashboard.words.catalogue import begin, in_sentence, say

_ID = "sheet.age-sex"


@exhibit(_ID, facts=("people",))
def age_sex(view: View) -> Exhibit:
    """People by age band, women and girls against men and boys."""
    lang = view.filters.lang
    found = breakdown.cross(view, PEOPLE, "age_band", "sex", in_order=True)
    drawn = display.drawn(view, PEOPLE, ("age_band", "sex"), found.total)
    others = found.total - found.column_total("female") - found.column_total("male")
    number = begin(numbers.about(others, view.release.base(PEOPLE.id), lang))
    notes = [say("sheet.age-sex.others", lang, number=number)] if others else []
    around = making.frame(view, PEOPLE, drawn=(drawn,), notes=notes)
    table = breakdown.cross_table(view, PEOPLE, "age_band", "sex", found)
    offer = making.too_small(view, drawn)
    if offer:
        return making.offered(_ID, around, offer, table)
    return making.made(
        _ID,
        around,
        title=_title(view, found),
        figure=mirrored_bars(
            [breakdown.label_of(view, PEOPLE, "age_band", code) for code in found.rows],
            _side(view, found, "female"),
            _side(view, found, "male"),
            said=making.said(view, PEOPLE),
        ),
        table=table,
        description=_description(view, found),
    )


def _side(view: View, found: breakdown.Cross, sex: str) -> Group:
    label = breakdown.label_of(view, PEOPLE, "sex", sex)
    sizes = [found.size(age, sex) for age in found.rows]
    return Group(label, sizes, theme.SEX_COLOUR[sex])


def _title(view: View, found: breakdown.Cross) -> str:
    """Which sex and age is largest, unless another is as large within protection's error."""
    lang, base = view.filters.lang, view.release.base("people")
    if not found.column_total("female") + found.column_total("male"):
        return say("sheet.age-sex.only_others", lang)
    ranked = sorted(
        ((found.size(age, sex), age, sex) for age in found.rows for sex in ("female", "male")
         if age != breakdown.UNKNOWN),
        reverse=True,
    )  # fmt: skip
    size, age, sex = ranked[0]
    if breakdown.is_close(size, ranked[1][0], base):
        return _sexes_title(view, found)
    people = say(f"sheet.age-sex.{sex}", lang)
    band = in_sentence(breakdown.label_of(view, PEOPLE, "age_band", age))
    share = numbers.share(size, found.total, base, lang)
    if share is None:
        return say("sheet.age-sex.largest_unshared", lang, people=people, age=band)
    return say("sheet.age-sex.largest", lang, people=people, age=band, share=share)


def _sexes_title(view: View, found: breakdown.Cross) -> str:
    lang, base = view.filters.lang, view.release.base("people")
    female, male = found.column_total("female"), found.column_total("male")
    if breakdown.is_close(max(female, male), min(female, male), base):
        return say("sheet.age-sex.close", lang)
    sex = "female" if female > male else "male"
    share = numbers.share(max(female, male), found.total, base, lang)
    if share is None:
        return say(f"sheet.age-sex.more_{sex}_unshared", lang)
    return say(f"sheet.age-sex.more_{sex}", lang, share=share)


def _description(view: View, found: breakdown.Cross) -> str:
    lang = view.filters.lang
    rows = "; ".join(_row(view, found, age) for age in found.rows if found.row_total(age))
    total = begin(making.total_in_words(view, PEOPLE, found.total))
    return say("sheet.age-sex.description", lang, total=total, rows=rows)


def _row(view: View, found: breakdown.Cross, age: str) -> str:
    """One age band in words; people of other or unknown sex are said where there are any."""
    lang, base = view.filters.lang, view.release.base("people")
    female, male = found.size(age, "female"), found.size(age, "male")
    others = found.row_total(age) - female - male
    return say(
        "sheet.age-sex.row_others" if others else "sheet.age-sex.row",
        lang,
        age=breakdown.label_of(view, PEOPLE, "age_band", age),
        female=numbers.about(female, base, lang),
        male=numbers.about(male, base, lang),
        others=numbers.about(others, base, lang),
    )
