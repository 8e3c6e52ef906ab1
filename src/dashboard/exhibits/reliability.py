"""How far protected numbers may be trusted: expected errors view by view, and folded codes.

Ids: quality.accuracy, quality.folded. Both are what the open release states of itself; nothing is
computed from its units here.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.exhibits import folding, making
from dashboard.exhibits.display import GRAINS
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.folding import Folded
from dashboard.exhibits.registry import Option, View, exhibit
from dashboard.model.facts import Fact, fact, parent_prefix
from dashboard.model.views import VIEWS, PageView
from dashboard.words import dates, numbers
from dashboard.words.catalogue import in_sentence, say

_SORTS = ("year", "view", "month", "quarter", "all")


@dataclass(frozen=True)
class _Line:
    """A view with the error of each grain that the release states."""

    shown: PageView
    label: str
    errors: dict[str, float]


@exhibit("quality.accuracy", facts=(), options=(Option("sort", _SORTS),))
def accuracy(view: View) -> Exhibit:
    """Expected error of every view of the pages at every grain; a column's header sorts by it."""
    lang, order = view.filters.lang, view.options["sort"]
    lines = _sorted(_lines(view), order, lang)
    table = Table(
        (
            Column("fact", say("quality.accuracy.fact", lang)),
            Column("view", say("quality.accuracy.view", lang)),
            *(Column(grain, say(f"quality.accuracy.{grain}", lang)) for grain in GRAINS),
        ),
        tuple(_row(line, lang) for line in lines),
    )
    around = _around(view, "quality.accuracy")
    if not lines:
        return making.offered("quality.accuracy", around, _nothing(view, "accuracy"), table)
    title = _finding(lines, lang)
    return making.made(
        "quality.accuracy",
        around,
        title=title,
        figure={"form": "table", "sort": {"option": "sort", "by": order, "columns": _SORTS}},
        table=table,
        description=say("quality.accuracy.description", lang, n=len(lines), title=title),
    )


@exhibit("quality.folded", facts=())
def folded(view: View) -> Exhibit:
    """Codes that stand under another one since too few people have them."""
    lang, release = view.filters.lang, view.release
    found = folding.all_folded(release)
    table = Table(
        tuple(
            Column(name, say(f"quality.folded.{name}", lang))
            for name in ("fact", "field", "code", "label", "shown_as", "start", "end")
        ),
        tuple(_folded_row(view, entry) for entry in found),
    )
    around = _around(view, "quality.folded")
    if not found:
        return making.offered("quality.folded", around, _nothing(view, "folded"), table)
    still = sum(entry.end is None for entry in found)
    return making.made(
        "quality.folded",
        around,
        title=say("quality.folded.title", lang, n=still),
        figure={"form": "table"},
        table=table,
        description=say("quality.folded.description", lang, n=len(found), still=still),
    )


def view_in_words(shown: PageView, lang: str) -> str:
    """The columns of a view by their labels: "Age band × sex"; "Total" for one without."""
    if not shown.dimensions:
        return say("quality.accuracy.total", lang)
    counted = fact(shown.fact)
    first, *others = (_column_in_words(counted, name, lang) for name in shown.dimensions)
    return " × ".join((first, *map(in_sentence, others)))


def _column_in_words(counted: Fact, name: str, lang: str) -> str:
    if name in counted:
        return folding.field_label(counted, name, lang)
    place, level = next(
        (place, column.removeprefix(parent_prefix(place)))
        for place in counted.place_dimensions
        for column in counted.parents(place)
        if column == name
    )
    named = say(f"quality.level_{level}", lang)
    if not parent_prefix(place):
        return named
    field = folding.field_label(counted, place, lang)
    return say("quality.level_of", lang, level=in_sentence(named), field=field)


def _lines(view: View) -> list[_Line]:
    lines = []
    for shown in VIEWS:
        errors = {
            grain: error
            for grain in GRAINS
            if (error := view.release.expected_error(shown.fact, shown.id, grain)) is not None
        }
        if errors:
            lines.append(_Line(shown, view_in_words(shown, view.filters.lang), errors))
    return lines


def _sorted(lines: list[_Line], order: str, lang: str) -> list[_Line]:
    """By name, or the largest error of a grain first; what has none comes last."""
    by_name = sorted(lines, key=lambda line: (fact(line.shown.fact).label_in(lang), line.label))
    if order == "view":
        return by_name
    return sorted(by_name, key=lambda line: -line.errors.get(order, -1))


def _row(line: _Line, lang: str) -> tuple[Cell, ...]:
    errors = (line.errors.get(grain) for grain in GRAINS)
    return (fact(line.shown.fact).label_in(lang), line.label, *errors)


def _finding(lines: list[_Line], lang: str) -> str:
    """How many views are right to within the base on average, and which is furthest off."""
    grain = "year" if any("year" in line.errors for line in lines) else "all"
    stated = [line for line in lines if grain in line.errors] or lines
    worst = max(stated, key=lambda line: max(line.errors.get(grain, 0), 0))
    return say(
        "quality.accuracy.title",
        lang,
        error=numbers.error(worst.errors.get(grain, max(worst.errors.values())), lang),
        unit=fact(worst.shown.fact).unit_in(lang),
        view=in_sentence(worst.label),
        fact=in_sentence(fact(worst.shown.fact).label_in(lang)),
        grain=say(f"shared.note.grain_{grain}", lang),
    )


def _folded_row(view: View, entry: Folded) -> tuple[Cell, ...]:
    release, lang = view.release, view.filters.lang
    label = folding.code_label
    return (
        entry.fact.label_in(lang),
        folding.field_label(entry.fact, entry.dimension, lang),
        entry.code,
        label(release, entry.fact, entry.dimension, entry.code, lang),
        label(release, entry.fact, entry.dimension, entry.shown_as, lang),
        dates.month(entry.start, lang),
        dates.month(entry.end, lang) if entry.end else say("quality.folded.still", lang),
    )


def _around(view: View, exhibit_id: str) -> making.Frame:
    lang = view.filters.lang
    return making.Frame(
        say(f"{exhibit_id}.subtitle", lang),
        say(f"{exhibit_id}.unit", lang),
        (say(f"{exhibit_id}.note", lang),),
        making.source(view.release, lang),
        making.stamp(view.release, view.filters),
    )


def _nothing(view: View, name: str) -> Offer:
    """Why a list is empty: nothing is protected, or this edition states nothing."""
    protected = view.release.base("people") > 1
    why = "nothing" if protected else "unprotected"
    return Offer(say(f"quality.{name}.{why}", view.filters.lang))
