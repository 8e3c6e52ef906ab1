"""Gaps: who is referred to which service, by group or district. Id: referrals.coverage.

Rows are the needs of the framework, with people identified on top. Numbers of people and of
referrals stand side by side and are never divided: they are not of the same people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts.capacities import Places, count_places
from dashboard.exhibits.counts.referral_counts import OTHER
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, folds, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import capacity, names
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures.heatmap import heatmap
from dashboard.model import hxl
from dashboard.model.codes import SERVICE
from dashboard.model.facts import PEOPLE, REQUESTS, Fact
from dashboard.words import dates, numbers
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import in_sentence

_BY = Option("by", ("group", "district"))
#: Groups by sex and child or adult.
_GROUPS = {
    ("female", "yes"): "girls",
    ("male", "yes"): "boys",
    ("female", "no"): "women",
    ("male", "no"): "men",
}
#: What belongs to no group or district of its own.
_REST = "rest"
#: Districts that are told apart.
_DISTRICTS = 5
#: The need whose gap a title names.
_SHELTER = "safe_shelter"
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "group": ("sex", "is_child"),
    "district": ("district",),
}


@dataclass(frozen=True)
class _Counted:
    """People identified by column, and referrals by (service, column).

    Attributes:
        columns: Groups or districts in the order drawn.
        services: Services that stand for themselves, in the order of the list.
        folded: Those that stand under "other" in the period.
    """

    people: Counter[str]
    referred: Counter[tuple[str, str]]
    columns: tuple[str, ...]
    services: tuple[str, ...]
    folded: tuple[str, ...]


@exhibit("referrals.coverage", facts=("requests",), options=(_BY,))
def referrals_coverage(question: Question) -> Exhibit:
    """Service by group or district, with what none or very few were referred to marked."""
    if unkept(question, REQUESTS):
        around = frame(question, REQUESTS)
        return offered("referrals.coverage", around, not_kept(question, REQUESTS))
    counted = _count(question)
    columns = _COLUMNS[question.options["by"]]
    asked = display_rule.drawn(
        question, REQUESTS, (*columns, "service"), tuple(counted.referred.values())
    )
    known = display_rule.drawn(question, PEOPLE, columns, tuple(counted.people.values()))
    rough = [] if asked.holds else [question.say("shared.note.rough")]
    places = count_places(question)
    around = frame(
        question, REQUESTS, drawn=(asked,), note=question.say("referrals.coverage.note"),
        notes=[*rough, *capacity.notes(question, places)],
    )  # fmt: skip
    if not counted.referred.total():
        return offered("referrals.coverage", around, nothing(question, REQUESTS))
    return made(
        "referrals.coverage",
        around,
        title=_title(question, counted),
        figure=_figure(question, counted, asked, places),
        table=capacity.beside(
            question, _table(question, counted, asked, known), counted.columns, places
        ),
        description=_description(question, counted),
    )


def _count(question: Question) -> _Counted:
    by = question.options["by"]
    people, referred = Counter[str](), Counter[tuple[str, str]]()
    for *column, size in _rows(question, PEOPLE, _COLUMNS[by]):
        people[_column(by, column)] += size
    for *column, service, size in _rows(question, REQUESTS, (*_COLUMNS[by], "service")):
        referred[service or OTHER, _column(by, column)] += size
    columns = tuple(_GROUPS.values()) if by == "group" else _largest(people, referred)
    if by == "district":
        people, referred = _gathered(people, referred, columns)
    rest = [_REST] if people[_REST] or any(column == _REST for _, column in referred) else []
    folded = folds.codes_under(question.release, REQUESTS, "service", OTHER, question.period)
    services = tuple(
        code for code in SERVICE.values
        if code not in folded or any(referred[code, column] for column in columns)
    )  # fmt: skip
    hidden = tuple(code for code in folded if code not in services)
    return _Counted(people, referred, (*columns, *rest), services, hidden)


def _rows(question: Question, fact: Fact, by: tuple[str, ...]) -> list[queries.Row]:
    return queries.counts(question.release, fact, question.filters, question.period, by)


def _column(by: str, codes: list[Any]) -> str:
    if by == "group":
        sex, child = codes
        return _GROUPS.get((sex, child), _REST)
    return codes[0] or _REST


def _largest(people: Counter[str], referred: Counter[tuple[str, str]]) -> tuple[str, ...]:
    """Districts of most people, then of most referrals."""
    sums = Counter(people)
    for (_, column), size in referred.items():
        sums[column] += size
    ranked = [code for code, _ in sums.most_common() if code != _REST]
    return tuple(ranked[:_DISTRICTS])


def _gathered(
    people: Counter[str], referred: Counter[tuple[str, str]], columns: tuple[str, ...]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """The same with all other districts together."""
    fewer, less = Counter[str](), Counter[tuple[str, str]]()
    for code, size in people.items():
        fewer[code if code in columns else _REST] += size
    for (service, code), size in referred.items():
        less[service, code if code in columns else _REST] += size
    return fewer, less


def _name(question: Question, column: str) -> str:
    by = question.options["by"]
    if column == _REST:
        return question.say(f"referrals.coverage.rest_{by}")
    if by == "group":
        return question.say(f"referrals.coverage.{column}")
    return question.place_name(column)


def _figure(
    question: Question, counted: _Counted, asked: Drawn, places: Places | None
) -> dict[str, Any]:
    """Referrals as a matrix; people identified stand with the name of their column."""
    said = number_format(question, REQUESTS, error=asked.error, rough=not asked.holds)
    columns = [
        question.say(
            "referrals.coverage.column",
            name=_name(question, column),
            number=numbers.at_mark(counted.people[column], question.base(PEOPLE), question.lang),
        )
        for column in counted.columns
    ]
    return heatmap(
        [capacity.named(question, code, places) for code in counted.services],
        columns,
        [[counted.referred[code, c] for c in counted.columns] for code in counted.services],
        number_format=said,
        empty=question.say("numbers.none_or_very_few"),
    )


def _gaps(counted: _Counted) -> list[str]:
    """Columns with people identified of whom none or very few were referred to safe shelter."""
    return [
        column
        for column in counted.columns
        if column != _REST and counted.people[column] and not counted.referred[_SHELTER, column]
    ]


def _title(question: Question, counted: _Counted) -> str:
    by, gaps = question.options["by"], _gaps(counted)
    shelter = names.service(question, _SHELTER)
    if _SHELTER not in counted.services:
        return question.say("referrals.coverage.title_folded", service=shelter)
    if not gaps:
        return question.say(f"referrals.coverage.title_{by}", service=shelter)
    if len(gaps) > 2:  # noqa: PLR2004 -- more than a title holds
        return question.say(
            f"referrals.coverage.gaps_{by}", service=shelter,
            number=numbers.number(len(gaps), question.lang),
        )  # fmt: skip
    labels = [_name(question, column) for column in gaps]
    said = list(map(in_sentence, labels)) if by == "group" else labels
    named = filter_words.either(said, question.lang)
    return question.say(f"referrals.coverage.gap_{by}", service=shelter, names=named)


def _table(question: Question, counted: _Counted, asked: Drawn, known: Drawn) -> Table:
    lang, columns = question.lang, counted.columns
    table = Table(
        (
            Column("code", question.say("rankings.code"), hxl=hxl.code_of("service")),
            Column("service", question.say("referrals.column_service"),
                   hxl=hxl.name_of("service", lang)),
            *(Column(c, _name(question, c), number=True) for c in columns),
        ),
        (
            *(_cells(question, counted, code) for code in counted.services),
            *(
                (code, _folded(question, code), *(None for _ in columns))
                for code in counted.folded
            ),
            ("people", PEOPLE.label_in(lang), *(counted.people[c] for c in columns)),
        ),
    )  # fmt: skip
    return ranges.beside(table, columns, asked.error, lang, last=known.error)


def _cells(question: Question, counted: _Counted, code: str) -> tuple[Cell, ...]:
    sizes = (counted.referred[code, column] for column in counted.columns)
    return (code, names.service(question, code), *sizes)


def _folded(question: Question, code: str) -> str:
    return question.say("referrals.coverage.folded", service=names.service(question, code))


def _description(question: Question, counted: _Counted) -> str:
    by = question.options["by"]
    largest = sorted(counted.referred.items(), key=lambda entry: -entry[1])
    (service, column), size = largest[0]
    said = question.say(
        f"referrals.coverage.description_{by}",
        period=dates.period(question.period, question.lang),
        service=names.service(question, service),
        column=_name(question, column),
        number=question.about(size, REQUESTS),
    )
    if not counted.people:
        return said
    most, people = counted.people.most_common(1)[0]
    told = question.say(
        "referrals.coverage.description_people",
        column=_name(question, most),
        number=question.about(people, PEOPLE),
    )
    return f"{said} {told}"
