"""What changed: what is off usual over places, corridors, classes, services and more.

Id: overview.changes. The figure is drawn as HTML, a dot plot a row: each of ``items`` has group,
code, label, sentence (with the label in it), direction (``up`` or ``down``), now, usual, noticed
(the number from which, or at which and under, a change would be called; None where none would),
now_text and usual_text ("" of what is nothing or under one), word (id, and text of its mark), under
(what is counted, the window and the rows about the same events, or why nothing can be said), doubts
(id and text), sure (the text where there is no doubt), filter (the one that chooses its code, or
""), panel (id of the exhibit to look at where no filter does, or "") and page (where that stands);
``left_out`` counts what only the table has, ``compared`` says how many values were compared. Where
nothing is listed, ``said`` says what would have been; ``action`` and ``query`` lead on.

Words are those of the judge of change (``counts.comparisons``). First come the changes that it
calls, then its watch list, then what late reports or partners keep it from judging. The same events
are listed once: of nested areas, and of rows that share most of their events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard import queries
from dashboard.analysis.judge import CALLED_BY_CHANCE, LEAST_HISTORY, Comparison
from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.charts.tables import columns, windows
from dashboard.exhibits.counts import area_counts
from dashboard.exhibits.counts.comparisons import (
    Comparisons,
    compare_areas,
    compare_codes,
    compare_total,
    with_history,
)
from dashboard.exhibits.counts.corridor_counts import COUNTING, count_in_window
from dashboard.exhibits.counts.home import are_nested, way_up
from dashboard.exhibits.exhibit import Cell, Column, EmptyState, Exhibit, Frame, Table
from dashboard.exhibits.parts import against_usual, breakdowns, lateness
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.empty_state import (
    empty_exhibit,
    leading,
    nothing,
    query_of,
    uncompared,
)
from dashboard.exhibits.parts.frame import frame, make_exhibit
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import inapplicable
from dashboard.model.counted_by import By, column_of
from dashboard.model.facts import INCIDENTS, PEOPLE, REQUESTS, Fact
from dashboard.model.periods import Span
from dashboard.words import numbers
from dashboard.words.catalogue import begin

#: How many rows are drawn; the table has all.
TOP = 5
#: Rows of the watch list that a note names.
_NAMED = 3
#: Codes of other or no values, whose change is hard to read; listed of classes only.
_NO_NAME = ("other", "none")
#: Months of the period that is offered in place of one with too little data before it.
_LENGTHS = (12, 6, 3, 1)
#: Of rows that fell, shared events are counted in so many months before the window.
_BEFORE_FALL = 12
#: Two rows are one change if they share at least this part of the smaller one's events.
_SHARED = 0.6


@dataclass(frozen=True)
class Grouping:
    """Values that are compared: what is counted, by which column, and where it leads.

    Attributes:
        id: Its name in the figure and in keys of phrases.
        facts: What is counted: the first that all filters apply to.
        column: Column of the fact; '' for areas, which are compared at each level.
        filter: Filter that chooses one value, or ''.
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
#: Of rows about the same events the one whose grouping comes first here is listed.
_PRECEDENCE = tuple(GROUPINGS)
#: Groupings whose rows a headline may name; corridors count people, not incidents.
_LEADING = ("area", "class")


@dataclass(frozen=True)
class Change:
    """A row that is off usual, or may be.

    Attributes:
        group: Id of its grouping.
        code: Its code: an area, a corridor, a class and so on.
        by: Column, or groups of codes, that it is counted by.
        fact: What is counted.
        window: The months that are judged.
        comparison: What the judge says of it.
        others: Rows about the same events.
    """

    group: str
    code: str
    by: By
    fact: Fact
    window: Span
    comparison: Comparison
    others: tuple[Change, ...] = field(default=(), compare=False)

    @property
    def sign(self) -> int:
        """1 where it is more or may be, -1 where it is fewer."""
        return self.comparison.direction or (-1 if self.comparison.score < 0 else 1)

    def label(self, question: Question) -> str:
        """Its name."""
        if self.group == "area":
            return question.place_name(self.code)
        return dimensions.label(question, self.fact, self.by, self.code)

    @property
    def beyond(self) -> float:
        """How many events more than usual, once all are reported; negative where fewer."""
        return self.comparison.expected - self.comparison.usual


