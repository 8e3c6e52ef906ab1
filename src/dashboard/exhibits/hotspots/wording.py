"""What the map and the list of areas have in common: what is counted, their frame and words.

How areas are counted stands in ``counts.area_counts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard import queries
from dashboard.exhibits.counts import area_counts, windows
from dashboard.exhibits.counts.area_counts import CAMPS, LEVELS, AreaCount
from dashboard.exhibits.counts.home import way_up
from dashboard.exhibits.counts.reporting import silent_areas
from dashboard.exhibits.exhibit import AUTO, EmptyState, Frame
from dashboard.exhibits.parts.empty_state import leading, nothing
from dashboard.exhibits.parts.frame import frame, total_in_words
from dashboard.exhibits.parts.ladder import ChosenDetail
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.model.facts import INCIDENTS, PEOPLE, Fact
from dashboard.model.periods import Span

_FACTS = (INCIDENTS, PEOPLE)
MEASURE = Option("measure", ("incidents", "people"))
#: What a map looks at.
VIEW = Option("view", area_counts.VIEWS)
#: What time is played by; colours and areas then mean the same in every frame.
PLAY = Option("play", (windows.OFF, windows.QUARTER, windows.YEAR), windows.available_kinds)
#: Areas that a title names; of more it says how many they are.
_NAMED = 2
#: How many places a description names.
_DESCRIBED = 5
#: How many places off the map a sentence names; the table has all.
_AWAY = 2


def _level(*levels: str) -> Option:
    """The choice of a level, among those that a release offers."""
    return Option(
        "level",
        (AUTO, *levels),
        lambda release: (AUTO, *filter(release.edition.offers_level, levels)),
    )


#: Levels with boundaries, and those of lists, which have camps and their regions too.
LEVEL, LIST_LEVEL = _level(*LEVELS), _level(*LEVELS, *CAMPS)


def with_roles(question: Question) -> Question:
    """The question with the place roles that are counted, so that subtitles name them."""
    return replace(question, filters=queries.shown_roles(question.filters))


def counted_fact(question: Question, *, drawn_span: Span | None = None) -> Fact | None:
    """What is counted: the measure that was asked for, else the other where filters need it.

    Args:
        question: What the reader looks at, with the months that are counted.
        drawn_span: As in ``leading``.
    """
    measure = question.options.get("measure", INCIDENTS.id)
    facts = sorted(_FACTS, key=lambda fact: fact.id != measure)
    return leading(with_roles(question), *facts, drawn_span=drawn_span)


def played(question: Question) -> str:
    """What time is played by; "off" on a page that plays nothing, and where no window is shown."""
    kind = question.options.get(PLAY.name, windows.OFF)
    is_window = question.period in windows.windows(kind, question.release.span)
    return kind if is_window else windows.OFF


def largest_played(count: AreaCount) -> int:
    """The largest number of any frame, which the classes of all of them serve; 0 for no frames."""
    return windows.largest(count.question, count.fact, count.level, played(count.question))


def step_of(question: Question, fact: Fact, *, camps: bool = False) -> ChosenDetail[AreaCount]:
    """Areas at the level of the period, or while time is played at that of the middle window."""
    like = windows.middle(question, fact, played(question))
    if like is None:
        return area_counts.area_step(question, fact, camps=camps)
    return area_counts.still_step(question, fact, like, camps=camps)


def nothing_counted(question: Question, fact: Fact) -> EmptyState:
    """What is offered where nothing was counted in the places that are shown."""
    empty_state = nothing(question, fact, as_counted=queries.shown_roles)
    chosen = question.filters.codes_of("area")
    if chosen and silent_areas(question.release, chosen, question.period) == set(chosen):
        period = question.period_in_words
        return replace(
            empty_state, reason=question.translate("hotspots.silent.offer", period=period)
        )
    return empty_state


def area_frame(
    step: ChosenDetail[AreaCount],
    notes: Sequence[str] = (),
    *finer: str,
    note: str = "",
    **options: str,
) -> Frame:
    """The frame with the place roles that are counted, so that the subtitle names them.

    Args:
        step: The areas, at the level that is shown.
        notes: What must be said of them.
        *finer: Levels that may be asked for beside those of the ladder.
        note: What changes how they are read, where there is such.
        **options: What options came to.
    """
    count, question = step.counted, step.counted.question
    detail, public = step.detail(question), question.release.edition.is_public
    return frame(
        with_roles(question),
        count.fact,
        cuts=(count.breakdown,),
        note=note,
        notes=[*notes, *([question.translate("shared.note.public_levels")] if public else [])],
        detail=replace(detail, rungs=tuple(dict.fromkeys((*finer, *detail.rungs)))),
        options={"measure": count.fact.id, "level": count.level, **options},
    )


def unmapped(count: AreaCount) -> list[tuple[str, int]]:
    """What is in none of the areas shown, the largest first: in an area around, or elsewhere."""
    inside = [
        (area_without_finer(count, code), size)
        for code, size in sorted(count.within.items(), key=lambda entry: (-entry[1], entry[0]))
    ]
    return [*inside, *elsewhere(count)]


def elsewhere(count: AreaCount) -> list[tuple[str, int]]:
    """What lies in no area of the country, and what has no place."""
    return [
        (count.translate_for_level(f"elsewhere_{where}"), size)
        for where, size in count.elsewhere.items()
        if size
    ]


def area_without_finer(count: AreaCount, code: str) -> str:
    """What is in an area without a finer one, in words."""
    name = name_among(count, code)
    if count.level in CAMPS:
        return count.translate_for_level("outside_camps", area=name)
    return count.translate("shared.not_told", area=name, level=count.level_name(1).lower())


def name_among(count: AreaCount, code: str) -> str:
    """Name of an area; with its level where another one beside it has the same name."""
    name, level = count.name(code), count.question.release.places[code].level
    same = any(other != code and count.name(other) == name for other in count.within)
    if same and level in LEVELS:
        return f"{name} ({count.translate(f'hotspots.level_{level}', n=1).lower()})"
    return name


def parent_name(question: Question, code: str) -> str:
    """Name of the area around a place, '' where there is none."""
    above = way_up(question.release, code)
    return question.place_name(above[1]) if len(above) > 1 else ""


def name_with_area(question: Question, name: str, code: str) -> str:
    """A name with that of the area around its place in brackets; alone where there is none."""
    area = parent_name(question, code)
    return question.translate("shared.named", name=name, number=area) if area else name


def distinct_names(question: Question, codes: Sequence[str]) -> list[str]:
    """Names of areas; those that several of them have with the area around each."""
    names = [question.place_name(code) for code in codes]
    return [
        name if names.count(name) == 1 else name_with_area(question, name, code)
        for name, code in zip(names, codes, strict=True)
    ]


def first_title(count: AreaCount) -> str:
    """The area with most; of a single area only its number."""
    code, size = count.ranked[0]
    key = "map.title_first" if len(count.sizes) > 1 else "map.title_only"
    return count.translate_for_level(key, first=count.name(code), number=count.about(size))


def two_lead(count: AreaCount) -> bool:
    """Whether another area may hold as much as the first."""
    sizes = [size for _, size in count.ranked]
    return len(sizes) > 1 and not count.breakdown.leads(sizes)


def together(count: AreaCount, sizes: Sequence[int]) -> int:
    """How many of some sizes, the largest first, are too close to the first ones to rank."""
    n = min(1, len(sizes))
    while n < len(sizes) and not count.breakdown.leads(sizes[n - 1 :]):
        n += 1
    return n


def in_front(count: AreaCount) -> int:
    """How many areas come first, too close to rank, of those that a list names."""
    return together(count, [size for _, size in count.named])


def numbered(count: AreaCount) -> list[tuple[str, int]]:
    """Areas with more than a few, the largest first: beside tiles of camps each has its number."""
    return [entry for entry in count.ranked if not count.breakdown.is_few(entry[1])]


def close_title(count: AreaCount, n: int | None = None) -> str:
    """The two areas in front that are too close to rank, or how many of them there are.

    Args:
        count: The areas.
        n: How many there are, where these are not those that a list names.
    """
    if (n := n or in_front(count)) > _NAMED:
        return count.translate_for_level("map.title_band", n=n)
    first, second = distinct_names(count.question, [code for code, _ in count.ranked[:2]])
    return count.translate_for_level("map.title_close", first=first, second=second)


def few_title(count: AreaCount) -> str:
    """That every area has a few at most, so that none comes first.

    A single one is not named: others may have as many and show none.
    """
    codes = [code for code, _ in count.ranked]
    if len(codes) == 1:
        return count.translate("breakdown.few", unit=count.unit)
    return count.translate_for_level("map.title_few", areas=areas_named(count, codes))


def share_title(count: AreaCount) -> str:
    """Which area comes first, with its share of all where that says something."""
    if not count.ranked:
        return count.translate_for_level("map.title_none")
    if not count.named:
        return few_title(count)
    if two_lead(count):
        return close_title(count)
    code, size = count.ranked[0]
    if size == count.total:
        return first_title(count)
    return share_phrase(count, "ranking.title", size, first=count.name(code))


def share_phrase(count: AreaCount, key: str, size: int, **values: object) -> str:
    """A phrase with a share, and of how many that is: "25 % of 519 incidents".

    Events without a place that is counted are not among them.
    """
    share = count.share_of(size)
    of_what = count.unit
    if "%" in share:  # a count has what it is of
        whole = count.number(count.total)
        of_what = count.translate("hotspots.of_units", number=whole, unit=count.unit)
    return count.translate(f"hotspots.{key}", share=share, unit=of_what, **values)


def placed_note(count: AreaCount) -> str:
    """How many of all events have a place of the roles counted; '' where all have one."""
    question = count.question
    everywhere = question.total(count.fact)
    if question.filters.codes_of("role") or everywhere == count.total:
        return ""
    whole = total_in_words(question, count.fact, everywhere, question.period)
    return count.translate_for_level("note_placed", number=count.about(count.total), all=whole)


def areas_named(count: AreaCount, codes: Sequence[str]) -> str:
    """One or two areas by name, more by their number."""
    match distinct_names(count.question, codes[: _NAMED + 1]):
        case (one,):
            return one
        case (one, two):
            return count.translate("hotspots.two", first=one, second=two)
        case _ if any(count.question.release.places[code].level != count.level for code in codes):
            return count.translate("hotspots.many_places", n=len(codes))
        case _:
            return many(count, len(codes))


def many(count: AreaCount, n: int) -> str:
    """So many areas of the level."""
    levels = count.level_name(n).lower()
    return count.translate("hotspots.many", n=count.number(n), levels=levels)


def description(count: AreaCount, form: str) -> str:
    """What a form, ``map``, ``camps`` or ``ranking``, shows, for who does not see it."""
    # Where every area has a few, the title names those with anything, if there are only two.
    few = count.ranked if len(count.ranked) <= _NAMED else []
    areas = [(count.name(code), size) for code, size in (count.named or few)[:_DESCRIBED]]
    empty = len(count.sizes) - len(count.ranked) - len(count.silent)
    period = count.question.period_in_words
    parts = [count.translate_for_level(f"{form}.description", period=period)]
    if areas:
        names = count.question.named(areas, count.fact)
        parts.append(count.translate("hotspots.described", names=names))
    if empty and form == "map":
        levels = count.level_name(empty).lower()
        parts.append(count.translate("hotspots.described_empty", n=empty, levels=levels))
    return " ".join([*parts, *silent_note(count), *_away(count)])


def _away(count: AreaCount) -> list[str]:
    """What has none of the areas shown, in one sentence, or nothing."""
    ranked = sorted(unmapped(count), key=lambda entry: -entry[1])
    # A single further one is named too: that takes no more words than how many there are.
    n = len(ranked) if len(ranked) <= _AWAY + 1 else _AWAY
    away = [
        count.translate("hotspots.away", number=count.about(size), where=label)
        for label, size in ranked[:n]
    ]
    if rest := ranked[n:]:
        number = count.about(sum(size for _, size in rest))
        away.append(count.translate("hotspots.away_rest", n=len(rest), number=number))
    return [count.translate_for_level("note_away", parts="; ".join(away))] if away else []


def silent_here(count: AreaCount) -> list[str]:
    """Areas from which no agency reported, of those that the map looks at, by name."""
    return sorted(count.silent & count.in_view, key=lambda code: (count.name(code), code))


def silent_note(count: AreaCount) -> list[str]:
    """That no agency reported from some areas, so that nothing is known of them."""
    silent = silent_here(count)
    if not silent:
        return []
    return [count.translate("hotspots.silent.note", names=areas_named(count, silent))]


def notes(count: AreaCount) -> list[str]:
    """What is left out: events without an area of the level, and checkpoints."""
    question, notes = count.question, [*silent_note(count), *_away(count)]
    stopped = question.total(count.fact) - count.total
    if stopped and not question.filters.codes_of("role"):
        notes.append(count.translate_for_level("note_stopped", number=count.about(stopped)))
    return notes
