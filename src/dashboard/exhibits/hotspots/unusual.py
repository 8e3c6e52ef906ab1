"""Areas against usual: how the words of the judge of change are painted, marked and titled.

What is judged stands in ``counts.comparisons``, its words in ``parts.against_usual``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts import area_counts
from dashboard.exhibits.counts.area_counts import AreaCount
from dashboard.exhibits.counts.camp_counts import CampCount
from dashboard.exhibits.counts.comparisons import Comparisons, compare_areas
from dashboard.exhibits.counts.home import are_nested
from dashboard.exhibits.counts.reporting import silent_areas
from dashboard.exhibits.counts.signals import LEVELS
from dashboard.exhibits.counts.splits import ramp
from dashboard.exhibits.counts.windows import OFF
from dashboard.exhibits.exhibit import AUTO
from dashboard.exhibits.hotspots.wording import LEVEL, areas_named, played
from dashboard.exhibits.parts import against_usual, area_map
from dashboard.exhibits.parts.area_map import Paint, Word
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.choropleth import MapClass
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.words import numbers
from dashboard.words.catalogue import begin

#: Classes of the map, in the order of its legend.
_UNSAID, _NONE, _USUAL, _FEWER, _WATCHED, _MORE = range(6)
#: How many of the largest areas have a note on what is usual, and how many of those that may have
#: more are named; the table has all.
_NOTED, _NAMED = 2, 3


def against(question: Question, fact: Fact, level: str) -> Comparisons | None:
    """The areas of a level against what is usual there; None where that is unwanted or unknown.

    None too where a reader chose something finer, since then only a part of an area is shown. Areas
    from which no agency reported are left out.
    """
    comparisons = compare_areas(question, fact, level)
    if comparisons is None or area_counts.shows_parts(question, level):
        return None
    empty = [code for code, comparison in comparisons.rows.items() if not comparison.now]
    silent = silent_areas(question.release, empty, comparisons.window)
    rows = {code: row for code, row in comparisons.rows.items() if code not in silent}
    return replace(comparisons, rows=rows)


def paint_of(count: AreaCount, comparisons: Comparisons) -> Paint:
    """Areas coloured by whether they have more, fewer or as many as usual, or may have more.

    White are areas with none or very few, grey empty ones in an area with events of which no finer
    place is known. The legend has only classes that some area is in.
    """
    question, sizes = count.question, count.sizes
    off_usual = [code for code in comparisons.off_usual if code in sizes]
    around, lines_of = area_counts.areas_without_finer(count), area_map.number_lines(count)
    untold = {code: above for code, above in around.items() if code not in off_usual}
    classes = [*_classes(count), *area_map.class_of_untold(count, untold)]
    class_of = {code: _class(comparisons.rows.get(code), size) for code, size in sizes.items()}
    class_of |= dict.fromkeys(untold, len(classes) - 1)
    used = sorted(set(class_of.values()))
    sentences = {c: against_usual.sentence(question, comparisons, c, count.fact) for c in sizes}
    return Paint(
        against_usual.header(question, comparisons, count.fact),
        [classes[at] for at in used],
        {code: used.index(at) for code, at in class_of.items()},
        {code: count.mark(sizes[code]) for code in off_usual} | area_map.marks(count),
        {c: [*filter(None, (*lines, sentences[c]))] for c, lines in lines_of.items()},
        columns=against_usual.columns(question, comparisons),
        cells=partial(against_usual.cells, question, comparisons),
    )


def _classes(count: AreaCount) -> list[MapClass]:
    """All classes, in the order of the legend: that of ``_UNSAID`` to ``_MORE``."""
    return [
        MapClass(count.translate("hotspots.usual.cannot_say"), theme.SUNKEN),
        area_map.map_classes(count.question, (), count.breakdown)[0],
        MapClass(
            count.translate("hotspots.usual.as_usual"), theme.pale(ramp(count.question.filters))
        ),
        MapClass(count.translate("hotspots.usual.fewer"), theme.FEWER),
        MapClass(count.translate("hotspots.usual.watched"), theme.MORE_SOFT),
        MapClass(count.translate("hotspots.usual.more"), theme.MORE),
    ]


def with_classes_of(count: AreaCount, paint: Paint, beside: Paint) -> Paint:
    """The paint with the classes of a map beside it, so that one legend serves both."""
    order = {entry: index for index, entry in enumerate(_classes(count))}
    more = [
        entry
        for entry in beside.classes
        if (entry in order or entry.dots) and entry not in paint.classes
    ]

    def place(entry: MapClass) -> int:
        """Place in the legend: dotted silent areas first, grey ones without a finer place last."""
        return order.get(entry, -1 if entry.dots else len(order))

    classes = sorted((*paint.classes, *more), key=place)
    class_of = {code: classes.index(paint.classes[index]) for code, index in paint.class_of.items()}
    return replace(paint, classes=classes, class_of=class_of)


def with_words(count: AreaCount, comparisons: Comparisons | None, paint: Paint) -> Paint:
    """The paint with the judge's word of each area whose number is on the map, where any is."""
    if comparisons is None:
        return paint
    words = {c: _word(count, comparisons, c) for c in paint.marks if c in comparisons.rows}
    return replace(paint, words=words)