@dataclass(frozen=True)
class Changes:
    """What was compared, and the changes among it.

    Attributes:
        called: Rows with more, fewer or new, the clearest first, each event once.
        watched: Rows that may have more, likewise.
        unsaid: Rows that late reports or partners who stopped or began could explain, likewise.
        value_count: How many values were compared.
        by_chance: How many of these chance alone is expected to put on the watch list.
        levels: How many sets of values were compared, each judged as a whole.
        facts: What was counted.
        is_early: Whether there is too little data before the period to judge any value.
    """

    called: tuple[Change, ...] = ()
    watched: tuple[Change, ...] = ()
    unsaid: tuple[Change, ...] = ()
    value_count: int = 0
    by_chance: float = 0.0
    levels: int = 0
    facts: tuple[Fact, ...] = ()
    is_early: bool = False

    @property
    def all(self) -> tuple[Change, ...]:
        """All rows in the order of the table."""
        return (*self.called, *self.watched, *self.unsaid)


@exhibit("overview.changes", facts=("incidents", "people", "journeys", "requests"))
def overview_changes(question: Question) -> Exhibit:
    """The clearest changes, or where there are none what may be one; then what cannot be judged."""
    if not question.is_compared:
        lead = leading(question, INCIDENTS, PEOPLE) or PEOPLE
        return _empty(question, frame(question, lead), uncompared(question), Changes())
    changes = look_through(question)
    around = _frame(question, changes)
    # Some of the watch list is chance, so it is drawn only where nothing is called.
    rows = (*(changes.called or changes.watched), *changes.unsaid)
    if not rows:
        if not changes.value_count:
            unknown = _unknown(question, changes)
            if changes.is_early and not unknown.action:  # the card leaves the page
                return empty_exhibit(around, unknown, _table(question, changes))
            return _empty(question, around, unknown, changes)
        reason = question.translate("overview.changes.nothing", n=changes.value_count)
        empty = replace(_same_season(question), reason=reason)
        return _empty(question, around, empty, changes)
    items = [_item(question, change) for change in rows[:TOP]]
    return make_exhibit(
        around,
        title=_title(question, changes),
        figure=_figure(
            _same_season(question),
            items=items,
            left_out=len(changes.all) - len(items),
            compared=_compared(question, changes),
        ),
        table=_table(question, changes),
        description=" ".join(_described(question, item) for item in items),
    )


def _empty(question: Question, around: Frame, empty_state: EmptyState, changes: Changes) -> Exhibit:
    """An empty list: why it is empty, what would have been noticed, and where to go on.

    Args:
        question: What the reader looks at.
        around: Its frame.
        empty_state: Why it is empty, and the link below it.
        changes: What was compared, if anything.
    """
    fact = leading(question, INCIDENTS, PEOPLE) or PEOPLE
    comparison = compare_total(question, fact) if changes.value_count else None
    noticed = noticed_of_all(question, fact, comparison) if comparison else ""
    return make_exhibit(
        around,
        title=empty_state.reason,
        figure=_figure(empty_state, said=noticed),
        table=_table(question, changes),
        description=" ".join(filter(None, (f"{empty_state.reason.rstrip('.')}.", noticed))),
    )


def _figure(offer: EmptyState, **parts: Any) -> dict[str, Any]:
    """The figure with these parts of it, all others empty, and the link of an offer."""
    none = {"form": "changes", "items": [], "left_out": 0, "compared": "", "said": ""}
    return {**none, **parts, "action": offer.action, "query": offer.query}


def noticed_of_all(question: Question, fact: Fact, comparison: Comparison) -> str:
    """From which number of all events of a fact a change would be noticed; '' where unknown."""
    text, unit = against_usual.noticed(question, comparison), fact.unit_in(question.lang)
    return text and question.translate("overview.changes.noticed", unit=unit, text=text)


