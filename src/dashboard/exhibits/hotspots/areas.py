"""Hotspots: where, on a map and in a ranked list that does all that the map does.

Counts only; rates, tests and clusters have exhibits of their own. Ids: hotspots.map,
hotspots.ranking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard import queries
from dashboard.exhibits.counts import splits, windows
from dashboard.exhibits.counts.area_counts import (
    LEVELS,
    VIEWS,
    AreaCount,
    area_step,
    count_areas,
    levels_offered,
    still_step,
)
from dashboard.exhibits.counts.home import way_up
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.parts import area_map, display_rule, folds, ranges, rankings
from dashboard.exhibits.parts.frame import Frame, frame, made
from dashboard.exhibits.parts.ladder import AUTO, Step
from dashboard.exhibits.parts.offers import leading, not_kept, nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.model import hxl
from dashboard.model.facts import INCIDENTS, PEOPLE, Fact
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, say

_FACTS = (INCIDENTS, PEOPLE)
#: What is counted, how fine, and what a map looks at: the same on the whole page.
MEASURE = Option("measure", ("incidents", "people"))
LEVEL = Option("level", (AUTO, *LEVELS), lambda release: (AUTO, *levels_offered(release)))
VIEW = Option("view", VIEWS)
#: What time is played by; colours and areas then mean the same in every frame.
PLAY = Option("play", (windows.OFF, windows.QUARTER, windows.YEAR), windows.kinds_offered)
_TOP = Option("top", ("15", "50", "all"))
#: How many places a description names.
_DESCRIBED = 5
#: How many of what is not on the map a sentence names; the table has all.
_AWAY = 3
#: A finding may say that so many areas together hold half.
_MOST_FOR_HALF = 10


@exhibit(
    "hotspots.map",
    facts=("incidents", "people"),
    options=(MEASURE, LEVEL, VIEW, PLAY),
    geometry="areas",
)
def hotspots_map(question: Question) -> Exhibit:
    """Areas in number classes; a click gives the code of the area to look into."""
    return number_map("hotspots.map", question)


@exhibit(
    "hotspots.ranking",
    facts=("incidents", "people"),
    options=(MEASURE, LEVEL, VIEW, PLAY, _TOP),
)
def hotspots_ranking(question: Question) -> Exhibit:
    """Areas by number, split by class, each with its change and the link that looks into it."""
    fact = counted(question)
    if fact is None:
        return refused(question, "hotspots.ranking")
    step = _step(question, fact)
    count = step.counted
    if not count.total:
        return offered("hotspots.ranking", _frame(question, step), nothing_counted(question, fact))
    split = _split(question, count)
    compared = question.compared_span
    before = count_areas(question, fact, count.level, compared).sizes if compared else None
    moved = (
        folds.unsteady_places(question.release, fact, question.period, compared)
        if compared
        else frozenset[str]()
    )
    notes = _notes(question, count)
    if apart := [code for code, _ in count.ranked if code in moved]:
        names = ", ".join(map(question.place_name, apart))
        notes.append(_say(question, "ranking.not_compared", count, names=names))
    ranked = [
        rankings.Row(
            code,
            question.place_name(code),
            size,
            split.get(code) if split else None,
            before.get(code, 0) if before is not None and code not in moved else None,
            rankings.query(question, question.filters.with_codes("area", (code,)), keep=(MEASURE,)),
            note=_parent_name(question, code),
        )
        for code, size in count.ranked
    ]
    ranked += [
        rankings.Row("", label, size, None, None, "", is_ranked=False)
        for label, size in _unmapped(question, count)
    ]
    return made(
        "hotspots.ranking",
        _frame(question, step, [*notes, *rankings.notes(question, compared)]),
        title=_ranking_title(question, count),
        figure=rankings.figure(
            question,
            count.drawn,
            ranked,
            label=_level(question, count, 1),
            top=question.options["top"],
        ),
        table=rankings.table(
            question,
            count.drawn,
            ranked,
            column=count.level,
            label=_level(question, count, 1),
            note_label=question.say("hotspots.column_within"),
            compared=compared,
        ),
        description=_description(question, count, "ranking"),
    )


def number_map(exhibit_id: str, question: Question) -> Exhibit:
    """The map of a measure as an exhibit of any page, at the level that was asked for, if any."""
    fact = counted(question)
    if fact is None:
        return refused(question, exhibit_id)
    step = _step(question, fact)
    count = step.counted
    if not count.total:
        return offered(exhibit_id, _frame(question, step), nothing_counted(question, fact))
    return made(
        exhibit_id,
        _frame(question, step, [*_notes(question, count), *_played_note(question)]),
        title=_map_title(question, count),
        figure=area_map.figure(
            question, count, largest=windows.largest(question, fact, count.level, played(question))
        ),
        table=_map_table(question, count),
        description=_description(question, count, "map"),
    )


def played(question: Question) -> str:
    """What time is played by; "off" on a page that plays nothing, and where no window is shown."""
    kind = question.options.get("play", windows.OFF)
    is_window = question.period in windows.windows(kind, question.release.span)
    return kind if is_window else windows.OFF


def _step(question: Question, fact: Fact) -> Step[AreaCount]:
    """Areas as the period has them, or while time is played as its middle window has them."""
    asked = question.options.get("level", AUTO)
    like = windows.middle(question, fact, played(question))
    if like is None:
        return area_step(question, fact, asked=asked)
    return still_step(question, fact, like, asked=asked)


def counted(question: Question) -> Fact | None:
    """What is counted: the measure that was asked for, else the other where filters need it."""
    asked = question.options.get("measure", INCIDENTS.id)
    shown = replace(question, filters=queries.shown_roles(question.filters))
    return leading(shown, *sorted(_FACTS, key=lambda fact: fact.id != asked))


def refused(question: Question, exhibit_id: str) -> Exhibit:
    """What is said where neither fact is kept by what the reader chose."""
    return offered(exhibit_id, frame(question, PEOPLE), not_kept(question, PEOPLE))


def nothing_counted(question: Question, fact: Fact) -> Offer:
    """That nothing was counted, in the place roles that a map counts."""
    return nothing(question, fact, counted=queries.shown_roles)


def _frame(question: Question, step: Step[AreaCount], notes: Sequence[str] = ()) -> Frame:
    """The frame with the place roles that are counted, so that the subtitle names them."""
    shown = replace(question, filters=queries.shown_roles(question.filters))
    public = question.release.edition.is_public
    ends = [question.say("shared.note.public_levels")] if public else []
    count = step.counted
    return frame(
        shown,
        count.fact,
        drawn=(count.drawn,),
        note=_unsteady(question, count),
        notes=[*notes, *ends],
        detail=step.detail(question),
        options={"measure": count.fact.id, "level": count.level},
    )


def _unsteady(question: Question, count: AreaCount) -> str:
    """That some of the areas shown are counted by themselves in a part of the period only."""
    unsteady = folds.unsteady_places(question.release, count.fact, question.period)
    own = [code for code, _ in count.ranked if code in unsteady]
    return folds.unsteady_note(question.release, own, question.lang) if own else ""


def _split(question: Question, count: AreaCount) -> Mapping[str, dict[str, int]] | None:
    """Sizes by area and part, or None where such numbers tell too little."""
    filters = queries.shown_roles(question.filters)
    rows = queries.counts(
        question.release, count.fact, filters, question.period, (count.level, "class_group")
    )
    sizes = splits.split(rows)
    by = (count.level, splits.by_part())
    cells = [size for area, parts in sizes.items() if area for size in parts.values() if size]
    drawn = display_rule.drawn(question, count.fact, by, cells, filters=filters)
    return sizes if drawn.holds else None


def _map_table(question: Question, count: AreaCount) -> Table:
    lang, unit = question.lang, count.fact.unit_in(question.lang)
    ranked = sorted(count.sizes.items(), key=lambda entry: -entry[1])
    rows: list[tuple[Cell, ...]] = [
        (code, question.place_name(code), _parent_name(question, code), size)
        for code, size in ranked
    ]
    rows += [("", label, "", size) for label, size in _unmapped(question, count)]
    ends = ranges.columns(question, count.fact, count.drawn)
    return Table(
        (
            Column("code", say("hotspots.column_code", lang), hxl=hxl.code_of(count.level)),
            Column("area", _level(question, count, 1), hxl=hxl.name_of(count.level, lang)),
            Column("within", say("hotspots.column_within", lang)),
            Column(count.fact.unit, begin(unit), unit),
            *ends,
        ),
        tuple(
            (*row, *(count.drawn.error.interval(int(row[-1] or 0)) if ends else ())) for row in rows
        ),
    )


def _unmapped(question: Question, count: AreaCount) -> list[tuple[str, int]]:
    """What has none of the areas shown, the largest first: elsewhere in an area, or nowhere."""
    inside = [
        (_within(question, count, code), size)
        for code, size in sorted(count.within.items(), key=lambda entry: -entry[1])
    ]
    outside = [
        (_say(question, f"elsewhere_{where}", count), size)
        for where, size in count.elsewhere.items()
        if size
    ]
    return [*inside, *outside]


def _within(question: Question, count: AreaCount, code: str) -> str:
    """Elsewhere in an area; with its level where another of these has the same name."""
    name, level = question.place_name(code), question.release.places[code].level
    same = any(other != code and question.place_name(other) == name for other in count.within)
    if same and level in LEVELS:
        name = f"{name} ({question.say(f'hotspots.level_{level}', n=1).lower()})"
    return _say(question, "elsewhere_in", count, area=name)


def _parent_name(question: Question, code: str) -> str:
    above = way_up(question.release, code)
    return question.place_name(above[1]) if len(above) > 1 else ""


def _level(question: Question, count: AreaCount, n: int) -> str:
    return question.say(f"hotspots.level_{count.level}", n=n)


def _say(question: Question, key: str, count: AreaCount, **values: object) -> str:
    lang, level, levels = question.lang, _level(question, count, 1), _level(question, count, 2)
    return say(
        f"hotspots.{key}", lang, unit=count.fact.unit_in(lang), level=level.lower(),
        levels=levels.lower(), **values,
    )  # fmt: skip


def _map_title(question: Question, count: AreaCount) -> str:
    """The fewest areas that together hold half, or the first one where that says little."""
    base = question.base(count.fact)
    if not count.ranked:
        return _say(question, "map.title_none", count)
    first = question.place_name(count.ranked[0][0])
    held, needed = 0, 0
    for _, size in count.ranked:
        held, needed = held + size, needed + 1
        if 2 * held >= count.total:
            break
    share = numbers.share(held, count.total, base, question.lang)
    if needed == 1 and _two_lead(count):
        return _close_title(question, count)
    number = numbers.about(count.ranked[0][1], base, question.lang)
    holds_half = 2 * held >= count.total
    if share is None or not holds_half or needed > _MOST_FOR_HALF or held == count.total:
        if _two_lead(count):
            return _close_title(question, count)
        return _first_title(question, count, first, number)
    if needed == 1:
        return _say(question, "map.title_one", count, first=first, share=share)
    if _two_lead(count):
        return _say(question, "map.title_half_close", count, n=needed, share=share)
    return _say(
        question, "map.title_half", count, n=needed, share=share, first=first, number=number
    )


def _first_title(question: Question, count: AreaCount, first: str, number: str) -> str:
    """The area that comes first; where only one is looked at, it comes first of none."""
    key = "map.title_first" if len(count.sizes) > 1 else "map.title_only"
    return _say(question, key, count, first=first, number=number)


def _two_lead(count: AreaCount) -> bool:
    """Whether another area may hold as much as the first."""
    sizes = [size for _, size in count.ranked]
    return len(sizes) > 1 and not count.drawn.leads(sizes)


def _close_title(question: Question, count: AreaCount) -> str:
    name = question.release.place_name
    first, second = (name(code, question.lang) for code, _ in count.ranked[:2])
    return _say(question, "map.title_close", count, first=first, second=second)


def _ranking_title(question: Question, count: AreaCount) -> str:
    if not count.ranked:
        return _say(question, "map.title_none", count)
    if _two_lead(count):
        return _close_title(question, count)
    code, size = count.ranked[0]
    base, lang = question.base(count.fact), question.lang
    first = question.place_name(code)
    share = numbers.share(size, count.total, base, lang)
    if share is None or size == count.total:
        number = numbers.about(size, base, lang)
        return _first_title(question, count, first, number)
    return _say(question, "ranking.title", count, first=first, share=share)


def _description(question: Question, count: AreaCount, form: str) -> str:
    lang, base = question.lang, question.base(count.fact)
    named = [
        say("hotspots.named", lang, name=question.place_name(code),
            number=numbers.about(size, base, lang))
        for at, (code, size) in enumerate(count.ranked[:_DESCRIBED])
        if at == 0 or not is_few(size, base)
    ]  # fmt: skip
    empty = len(count.sizes) - len(count.ranked)
    period = dates.period(question.period, lang)
    parts = [_say(question, f"{form}.description", count, period=period)]
    if named:
        parts.append(say("hotspots.described", lang, names=", ".join(named)))
    if empty and form == "map":
        levels = _level(question, count, empty).lower()
        parts.append(say("hotspots.described_empty", lang, n=empty, levels=levels))
    return " ".join([*parts, *_away(question, count)])


def _away(question: Question, count: AreaCount) -> list[str]:
    """What has none of the areas shown, in one sentence, or nothing."""
    base, lang = question.base(count.fact), question.lang
    ranked = sorted(_unmapped(question, count), key=lambda entry: -entry[1])
    # One that is left is named too: it takes no more words than its number.
    named = len(ranked) if len(ranked) <= _AWAY + 1 else _AWAY
    away = [
        say(
            "hotspots.away",
            lang,
            number=numbers.about(size, base, lang),
            where=f"{label[:1].lower()}{label[1:]}",
        )
        for label, size in ranked[:named]
    ]
    if rest := ranked[named:]:
        number = numbers.about(sum(size for _, size in rest), base, lang)
        away.append(say("hotspots.away_rest", lang, n=len(rest), number=number))
    return [_say(question, "note_away", count, parts="; ".join(away))] if away else []


def _played_note(question: Question) -> list[str]:
    """That colours mean the same in all that is played."""
    kind = played(question)
    return [] if kind == windows.OFF else [question.say(f"hotspots.map.note_{kind}")]


def _notes(question: Question, count: AreaCount) -> list[str]:
    """What is left out: events without such an area, and checkpoints."""
    base, lang = question.base(count.fact), question.lang
    notes = _away(question, count)
    if not question.filters.codes_of("role"):
        everywhere = queries.total(question.release, count.fact, question.filters, question.period)
        stopped = everywhere - count.total
        if stopped:
            number = numbers.about(stopped, base, lang)
            notes.append(_say(question, "note_stopped", count, number=number))
    return notes
