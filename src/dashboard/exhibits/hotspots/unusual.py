"""Where there is more or fewer than usual: how that is painted, marked and said.

What is usual, and which areas can be compared with it, stands in ``counts.usual_areas``. What would
have been noticed is said beside "as usual", so that it is not read as "nothing happened".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, cast

from dashboard.analysis.more_than_usual import Judgement, Verdict
from dashboard.analysis.power import RISES
from dashboard.exhibits.counts.area_counts import AreaCount, shows_parts
from dashboard.exhibits.counts.reporting import silent_areas
from dashboard.exhibits.counts.usual_areas import Level, Unsaid, UsualArea, UsualAreas, usual_areas
from dashboard.exhibits.exhibit import Column
from dashboard.exhibits.hotspots.said import moved_title
from dashboard.exhibits.parts.area_map import Painted, number_lines
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.choropleth import MapClass
from dashboard.model.facts import Fact
from dashboard.model.protection import is_few
from dashboard.words import numbers
from dashboard.words.catalogue import begin

#: Rises in words, by the name of their phrase.
_RISE = {1.5: "half", 2.0: "double", 3.0: "treble", 5.0: "fivefold"}
#: Areas of which a note says what would have shown.
_TOLD = 2
#: Chances below one in so many are not told apart.
_RAREST = 1000
#: Classes of the map, in the order of its legend.
_UNSAID, _FEWER, _USUAL, _MORE = range(4)
_CALLED: tuple[Literal["more", "fewer"], ...] = ("more", "fewer")
_CLASS = {"more": _MORE, "fewer": _FEWER, "none": _USUAL}


def against_usual(question: Question, fact: Fact, level: str) -> UsualAreas | Unsaid:
    """The areas of a level in the period against their own past share.

    Not where a reader chose something finer: what is shown of an area is then a part of it. An area
    from which no agency reported cannot be judged.
    """
    if shows_parts(question, level):
        return Unsaid("level")
    found = usual_areas(
        question.release, fact, question.filters, cast(Level, level), question.period
    )
    if isinstance(found, Unsaid):
        return found
    empty = [area.code for area in found.areas if not area.now]
    silent = silent_areas(question.release, empty, question.period)
    areas = (
        replace(area, judgement=None, noticed=None) if area.code in silent else area
        for area in found.areas
    )
    return replace(found, areas=tuple(areas))


def why_not(question: Question, unsaid: Unsaid) -> str:
    """Why nothing is compared with what is usual."""
    return question.say(f"hotspots.usual.why_{unsaid.reason}")


def painted(count: AreaCount, found: UsualAreas) -> Painted:
    """Areas with more, with fewer and with as many as usual, and those that cannot be compared."""
    areas, lines = {area.code: area for area in found.areas}, number_lines(count)

    def index(code: str) -> int:
        area = areas.get(code)
        judged = area.judgement if area else None
        return _CLASS[judged.verdict] if judged else _UNSAID

    return Painted(
        count.say("hotspots.usual.legend"),
        [
            MapClass(count.say("hotspots.usual.cannot_say"), theme.SUNKEN),
            MapClass(count.say("hotspots.usual.fewer"), theme.FEWER),
            MapClass(count.say("hotspots.usual.as_usual"), theme.SURFACE),
            MapClass(count.say("hotspots.usual.more"), theme.MORE),
        ],
        {code: index(code) for code in count.sizes},
        {
            area.code: numbers.number(area.now, count.lang)
            for verdict in _CALLED
            for area in found.called(verdict)
            if area.code in count.sizes and not is_few(area.now, count.drawn.base)
        },
        {
            code: [*lines[code], verdict(count.question, count.fact, areas.get(code))]
            for code in count.sizes
        },
    )


def title(count: AreaCount, found: UsualAreas) -> str:
    """The areas that are called so, or that none is."""
    more, fewer = (
        [area.code for area in found.called(verdict) if area.code in count.sizes]
        for verdict in _CALLED
    )
    if moved := moved_title(count, "usual", more, fewer):
        return moved
    can_say = any(area.code in count.sizes for area in found.testable)
    return count.say_of(f"usual.title_{'none' if can_say else 'cannot'}")


def columns(count: AreaCount) -> tuple[Column, ...]:
    """What the table says of each area beside its number."""
    return (
        Column("expected", count.say("hotspots.usual.column_expected"), count.unit),
        Column("verdict", count.say("hotspots.usual.column_verdict")),
        Column("chance", count.say("hotspots.usual.column_chance"), number=True, in_files=True),
        Column("would_show", count.say("hotspots.usual.column_would_show")),
    )


def cells(question: Question, area: UsualArea | None) -> tuple[str | float | None, ...]:
    """The cells of an area under these columns."""
    judged = area.judgement if area else None
    if area is None or judged is None:
        return (None, question.say("hotspots.usual.cannot_say"), None, "")
    return (
        round(judged.expected, 1),
        in_a_word(question, judged.verdict),
        round(tail(judged), 4),
        _rise(question, area.noticed) if area.noticed else "",
    )


def in_a_word(question: Question, verdict: Verdict) -> str:
    """A verdict as tables have it."""
    return question.say(f"hotspots.usual.{'as_usual' if verdict == 'none' else verdict}")


def tail(judged: Judgement) -> float:
    """How likely so many or more, or so few or fewer, would be by chance, as a signal says it."""
    if judged.verdict == "more":
        return judged.p_more
    return judged.p_fewer if judged.verdict == "fewer" else min(judged.p_more, judged.p_fewer)


def marks(question: Question, found: UsualAreas | Unsaid) -> Mapping[str, Mapping[str, str]]:
    """Marks in a list, by area: that it has more or fewer than usual."""
    if isinstance(found, Unsaid):
        return {}
    return {
        area.code: {verdict: question.say(f"hotspots.usual.{verdict}")}
        for verdict in _CALLED
        for area in found.called(verdict)
    }


def verdict(question: Question, fact: Fact, area: UsualArea | None) -> str:
    """What is said of one area: what would be usual, and what would have shown."""
    judged = area.judgement if area else None
    if area is None or judged is None:
        return question.say("hotspots.usual.cannot")
    usual = question.about(round(judged.expected), fact)
    if judged.verdict != "none":
        number = question.about(area.now, fact)
        return begin(
            question.say(f"hotspots.usual.said_{judged.verdict}", number=number, usual=usual)
        )
    return f"{question.say('hotspots.usual.said_none', usual=usual)} {would_show(question, area)}"


def would_show(question: Question, area: UsualArea) -> str:
    """The smallest rise of an area that would have shown, and the next smaller that might not."""
    if area.noticed is None:
        return begin(question.say("noticed.none", rise=_rise(question, RISES[-1])))
    at = RISES.index(area.noticed)
    if at == 0:
        return begin(question.say("noticed.all", rise=_rise(question, RISES[0])))
    rise, less = _rise(question, area.noticed), _rise(question, RISES[at - 1])
    return begin(question.say("noticed.some", rise=rise, less=less))


def notes(count: AreaCount, found: UsualAreas) -> Sequence[str]:
    """What is usual, and what would have shown in the largest areas that can be compared."""
    told = [count.say("hotspots.usual.note")]
    shown = [area for area in found.testable if area.code in count.sizes]
    for area in shown[:_TOLD]:
        said = verdict(count.question, count.fact, area)
        told.append(count.say("hotspots.usual.of", name=count.name(area.code), said=said))
    return told


def odds(question: Question, chance: float) -> str:
    """How likely chance alone would be, as one in so many."""
    if chance * _RAREST < 1:
        return question.say("hotspots.usual.rarer", n=_RAREST)
    return question.say("hotspots.usual.one_in", n=round(1 / chance))


def _rise(question: Question, factor: float) -> str:
    return question.say(f"noticed.{_RISE[factor]}")
