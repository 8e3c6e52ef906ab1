"""The area that a reader chose, else the home: how much, who, by which corridors, asking for what.

Id: hotspots.area. The figure is HTML: ``name`` and ``codes`` of the area (none is everywhere),
``verdict`` (what is said of it against what is usual), and ``groups``, each with ``id``, ``title``,
``unit``, ``codes`` (the areas that it counts), ``largest`` (the longest bar), ``page`` and ``more``
(what leads to it) and ``rows`` (code, label, value, text, range, and ``filters``: codes by filter
that look into it). A row stands for itself where its number tells something; the rest is one row.
Without a chosen area it is about the home where that holds half of what is counted, as the map
opens on it then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.home import COUNTRY, home
from dashboard.exhibits.counts.usual_areas import Unsaid
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.hotspots import unusual
from dashboard.exhibits.hotspots.said import MEASURE, counted_fact, nothing_counted, refused
from dashboard.exhibits.parts import breakdown, display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.offers import offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.facts import PEOPLE, REQUESTS, Fact
from dashboard.queries import By
from dashboard.words import filters as filter_words
from dashboard.words import numbers
from dashboard.words.catalogue import say

_ID = "hotspots.area"
#: Rows of a group that stand for themselves at most.
_MOST = 4
#: Levels of areas that are compared with what is usual there.
_JUDGED = ("district", "upazila", "camp_region", "camp")
#: Areas that are named together before they are only counted.
_NAMED = 3
#: Women and men, girls and boys: sex and child, by the name of their phrase.
_WHO = {
    ("female", "yes"): "girls",
    ("male", "yes"): "boys",
    ("female", "no"): "women",
    ("male", "no"): "men",
}
#: Codes that say nothing of their own.
_UNNAMED = (None, "", "unknown")

Key = tuple[str | None, ...]


@dataclass(frozen=True)
class _Group:
    """Numbers of one kind about an area.

    Attributes:
        id: Its name in the figure and the catalogue.
        fact: What is counted; None is what the map counts.
        by: What it is counted by.
        page: Path of the page that shows more.
        filters: Filters that choose the codes of a key, in the order of ``by``.
        label: A key in words, or None for what has no name.
        whole: Whether every key stands for itself, however small.
    """

    id: str
    fact: Fact | None
    by: tuple[By, ...]
    page: str
    filters: tuple[str, ...]
    label: Callable[[Question, Fact, Key], str | None] = field(repr=False)
    whole: bool = False


def _part(question: Question, fact: Fact, key: Key) -> str | None:
    return splits.label(key[0] or splits.OTHER, question.lang)


def _who(question: Question, fact: Fact, key: Key) -> str | None:
    name = _WHO.get((str(key[0]), str(key[1])))
    return question.say(f"sheet.age-sex.only_{name}") if name else None


def _code(question: Question, fact: Fact, key: Key, column: str) -> str | None:
    code = key[0]
    return None if code in _UNNAMED else breakdown.label_of(question, fact, column, str(code))


def _corridor(question: Question, fact: Fact, key: Key) -> str | None:
    return _code(question, fact, key, "corridor")


def _service(question: Question, fact: Fact, key: Key) -> str | None:
    return _code(question, fact, key, "service")


_GROUPS = (
    _Group("class", None, (splits.by_part(),), "/", ("class",), _part, whole=True),
    _Group("people", PEOPLE, ("sex", "is_child"), "/", ("sex", "child"), _who),
    _Group("corridors", PEOPLE, ("corridor",), "/routes", ("corridor",), _corridor),
    _Group("services", REQUESTS, ("service",), "/referrals", (), _service),
)


@dataclass(frozen=True)
class _Rows:
    """A group as it is drawn: its rows, largest first, and what stands in none of them.

    ``around`` are the areas that it counts where the fact is kept by those alone.
    """

    group: _Group
    fact: Fact
    drawn: Drawn
    rows: Sequence[tuple[Key, str, int]]
    rest: int
    around: tuple[str, ...] = ()

    def title(self, question: Question) -> str:
        """What its numbers are; which area they are of, where that is not the chosen one."""
        key = f"hotspots.area.{self.group.id}"
        if not self.around:
            return question.say(key)
        return question.say(f"{key}_around", name=name_of(question, self.around))


@exhibit(_ID, facts=("incidents", "people", "requests"), options=(MEASURE,))
def hotspots_area(question: Question) -> Exhibit:
    """All that is known of one area, each number with the way to look into it."""
    fact = counted_fact(question)
    if fact is None:
        return refused(question, _ID)
    release = question.release
    codes = areas_of(question, fact)
    inside = replace(question, filters=question.filters.with_codes("area", codes))
    shown = _shown(inside, fact)
    size = queries.total(release, fact, shown.filters, inside.period)
    if not size:
        around = frame(shown, fact, options={"measure": fact.id})
        return offered(_ID, around, nothing_counted(inside, fact))
    groups = list(_groups(inside, fact))
    around = frame(
        shown,
        fact,
        drawn=[entry.drawn for entry in groups],
        notes=_missing(inside),
        options={"measure": fact.id},
    )
    name, number = name_of(question, codes), question.about(size, fact)
    share = _share(question, fact, size)
    values = {"name": name, "number": number, "unit": fact.unit_in(question.lang), "share": share}
    return made(
        _ID,
        around,
        title=question.say(f"hotspots.area.title{'' if share else '_unshared'}", **values),
        figure={
            "form": "area",
            "name": name,
            "codes": list(codes),
            "verdict": _verdict(question, fact, codes),
            "groups": [_drawn_group(question, entry, codes) for entry in groups],
        },
        table=_table(question, groups),
        description=" ".join(
            filter(
                None,
                [
                    _verdict(question, fact, codes),
                    *(_described(question, entry) for entry in groups),
                ],
            )
        ),
    )


def _verdict(question: Question, fact: Fact, codes: Sequence[str]) -> str:
    """What is said of one area against what is usual there, or why nothing is; '' of several."""
    if len(codes) != 1 or codes[0] not in question.release.places:
        return ""
    level = question.release.places[codes[0]].level
    if level not in _JUDGED or codes[0] == home(question.release):
        # The home holds half of everything: its own share is hardly free to move.
        return ""
    found = unusual.against_usual(question, fact, level)
    if isinstance(found, Unsaid):
        return unusual.why_not(question, found)
    areas = {area.code: area for area in found.areas}
    return unusual.verdict(question, fact, areas.get(codes[0]))


def _shown(inside: Question, fact: Fact) -> Question:
    """The question with the place roles that maps count, where a fact knows roles of places."""
    if "role" not in fact.filters:
        return inside
    return replace(inside, filters=queries.shown_roles(inside.filters))


def areas_of(question: Question, fact: Fact) -> tuple[str, ...]:
    """The areas that a reader chose, else the home where it holds half; none is everywhere."""
    release = question.release
    if chosen := question.filters.codes_of("area"):
        return chosen
    seen = home(release)
    shown = queries.shown_roles(question.filters)
    held, everywhere = (
        queries.total(release, fact, filters, question.period)
        for filters in (shown.with_codes("area", (seen,)), shown)
    )
    return (seen,) if 2 * held >= everywhere > 0 and seen != COUNTRY else ()


def name_of(question: Question, codes: Sequence[str]) -> str:
    """A few areas by name, more of them by their number."""
    if not codes:
        return question.say("hotspots.area.everywhere")
    if len(codes) > _NAMED:
        return question.say("hotspots.area.several", n=len(codes))
    return ", ".join(map(question.place_name, codes))


def _share(question: Question, fact: Fact, size: int) -> str:
    """Share of all that the other filters count; '' where that is too little or the same."""
    everywhere = queries.shown_roles(question.filters.with_codes("area", ()))
    total = queries.total(question.release, fact, everywhere, question.period)
    if total == size:
        return ""
    return numbers.share(size, total, question.base(fact), question.lang) or ""


def _groups(inside: Question, lead: Fact) -> Iterator[_Rows]:
    """Each group that its fact can serve and that holds anything."""
    for group in _GROUPS:
        fact = group.fact or lead
        if unkept(inside, fact):
            continue
        asked = _shown(inside, fact)
        found = _counted(asked, group, fact)
        around = _districts(inside) if group.fact is REQUESTS and not found.rows else ()
        if around:
            wider = replace(asked, filters=inside.filters.with_codes("area", around))
            found = replace(_counted(wider, group, fact), around=around)
        if found.rows or found.rest:
            yield found


def _districts(inside: Question) -> tuple[str, ...]:
    """The districts around smaller areas, of which referrals are often kept alone."""
    codes = inside.filters.codes_of("area")
    above = (inside.release.parent(code, "district") for code in codes)
    districts = tuple(dict.fromkeys(code for code in above if code))
    return () if set(districts) <= set(codes) else districts


def _missing(inside: Question) -> list[str]:
    """What is not said of the area, since it is not kept by what the reader chose."""
    names = unkept(inside, REQUESTS)
    if not names:
        return []
    filters = filter_words.names_in_words(names, inside.lang)
    return [inside.say("hotspots.area.no_services", filters=filters)]


def _counted(inside: Question, group: _Group, fact: Fact) -> _Rows:
    """The rows of a group: keys whose number tells something, at most a few, and the rest."""
    sizes: Counter[Key] = Counter()
    for *key, size in queries.counts(inside.release, fact, inside.filters, inside.period, group.by):
        sizes[tuple(key)] += size
    drawn = display_rule.drawn(inside, fact, group.by, list(sizes.values()), filters=inside.filters)
    named = [(key, group.label(inside, fact, key), size) for key, size in sizes.most_common()]
    kept = [
        (key, label, size)
        for key, label, size in named
        if label is not None and (group.whole or drawn.error.interval(size)[0] > 0)
    ][:_MOST]
    rest = sizes.total() - sum(size for *_, size in kept)
    return _Rows(group, fact, drawn, kept, rest)


def _drawn_group(question: Question, entry: _Rows, codes: Sequence[str]) -> dict[str, Any]:
    lang, fact = question.lang, entry.fact
    rest = question.say("hotspots.area.rest" if entry.rows else "hotspots.area.all")
    rows = [(key, label, size) for key, label, size in entry.rows]
    rows += [((), rest, entry.rest)] if entry.rest else []
    base = question.base(fact)
    return {
        "id": entry.group.id,
        "title": entry.title(question),
        "unit": fact.unit_in(lang),
        "codes": list(entry.around or codes),
        "page": entry.group.page,
        "more": question.say(f"hotspots.area.{entry.group.id}_more"),
        "largest": max(size for *_, size in rows),
        "rows": [
            {
                "code": _joined(key),
                "label": label,
                "value": size,
                "text": numbers.at_mark(size, base, lang),
                "range": _range(question, entry, size),
                "filters": _filters(entry.group, key),
            }
            for key, label, size in rows
        ],
    }


def _joined(key: Key) -> str:
    return "_".join(code for code in key if code)


def _filters(group: _Group, key: Key) -> Mapping[str, str]:
    """Codes by filter that look into a row; none for what no filter chooses."""
    if group.id == "class" and key and key[0] not in ("trafficking", "smuggling"):
        return {}
    return {name: str(code) for name, code in zip(group.filters, key, strict=False) if code}


def _range(question: Question, entry: _Rows, size: int) -> str:
    low, high = entry.drawn.error.interval(size)
    if low == high:
        return ""
    return question.say("shared.between", range=numbers.span(low, high, question.lang))


def _table(question: Question, groups: Sequence[_Rows]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for entry in groups:
        title = entry.title(question)
        unit = entry.fact.unit_in(question.lang)
        rest = question.say("hotspots.area.rest" if entry.rows else "hotspots.area.all")
        lines = [(_joined(key), label, size) for key, label, size in entry.rows]
        lines += [("", rest, entry.rest)] if entry.rest else []
        rows += [
            (title, code, label, size, *entry.drawn.error.interval(size), unit)
            for code, label, size in lines
        ]
    return Table(
        (
            Column("part", question.say("hotspots.area.column_part")),
            Column("code", question.say("breakdown.code")),
            Column("label", question.say("hotspots.area.column_label")),
            Column("value", question.say("hotspots.area.column_value"), number=True),
            Column("low", question.say("breakdown.low"), number=True),
            Column("high", question.say("breakdown.high"), number=True),
            Column("unit", question.say("overview.changes.column_unit")),
        ),
        tuple(rows),
    )


def _described(question: Question, entry: _Rows) -> str:
    lang, base = question.lang, question.base(entry.fact)
    told = [
        say("hotspots.named", lang, name=label, number=numbers.about(size, base, lang))
        for _, label, size in entry.rows
    ]
    title = entry.title(question)
    if not told:
        number = numbers.about(entry.rest, base, lang)
        told = [say("hotspots.named", lang, name=question.say("hotspots.area.all"), number=number)]
    return f"{title}: {', '.join(told)}."
