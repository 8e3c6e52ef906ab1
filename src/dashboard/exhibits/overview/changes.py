"""What changed: what is off usual over places, corridors, classes, services and more.

Id: overview.changes. The figure is drawn as HTML, a dot plot a row: each of ``items`` has group,
code, label, sentence (with the label in it), direction (``up`` or ``down``), now, usual, noticed
(the number from which, or at which and under, a change would be called; None where none would),
now_text and usual_text ("" of what is nothing or under one), word (id, and text of its mark), under
(what is counted, the window and what tells of the same, or why nothing can be said), doubts (id and
text), sure (said where there is no doubt), filter (the one that looks into its code, or ""), panel
(id of the exhibit to look at where no filter does, or "") and page (where that stands);
``left_out`` counts what only the table has, ``compared`` says how much was looked through.
Where nothing is listed, ``said`` says what would
have been; ``action`` and ``query`` lead on. Words are those of the judge of change
(``counts.comparisons``); what it is not sure of is a watch list behind what it calls, then comes
what reports or partners leave unsaid. What happened is told once: of areas that hold each other,
and of rows that share most of their events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard import queries
from dashboard.analysis.judge import CALLED_BY_CHANCE, LEAST_HISTORY, Comparison
from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.counts.area_counts import (
    CAMPS,
    LEVELS,
    chosen_areas,
    column_of_level,
)
from dashboard.exhibits.counts.comparisons import (
    Comparisons,
    compare_areas,
    compare_codes,
    compare_total,
)
from dashboard.exhibits.counts.corridor_counts import COUNTING, count_in_window
from dashboard.exhibits.counts.home import are_nested, way_up
from dashboard.exhibits.exhibit import Cell, Column, EmptyState, Exhibit, Frame, Table
from dashboard.exhibits.parts import against_usual, breakdowns, lateness
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.empty_state import leading, nothing, query_of, uncompared
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import inapplicable
from dashboard.model.counted_by import By, column_of
from dashboard.model.facts import INCIDENTS, PEOPLE, REQUESTS, Fact
from dashboard.model.periods import Span
from dashboard.words import numbers
from dashboard.words.catalogue import begin

#: What is drawn; the table has all that is called or watched.
TOP = 5
#: Codes of what has no name, whose change says little; "other" of classes is one of them.
_NO_NAME = ("other", "none")
#: Months of a period that is offered instead of one before which too little lies.
_LENGTHS = (12, 6, 3, 1)
#: Months before a window by which what is fewer is told apart.
_BEFORE = 12
#: Share of the events of the smaller of two rows from which both tell of one thing.
_SHARED = 0.6


@dataclass(frozen=True)
class Grouping:
    """Values that are looked through: what is counted, by which column, and where it leads.

    Attributes:
        id: Its name in the figure and the catalogue.
        facts: What is counted: the first that all filters apply to.
        column: Column of the fact; '' for areas, which are looked through at each level.
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
        Grouping("promise", (PEOPLE,), "promise", panel="sheet.promises", page="/sheet"),
        Grouping("service", (REQUESTS,), "service", panel="referrals.matrix", page="/referrals"),
    )
}
#: Of rows that tell of the same events the group that comes first here is told.
_SAYS_MOST = tuple(GROUPINGS)
#: Those that a headline may name what led of: corridors are counted by people, not by incidents.
_LEADING = ("area", "class")


@dataclass(frozen=True)
class Moved:
    """A row that is off usual, or may be.

    Attributes:
        group: Its grouping.
        code: The value.
        by: What it is counted by.
        fact: What is counted.
        window: The months that are judged.
        comparison: What is said of it.
        others: Rows that tell of the same events.
    """

    group: str
    code: str
    by: By
    fact: Fact
    window: Span
    comparison: Comparison
    others: tuple[Moved, ...] = field(default=(), compare=False)

    @property
    def sign(self) -> int:
        """1 where it is more or may be, -1 where it is fewer."""
        return self.comparison.direction or (-1 if self.comparison.score < 0 else 1)

    @property
    def beyond(self) -> float:
        """How many more than usual; negative where fewer."""
        return self.comparison.expected - self.comparison.usual


