"""What changed: the strongest changes over places, corridors, classes, services and more.

Id: overview.changes. The figure is drawn as HTML: each of ``items`` has group, code, label,
sentence (with the label in it), direction (``up`` or ``down``), now, before, doubts (id and text),
sure (said where there is no doubt), filter (the one that looks into its code, or ""), panel (id of
the exhibit to look at where no filter does, or "") and page (where that stands); ``left_out``
counts what only the table has. Where nothing is listed, ``said`` says what would have been;
``action`` and ``query`` lead on, to the same season a year earlier where that is not compared with.
How strong a change is and what speaks against it is decided in ``analysis.changes``; nothing is
listed that protection could make. Areas are looked through at each level, and what happened is told
once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard import queries
from dashboard.analysis.changes import Change, Counted, strongest
from dashboard.exhibits.counts import coverage
from dashboard.exhibits.counts.area_counts import (
    area_step,
    column_of_level,
    count_areas,
    level_ladder,
)
from dashboard.exhibits.counts.corridor_counts import COUNTING, counting_in
from dashboard.exhibits.counts.home import way_up
from dashboard.exhibits.counts.new_values import News, news_of
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.parts import display_rule, lateness
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import Frame, frame, made
from dashboard.exhibits.parts.noticed import would_show
from dashboard.exhibits.parts.offers import leading, query_of
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model.counted_by import By
from dashboard.model.facts import INCIDENTS, PEOPLE, REQUESTS, Fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, say

#: Changes that are drawn; the table has all that are larger than protection can make.
TOP = 5
#: Values that say that nothing is known.
_UNNAMED = (None, "", "unknown")
#: Codes of what has no name, whose change says little; "other" of classes is one of them.
_NO_NAME = ("other", "none")
#: Months of a period that is offered instead of one that cannot be compared.
_LENGTHS = (12, 6, 3, 1)


@dataclass(frozen=True)
class Grouping:
    """Values that are looked through: what is counted, by which column, and where it leads.

    Attributes:
        id: Its name in the figure and the catalogue.
        facts: What is counted: the first that all filters apply to.
        column: Column of the fact; '' for the areas of a map, whose level the filters decide.
        filter: Filter that looks into one value, or ''.
        panel: Exhibit that shows all values, where no filter leads to one.
        page: Path of its page, where that is not the overview.
    """

    id: str
    facts: tuple[Fact, ...]
    column: str
    filter: str = ""
    panel: str = ""
    page: str = ""


#: Groupings by id.
GROUPINGS = {
    grouping.id: grouping
    for grouping in (
        Grouping("area", (INCIDENTS, PEOPLE), "", filter="area"),
        Grouping("corridor", COUNTING, "corridor", filter="corridor"),
        Grouping("class", (INCIDENTS, PEOPLE), "class_group", filter="class"),
        Grouping("mode", (INCIDENTS, PEOPLE), "mode", filter="mode"),
        Grouping("exploitation", (PEOPLE,), "exploitation", panel="overview.exploitation"),
        Grouping("promise", (PEOPLE,), "promise", panel="sheet.promises"),
        Grouping("service", (REQUESTS,), "service", panel="referrals.matrix", page="/referrals"),
    )
}
ALL = tuple(GROUPINGS)
#: Those that a headline may name what led of: corridors are counted by journeys, not by incidents.
_LEADING = ("area", "class")


@dataclass(frozen=True)
class Changes:
    """What was looked through and what it gave.

    Attributes:
        before: The period that was compared with.
        ranked: All changes beyond protection error, the strongest first, each told once.
        counted: All values that were looked through.
        facts: What was counted, by grouping.
        drawn: The cuts that were, for the display rule.
        news: What is new or back, by grouping and code.
        partners: Sign of the change in the number of reporting partners.
    """

    before: Span
    ranked: tuple[Change, ...]
    counted: tuple[Counted, ...]
    facts: Mapping[str, Fact]
    drawn: tuple[Drawn, ...]
    news: Mapping[tuple[str, str], News]
    partners: int


@exhibit("overview.changes", facts=("incidents", "people", "journeys", "requests"))
def changes(question: Question) -> Exhibit:
    """The five strongest changes, each with what speaks against it."""
    before = question.compared_span
    if before is None:
        lead = leading(question, INCIDENTS, PEOPLE) or PEOPLE
        return _empty(question, frame(question, lead), _uncompared(question), None)
    compared = look_through(question, before)
    around = _frame(question, compared)
    if not compared.ranked:
        return _empty(question, around, _nothing(question, compared), compared)
    shown = _shown(compared.ranked)
    season = _same_season(question)
    items = [_item(question, compared, change) for change in shown]
    return made(
        "overview.changes",
        around,
        title=_title(question, compared, shown),
        figure={
            "form": "changes",
            "items": items,
            "left_out": len(compared.ranked) - len(items),
            "said": "",
            "action": season.action,
            "query": season.query,
        },
        table=_table(question, compared),
        description=" ".join(_described(question, item) for item in items),
    )


def _empty(question: Question, around: Frame, offer: Offer, compared: Changes | None) -> Exhibit:
    """The list with nothing in it: why, what would have shown, and what can be compared instead."""
    noticed = _noticed(question, compared) if compared else ""
    return made(
        "overview.changes",
        around,
        title=offer.reason,
        figure={
            "form": "changes",
            "items": [],
            "left_out": 0,
            "said": noticed,
            "action": offer.action,
            "query": offer.query,
        },
        table=_table(question, compared),
        description=f"{offer.reason} {noticed}".strip(),
    )


def _noticed(question: Question, compared: Changes) -> str:
    """What would have shown of a value of middle size among those looked through."""
    held = sorted((c for c in compared.counted if c.before), key=lambda counted: counted.before)
    if not held:
        return ""
    middle = held[len(held) // 2]
    text = would_show(middle.before, middle.error, question.lang)
    number = numbers.about(middle.before, middle.base, question.lang)
    unit = compared.facts[middle.group].unit_in(question.lang)
    return question.say("overview.changes.noticed", number=number, unit=unit, text=text)


def look_through(question: Question, before: Span, groups: Sequence[str] = ALL) -> Changes:
    """Compare every value of some groupings with an earlier period.

    None is looked through by what the reader has chosen: there the change of the whole is all
    there is. Nor is one that is not kept by it.
    """
    counted: list[Counted] = []
    drawn: list[Drawn] = []
    facts: dict[str, Fact] = {}
    news: dict[tuple[str, str], News] = {}
    for grouping in (GROUPINGS[name] for name in groups):
        fact = leading(question, *_facts_of(question, grouping, before))
        chosen = grouping.filter != "area" and grouping.filter in question.filters.active
        if fact is None or chosen:
            continue
        facts[grouping.id] = fact
        for looked in _looked_at(question, grouping, fact, before):
            drawn.append(looked.drawn)
            counted.extend(_counted(question, grouping, looked))
            news |= {(grouping.id, code): said for code, said in _news(question, looked).items()}
    partners = coverage.moved(question.release, question.period, before)
    late = lateness.waits(question.release, question.period, before)
    strong = _told_once(question.release, strongest(counted, partners=partners, late=late))
    return Changes(before, strong, tuple(counted), facts, tuple(drawn), news, partners)


def _facts_of(question: Question, grouping: Grouping, before: Span) -> tuple[Fact, ...]:
    """What a grouping may count: journeys only where both periods are whole quarters."""
    if grouping.id != "corridor":
        return grouping.facts
    return counting_in(question.period, before)


def leader(question: Question, before: Span, direction: int) -> Change | None:
    """The place or class whose incidents moved most in a direction, beyond doubt.

    None leads that another of its grouping moved further than, be that one open to doubt or not.
    """
    # All groupings are looked through, so that chance is allowed for as in the list of changes.
    moved = [
        change
        for change in look_through(question, before).ranked
        if change.counted.group in _LEADING and change.counted.difference * direction > 0
    ]
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
    if group == "area":
        return question.place_name(code)
    grouping = GROUPINGS[group]
    listed = grouping.facts[0][grouping.column].codes
    return question.release.label(listed.id, code, question.lang) if listed else code


@dataclass(frozen=True)
class _Looked:
    """The values of a grouping in both periods; areas are those of one level.

    Attributes:
        by: What they are counted by.
        filters: What their numbers obey.
        sizes: The number of each in the period and in the one before.
        drawn: The later ones as a cut.
    """

    by: By
    filters: Filters
    sizes: Mapping[str, tuple[int, int]]
    drawn: Drawn


def _looked_at(
    question: Question, grouping: Grouping, fact: Fact, before: Span
) -> Iterator[_Looked]:
    """What is looked through of a grouping: of areas each level from that of the map upwards."""
    if grouping.id == "area":
        yield from _areas(question, fact, before)
        return
    column = grouping.column
    now, then = (
        {
            code: size
            for code, size in queries.counts(
                question.release, fact, question.filters, span, (column,)
            )
            if code not in _UNNAMED and (grouping.id == "class" or code not in _NO_NAME)
        }
        for span in (question.period, before)
    )
    sizes = {code: (now.get(code, 0), then.get(code, 0)) for code in dict.fromkeys((*now, *then))}
    drawn = display_rule.drawn(question, fact, (column,), tuple(now.values()))
    yield _Looked(column, question.filters, sizes, drawn)


def _areas(question: Question, fact: Fact, before: Span) -> Iterator[_Looked]:
    finest = area_step(question, fact).counted
    levels = [rung.id for rung in level_ladder(question).rungs]
    for level in levels[levels.index(finest.level) :]:
        count = finest if level == finest.level else count_areas(question, fact, level)
        then = count_areas(question, fact, level, before).sizes
        sizes = {code: (size, then[code]) for code, size in count.sizes.items()}
        filters = queries.shown_roles(question.filters)
        yield _Looked(column_of_level(level), filters, sizes, count.drawn)


def _counted(question: Question, grouping: Grouping, looked: _Looked) -> Iterator[Counted]:
    drawn = looked.drawn
    together = _together(question.release, drawn.fact, looked.by)
    for code, (now, then) in looked.sizes.items():
        own = together.get(code, together[None])
        yield Counted(grouping.id, code, now, then, drawn.base, drawn.error, own)


def _news(question: Question, looked: _Looked) -> Mapping[str, News]:
    return news_of(
        question.release,
        looked.drawn.fact,
        looked.filters,
        looked.by,
        question.period,
        looked.sizes,
        looked.drawn.error,
    )


def _told_once(release: Release, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Changes of which none tells of an area what another tells of one inside or around it.

    Areas inside are told where they hold half of what changed around them, else what is around.
    """
    told = [change for change in changes if change.counted.group == "area"]
    told.sort(key=lambda change: -len(way_up(release, change.counted.code)))
    for change in tuple(told):
        own = change.counted
        inside = [
            other
            for other in told
            if other is not change
            and own.code in way_up(release, other.counted.code)
            and _sign(other) == _sign(change)
        ]
        if 2 * abs(sum(other.counted.difference for other in inside)) >= abs(own.difference):
            told.remove(change)
        else:
            told = [other for other in told if other not in inside]
    return tuple(change for change in changes if change.counted.group != "area" or change in told)