def look_through(question: Question) -> Changes:
    """Every value of all groupings against what is usual.

    A grouping by what the reader has chosen is left out, since its one value is the whole; of areas
    those inside remain. So is one where some chosen filter applies to none of its facts.
    """
    leading_facts = [
        (grouping, leading(question, *grouping.facts))
        for grouping in GROUPINGS.values()
        if grouping.id == "area" or grouping.filter not in question.filters.active
    ]
    facts = [(grouping, fact) for grouping, fact in leading_facts if fact]
    # Grouping, what it is counted by, and the comparisons of each set of values.
    judged = [(g, *each) for g, fact in facts for each in _compare_grouping(question, g, fact)]
    rows = [
        Change(grouping.id, code, by, comparisons.fact, comparisons.window, comparison)
        for grouping, by, comparisons in judged
        for code, comparison in comparisons.rows.items()
        if grouping.id == "class" or code not in _NO_NAME
    ]
    compared = [row for row in rows if with_history(row.comparison)]
    called = _distinct(question, [row for row in rows if row.comparison.direction])
    listed = [row for change in called for row in (change, *change.others)]
    watched = _distinct(question, [row for row in rows if row.comparison.watched], listed)
    # What is known to be off usual, but has another explanation.
    explained = [row for row in compared if row.comparison.word == "unsaid"]
    unsaid = _distinct(question, explained, listed)
    return Changes(
        called, watched, unsaid, len(compared),
        sum(comparisons.watched_by_chance for *_, comparisons in judged), len(judged),
        tuple(fact for _, fact in facts), is_early=bool(rows) and not compared,
    )  # fmt: skip


def _compare_grouping(
    question: Question, grouping: Grouping, fact: Fact
) -> Iterator[tuple[By, Comparisons]]:
    """What a grouping is counted by, and the comparisons of its values; of areas for each level."""
    if grouping.id != "area":
        if comparisons := compare_codes(question, fact, grouping.column):
            yield grouping.column, comparisons
        return
    release = question.release
    chosen = set(area_counts.chosen_areas(release, question.filters))
    if question.filters.codes_of("area") and not chosen:
        return  # what is abroad has no areas
    for level in (*area_counts.LEVELS, *area_counts.CAMPS):
        if comparisons := compare_areas(question, fact, level):
            inside = {
                code: comparison
                for code, comparison in comparisons.rows.items()
                if not chosen or not chosen.isdisjoint(way_up(release, code)[1:])
            }
            yield area_counts.column_of_level(level), replace(comparisons, rows=inside)


def leader(question: Question, direction: int) -> Change | None:
    """The area or class most clearly off usual in a direction, that of all incidents.

    None where there is none, where it has no name, or that of a chosen area, which says nothing.

    Args:
        question: What the reader looks at.
        direction: 1 for more, -1 for fewer.
    """
    chosen_names = {question.place_name(code) for code in question.filters.codes_of("area")}
    for change in look_through(question).called:
        row = next((row for row in (change, *change.others) if row.group in _LEADING), None)
        if row and row.comparison.direction == direction:
            name = row.label(question)
            return None if row.code in _NO_NAME or name in chosen_names else row
    return None


def _distinct(
    question: Question, rows: Sequence[Change], listed: Sequence[Change] = ()
) -> tuple[Change, ...]:
    """Rows, the clearest first, with rows about the same events merged into one.

    The others are its ``others``; ``_PRECEDENCE`` says which one it is.

    Args:
        question: What the reader looks at.
        rows: The rows.
        listed: Rows that are listed before them, whose events are not listed again.
    """
    merged: list[Change] = []
    uncovered = [row for row in rows if not _is_covered(question, row, listed)]
    rows = _without_nested(question, uncovered)
    for row in sorted(rows, key=lambda row: (-abs(row.comparison.score), row.code)):
        alike = (n for n, clearer in enumerate(merged) if _share_events(question, clearer, row))
        place = next(alike, None)
        if place is None:
            merged.append(row)
            continue
        main, others = merged[place], merged[place].others
        if _PRECEDENCE.index(row.group) < _PRECEDENCE.index(main.group):
            main, row = row, replace(main, others=())
        merged[place] = replace(main, others=(*others, row))
    return tuple(merged)


