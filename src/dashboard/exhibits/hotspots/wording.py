"""What the map and the list of areas have in common: what is counted, their frame and words.

How areas are counted stands in ``counts.area_counts``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
#: Areas that a title names at most; of more it says how many they are.
_NAMED = 2
#: How many places a description names.
_DESCRIBED = 5
#: Areas around, or other whereabouts, that a sentence on what is off the map names; the table has
#: all.
_AWAY = 2


def _level_option(*levels: str) -> Option:
    """The option ``level``: automatic, or one of these levels where the release offers it."""
    return Option(
        "level",
        (AUTO, *levels),
        lambda release: (AUTO, *filter(release.edition.offers_level, levels)),
    )


#: Levels with boundaries, and those of lists, which have camps and their regions too.
LEVEL, LIST_LEVEL = _level_option(*LEVELS), _level_option(*LEVELS, *CAMPS)


def with_roles(question: Question) -> Question:
    """The question with the place roles that maps count, so that subtitles name them.

    These are all but checkpoints, unless the reader chose roles.
    """
    return replace(question, filters=queries.shown_roles(question.filters))


def counted_fact(question: Question, *, drawn_span: Span | None = None) -> Fact | None:
    """Incidents or people: the measure that was asked for, else the other where filters need it.

    None where some chosen filter applies to neither.

    Args:
        question: What the reader looks at, with the months that are counted.
        drawn_span: The months that are drawn, where these are more than those.
    """
    measure = question.options.get("measure", INCIDENTS.id)
    facts = sorted(_FACTS, key=lambda fact: fact.id != measure)
    return leading(with_roles(question), *facts, drawn_span=drawn_span)


def played(question: Question) -> str:
    """What time is played by: "quarter" or "year"; "off" where the period is no such window."""
    kind = question.options.get(PLAY.name, windows.OFF)
    is_window = question.period in windows.windows(kind, question.release.span)
    return kind if is_window else windows.OFF


def largest_played(count: AreaCount) -> int:
    """The largest number of an area in any window that is played; 0 where time is not played."""
    return windows.largest(count.question, count.fact, count.level, played(count.question))


def choose_level(question: Question, fact: Fact, *, camps: bool = False) -> ChosenDetail[AreaCount]:
    """Events of the period by area, at the level asked for or the finest that is certain enough.

    While time is played the level is that of the window of median size, so that all are alike.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        camps: Whether camps and their regions are levels too.
    """
    middle_window = windows.middle(question, fact, played(question))
    if middle_window is None:
        return area_counts.area_step(question, fact, camps=camps)
    return area_counts.still_step(question, fact, middle_window, camps=camps)


def nothing_counted(question: Question, fact: Fact) -> EmptyState:
    """That nothing was counted in the areas shown, with a wider view that has events.

    Where no agency reported from any of the chosen areas, that is the reason.
    """
    empty_state = nothing(question, fact, as_counted=queries.shown_roles)
    chosen = question.filters.codes_of("area")
    if chosen and silent_areas(question.release, chosen, question.period) == set(chosen):
        period = question.period_in_words
        reason = question.translate("hotspots.silent.offer", period=period)
        return replace(empty_state, reason=reason)
    return empty_state


def area_frame(
    step: ChosenDetail[AreaCount],
    notes: Sequence[str] = (),
    *finer: str,
    note: str = "",
    **options: str,
) -> Frame:
    """What stands around a map or list of areas: subtitle, notes, and the levels to choose from.

    Args:
        step: The areas, at the level that is shown.
        notes: Notes below the figure.
        *finer: Levels that may be asked for beside those of the ladder.
        note: The note that changes how the figure is read, or ''.
        **options: Values that the exhibit's options have in the end.
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
    """Events in none of the areas shown, as label and number.

    First those known only by an area around, the largest first, then those elsewhere.
    """
    inside = [
        (within_label(count, code), size)
        for code, size in sorted(count.within.items(), key=lambda entry: (-entry[1], entry[0]))
    ]
    return [*inside, *elsewhere(count)]