@dataclass(frozen=True)
class Changes:
    """What was looked through and what it gave.

    Attributes:
        called: What is more, fewer or new, the clearest first, each told once.
        watched: What may be more, likewise.
        unsaid: What late reports or partners who stopped or began could explain, likewise.
        looked: How many values were looked through.
        by_chance: How many chance alone would have watched.
        levels: How many sets of values were judged, each together.
        facts: What was counted.
        is_early: Whether too little lies before the period to know of any value.
    """

    called: tuple[Moved, ...] = ()
    watched: tuple[Moved, ...] = ()
    unsaid: tuple[Moved, ...] = ()
    looked: int = 0
    by_chance: float = 0.0
    levels: int = 0
    facts: tuple[Fact, ...] = ()
    is_early: bool = False

    @property
    def all(self) -> tuple[Moved, ...]:
        """Everything, as the table has it."""
        return (*self.called, *self.watched, *self.unsaid)


@exhibit("overview.changes", facts=("incidents", "people", "journeys", "requests"))
def changes(question: Question) -> Exhibit:
    """The five clearest changes, then what may be one."""
    if not question.is_compared:
        lead = leading(question, INCIDENTS, PEOPLE) or PEOPLE
        return _empty(question, frame(question, lead), uncompared(question), Changes())
    found = look_through(question)
    # Of what may be off usual some is by chance, so it is drawn only where nothing is called.
    around, rows = _frame(question, found), (*(found.called or found.watched), *found.unsaid)
    if not rows:
        if not found.looked:
            return _empty(question, around, _unknown(question, found), found)
        reason = question.translate("overview.changes.nothing", n=found.looked)
        empty = replace(_same_season(question), reason=reason)
        return _empty(question, around, empty, found)
    items = [_item(question, moved) for moved in rows[:TOP]]
    return made(
        "overview.changes",
        around,
        title=_title(question, found),
        figure=_figure(
            _same_season(question),
            items=items,
            left_out=len(found.all) - len(items),
            compared=_compared(question, found),
        ),
        table=_table(question, found),
        description=" ".join(_described(question, item) for item in items),
    )


def _empty(question: Question, around: Frame, empty_state: EmptyState, found: Changes) -> Exhibit:
    """The list with nothing in it: why, what would have shown, and what can be looked at."""
    fact = leading(question, INCIDENTS, PEOPLE) or PEOPLE
    one = compare_total(question, fact) if found.looked else None
    noticed = noticed_of_all(question, fact, one) if one else ""
    return made(
        "overview.changes",
        around,
        title=empty_state.reason,
        figure=_figure(empty_state, said=noticed),
        table=_table(question, found),
        description=" ".join(filter(None, (f"{empty_state.reason.rstrip('.')}.", noticed))),
    )


def _figure(offer: EmptyState, **told: Any) -> dict[str, Any]:
    """The list with what it tells, and the link below it."""
    none = {"form": "changes", "items": [], "left_out": 0, "compared": "", "said": ""}
    return {**none, **told, "action": offer.action, "query": offer.query}


def noticed_of_all(question: Question, fact: Fact, one: Comparison) -> str:
    """What would have been noticed of all events of a fact together; '' where that is unknown."""
    text, unit = against_usual.noticed(question, one), fact.unit_in(question.lang)
    return text and question.translate("overview.changes.noticed", unit=unit, text=text)


def look_through(question: Question) -> Changes:
    """Every value of all groupings against what is usual.

    None is looked through by what the reader has chosen: there the change of the whole is all
    there is; of areas those inside. Nor is one that is not kept by it.
    """
    rows: list[Moved] = []
    facts: list[Fact] = []
    looked, by_chance, levels = 0, 0.0, 0
    for grouping in GROUPINGS.values():
        fact = leading(question, *grouping.facts)
        if fact is None or (grouping.id != "area" and grouping.filter in question.filters.active):
            continue
        facts.append(fact)
        for by, found in _compare_groups(question, grouping, fact):
            own = list(_rows(grouping, by, found))
            rows.extend(own)
            looked += sum(moved.comparison.why != "history" for moved in own)
            by_chance += found.watched_by_chance
            levels += 1
    called = _once(question, [moved for moved in rows if moved.comparison.direction])
    told = [entry for moved in called for entry in (moved, *moved.others)]
    open_ = [m for m in rows if m.comparison.watched and not _is_covered(question, m, told)]
    watched = _once(question, open_)
    late = [m for m in rows if m.comparison.word == "unsaid" and m.comparison.why != "history"]
    unsaid = _once(question, [m for m in late if not _is_covered(question, m, told)])
    return Changes(
        called, watched, unsaid, looked, by_chance, levels, tuple(facts),
        is_early=bool(rows) and not looked,
    )  # fmt: skip


