"""The answer above the page on hotspots: areas off usual, the largest, and what would be noticed.

It is made of the numbers of the map and the list, and says what they say.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exhibits.counts.area_counts import AreaCount
from dashboard.exhibits.counts.comparisons import Comparisons
from dashboard.exhibits.hotspots import unusual, wording
from dashboard.exhibits.hotspots.unusual import Called
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.question import Question
from dashboard.model.periods import Span
from dashboard.words.catalogue import begin

#: The usual number of the area that shows what would be noticed: as close to this as there is.
_TYPICAL = 4
#: Areas of several levels whose numbers are told, at most.
_EACH = 3


def answer(question: Question) -> tuple[str, tuple[str, ...]] | None:
    """The sentence and what follows it; None where nothing is counted.

    Args:
        question: What the reader looks at, with the options that the map opens with.
    """
    fact = wording.counted_fact(question)
    if fact is None:
        return None
    count = wording.step_of(question, fact).counted
    if not count.ranked:
        return None
    comparisons = unusual.against(question, fact, count.level)
    title, sentences, limit = None, list[str](), ""
    if comparisons:
        title, sentences = _title_and_numbers(count, unusual.called(count, comparisons))
        limit = _noticed_text(count, comparisons)
    largest = _largest_area_text(count, comparisons, is_named=title is None)
    return (title or wording.share_title(count), tuple(filter(None, (*sentences, largest, limit))))


def _title_and_numbers(count: AreaCount, areas: Sequence[Called]) -> tuple[str | None, list[str]]:
    """Areas with more or fewer than usual, and a sentence with the numbers of each; None for none.

    Where several areas are all of the level that is shown, the list has their numbers.
    """
    if len(areas) == 1 and areas[0].level == count.level:
        return _area_text(count, areas[0], areas[0].comparison.word), []
    is_mixed = any(area.level != count.level for area in areas) and len(areas) <= _EACH
    texts = [_area_text(count, area, "each") for area in areas] if is_mixed else []
    sentences = [count.translate("shared.as_sentence", text=begin(text)) for text in texts]
    return unusual.called_title(count, areas), sentences


def _area_text(count: AreaCount, called: Called, key: str) -> str:
    """An area with its numbers; with its level where that is not the one shown."""
    comparison, question = called.comparison, count.question
    name = count.name(called.code)
    if called.level != count.level:
        level = count.translate(f"hotspots.level_{called.level}", n=1).lower()
        name = count.translate("hotspots.of_level", name=name, level=level)
    return count.translate_for_level(
        f"answer.{key}",
        name=name,
        number=count.mark(round(comparison.now)),
        when=_when(question, called.window),
        usual=against_usual.usual_number(question, comparison),
    )


def _when(question: Question, window: Span) -> str:
    """The judged months: "since" the first where they end with the release."""
    if window.end == question.release.span.end:
        month = question.month(window.start.first_day)
        return question.translate("hotspots.answer.since", month=month)
    return question.translate("hotspots.answer.in", window=question.dated(window))


def _largest_area_text(count: AreaCount, comparisons: Comparisons | None, *, is_named: bool) -> str:
    """Which area has most, with its word, or who is too close to rank.

    Args:
        count: The areas.
        comparisons: What is said of them, or None.
        is_named: Whether the sentence above names it.
    """
    if wording.two_lead(count) or not count.named:
        title = wording.close_title(count) if count.named else wording.few_title(count)
        return "" if is_named else count.translate("shared.as_sentence", text=title)
    code, size = count.ranked[0]
    comparison = comparisons.of.get(code) if comparisons else None
    low, high = count.breakdown.error.interval(size)
    text = count.translate_for_level(
        "answer.number" if is_named else "answer.most",
        name=count.name(code),
        number=count.about(size),
        range=count.reach(low, high),
        total=count.number(count.total),
    )
    if comparison and comparison.word != "unsaid":
        word = against_usual.word(count.question, comparison)
        text = count.translate("hotspots.answer.worded", text=text, word=word)
    return count.translate("shared.as_sentence", text=begin(text))


def _noticed_text(count: AreaCount, comparisons: Comparisons) -> str:
    """From which number on more would be noticed, of the area where closest to a few are usual."""
    inside = (comparisons.of[code] for code in comparisons.of if code in count.sizes)
    limited = [each for each in inside if each.most is not None]
    if not limited:
        return ""
    comparison = min(limited, key=lambda each: (abs(each.usual - _TYPICAL), each.most or 0))
    return count.translate_for_level(
        f"answer.noticed_{comparisons.window.months}",
        usual=against_usual.usual_number(count.question, comparison),
        most=count.number((comparison.most or 0) + 1),
    )