def _together(release: Release, fact: Fact, column: By) -> Mapping[str | None, float]:
    """How many events of a fact come with one incident, whose transport and promise they share.

    Told for each code of a column that incidents have too: boats hold more people than cars do. For
    any other code it is that of all events, which stands under None.
    """
    everything = (Filters(), release.span)
    incidents = queries.total(release, INCIDENTS, *everything)
    usual = queries.total(release, fact, *everything) / incidents if incidents else 1.0
    known: dict[str | None, float] = {None: max(1.0, usual)}
    if isinstance(column, str) and column in INCIDENTS:
        events, of_incidents = (
            dict(queries.counts(release, each, *everything, (column,)))
            for each in (fact, INCIDENTS)
        )
        known |= {
            code: max(known[None], size / of_incidents[code])
            for code, size in events.items()
            if of_incidents.get(code)
        }
    return known


def _frame(question: Question, compared: Changes) -> Frame:
    lang = question.lang
    notes = [say("overview.changes.note", lang, n=_looked(compared))]
    if compared.partners:
        moved = "more" if compared.partners > 0 else "fewer"
        notes.append(say(f"overview.changes.partners_{moved}", lang))
    notes.extend(lateness.notes(question.release, question.period, lang))
    what = say("overview.changes.what", lang, before=dates.period(compared.before, lang))
    facts = dict.fromkeys((INCIDENTS, PEOPLE, *compared.facts.values()))
    kept = [fact for fact in facts if fact in compared.facts.values()] or [PEOPLE]
    return frame(question, *kept, drawn=compared.drawn, what=what, notes=notes)


