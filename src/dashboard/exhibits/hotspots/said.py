"""What the map and the list of areas have in common: what is counted, their frame and words.

How areas are counted stands in ``counts.area_counts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard import queries
from dashboard.exhibits.counts import windows
from dashboard.exhibits.counts.area_counts import (
    CAMPS,
    LEVELS,
    VIEWS,
    AreaCount,
    area_step,
    areas_shown,
    levels_offered,
    still_step,
)
from dashboard.exhibits.counts.home import COUNTRY, way_up
from dashboard.exhibits.counts.reporting import silent_areas
from dashboard.exhibits.exhibit import Exhibit, Offer
from dashboard.exhibits.parts.frame import Frame, frame
from dashboard.exhibits.parts.ladder import AUTO, Step
from dashboard.exhibits.parts.offers import leading, not_kept, nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.model.facts import INCIDENTS, PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words import dates, numbers
from dashboard.words.catalogue import say

_FACTS = (INCIDENTS, PEOPLE)
MEASURE = Option("measure", ("incidents", "people"))
#: What a map looks at.
VIEW = Option("view", VIEWS)
#: What time is played by; colours and areas then mean the same in every frame.
PLAY = Option("play", (windows.OFF, windows.QUARTER, windows.YEAR), windows.kinds_offered)
#: Areas that a title names; of more it says how many they are.
_NAMED = 2
#: How many places a description names.
_DESCRIBED = 5
#: How many of what is not on the map a sentence names; the table has all.
_AWAY = 2


def _levels(release: Release) -> tuple[str, ...]:
    camps = (level for level in CAMPS if release.edition.offers_level(level))
    return (AUTO, *levels_offered(release), *camps)


#: Levels of what has boundaries, and those of lists, which have camps and their regions too.
LEVEL = Option("level", (AUTO, *LEVELS), lambda release: (AUTO, *levels_offered(release)))
LIST_LEVEL = Option(LEVEL.name, (AUTO, *LEVELS, *CAMPS), _levels)


def counted_fact(question: Question, *, shown: Span | None = None) -> Fact | None:
    """What is counted: the measure that was asked for, else the other where filters need it.

    Args:
        question: What the reader looks at. What shows other months than those that were chosen,
            whatever they are, asks of its own.
        shown: As in ``leading``.
    """
    asked = question.options.get("measure", INCIDENTS.id)
    counted = replace(question, filters=queries.shown_roles(question.filters))
    return leading(counted, *sorted(_FACTS, key=lambda fact: fact.id != asked), shown=shown)


def played(question: Question) -> str:
    """What time is played by; "off" on a page that plays nothing, and where no window is shown."""
    kind = question.options.get(PLAY.name, windows.OFF)
    is_window = question.period in windows.windows(kind, question.release.span)
    return kind if is_window else windows.OFF


def played_note(question: Question) -> list[str]:
    """That colours mean the same in all that is played."""
    kind = played(question)
    return [] if kind == windows.OFF else [question.say(f"hotspots.map.note_{kind}")]


def largest_played(question: Question, count: AreaCount) -> int:
    """The largest number of any frame, which the classes of all of them serve; 0 for no frames."""
    return windows.largest(question, count.fact, count.level, played(question))


def step_of(question: Question, fact: Fact, *, camps: bool = False) -> Step[AreaCount]:
    """Areas as the period has them, or while time is played as its middle window has them."""
    asked = question.options.get(LEVEL.name, AUTO)
    like = windows.middle(question, fact, played(question))
    if like is None:
        return area_step(question, fact, asked=asked, camps=camps)
    return still_step(question, fact, like, asked=asked, camps=camps)


def refused(question: Question, exhibit_id: str) -> Exhibit:
    """The one line that stands where no fact can serve the filters."""
    return offered(exhibit_id, frame(question, PEOPLE), not_kept(question, PEOPLE))


def nothing_counted(question: Question, fact: Fact) -> Offer:
    """What is offered where nothing was counted in the places that are shown."""
    offer = nothing(question, fact, counted=queries.shown_roles)
    chosen = question.filters.codes_of("area")
    if chosen and silent_areas(question.release, chosen, question.period) == set(chosen):
        period = dates.period(question.period, question.lang)
        return replace(offer, reason=question.say("hotspots.silent.offer", period=period))
    return offer


def area_frame(
    question: Question,
    step: Step[AreaCount],
    notes: Sequence[str] = (),
    finer: Sequence[str] = (),
    note: str = "",
    **options: str,
) -> Frame:
    """The frame with the place roles that are counted, so that the subtitle names them.

    Args:
        question: What the reader looks at.
        step: The areas, at the level that is shown.
        notes: What must be said of them.
        finer: Levels that may be asked for beside those of the ladder.
        note: What changes how they are read, where there is such.
        **options: What options came to.
    """
    detail = step.detail(question)
    counted = replace(question, filters=queries.shown_roles(question.filters))
    public = question.release.edition.is_public
    ends = [question.say("shared.note.public_levels")] if public else []
    count = step.counted
    return frame(
        counted,
        count.fact,
        drawn=(count.drawn,),
        note=note,
        notes=[*notes, *ends],
        detail=replace(detail, rungs=tuple(dict.fromkeys((*finer, *detail.rungs)))),
        options={"measure": count.fact.id, "level": count.level, **options},
    )


def unmapped(question: Question, count: AreaCount) -> list[tuple[str, int]]:
    """What has none of the areas shown, the largest first: told of an area around, or of none."""
    inside = [
        (not_told(question, count, code), size)
        for code, size in sorted(count.within.items(), key=lambda entry: -entry[1])
    ]
    return [*inside, *elsewhere(question, count)]


def elsewhere(question: Question, count: AreaCount) -> list[tuple[str, int]]:
    """What lies in no area of Bangladesh, and what has no place."""
    return [
        (say_of(question, f"elsewhere_{where}", count), size)
        for where, size in count.elsewhere.items()
        if size
    ]


def not_told(question: Question, count: AreaCount, code: str) -> str:
    """An area of which no finer one is told."""
    name = name_among(question, count, code)
    if count.level in CAMPS:
        return say_of(question, "outside_camps", count, area=name)
    return question.say("shared.not_told", area=name, level=level_name(question, count, 1).lower())


def name_among(question: Question, count: AreaCount, code: str) -> str:
    """Name of an area; with its level where another of which no finer is told has the same."""
    name, level = question.place_name(code), question.release.places[code].level
    same = any(other != code and question.place_name(other) == name for other in count.within)
    if same and level in LEVELS:
        return f"{name} ({question.say(f'hotspots.level_{level}', n=1).lower()})"
    return name


def parent_name(question: Question, code: str) -> str:
    """Name of the area around a place, '' where there is none."""
    above = way_up(question.release, code)
    return question.place_name(above[1]) if len(above) > 1 else ""


def level_name(question: Question, count: AreaCount, n: int) -> str:
    """What so many areas of the level are called."""
    return question.say(f"hotspots.level_{count.level}", n=n)


def say_of(question: Question, key: str, count: AreaCount, **values: object) -> str:
    """A phrase of the page that names what is counted and the level."""
    lang = question.lang
    level, levels = (level_name(question, count, n) for n in (1, 2))
    return say(
        f"hotspots.{key}", lang, unit=count.fact.unit_in(lang), level=level.lower(),
        levels=levels.lower(), **values,
    )  # fmt: skip


def first_title(question: Question, count: AreaCount, first: str, number: str) -> str:
    """The area that comes first; where only one is looked at, it comes first of none."""
    key = "map.title_first" if len(count.sizes) > 1 else "map.title_only"
    return say_of(question, key, count, first=first, number=number)


def two_lead(count: AreaCount) -> bool:
    """Whether another area may hold as much as the first."""
    sizes = [size for _, size in count.ranked]
    return len(sizes) > 1 and not count.drawn.leads(sizes)


def close_title(question: Question, count: AreaCount) -> str:
    """The two that come first, where neither can be said to."""
    name = question.release.place_name
    first, second = (name(code, question.lang) for code, _ in count.ranked[:2])
    return say_of(question, "map.title_close", count, first=first, second=second)


def few_title(question: Question, count: AreaCount) -> str:
    """That every area has a few at most, so that none comes first."""
    codes = [code for code, _ in count.ranked]
    areas = areas_named(question, count, codes)
    return say_of(question, "map.title_few", count, n=len(codes), areas=areas)


def share_title(question: Question, count: AreaCount) -> str:
    """Which area comes first, with its share of all where that says something."""
    if not count.ranked:
        return say_of(question, "map.title_none", count)
    if not count.named and len(count.sizes) > 1:
        return few_title(question, count)
    if two_lead(count):
        return close_title(question, count)
    code, size = count.ranked[0]
    base, lang = question.base(count.fact), question.lang
    first = question.place_name(code)
    share = numbers.share(size, count.total, base, lang)
    if share is None or size == count.total:
        return first_title(question, count, first, numbers.about(size, base, lang))
    return say_of(question, "ranking.title", count, first=first, share=share)


def areas_named(question: Question, count: AreaCount, codes: Sequence[str]) -> str:
    """One or two areas by name, more by their number."""
    if len(codes) <= _NAMED:
        names = [question.place_name(code) for code in codes]
        return (
            question.say("hotspots.two", first=names[0], second=names[1]) if names[1:] else names[0]
        )
    levels = level_name(question, count, len(codes)).lower()
    return question.say("hotspots.many", n=numbers.number(len(codes), question.lang), levels=levels)


def description(question: Question, count: AreaCount, form: str) -> str:
    """What a form, ``map``, ``camps`` or ``ranking``, shows, for who does not see it."""
    lang, base = question.lang, question.base(count.fact)
    # Whom the title names are those that have anything, where they are that few.
    few = count.ranked if len(count.ranked) <= _NAMED else []
    named = [
        say("shared.named", lang, name=question.place_name(code),
            number=numbers.about(size, base, lang))
        for code, size in (count.named or few)[:_DESCRIBED]
    ]  # fmt: skip
    empty = len(count.sizes) - len(count.ranked) - len(count.silent)
    period = dates.period(question.period, lang)
    parts = [say_of(question, f"{form}.description", count, period=period)]
    if named:
        parts.append(say("hotspots.described", lang, names=", ".join(named)))
    if empty and form == "map":
        levels = level_name(question, count, empty).lower()
        parts.append(say("hotspots.described_empty", lang, n=empty, levels=levels))
    return " ".join([*parts, *silent_note(question, count), *_away(question, count)])


def _away(question: Question, count: AreaCount) -> list[str]:
    """What has none of the areas shown, in one sentence, or nothing."""
    base, lang = question.base(count.fact), question.lang
    ranked = sorted(unmapped(question, count), key=lambda entry: -entry[1])
    # One that is left is named too: it takes no more words than its number.
    named = len(ranked) if len(ranked) <= _AWAY + 1 else _AWAY
    away = [
        say("hotspots.away", lang, number=numbers.about(size, base, lang), where=label)
        for label, size in ranked[:named]
    ]
    if rest := ranked[named:]:
        number = numbers.about(sum(size for _, size in rest), base, lang)
        away.append(say("hotspots.away_rest", lang, n=len(rest), number=number))
    return [say_of(question, "note_away", count, parts="; ".join(away))] if away else []


def silent_here(question: Question, count: AreaCount) -> list[str]:
    """Areas from which no agency reported, of those that the map looks at, by name."""
    silent = count.silent
    if COUNTRY not in count.view:
        silent = silent & {*areas_shown(question.release, count.level, count.view)}
    return sorted(silent, key=question.place_name)


def silent_note(question: Question, count: AreaCount) -> list[str]:
    """That no agency reported from some areas, so that nothing is known of them."""
    silent = silent_here(question, count)
    if not silent:
        return []
    return [question.say("hotspots.silent.note", names=areas_named(question, count, silent))]


def notes(question: Question, count: AreaCount) -> list[str]:
    """What is left out: events without such an area, and checkpoints."""
    base, lang = question.base(count.fact), question.lang
    notes = [*silent_note(question, count), *_away(question, count)]
    if not question.filters.codes_of("role"):
        everywhere = queries.total(question.release, count.fact, question.filters, question.period)
        stopped = everywhere - count.total
        if stopped:
            number = numbers.about(stopped, base, lang)
            notes.append(say_of(question, "note_stopped", count, number=number))
    return notes
