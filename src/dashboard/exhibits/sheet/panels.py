"""The working group's monthly sheet, panel by panel.

Ids: sheet.people, sheet.types, sheet.transport-destination, sheet.recruitment-place,
sheet.rescuing-authority, sheet.promises; sheet.age-sex stands in ``age_sex``, sheet.months with the
trends. Each panel is one breakdown; a period of one month gives the sheet of that month.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from dashboard import queries
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import breakdown, display_rule
from dashboard.exhibits.parts.breakdown import UNKNOWN, Cross
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format, total_in_words
from dashboard.exhibits.parts.offers import offered, too_small
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.bars import Group, bars, grouped_bars
from dashboard.model import hxl
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.queries import Row
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, say

#: Promises of the sheet.
_TOP = 5
#: Destinations drawn by themselves; the others are one group.
_DRAWN = 3
_INSIDE, _ELSEWHERE = "inside", "elsewhere"
_HOME_COUNTRY = "BD"
_GROUP_COLOURS = (theme.BLUE, theme.AMBER, theme.ORCHID, theme.UMBER, theme.NEUTRAL)


@exhibit("sheet.people", facts=("people",))
def people(question: Question) -> Exhibit:
    """People identified, by sex."""
    lang = question.lang
    by_sex = breakdown.break_down(question, PEOPLE, "sex", in_order=True)
    drawn = display_rule.drawn(question, PEOPLE, ("sex",), by_sex.total)
    around = frame(question, PEOPLE, drawn=(drawn,))
    table = breakdown.table_of(question, PEOPLE, "sex", by_sex)
    offer = too_small(question, drawn)
    if offer:
        return offered("sheet.people", around, offer, table)
    shown = [part for part in by_sex.parts if part.size]
    return made(
        "sheet.people",
        around,
        title=begin(
            say(
                "sheet.people.title",
                lang,
                n=by_sex.total,
                number=total_in_words(question, PEOPLE, by_sex.total),
                period=dates.period(question.period, lang),
            )
        ),
        figure=bars(
            [part.label for part in shown],
            [part.size for part in shown],
            colour=[theme.SEX_COLOUR.get(part.code, theme.NEUTRAL) for part in shown],
            number_format=number_format(question, PEOPLE),
            codes=[part.code for part in shown],
        ),
        table=table,
        description=breakdown.description_of(question, PEOPLE, by_sex),
    )


@exhibit("sheet.types", facts=("incidents",))
def types(question: Question) -> Exhibit:
    """Incidents by class, rolled up, in the order of the sheet."""
    colours = {code: look.colour for code, look in theme.CLASS_LOOK.items()}
    return breakdown.bars_by_code(
        question, "sheet.types", INCIDENTS, "class_group", colour=colours, in_order=True
    )


@exhibit("sheet.rescuing-authority", facts=("people",))
def rescuing_authority(question: Question) -> Exhibit:
    """People by the authority that rescued or intercepted them."""
    return breakdown.bars_by_code(
        question, "sheet.rescuing-authority", PEOPLE, "rescuing_authority"
    )


@exhibit("sheet.promises", facts=("people",))
def promises(question: Question) -> Exhibit:
    """The five promises at recruitment that are reported most; the table has all."""
    return breakdown.bars_by_code(question, "sheet.promises", PEOPLE, "promise", top=_TOP)


@exhibit("sheet.recruitment-place", facts=("people",))
def recruitment_place(question: Question) -> Exhibit:
    """Place of recruitment by sex."""
    by_place = breakdown.cross(question, PEOPLE, "recruitment_place", "sex")
    drawn = display_rule.drawn(question, PEOPLE, ("recruitment_place", "sex"), by_place.total)
    table = breakdown.cross_table(question, PEOPLE, "recruitment_place", "sex", by_place)
    names = {
        code: breakdown.label_of(question, PEOPLE, "recruitment_place", code)
        for code in by_place.rows
    }
    groups = [
        Group(
            breakdown.label_of(question, PEOPLE, "sex", sex),
            [by_place.size(row, sex) for row in by_place.rows],
            theme.SEX_COLOUR.get(sex, theme.NEUTRAL),
        )
        for sex in by_place.columns
    ]
    return _crossed(question, "sheet.recruitment-place", by_place, drawn, table, names, groups)


@exhibit("sheet.transport-destination", facts=("people",))
def transport_destination(question: Question) -> Exhibit:
    """Transport of the last leg by country of destination, "Inside" for Bangladesh."""
    by_mode = _by_destination(question)
    drawn = display_rule.drawn(question, PEOPLE, ("mode", "destination_country"), by_mode.total)
    names = {code: breakdown.label_of(question, PEOPLE, "mode", code) for code in by_mode.rows}
    table = _destination_table(question, by_mode, names)
    named = by_mode.columns[:_DRAWN]
    others = by_mode.columns[_DRAWN:]
    groups = [
        Group(
            _destination(question, code), [by_mode.size(row, code) for row in by_mode.rows], colour
        )
        for code, colour in zip(named, _GROUP_COLOURS, strict=False)
    ]
    if others:
        rest = [sum(by_mode.size(row, code) for code in others) for row in by_mode.rows]
        name = question.say("sheet.other_destinations")
        groups.append(Group(name, rest, theme.NEUTRAL))
    return _crossed(
        question, "sheet.transport-destination", by_mode, drawn, table, names, groups, stacked=True
    )


def _row(values: Row) -> Hashable:
    """The row of a cell by row and column."""
    return values[0]


def _crossed(
    question: Question,
    exhibit_id: str,
    cells: Cross,
    drawn: Drawn,
    table: Table,
    names: Mapping[str, str],
    groups: list[Group],
    *,
    stacked: bool = False,
) -> Exhibit:
    """Bars of rows in groups, titled by the leading row."""
    around = frame(question, PEOPLE, drawn=(drawn,))
    summed = _row_sums(question, cells, names)
    by_row = display_rule.drawn(question, PEOPLE, drawn.cut.dimensions, summed.answered, cell=_row)
    offer = breakdown.offer_of(question, by_row, summed.total)
    if offer:
        return offered(exhibit_id, around, offer, table)
    return made(
        exhibit_id,
        around,
        title=breakdown.title_of(question, exhibit_id, by_row, summed),
        figure=grouped_bars(
            list(names.values()),
            groups,
            number_format=number_format(question, PEOPLE),
            stacked=stacked,
        ),
        table=table,
        description=breakdown.description_of(question, PEOPLE, summed),
    )


def _row_sums(question: Question, cells: Cross, names: Mapping[str, str]) -> breakdown.Breakdown:
    sizes = {row: cells.row_total(row) for row in cells.rows}
    known = sum(size for row, size in sizes.items() if row != UNKNOWN)
    base = question.base(PEOPLE)
    parts = tuple(
        breakdown.Part(row, names[row], size, numbers.percent(size, known, base))
        for row, size in sizes.items()
    )
    return breakdown.Breakdown(cells.total, known, parts)


def _by_destination(question: Question) -> Cross:
    """Modes by destination: the country, "inside", or "elsewhere" for what has no country."""
    by = ("mode", "destination_country", "scope", "destination")
    sizes: dict[tuple[str, str], int] = {}
    modes: dict[str, int] = {}
    places: dict[str, int] = {}
    for mode, country, scope, destination, size in queries.counts(
        question.release, PEOPLE, question.filters, question.period, by
    ):
        if country == _HOME_COUNTRY or (country is None and scope == "internal"):
            place = _INSIDE
        else:
            place = country or (_ELSEWHERE if destination else UNKNOWN)
        key = (mode or UNKNOWN, place)
        sizes[key] = sizes.get(key, 0) + size
        modes[key[0]] = modes.get(key[0], 0) + size
        places[place] = places.get(place, 0) + size
    return Cross(tuple(_ranked(modes)), tuple(_ranked(places)), sizes)


def _ranked(sizes: Mapping[str, int]) -> list[str]:
    by_size = sorted(sizes.items(), key=lambda entry: (-entry[1], entry[0]))
    return list(breakdown.folded(by_size))


def _destination(question: Question, code: str) -> str:
    lang = question.lang
    if code in (_INSIDE, _ELSEWHERE, UNKNOWN):
        return say(f"sheet.destination_{code}", lang)
    return question.place_name(code)


def _destination_table(question: Question, cells: Cross, names: Mapping[str, str]) -> Table:
    lang, unit = question.lang, PEOPLE.unit_in(question.lang)
    return Table(
        (
            Column("code", say("breakdown.code", lang), hxl=hxl.code_of("mode")),
            Column("label", PEOPLE["mode"].label_in(lang), hxl=hxl.name_of("mode", lang)),
            *(Column(code, _destination(question, code), unit) for code in cells.columns),
            Column("total", say("breakdown.total", lang), unit),
        ),
        tuple(
            (
                row,
                names[row],
                *(cells.size(row, code) for code in cells.columns),
                cells.row_total(row),
            )
            for row in cells.rows
        ),
    )