def _compare_groups(
    question: Question, grouping: Grouping, fact: Fact
) -> Iterator[tuple[By, Comparisons]]:
    """What is looked through of a grouping: of areas each level."""
    if grouping.id != "area":
        if comparisons := compare_codes(question, fact, grouping.column):
            yield grouping.column, comparisons
        return
    release, chosen = question.release, set(chosen_areas(question.release, question.filters))
    if question.filters.codes_of("area") and not chosen:
        return  # what is abroad has no areas
    for level in (*LEVELS, *CAMPS):
        if comparisons := compare_areas(question, fact, level):
            inside = {
                code: one
                for code, one in comparisons.of.items()
                if not chosen or not chosen.isdisjoint(way_up(release, code)[1:])
            }
            yield column_of_level(level), replace(comparisons, of=inside)


def _rows(grouping: Grouping, by: By, comparisons: Comparisons) -> Iterator[Moved]:
    for code, one in comparisons.of.items():
        if grouping.id == "class" or code not in _NO_NAME:
            yield Moved(grouping.id, code, by, comparisons.fact, comparisons.window, one)


def leader(question: Question, direction: int) -> Moved | None:
    """The place or class that is off usual the same way as all incidents, the clearest one.

    It is None where that has no name, or that of an area which was chosen: it would say nothing.
    """
    around = {question.place_name(code) for code in question.filters.codes_of("area")}
    for moved in look_through(question).called:
        leading = next((each for each in (moved, *moved.others) if each.group in _LEADING), None)
        if leading and leading.comparison.direction == direction:
            says = (
                leading.code not in _NO_NAME
                and label(question, leading.group, leading.code) not in around
            )
            return leading if says else None
    return None


def label(question: Question, group: str, code: str) -> str:
    """Name of a value of a grouping."""
    if group == "area":
        return question.place_name(code)
    return dimensions.label(question, GROUPINGS[group].facts[0], GROUPINGS[group].column, code)


def _once(question: Question, rows: Sequence[Moved]) -> tuple[Moved, ...]:
    """Rows of which none tells what another tells, the clearest first; with those it covers."""
    told: list[Moved] = []
    ranked = sorted(_smallest(question, rows), key=lambda m: (-abs(m.comparison.score), m.code))
    for moved in ranked:
        same = next((n for n, other in enumerate(told) if _is_same(question, other, moved)), None)
        if same is None:
            told.append(moved)
            continue
        one, others = told[same], told[same].others
        if _SAYS_MOST.index(moved.group) < _SAYS_MOST.index(one.group):
            one, moved = moved, replace(one, others=())
        told[same] = replace(one, others=(*others, moved))
    return tuple(told)


def _is_covered(question: Question, watched: Moved, told: Sequence[Moved]) -> bool:
    """Whether what is called tells what a row of the watch list would."""
    release = question.release
    return any(
        _is_same(question, moved, watched)
        or (
            moved.group == watched.group == "area" and are_nested(release, moved.code, watched.code)
        )
        for moved in told
    )


def _smallest(question: Question, rows: Sequence[Moved]) -> list[Moved]:
    """Rows without areas around others: inside they hold half of what is off usual, or not.

    Areas inside are told where they hold half of that around them, else what is around.
    """
    release = question.release
    told = [moved for moved in rows if moved.group == "area"]
    told.sort(key=lambda moved: -len(way_up(release, moved.code)))
    for moved in tuple(told):
        inside = [
            other
            for other in told
            if other is not moved
            and moved.code in way_up(release, other.code)
            and other.sign == moved.sign
        ]
        if inside and 2 * abs(sum(other.beyond for other in inside)) >= abs(moved.beyond):
            told.remove(moved)
        else:
            told = [other for other in told if other not in inside]
    return [moved for moved in rows if moved.group != "area" or moved in told]