def _looked(compared: Changes) -> int:
    """How many values held anything in either period."""
    return sum(1 for entry in compared.counted if entry.now or entry.before)


def _item(question: Question, compared: Changes, change: Change) -> dict[str, Any]:
    lang, counted = question.lang, change.counted
    grouping = GROUPINGS[counted.group]
    return {
        "group": counted.group,
        "code": counted.code,
        "label": label(question, counted.group, counted.code),
        "sentence": begin(
            say(
                f"overview.changes.{_key(compared, change)}",
                lang,
                **_said(question, compared, change),
            )
        ),
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
        "page": grouping.page,
    }


def _key(compared: Changes, change: Change) -> str:
    """Key of the phrase of a change: that something is new or back, or its direction."""
    counted = change.counted
    if counted.difference < 0:
        return "fell"
    return compared.news.get((counted.group, counted.code), "rose")


def _said(question: Question, compared: Changes, change: Change) -> dict[str, str]:
    lang, counted = question.lang, change.counted
    name = label(question, counted.group, counted.code)
    return {
        "what": say(f"overview.changes.named_{counted.group}", lang, label=name),
        "unit": compared.facts[counted.group].unit_in(lang),
        "now": numbers.about(counted.now, counted.base, lang),
        "before": numbers.about(counted.before, counted.base, lang),
    }