def _word(count: AreaCount, comparisons: Comparisons, code: str) -> Word:
    """The word under an area's number: with its numbers if off usual, '' if it cannot be said."""
    comparison = comparisons.rows[code]
    if not comparison.direction:
        word = against_usual.word(count.question, comparison)
        return Word("" if comparison.word == "unsaid" else word)
    word, more = comparison_text(count, comparisons, code)
    return Word(begin(word), "more" if comparison.direction > 0 else "fewer", more)


def comparison_text(count: AreaCount, comparisons: Comparisons, code: str) -> tuple[str, str]:
    """The word of an area, and a text with its number, the judged months and the usual number."""
    comparison, question = comparisons.rows[code], count.question
    now = numbers.at_mark(round(comparison.now), count.breakdown.base, count.lang)
    usual, window = against_usual.usual_number(question, comparison), comparisons.window
    months = count.dated(window)
    more = count.translate("hotspots.usual.on_map", number=now, window=months, usual=usual)
    return against_usual.word(question, comparison), more


def _class(comparison: Comparison | None, size: int) -> int:
    """The class of an area, of ``_UNSAID`` to ``_MORE``.

    Args:
        comparison: Its comparison; None where it never had any event, which is as usual.
        size: Its events in the period.
    """
    if comparison and comparison.word == "unsaid":
        return _UNSAID
    if comparison and comparison.watched:
        return _WATCHED
    if comparison and comparison.direction:
        return _MORE if comparison.direction > 0 else _FEWER
    return _USUAL if size else _NONE


@dataclass(frozen=True)
class UnusualArea:
    """An area with more or fewer events than usual, with its level and the judged months."""

    code: str
    level: str
    window: Span
    comparison: Comparison


def unusual_areas(count: AreaCount, comparisons: Comparisons) -> list[UnusualArea]:
    """Areas with more or fewer than usual: of the level that is shown, then of other levels.

    As on the watch list, of areas inside each other that moved the same way only one is listed:
    that of the level shown, or the smallest. With tiles of camps only their regions are, and where
    a reader chose the level, or plays time, no other level is.

    Args:
        count: The areas shown.
        comparisons: Those of their level.
    """
    question, release, areas = count.question, count.question.release, list[UnusualArea]()
    is_fixed = question.options.get(LEVEL.name, AUTO) != AUTO or played(question) != OFF
    levels = () if is_fixed else area_counts.CAMPS if isinstance(count, CampCount) else LEVELS
    others = [level for level in levels if level != count.level]
    for level in (count.level, *others):
        is_shown = level == count.level
        own = comparisons if is_shown else against(question, count.fact, level)
        in_view = count.sizes if is_shown else area_counts.areas_shown(release, level, count.chosen)
        if own is None:
            continue
        for code in (*own.called(1), *own.called(-1)):
            is_listed = any(
                own.rows[code].direction == listed.comparison.direction
                and are_nested(release, code, listed.code)
                for listed in areas
            )
            if code in in_view and not is_listed:
                areas.append(UnusualArea(code, level, own.window, own.rows[code]))
    return areas


def title_of_unusual(count: AreaCount, areas: Sequence[UnusualArea]) -> str | None:
    """A title: which areas have more than usual, and which fewer; None where none has."""
    if not areas:
        return None
    ways = {
        way: [area.code for area in areas if area.comparison.direction == direction]
        for way, direction in (("more", 1), ("fewer", -1))
    }
    names = {way: areas_named(count, codes) for way, codes in ways.items() if codes}
    way = "both" if len(names) > 1 else next(iter(names))
    # Levels are judged over different months; legends tell them.
    kind = "usual" if all(area.level == count.level for area in areas) else "off"
    values = names | {"names": names.get(way, ""), "window": count.dated(areas[0].window)}
    return count.translate_for_level(f"{kind}.title_{way}", **values)


def title(count: AreaCount, comparisons: Comparisons) -> str:
    """A title: the areas off usual, else those that may be, else that none is or none is known."""
    if title_of_areas := title_of_unusual(count, unusual_areas(count, comparisons)):
        return title_of_areas
    if watched := [code for code in comparisons.watched if code in count.sizes]:
        return count.translate_for_level("usual.title_watched", names=areas_named(count, watched))
    shown = (row for code, row in comparisons.rows.items() if code in count.sizes)
    can_say = any(row.word != "unsaid" for row in shown)
    return count.translate_for_level(f"usual.title_{'none' if can_say else 'cannot'}")


def notes(count: AreaCount, comparisons: Comparisons) -> Sequence[str]:
    """Notes: how "usual" is meant, which areas may have more, what is usual in the largest."""
    question = count.question
    watched = [count.name(code) for code in comparisons.watched if code in count.sizes]
    notes = [against_usual.note(question, comparisons)]
    if watched:
        chance = against_usual.by_chance(question, comparisons.watched_by_chance)
        names = ", ".join(watched[:_NAMED])
        notes.append(question.translate("judge.note_watched", names=names, chance=chance))
    for code in [code for code, _ in count.ranked if code in comparisons.rows][:_NOTED]:
        sentence = against_usual.sentence(question, comparisons, code, count.fact)
        notes.append(count.translate("hotspots.usual.of", name=count.name(code), said=sentence))
    return notes
