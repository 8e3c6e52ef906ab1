"""One corridor opened: from where, which way, to where; season, class, transport and outcome.

Id: routes.corridor. It is about the corridor that a reader chose, the largest of several, and
without a choice the one that rose most clearly, else the largest that leads out of the country. The
figure is HTML: ``name`` and ``code``, ``said`` (what it is called, and why it is this one),
``strip`` as ``stops`` has it, ``strip_said`` where there is none, ``season`` as ``seasons`` has it
or None, and ``groups`` as ``parts.groups`` has them. The list stands in ``corridors``.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.corridor_counts import COUNTING, CorridorCount, corridor_count
from dashboard.exhibits.counts.leg_counts import STOPS
from dashboard.exhibits.exhibit import Exhibit
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
    """A column whose unknown is a part of its own, as what was not recorded is."""
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
    """A corridor's way, season, classes, transport and outcome."""
    everywhere = replace(question, filters=question.filters.with_codes("corridor", ()))
    fact = leading(question, *COUNTING, INCIDENTS) or PEOPLE
    count = corridor_count(everywhere, fact)
    if not question.total(fact):
        return empty_exhibit(_ID, frame(question, fact), nothing(question, fact))
    grown = growth.growth(count)
    code = _corridor_to_open(question, count, grown)
    codes = (code,) if code else ()
    of_corridor = replace(question, filters=question.filters.with_codes("corridor", codes))
    inside = replace(of_corridor, period=question.period.snapped(fact.grain))
    strip = stops.strip(inside) if fact is JOURNEYS else Strip()
    entries, missing = _groups(inside)
    season = seasons.strip(inside)
    around = frame(
        of_corridor,
        fact,
        cuts=[*strip.breakdowns, *(part.breakdown for part in entries), *season.breakdowns],
        what=question.translate(f"routes.what_{fact.id}"),
        note=count_note(question, fact),
        notes=missing,
        detail=strip.detail,
    )
    name = question.label(CORRIDOR, code or UNKNOWN.code)
    total = of_corridor.total(fact)
    return make_exhibit(
        _ID,
        around,
        title=title_of_one(count, code, total),
        figure={
            "form": "corridor",
            "name": name,
            "code": code,
            "said": _name_and_reason(question, grown, code),
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
    """The corridor to open, '' for none: the first chosen one of the list, else as ``_ID`` says."""
    chosen = question.filters.codes_of("corridor")
    if chosen:
        return next((code for code in count.sizes if code in chosen), "")
    rose = [code for code in grown.called() if count.sizes.get(code)] if grown else []
    abroad = [code for code in count.named if code not in _INSIDE]
    known_codes = [code for code in count.sizes if code != UNKNOWN.code]
    return next(iter([*rose, *abroad, *known_codes]), "")


def _name_and_reason(question: Question, grown: Growth | None, code: str) -> str:
    """What the corridor is called, and why it is this one where the reader did not say."""
    n = len(question.filters.codes_of("corridor"))
    word = growth.of_one(grown, code) if grown else ""
    if n == 1:
        return word
    rose = bool(grown and code in grown.called())
    why = "largest_of" if n else "rose" if rose else "largest"
    return " ".join(filter(None, (word, question.translate(f"routes.corridor.{why}", n=n))))


def _why_no_strip(question: Question) -> str:
    """Why there are no stops: journeys are not kept by a filter, or there are none."""
    names = unkept(question, JOURNEYS)
    if not names:
        return question.translate("routes.corridor.no_journeys")
    filters = filter_words.names_in_words(names, question.lang)
    return question.translate("routes.corridor.no_stops", filters=filters)


def _groups(inside: Question) -> tuple[list[Rows], list[str]]:
    """Each group with rows, and notes on groups left out since filters do not apply to their fact.

    Where there are no journeys, or filters do not apply to them, classes are those of people.
    """
    entries, missing = list[Rows](), list[str]()
    for group, fact in _GROUPS:
        title = inside.translate(f"routes.corridor.{group.id}")
        counted = (leading(inside, fact, PEOPLE) or fact) if group.id == "class" else fact
        if names := unkept(inside, counted):
            filters = filter_words.names_in_words(names, inside.lang)
            text = inside.translate("routes.corridor.left_out", title=title, filters=filters)
            missing.append(text)
        else:
            entries.append(groups.counted(inside, group, counted, title))
    return [entry for entry in entries if entry.rows], missing
