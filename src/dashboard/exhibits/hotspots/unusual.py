"""Areas against usual: how the words of the judge of change are painted, marked and titled.

What is judged stands in ``counts.judged``, its words in ``parts.against_usual``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.analysis.judge import Judgement
from dashboard.exhibits.counts.area_counts import AreaCount, shows_parts
from dashboard.exhibits.counts.judged import Judged, judged_areas
from dashboard.exhibits.counts.reporting import silent_areas
from dashboard.exhibits.hotspots.said import areas_named, moved_title
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.parts.area_map import Painted, number_lines
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.choropleth import MapClass
from dashboard.model.facts import Fact
from dashboard.words import dates, numbers

#: Classes of the map, in the order of its legend.
_UNSAID, _FEWER, _USUAL, _WATCHED, _MORE = range(5)
#: Areas of which a note says what is usual.
_TOLD = 2


def against(question: Question, fact: Fact, level: str) -> Judged | None:
    """The areas of a level against what is usual there; None where nobody wants or can know it.

    Not where a reader chose something finer: what is shown of an area is then a part of it. An area
    from which no agency reported cannot be judged.
    """
    if not question.is_judged or shows_parts(question, level):
        return None
    found = judged_areas(question, fact, level)
    if found is None:
        return None
    empty = [code for code, one in found.of.items() if not one.now]
    silent = silent_areas(question.release, empty, found.window)
    return replace(found, of={code: one for code, one in found.of.items() if code not in silent})


def painted(count: AreaCount, found: Judged) -> Painted:
    """Areas with more, with fewer and with as many as usual, and those that may have more."""
    lines, shown = number_lines(count), {code: found.of.get(code) for code in count.sizes}
    called = [c for c in (*found.called(1), *found.called(-1), *found.watched) if c in shown]
    return Painted(
        against_usual.header(count.question, found, count.fact),
        [
            MapClass(count.say("hotspots.usual.cannot_say"), theme.SUNKEN),
            MapClass(count.say("hotspots.usual.fewer"), theme.FEWER),
            MapClass(count.say("hotspots.usual.as_usual"), theme.SURFACE),
            MapClass(count.say("hotspots.usual.watched"), theme.MORE_SOFT),
            MapClass(count.say("hotspots.usual.more"), theme.MORE),
        ],
        {code: _class(one) for code, one in shown.items()},
        {code: numbers.number(round(found.of[code].now), count.lang) for code in called},
        {
            code: [
                *lines[code],
                *filter(None, [against_usual.sentence(count.question, found, code, count.fact)]),
            ]
            for code in shown
        },
    )


def _class(one: Judgement | None) -> int:
    """The class of an area; one that never had anything is as usual."""
    if one is None:
        return _USUAL
    if one.word == "unsaid":
        return _UNSAID
    if one.watched:
        return _WATCHED
    return {1: _MORE, -1: _FEWER, 0: _USUAL}[one.direction]


def title(count: AreaCount, found: Judged) -> str:
    """The areas that are called so, or may be, or that none is."""
    more, fewer = (
        [code for code in found.called(direction) if code in count.sizes] for direction in (1, -1)
    )
    window = dates.period(found.window, count.lang)
    if moved := moved_title(count, "usual", more, fewer, window=window):
        return moved
    if watched := [code for code in found.watched if code in count.sizes]:
        return count.say_of("usual.title_watched", names=areas_named(count, watched))
    can_say = any(one.word != "unsaid" for code, one in found.of.items() if code in count.sizes)
    return count.say_of(f"usual.title_{'none' if can_say else 'cannot'}")


def notes(count: AreaCount, found: Judged) -> Sequence[str]:
    """What is usual, which areas may have more, and what is usual in the largest ones."""
    names = [count.name(code) for code in found.watched if code in count.sizes]
    largest = [code for code, _ in count.ranked if code in found.of][:_TOLD]
    return [
        against_usual.note(count.question, found),
        *filter(None, (against_usual.watch_note(count.question, found, names),)),
        *(
            count.say(
                "hotspots.usual.of",
                name=count.name(code),
                said=against_usual.sentence(count.question, found, code, count.fact),
            )
            for code in largest
        ),
    ]
