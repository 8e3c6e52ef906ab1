"""How far protected numbers may be trusted: expected errors by breakdown. Id: quality.accuracy.

It is about the open release, whatever the filters: errors follow from its echoes.
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
from dashboard.exhibits.parts.frame import frame_of_release, make_exhibit
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model.counted_by import place_of
from dashboard.model.country import SECOND, THIRD
from dashboard.model.cuts import CUTS, Cut
from dashboard.model.facts import PEOPLE, REQUESTS, Fact, fact, parent_prefix
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected
from dashboard.release.cached import once_a_release
from dashboard.release.open_release import Release
from dashboard.words import filters as filter_words
from dashboard.words import numbers
from dashboard.words.catalogue import in_sentence, translate

_ID = "quality.accuracy"
#: Grains that errors are given for, with their months; "all" is as long as the release.
_MONTHS = MappingProxyType({"month": 1, "quarter": 3, "year": 12, "all": 0})
GRAINS = tuple(_MONTHS)
#: Cuts that are drawn, fact by fact; all where an edition has none of them.
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
#: Facts whose largest error the title says, where there are any.
_IN_TITLE = (PEOPLE, REQUESTS)


class _Line(NamedTuple):
    """A ``Cut``, a fact with the columns it is counted by on the pages, and its expected errors.

    Attributes:
        cut: The cut.
        fact: What it counts.
        view: Its columns in words.
        errors: Expected error in whole events, by grain; only grains that the release can show.
    """

    cut: Cut
    fact: Fact
    view: str
    errors: Mapping[str, int]


@exhibit(_ID, facts=())
def accuracy(question: Question) -> Exhibit:
    """Expected error of every cut of the pages at every grain, the leading ones drawn."""
    release, lang = question.release, question.lang
    lines = [
        _Line(cut, fact(cut.fact), cut_in_words(cut, lang), errors)
        for cut, errors in _errors(release).items()
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
        # Nothing is protected, or this edition has no echoes.
        why = "nothing" if is_protected(release.base("people")) else "unprotected"
        return empty_exhibit(around, EmptyState(question.translate(f"{_ID}.{why}")), table)
    # Beside a month a year is drawn, or all months of a shorter release.
    grain = "year" if any("year" in line.errors for line in lines) else "all"
    # Which cut is furthest off; of several, the first of the registry.
    worst = max(lines, key=lambda line: line.errors[grain])
    furthest = question.translate(
        f"{_ID}.furthest", fact=in_sentence(worst.fact.label_in(lang)), view=in_sentence(worst.view)
    )
    title, line_of = _title(question, lines, grain), {line.cut: line for line in lines}
    drawn = [line_of[cut] for cut in _DRAWN if cut in line_of] or lines
    return make_exhibit(
        around,
        title=title,
        figure=_figure(question, drawn, grain),
        table=table,
        description=question.translate(
            f"{_ID}.description", n=len(lines), title=title, furthest=furthest
        ),
    )


def cut_in_words(cut: Cut, lang: str) -> str:
    """The columns of a cut by their labels: "Age band × sex"; "Total" for one without."""
    if not cut.dimensions:
        return translate("quality.accuracy.total", lang)
    counted_fact = fact(cut.fact)
    first, *others = (_column_in_words(counted_fact, name, lang) for name in cut.dimensions)
    return " × ".join((first, *map(in_sentence, others)))


def _column_in_words(counted_fact: Fact, name: str, lang: str) -> str:
    """A dimension in words: the label of a field, a level of places, or a level of a field."""
    place = None if name in counted_fact else place_of(counted_fact, name)
    if place is None:
        return counted_fact[name].label_in(lang)
    column, level = place
    level_name = translate(f"quality.level_{level}", lang)
    if not parent_prefix(column):
        return level_name
    field = counted_fact[column].label_in(lang)
    return translate("quality.level_of", lang, level=in_sentence(level_name), field=field)


@once_a_release
def _errors(release: Release) -> Mapping[Cut, Mapping[str, int]]:
    """The expected error of every cut that the release can show, at the grains that fit into it."""
    errors = {
        cut: {
            grain: _error(release, cut, months or release.span.months)
            for grain, months in _MONTHS.items()
            if months <= release.span.months and (months != 1 or fact(cut.fact).grain == "month")
        }
        for cut in CUTS
        if release.replicates(cut.fact) and all(map(release.edition.offers_level, _levels(cut)))
    }
    return MappingProxyType(errors)


def _levels(cut: Cut) -> list[str]:
    """Levels of the places that a cut counts by."""
    places = filter(None, (place_of(fact(cut.fact), name) for name in cut.dimensions))
    return [level for _, level in places]


def _error(release: Release, cut: Cut, months: int) -> int:
    """The expected error of a cut over the last so many months, in whole events."""
    counted_fact, no_filters = fact(cut.fact), Filters()
    if not cut.dimensions and is_exact_total(release, counted_fact, no_filters, release.span):
        return 0
    span = Span.last(months, until=release.span.end)
    return numbers.up(error_of(release, counted_fact, no_filters, span, cut.dimensions).typical)


def _title(question: Question, lines: Sequence[_Line], grain: str) -> str:
    """How far off numbers of people and of referrals are at most, two times in three.

    Where an edition has neither, of what it has.
    """
    lang = question.lang
    largest: dict[Fact, int] = {}
    for line in [line for line in lines if line.fact in _IN_TITLE] or lines:
        largest[line.fact] = max(largest.get(line.fact, 0), line.errors[grain])
    errors = [
        question.translate("shared.counted", number=question.number(error), unit=f.unit_in(lang))
        for f, error in largest.items()
    ]
    return question.translate(f"{_ID}.title", errors=filter_words.either(errors, lang))


def _figure(question: Question, lines: Sequence[_Line], grain: str) -> dict[str, Any]:
    """Cuts with their errors at a grain, and for a month, as data."""
    exact = question.translate(f"{_ID}.exact")
    rows = [
        {
            "group": line.fact.label_in(question.lang),
            "label": line.view,
            "at": line.errors[grain],
            "other": line.errors.get("month"),
            "text": question.number(line.errors[grain]) if line.errors[grain] else exact,
        }
        for line in lines
    ]
    return {
        "form": "errors",
        "names": [question.translate(f"{_ID}.{name}") for name in (grain, "month")],
        "rows": rows,
        "most": max(max(row["at"], row["other"] or 0) for row in rows),
    }
