"""What changed: the strongest changes over places, corridors, classes and promises.

Id: overview.changes. The figure is drawn as HTML: each of ``items`` has group, code, label,
sentence (with the label in it), direction (``up`` or ``down``), now, before, doubts (id and text),
sure (said where there is no doubt), filter (the one that looks into its code, or "") and panel (id
of the exhibit to look at where no filter does, or ""); ``left_out`` counts what only the table has.
How strong a change is and what speaks against it is decided in ``analysis.changes``; nothing is
listed that protection could make.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard import queries
from dashboard.analysis.changes import Change, Counted, strongest
from dashboard.exhibits.counts import coverage
from dashboard.exhibits.counts.area_counts import count_areas, map_level
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.parts import display_rule, folds, lateness
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import Frame, frame, made
from dashboard.exhibits.parts.offers import offered, query_of, too_small
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.facts import INCIDENTS, PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, say

#: Changes that are drawn; the table has all that are larger than protection can make.
TOP = 5
#: Values that say that nothing is known.
_UNNAMED = (None, "", "unknown")
#: Codes that gather what has no code, so that their change says nothing; among classes it does.
_NO_NAME = ("other", "none")
#: Months of a period that is offered instead of one that cannot be compared.
_LENGTHS = (12, 6, 3, 1)


@dataclass(frozen=True)
class _Grouping:
    """Values that are looked through: what is counted, by which column, and where it leads.

    Attributes:
        id: Its name in the figure and the catalogue.
        fact: What is counted.
        column: Column of the fact; '' for the areas of a map, whose level the filters decide.
        filter: Filter that looks into one value, or ''.
        panel: Exhibit that shows all values, where no filter leads to one.
    """

    id: str
    fact: Fact
    column: str
    filter: str = ""
    panel: str = ""


_GROUPINGS = {
    grouping.id: grouping
    for grouping in (
        _Grouping("area", INCIDENTS, "", filter="area"),
        _Grouping("corridor", INCIDENTS, "corridor", filter="corridor"),
        _Grouping("class", INCIDENTS, "class_group", filter="class"),
        _Grouping("promise", PEOPLE, "promise", panel="sheet.promises"),
    )
}
ALL = tuple(_GROUPINGS)


@dataclass(frozen=True)
class Changes:
    """What was looked through and what it gave.

    Attributes:
        before: The period that was compared with.
        ranked: All changes beyond protection error, the strongest first.
        looked: How many values were looked through.
        drawn: The cuts that were, for the display rule.
        refused: Those that are too small to be compared, with their groupings.
        partners: Sign of the change in the number of reporting partners.
    """

    before: Span
    ranked: tuple[Change, ...]
    looked: int
    drawn: tuple[Drawn, ...]
    refused: Mapping[str, Drawn]
    partners: int


@exhibit("overview.changes", facts=("incidents", "people"))
def changes(question: Question) -> Exhibit:
    """The five strongest changes, each with what speaks against it."""
    before = question.compared_span
    if before is None:
        around = frame(question, INCIDENTS, PEOPLE)
        return offered("overview.changes", around, _uncompared(question))
    compared = look_through(question, before)
    around = _frame(question, compared)
    if not compared.ranked:
        return offered("overview.changes", around, _nothing(question, compared))
    shown = _shown(compared.ranked)
    items = [_item(question, change) for change in shown]
    return made(
        "overview.changes",
        around,
        title=_title(question, shown),
        figure={"form": "changes", "items": items, "left_out": len(compared.ranked) - len(items)},
        table=_table(question, compared),
        description=" ".join(_described(question, item) for item in items),
    )


def look_through(question: Question, before: Span, groups: Sequence[str] = ALL) -> Changes:
    """Compare every value of some groupings with an earlier period.

    A cut that is too small to be drawn is not looked through, nor one by what the reader has
    chosen: there the change of the whole is all there is.
    """
    counted: list[Counted] = []
    drawn: list[Drawn] = []
    refused: dict[str, Drawn] = {}
    for grouping in (_GROUPINGS[name] for name in groups):
        if grouping.filter in ("corridor", "class") and question.filters.codes_of(grouping.filter):
            continue
        values, seen = _counted(question, grouping, before)
        if seen.may_be_drawn and seen.total:
            drawn.append(seen)
            counted.extend(values)
        else:
            refused[grouping.id] = seen
    partners = coverage.moved(question.release, question.period, before)
    late = lateness.waits(question.release, question.period, before)
    strong = strongest(counted, partners=partners, late=late)
    looked = sum(1 for entry in counted if entry.now or entry.before)
    return Changes(before, strong, looked, tuple(drawn), refused, partners)


def leader(question: Question, before: Span, direction: int) -> Change | None:
    """The place, corridor or class whose incidents moved most in a direction, beyond doubt.

    None leads that another of its grouping moved further than, be that one open to doubt or not.
    """
    strong = look_through(question, before, ("area", "corridor", "class")).ranked
    moved = [change for change in strong if change.counted.difference * direction > 0]
    furthest: dict[str, int] = {}
    for change in moved:
        group, size = change.counted.group, abs(change.counted.difference)
        furthest[group] = max(size, furthest.get(group, 0))
    return next(
        (
            change
            for change in moved
            if not change.doubts
            and abs(change.counted.difference) == furthest[change.counted.group]
        ),
        None,
    )


def label(question: Question, group: str, code: str) -> str:
    """Name of a value of a grouping."""
    lang = question.lang
    if group == "area":
        return question.place_name(code)
    grouping = _GROUPINGS[group]
    listed = grouping.fact[grouping.column].codes
    return question.release.label(listed.id if listed else "", code, lang)


def _counted(question: Question, grouping: _Grouping, before: Span) -> tuple[list[Counted], Drawn]:
    """Values of a grouping in both periods, and the smaller of the two cuts."""
    release, fact = question.release, grouping.fact
    if grouping.id == "area":
        level = map_level(release, question.filters, "auto")
        areas = [count_areas(question, fact, level, span) for span in (question.period, before)]
        sizes = [count.sizes for count in areas]
        seen = min((count.drawn for count in areas), key=lambda entry: entry.total)
    else:
        column, both = grouping.column, (question.period, before)
        sizes = [
            {
                code: size
                for code, size in queries.counts(release, fact, question.filters, span, (column,))
                if code not in _UNNAMED
            }
            for span in both
        ]
        seen = display_rule.drawn(
            question, fact, (column,), min(sum(each.values()) for each in sizes)
        )
    folded = _folded(question, grouping, before)
    named = [
        code
        for code in dict.fromkeys((*sizes[0], *sizes[1]))
        if code not in folded and (grouping.id == "class" or code not in _NO_NAME)
    ]
    now, then = sizes
    return [
        Counted(grouping.id, code, now.get(code, 0), then.get(code, 0), seen.base, seen.error)
        for code in named
    ], seen


def _folded(question: Question, grouping: _Grouping, before: Span) -> set[str]:
    """Values that stand under another one in either period: their change is one of folding."""
    if grouping.id == "area":
        spans = question.period, before
        return set(folds.unsteady_places(question.release, grouping.fact, *spans))
    return {
        name
        for entry in folds.folded_spans(question.release)
        if (entry.fact.id, entry.dimension) == (grouping.fact.id, grouping.column)
        and any(entry.in_span(span) for span in (question.period, before))
        for name in (entry.code, entry.shown_as)
    }


def _frame(question: Question, compared: Changes) -> Frame:
    lang = question.lang
    notes = [say("overview.changes.note", lang, n=compared.looked)]
    if compared.refused:
        kinds = [say(f"overview.changes.kind_{name}", lang) for name in compared.refused]
        notes.append(say("overview.changes.refused", lang, kinds=", ".join(kinds)))
    if compared.partners:
        moved = "more" if compared.partners > 0 else "fewer"
        notes.append(say(f"overview.changes.partners_{moved}", lang))
    notes.extend(lateness.notes(question.release, question.period, lang))
    what = say("overview.changes.what", lang, before=dates.period(compared.before, lang))
    return frame(question, INCIDENTS, PEOPLE, drawn=compared.drawn, what=what, notes=notes)


def _item(question: Question, change: Change) -> dict[str, Any]:
    lang, counted = question.lang, change.counted
    grouping = _GROUPINGS[counted.group]
    return {
        "group": counted.group,
        "code": counted.code,
        "label": label(question, counted.group, counted.code),
        "sentence": begin(say(f"overview.changes.{_key(change)}", lang, **_said(question, change))),
        "direction": "up" if counted.difference > 0 else "down",
        "now": counted.now,
        "before": counted.before,
        "doubts": [
            {"id": doubt, "text": say(f"overview.changes.doubt_{doubt}", lang)}
            for doubt in change.doubts
        ],
        "sure": "" if change.doubts else say("overview.changes.sure", lang),
        "filter": grouping.filter,
        "panel": grouping.panel,
    }


def _key(change: Change) -> str:
    """Key of the phrase of a change: its grouping and direction."""
    return f"{change.counted.group}_{'rose' if change.counted.difference > 0 else 'fell'}"


def _said(question: Question, change: Change) -> dict[str, str]:
    lang, counted = question.lang, change.counted
    return {
        "label": label(question, counted.group, counted.code),
        "now": numbers.about(counted.now, counted.base, lang),
        "before": numbers.about(counted.before, counted.base, lang),
    }


def _described(question: Question, item: Mapping[str, Any]) -> str:
    lang = question.lang
    doubts = "; ".join(entry["text"] for entry in item["doubts"]) or item["sure"]
    return say("overview.changes.described", lang, sentence=item["sentence"], doubts=doubts)


def _shown(ranked: Sequence[Change]) -> tuple[Change, ...]:
    """The strongest changes; the last gives way to the first beyond doubt where they have none."""
    top = tuple(ranked[:TOP])
    clear = next((change for change in ranked if not change.doubts), None)
    return top if clear is None or clear in top else (*top[:-1], clear)


def _title(question: Question, shown: Sequence[Change]) -> str:
    """The strongest change that nothing speaks against, or that there is none."""
    lang = question.lang
    clear = next((change for change in shown if not change.doubts), None)
    if clear is None:
        return say("overview.changes.doubtful", lang, n=len(shown))
    return begin(say(f"overview.changes.title_{_key(clear)}", lang, **_said(question, clear)))


def _table(question: Question, compared: Changes) -> Table:
    names = ("kind", "code", "label", "unit", "now", "before", "change", "doubts")
    return Table(
        tuple(
            Column(
                name,
                question.say(f"overview.changes.column_{name}"),
                number=name in ("now", "before", "change"),
                period=str(compared.before) if name == "before" else "",
            )
            for name in names
        ),
        tuple(_row(question, change) for change in compared.ranked),
    )


def _row(question: Question, change: Change) -> tuple[Cell, ...]:
    lang, counted = question.lang, change.counted
    doubts = [say(f"overview.changes.doubt_{doubt}", lang) for doubt in change.doubts]
    return (
        say(f"overview.changes.one_{counted.group}", lang),
        counted.code,
        label(question, counted.group, counted.code),
        _GROUPINGS[counted.group].fact.unit_in(lang),
        counted.now,
        counted.before,
        counted.difference,
        "; ".join(doubts) or say("overview.changes.sure", lang),
    )


def _uncompared(question: Question) -> Offer:
    """Why nothing is compared, and the nearest view in which something is."""
    lang, known = question.lang, question.release.span
    if question.filters.compare == "none":
        query = query_of(question, replace(question.filters, compare="previous"))
        action = say("overview.changes.compare_action", lang)
        return Offer(say("overview.changes.compare_none", lang), action, query)
    asked = question.compared_period
    reason = say(
        "overview.changes.no_data", lang, period=dates.period(asked or question.period, lang)
    )
    spans = (Span.last(months, until=known.end) for months in _LENGTHS)
    shorter = next((span for span in spans if span.previous().within(known)), None)
    if shorter is None or shorter == question.period:
        return Offer(reason)
    action = say("shared.offer.small_action_period", lang, period=dates.period(shorter, lang))
    query = query_of(question, replace(question.filters, period=shorter, compare="previous"))
    return Offer(reason, action, query)


def _nothing(question: Question, compared: Changes) -> Offer:
    """That nothing changed by more than protection can make, or that too little is left."""
    lang = question.lang
    if not compared.drawn and compared.refused:
        largest = max(compared.refused.values(), key=lambda entry: entry.total)
        small = too_small(question, largest)
        if small:
            return small
    protected = is_protected(question.base(INCIDENTS))
    kind = "nothing" if protected else "nothing_unprotected"
    period = dates.period(compared.before, lang)
    reason = say(f"overview.changes.{kind}", lang, period=period, n=compared.looked)
    if question.filters.compare == "last-year" or not question.period.last_year().within(
        question.release.span
    ):
        return Offer(reason)
    query = query_of(question, replace(question.filters, compare="last-year"))
    return Offer(reason, say("overview.changes.last_year_action", lang), query)