def _is_same(question: Question, one: Moved, other: Moved) -> bool:
    """Whether two rows that moved the same way share most of their events.

    Of what is fewer those count that the year before held.
    """
    if one.sign != other.sign or one.by == other.by:
        return False
    filters = queries.shown_roles(question.filters)
    window = min((one.window, other.window), key=lambda span: span.months)
    if one.sign < 0:
        window = Span.last(_BEFORE, until=window.start.plus(-1))
    facts = (
        fact
        for fact in dict.fromkeys((INCIDENTS, one.fact))
        if question.release.has(fact)
        and all(column_of(moved.by) in fact or moved.group == "area" for moved in (one, other))
        and not inapplicable(fact, filters)
    )
    fact = next(facts, None)
    if fact is None:
        return False
    rows = question.counts(fact, one.by, other.by, filters=filters, period=window)
    both = sum(size for a, b, size in rows if a == one.code and b == other.code)
    alone = [
        sum(size for *codes, size in rows if codes[at] == moved.code)
        for at, moved in enumerate((one, other))
    ]
    return both > 0 and both >= _SHARED * min(alone)


def number_of(question: Question, moved: Moved) -> tuple[Fact, int]:
    """What a row counts and how many; of a corridor as its list does, whatever was judged."""
    if moved.group != "corridor":
        return moved.fact, round(moved.comparison.now)
    count = count_in_window(question, moved.window)
    return count.fact, count.sizes.get(moved.code, 0)


def cut_of(question: Question, moved: Moved) -> Breakdown:
    """The number of a row in its window, as one of the cut that lists draw."""
    fact, now = number_of(question, moved)
    asked = replace(question, period=moved.window)
    filters = queries.shown_roles(question.filters) if moved.group == "area" else None
    return breakdowns.breakdown_of(asked, fact, (moved.by,), (now,), filters=filters)


def _frame(question: Question, found: Changes) -> Frame:
    notes = [question.translate("overview.changes.note", n=found.looked)] if found.looked else []
    if found.watched:
        notes.append(against_usual.by_chance(question, found.by_chance))
    notes.extend(lateness.notes(question))
    what = question.translate("overview.changes.what")
    kept = [
        fact for fact in dict.fromkeys((INCIDENTS, PEOPLE, *found.facts)) if fact in found.facts
    ]
    return frame(question, *(kept or [PEOPLE]), what=what, notes=notes)


def _item(question: Question, moved: Moved) -> dict[str, Any]:
    grouping, one = GROUPINGS[moved.group], moved.comparison
    doubts = _doubts(question, moved)
    fact, now = number_of(question, moved)
    word = "watched" if one.watched else one.word
    sentence = question.translate("overview.changes.sentence", **_sentence_values(question, moved))
    return {
        "group": moved.group,
        "code": moved.code,
        "label": label(question, moved.group, moved.code),
        "sentence": begin(" ".join(filter(None, (sentence, _same(question, moved))))),
        "direction": "down" if moved.sign < 0 else "up",
        "now": now,
        "usual": round(one.usual, 1),
        "noticed": one.noticed_to if moved.sign < 0 else one.noticed_from,
        "now_text": numbers.at_mark(now, question.base(fact), question.lang) if now else "",
        "usual_text": question.number(round(one.usual)) if round(one.usual) else "",
        "word": {"id": word, "text": question.translate(f"overview.changes.mark_{word}")},
        "under": _under(question, moved),
        "doubts": doubts,
        "sure": "" if doubts else question.translate("overview.changes.sure"),
        "filter": grouping.filter,
        "panel": grouping.panel,
        "page": grouping.page,
    }


def _under(question: Question, moved: Moved) -> str:
    """What is counted and when; then what tells of the same, or why nothing can be said."""
    what = question.translate(
        "overview.changes.under",
        unit=moved.fact.unit_in(question.lang),
        window=question.dated(moved.window),
    )
    is_unsaid = moved.comparison.word == "unsaid"
    more = against_usual.why(question, moved.comparison) if is_unsaid else _same(question, moved)
    if not more:
        return begin(what)
    return f"{begin(question.translate('shared.as_sentence', text=what))} {more}"


def _same(question: Question, moved: Moved) -> str:
    """Which rows tell of the same events, by name; '' for none."""
    names = ", ".join(
        dict.fromkeys(label(question, other.group, other.code) for other in moved.others)
    )
    return question.translate("overview.changes.same_events", names=names) if names else ""


def _compared(question: Question, found: Changes) -> str:
    """How much was looked through, and how much of what is listed is by chance alone at most."""
    text = question.translate("overview.changes.compared", n=found.looked)
    if not found.called:
        return f"{text} {against_usual.by_chance(question, found.by_chance)}"
    n = round(CALLED_BY_CHANCE * found.levels)
    key = "overview.changes.by_chance" if n else "judge.by_chance_none"
    return f"{text} {question.translate(key, n=n)}"


