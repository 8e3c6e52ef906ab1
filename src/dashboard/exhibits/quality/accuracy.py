"""How far protected numbers may be trusted: expected errors cut by cut. Id: quality.accuracy.

It says what the open release tells of itself, whatever the filters: errors follow from its echoes.
The figure is drawn as HTML: ``rows`` have group, label, text, and ``at`` and ``other`` (None where
a month has no error) on a scale that ends at ``most``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.exhibit import EmptyState, Exhibit, Table
from dashboard.exhibits.parts.breakdowns import is_exact_total
from dashboard.exhibits.parts.empty_state import empty_exhibit
from dashboard.exhibits.parts.frame import frame_of_release, made
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model.counted_by import place_of
from dashboard.model.country import SECOND, THIRD
from dashboard.model.cuts import CUTS, Cut
from dashboard.model.facts import PEOPLE, REQUESTS, Fact, fact, parent_prefix
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected
from dashboard.release.once import once_a_release
from dashboard.release.open_release import Release
from dashboard.words import filters as filter_words
from dashboard.words import numbers
from dashboard.words.catalogue import in_sentence, translate

_ID = "quality.accuracy"
#: Grains of which errors are told, with their months; "all" is as long as the release.
_MONTHS = MappingProxyType({"month": 1, "quarter": 3, "year": 12, "all": 0})
GRAINS = tuple(_MONTHS)
#: What is drawn, fact by fact; the table has every cut.
_DRAWN = tuple(
    Cut(fact_id, tuple(names.split()))
    for fact_id, cuts in (
        ("incidents", ("", SECOND, THIRD, "class_group")),
        ("people", ("", SECOND, THIRD, "class_group", "promise", "age_band sex")),
        ("journeys", ("corridor",)),
        ("requests", ("service", "from_agency_type service")),
        ("endings", ("status",)),
    )
    for names in cuts
)
#: Facts whose largest error the title says, each with its unit.
_TOLD = (PEOPLE, REQUESTS)


class _Line(NamedTuple):
    """A cut with its expected error at each grain, in whole events."""

    cut: Cut
    fact: Fact
    view: str
    errors: Mapping[str, int]


@exhibit(_ID, facts=())
def accuracy(question: Question) -> Exhibit:
    """Expected error of every cut of the pages at every grain, the leading ones drawn."""
    release, lang = question.release, question.lang
    lines = [
        _Line(shown, fact(shown.fact), cut_in_words(shown, lang), errors)
        for shown, errors in _errors(release).items()
    ]
    table = Table(
        (
            *columns(question, f"{_ID}.", "fact", "view"),
            *columns(question, f"{_ID}.", *GRAINS, number=True),
        ),
        tuple(
            (line.fact.label_in(lang), line.view, *map(line.errors.get, GRAINS))
            for line in sorted(lines, key=lambda line: (line.fact.label_in(lang), line.view))
        ),
    )
    around = frame_of_release(question, _ID, question.translate(f"{_ID}.note"))
    if not lines:
        # Nothing is protected, or this edition states nothing.
        why = "nothing" if is_protected(release.base("people")) else "unprotected"
        return empty_exhibit(_ID, around, EmptyState(question.translate(f"{_ID}.{why}")), table)
    title = _title(question, lines)
    return made(
        _ID,
        around,
        title=title,
        figure=_figure(question, [line for line in lines if line.cut in _DRAWN]),
        table=table,
        description=question.translate(
            f"{_ID}.description", n=len(lines), title=title, furthest=_furthest(question, lines)
        ),
    )


def cut_in_words(cut: Cut, lang: str) -> str:
    """The columns of a cut by their labels: "Age band × sex"; "Total" for one without."""
    if not cut.dimensions:
        return translate("quality.accuracy.total", lang)
    counted = fact(cut.fact)
    first, *others = (_column_in_words(counted, name, lang) for name in cut.dimensions)
    return " × ".join((first, *map(in_sentence, others)))


def _column_in_words(counted: Fact, name: str, lang: str) -> str:
    if name in counted:
        return counted[name].label_in(lang)
    found = place_of(counted, name)
    if found is None:
        raise ValueError(f"{name} is no column of {counted.id}")
    place, level = found
    named = translate(f"quality.level_{level}", lang)
    if not parent_prefix(place):
        return named
    field = counted[place].label_in(lang)
    return translate("quality.level_of", lang, level=in_sentence(named), field=field)


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
    places = (place_of(fact(shown.fact), name) for name in shown.dimensions)
    return any(place and not release.edition.offers_level(place[1]) for place in places)


def _long(lines: Sequence[_Line]) -> str:
    """The grain that is drawn beside a month: a year, or all months of a shorter release."""
    return "year" if any("year" in line.errors for line in lines) else "all"


def _title(question: Question, lines: Sequence[_Line]) -> str:
    """How far off numbers of people and of referrals are at most, in two of three."""
    lang, grain = question.lang, _long(lines)
    largest = {
        told: max((line.errors[grain] for line in lines if line.fact is told), default=None)
        for told in _TOLD
    }
    errors = [
        question.translate("shared.counted", number=question.number(error), unit=told.unit_in(lang))
        for told, error in largest.items()
        if error is not None
    ]
    return question.translate(f"{_ID}.title", errors=filter_words.either(errors, lang))


def _furthest(question: Question, lines: Sequence[_Line]) -> str:
    """Which cut is furthest off; of several, the first of the registry."""
    grain = _long(lines)
    worst = max(lines, key=lambda line: line.errors[grain])
    named = in_sentence(worst.fact.label_in(question.lang))
    return question.translate(f"{_ID}.furthest", fact=named, view=in_sentence(worst.view))


def _figure(question: Question, lines: Sequence[_Line]) -> dict[str, Any]:
    """The leading cuts with their errors for a long period and for a month."""
    grain = _long(lines)
    rows = [
        {
            "group": line.fact.label_in(question.lang),
            "label": line.view,
            "at": line.errors[grain],
            "other": line.errors.get("month"),
            "text": _text(question, line.errors[grain]),
        }
        for line in sorted(lines, key=lambda line: _DRAWN.index(line.cut))
    ]
    return {
        "form": "errors",
        "names": [question.translate(f"{_ID}.{each}") for each in (grain, "month")],
        "rows": rows,
        "most": max(max(row["at"], row["other"] or 0) for row in rows),
    }


def _text(question: Question, error: int) -> str:
    """An error as it stands behind its row."""
    return question.number(error) if error else question.translate(f"{_ID}.exact")
