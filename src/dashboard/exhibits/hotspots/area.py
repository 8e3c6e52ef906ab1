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
from dashboard.exhibits.parts import against_usual, groups
from dashboard.exhibits.parts.empty_state import (
    empty_exhibit,
    leading,
    not_recorded_exhibit,
    unkept,
)
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.groups import Group, Rows, code_label
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.country import SECOND, THIRD
from dashboard.model.facts import JOURNEYS, PEOPLE, REQUESTS, Fact
from dashboard.words import filters as filter_words

_ID = "hotspots.area"
#: Levels of areas that are compared with what is usual there.
_JUDGED = (*LEVELS, *CAMPS)
#: Levels around a smaller area, of which referrals are told where none are of it.
_AROUND = (THIRD, SECOND)
#: Areas that are named together before they are only counted.
_NAMED = 3


#: A corridor in words; nothing of what is none of its own.
_CORRIDOR = code_label("corridor", (None, *UNNAMED))
#: Groups with what they count; None is what the map counts. Corridors are those of the page on
#: routes, where journeys are kept by what the reader chose.
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
    """All that is known of one area, each number with the way to look into it."""
    fact = wording.counted_fact(question)
    if fact is None:
        return not_recorded_exhibit(_ID, question, PEOPLE)
    codes = areas_of(question, fact)
    inside = replace(question, filters=question.filters.with_codes("area", codes))
    shown, options = _shown(inside, fact), {"measure": fact.id}
    size = shown.total(fact)
    if not size:
        around = frame(shown, fact, options=options)
        return empty_exhibit(_ID, around, wording.nothing_counted(inside, fact))
    entries, verdict = list(_groups(inside, fact)), _verdict(question, fact, codes)
    drawn = [entry.breakdown for entry in entries]
    name = name_of(question, codes)
    return made(
        _ID,
        frame(shown, fact, drawn=drawn, notes=_missing(inside), options=options),
        title=question.translate(f"{_ID}.title", name=name, counted=_counted(question, fact, size)),
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
        description=" ".join([*filter(None, (verdict,)), *map(groups.described, entries)]),
    )


def _verdict(question: Question, fact: Fact, codes: Sequence[str]) -> str:
    """What is said of one area against what is usual there, or why nothing is; '' of several."""
    if len(codes) != 1 or codes[0] not in question.release.places:
        return ""
    level = question.release.places[codes[0]].level
    found = unusual.against(question, fact, level) if level in _JUDGED else None
    return against_usual.sentence(question, found, codes[0], fact) if found else ""


def _shown(inside: Question, fact: Fact) -> Question:
    """The question with the place roles that maps count, where a fact knows roles of places."""
    return wording.with_roles(inside) if "role" in fact.filters else inside


def areas_of(question: Question, fact: Fact) -> tuple[str, ...]:
    """The areas that a reader chose, else the home where it holds half; none is everywhere."""
    release = question.release
    if chosen := question.filters.codes_of("area"):
        return chosen
    seen = home(release)
    shown = queries.shown_roles(question.filters)
    held, everywhere = (
        question.total(fact, filters) for filters in (shown.with_codes("area", (seen,)), shown)
    )
    return (seen,) if 2 * held >= everywhere > 0 and seen != COUNTRY else ()


def name_of(question: Question, codes: Sequence[str]) -> str:
    """A few areas by name, more of them by their number."""
    if not codes:
        return question.translate("hotspots.area.everywhere")
    if len(codes) > _NAMED:
        return question.translate("hotspots.area.several", n=len(codes))
    return ", ".join(map(question.place_name, codes))


def _counted(question: Question, fact: Fact, size: int) -> str:
    """The number of an area, with its share of all that the other filters count."""
    everywhere = queries.shown_roles(question.filters.with_codes("area", ()))
    return question.counted_of(size, question.total(fact, everywhere), fact)


def _groups(inside: Question, lead: Fact) -> Iterator[Rows]:
    """Each group that its fact can serve and that holds anything."""
    for group, own in _GROUPS:
        fact = own or lead
        if fact is JOURNEYS:
            fact = leading(inside, *counting_in(inside.period)) or fact
        if unkept(inside, fact):
            continue
        asked, of = _shown(inside, fact), "_journeys" if fact is JOURNEYS else ""
        found = groups.counted(
            asked, group, fact, inside.translate(f"hotspots.area.{group.id}{of}")
        )
        if own is REQUESTS and not found.named:
            found = _counted_around(inside, asked, group, fact) or found
        if found.rows:
            yield found


def _counted_around(inside: Question, question: Question, group: Group, fact: Fact) -> Rows | None:
    """A group of the nearest areas around smaller ones that hold anything of it; None for none."""
    for level in _AROUND:
        around = _areas_around(inside, level)
        if around:
            wider = replace(question, filters=inside.filters.with_codes("area", around))
            title = inside.translate(
                f"hotspots.area.{group.id}_around", name=name_of(inside, around)
            )
            found = groups.counted(wider, group, fact, title)
            if found.named:
                return replace(found, around=around)
    return None


def _areas_around(inside: Question, level: str) -> tuple[str, ...]:
    """The areas of a level that hold the chosen ones, none where they are of it or above."""
    codes = inside.filters.codes_of("area")
    above = (inside.release.parent(code, level) for code in codes)
    areas = tuple(dict.fromkeys(code for code in above if code))
    return () if set(areas) <= set(codes) else areas


def _missing(inside: Question) -> list[str]:
    """What is not said of the area, since it is not kept by what the reader chose."""
    names = unkept(inside, REQUESTS)
    if not names:
        return []
    filters = filter_words.names_in_words(names, inside.lang)
    return [inside.translate("hotspots.area.no_services", filters=filters)]
