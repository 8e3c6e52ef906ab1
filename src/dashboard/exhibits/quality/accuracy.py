"""How far protected numbers may be trusted: expected errors cut by cut. Id: quality.accuracy.

It says what the open release tells of itself, whatever the filters: errors follow from its echoes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.exhibit import Column, Exhibit, Offer, Table
from dashboard.exhibits.parts.display_rule import is_exact_total
from dashboard.exhibits.parts.frame import frame_of_release, made
from dashboard.exhibits.parts.offers import offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.filters import Filters
from dashboard.model.cuts import CUTS, Cut
from dashboard.model.facts import PARENT_LEVELS, Fact, fact, parent_prefix
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected
from dashboard.release.once import once_a_release
from dashboard.release.open_release import Release
from dashboard.words import numbers
from dashboard.words.catalogue import in_sentence, say

_ID = "quality.accuracy"
#: Grains of which errors are told, with their months; "all" is as long as the release.
_MONTHS = MappingProxyType({"month": 1, "quarter": 3, "year": 12, "all": 0})
GRAINS = tuple(_MONTHS)
_SORTS = ("year", "view", "month", "quarter", "all")


class _Line(NamedTuple):
    """A cut with its expected error at each grain, in whole events."""

    fact: Fact
    view: str
    errors: Mapping[str, int]


@exhibit(_ID, facts=(), options=(Option("sort", _SORTS),))
def accuracy(question: Question) -> Exhibit:
    """Expected error of every cut of the pages at every grain; a column's header sorts by it."""
    release, lang, order = question.release, question.lang, question.options["sort"]
    lines = [
        _Line(fact(shown.fact), cut_in_words(shown, lang), errors)
        for shown, errors in _errors(release).items()
    ]
    table = Table(
        (
            *(Column(name, question.say(f"{_ID}.{name}")) for name in ("fact", "view")),
            *(Column(grain, question.say(f"{_ID}.{grain}"), number=True) for grain in GRAINS),
        ),
        tuple(
            (line.fact.label_in(lang), line.view, *map(line.errors.get, GRAINS))
            for line in _sorted(lines, order, lang)
        ),
    )
    around = frame_of_release(question, _ID, question.say(f"{_ID}.note"))
    if not lines:
        # Nothing is protected, or this edition states nothing.
        why = "nothing" if is_protected(release.base("people")) else "unprotected"
        return offered(_ID, around, Offer(question.say(f"{_ID}.{why}")), table)
    title, furthest = _finding(lines, lang)
    return made(
        _ID,
        around,
        title=title,
        figure={"form": "table", "sort": {"option": "sort", "by": order, "columns": _SORTS}},
        table=table,
        description=question.say(
            f"{_ID}.description", n=len(lines), title=title, furthest=furthest
        ),
    )


def cut_in_words(cut: Cut, lang: str) -> str:
    """The columns of a cut by their labels: "Age band × sex"; "Total" for one without."""
    if not cut.dimensions:
        return say("quality.accuracy.total", lang)
    counted = fact(cut.fact)
    first, *others = (_column_in_words(counted, name, lang) for name in cut.dimensions)
    return " × ".join((first, *map(in_sentence, others)))


def _column_in_words(counted: Fact, name: str, lang: str) -> str:
    if name in counted:
        return counted[name].label_in(lang)
    place, level = next(
        (place, column.removeprefix(parent_prefix(place)))
        for place in counted.place_dimensions
        for column in counted.parents(place)
        if column == name
    )
    named = say(f"quality.level_{level}", lang)
    if not parent_prefix(place):
        return named
    field = counted[place].label_in(lang)
    return say("quality.level_of", lang, level=in_sentence(named), field=field)


@once_a_release
def _errors(release: Release) -> Mapping[Cut, Mapping[str, int]]:
    """The expected error of every cut that the release can show, at the grains that fit into it."""
    found = {
        shown: {
            grain: _error(release, shown, months or release.span.months)
            for grain, months in _MONTHS.items()
            if months <= release.span.months and (months != 1 or fact(shown.fact).grain == "month")
        }
        for shown in CUTS
        if release.replicates(shown.fact) and not _is_hidden(release, shown)
    }
    return MappingProxyType(found)


def _error(release: Release, shown: Cut, months: int) -> int:
    counted, everything = fact(shown.fact), Filters()
    if not shown.dimensions and is_exact_total(release, counted, everything, release.span):
        return 0
    last = Span.last(months, until=release.span.end)
    return numbers.up(error_of(release, counted, everything, last, shown.dimensions).error)


def _is_hidden(release: Release, shown: Cut) -> bool:
    """Whether a cut is by areas that are too fine for the audience."""
    return any(
        name == f"{parent_prefix(place)}{level}" and not release.edition.offers_level(level)
        for place in fact(shown.fact).place_dimensions
        for level in PARENT_LEVELS
        for name in shown.dimensions
    )


def _sorted(lines: list[_Line], order: str, lang: str) -> list[_Line]:
    """By name, or the largest error of a grain first; what has none comes last."""
    by_name = sorted(lines, key=lambda line: (line.fact.label_in(lang), line.view))
    if order == "view":
        return by_name
    return sorted(by_name, key=lambda line: -line.errors.get(order, -1))


def _finding(lines: list[_Line], lang: str) -> tuple[str, str]:
    """How far off numbers are, and which cut most; of several, the first of the registry."""
    grain = "year" if any("year" in line.errors for line in lines) else "all"
    stated = [line for line in lines if grain in line.errors] or lines
    worst = max(stated, key=lambda line: max(line.errors.get(grain, 0), 0))
    title = say(
        f"{_ID}.title",
        lang,
        error=worst.errors.get(grain, max(worst.errors.values())),
        unit=worst.fact.unit_in(lang),
        grain=say(f"{_ID}.in_{grain}", lang),
    )
    named = in_sentence(worst.fact.label_in(lang))
    return title, say(f"{_ID}.furthest", lang, fact=named, view=in_sentence(worst.view))
