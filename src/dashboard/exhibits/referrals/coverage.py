"""Gaps: who is referred to which service, by group or area. Id: referrals.coverage.

Rows are the needs of the framework, with people identified on top. Numbers of people and of
referrals stand side by side and are never divided: they are not of the same people. Areas are
upazilas where those tell something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts.area_counts import LEVELS, level_ladder, levels_offered
from dashboard.exhibits.counts.capacities import Places, count_places
from dashboard.exhibits.counts.referral_counts import OTHER
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.ladder import AUTO, Rung, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import capacity, names
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures.heatmap import heatmap
from dashboard.figures.plot import Plot, Series
from dashboard.model import hxl
from dashboard.model.codes import SERVICE, SEX_AND_CHILD_OF
from dashboard.model.counted_by import By
from dashboard.model.facts import PEOPLE, REQUESTS, Fact
from dashboard.words import dates, numbers
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import in_sentence

_BY = Option("by", ("group", "area"))
_LEVEL = Option("level", (AUTO, *LEVELS), lambda release: (AUTO, *levels_offered(release)))
#: Groups by sex and child or adult.
_GROUPS = {sex_and_child: group for group, sex_and_child in SEX_AND_CHILD_OF.items()}
#: What belongs to no group or area of its own, and what is in no place that is known.
_REST, _UNKNOWN = "rest", "unknown"
#: Areas that are told apart.
_AREAS = 5
#: The need whose gap a title names.
_SHELTER = "safe_shelter"
_BY_GROUP = Rung("group", ("sex", "is_child"))


@dataclass(frozen=True)
class _Counted:
    """People identified by column, and referrals by (service, column).

    Attributes:
        kind: ``group``, or the level of its areas.
        columns: Groups or areas in the order drawn.
        identified: People by column as they would be drawn.
    """

    kind: str
    people: Counter[str]
    referred: Counter[tuple[str, str]]
    columns: tuple[str, ...]
    identified: Drawn


@exhibit("referrals.coverage", facts=("requests",), options=(_BY, _LEVEL))
def referrals_coverage(question: Question) -> Exhibit:
    """Service by group or area, with what none or very few were referred to marked."""
    if unkept(question, REQUESTS):
        around = frame(question, REQUESTS)
        return offered("referrals.coverage", around, not_kept(question, REQUESTS))
    detail = None
    if question.options["by"] == "group":
        counted, asked = _count(question, _BY_GROUP)
    else:
        step = climb(question, level_ladder(question), lambda rung: _count(question, rung))
        counted, asked, detail = step.counted, step.drawn, step.detail(question)
    places = count_places(question)
    around = frame(
        question, REQUESTS, drawn=(asked,), note=question.say("referrals.coverage.note"),
        notes=[*_notes(question, counted, asked), *capacity.notes(question, places)],
        detail=detail,
    )  # fmt: skip
    if not counted.referred.total():
        return offered("referrals.coverage", around, nothing(question, REQUESTS))
    plot = _plot(question, counted, asked, places)
    return made(
        "referrals.coverage",
        around,
        title=_title(question, counted),
        plot=plot,
        figure=heatmap(plot, empty=question.say("numbers.none_or_very_few")),
        table=capacity.beside(question, _table(question, counted, asked), counted.columns, places),
        description=_description(question, counted),
    )


def _notes(question: Question, counted: _Counted, asked: Drawn) -> list[str]:
    notes = []
    if counted.kind == "group" and not asked.holds:
        notes.append(question.say("shared.note.rough"))
    return notes


def _count(question: Question, rung: Rung) -> tuple[_Counted, Drawn]:
    kind, by = rung.id, rung.by
    apart = by if kind == "group" else (*by, "place")
    people, referred = Counter[str](), Counter[tuple[str, str]]()
    for *column, size in _rows(question, PEOPLE, apart):
        people[_column(kind, column)] += size
    for *column, service, size in _rows(question, REQUESTS, (*apart, "service")):
        referred[service or OTHER, _column(kind, column)] += size
    columns = tuple(_GROUPS.values()) if kind == "group" else _largest(people, referred)
    if kind != "group":
        people, referred = _gathered(people, referred, columns)
    of_referred = {column for _, column in referred}
    columns += tuple(c for c in (_REST, _UNKNOWN) if people[c] or c in of_referred)
    drawn = display_rule.drawn(question, REQUESTS, (*by, "service"), tuple(referred.values()))
    identified = display_rule.drawn(question, PEOPLE, by, tuple(people.values()))
    return _Counted(kind, people, referred, columns, identified), drawn


def _rows(question: Question, fact: Fact, by: Sequence[By]) -> list[queries.Row]:
    return queries.counts(question.release, fact, question.filters, question.period, by)


def _column(kind: str, codes: list[Any]) -> str:
    if kind == "group":
        sex, child = codes
        return _GROUPS.get((sex, child), _REST)
    area, place = codes
    return area or (_REST if place else _UNKNOWN)


def _largest(people: Counter[str], referred: Counter[tuple[str, str]]) -> tuple[str, ...]:
    """Areas of most people and referrals."""
    sums = Counter(people)
    for (_, column), size in referred.items():
        sums[column] += size
    ranked = [code for code, _ in sums.most_common() if code not in (_REST, _UNKNOWN)]
    return tuple(ranked[:_AREAS])


def _gathered(
    people: Counter[str], referred: Counter[tuple[str, str]], columns: tuple[str, ...]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """The same with all other areas together, beside what is in no known place."""
    kept = {*columns, _UNKNOWN}
    fewer, less = Counter[str](), Counter[tuple[str, str]]()
    for code, size in people.items():
        fewer[code if code in kept else _REST] += size
    for (service, code), size in referred.items():
        less[service, code if code in kept else _REST] += size
    return fewer, less


def _name(question: Question, counted: _Counted, column: str) -> str:
    is_group = counted.kind == "group"
    if column in (_REST, _UNKNOWN):
        return question.say(f"referrals.coverage.{column}_{'group' if is_group else 'area'}")
    return question.say(f"referrals.coverage.{column}") if is_group else question.place_name(column)


def _plot(question: Question, counted: _Counted, asked: Drawn, places: Places | None) -> Plot:
    """Referrals as a matrix; people identified stand with the name of their column."""
    said = number_format(question, REQUESTS, error=asked.error, rough=not asked.holds)
    empty = question.say("numbers.none_or_very_few")
    columns = [
        question.say(
            "referrals.coverage.column",
            name=_name(question, counted, column),
            number=numbers.at_mark(size, question.base(PEOPLE), question.lang) if size else empty,
        )
        for column in counted.columns
        for size in (counted.people[column],)
    ]
    return Plot(
        "matrix",
        tuple(columns),
        tuple(
            Series(
                capacity.named(question, code, places),
                said.numbers(counted.referred[code, c] for c in counted.columns),
            )
            for code in SERVICE.values
        ),
        is_rough=not asked.holds,
    )


def _gaps(counted: _Counted) -> list[str]:
    """Groups or areas of which a title says that none or very few were referred to shelter.

    Of a few people identified, or of hardly more than nobody, none is no gap.
    """
    return [c for c in _empty(counted) if counted.identified.names(counted.people[c])]


def _empty(counted: _Counted) -> list[str]:
    """Groups or areas with people identified and no referral to shelter."""
    return [
        column
        for column in counted.columns
        if column not in (_REST, _UNKNOWN)
        and counted.people[column]
        and not counted.referred[_SHELTER, column]
    ]


def _title(question: Question, counted: _Counted) -> str:
    kind, gaps = counted.kind, _gaps(counted)
    shelter = names.service(question, _SHELTER)
    if not gaps and _empty(counted):
        return question.say("referrals.coverage.title_unclear", service=shelter)
    if not gaps and len(counted.columns) == 1:
        name = _name(question, counted, counted.columns[0])
        return question.say("referrals.coverage.title_one", service=shelter, name=name)
    if not gaps:
        return question.say(f"referrals.coverage.title_{kind}", service=shelter)
    if len(gaps) > 2:  # noqa: PLR2004 -- more than a title holds
        return question.say(
            f"referrals.coverage.gaps_{kind}", service=shelter,
            number=numbers.number(len(gaps), question.lang),
        )  # fmt: skip
    labels = [_name(question, counted, column) for column in gaps]
    is_group = kind == "group"
    said = list(map(in_sentence, labels)) if is_group else labels
    named = filter_words.either(said, question.lang)
    key = f"referrals.coverage.gap_{'group' if is_group else 'area'}"
    return question.say(key, service=shelter, names=named)


def _table(question: Question, counted: _Counted, asked: Drawn) -> Table:
    lang, columns = question.lang, counted.columns
    table = Table(
        (
            Column("code", question.say("rankings.code"), hxl=hxl.code_of("service")),
            Column("service", question.say("referrals.column_service"),
                   hxl=hxl.name_of("service", lang)),
            *(Column(c, _name(question, counted, c), number=True) for c in columns),
        ),
        (
            *(_cells(question, counted, code) for code in SERVICE.values),
            ("people", PEOPLE.label_in(lang), *(counted.people[c] for c in columns)),
        ),
    )  # fmt: skip
    return ranges.beside(table, columns, asked.error, lang, last=counted.identified.error)


def _cells(question: Question, counted: _Counted, code: str) -> tuple[Cell, ...]:
    sizes = (counted.referred[code, column] for column in counted.columns)
    return (code, names.service(question, code), *sizes)


def _description(question: Question, counted: _Counted) -> str:
    largest = sorted(counted.referred.items(), key=lambda entry: -entry[1])
    (service, column), size = largest[0]
    said = question.say(
        f"referrals.coverage.description_{counted.kind}",
        period=dates.period(question.period, question.lang),
        service=names.service(question, service),
        column=_name(question, counted, column),
        number=question.about(size, REQUESTS),
    )
    if not counted.people:
        return said
    most, people = counted.people.most_common(1)[0]
    told = question.say(
        "referrals.coverage.description_people",
        column=_name(question, counted, most),
        number=question.about(people, PEOPLE),
    )
    return f"{said} {told}"