def _is_covered(question: Question, row: Change, listed: Sequence[Change]) -> bool:
    """Whether a row is about the events of a listed one, or one of both areas lies in the other."""
    return any(
        _share_events(question, change, row)
        or (change.group == row.group == "area"
            and are_nested(question.release, change.code, row.code))
        for change in listed
    )  # fmt: skip


def _without_nested(question: Question, rows: Sequence[Change]) -> list[Change]:
    """Rows without areas that hold, or lie in, another area of them that moved the same way.

    Areas inside are kept where they make up half of the change around them, else the area around.
    """
    release = question.release
    areas = [change for change in rows if change.group == "area"]
    areas.sort(key=lambda change: -len(way_up(release, change.code)))
    for change in tuple(areas):
        inside = [
            other
            for other in areas
            if other is not change
            and change.code in way_up(release, other.code)
            and other.sign == change.sign
        ]
        if inside and 2 * abs(sum(other.beyond for other in inside)) >= abs(change.beyond):
            areas.remove(change)
        else:
            areas = [other for other in areas if other not in inside]
    return [change for change in rows if change.group != "area" or change in areas]


def _share_events(question: Question, first: Change, second: Change) -> bool:
    """Whether two rows moved the same way and surely share events, most of them as shown.

    Events are those of the shorter window, by incidents where both rows can be counted by these. Of
    a fall they are those of the year before, since there are few left.
    """
    if first.sign != second.sign or first.by == second.by:
        return False
    filters = queries.shown_roles(question.filters)
    window = min((first.window, second.window), key=lambda span: span.months)
    if first.sign < 0:
        window = Span.last(_BEFORE_FALL, until=window.start.plus(-1))
    for fact in dict.fromkeys((INCIDENTS, first.fact)):
        if (
            question.release.has(fact)
            and all(column_of(row.by) in fact or row.group == "area" for row in (first, second))
            and not inapplicable(fact, filters)
        ):
            cells = question.counts(fact, first.by, second.by, filters=filters, period=window)
            both = sum(size for *codes, size in cells if codes == [first.code, second.code])
            totals = (sum(size for code, _, size in cells if code == first.code),
                      sum(size for _, code, size in cells if code == second.code))  # fmt: skip
            in_window = replace(question, period=window)
            by = (first.by, second.by)
            cut = breakdowns.breakdown_of(in_window, fact, by, (both,), filters=filters)
            return cut.error.interval(both)[0] > 0 and both >= _SHARED * min(totals)
    return False


def number_of(question: Question, change: Change) -> tuple[Fact, int]:
    """What a row counts and how many, in its window.

    Of a corridor it is what the list of corridors counts, where that bears the word; the list says
    beside its own number what was judged where it does not.
    """
    if change.group == "corridor":
        count = count_in_window(question, change.window)
        size = count.sizes.get(change.code, 0)
        if change.comparison.bears(size):
            return count.fact, size
    return change.fact, round(change.comparison.now)


def cut_of(question: Question, change: Change) -> Breakdown:
    """The breakdown with the number of a row in its window, as lists draw it."""
    fact, now = number_of(question, change)
    in_window = replace(question, period=change.window)
    filters = queries.shown_roles(question.filters) if change.group == "area" else None
    return breakdowns.breakdown_of(in_window, fact, (change.by,), (now,), filters=filters)


