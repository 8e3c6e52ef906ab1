"""The answer above the page on hotspots: who is off what is usual there, who has most, what shows.

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

#: What must be usual of an area that stands for what would be noticed.
_TYPICAL = 4
#: Areas of several levels whose numbers are told.
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
    found = unusual.against(question, fact, count.level)
    first, each = _called(count, unusual.called(count, found)) if found else (None, [])
    most = _most(count, found, is_named=first is None)
    limit = _noticed(count, found) if found else ""
    return (first or wording.share_title(count), tuple(filter(None, (*each, most, limit))))


def _called(count: AreaCount, told: Sequence[Called]) -> tuple[str | None, list[str]]:
    """Who had more or fewer than usual, with the numbers of each; None where nobody is called.

    Of several areas of the level that is shown the list has the numbers.
    """
    if len(told) == 1 and told[0].level == count.level:
        return _area_text(count, told[0], told[0].comparison.word), []
    is_mixed = any(each.level != count.level for each in told) and len(told) <= _EACH
    each = [_area_text(count, one, "each") for one in told] if is_mixed else []
    sentences = [count.translate("shared.as_sentence", text=begin(text)) for text in each]
    return unusual.called_title(count, told), sentences


def _area_text(count: AreaCount, called: Called, key: str) -> str:
    """An area with its numbers; with its level where that is not the one shown."""
    one, question = called.comparison, count.question
    name = count.name(called.code)
    if called.level != count.level:
        level = count.translate(f"hotspots.level_{called.level}", n=1).lower()
        name = count.translate("hotspots.of_level", name=name, level=level)
    return count.translate_for_level(
        f"answer.{key}",
        name=name,
        number=count.number(round(one.now)),
        when=_when(question, called.window),
        usual=against_usual.usual_number(question, one),
    )


def _when(question: Question, window: Span) -> str:
    """The judged months: since their first one where they are the last of all."""
    if window.end == question.release.span.end:
        month = question.month(window.start.first_day)
        return question.translate("hotspots.answer.since", month=month)
    return question.translate("hotspots.answer.in", window=question.dated(window))


def _most(count: AreaCount, comparisons: Comparisons | None, *, is_named: bool) -> str:
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
    one = comparisons.of.get(code) if comparisons else None
    low, high = count.breakdown.error.interval(size)
    text = count.translate_for_level(
        "answer.number" if is_named else "answer.most",
        name=count.name(code),
        number=count.about(size),
        range=count.reach(low, high),
        total=count.number(count.total),
    )
    if one and one.word != "unsaid":
        word = against_usual.word(count.question, one)
        text = count.translate("hotspots.answer.worded", text=text, word=word)
    return count.translate("shared.as_sentence", text=begin(text))


def _noticed(count: AreaCount, comparisons: Comparisons) -> str:
    """What would be noticed where little is usual: of the area nearest to a few."""
    able = [
        one for code, one in comparisons.of.items() if one.most is not None and code in count.sizes
    ]
    if not able:
        return ""
    one = min(able, key=lambda each: (abs(each.usual - _TYPICAL), each.most or 0))
    return count.translate_for_level(
        f"answer.noticed_{comparisons.window.months}",
        usual=against_usual.usual_number(count.question, one),
        most=count.number((one.most or 0) + 1),
    )
