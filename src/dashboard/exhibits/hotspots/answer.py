"""The answer above the page on hotspots: areas off usual, the largest, and what would be noticed.

It is made of the numbers of the map and the list, and says what they say.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exhibits.counts.area_counts import AreaCount
from dashboard.exhibits.counts.comparisons import Comparisons
from dashboard.exhibits.hotspots import unusual, wording
from dashboard.exhibits.hotspots.unusual import UnusualArea
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.question import Question
from dashboard.model.periods import Span
from dashboard.words.catalogue import begin

#: The area that is the example of what would be noticed has a usual number as close to this as any.
_TYPICAL = 4
#: Unusual areas of several levels have a sentence each, if they are no more than this.
_SENTENCES = 3


def answer(question: Question) -> tuple[str, tuple[str, ...]] | None:
    """The title of the page and the sentences under it; None where nothing is counted.

    Args:
        question: What the reader looks at, with the options that the map opens with.
    """
    fact = wording.counted_fact(question)
    if fact is None:
        return None
    count = wording.choose_level(question, fact).counted
    if not count.ranked:
        return None
    comparisons = unusual.against(question, fact, count.level)
    title, sentences, noticed = None, list[str](), ""
    if comparisons:
        title, sentences = _unusual_text(count, unusual.unusual_areas(count, comparisons))
        noticed = _noticed_text(count, comparisons)
    largest = _largest_area_text(count, comparisons, is_named=title is None)
    sentences = tuple(filter(None, (*sentences, largest, noticed)))
    return title or wording.share_title(count), sentences


def _unusual_text(count: AreaCount, areas: Sequence[UnusualArea]) -> tuple[str | None, list[str]]:
    """A title that names the areas off usual, None without any, and sentences on their numbers.

    A single area of the level shown has its numbers in the title; of several areas that are all of
    that level the list has them.
    """
    if len(areas) == 1 and areas[0].level == count.level:
        return _area_text(count, areas[0], areas[0].comparison.word), []
    is_mixed = any(area.level != count.level for area in areas) and len(areas) <= _SENTENCES
    texts = [_area_text(count, area, "each") for area in areas] if is_mixed else []
    sentences = [count.translate("shared.as_sentence", text=begin(text)) for text in texts]
    return unusual.title_of_unusual(count, areas), sentences


def _area_text(count: AreaCount, area: UnusualArea, key: str) -> str:
    """An area with its number, its months and what is usual; with its level if not the one shown.

    Args:
        count: The areas shown.
        area: The area.
        key: End of the phrase's key: the judge's word for a title, "each" for a sentence.
    """
    comparison, question = area.comparison, count.question
    name = count.name(area.code)
    if area.level != count.level:
        level = count.translate(f"hotspots.level_{area.level}", n=1).lower()
        name = count.translate("hotspots.of_level", name=name, level=level)
    return count.translate_for_level(
        f"answer.{key}",
        name=name,
        number=count.mark(round(comparison.now)),
        when=_when(question, area.window),
        usual=against_usual.usual_number(question, comparison),
    )


def _when(question: Question, window: Span) -> str:
    """The judged months in words: "since" the first where they end with the release, else all."""
    if window.end == question.release.span.end:
        month = question.month(window.start.first_day)
        return question.translate("hotspots.answer.since", month=month)
    return question.translate("hotspots.answer.in", window=question.dated(window))


def _largest_area_text(count: AreaCount, comparisons: Comparisons | None, *, is_named: bool) -> str:
    """A sentence: which area has most, with its number and its word against usual.

    Where several lead or all have a few, the sentence says that, or is '' if the title does.

    Args:
        count: The areas.
        comparisons: Those of their level, or None.
        is_named: Whether the title names the area already.
    """
    if wording.two_lead(count) or not count.named:
        title = wording.close_title(count) if count.named else wording.few_title(count)
        return "" if is_named else count.translate("shared.as_sentence", text=title)
    code, size = count.ranked[0]
    comparison = comparisons.rows.get(code) if comparisons else None
    low, high = count.breakdown.error.interval(size)
    text = count.translate_for_level(
        "answer.number" if is_named else "answer.most",
        name=count.name(code),
        number=count.about(size),
        range=count.reach(low, high),
        total=count.number(count.total),
    )
    if comparison and comparison.word != "unsaid":  # the judge can say something
        word = against_usual.word(count.question, comparison)
        text = count.translate("hotspots.answer.worded", text=text, word=word)
    return count.translate("shared.as_sentence", text=begin(text))


def _noticed_text(count: AreaCount, comparisons: Comparisons) -> str:
    """An example: from which number on an area would have more than usual; '' where none would.

    It is of the area with the usual number closest to ``_TYPICAL``.
    """
    shown = (comparisons.rows[code] for code in comparisons.rows if code in count.sizes)
    limited = [one for one in shown if one.noticed_from is not None]
    if not limited:
        return ""
    comparison = min(limited, key=lambda one: (abs(one.usual - _TYPICAL), one.most or 0))
    return count.translate_for_level(
        f"answer.noticed_{comparisons.window.months}",
        usual=against_usual.usual_number(count.question, comparison),
        most=count.number(comparison.noticed_from or 0),
    )
