"""One corridor opened: its stops in order, who travels, by which transport, and how it ended.

Id: routes.corridor. It is about the corridor that a reader chose, the largest of several, and the
largest of all without a choice. The figure is HTML: ``name`` and ``code``, ``said`` (why it is this
one, or ''), ``ways`` to others (code, label, is_now), ``strip`` as ``stops`` has it, ``strip_said``
where there is none, and ``groups`` as ``parts.groups`` has them. The list stands in ``corridors``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.corridor_counts import COUNTING, CorridorCount, corridor_count
from dashboard.exhibits.counts.leg_counts import STOPS
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts import groups
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.groups import Group, Rows
from dashboard.exhibits.parts.offers import leading, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.exhibits.routes import stops
from dashboard.exhibits.routes.corridors import count_note
from dashboard.exhibits.sheet.age_sex import AGES
from dashboard.model.codes.code_list import UNKNOWN
from dashboard.model.counted_by import By, Gathered, column_of
from dashboard.model.facts import INCIDENTS, JOURNEYS, LEGS, PEOPLE, Fact
from dashboard.words import filters as filter_words

_ID = "routes.corridor"
#: Corridors that a card leads to without a choice.
_LEADING = 3
#: Both sexes together, as ages are told here.
_BOTH_SEXES = Gathered("sex", {}, rest="all", missing="all")


def _with_unknown(name: str, column: str, page: str = "", filters: tuple[str, ...] = ()) -> Group:
    """A column whose unknown is a part of its own, as what was not recorded is."""
    by = (Gathered(column, {}, missing=dimensions.UNKNOWN),)
    return Group(name, by, page, filters, groups.code_label(column, ()))


def _ages(by: By) -> Group:
    """People by age; only single bands can be chosen."""
    filters = ("age",) if isinstance(by, str) else ()
    return Group("ages", (by, _BOTH_SEXES), "/", filters, groups.code_label("age_band"))


#: Groups with what they count, in order; of the same id the first whose numbers tell something.
_GROUPS: tuple[tuple[Group, Fact], ...] = (
    (Group("class", (splits.by_part(),), "/", ("class",), groups.part_label, whole=True), JOURNEYS),
    (Group("people", ("sex", "is_child"), "/", ("sex", "child"), groups.who_label), PEOPLE),
    *((_ages(rung.by[0]), PEOPLE) for rung in AGES.rungs if column_of(rung.by[0]) == "age_band"),
    (_with_unknown("group", "population_group", "/", ("group",)), PEOPLE),
    (_with_unknown("mode", "mode", "/routes", ("mode",)), JOURNEYS),
    (_with_unknown("ended", "completed"), LEGS),
    (_with_unknown("dead", "dead_or_missing_band"), INCIDENTS),
)


@exhibit(_ID, facts=("journeys", "people", "legs", "incidents"), options=(STOPS.option,))
def routes_corridor(question: Question) -> Exhibit:
    """A corridor's stops, people, transport and outcome; each number leads to what it counts."""
    everywhere = replace(question, filters=question.filters.with_codes("corridor", ()))
    fact = leading(question, *COUNTING, INCIDENTS) or PEOPLE
    count = corridor_count(everywhere, fact)
    if not queries.total(question.release, fact, question.filters, question.period):
        return offered(_ID, frame(question, fact), nothing(question, fact))
    code = _opened(question, count)
    codes = (code,) if code else ()
    asked = replace(question, filters=question.filters.with_codes("corridor", codes))
    inside = replace(asked, period=question.period.snapped(fact.grain))
    strip = stops.strip(inside) if fact is JOURNEYS else stops.Strip()
    shown = list(_groups(inside))
    around = frame(
        asked,
        fact,
        drawn=[*strip.drawn, *(entry.drawn for entry in shown)],
        what=question.say(f"routes.what_{fact.id}"),
        note=count_note(question, fact),
        notes=[*_missing(inside), *strip.notes],
        detail=strip.detail,
    )
    name = question.release.label("corridor", code or UNKNOWN.code, question.lang)
    total = queries.total(question.release, fact, asked.filters, question.period)
    more = {"people": question.say("routes.corridor.more")}
    return made(
        _ID,
        around,
        title=_title(question, fact, name, total, count.total),
        figure={
            "form": "corridor",
            "name": name,
            "code": code,
            "said": _said(question),
            "ways": _ways(question, count, code),
            "strip": strip.figure,
            "strip_said": "" if strip.figure else _no_strip(question),
            "groups": [groups.drawn_group(e, codes, more.get(e.group.id, "")) for e in shown],
        },
        table=groups.table(question, shown, first=strip.rows),
        description=" ".join([f"{name}.", *strip.described, *map(groups.described, shown)]),
    )


def _opened(question: Question, count: CorridorCount) -> str:
    """The corridor to open: the first chosen one of the list, else the first; '' for none."""
    known = [code for code in count.sizes if code != UNKNOWN.code]
    offered_ones = question.filters.codes_of("corridor") or known
    return next((code for code in count.sizes if code in offered_ones), "")


def _said(question: Question) -> str:
    """Why it is this corridor, where the reader did not name it alone."""
    chosen = len(question.filters.codes_of("corridor"))
    if chosen > 1:
        return question.say("routes.corridor.largest_of", n=chosen)
    return "" if chosen else question.say("routes.corridor.largest")


def _ways(question: Question, count: CorridorCount, code: str) -> list[dict[str, Any]]:
    """The chosen corridors, else the largest ones, each opened by itself."""
    chosen = question.filters.codes_of("corridor")
    offered_ones = chosen if len(chosen) > 1 else count.named[:_LEADING]
    return [
        {
            "code": each,
            "label": question.release.label("corridor", each, question.lang),
            "is_now": each == code and len(chosen) == 1,
        }
        for each in offered_ones
    ]


def _no_strip(question: Question) -> str:
    """Why there are no stops: journeys are not kept by a filter, or there are none."""
    names = unkept(question, JOURNEYS)
    if not names:
        return question.say("routes.corridor.no_journeys")
    filters = filter_words.names_in_words(names, question.lang)
    return question.say("routes.corridor.no_stops", filters=filters)


def _groups(inside: Question) -> Iterator[Rows]:
    """Each group that its fact can serve and that holds anything, as fine as tells something."""
    found: dict[str, Rows] = {}
    for group, own in _GROUPS:
        # Where journeys are not kept, classes are those of people.
        fact = own if group.id != "class" or not unkept(inside, own) else PEOPLE
        if unkept(inside, fact) or (group.id in found and found[group.id].drawn.holds):
            continue
        entry = groups.counted(inside, group, fact, inside.say(f"routes.corridor.{group.id}"))
        if entry.rows:
            found[group.id] = entry
    yield from found.values()


def _missing(inside: Question) -> list[str]:
    """What is not said of the corridor, since it is not kept by what the reader chose."""
    notes: list[str] = []
    for group, fact in _GROUPS:
        names = unkept(inside, fact)
        if names and group.id in ("mode", "ended", "dead"):
            title = inside.say(f"routes.corridor.{group.id}")
            filters = filter_words.names_in_words(names, inside.lang)
            notes.append(inside.say("routes.corridor.left_out", title=title, filters=filters))
    return notes


def _title(question: Question, fact: Fact, name: str, total: int, everywhere: int) -> str:
    counted = question.counted_of(total, everywhere, fact)
    return question.say("routes.corridor.title", name=name, counted=counted)
