"""The working group's monthly sheet, panel by panel.

Ids: sheet.people, sheet.types, sheet.transport-destination, sheet.recruitment-place,
sheet.rescuing-authority, sheet.promises; sheet.age-sex stands in ``age_sex``, sheet.months with the
trends. Each panel is one breakdown; a period of one month gives the sheet of that month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard import queries
from dashboard.exhibits.counts import splits
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import breakdown, display_rule, ranges, usual
from dashboard.exhibits.parts.breakdown import REST, UNKNOWN, Breakdown, Cross
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format, total_in_words
from dashboard.exhibits.parts.ladder import Ladder, Rung, Step, climb
from dashboard.exhibits.parts.offers import nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.bars import Group, bars, grouped_bars
from dashboard.figures.theme import Figure
from dashboard.model import hxl
from dashboard.model.counted_by import By, Gathered, column_of
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.words import dates
from dashboard.words.catalogue import begin, say

#: Promises of the sheet.
_TOP = 5
#: Destinations drawn by themselves; the others are one group.
_DRAWN = 3
_INSIDE, _ELSEWHERE = "inside", "elsewhere"
_HOME_COUNTRY = "BD"
_GROUP_COLOURS = (theme.BLUE, theme.AMBER, theme.ORCHID, theme.UMBER, theme.NEUTRAL)

_CLASSES = Ladder(
    "classes",
    (
        Rung("groups", ("class_group",)),
        Rung("crimes", (splits.by_part(),)),
    ),
)
_SECURITY_FORCES = (
    "police", "armed_police_battalion", "rapid_action_battalion", "border_guard", "coast_guard",
    "navy", "army",
)  # fmt: skip
_AUTHORITIES = Ladder(
    "authorities",
    (
        Rung("codes", ("rescuing_authority",)),
        Rung(
            "kinds",
            (Gathered("rescuing_authority", dict.fromkeys(_SECURITY_FORCES, "security_forces")),),
        ),
    ),
)
_PROMISES = breakdown.by_leading("promises", "promise")
_PLACES = Ladder(
    "recruited",
    (
        Rung("place_sex", ("recruitment_place", "sex")),
        *breakdown.by_leading("recruited", "recruitment_place").rungs,
    ),
)
_TRANSPORT = Ladder(
    "transport",
    (
        Rung("mode_country", ("mode", "destination_country")),
        Rung("mode_scope", ("mode", "scope")),
        Rung("scope", ("scope",)),
    ),
)


@exhibit("sheet.people", facts=("people",), by_month=True)
def people(question: Question) -> Exhibit:
    """People identified, by sex."""
    lang = question.lang
    by_sex = breakdown.break_down(question, PEOPLE, "sex", in_order=True)
    if not by_sex.total:
        return offered("sheet.people", frame(question, PEOPLE), nothing(question, PEOPLE))
    drawn = display_rule.drawn(question, PEOPLE, ("sex",), by_sex.sizes)
    before = usual.sizes(question, PEOPLE, "sex")
    shown = [part for part in by_sex.parts if part.size]
    return made(
        "sheet.people",
        frame(question, PEOPLE, drawn=(drawn,), what=usual.what(question, PEOPLE)),
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
            number_format=number_format(question, PEOPLE, error=drawn.error),
            clicks=breakdown.clicks(question, PEOPLE, "sex", [part.code for part in shown]),
            usual=[before.get(part.code) for part in shown] if before else None,
        ),
        table=breakdown.table_of(question, PEOPLE, by_sex, drawn, before),
        description=breakdown.description_of(question, PEOPLE, by_sex),
    )


@exhibit("sheet.types", facts=("incidents", "people"), options=(_CLASSES.option,), by_month=True)
def types(question: Question) -> Exhibit:
    """Incidents by class, rolled up, in the order of the sheet; people where those are asked for.

    Of people what incidents are not kept by, such as sex, can be chosen.
    """
    colours = {code: look.colour for code, look in theme.CLASS_LOOK.items()}
    return breakdown.bars_by_code(
        question, "sheet.types", (INCIDENTS, PEOPLE), _CLASSES, colour=colours, in_order=True
    )


@exhibit(
    "sheet.rescuing-authority", facts=("people",), options=(_AUTHORITIES.option,), by_month=True
)
def rescuing_authority(question: Question) -> Exhibit:
    """People by the authority that rescued or intercepted them."""
    return breakdown.bars_by_code(question, "sheet.rescuing-authority", (PEOPLE,), _AUTHORITIES)


@exhibit("sheet.promises", facts=("people",), options=(_PROMISES.option,), by_month=True)
def promises(question: Question) -> Exhibit:
    """The five promises at recruitment that are reported most; the table has all."""
    return breakdown.bars_by_code(question, "sheet.promises", (PEOPLE,), _PROMISES, top=_TOP)


@dataclass(frozen=True)
class _Panel:
    """A panel of rows, each divided by columns where a rung tells these apart."""

    rows: Breakdown
    cells: Cross | None = None
    column: By = ""


@exhibit("sheet.recruitment-place", facts=("people",), options=(_PLACES.option,), by_month=True)
def recruitment_place(question: Question) -> Exhibit:
    """Place of recruitment by sex."""

    def count(rung: Rung) -> tuple[_Panel, Drawn]:
        if len(rung.by) == 1:
            rows, drawn = breakdown.count_rung(question, PEOPLE, rung)
            return _Panel(rows), drawn
        row, column = rung.by
        cells = breakdown.cross(question, PEOPLE, row, column)
        rows = breakdown.row_sums(question, PEOPLE, row, cells)
        return _Panel(rows, cells, column), display_rule.drawn(
            question, PEOPLE, rung.by, cells.known
        )

    step = climb(question, _PLACES, count)
    cells = step.counted.cells
    if cells is None:
        return _panel(question, "sheet.recruitment-place", step, (), None)
    groups = [
        Group(
            breakdown.label_of(question, PEOPLE, "sex", sex),
            [cells.size(row, sex) for row in cells.rows],
            theme.SEX_COLOUR.get(sex, theme.NEUTRAL),
        )
        for sex in cells.columns
    ]
    sums = _sums(question, step.counted.rows)
    table = breakdown.cross_table(
        question, PEOPLE, "recruitment_place", "sex", cells, step.drawn, sums
    )
    return _panel(question, "sheet.recruitment-place", step, groups, table)


@exhibit(
    "sheet.transport-destination", facts=("people",), options=(_TRANSPORT.option,), by_month=True
)
def transport_destination(question: Question) -> Exhibit:
    """Transport of the last leg by country of destination, "Inside" for Bangladesh."""

    def count(rung: Rung) -> tuple[_Panel, Drawn]:
        if len(rung.by) == 1:
            rows, drawn = breakdown.count_rung(question, PEOPLE, rung)
            return _Panel(rows), drawn
        row, column = rung.by
        cells = (
            _by_destination(question)
            if column == "destination_country"
            else breakdown.cross(question, PEOPLE, row, column)
        )
        rows = breakdown.row_sums(question, PEOPLE, row, cells)
        return _Panel(rows, cells, column), display_rule.drawn(
            question, PEOPLE, rung.by, cells.known
        )

    step = climb(question, _TRANSPORT, count)
    cells, column = step.counted.cells, step.counted.column
    if cells is None:
        return _panel(
            question, "sheet.transport-destination", step, (), None, phrases="sheet.scope"
        )
    if column != "destination_country":
        groups = [
            Group(
                breakdown.label_of(question, PEOPLE, column_of(column), code),
                [cells.size(row, code) for row in cells.rows],
                theme.NEUTRAL if code == UNKNOWN else colour,
            )
            for code, colour in zip(cells.columns, _GROUP_COLOURS, strict=False)
        ]
        sums = _sums(question, step.counted.rows)
        table = breakdown.cross_table(question, PEOPLE, "mode", column, cells, step.drawn, sums)
        return _panel(question, "sheet.transport-destination", step, groups, table, stacked=True)
    return _panel(
        question,
        "sheet.transport-destination",
        step,
        _destination_groups(question, cells),
        _destination_table(question, step, cells),
        stacked=True,
    )


def _destination_groups(question: Question, cells: Cross) -> list[Group]:
    """The largest destinations, all others together, and apart from these what is not known."""
    known = [code for code in cells.columns if code != UNKNOWN]
    named, others = known[:_DRAWN], known[_DRAWN:]
    parts = [(_destination(question, code), [code]) for code in named]
    if others:
        parts.append((question.say("sheet.other_destinations"), others))
    groups = [
        Group(label, _together(cells, codes), colour)
        for (label, codes), colour in zip(parts, _GROUP_COLOURS, strict=False)
    ]
    if UNKNOWN in cells.columns:
        unknown = _destination(question, UNKNOWN)
        groups.append(Group(unknown, _together(cells, [UNKNOWN]), theme.NEUTRAL))
    return groups


def _together(cells: Cross, codes: Sequence[str]) -> list[int]:
    """The sizes of some columns together, row by row."""
    return [sum(cells.size(row, code) for code in codes) for row in cells.rows]


def _panel(
    question: Question,
    exhibit_id: str,
    step: Step[_Panel],
    groups: Sequence[Group],
    table: Table | None,
    *,
    stacked: bool = False,
    phrases: str = "",
) -> Exhibit:
    """Bars of rows, in groups where the rung tells these apart, titled by the leading row."""
    rows, drawn = step.counted.rows, step.drawn
    if not rows.total:
        return offered(exhibit_id, frame(question, PEOPLE), nothing(question, PEOPLE))
    before = usual.sizes(question, PEOPLE, rows.by)
    by_row = _sums(question, rows) if step.counted.cells else drawn
    return made(
        exhibit_id,
        frame(
            question,
            PEOPLE,
            drawn=(drawn,),
            what=usual.what(question, PEOPLE),
            detail=step.detail(question),
        ),
        title=breakdown.title_of(question, phrases or exhibit_id, by_row, rows),
        figure=_figure(question, step, groups, before, by_row if stacked else None),
        table=table or breakdown.table_of(question, PEOPLE, rows, drawn, before),
        description=breakdown.description_of(question, PEOPLE, rows),
    )


def _figure(
    question: Question,
    step: Step[_Panel],
    groups: Sequence[Group],
    before: Mapping[str, int] | None,
    by_row: Drawn | None,
) -> Figure:
    """The figure of a panel; ``by_row`` is the cut of its rows where their parts are stacked."""
    said = number_format(question, PEOPLE, error=step.drawn.error, rough=step.is_rough)
    rows = step.counted.rows
    chosen = [part for part in rows.parts if groups or part.size]
    clicks = breakdown.clicks(question, PEOPLE, rows.by, [part.code for part in chosen])
    if groups:
        return grouped_bars(
            [part.label for part in chosen],
            groups,
            number_format=said,
            stacked=by_row is not None,
            totals=number_format(question, PEOPLE, error=by_row.error) if by_row else None,
            clicks=clicks,
        )
    return bars(
        [part.label for part in chosen],
        [part.size for part in chosen],
        colour=theme.BLUE,
        number_format=said,
        patterns=["/" if part.code in (UNKNOWN, REST) else "" for part in chosen],
        clicks=clicks,
        usual=[before.get(part.code) for part in chosen] if before else None,
    )


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
    return list(breakdown.unknown_last(by_size))


def _destination(question: Question, code: str) -> str:
    lang = question.lang
    if code in (_INSIDE, _ELSEWHERE, UNKNOWN):
        return say(f"sheet.destination_{code}", lang)
    return question.place_name(code)


def _destination_table(question: Question, step: Step[_Panel], cells: Cross) -> Table:
    lang, unit = question.lang, PEOPLE.unit_in(question.lang)
    table = Table(
        (
            Column("code", say("breakdown.code", lang), hxl=hxl.code_of("mode")),
            Column("label", PEOPLE["mode"].label_in(lang), hxl=hxl.name_of("mode", lang)),
            *(Column(code, _destination(question, code), unit) for code in cells.columns),
            Column("total", say("breakdown.total", lang), unit),
        ),
        tuple(
            (
                part.code,
                part.label,
                *(cells.size(part.code, code) for code in cells.columns),
                part.size,
            )
            for part in step.counted.rows.parts
        ),
    )
    sums = _sums(question, step.counted.rows)
    table = ranges.beside(table, cells.columns, step.drawn.error, lang)
    return ranges.beside(table, ("total",), sums.error, lang)


def _sums(question: Question, rows: Breakdown) -> Drawn:
    """The cut of the rows of a panel, whatever they are divided by."""
    return display_rule.drawn(question, PEOPLE, (rows.by,), rows.sizes)