def elsewhere(count: AreaCount) -> list[tuple[str, int]]:
    """Events abroad, at sea and without a known place, as label and number; none that are 0."""
    return [
        (count.translate_for_level(f"elsewhere_{where}"), size)
        for where, size in count.elsewhere.items()
        if size
    ]


def within_label(count: AreaCount, code: str) -> str:
    """A label for events known only to lie in an area, in no finer one or outside of its camps."""
    name = name_among(count, code)
    if count.level in CAMPS:
        return count.translate_for_level("outside_camps", area=name)
    return count.translate("shared.not_told", area=name, level=count.level_name(1).lower())


def name_among(count: AreaCount, code: str) -> str:
    """Name of an area in ``count.within``; with its level where another one there has that name."""
    name, level = count.name(code), count.question.release.places[code].level
    same = any(other != code and count.name(other) == name for other in count.within)
    if same and level in LEVELS:
        return f"{name} ({count.translate(f'hotspots.level_{level}', n=1).lower()})"
    return name


def parent_name(question: Question, code: str) -> str:
    """Name of the area around a place, '' where there is none."""
    _, *above = way_up(question.release, code)
    return question.place_name(above[0]) if above else ""


def name_with_area(question: Question, name: str, code: str) -> str:
    """A name with that of the area around in brackets: "Northport (East)"; alone where none is.

    Args:
        question: What the reader looks at.
        name: Name of the place.
        code: Its code.
    """
    area = parent_name(question, code)
    return question.translate("shared.named", name=name, number=area) if area else name


def distinct_names(
    question: Question, codes: Sequence[str], name_of: Callable[[str], str] | None = None
) -> list[str]:
    """Names of areas, in the order of the codes; equal names with the area around each.

    Args:
        question: What the reader looks at.
        codes: Codes of the areas.
        name_of: Gives the name of each, where that is not its own.
    """
    names = list(map(name_of or question.place_name, codes))
    return [
        name if names.count(name) == 1 else name_with_area(question, name, code)
        for name, code in zip(names, codes, strict=True)
    ]


def first_title(count: AreaCount) -> str:
    """A title: the area with most and its number; of a single area shown only its number."""
    code, size = count.ranked[0]
    key = "map.title_first" if len(count.sizes) > 1 else "map.title_only"
    return count.translate_for_level(key, first=count.name(code), number=count.about(size))


def two_lead(count: AreaCount) -> bool:
    """Whether another area may hold as many events as the first."""
    sizes = [size for _, size in count.ranked]
    return len(sizes) > 1 and not count.breakdown.leads(sizes)


def before_gap(count: AreaCount, sizes: Sequence[int]) -> int:
    """How many of some sizes, the largest first, stand before the first clear gap between two.

    Those are too close to rank.
    """
    n = min(1, len(sizes))
    while n < len(sizes) and not count.breakdown.leads(sizes[n - 1 :]):
        n += 1
    return n


def in_front(count: AreaCount, listed: Sequence[tuple[str, int]] | None = None) -> int:
    """How many areas lead a list, too close to rank.

    Beside a single one that is listed they are all that may hold as many.

    Args:
        count: The areas.
        listed: Those of the list with their numbers, where that is not ``named``.
    """
    n = before_gap(count, [size for _, size in (count.named if listed is None else listed)])
    return n if n != 1 else before_gap(count, [size for _, size in count.ranked])


def numbered(count: AreaCount) -> list[tuple[str, int]]:
    """Areas with more than a few events, as code and number, the largest first."""
    return [entry for entry in count.ranked if not count.breakdown.is_few(entry[1])]