def _doubts(question: Question, moved: Moved) -> list[dict[str, str]]:
    if moved.comparison.direction:
        return []
    if moved.comparison.word == "unsaid":
        return [{"id": moved.comparison.why, "text": against_usual.why(question, moved.comparison)}]
    kind = "group" if moved.comparison.why == "group" else "chance"
    return [{"id": kind, "text": question.translate(f"overview.changes.doubt_{kind}")}]


def _sentence_values(question: Question, moved: Moved) -> Mapping[str, str]:
    """A change with its number, its window and what is usual, in words."""
    one, lang = moved.comparison, question.lang
    name, (fact, now) = label(question, moved.group, moved.code), number_of(question, moved)
    return {
        "what": question.translate(f"overview.changes.named_{moved.group}", label=name),
        "unit": fact.unit_in(lang),
        "number": question.about(now, fact),
        "window": question.dated(moved.window),
        "word": against_usual.word(question, one),
        "noticed": against_usual.noticed(question, one)
    }  # fmt: skip


def _described(question: Question, item: Mapping[str, Any]) -> str:
    doubts = "; ".join(entry["text"] for entry in item["doubts"]) or item["sure"]
    return question.translate(
        "overview.changes.described", sentence=item["sentence"], doubts=doubts
    )


def _title(question: Question, found: Changes) -> str:
    """How many rows rose, fell and cannot be said; or that nothing is clear beyond a doubt."""
    signs = [moved.sign for moved in found.called]
    moved = [
        question.translate(f"overview.changes.title_{way}", n=signs.count(sign))
        for way, sign in (("rose", 1), ("fell", -1))
        if sign in signs
    ]
    parts = [", ".join(moved)] if moved else []
    if not moved and found.watched:
        parts.append(question.translate("overview.changes.doubtful", n=len(found.watched)))
    if found.unsaid:
        parts.append(question.translate("overview.changes.title_unsaid", n=len(found.unsaid)))
    return begin("; ".join(parts))


def _table(question: Question, found: Changes) -> Table:
    own, judge = "overview.changes.column_", "judge.column_"
    return Table(
        (
            *columns(question, own, "kind", "code", "label", "unit"),
            *columns(question, judge, "window"),
            *columns(question, own, "now", number=True),
            *columns(question, "breakdown.", "low", "high", number=True, in_files=True),
            *columns(question, judge, "usual", number=True),
            Column("noticed_from", question.translate("judge.column_from"), number=True),
            Column("noticed_to", question.translate("judge.column_to"), number=True, in_files=True),
            Column("verdict", question.translate("judge.column_word")),
            Column(
                "now_judged", question.translate("judge.column_judged"), number=True, in_files=True
            ),
            *columns(question, own, "others"),
        ),
        tuple(_row(question, moved) for moved in found.all),
    )


def _row(question: Question, moved: Moved) -> tuple[Cell, ...]:
    one, said, cut = moved.comparison, _sentence_values(question, moved), cut_of(question, moved)
    others = (label(question, other.group, other.code) for other in moved.others)
    return (
        question.translate(f"overview.changes.one_{moved.group}"),
        moved.code,
        label(question, moved.group, moved.code),
        said["unit"],
        said["window"],
        cut.total,
        *cut.error.interval(cut.total),
        round(one.usual, 1),
        one.noticed_from,
        one.noticed_to,
        said["word"],
        round(one.now),
        ", ".join(others),
    )


def _unknown(question: Question, found: Changes) -> EmptyState:
    """That nothing was counted; or too little before the period, and a view where more was."""
    if not found.is_early:
        return nothing(question, found.facts[0] if found.facts else PEOPLE)
    known = question.release.span
    reason = question.translate("judge.why_history")
    spans = (Span.last(months, until=known.end) for months in _LENGTHS)
    later = next((s for s in spans if s.start.minus(known.start) >= LEAST_HISTORY), None)
    if later is None or later == question.period:
        return EmptyState(reason)
    action = question.translate("shared.offer.small_action_period", period=question.dated(later))
    return EmptyState(reason, action, query_of(question, replace(question.filters, period=later)))


def _same_season(question: Question) -> EmptyState:
    """The way to numbers of the same months a year earlier, where there are any."""
    is_shown = question.filters.compare == "last-year"
    if is_shown or not question.period.last_year().within(question.release.span):
        return EmptyState("")
    query = query_of(question, replace(question.filters, compare="last-year"))
    return EmptyState("", question.translate("overview.changes.last_year_action"), query)