def _frame(question: Question, changes: Changes) -> Frame:
    """What stands around the list, with notes on how many values were compared and on chance."""
    notes: list[str] = []
    if changes.value_count:
        notes.append(question.translate("overview.changes.note", n=changes.value_count))
    if changes.called:
        notes.append(_called_by_chance(question, changes))
    if changes.watched:
        names = question.first_of([each.label(question) for each in changes.watched], _NAMED)
        chance = against_usual.by_chance(question, changes.by_chance)
        notes.append(question.translate("judge.note_watched", names=names, chance=chance))
    if any(number_of(question, each)[1] != round(each.comparison.now) for each in changes.all):
        notes.append(question.translate("overview.changes.note_judged"))
    notes.extend(lateness.notes(question))
    what = question.translate("overview.changes.what")
    facts = [
        fact for fact in dict.fromkeys((INCIDENTS, PEOPLE, *changes.facts)) if fact in changes.facts
    ]
    return frame(question, *(facts or [PEOPLE]), what=what, notes=notes)


def _item(question: Question, change: Change) -> dict[str, Any]:
    """A row of the figure."""
    grouping, comparison = GROUPINGS[change.group], change.comparison
    doubts = _doubts(question, change)
    (fact, now), usual = number_of(question, change), round(comparison.usual)
    word = "watched" if comparison.watched else comparison.word
    sentence = question.translate("overview.changes.sentence", **_sentence_values(question, change))
    return {
        "group": change.group,
        "code": change.code,
        "label": change.label(question),
        "sentence": begin(" ".join(filter(None, (sentence, _same_events(question, change))))),
        "direction": "down" if change.sign < 0 else "up",
        "now": now,
        "usual": round(comparison.usual, 1),
        "noticed": comparison.noticed_to if change.sign < 0 else comparison.noticed_from,
        "now_text": numbers.at_mark(now, question.base(fact), question.lang) if now else "",
        "usual_text": question.number(usual) if usual else "",
        "word": {"id": word, "text": question.translate(f"overview.changes.mark_{word}")},
        "under": _under(question, change),
        "doubts": doubts,
        "sure": "" if doubts else question.translate("overview.changes.sure"),
        "filter": grouping.filter,
        "panel": grouping.panel,
        "page": grouping.page,
    }


def _under(question: Question, change: Change) -> str:
    """What is counted and when; then the rows about the same events, or why it cannot be judged."""
    what = question.translate(
        "overview.changes.under",
        unit=change.fact.unit_in(question.lang),
        window=question.dated(change.window),
    )
    more = _same_events(question, change)
    if change.comparison.word == "unsaid":
        more = against_usual.why(question, change.comparison)
    if not more:
        return begin(what)
    return f"{begin(question.translate('shared.as_sentence', text=what))} {more}"


def _same_events(question: Question, change: Change) -> str:
    """A sentence that names the rows about the same events; '' for none."""
    names = ", ".join(dict.fromkeys(other.label(question) for other in change.others))
    return question.translate("overview.changes.same_events", names=names) if names else ""


def _compared(question: Question, changes: Changes) -> str:
    """How many values were compared, and how many of the rows drawn may be chance alone."""
    text = question.translate("overview.changes.compared", n=changes.value_count)
    if not changes.called:
        return f"{text} {against_usual.by_chance(question, changes.by_chance)}"
    return f"{text} {_called_by_chance(question, changes)}"


def _called_by_chance(question: Question, changes: Changes) -> str:
    n = round(CALLED_BY_CHANCE * changes.levels)
    key = "overview.changes.by_chance" if n else "judge.by_chance_none"
    return question.translate(key, n=n)


def _doubts(question: Question, change: Change) -> list[dict[str, str]]:
    """What else may explain a change, as id and text; none where it is off usual for sure."""
    comparison = change.comparison
    if comparison.direction:
        return []
    if comparison.word == "unsaid":
        return [{"id": comparison.why, "text": against_usual.why(question, comparison)}]
    kind = "group" if comparison.why == "group" else "chance"
    return [{"id": kind, "text": question.translate(f"overview.changes.doubt_{kind}")}]


def _sentence_values(question: Question, change: Change) -> Mapping[str, str]:
    """The words that a sentence on a change is made of, by their name in the phrase."""
    comparison, lang = change.comparison, question.lang
    name, (fact, now) = change.label(question), number_of(question, change)
    return {
        "what": question.translate(f"overview.changes.named_{change.group}", label=name),
        "unit": fact.unit_in(lang),
        "number": question.about(now, fact),
        "window": question.dated(change.window),
        "word": against_usual.word(question, comparison),
        "noticed": against_usual.noticed(question, comparison)
    }  # fmt: skip