def close_title(count: AreaCount, n: int | None = None) -> str:
    """A title: the two leading areas, which are too close to rank; of more how many they are.

    Args:
        count: The areas.
        n: How many lead, where that is not ``in_front``.
    """
    n = n or in_front(count)
    if n > _NAMED:
        return count.translate_for_level("map.title_band", n=n)
    codes = [code for code, _ in count.ranked[:2]]
    first, second = distinct_names(count.question, codes, count.name)
    return count.translate_for_level("map.title_close", first=first, second=second)


def few_title(count: AreaCount) -> str:
    """A title: every area has a few events at most, or too few to rank, so that none comes first.

    A single one is not named unless it is all that was chosen: others may have as many.
    """
    codes = [code for code, _ in count.ranked]
    if len(count.sizes) == 1:
        return first_title(count)
    if len(codes) == 1 or numbered(count):
        return count.translate("breakdown.few", unit=count.unit)
    return count.translate_for_level("map.title_few", areas=areas_named(count, codes))


def share_title(count: AreaCount) -> str:
    """A title: which area has most, with its share of all unless it has all; or who are close.

    Where no area has more than a few it says that.
    """
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

    Args:
        count: The areas; events without a place that is counted are not among them.
        key: Key of the phrase below "hotspots".
        size: The number whose share it is.
        **values: What else the phrase says.
    """
    share = count.share_of(size)
    of_what = count.unit
    if "%" in share:  # a share in other words, as "7 of 30", has its whole already
        whole = count.number(count.total)
        of_what = count.translate("hotspots.of_units", number=whole, unit=count.unit)
    return count.translate(f"hotspots.{key}", share=share, unit=of_what, **values)


def placed_note(count: AreaCount) -> str:
    """A note: how many of all events have a place that the map counts; '' where all have one."""
    question = count.question
    everywhere = question.total(count.fact)
    if question.filters.codes_of("role") or everywhere == count.total:
        return ""
    whole = total_in_words(question, count.fact, everywhere, question.period)
    return count.translate_for_level("note_placed", number=count.about(count.total), all=whole)


def areas_named(count: AreaCount, codes: Sequence[str]) -> str:
    """One or two areas by name; of more how many they are: "3 districts"."""
    match distinct_names(count.question, codes[: _NAMED + 1], count.name):
        case (name,):
            return name
        case (first, second):
            return count.translate("hotspots.two", first=first, second=second)
        case _ if any(count.question.release.places[code].level != count.level for code in codes):
            return count.translate("hotspots.many_places", n=len(codes))
        case _:
            return number_of_areas(count, len(codes))


def number_of_areas(count: AreaCount, n: int) -> str:
    """A number of areas with the name of their level: "3 districts"."""
    levels = count.level_name(n).lower()
    return count.translate("hotspots.many", n=count.number(n), levels=levels)


def description(count: AreaCount, form: str) -> str:
    """What the figure shows, for who does not see it.

    Args:
        count: The areas.
        form: ``map``, ``camps`` or ``ranking``.
    """
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
    return " ".join([*parts, *silent_note(count), *_away_note(count)])


def _away_note(count: AreaCount) -> list[str]:
    """One sentence on events in none of the areas shown; no sentence where there are none."""
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
    """Codes of the areas in view from which no agency reported, in order of their names."""
    return sorted(count.silent & count.in_view, key=lambda code: (count.name(code), code))


def silent_note(count: AreaCount) -> list[str]:
    """One sentence on areas from which no agency reported; no sentence where there are none."""
    silent = silent_here(count)
    if not silent:
        return []
    return [count.translate("hotspots.silent.note", names=areas_named(count, silent))]


def notes(count: AreaCount) -> list[str]:
    """Notes on what the areas leave out: silent areas, events without an area, and checkpoints."""
    question, notes = count.question, [*silent_note(count), *_away_note(count)]
    stopped = question.total(count.fact) - count.total
    if stopped and not question.filters.codes_of("role"):
        notes.append(count.translate_for_level("note_stopped", number=count.about(stopped)))
    return notes
