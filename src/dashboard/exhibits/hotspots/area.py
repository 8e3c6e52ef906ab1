"""The area that a reader chose, else the home: how much, who, by which corridors, asking for what.

Id: hotspots.area. The figure is HTML: ``name`` and ``codes`` of the area (none is everywhere),
``verdict`` (what is said of it against what is usual), and ``groups`` as ``parts.groups`` has them.
Without a chosen area it is about the home where that holds half of what is counted, as the map
opens on it then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard import queries
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import CAMPS, LEVELS
from dashboard.exhibits.counts.corridor_counts import UNNAMED, counting_in
from dashboard.exhibits.counts.home import COUNTRY, home
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.hotspots import unusual, wording
from dashboard.exhibits.parts import against_usual, empty_state, groups
from dashboard.exhibits.parts.frame import frame, make_exhibit
from dashboard.exhibits.parts.groups import Group, Rows, code_label
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import inapplicable
from dashboard.model.country import SECOND, THIRD
from dashboard.model.facts import JOURNEYS, PEOPLE, REQUESTS, Fact
from dashboard.words import filters as filter_words

_ID = "hotspots.area"
#: Levels of areas that are compared with what is usual there.
_COMPARED = (*LEVELS, *CAMPS)
#: Levels of areas around, whose referrals are shown where a smaller area has none.
_AROUND = (THIRD, SECOND)
#: Areas that are named together before they are only counted.
_NAMED = 3


#: Names the corridor of a key; gives None for other and unknown ones.
_CORRIDOR = code_label("corridor", (None, *UNNAMED))
#: Groups with what they count; None is what the map counts. Corridors are counted as on the page on
#: routes: by people, or legs, where filters or months do not fit journeys.
_GROUPS: tuple[tuple[Group, Fact | None], ...] = (
    (
        Group("class", (splits.by_part(),), "/overview", ("class",), groups.part_label, whole=True),
        None,
    ),
    (Group("people", ("sex", "is_child"), "/overview", ("sex", "child"), groups.who_label), PEOPLE),
    (Group("corridors", ("corridor",), "/routes", ("corridor",), _CORRIDOR), JOURNEYS),
    (Group("services", ("service",), "/referrals", (), code_label("service")), REQUESTS),
)


@exhibit(_ID, facts=("incidents", "people", "journeys", "requests"), options=(wording.MEASURE,))
def hotspots_area(question: Question) -> Exhibit:
    """All that is known of one area, each number with a link that looks into it."""
    fact = wording.counted_fact(question)
    if fact is None:
        return empty_state.not_recorded_exhibit(question, PEOPLE)
    codes = areas_of(question, fact)
    scoped = replace(question, filters=question.filters.with_codes("area", codes))
    mapped, options = _with_map_roles(scoped, fact), {"measure": fact.id}
    size = mapped.total(fact)
    if not size:
        around = frame(mapped, fact, options=options)
        return empty_state.empty_exhibit(around, wording.nothing_counted(scoped, fact))
    entries, verdict = list(_groups(scoped, fact)), _verdict(question, fact, codes)
    name, drawn = name_of(question, codes), [entry.breakdown for entry in entries]
    everywhere = queries.shown_roles(question.filters.with_codes("area", ()))
    counted = question.counted_of(size, question.total(fact, everywhere), fact)
    return make_exhibit(
        frame(mapped, fact, cuts=drawn, notes=_note_without_services(scoped), options=options),
        title=question.translate(f"{_ID}.title", name=name, counted=counted),
        figure={
            "form": "area",
            "name": name,
            "codes": list(codes),
            "verdict": verdict,
            "groups": [
                groups.group_data(
                    entry, codes, question.translate(f"hotspots.area.{entry.group.id}_more")
                )
                for entry in entries
            ],
        },
        table=groups.table(question, entries),
        description=" ".join(filter(None, (verdict, *map(groups.described, entries)))),
    )


def _verdict(question: Question, fact: Fact, codes: Sequence[str]) -> str:
    """A sentence: one area against what is usual there, or why that is not known.

    '' for several areas, and where a reader wants no comparison.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        codes: The areas; none is everywhere.
    """
    if len(codes) != 1 or codes[0] not in question.release.places:
        return ""
    level = question.release.places[codes[0]].level
    comparisons = unusual.against(question, fact, level) if level in _COMPARED else None
    return against_usual.sentence(question, comparisons, codes[0], fact) if comparisons else ""


def _with_map_roles(question: Question, fact: Fact) -> Question:
    """The question with the place roles that maps count, where a fact knows roles of places."""
    return wording.with_roles(question) if "role" in fact.filters else question


def areas_of(question: Question, fact: Fact) -> tuple[str, ...]:
    """The areas that a reader chose, else the home where it has half of all; () is everywhere.

    Args:
        question: What the reader looks at.
        fact: What is counted.
    """
    release = question.release
    if chosen := question.filters.codes_of("area"):
        return chosen
    code, filters = home(release), queries.shown_roles(question.filters)
    everywhere = question.total(fact, filters)
    at_home = question.total(fact, filters.with_codes("area", (code,)))
    return (code,) if 2 * at_home >= everywhere > 0 and code != COUNTRY else ()


def name_of(question: Question, codes: Sequence[str]) -> str:
    """At most three areas by name, more of them by their number; "everywhere" for none."""
    if not codes:
        return question.translate("hotspots.area.everywhere")
    if len(codes) > _NAMED:
        return question.translate("hotspots.area.several", n=len(codes))
    return ", ".join(wording.distinct_names(question, codes))


def _groups(question: Question, map_fact: Fact) -> Iterator[Rows]:
    """The groups that have rows, without those whose fact some chosen filter does not apply to.

    Services are those of an area around where no row of the area itself has a name.

    Args:
        question: The question with the areas chosen.
        map_fact: What the map counts.
    """
    for group, own_fact in _GROUPS:
        fact = own_fact or map_fact
        if fact is JOURNEYS:
            fact = empty_state.leading(question, *counting_in(question.period)) or fact
        if inapplicable(fact, question.filters):
            continue
        mapped, suffix = _with_map_roles(question, fact), "_journeys" if fact is JOURNEYS else ""
        title = question.translate(f"hotspots.area.{group.id}{suffix}")
        entry = groups.counted(mapped, group, fact, title)
        if own_fact is REQUESTS and not entry.named_rows:
            entry = _group_around(question, mapped, group, fact) or entry
        if entry.rows:
            yield entry


def _group_around(question: Question, mapped: Question, group: Group, fact: Fact) -> Rows | None:
    """A group, such as services, of the nearest areas around the chosen ones with any named row.

    None where no area around has any.

    Args:
        question: The question with the areas chosen.
        mapped: The question as the group is counted, perhaps with place roles.
        group: The group.
        fact: What it counts.
    """
    for level in _AROUND:
        if codes := _areas_around(question, level):
            wider = replace(mapped, filters=question.filters.with_codes("area", codes))
            name = name_of(question, codes)
            title = question.translate(f"hotspots.area.{group.id}_around", name=name)
            entry = groups.counted(wider, group, fact, title)
            if entry.named_rows:
                return replace(entry, own_codes=codes)
    return None


def _areas_around(question: Question, level: str) -> tuple[str, ...]:
    """The areas of a level that hold the chosen ones; none where these are no smaller."""
    codes = question.filters.codes_of("area")
    above = (question.release.parent(code, level) for code in codes)
    areas = tuple(dict.fromkeys(code for code in above if code))
    return () if set(areas) <= set(codes) else areas


def _note_without_services(question: Question) -> list[str]:
    """A note where chosen filters do not apply to requests of services, else none."""
    names = inapplicable(REQUESTS, question.filters)
    if not names:
        return []
    filters = filter_words.names_in_words(names, question.lang)
    return [question.translate("hotspots.area.no_services", filters=filters)]