def _described(question: Question, item: Mapping[str, Any]) -> str:
    lang = question.lang
    doubts = "; ".join(entry["text"] for entry in item["doubts"]) or item["sure"]
    return say("overview.changes.described", lang, sentence=item["sentence"], doubts=doubts)


def _shown(ranked: Sequence[Change]) -> tuple[Change, ...]:
    """The strongest changes; the last gives way to the first beyond doubt where they have none.

    A transport that moved the way that a corridor did says the same once more.
    """
    ways = {_sign(change) for change in ranked if change.counted.group == "corridor"}
    own = [c for c in ranked if c.counted.group != "mode" or _sign(c) not in ways]
    top = tuple(own[:TOP])
    clear = next((change for change in own if not change.doubts), None)
    return top if clear is None or clear in top else (*top[:-1], clear)


def _sign(change: Change) -> bool:
    """Whether it rose."""
    return change.counted.difference > 0


def _title(question: Question, compared: Changes, shown: Sequence[Change]) -> str:
    """The strongest change that nothing speaks against, or that there is none."""
    lang = question.lang
    clear = next((change for change in shown if not change.doubts), None)
    if clear is None:
        return say("overview.changes.doubtful", lang, n=len(shown))
    said = _said(question, compared, clear)
    return begin(say(f"overview.changes.title_{_key(compared, clear)}", lang, **said))


def _table(question: Question, compared: Changes | None) -> Table:
    names = ("kind", "code", "label", "unit", "now", "before", "change", "doubts")
    return Table(
        tuple(
            Column(
                name,
                question.say(f"overview.changes.column_{name}"),
                number=name in ("now", "before", "change"),
                period=str(compared.before) if compared and name == "before" else "",
            )
            for name in names
        ),
        tuple(_row(question, compared, change) for change in compared.ranked) if compared else (),
    )


def _row(question: Question, compared: Changes, change: Change) -> tuple[Cell, ...]:
    lang, counted = question.lang, change.counted
    doubts = [say(f"overview.changes.doubt_{doubt}", lang) for doubt in change.doubts]
    return (
        say(f"overview.changes.one_{counted.group}", lang),
        counted.code,
        label(question, counted.group, counted.code),
        compared.facts[counted.group].unit_in(lang),
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
    """That nothing changed by more than protection can make."""
    lang = question.lang
    period = dates.period(compared.before, lang)
    reason = say("overview.changes.nothing", lang, period=period, n=_looked(compared))
    return _same_season(question, reason)


def _same_season(question: Question, reason: str = "") -> Offer:
    """The way to the same months a year earlier, where those are others and have data."""
    earlier = question.period.last_year()
    if earlier == question.compared_span or not earlier.within(question.release.span):
        return Offer(reason)
    query = query_of(question, replace(question.filters, compare="last-year"))
    return Offer(reason, question.say("overview.changes.last_year_action"), query)