def _described(question: Question, item: Mapping[str, Any]) -> str:
    """A row of the figure in words: its sentence, and its doubts or that there are none."""
    doubts = "; ".join(entry["text"] for entry in item["doubts"]) or item["sure"]
    return question.translate(
        "overview.changes.described", sentence=item["sentence"], doubts=doubts
    )


def _title(question: Question, changes: Changes) -> str:
    """How many of what rose, fell and cannot be judged; or that no change is beyond doubt."""

    def phrase(key: str, n: int, **values: str) -> str:
        return question.translate(f"overview.changes.{key}", n=n, **values) if n else ""

    signs = [change.sign for change in changes.called]
    moved = (phrase("title_rose", signs.count(1)), phrase("title_fell", signs.count(-1)))
    called = ", ".join(filter(None, moved))
    first = phrase("title_called", changes.value_count, called=called) if called else ""
    first = first or phrase("doubtful", len(changes.watched))
    return begin("; ".join(filter(None, (first, phrase("title_unsaid", len(changes.unsaid))))))


def _table(question: Question, changes: Changes) -> Table:
    """All rows, under the columns of ``_row``."""
    own, judge = "overview.changes.column_", "judge.column_"
    return Table(
        (
            *columns(question, own, "kind", "code", "label", "unit"),
            *windows(question),
            *columns(question, own, "now", number=True),
            *columns(question, "breakdown.", "low", "high", number=True, in_files=True),
            *columns(question, judge, "usual", number=True),
            Column("noticed_from", question.translate("judge.column_from"), number=True),
            Column("noticed_to", question.translate("judge.column_to"), number=True, in_files=True),
            Column("verdict", question.translate("judge.column_word")),
            *columns(question, own, "now_judged", number=True, in_files=True),
            *columns(question, own, "others"),
        ),
        tuple(_row(question, change) for change in changes.all),
    )


def _row(question: Question, change: Change) -> tuple[Cell, ...]:
    """The cells of a row: what, unit and window, its number with range, then what is usual.

    Then its word, the number that was judged, and names of rows about the same events.
    """
    comparison, breakdown = change.comparison, cut_of(question, change)
    values = _sentence_values(question, change)
    return (
        question.translate(f"overview.changes.one_{change.group}"),
        change.code,
        change.label(question),
        values["unit"],
        values["window"],
        str(change.window),
        breakdown.total,
        *breakdown.error.interval(breakdown.total),
        round(comparison.usual, 1),
        comparison.noticed_from,
        comparison.noticed_to,
        values["word"],
        round(comparison.now),
        ", ".join(other.label(question) for other in change.others),
    )


def _unknown(question: Question, changes: Changes) -> EmptyState:
    """Why no value was compared: nothing was counted, or there is too little data before.

    Of too little data it offers a view of the last months that have enough before them.
    """
    if not changes.is_early:
        return nothing(question, changes.facts[0] if changes.facts else PEOPLE)
    release_span = question.release.span
    reason = question.translate("judge.why_history")
    spans = (Span.last(months, until=release_span.end) for months in _LENGTHS)
    later = next((s for s in spans if s.start.minus(release_span.start) >= LEAST_HISTORY), None)
    if later is None or later == question.period:
        return EmptyState(reason)
    action = question.translate("shared.offer.small_action_period", period=question.dated(later))
    return EmptyState(reason, action, query_of(question, replace(question.filters, period=later)))


def _same_season(question: Question) -> EmptyState:
    """A link to numbers of the same months a year earlier, where there are any; else empty."""
    is_shown = question.filters.compare == "last-year"
    if is_shown or not question.period.last_year().within(question.release.span):
        return EmptyState("")
    query = query_of(question, replace(question.filters, compare="last-year"))
    return EmptyState("", question.translate("overview.changes.last_year_action"), query)
