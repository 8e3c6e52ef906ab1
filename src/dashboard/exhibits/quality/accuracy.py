"""How far protected numbers may be trusted: expected errors cut by cut, and folded codes.

Ids: quality.accuracy, quality.folded. Both say what the open release tells of itself, whatever the
filters: errors follow from its echoes, folded codes stand in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.parts import folds
from dashboard.exhibits.parts.display_rule import is_exact_total
from dashboard.exhibits.parts.folds import FoldedSpan
from dashboard.exhibits.parts.frame import Frame, made, source, stamp
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
from dashboard.words import dates, numbers
from dashboard.words.catalogue import in_sentence, say

#: Grains of which errors are told, with their months; "all" is as long as the release.
_MONTHS = MappingProxyType({"month": 1, "quarter": 3, "year": 12, "all": 0})
GRAINS = tuple(_MONTHS)
_SORTS = ("year", "view", "month", "quarter", "all")


@dataclass(frozen=True)
class _Line:
    """A cut with its expected error at each grain, in whole events."""

    cut: Cut
    label: str
    errors: Mapping[str, int]


@exhibit("quality.accuracy", facts=(), options=(Option("sort", _SORTS),))
def accuracy(question: Question) -> Exhibit:
    """Expected error of every cut of the pages at every grain; a column's header sorts by it."""
    lang, order = question.lang, question.options["sort"]
    lines = _lines(question)
    table = Table(
        (
            Column("fact", say("quality.accuracy.fact", lang)),
            Column("view", say("quality.accuracy.view", lang)),
            *(
                Column(grain, say(f"quality.accuracy.{grain}", lang), number=True)
                for grain in GRAINS
            ),
        ),
        tuple(_row(line, lang) for line in _sorted(lines, order, lang)),
    )
    around = _around(question, "quality.accuracy")
    if not lines:
        return offered("quality.accuracy", around, _nothing(question, "accuracy"), table)
    title, furthest = _finding(lines, lang)
    return made(
        "quality.accuracy",
        around,
        title=title,
        figure={"form": "table", "sort": {"option": "sort", "by": order, "columns": _SORTS}},
        table=table,
        description=say(
            "quality.accuracy.description", lang, n=len(lines), title=title, furthest=furthest
        ),
    )


@exhibit("quality.folded", facts=())
def folded(question: Question) -> Exhibit:
    """Codes that stand under another one since too few people have them."""
    lang, release = question.lang, question.release
    spans = folds.folded_spans(release)
    table = Table(
        tuple(
            Column(name, say(f"quality.folded.{name}", lang))
            for name in ("fact", "field", "code", "label", "shown_as", "start", "end")
        ),
        tuple(_folded_row(question, entry) for entry in spans),
    )
    around = _around(question, "quality.folded")
    if not spans:
        return offered("quality.folded", around, _nothing(question, "folded"), table)
    still = sum(entry.end is None for entry in spans)
    return made(
        "quality.folded",
        around,
        title=say("quality.folded.title", lang, n=still),
        figure={"form": "table"},
        table=table,
        description=say("quality.folded.description", lang, n=len(spans), still=still),
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
        return folds.field_label(counted, name, lang)
    place, level = next(
        (place, column.removeprefix(parent_prefix(place)))
        for place in counted.place_dimensions
        for column in counted.parents(place)
        if column == name
    )
    named = say(f"quality.level_{level}", lang)
    if not parent_prefix(place):
        return named
    field = folds.field_label(counted, place, lang)
    return say("quality.level_of", lang, level=in_sentence(named), field=field)


def _lines(question: Question) -> list[_Line]:
    return [
        _Line(shown, cut_in_words(shown, question.lang), errors)
        for shown, errors in _errors(question.release).items()
    ]


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
    by_name = sorted(lines, key=lambda line: (fact(line.cut.fact).label_in(lang), line.label))
    if order == "view":
        return by_name
    return sorted(by_name, key=lambda line: -line.errors.get(order, -1))


def _row(line: _Line, lang: str) -> tuple[Cell, ...]:
    errors = (line.errors.get(grain) for grain in GRAINS)
    return (fact(line.cut.fact).label_in(lang), line.label, *errors)


def _finding(lines: list[_Line], lang: str) -> tuple[str, str]:
    """How far off numbers are, and which cut most; of several, the first of the registry."""
    grain = "year" if any("year" in line.errors for line in lines) else "all"
    stated = [line for line in lines if grain in line.errors] or lines
    worst = max(stated, key=lambda line: max(line.errors.get(grain, 0), 0))
    counted = fact(worst.cut.fact)
    title = say(
        "quality.accuracy.title",
        lang,
        error=worst.errors.get(grain, max(worst.errors.values())),
        unit=counted.unit_in(lang),
        grain=say(f"quality.accuracy.in_{grain}", lang),
    )
    named = in_sentence(counted.label_in(lang))
    return title, say("quality.accuracy.furthest", lang, fact=named, view=in_sentence(worst.label))


def _folded_row(question: Question, entry: FoldedSpan) -> tuple[Cell, ...]:
    release, lang = question.release, question.lang
    label = folds.code_label
    return (
        entry.fact.label_in(lang),
        folds.field_label(entry.fact, entry.dimension, lang),
        entry.code,
        label(release, entry.fact, entry.dimension, entry.code, lang),
        label(release, entry.fact, entry.dimension, entry.shown_as, lang),
        dates.month(entry.start, lang),
        dates.month(entry.end, lang) if entry.end else say("quality.folded.still", lang),
    )


def _around(question: Question, exhibit_id: str) -> Frame:
    lang = question.lang
    return Frame(
        say(f"{exhibit_id}.subtitle", lang),
        say(f"{exhibit_id}.unit", lang),
        (say(f"{exhibit_id}.note", lang),),
        source(question.release, lang),
        stamp(question.release, question.filters),
    )


def _nothing(question: Question, name: str) -> Offer:
    """Why a list is empty: nothing is protected, or this edition states nothing."""
    protected = is_protected(question.release.base("people"))
    why = "nothing" if protected else "unprotected"
    return Offer(question.say(f"quality.{name}.{why}"))
