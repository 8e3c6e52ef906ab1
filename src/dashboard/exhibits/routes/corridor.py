"""One corridor opened: from where, which way, to where; season, class, transport and outcome.

Id: routes.corridor. It is about the corridor that a reader chose, the largest of several, and
without a choice the one that rose most clearly, else the largest that leads out of the country. The
figure is HTML: ``name`` and ``code``, ``said`` (its word against usual, and why it is this one),
``strip`` as ``stops`` has it, ``strip_said`` where there is none, ``season`` as ``seasons`` has it
or None, and ``groups`` as ``parts.groups`` has them. The list stands in ``corridors``.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.corridor_counts import (
    COUNTING,
    UNNAMED,
    CorridorCount,
    corridor_count,
)
from dashboard.exhibits.counts.leg_counts import STOPS
from dashboard.exhibits.exhibit import EmptyState, Exhibit
from dashboard.exhibits.parts import groups
from dashboard.exhibits.parts.empty_state import empty_exhibit, leading, nothing, unkept
from dashboard.exhibits.parts.frame import frame, make_exhibit
from dashboard.exhibits.parts.groups import Group, Rows, Strip
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.exhibits.routes import growth, seasons, stops
from dashboard.exhibits.routes.corridors import count_note, title_of_one
from dashboard.exhibits.routes.growth import Growth
from dashboard.model.codes import CORRIDOR
from dashboard.model.codes.code_list import UNKNOWN
from dashboard.model.counted_by import Gathered
from dashboard.model.country import PACK
from dashboard.model.facts import INCIDENTS, JOURNEYS, LEGS, PEOPLE, Fact
from dashboard.words import filters as filter_words

_ID = "routes.corridor"
#: Corridors that stay inside the country: without a choice others are opened before them.
_INSIDE = PACK.marked("corridor", "inside")


def _with_unknown(name: str, column: str, page: str = "", filters: tuple[str, ...] = ()) -> Group:
    """A group of this id, counted by a column in which unknown is a row of its own."""
    by = (Gathered(column, {}, missing=dimensions.UNKNOWN),)
    return Group(name, by, page, filters, groups.code_label(column, ()))


#: Groups with what they count, in order.
_GROUPS: tuple[tuple[Group, Fact], ...] = (
    (
        Group("class", (splits.by_part(),), "/overview", ("class",), groups.part_label, whole=True),
        JOURNEYS,
    ),
    (_with_unknown("mode", "mode", "/routes", ("mode",)), JOURNEYS),
    (_with_unknown("ended", "completed"), LEGS),
)


@exhibit(_ID, facts=("journeys", "people", "legs", "incidents"), options=(STOPS.option,))
def routes_corridor(question: Question) -> Exhibit:
    """One corridor: its stops, season, classes, transport and how its legs ended."""
    everywhere = replace(question, filters=question.filters.with_codes("corridor", ()))
    fact = leading(question, *COUNTING, INCIDENTS) or PEOPLE
    count = corridor_count(everywhere, fact)
    if not question.total(fact):
        return empty_exhibit(frame(question, fact), nothing(question, fact))
    grown = growth.growth(count)
    code = _corridor_to_open(question, count, grown)
    if not code:
        reason = question.translate("routes.title_no_corridor")
        return empty_exhibit(frame(question, fact), EmptyState(reason))
    codes = (code,)
    of_corridor = replace(question, filters=question.filters.with_codes("corridor", codes))
    scoped = replace(of_corridor, period=question.counted_span(fact.grain))
    strip = stops.strip(scoped) if fact is JOURNEYS else Strip()
    entries, missing = _groups(scoped)
    season = seasons.strip(scoped)
    around = frame(
        of_corridor,
        fact,
        cuts=[*strip.breakdowns, *(part.breakdown for part in entries), *season.breakdowns],
        what=question.translate(f"routes.what_{fact.id}"),
        note=count_note(question, fact),
        notes=missing,
        detail=strip.detail,
    )
    name = question.label(CORRIDOR, code)
    return make_exhibit(
        around,
        title=title_of_one(count, code, of_corridor.total(fact)),
        figure={
            "form": "corridor",
            "name": name,
            "code": code,
            "said": _word_and_reason(question, grown, code),
            "strip": strip.figure,
            "strip_said": "" if strip.figure else _why_no_strip(question),
            "season": season.figure,
            "groups": [groups.group_data(entry, codes, "") for entry in entries],
        },
        table=groups.table(question, entries, first=[*strip.rows, *season.rows]),
        description=" ".join(
            (f"{name}.", *strip.described, *season.described, *map(groups.described, entries))
        ),
    )


def _corridor_to_open(question: Question, count: CorridorCount, grown: Growth | None) -> str:
    """Code of the corridor to open; '' for none.

    Of those that a reader chose the largest; else the one that rose most clearly, the largest that
    leads out of the country, or the largest of all.

    Args:
        question: What the reader looks at.
        count: All corridors.
        grown: The same against usual, where that is known.
    """
    chosen = question.filters.codes_of("corridor")
    if chosen:
        return next((code for code in count.sizes if code in chosen), "")
    rose = [code for code in grown.called() if count.sizes.get(code)] if grown else []
    abroad = [code for code in count.named if code not in _INSIDE]
    known_codes = [code for code in count.sizes if code != UNKNOWN.code]
    return next(iter([*rose, *abroad, *known_codes]), "")


def _word_and_reason(question: Question, grown: Growth | None, code: str) -> str:
    """The corridor's word against usual, and why it is open if the reader did not choose it alone.

    Args:
        question: What the reader looks at.
        grown: Corridors against usual, where that is known.
        code: The corridor.
    """
    chosen = len(question.filters.codes_of("corridor"))
    word = growth.word_of_one(grown, code) if grown else ""
    if chosen == 1:
        return word
    largest = "inside" if code in (*_INSIDE, *UNNAMED) else "largest"
    reason = "rose" if grown and code in grown.called() else largest
    reason = question.translate(f"routes.corridor.{'largest_of' if chosen else reason}", n=chosen)
    return " ".join(filter(None, (word, reason)))


def _why_no_strip(question: Question) -> str:
    """Why no stops are shown: some filter does not apply to journeys, or there are none."""
    names = unkept(question, JOURNEYS)
    if not names:
        return question.translate("routes.corridor.no_journeys")
    filters = filter_words.names_in_words(names, question.lang)
    return question.translate("routes.corridor.no_stops", filters=filters)


def _groups(question: Question) -> tuple[list[Rows], list[str]]:
    """Each group with rows, and notes on groups left out since filters do not apply to their fact.

    Where there are no journeys, or filters do not apply to them, classes are those of people.

    Args:
        question: The question with the corridor chosen.
    """
    entries, missing = list[Rows](), list[str]()
    for group, fact in _GROUPS:
        title = question.translate(f"routes.corridor.{group.id}")
        counted = (leading(question, fact, PEOPLE) or fact) if group.id == "class" else fact
        if names := unkept(question, counted):
            filters = filter_words.names_in_words(names, question.lang)
            text = question.translate("routes.corridor.left_out", title=title, filters=filters)
            missing.append(text)
        else:
            entries.append(groups.counted(question, group, counted, title))
    return [entry for entry in entries if entry.rows], missing
